"""Words go to the window they stand in; what stands in none is nobody's."""

from __future__ import annotations

import pytest
from PIL import Image

from gum_app.records import Line, Monitor, Rect, Surroundings, Window
from gum_app.rules.placing import SOMEWHERE, by_window, dark_share
from tests.builders import a_line, a_window

LEFT = Monitor(index=0, rect=Rect(x=0, y=0, width=1000, height=800))
RIGHT = Monitor(index=1, rect=Rect(x=1000, y=0, width=1000, height=800))


def at(x: int, y: int, width: int, height: int, title: str, monitor: int = 0) -> Window:
    return a_window("editor", title, rect=Rect(x=x, y=y, width=width, height=height), monitor=monitor)


def around(front: Window | None, *listed: Window, monitors: tuple[Monitor, ...] = (LEFT,)) -> Surroundings:
    return Surroundings(foreground=front, visible=listed, monitors=monitors)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_each_line_goes_to_the_window_that_is_on_top_there() -> None:
    front, behind = at(100, 100, 300, 300, "Letter"), at(0, 0, 1000, 800, "Plan")
    lines = [a_line("mine", x=120, y=120), a_line("theirs", x=500, y=500)]
    placed = by_window(lines, around(front, front, behind), LEFT)
    assert texts(placed.front) == ["mine"]
    assert [(window.title, texts(words)) for window, words in placed.beside] == [("Plan", ["theirs"])]


def test_a_window_above_the_front_one_keeps_its_own_words() -> None:
    front, above = at(0, 0, 1000, 800, "Letter"), at(600, 600, 300, 100, "Player")
    placed = by_window([a_line("song", x=620, y=620)], around(front, above, front), LEFT)
    assert placed.front == ()
    assert placed.beside[0][0] == above


def test_the_panel_and_the_wallpaper_belong_to_nobody() -> None:
    front = at(100, 100, 300, 300, "Letter")
    placed = by_window([a_line("Trash", x=900, y=700)], around(front, front), LEFT)
    assert placed.front == ()
    assert placed.beside == ()


def test_without_places_all_words_of_the_only_monitor_are_the_front_windows() -> None:
    front = a_window("editor", "Letter")
    placed = by_window([a_line("anything", x=500, y=500)], around(front), LEFT)
    assert texts(placed.front) == ["anything"]


@pytest.mark.parametrize(("word", "is_front"), [("budget", True), ("holiday", False)])
def test_without_places_the_front_window_is_on_the_monitor_that_shows_its_title(word: str, is_front: bool) -> None:
    front = a_window("editor", "budget.ods")
    placed = by_window([a_line(f"{word}.ods and more")], around(front, monitors=(LEFT, RIGHT)), RIGHT)
    assert bool(placed.front) == is_front
    assert [window for window, _ in placed.beside] == ([] if is_front else [SOMEWHERE])


def test_a_monitor_of_which_nothing_is_told_shows_windows_that_nobody_knows() -> None:
    front = at(0, 0, 1000, 800, "Letter")
    placed = by_window([a_line("words", x=1500, y=100)], around(front, front, monitors=(LEFT, RIGHT)), RIGHT)
    assert placed.front == ()
    assert [window for window, _ in placed.beside] == [SOMEWHERE]


def test_nobody_in_front_means_that_nothing_is_placed() -> None:
    placed = by_window([a_line("words")], around(None), LEFT)
    assert (placed.front, placed.beside) == ((), ())


def test_how_dark_a_window_is_leaves_out_what_is_around_it() -> None:
    image = Image.new("RGB", (1000, 800), "white")
    image.paste("black", (400, 400, 600, 600))
    assert dark_share(image, LEFT, Rect(x=400, y=400, width=200, height=200)) == 1.0
    assert dark_share(image, LEFT, None) == pytest.approx(0.05, abs=0.01)
    elsewhere = Rect(x=5000, y=0, width=10, height=10)
    assert dark_share(image, LEFT, elsewhere) == dark_share(image, LEFT, None), "a window that is not in the picture"
