from __future__ import annotations

from gum_app.records import Line, Rect
from gum_app.rules.rows import Spot, is_below, is_right_of, rows_of
from tests.builders import a_line


def texts(*lines: Line) -> list[str]:
    return [row.text for row in rows_of(lines)]


def test_words_beside_each_other_are_one_row_whatever_boxes_they_were_read_in() -> None:
    assert texts(a_line("0566", x=70), a_line("4000"), a_line("5556", x=140)) == ["4000 0566 5556"]


def test_a_column_far_to_the_right_is_another_row() -> None:
    assert texts(a_line("Channels"), a_line("A message", x=400)) == ["Channels", "A message"]


def test_rows_come_from_top_to_bottom() -> None:
    assert texts(a_line("below", y=40), a_line("above", y=0)) == ["above", "below"]


def test_what_overlaps_in_height_by_half_is_the_same_row() -> None:
    assert texts(a_line("label", y=0), a_line("value", x=60, y=8)) == ["label value"]
    assert texts(a_line("label", y=0), a_line("value", x=60, y=14)) == ["label", "value"]


def test_two_monitors_never_share_a_row() -> None:
    assert texts(a_line("one", monitor=0), a_line("two", x=40, monitor=1)) == ["one", "two"]


def test_every_word_is_in_exactly_one_row() -> None:
    lines = [a_line(f"a{n} b{n} c{n}", x=(n * 37) % 500, y=(n * 13) % 300) for n in range(40)]
    spots = [spot for row in rows_of(lines) for spot in row.spots]
    assert sorted((spot.line, spot.word) for spot in spots) == [(line, word) for line in range(40) for word in range(3)]


def test_a_stretch_of_text_knows_its_words() -> None:
    (row,) = rows_of([a_line("one two three")])
    assert list(row.indexes(4, 7)) == [1]
    assert list(row.indexes(2, 9)) == [0, 1, 2]
    assert list(row.indexes(4, 4)) == []
    assert row.spots[2] == Spot(0, 2)


def test_below_and_right_of() -> None:
    label, beside, under = rows_of([a_line("label", y=0), a_line("value", x=200, y=0), a_line("value", y=40)])
    assert is_right_of(label, beside, 10)
    assert not is_right_of(label, beside, 5)
    assert not is_right_of(beside, label, 10)
    assert is_below(label.rect, under, 2)
    assert not is_below(label.rect, under, 0.5)
    assert not is_below(Rect(x=500, y=0, width=50, height=20), under, 2)
