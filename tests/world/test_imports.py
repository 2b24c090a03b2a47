"""What all readers of files have in common, and the text that they let through."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.errors import BadInput
from gum_app.world.import_files import open_source
from gum_app.world.imports import Aside, Source, Thing, one_line
from tests.brought import a_calendar, a_gum_db, a_week_of_work, an_entry, around


@pytest.fixture(params=["activitywatch", "gum", "calendar"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    match request.param:
        case "activitywatch":
            return a_week_of_work(tmp_path / "file")
        case "gum":
            return a_gum_db(tmp_path / "file", ["The user likes tea."])
    return a_calendar(tmp_path / "file", an_entry("a", "Dentist", ":20260312T150000Z"))


def opened(path: Path) -> Source:
    source = open_source(path, around())
    assert source is not None
    return source


def test_it_gives_things_and_tells_how_far_it_is(path: Path) -> None:
    told: list[tuple[int, int]] = []
    source = opened(path)
    things = list(source.things(lambda done, of: told.append((done, of))))
    assert source.name == "file"
    assert things and all(isinstance(thing, get_args(Thing)) for thing in things)
    assert not isinstance(things[0], Aside)
    assert told and all(0 <= done <= of for done, of in told)


def test_whoever_is_told_may_end_it(path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Enough

    with pytest.raises((Enough, BadInput)):
        list(opened(path).things(stop))


def test_it_reads_the_same_each_time(path: Path) -> None:
    def read() -> list[str]:
        return [repr(thing) for thing in opened(path).things(lambda *_: None) if "MachineLog" not in repr(thing)]

    assert read() == read()


@given(text=st.text(max_size=100) | st.integers() | st.none(), most=st.integers(1, 50))
def test_text_is_one_line_without_what_commands_a_terminal(text: object, most: int) -> None:
    line = one_line(text, most)
    assert len(line) <= most and line == line.strip()
    assert line.isprintable() or all(character >= " " for character in line)
    line.encode("utf-8")
