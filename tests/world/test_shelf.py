"""Models are fetched from a real server onto a real disk, looked after, and thrown away."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from gum_app.catalogue import Catalogue
from gum_app.errors import BadInput, DownloadFailed, GaveWay, ModelUnusable
from gum_app.world.download import Progress
from gum_app.world.part_file import part_of
from gum_app.world.shelf import Shelf, Standing, look_at_own
from tests.world.file_server import FileServer
from tests.world.small_shelf import REVISION, small_catalogue, small_server


@pytest.fixture
def server(tiny: Path) -> Iterator[FileServer]:
    with small_server(tiny) as server:
        yield server


@pytest.fixture
def catalogue(tiny: Path) -> Catalogue:
    return small_catalogue(tiny)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


@pytest.fixture
def shelf(folder: Path, catalogue: Catalogue) -> Shelf:
    return Shelf(folder, catalogue)


def fetch(shelf: Shelf, server: FileServer, name: str = "sees") -> Standing:
    return shelf.fetch(name, stop=Event(), mirror=server.url(""))


def test_before_anything_is_fetched_nothing_is_there(shelf: Shelf, folder: Path) -> None:
    assert shelf.standing("sees") == Standing(state="absent", disk_bytes=0)
    assert shelf.delete("sees") == 0
    assert shelf.disk_bytes() == 0
    assert not folder.exists()
    with pytest.raises(BadInput, match="no model “other”"):
        shelf.standing("other")


def test_a_model_comes_with_both_of_its_files(
    shelf: Shelf, server: FileServer, folder: Path, catalogue: Catalogue
) -> None:
    told: list[Progress] = []
    standing = shelf.fetch("sees", stop=Event(), told=told.append, mirror=server.url(""))
    assert standing.state == "ready"
    assert standing.weights == folder / "sees" / "qwen3vl.gguf"
    assert standing.projector == folder / "sees" / "qwen3vl-mmproj.gguf"
    total = catalogue.find("sees").download_bytes
    assert standing.disk_bytes == total
    assert shelf.disk_bytes() > total, "and the records"
    assert {progress.total_bytes for progress in told} == {total}
    assert told[-1].done_bytes == total
    if os.name == "posix":
        assert stat.S_IMODE((folder / "files.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    asked = len(server.asked)
    assert fetch(shelf, server) == standing
    assert len(server.asked) == asked, "what is there is not fetched again"


def test_paused_between_two_files_it_goes_on_with_the_second(shelf: Shelf, server: FileServer) -> None:
    stop = Event()

    def told(progress: Progress) -> None:
        if progress.done_bytes >= 558_000:
            stop.set()

    with pytest.raises(GaveWay):
        shelf.fetch("sees", stop=stop, told=told, mirror=server.url(""))
    paused = shelf.standing("sees")
    assert paused.state == "paused"
    assert paused.disk_bytes > 0
    assert fetch(shelf, server).state == "ready"
    assert [asked.path.rpartition("/")[2] for asked in server.asked].count("qwen3vl.gguf") == 1


def test_what_came_and_was_not_recorded_is_verified_and_not_fetched_again(
    shelf: Shelf, server: FileServer, folder: Path
) -> None:
    """Killed after the file got its name and before the records were written."""
    fetch(shelf, server)
    (folder / "files.json").unlink()
    assert shelf.standing("sees").state == "paused"
    asked = len(server.asked)
    assert fetch(shelf, server).state == "ready"
    assert len(server.asked) == asked


def test_a_hash_that_was_not_known_is_remembered_even_when_the_model_is_gone(
    shelf: Shelf, server: FileServer, tiny: Path
) -> None:
    assert fetch(shelf, server, "embeds").state == "ready"
    shelf.delete("embeds")
    path = f"/us/tiny/resolve/{REVISION}/bert-embed.gguf"
    changed = bytearray(server.manners.files[path])
    changed[-1] ^= 1
    server.manners.files[path] = bytes(changed)
    with pytest.raises(DownloadFailed, match="its SHA-256 is another"):
        fetch(shelf, server, "embeds")
    assert shelf.standing("embeds").state == "absent"
    server.manners.files[path] = (tiny / "bert-embed.gguf").read_bytes()
    assert fetch(shelf, server, "embeds").state == "ready"


def test_one_of_another_kind_is_deleted_and_said(shelf: Shelf, server: FileServer, catalogue: Catalogue) -> None:
    path = f"/us/tiny/resolve/{REVISION}/bert-embed.gguf"
    size = catalogue.find("embeds").download_bytes
    server.manners.files[path] = b"GGUF" + bytes(size - 4)
    with pytest.raises(DownloadFailed, match=r"What came for .* was deleted"):
        fetch(shelf, server, "embeds")
    assert shelf.standing("embeds").state == "absent"


def test_a_file_that_was_changed_or_removed_outside_is_broken_and_can_be_mended(
    shelf: Shelf, server: FileServer, folder: Path
) -> None:
    standing = fetch(shelf, server)
    assert standing.weights is not None
    assert shelf.verify("sees", stop=Event()).state == "ready"

    data = bytearray(standing.weights.read_bytes())
    data[-100] ^= 255
    standing.weights.write_bytes(data)
    assert shelf.standing("sees").state == "ready", "the size is as it was: only reading all of it finds that out"
    broken = shelf.verify("sees", stop=Event())
    assert (broken.state, broken.weights) == ("broken", None)
    assert "other bytes than those that came" in broken.trouble
    assert fetch(shelf, server).state == "ready"

    standing.weights.write_bytes(b"short")
    assert "another size than when it came" in shelf.standing("sees").trouble
    assert fetch(shelf, server).state == "ready"

    standing.weights.unlink()
    assert "is gone from" in shelf.standing("sees").trouble
    assert fetch(shelf, server).state == "ready"
    assert not part_of(standing.weights).exists()


def test_verifying_tells_how_far_it_is_and_can_be_stopped(
    shelf: Shelf, server: FileServer, catalogue: Catalogue
) -> None:
    fetch(shelf, server)
    told: list[Progress] = []
    shelf.verify("sees", stop=Event(), told=told.append)
    assert {progress.phase for progress in told} == {"checking"}
    assert told[-1].done_bytes == catalogue.find("sees").download_bytes
    stop = Event()
    stop.set()
    with pytest.raises(GaveWay):
        shelf.verify("sees", stop=stop)


def test_deleting_frees_what_it_took_and_leaves_the_others(shelf: Shelf, server: FileServer, folder: Path) -> None:
    size = fetch(shelf, server).disk_bytes
    fetch(shelf, server, "embeds")
    assert shelf.delete("sees") == size
    assert shelf.standing("sees") == Standing(state="absent", disk_bytes=0)
    assert not (folder / "sees").exists()
    assert shelf.standing("embeds").state == "ready"


def test_what_has_only_begun_can_be_deleted_too(shelf: Shelf, server: FileServer) -> None:
    server.manners.always = (404, {})
    with pytest.raises(DownloadFailed):
        fetch(shelf, server)
    assert shelf.standing("sees").state == "paused"
    shelf.delete("sees")
    assert shelf.standing("sees").state == "absent"


@pytest.mark.parametrize("records", ["", "{", '{"version": 2}', '{"version": 1, "more": 1}', "\udcff"])
def test_records_that_cannot_be_read_only_make_it_verify_again(
    shelf: Shelf, server: FileServer, folder: Path, records: str
) -> None:
    fetch(shelf, server)
    (folder / "files.json").write_bytes(records.encode("utf-8", "surrogateescape"))
    assert shelf.standing("sees").state == "paused"
    assert fetch(shelf, server).state == "ready"


def test_a_newer_revision_in_the_list_is_another_file(
    folder: Path, shelf: Shelf, server: FileServer, catalogue: Catalogue
) -> None:
    fetch(shelf, server)
    newer = catalogue.model_dump()
    newer["entries"][0]["files"][0]["revision"] = "f" * 40
    again = Shelf(folder, Catalogue.model_validate(newer))
    assert again.standing("sees").state == "paused"
    assert fetch(again, server).state == "ready", "its bytes are the same, as the hash tells"


def test_a_look_at_the_shelf_is_quick(shelf: Shelf, server: FileServer) -> None:
    fetch(shelf, server)
    began_seconds = time.process_time()  # other programs may want the processor too
    for _ in range(20):
        shelf.standing("sees")
    assert (time.process_time() - began_seconds) / 20 < 0.05


# Files of the person's own


def test_own_files_are_looked_at_and_stay_as_they_are(tiny: Path) -> None:
    own = look_at_own(tiny / "qwen3vl.gguf", tiny / "qwen3vl-mmproj.gguf")
    assert own.weights.architecture == "qwen3vl"
    assert own.picture is not None
    assert own.picture.pixels_a_token == 32
    assert look_at_own(tiny / "qwen3vl.gguf", None).projector is None
    assert look_at_own(tiny / "llava.gguf", tiny / "llava-mmproj.gguf").picture is None


def test_own_files_of_another_kind_are_refused_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="is a projector"):
        look_at_own(tiny / "qwen3vl-mmproj.gguf", None)
    with pytest.raises(ModelUnusable, match="is the weights of a language model, not a projector"):
        look_at_own(tiny / "qwen3vl.gguf", tiny / "qwen3vl.gguf")
    with pytest.raises(ModelUnusable, match="cannot be read"):
        look_at_own(tmp_path / "none.gguf", None)


def test_a_projector_of_another_model_is_told_where_that_can_be(tiny: Path, tmp_path: Path) -> None:
    other = (tiny / "qwen3vl-mmproj.gguf").read_bytes()
    key = b"clip.vision.projection_dim"
    at = other.index(key) + len(key) + 4
    wrong = tmp_path / "mmproj.gguf"
    wrong.write_bytes(other[:at] + (128).to_bytes(4, "little") + other[at + 4 :])
    with pytest.raises(BadInput, match="belongs to another model"):
        look_at_own(tiny / "qwen3vl.gguf", wrong)
