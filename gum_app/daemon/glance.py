"""One look: ask what can be seen, grab, ask again. No picture leaves here with anything on it that must not be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gum_app.pipeline.audit import paint
from gum_app.records import PrivacyRule, Rect, Surroundings, Window
from gum_app.rules.privacy import UNKNOWN_WINDOW, LookRefused, judge
from gum_app.world.hands import Hands, Picture


@dataclass(frozen=True)
class Glimpse:
    front: Window
    surroundings: Surroundings
    pictures: tuple[Picture, ...]


def may_be_known(surroundings: Surroundings, rules: Sequence[PrivacyRule]) -> Window | LookRefused:
    """The window in front, if nothing that can be seen forbids to look."""
    verdict = judge(surroundings, rules)
    if isinstance(verdict, LookRefused):
        return verdict
    return surroundings.foreground or LookRefused(UNKNOWN_WINDOW)


def glance(hands: Hands, rules: Sequence[PrivacyRule], *, only: int | None = None) -> Glimpse | LookRefused | None:
    """`only`: just this monitor. None: something moved while we looked. Raises ScreenLost."""
    before = hands.surroundings()
    verdict = judge(before, rules)
    if isinstance(verdict, LookRefused):
        return verdict
    if before.foreground is None:
        return LookRefused(UNKNOWN_WINDOW)
    grabbed = [hands.grab(monitor) for monitor in before.monitors if only is None or monitor.index == only]
    if not _still(before, hands.surroundings()):
        return None
    pictures = tuple(_without(picture, verdict.black_out) for picture in grabbed if picture is not None)
    return Glimpse(before.foreground, before, pictures)


def _without(picture: Picture, black_out: Sequence[Rect]) -> Picture:
    origin = picture.monitor.rect
    hidden = [rect.moved(-origin.x, -origin.y) for rect in black_out if rect.meet(origin) is not None]
    return replace(picture, image=paint(picture.image, hidden)) if hidden else picture


def _still(before: Surroundings, after: Surroundings) -> bool:
    """Nothing moved or came while we looked: it may show a window that must not be kept."""
    if after.foreground is None or before.foreground != after.foreground:
        return False
    return {_place(window) for window in after.visible} <= {_place(window) for window in before.visible}


def _place(window: Window) -> object:
    return window.app, window.title, window.rect, window.private
