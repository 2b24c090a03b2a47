"""A difference that has been looked at again and again, and the entries that would explain it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, rows
from gum_app.pipeline.suggest_offer import offer, quoted
from gum_app.rules.differences import amounts_in, difference_in, explained_by
from gum_app.rules.layout import Segment
from gum_app.suggestions import Act, Offer

LOOKED_FOR = timedelta(minutes=25)
WINDOWS = 2
LATELY = timedelta(hours=2)
MOST_ROWS = 8
SAME_ROW = 14
BELIEF = 0.65
GOOD_FOR = timedelta(minutes=30)
_PLACES = {"office", "page"}


def unexplained(known: Known) -> Iterator[Offer]:
    """Still there after a while, and looked at in two windows at least."""
    front = known.front
    if front is None or front.place.kind not in _PLACES:
        return
    lately = [
        scene
        for scene in known.looked_at
        if scene.place.kind in _PLACES and scene.observation.ended_at >= known.now - LATELY and scene.observation.lines
    ]
    amount = next((found for scene in reversed(lately) if (found := difference_in(scene.parts)) is not None), None)
    if amount is None:
        return
    shown = [scene for scene in lately if any(amount in amounts_in(part.text) for part in scene.parts)]
    called_so = next((scene for scene in lately if difference_in(scene.parts) == amount), None)
    if called_so is None or front not in shown or known.now - called_so.observation.started_at < LOOKED_FOR:
        return
    if len({scene.observation.title for scene in shown}) < WINDOWS:
        return
    told = explained_by(amount, (each for scene in shown for part in scene.parts for each in amounts_in(part.text)))
    if told is not None and (told[1] == 2 or told[0] != amount):
        yield _offer(amount, told[0], shown, known)


def _offer(amount: Decimal, part_of_it: Decimal, shown: list[Scene], known: Known) -> Offer:
    lines = _lines(part_of_it, shown)
    return offer(
        "trouble",
        topic=f"trouble:difference:{amount}",
        title=f"{amount} is twice {part_of_it}, which stands in {len(lines)} rows",
        why_now=f"The difference {amount} has been on the screen since {shown[0].observation.started_at:%H:%M}; "
        f"{quoted(lines[0], 70) if lines else part_of_it} is half of it.",
        act=Act(
            kind="gather",
            title=f"{amount} = 2 × {part_of_it}",
            text="\n".join([f"{amount} = 2 × {part_of_it}. Rows with {part_of_it}:", *(f"- {line}" for line in lines)]),
        ),
        seen=shown,
        belief=BELIEF,
        good_until=known.now + GOOD_FOR,
        rule="difference",
    )


def _lines(amount: Decimal, shown: list[Scene]) -> list[str]:
    """The rows in which it stands, each once, as they were read."""
    found: dict[str, None] = {}
    for scene in shown:
        parts = list(rows(scene))
        for part in parts:
            if amount in amounts_in(part.text):
                found[_whole_row(part, parts)] = None
    return list(found)[:MOST_ROWS]


def _whole_row(part: Segment, parts: list[Segment]) -> str:
    beside = [
        each
        for each in parts
        if each.at == part.at and abs(each.rect.y - part.rect.y) <= SAME_ROW and each.monitor == part.monitor
    ]
    return " · ".join(each.text for each in sorted(beside, key=lambda each: each.rect.x))
