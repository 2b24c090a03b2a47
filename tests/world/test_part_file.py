"""What stands on the disk while a file comes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from gum_app.errors import DiskFull, HomeUnusable
from gum_app.world.part_file import Note, PartFile, disk_trouble, note_of, part_of, write_whole

NOTE = Note(10, "", '"one"')


def test_it_has_its_name_only_when_it_is_finished(tmp_path: Path) -> None:
    target = tmp_path / "models" / "a.gguf"
    with PartFile(target) as part:
        part.start_afresh(NOTE)
        part.append(b"hello")
        part.append(b"world")
        assert not target.exists()
        assert part.sha256 == hashlib.sha256(b"helloworld").hexdigest()
        part.finish()
    assert target.read_bytes() == b"helloworld"
    assert list(target.parent.iterdir()) == [target]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


def test_it_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    target = tmp_path / "models" / "a.gguf"
    with PartFile(target) as part:
        assert part.note() is None
        part.start_afresh(NOTE)
        part.append(b"hello")
    with PartFile(target) as part:
        assert part.note() == NOTE
        assert list(part.reread()) == [5]
        part.append(b"world")
        assert part.sha256 == hashlib.sha256(b"helloworld").hexdigest()
        part.discard()
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    "note", ["", "{", "[]", "{}", '{"total_bytes": "x", "sha256": "", "etag": ""}', '{"total_bytes": 1, "more": 2}']
)
def test_a_note_that_cannot_be_read_vouches_for_nothing(tmp_path: Path, note: str) -> None:
    with PartFile(tmp_path / "a.gguf") as part:
        note_of(tmp_path / "a.gguf").write_text(note, encoding="utf-8")
        assert part.note() is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_is_told_and_keeps_what_has_come(tmp_path: Path) -> None:
    part_of(tmp_path / "a.gguf").symlink_to("/dev/full")
    with pytest.raises(HomeUnusable, match="cannot be written"), PartFile(tmp_path / "a.gguf"):
        pass
    full = disk_trouble(OSError(errno.ENOSPC, "No space left on device"), tmp_path / "a.gguf", 1_500_000)
    assert isinstance(full, DiskFull)
    assert (
        str(full)
        == "There is no room left on the disk for a.gguf: free some up and go on. 1.5 MB have come and are kept."
    )
    assert isinstance(disk_trouble(OSError(errno.EFBIG, "File too large"), tmp_path / "a.gguf"), DiskFull)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnusable, match="cannot be written into"), PartFile(tmp_path / "file" / "a.gguf"):
        pass


def test_no_link_leads_to_another_file(tmp_path: Path) -> None:
    precious, text = tmp_path / "precious", tmp_path / "text"
    precious.write_text("not to be lost", encoding="utf-8")
    for beside in (tmp_path / "text.new", part_of(tmp_path / "weights.gguf")):
        beside.symlink_to(precious)
    with pytest.raises(OSError, match="symbolic links"):
        write_whole(text, "new")
    with pytest.raises(HomeUnusable), PartFile(tmp_path / "weights.gguf"):
        pass
    assert precious.read_text(encoding="utf-8") == "not to be lost"


def test_a_small_text_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text(encoding="utf-8") == "two"
    assert list(tmp_path.glob("*.*")) == [path]
