"""Files in the outbox: new, the owner's, and gone again only while nobody has touched them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.daemon.outbox import file_name, fingerprint_of, take_back, write_new
from gum_app.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@given(st.text(max_size=200))
def test_a_name_leads_nowhere_whatever_the_title(title: str) -> None:
    name = file_name(title, ".md")
    assert name.endswith(".md") and name == Path(name).name
    assert not name.startswith((".", "-", " "))
    assert name.isprintable() and len(name.encode()) < 255
    assert not set(name[:-3]) & set('/\\:*?"<>|.\0')


def test_names_that_windows_keeps_for_itself_are_not_taken() -> None:
    assert [file_name(each, ".txt") for each in ("CON", "lpt1", "../..", "")] == ["note.txt"] * 4
    assert file_name("Van: “Monday”, 3/4 keys", ".txt") == "Van Monday 3 4 keys.txt"


def test_it_is_the_owners_alone_and_never_replaces_a_file(folder: Path) -> None:
    first, second = write_new(folder, "a.md", "one"), write_new(folder, "a.md", "two")
    assert (first.name, second.name) == ("a.md", "a 2.md")
    assert (first.read_text(), second.read_text()) == ("one", "two")
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


def test_the_same_text_is_written_once(folder: Path) -> None:
    """As after a kill between the file and the note of it."""
    assert write_new(folder, "a.md", "one") == write_new(folder, "a.md", "one")
    assert len(list(folder.iterdir())) == 1


def test_a_link_that_lies_there_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (folder / "a.md").symlink_to(tmp_path / "elsewhere.md")
    assert write_new(folder, "a.md", "one").name == "a 2.md"
    assert not (tmp_path / "elsewhere.md").exists()


def test_what_is_unchanged_goes_and_what_was_changed_stays(folder: Path) -> None:
    path = write_new(folder, "a.md", "one")
    path.write_text("one, and more")
    with pytest.raises(BadInput, match="stays"):
        take_back(folder, path, fingerprint_of("one"))
    assert path.exists()
    path.write_text("one")
    take_back(folder, path, fingerprint_of("one"))
    assert not path.exists()
    take_back(folder, path, fingerprint_of("one"))


def test_nothing_outside_the_outbox_is_ever_deleted(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("one")
    folder.mkdir()
    link = folder / "a.md"
    link.symlink_to(mine)
    for path in (mine, folder / ".." / "mine.md", link):
        with pytest.raises(BadInput):
            take_back(folder, path, fingerprint_of("one"))
    assert mine.read_text() == "one" and link.is_symlink()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file is in the way")
    with pytest.raises(BadInput, match="cannot be written"):
        write_new(tmp_path / "outbox", "a.md", "one")
