from __future__ import annotations

import pytest

from gum_app.records import Line, Rect
from gum_app.rules.address_bar import address_in_strip, is_private_in_strip
from tests.builders import a_line

WINDOW = Rect(x=0, y=0, width=1920, height=1080)


def address(*lines: Line) -> str | None:
    return address_in_strip(lines, WINDOW)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("www.x.example/en/book", "https://www.x.example/en/book"),
        ("eservices.revenue-portal.example/agent", "https://eservices.revenue-portal.example/agent"),
        ("& www.rijnmondvans.example/en/book/payment", "https://www.rijnmondvans.example/en/book/payment"),
        ("O @ hitps://business.harbourbank.example/accounts", "https://business.harbourbank.example/accounts"),
        ("hittps://www.corrib-mediation.example/first-talk", "https://www.corrib-mediation.example/first-talk"),
        ("www corrib-outdoor.example/poles", "https://www.corrib-outdoor.example/poles"),
        ("app.fjordmail. example/inbox", "https://app.fjordmail.example/inbox"),
        ("cloud.example/apps/ calendar", "https://cloud.example/apps/calendar"),
        ("quackle.example/?q=bank+of+ireland *", "https://quackle.example/?q=bank+of+ireland"),
        ("localhost:8080/x", "https://localhost:8080/x"),
        ("192.168.1.20:8080/x", "https://192.168.1.20:8080/x"),
        ("about:logins", "about:logins"),
        ("chrome://password-manager/passwords", "chrome://password-manager/passwords"),
        ("mail.example.org", "https://mail.example.org"),
    ],
)
def test_the_address_is_found_below_the_tabs(words: str, url: str) -> None:
    assert address(a_line("A tab", y=15), a_line(words, x=300, y=80)) == url


@pytest.mark.parametrize(
    "words", ["Search or enter address", "Pipelines and more", "rebalance_test.go", "memstore.go", "3.14"]
)
def test_other_words_are_no_address(words: str) -> None:
    assert address(a_line(words, y=80)) is None


def test_the_title_of_a_tab_is_not_taken_for_the_address() -> None:
    assert address(a_line("github.com", y=15), a_line("wiki.fernwick.dev/x", y=80)) == "https://wiki.fernwick.dev/x"
    assert address(a_line("github.com", y=15)) is None


def test_the_first_row_of_a_page_is_not_taken_for_the_address() -> None:
    page = a_line("app.slack.com/client/T1", y=140)
    assert address(a_line("app.slack.com/client", y=15), a_line("evil.example", y=80), page) == "https://evil.example"


def test_an_address_within_the_page_is_not_taken_for_the_address() -> None:
    assert address(a_line("www.x.example/en", y=500)) is None


def test_the_strip_is_that_of_the_window() -> None:
    window = Rect(x=960, y=500, width=960, height=580)
    lines = (a_line("www.left.example/a", x=10, y=80), a_line("www.right.example/b", x=1000, y=570))
    assert address_in_strip(lines, window) == "https://www.right.example/b"


@pytest.mark.parametrize(
    "words", ["Private browsing", "@ Private browsing", "Incognito", "Incognito (2)", "InPrivate", "Inkognito"]
)
def test_a_private_window_says_so_beside_its_address(words: str) -> None:
    assert is_private_in_strip([a_line(words, x=1600, y=90)], WINDOW)


def test_an_address_that_runs_into_the_mark_does_not_hide_it() -> None:
    address = a_line("x.example/a/long/way/to a page with many words that fills the bar", x=160, y=57).words
    behind = a_line("* & Incognito :", x=1700, y=57).words
    assert is_private_in_strip([Line(words=(*address, *behind))], WINDOW)


def test_what_is_searched_for_in_the_address_bar_is_no_mark() -> None:
    assert not is_private_in_strip([a_line("how do I go Incognito", x=160, y=57)], WINDOW)


def test_a_page_about_private_browsing_does_not_say_so() -> None:
    assert not is_private_in_strip([a_line("Private browsing", y=400)], WINDOW)
    assert not is_private_in_strip([a_line("How does private browsing work - Search", y=15)], WINDOW)
