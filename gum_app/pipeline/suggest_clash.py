"""Two things at the same time in the person's calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_offer import offer, quoted, short_day
from gum_app.records import Proposition
from gum_app.suggestions import Act, Offer

FRESH = timedelta(minutes=20)
_BOTH = re.compile(r"at (?P<start>\d{2}:\d{2}): “(?P<one>.+?)” and “(?P<other>.+?)”\.$")
GOOD_FOR = timedelta(hours=4)


def clashes(known: Known) -> Iterator[Offer]:
    """When it was seen, while the calendar is at hand."""
    for belief in known.beliefs:
        if not belief.topic.startswith("clash:") or known.now - belief.last_supported_at > FRESH:
            continue
        match = _BOTH.search(belief.text)
        day = _day(belief)
        if match is None or day is None:
            continue
        at = datetime.combine(day, time.fromisoformat(match["start"]), known.now.tzinfo)
        if at <= known.now:
            continue
        when = f"{short_day(day)} at {match['start']}"
        one, other = quoted(match["one"], 45), quoted(match["other"], 45)
        yield offer(
            "clash",
            topic=belief.topic,
            title=f"Two things at once on {when}",
            why_now=f"{one} and {other} stand in your calendar at the same time.",
            act=Act(
                kind="draft",
                title=f"Another time for {match['one']}",
                text=(
                    f"Hello,\n\n{match['one']} and {match['other']} are both on {when} in my calendar."
                    " Could we find another time for one of them?\n\nThank you"
                ),
            ),
            because=[belief],
            seen=[scene for scene in known.just_now if scene.place.kind == "calendar"],
            belief=belief.confidence,
            good_until=min(at, known.now + GOOD_FOR),
            rule="clash",
        )


def _day(belief: Proposition) -> date | None:
    try:
        return date.fromisoformat(belief.topic.split(":")[1])
    except (ValueError, IndexError):
        return None
