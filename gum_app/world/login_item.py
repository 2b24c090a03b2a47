"""Starting when the person logs in: an entry of its own for each home, which their desktop shows and can switch off.

On Linux the XDG autostart folder (Desktop Application Autostart Specification 0.5). Windows and macOS: not yet.
"""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from gum_app.errors import HomeUnusable, NotYet
from gum_app.paths import Home, usual_home

ENTRY = """[Desktop Entry]
Type=Application
Name=gum-app
Comment=Your private model of how you work, in the tray
Icon=gum-app
TryExec={program}
Exec={command}
Terminal=false
X-GNOME-Autostart-enabled=true
"""
NEEDS_BACKSLASH = re.compile(r'["`$\\]')


class LoginItem(Protocol):
    def is_on(self, home: Home) -> bool:
        """Whether the next login starts this home; False too where the person switched it off in their desktop."""
        ...

    def turn_on(self, home: Home) -> None:
        """Raises NotYet, HomeUnusable."""
        ...

    def turn_off(self, home: Home) -> bool:
        """Leaves no trace. False: there was nothing to remove. Raises HomeUnusable."""
        ...


class XdgLoginItem:
    def __init__(self, command: list[str]) -> None:
        """`command` starts gum-app in the tray; its first word is a program with its full path."""
        self._command = command

    def is_on(self, home: Home) -> bool:
        entry = configparser.RawConfigParser(strict=False)
        try:
            entry.read_string(_file(home).read_text(encoding="utf-8"))
        except (OSError, ValueError, configparser.Error):
            return False
        said = dict(entry["Desktop Entry"]) if entry.has_section("Desktop Entry") else {"hidden": "true"}
        return said.get("hidden") != "true" and said.get("x-gnome-autostart-enabled") != "false"

    def turn_on(self, home: Home) -> None:
        words = list(self._command)
        if home != usual_home():
            words += ["--home", str(home.root.resolve())]
        entry = ENTRY.format(program=_in_a_line(words[0]), command=" ".join(map(_quoted, words)))
        file = _file(home)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(entry, encoding="utf-8")
            fresh.replace(file)
        except OSError as error:
            raise _unusable(file, error) from error

    def turn_off(self, home: Home) -> bool:
        file = _file(home)
        try:
            file.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _unusable(file, error) from error
        with suppress(OSError):  # other programs start from it too, or it is a link: then it stays
            file.parent.rmdir()
        return True


class NoLoginItem:
    """Where we cannot do it yet."""

    def is_on(self, home: Home) -> bool:  # noqa: ARG002
        return False

    def turn_on(self, home: Home) -> None:  # noqa: ARG002
        raise NotYet(f"gum-app cannot start at login on {sys.platform} yet: add it to the login items yourself.")

    def turn_off(self, home: Home) -> bool:  # noqa: ARG002
        return False


def login_item() -> LoginItem:
    return NoLoginItem() if sys.platform in ("win32", "darwin") else XdgLoginItem(start_command())


def start_command() -> list[str]:
    """How this very installation is started, without a window."""
    script = Path(sys.executable).parent / "gum-app"
    program = [str(script)] if script.exists() else [sys.executable, "-m", "gum_app"]
    return [*program, "--hidden"]


def _file(home: Home) -> Path:
    usual = home == usual_home()
    name = "gum-app" if usual else f"gum-app-{hashlib.sha256(str(home.root.resolve()).encode()).hexdigest()[:12]}"
    # As the specification has it; platformdirs looks at the same places, but calls no folder by this name.
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return config / "autostart" / f"{name}.desktop"


def _quoted(word: str) -> str:
    """One argument of an Exec line: quoted, `%` doubled, then escaped as every value of a desktop entry is."""
    return _in_a_line('"' + NEEDS_BACKSLASH.sub(r"\\\g<0>", word.replace("%", "%%")) + '"')


def _in_a_line(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n")


def _unusable(file: Path, error: OSError) -> HomeUnusable:
    return HomeUnusable(f"{file} cannot be changed ({error.strerror}): see that it is yours.")
