"""Opens a file, a folder or a web address with the desktop's own program for it. Never a command, never a shell.

What could run instead of being shown is refused: programs, scripts, starters, links to other places. On Linux it was
tried with xdg-open; on Windows and macOS as their documentation says.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from gum_app.errors import BadInput, NotYet

Open = Callable[[str], None]

OPENER_SECONDS = 5.0  # one that runs longer shows the thing itself
LONGEST_TARGET = 2000
# What a desktop would run, or what tells it to go elsewhere.
ENDINGS = """
    desktop appimage run sh bash zsh fish csh ksh py pyw pyc pyz pl rb php lua tcl js mjs jar jnlp
    exe com bat cmd msi msix msp scr pif ps1 psm1 vbs vbe jse wsf wsh hta reg lnk url cpl inf scf gadget
    app command tool action workflow scpt applescript terminal webloc inetloc fileloc pkg mpkg dmg
    docm xlsm pptm xlam dotm rpm deb flatpakref flatpakrepo snap iso vhd vhdx chm library-ms
"""
RUNS = frozenset(f".{ending}" for ending in ENDINGS.split())


def open_target(target: str) -> None:
    """Raises BadInput for what is not opened, with the reason; NotYet where nothing on this computer opens it."""
    if (trouble := refusal(target)) is not None:
        raise BadInput(trouble)
    if sys.platform == "win32":
        os.startfile(target)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        started = subprocess.Popen(
            [opener, target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise NotYet(f"Nothing on this computer opens things for other programs: install {opener}.") from error
    try:
        failed = started.wait(OPENER_SECONDS) != 0
    except subprocess.TimeoutExpired:
        return  # it shows the thing itself, for as long as the person looks at it
    if failed:
        raise NotYet("No program on this computer opens that: open it yourself.")


def refusal(target: str) -> str | None:
    """Why it is not opened, as a sentence; None: it may be."""
    if not target or len(target) > LONGEST_TARGET or not target.isprintable():
        return "That is no file and no address: it is not opened."
    if "://" in target:
        return _refusal_of_address(target)
    path = Path(target)
    if not path.is_absolute():
        return "Only a file or folder with its whole path is opened, or an address that begins with http or https."
    try:
        return _refusal_of_path(path.resolve(strict=True))
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle
        return "That file or folder is not there any more."


def _refusal_of_address(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host, name = parts.hostname, parts.username
        _ = parts.port  # raises where it is none
    except ValueError:
        return "That is no address of the web: it is not opened."
    if parts.scheme not in {"http", "https"} or not host or any(c.isspace() or c in "<>\"'`\\{}|^" for c in address):
        return "Only addresses of the web are opened, which begin with http or https."
    if name is not None or "@" in parts.netloc:
        return "That address hides where it leads, behind a name: it is not opened."
    return None


def _refusal_of_path(path: Path) -> str | None:
    """Of a path without links."""
    mode = path.stat().st_mode
    if path.suffix.casefold() in RUNS:
        return "That is a program, a script or a starter: it would run and not be shown, so it is not opened."
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return "That is neither a file nor a folder: it is not opened."
    if os.name == "posix" and mode & 0o111:
        return "That file may be run as a program, so it is not opened."
    return None
