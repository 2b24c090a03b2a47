"""What was begun and left: a mail that was written and not sent, a question that was asked and not answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, rows
from gum_app.pipeline.suggest_offer import offer, quoted
from gum_app.rules.delicate import is_delicate
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.rules.wording import slug, stems
from gum_app.suggestions import Act, Offer

MANY_KEYS = 150
LEFT_FOR = timedelta(minutes=30)
STILL_THERE = timedelta(minutes=20)  # how new the sight of the open window has to be
UNANSWERED_FOR, ASKED_WITHIN = timedelta(hours=2), timedelta(hours=20)
AWAY = timedelta(hours=1)
BELIEF_DRAFT = 0.65
BELIEF_UNANSWERED = 0.58  # that nothing was written since, as far as this screen showed
GOOD_FOR = timedelta(hours=2)
_WINDOW = re.compile(r"^\W*(?:write|compose|reply|draft)\b\W*", re.IGNORECASE)
_SENT = re.compile(r"\b(?:sent|delivered|message has been sent)\b", re.IGNORECASE)
_ASKS = re.compile(r"\?\s*$|\b(?:can|could|would|will|do|did|are|have) you\b.*\?", re.IGNORECASE)
FEWEST_STEMS = 2


def drafts_left(known: Known) -> Iterator[Offer]:
    """Written with many keys, left half an hour ago, and its window still stood in a later picture."""
    for scene in known.looked_at:
        if scene.place.kind != "compose" or (scene.observation.keys or 0) < MANY_KEYS or not scene.place.name:
            continue
        if known.now - scene.observation.ended_at < LEFT_FOR:
            continue
        subject = set(stems(scene.place.name))
        later = [each for each in known.since(scene) if each.observation.lines]
        if len(subject) < FEWEST_STEMS:
            continue
        still = [
            (each, part)
            for each in later
            if each.observation.ended_at >= known.now - STILL_THERE
            for part in rows(each, _WINDOW)
            if len(subject & set(stems(part.text))) >= max(FEWEST_STEMS, 0.6 * len(subject))
        ]
        if not still or any(each.place.kind == "compose" and _of(each, subject) for each in later):
            continue
        sent = any(
            _SENT.search(part.text) and subject & set(stems(part.text)) for each in later for part in rows(each, _SENT)
        )
        if sent:
            continue
        yield offer(
            "draft",
            topic=f"draft:{slug(scene.place.name)}",
            title=f"Begun and not sent: {quoted(scene.place.name, 50)}",
            why_now=f"You wrote it until {scene.observation.ended_at:%H:%M}, and its window is still open.",
            act=Act(
                kind="reminder",
                title=f"Finish: {scene.place.name}",
                text=f"Finish: {scene.place.name}",
                at=known.now + timedelta(hours=1),
            ),
            seen=[scene, still[-1][0]],
            belief=BELIEF_DRAFT,
            good_until=known.now + GOOD_FOR,
            rule="draft",
        )


def _of(scene: Scene, subject: set[str]) -> bool:
    return len(subject & set(stems(scene.place.name))) >= 0.6 * len(subject)


def unanswered(known: Known) -> Iterator[Offer]:
    """A question to the person in a notification, hours ago, and nothing typed since where it came from."""
    for told in known.scenes:
        seen = told.observation
        if seen.source != "notification" or told.place.kind not in {"chat", "mail"}:
            continue
        waited = known.now - seen.ended_at
        words = " ".join(line.text for line in seen.lines[1:])
        if not UNANSWERED_FOR <= waited <= ASKED_WITHIN or not _ASKS.search(words):
            continue
        if is_delicate(f"{seen.title} {words}") or addresses_machines(f"{seen.title} {words}") or sells(words):
            continue
        if seen.title == f"A note by {seen.app}":
            continue  # what an assistant leaves asks for nothing, whatever it calls itself
        name = _name(seen.title)
        if not name or _was_away(told, known) or any(_answered(each, told, name) for each in known.scenes):
            continue
        yield offer(
            "question",
            topic=f"question:{slug(name)}:{slug(words, 5)}",
            title=f"{name} asked at {seen.ended_at:%H:%M}: {quoted(words, 44)}",
            why_now=f"Nothing was seen written to {name} since.",
            act=Act(
                kind="reminder",
                title=f"Answer {name}",
                text=f"Answer {name}: {quoted(words, 120)}",
                at=known.now + timedelta(hours=1),
            ),
            seen=[told],
            belief=BELIEF_UNANSWERED,
            good_until=known.now + GOOD_FOR,
            rule="question",
        )


def _name(title: str) -> str:
    """Of who writes, without its pictures; empty where it is no name."""
    plain = " ".join(re.sub(r"[^\w\s.'’-]", " ", title).split())
    return plain if re.fullmatch(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}", plain) else ""


def _was_away(told: Scene, known: Known) -> bool:
    """For so long that the answer may have been given on the telephone."""
    seen = [
        told.observation,
        *(each.observation for each in known.looked_at if each.observation.ended_at > told.observation.ended_at),
    ]
    ends = [each.ended_at for each in seen[:-1]]
    return (
        any(each.started_at - end > AWAY for end, each in zip(ends, seen[1:], strict=True))
        or known.now - seen[-1].ended_at > AWAY
    )


def _answered(scene: Scene, told: Scene, name: str) -> bool:
    """Something was typed since in that program or to that person."""
    seen = scene.observation
    if seen.ended_at <= told.observation.ended_at or not scene.acted:
        return False
    same = told.place.program.casefold() in f"{seen.app} {seen.title}".casefold()
    return same or name.casefold().split()[0] in seen.title.casefold()
