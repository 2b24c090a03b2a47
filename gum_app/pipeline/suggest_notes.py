"""What the person has written down as still to be done by a day that is near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from gum_app.pipeline.suggest_known import Known, rows
from gum_app.pipeline.suggest_offer import offer, quoted, short_day, where
from gum_app.rules.own_pages import without_mark
from gum_app.rules.terms import open_by
from gum_app.rules.titles import CODE_ENDINGS
from gum_app.rules.wording import slug
from gum_app.suggestions import Act, Offer

NEAR_DAYS = 3
FEWEST_WORDS = 4
BELIEF = 0.62
GOOD_FOR = timedelta(hours=2)
_BY = re.compile(r"\b(?:by|until|due|before)\b", re.IGNORECASE)


def open_notes(known: Known) -> Iterator[Offer]:
    """In a document of their own that is in front."""
    scene = known.front
    if scene is None or scene.place.kind not in {"editor", "office", "terminal", "tasks"} or scene.place.web:
        return
    ending = scene.place.file.rsplit(".", 1)[-1].lower()
    if not (scene.place.file or scene.place.kind == "tasks") or (ending in CODE_ENDINGS and ending != "tex"):
        return
    for part in rows(scene, _BY):
        named = open_by(part.text, scene.observation.ended_at)
        if named is None or not known.is_fresh(part, scene) or len(part.words) < FEWEST_WORDS:
            continue
        if (named.day - known.now.date()).days > NEAR_DAYS:
            continue
        text, when = without_mark(part.text), short_day(named.day)
        yield offer(
            "deadline",
            topic=f"deadline:note:{slug(text, 5)}:{named.day}",
            title=f"Until {when}: {quoted(text, 50)}",
            why_now=f"You have noted it in {where(scene)}, and the day is near.",
            act=Act(kind="reminder", title=text, text=text, at=_before(named.day, known.now)),
            seen=[scene],
            belief=BELIEF,
            good_until=known.now + GOOD_FOR,
            rule="note",
        )


def _before(day: date, now: datetime) -> datetime:
    """In the afternoon of the day before; where that is over, in an hour."""
    at = datetime.combine(day - timedelta(days=1), time(14), now.tzinfo)
    return at if at > now + timedelta(minutes=30) else now + timedelta(hours=1)
