"""Whether this is a moment to be spoken to. What is unknown is no good moment: then the offer waits.

The hindrances are asked from the most to the least private, and the first one found is the reason that is kept. A
natural pause needs no rule of its own: it is the moment at which nothing here is in the way.
"""

from __future__ import annotations

from datetime import datetime, time

from gum_app.settings import Settings
from gum_app.suggestions import Moment, Silence

# Deep typing, per minute. A hundred is what people reach who write, and not those who fill in a form or search.
DEEP_TYPING_KEYS = 100
BUSY_SHARE = 0.6  # of the last minute's seconds; where keys are not counted it stands for them
JUST_ARRIVED_SECONDS = (
    10.0  # who has just turned to a window has something in mind; what was offered would be in its way
)


def hindrance(moment: Moment, settings: Settings) -> Silence | None:
    """Why nothing should be said now; None: nothing is in the way. The hour is that of the moment's own time zone."""
    found: tuple[tuple[Silence, bool], ...] = (
        ("paused", moment.paused),
        ("locked", moment.locked),
        ("away", moment.away),
        ("sharing", moment.sharing),
        ("call", moment.in_call),
        ("private", moment.private or not moment.app),
        ("full screen", moment.fullscreen),
        ("do not disturb", moment.do_not_disturb),
        ("focus", moment.focus),
        ("quiet hours", is_quiet(moment.at, settings)),
        ("typing", _hands_are_busy(moment)),
        ("just arrived", not moment.in_front_seconds >= JUST_ARRIVED_SECONDS),
    )
    return next((silence for silence, is_so in found if is_so), None)


def is_quiet(at: datetime, settings: Settings) -> bool:
    """Whether these are quiet hours, which may span midnight. From and until the same: there are none."""
    start, end = time.fromisoformat(settings.quiet_from), time.fromisoformat(settings.quiet_until)
    clock = at.time()
    return start <= clock < end if start <= end else clock >= start or clock < end


def _hands_are_busy(moment: Moment) -> bool:
    """Either measure is enough to say so. With neither, nobody knows: that counts as busy."""
    if moment.keys_a_minute is None and moment.busy_share is None:
        return True
    keys_rest = moment.keys_a_minute is None or moment.keys_a_minute <= DEEP_TYPING_KEYS
    hands_rest = moment.keys_a_minute is not None or (moment.busy_share or 0.0) <= BUSY_SHARE
    return not (keys_rest and hands_rest)
