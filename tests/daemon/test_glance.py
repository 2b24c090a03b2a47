"""Ask, grab, ask again."""

from __future__ import annotations

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.glance import Glimpse, glance, may_be_known
from gum_app.records import Monitor, Rect, Surroundings, Window
from gum_app.rules.privacy import SHIPPED, UNKNOWN_WINDOW, LookRefused
from gum_app.world.hands import Picture
from tests.builders import NOON
from tests.daemon.watching import MONITOR, ByHand, picture, window

LEFT, RIGHT = Rect(x=0, y=0, width=500, height=800), Rect(x=500, y=0, width=500, height=800)
SECOND = Monitor(index=1, rect=Rect(x=1000, y=0, width=1000, height=800))


@pytest.fixture
def hands() -> ByHand:
    hands = ByHand(SetClock(NOON))
    hands.front = window()
    return hands


def pictures(seen: object) -> tuple[Picture, ...]:
    assert isinstance(seen, Glimpse)
    return seen.pictures


def test_a_look_takes_all_monitors_or_the_one_that_is_wanted(hands: ByHand) -> None:
    hands.monitors = (MONITOR, SECOND)
    assert [shown.monitor for shown in pictures(glance(hands, SHIPPED))] == [MONITOR, SECOND]
    assert [shown.monitor for shown in pictures(glance(hands, SHIPPED, only=1))] == [SECOND]


@pytest.mark.parametrize(("front", "rule"), [(None, UNKNOWN_WINDOW), (window("keepassxc"), "password manager")])
def test_where_it_may_not_look_it_does_not_grab(hands: ByHand, front: Window | None, rule: str) -> None:
    hands.front = front
    assert glance(hands, SHIPPED) == LookRefused(rule)
    assert hands.grabs == 0


@pytest.mark.parametrize(
    "after",
    [
        None,
        window(title="another.md"),
        window(rect=LEFT),
        window(url="https://bank.example"),
    ],
    ids=["unknown", "other title", "moved", "other address"],
)
def test_what_moves_while_we_look_costs_the_picture(hands: ByHand, after: Window | None) -> None:
    answers = iter([hands.surroundings(), Surroundings(foreground=after, visible=(window(),), monitors=(MONITOR,))])
    hands.surroundings = lambda: next(answers)  # type: ignore[method-assign]
    assert glance(hands, SHIPPED) is None


def test_a_window_that_comes_beside_while_we_look_costs_the_picture_and_one_that_goes_does_not(hands: ByHand) -> None:
    alone, joined = (
        hands.surroundings(),
        Surroundings(foreground=window(), visible=(window(), window("chat", "Team", rect=LEFT)), monitors=(MONITOR,)),
    )
    for before, after, kept in ((alone, joined, False), (joined, alone, True)):
        answers = iter([before, after])
        hands.surroundings = lambda answers=answers: next(answers)  # type: ignore[method-assign, misc]
        assert (glance(hands, SHIPPED) is not None) == kept


def test_what_is_hidden_beside_is_black_on_the_monitor_it_stands_on(hands: ByHand) -> None:
    hands.front = window(rect=LEFT)
    hands.beside = (window("keepassxc", "secrets", rect=RIGHT), window("keepassxc", "more", rect=SECOND.rect))
    hands.monitors = (MONITOR, SECOND)
    hands.image = picture("red")
    first, second = (shown.image for shown in pictures(glance(hands, SHIPPED)))
    assert first.getpixel((250, 400)) == (255, 0, 0)
    assert first.getpixel((750, 400)) == (0, 0, 0)
    assert second.getcolors() == [(800_000, (0, 0, 0))]


def test_the_window_in_front_is_known_only_where_nothing_forbids_it(hands: ByHand) -> None:
    assert may_be_known(hands.surroundings(), SHIPPED) == window()
    hands.beside = (window("keepassxc", "secrets", rect=None),)
    assert may_be_known(hands.surroundings(), SHIPPED) == LookRefused("password manager")
