"""What a file is, is told by what is in it; and what cannot be brought in is told in one sentence."""

from __future__ import annotations

import gzip
import os
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from gum_app.errors import BadInput
from gum_app.world.import_files import is_own_export, open_source
from tests.brought import a_calendar, a_gum_db, an_export, around, unreadable


def kind(path: Path) -> str | None:
    source = open_source(path, around())
    return None if source is None else source.kind


def test_the_name_of_a_file_tells_nothing(tmp_path: Path) -> None:
    assert kind(an_export(tmp_path / "calendar.ics")) == "activitywatch"
    assert kind(a_gum_db(tmp_path / "export.json", [])) == "gum"
    assert kind(a_calendar(tmp_path / "gum.db")) == "calendar"
    assert kind(tmp_path) == "calendar", "a folder"


def test_marks_and_space_before_it_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbf\r\n begin:vcalendar\r\n")
    assert kind(path) == "calendar"
    path.write_bytes(b"\xef\xbb\xbf\n\t{")
    assert kind(path) == "activitywatch"


def test_an_export_of_our_own_is_known(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"gum_export": 1}\n')
    assert kind(path) is None
    assert is_own_export(path)
    assert not is_own_export(tmp_path) and not is_own_export(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert not is_own_export(tmp_path / "pipe"), "and nobody waits for it"


def test_what_cannot_be_brought_in_is_told_in_one_sentence(tmp_path: Path) -> None:
    odd = {
        "text": b"hello",
        "empty": b"",
        "packed.ics.gz": gzip.compress(b"BEGIN:VCALENDAR" * 1_000_000),
        "image.png": b"\x89PNG\r\n",
    }
    for name, content in odd.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as packed:
        packed.writestr("a.ics", "BEGIN:VCALENDAR")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    os.mkfifo(tmp_path / "pipe")
    for name in (*odd, "takeout.zip", "round", "pipe", "nowhere", "a\0b"):
        with pytest.raises(BadInput) as told:
            open_source(tmp_path / name, around())
        sentence = str(told.value)
        assert sentence.endswith(".") and "\n" not in sentence
    with pytest.raises(BadInput, match="unpack it first"):
        open_source(tmp_path / "packed.ics.gz", around())


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = a_calendar(tmp_path / "a.ics")
    if not unreadable(path):
        pytest.skip("the administrator may read everything")
    with pytest.raises(BadInput, match="may read"):
        open_source(path, around())


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
@pytest.mark.parametrize("make", [a_calendar, a_gum_db, an_export])
def test_a_name_that_is_no_text_is_opened_and_can_be_told(tmp_path: Path, make: Callable[..., Path]) -> None:
    plain = make(tmp_path / "plain", *([[]] if make is a_gum_db else []))
    odd = plain.rename(tmp_path / os.fsdecode(b"g\xff\x1b[2J?mode=rwc.db"))
    source = open_source(odd, around())
    assert source is not None
    assert source.name == "g [2J?mode=rwc.db"
    with suppress(BadInput):  # there is nothing in it
        list(source.things(lambda _done, _of: None))
