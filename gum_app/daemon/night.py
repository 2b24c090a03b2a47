"""When to tidy: once after three in the night, when nobody is there and the machine is on mains.

A machine that sleeps at night is tidied at the next chance. Pure: the last time and circumstances in, yes or no out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gum_app.rules.budget import Circumstances

HOUR_OF_NIGHT = 3


def is_due(last_at: datetime | None, now: datetime) -> bool:
    """Whether a night has begun since it was last done. A clock that jumped back makes it due once, not for ever."""
    if last_at is None or last_at > now:
        return True
    night = now.replace(hour=HOUR_OF_NIGHT, minute=0, second=0, microsecond=0)
    if night > now:
        night -= timedelta(days=1)
    return last_at < night


def may_now(circumstances: Circumstances) -> bool:
    """Whether it would disturb nobody."""
    return circumstances.idle and not circumstances.on_battery and not circumstances.memory_short
