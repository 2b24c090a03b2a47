"""Where a quote stands, and what stood around it."""

from __future__ import annotations

from gum_app.records import Rect
from gum_app.ui.quoting import passage, screen_of
from tests.builders import a_line, an_observation


def test_a_quote_stands_between_the_words_around_it_with_its_rectangle() -> None:
    seen = an_observation(text="The first line\nSend the red report on Friday\nThe last line")
    found = passage(seen, "red report")
    assert (found.before, found.quote, found.after) == (
        "The first line\nSend the ",
        "red report",
        " on Friday\nThe last line",
    )
    assert found.where == "screen"
    assert found.rects == (Rect(x=90, y=30, width=100, height=20),)


def test_a_quote_over_two_lines_has_a_rectangle_for_each() -> None:
    found = passage(an_observation(text="Ask Tomasz for the\nsoil report today"), "for the soil report")
    assert found.quote == "for the\nsoil report"
    assert len(found.rects) == 2


def test_a_quote_that_ends_within_a_word_is_marked_to_the_letter() -> None:
    found = passage(an_observation(text="before (30 April), please"), "30 April")
    assert (found.before, found.quote, found.after) == ("before (", "30 April", "), please")


def test_a_quote_from_the_title_is_found_there() -> None:
    found = passage(an_observation(title="Plan — QGIS", text="other words"), "plan")
    assert (found.where, found.quote, found.after) == ("title", "Plan", " — QGIS")


def test_a_quote_without_its_observation_stands_alone() -> None:
    assert passage(None, "red report").where == "nowhere"
    assert passage(an_observation(text="something else"), "red report").quote == "red report"
    assert passage(an_observation(text="words"), "").where == "nowhere"


def test_a_menu_far_away_is_no_context() -> None:
    lines = (a_line("File Edit", x=0, y=0), a_line("the quoted words", x=400, y=600), a_line("next", x=400, y=630))
    found = passage(an_observation(lines=lines), "quoted words")
    assert found.before == "the "
    assert found.after == "\nnext"


def test_the_screen_is_the_smallest_usual_one_that_holds_the_words() -> None:
    assert screen_of((a_line("word", x=1500, y=900),), 0) == Rect(x=0, y=0, width=1920, height=1080)
    beside = (a_line("word", x=2000, y=100, monitor=1), a_line("word", x=0, y=0))
    assert screen_of(beside, 1) == Rect(x=2000, y=0, width=1366, height=768)
    assert screen_of((), 0).width == 1920
