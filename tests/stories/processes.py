"""Real processes of the program, each with a person's folders of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gum_app.paths import Home

PATIENCE_SECONDS = 600.0  # nothing takes so long that does not hang, however busy the computer is


def command(home: Home, *arguments: object) -> list[str]:
    return [sys.executable, "-m", "gum_app", "--home", str(home.root), *map(str, arguments)]


def run(home: Home, *arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command(home, *arguments), capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS, **more
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that could not be done said; nothing else may have been printed."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("The key of ")]
    assert len(lines) == 1, lines
    assert lines[0].endswith(".")
    return lines[0]


def a_home(folder: Path) -> Home:
    home = Home(folder)
    home.prepare()
    return home
