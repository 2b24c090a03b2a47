"""The reading itself, in this process; that it runs in another is test_reading's matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import tesserocr

from gum_app.records import Rect, Word
from gum_app.world.reading import data_folder
from gum_app.world.reading_child import MOST_REMEMBERED, Memory, _without_junk, read
from tests.world.pictures import a_screen, gray


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    with tesserocr.PyTessBaseAPI(path=str(data_folder(("eng",))), lang="eng", psm=tesserocr.PSM.SINGLE_LINE) as api:
        api.SetVariable("debug_file", "/dev/null")
        yield api


def a_word(text: str, confidence: float) -> Word:
    return Word(text=text, rect=Rect(x=0, y=0, width=10, height=10), confidence=confidence)


@pytest.mark.parametrize(("ink", "paper"), [("black", "white"), ("#ddd", "#1b1b1b"), ("white", "#0070c0")])
def test_words_are_read_in_light_and_dark_themes(engine: Any, ink: str, paper: str) -> None:
    image = a_screen((40, 60, "The meeting moves to Tuesday at nine"), ink=ink, paper=paper)
    assert [line.text for line in read(engine, gray(image))] == ["The meeting moves to Tuesday at nine"]


def test_small_writing_is_read(engine: Any) -> None:
    (line,) = read(engine, gray(a_screen((40, 60, "Reports of the third quarter"), px=12)))
    assert line.text == "Reports of the third quarter"


def test_boxes_lie_on_the_words(engine: Any) -> None:
    image = a_screen((40, 60, "Reports"), (40, 200, "Invoices"))
    first, second = read(engine, gray(image))
    for line, y in ((first, 60), (second, 200)):
        rect = line.words[0].rect
        assert 36 <= rect.x <= 44
        assert y - 4 <= rect.y <= y + 10
        assert 40 <= rect.width <= 90
        assert 8 <= rect.height <= 24


def test_words_of_a_line_stand_from_left_to_right(engine: Any) -> None:
    (line,) = read(engine, gray(a_screen((40, 60, "one two three four five"))))
    lefts = [word.rect.x for word in line.words]
    assert lefts == sorted(lefts)


def test_an_icon_is_no_word() -> None:
    assert _without_junk([a_word("@", 0.4), a_word("ii", 0.3)]) == ()


def test_a_badly_read_word_in_a_well_read_line_stays() -> None:
    words = [a_word("Pull", 0.18), a_word("requests", 0.95)]
    assert _without_junk(words) == tuple(words)


def test_a_digit_is_never_junk_for_it_may_be_one_box_of_a_code() -> None:
    assert _without_junk([a_word("6", 0.1)]) == (a_word("6", 0.1),)


def test_a_badly_read_long_word_stays_for_it_may_be_a_password() -> None:
    assert len(_without_junk([a_word("k7#Qv!x2", 0.05)])) == 1


def test_a_line_of_pixels_is_read_once_wherever_it_stands(engine: Any) -> None:
    memory = Memory()
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            if name == "GetTSVText":
                asked.append(name)
            return getattr(engine, name)

    upper, lower = gray(a_screen((40, 60, "The same old line"))), gray(a_screen((40, 260, "The same old line")))
    counting: Any = Counting()
    first, again = read(counting, upper, memory), read(counting, lower, memory)
    assert len(asked) == 1
    assert [line.text for line in first] == [line.text for line in again] == ["The same old line"]
    assert again[0].rect.y - first[0].rect.y == 200


def test_only_so_many_lines_are_remembered() -> None:
    memory = Memory()
    for number in range(MOST_REMEMBERED + 1):
        memory.recall(_pixels(number), 1.0, str)
    assert memory.recall(_pixels(MOST_REMEMBERED), 1.0, lambda: "read again") == ""
    assert memory.recall(_pixels(0), 1.0, lambda: "read again") == "read again"


def test_the_same_pixels_enlarged_differently_are_read_anew() -> None:
    memory = Memory()
    assert memory.recall(_pixels(7), 1.0, lambda: "small") == "small"
    assert memory.recall(_pixels(7), 2.0, lambda: "large") == "large"


def _pixels(number: int) -> Any:
    return np.frombuffer(number.to_bytes(4, "big"), np.uint8).reshape(1, 4)
