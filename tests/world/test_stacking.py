"""What lies on what, and what of it can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from gum_app.records import Monitor, Rect
from gum_app.world.stacking import monitor_of, seen


def rect(x: int, y: int, width: int, height: int) -> Rect:
    return Rect(x=x, y=y, width=width, height=height)


@dataclass(frozen=True)
class Sheet:
    name: str
    rect: Rect
    solid: tuple[Rect, ...] = ()


def opaque(name: str, *at: int) -> Sheet:
    return Sheet(name, rect(*at), (rect(*at),))


ONE = (Monitor(index=0, rect=rect(0, 0, 1000, 800)),)
TWO = (*ONE, Monitor(index=1, rect=rect(-500, 100, 500, 400)))


def names(*layers: Sheet, monitors: tuple[Monitor, ...] = ONE) -> list[str]:
    return [layer.name for layer in seen(layers, monitors)]


def test_a_window_under_a_larger_one_cannot_be_seen() -> None:
    assert names(opaque("top", 0, 0, 1000, 800), opaque("under", 100, 100, 200, 200)) == ["top"]


def test_a_strip_that_looks_out_is_seen() -> None:
    assert names(opaque("top", 0, 0, 300, 300), opaque("under", 0, 0, 301, 300)) == ["top", "under"]


def test_what_is_see_through_covers_nothing() -> None:
    assert names(Sheet("glass", rect(0, 0, 1000, 800)), opaque("under", 1, 1, 9, 9)) == ["glass", "under"]


def test_a_part_that_hangs_out_of_the_screen_needs_no_cover() -> None:
    assert names(opaque("top", 0, 0, 1000, 800), opaque("under", 900, 700, 500, 500)) == ["top"]


def test_two_windows_that_only_together_cover_a_third_leave_it_seen() -> None:
    halves = opaque("left", 0, 0, 500, 800), opaque("right", 500, 0, 500, 800)
    assert names(*halves, opaque("under", 400, 100, 200, 200)) == ["left", "right", "under"]


def test_a_window_off_every_monitor_is_not_seen() -> None:
    assert names(opaque("away", 2000, 0, 100, 100), monitors=TWO) == []


def test_a_window_across_two_monitors_must_be_covered_on_both() -> None:
    across, left = opaque("across", -100, 150, 200, 100), opaque("left", -500, 100, 500, 400)
    assert names(left, across, monitors=TWO) == ["left", "across"]
    assert names(left, opaque("right", 0, 0, 1000, 800), across, monitors=TWO) == ["left", "right"]


def test_a_window_belongs_to_the_monitor_that_holds_most_of_it() -> None:
    assert monitor_of(rect(-100, 150, 150, 100), TWO) == 1
    assert monitor_of(rect(-40, 150, 100, 100), TWO) == 0
    assert monitor_of(rect(5000, 0, 10, 10), TWO) == 0
