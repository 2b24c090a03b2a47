from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gum_app.errors import HomeUnusable, NotYet
from gum_app.paths import Home, usual_home
from gum_app.world import login_item
from gum_app.world.login_item import LoginItem, NoLoginItem, XdgLoginItem

NASTY = 'a folder/with "quotes", $HOME, `date`, 100% and back\\slash'


def autostart() -> Path:
    return Path(os.environ["XDG_CONFIG_HOME"]) / "autostart"


@pytest.fixture
def item(tmp_path: Path) -> LoginItem:
    """Starts a program that writes down how it was called."""
    program = tmp_path / "write-down"
    program.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\n"
        f"pathlib.Path({str(tmp_path / 'called')!r}).write_text(json.dumps(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return XdgLoginItem([str(program), "--hidden"])


def start_by_the_desktop(entry: Path, called: Path) -> list[str]:
    """What a desktop does with the entry at login, by GLib, which knows the quoting."""
    script = (
        "import sys; from gi.repository import Gio, GLib; loop = GLib.MainLoop();"
        "app = Gio.DesktopAppInfo.new_from_filename(sys.argv[1]); "
        "app.launch_uris_as_manager([], None, GLib.SpawnFlags.DO_NOT_REAP_CHILD, None, None,"
        " lambda _, pid, *a: GLib.child_watch_add(0, pid, lambda *a: loop.quit(), None), None) and loop.run()"
    )
    subprocess.run(["/usr/bin/python3", "-c", script, str(entry)], check=True, timeout=60, capture_output=True)
    words: list[str] = json.loads(called.read_text(encoding="utf-8"))
    return words


def test_it_is_off_until_turned_on_and_leaves_nothing_when_turned_off(item: LoginItem) -> None:
    home = usual_home()
    before = list(autostart().parent.rglob("*"))
    assert not item.is_on(home)
    assert not item.turn_off(home)
    item.turn_on(home)
    assert item.is_on(home)
    assert [path.name for path in autostart().iterdir()] == ["gum-app.desktop"]
    item.turn_on(home)
    assert item.turn_off(home)
    assert not item.is_on(home)
    assert list(autostart().parent.rglob("*")) == before


def test_the_desktop_starts_the_usual_home_in_the_tray(item: LoginItem, tmp_path: Path) -> None:
    item.turn_on(usual_home())
    assert start_by_the_desktop(autostart() / "gum-app.desktop", tmp_path / "called") == ["--hidden"]


def test_the_desktop_starts_another_home_whatever_its_name(item: LoginItem, tmp_path: Path) -> None:
    home = Home(tmp_path / NASTY)
    item.turn_on(home)
    (entry,) = autostart().iterdir()
    assert start_by_the_desktop(entry, tmp_path / "called") == ["--hidden", "--home", str(home.root)]


def test_each_home_has_an_entry_of_its_own(item: LoginItem, home: Home) -> None:
    item.turn_on(usual_home())
    item.turn_on(home)
    item.turn_off(home)
    assert item.is_on(usual_home())


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_it_is_off_where_the_person_switched_it_off_in_their_desktop(item: LoginItem, line: str) -> None:
    item.turn_on(usual_home())
    with (autostart() / "gum-app.desktop").open("a", encoding="utf-8") as entry:
        entry.write(line + "\n")
    assert not item.is_on(usual_home())


@pytest.mark.parametrize("words", ["", "no section", "[Other]\nExec=x\n"])
def test_a_damaged_entry_counts_as_off(item: LoginItem, words: str) -> None:
    item.turn_on(usual_home())
    (autostart() / "gum-app.desktop").write_text(words, encoding="utf-8")
    assert not item.is_on(usual_home())


def test_the_entry_is_a_valid_one(item: LoginItem, tmp_path: Path) -> None:
    validate = shutil.which("desktop-file-validate")
    assert validate, "apt-get install desktop-file-utils"
    item.turn_on(usual_home())
    item.turn_on(Home(tmp_path / NASTY))
    for entry in autostart().iterdir():
        done = subprocess.run([validate, str(entry)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_a_folder_that_is_in_the_way_is_a_sentence(item: LoginItem) -> None:
    autostart().write_text("a file", encoding="utf-8")
    with pytest.raises(HomeUnusable, match="cannot be changed"):
        item.turn_on(usual_home())


def test_this_installation_is_what_would_be_started() -> None:
    program, *options = login_item.start_command()
    assert options == ["--hidden"]
    assert os.access(program, os.X_OK)


@pytest.mark.parametrize(
    ("platform", "kind"), [("linux", XdgLoginItem), ("darwin", NoLoginItem), ("win32", NoLoginItem)]
)
def test_where_it_cannot_be_done_yet_it_is_said(
    monkeypatch: pytest.MonkeyPatch, home: Home, platform: str, kind: type[LoginItem]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    item = login_item.login_item()
    assert isinstance(item, kind)
    assert not item.is_on(home)
    assert not item.turn_off(home)
    if kind is NoLoginItem:
        with pytest.raises(NotYet):
            item.turn_on(home)
