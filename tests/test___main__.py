"""The front door, as a real process: its exit status, and one sentence instead of a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gum_app import __version__
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision


def gum_app(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gum_app", *map(str, arguments)], capture_output=True, text=True, check=False, timeout=60
    )


def test_its_version_and_its_help_are_done() -> None:
    assert gum_app("--version").stdout == f"gum-app {__version__}\n"
    helped = gum_app("--help")
    assert (helped.returncode, helped.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("dance",), 2),
        (("inspect", "seven"), 2),
        (("forget", "--last", "10m", "--all"), 2),
        (("inspect", "7"), 1),
        (("pause", "5"), 1),
        (("replay", "/nowhere"), 1),
        ((), 1),
    ],
    ids=str,
)
def test_what_cannot_be_done_has_its_status_and_no_traceback(
    home: Home, arguments: tuple[str, ...], status: int
) -> None:
    done = gum_app("--home", home.root, *arguments)
    assert done.returncode == status
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    if status == 1:
        assert done.stderr.splitlines()[-1].endswith(".")


def test_whoever_reads_no_more_is_not_told_about_it(home: Home, tmp_path: Path) -> None:
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    store.add_revisions([a_revision(text=f"Likes tea number {n}.", topic=f"tea:{n}") for n in range(3000)])
    store.close()
    with subprocess.Popen(
        [sys.executable, "-m", "gum_app", "--home", str(home.root), "propositions"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1
