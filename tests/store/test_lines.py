"""Lines come back as they were read, in little room, and none is kept twice."""

from __future__ import annotations

import json
from dataclasses import asdict

from gum_app.records import Line, Rect, Word
from gum_app.store.lines import SAME_PLACE_PIXELS, only_new, pack, unpack
from tests.builders import NOON, a_line, some_lines


def test_lines_come_back_as_they_were_read() -> None:
    word = Word(text="Grüße 😀 «x»", rect=Rect(x=-1920, y=4, width=30, height=20), confidence=0.875)
    line = Line(words=(word,), block=7, at=NOON, monitor=2)
    assert unpack(pack([line, a_line("without an instant")]), 0) == (line, a_line("without an instant"))


def test_packed_lines_take_little_room() -> None:
    lines = some_lines("\n".join(f"line {number} says that the router is up again" for number in range(200)))
    plain = json.dumps([asdict(line) for line in lines])
    assert len(pack(lines)) < len(plain) / 15


def test_a_line_read_again_on_the_same_place_is_not_new() -> None:
    again = a_line("router up", x=SAME_PLACE_PIXELS, y=-SAME_PLACE_PIXELS)
    assert only_new([again], [a_line("router up")]) == []


def test_a_line_is_new_with_other_words_on_another_place_or_another_monitor() -> None:
    known = [a_line("router up")]
    new = [
        a_line("router down"),
        a_line("router up", y=SAME_PLACE_PIXELS + 1),
        a_line("router up", monitor=1),
    ]
    assert only_new(new, known) == new


def test_a_line_said_twice_in_one_reading_is_kept_once() -> None:
    assert only_new([a_line("router up"), a_line("router up")], []) == [a_line("router up")]


def test_a_line_without_words_is_not_kept() -> None:
    assert only_new([Line(words=())], []) == []
    assert unpack(pack([Line(words=())]), 0) == ()
