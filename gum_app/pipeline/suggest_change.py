"""Something was moved to another day, or called off, and other things still rest on the old one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gum_app.pipeline.notice_speech import said_by_all
from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, paragraphs, rows
from gum_app.pipeline.suggest_offer import HEARSAY, offer, quoted, short_day, where
from gum_app.records import Proposition
from gum_app.rules.days import days_in
from gum_app.rules.moves import Move, move_in
from gum_app.rules.wording import named, slug, stems
from gum_app.suggestions import Act, Offer

_CUE = re.compile(
    r"\b(?:mov|reschedul|postpon|forward|put off|delay|shift|chang|instead of|rather than)", re.IGNORECASE
)
_ARRANGED = re.compile(
    r"\b(?:book(?:ed|ing)|reserv\w+|order(?:ed)?|tickets?|leave|day off|hotel|flight|train|van|rental|appointment)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")
FAR_DAYS = 3  # what is arranged for so far a day, and stands on the same one, is likely to belong together
MOST = 5
OWN_SHARE = 0.6  # of a sentence's words; beside them stand a name and an hour
GOOD_FOR = timedelta(hours=3)
BELIEF_OWN = 0.65
_OWN_PLACES = {"calendar", "office", "editor", "tasks"}
_READ_IN = {"mail", "chat", "page", "calendar", "editor", "office", "compose"}


@dataclass(frozen=True)
class _Resting:
    text: str
    belief: Proposition | None
    scene: Scene | None


def changes(known: Known) -> Iterator[Offer]:
    for scene in known.looked_at:
        if scene.observation.ended_at >= known.now - timedelta(minutes=10) and scene.place.kind in _READ_IN:
            for move in _moves(scene, known):
                yield from _offer(move, scene, known)


def _moves(scene: Scene, known: Known) -> Iterator[Move]:
    if not any(_CUE.search(line.text) for line in scene.observation.lines):
        return
    for paragraph in paragraphs(scene):
        if not known.is_fresh(paragraph[-1], scene):
            continue
        for sentence in _SENTENCE.split(" ".join(part.text for part in paragraph)):
            move = move_in(sentence, scene.observation.ended_at) if _CUE.search(sentence) else None
            if move is not None and not _is_their_own(sentence, scene):
                yield move


def _is_their_own(sentence: str, scene: Scene) -> bool:
    """Who writes it themselves knows it."""
    if scene.place.kind == "compose":
        return True
    said, _ = said_by_all(scene)
    own = {stem for each in said if each.author == "person" for row in each.rows for stem in stems(row.text)}
    words = set(stems(sentence))
    return len(words & own) >= OWN_SHARE * max(len(words), 1)


def _offer(move: Move, scene: Scene, known: Known) -> Iterator[Offer]:
    resting = _resting(move, scene, known)
    if not resting:
        return
    old, new = short_day(move.old.day), short_day(move.new.day)
    others = f" and {len(resting) - 1} more" if len(resting) > 1 else ""
    own = scene.place.kind in _OWN_PLACES
    yield offer(
        "change",
        topic=f"change:{move.old.day}:{move.new.day}:{slug(move.text, 3)}",
        title=f"Still on {old}: {quoted(resting[0].text, 44 - len(others))}{others}",
        why_now=f"In {where(scene)} stands: {quoted(move.text, 130)}",
        act=Act(
            kind="checklist",
            title=f"What stands on {old}",
            text="\n".join(
                [f"{new} instead of {old}? Seen in {where(scene)}: {quoted(move.text, 200)}", ""]
                + [f"[ ] {each.text}" for each in resting]
            ),
        ),
        seen=[*(each.scene for each in resting if each.scene is not None), scene],
        because=[each.belief for each in resting if each.belief is not None],
        belief=BELIEF_OWN if own else HEARSAY,
        good_until=known.now + GOOD_FOR,
        rule="change",
    )


def _resting(move: Move, scene: Scene, known: Known) -> list[_Resting]:
    """What stands on the old day and has to do with it, each thing once."""
    about = set(stems(f"{move.text} {scene.observation.title}")) | {
        stem for part in rows(scene) for stem in stems(part.text) if "@" in part.text
    }
    names = {name for name in named(f"- {scene.observation.title} {move.text}") if not any(c.isdigit() for c in name)}
    far = (move.old.day - known.now.date()).days >= FAR_DAYS
    found: list[_Resting] = []
    for each in (*_believed(move.old.day, known), *_read(move, known)):
        if _is_the_change_itself(each, move, known) or any(_alike(each.text, other.text) for other in found):
            continue
        words = set(stems(each.text))
        related = len(words & about) >= 2 or bool({n for n in named(f"- {each.text}")} & names)
        if related or (far and _ARRANGED.search(each.text)):
            found.append(each)
    return found[:MOST]


def _believed(day: date, known: Known) -> Iterator[_Resting]:
    for belief in known.beliefs:
        if belief.value.startswith(day.isoformat()) and not belief.topic.startswith(("mail:", "clash:")):
            match = re.search(r"“(?P<text>.+?)”", belief.text)
            yield _Resting(match["text"] if match else belief.text, belief, None)


def _read(move: Move, known: Known) -> Iterator[_Resting]:
    """Rows that name the old day, or that say “that Saturday” where it was named; newest first."""
    day = move.old.day
    hint = re.compile(rf"\b0?{day.day}(?:st|nd|rd|th)?\b|\bthat {day:%A}\b", re.IGNORECASE)
    that = re.compile(rf"\bthat (?:{day:%A}|day)\b", re.IGNORECASE)
    for scene in reversed(known.looked_at):
        parts = list(rows(scene, hint))
        dated = [part for part in parts if any(n.day == day for n in days_in(part.text, scene.observation.ended_at))]
        if dated:
            for part in (*dated, *(part for part in parts if that.search(part.text) and part not in dated)):
                if len(part.text.split()) >= 4 and _ARRANGED.search(part.text):
                    yield _Resting(part.text, None, scene)


def _is_the_change_itself(each: _Resting, move: Move, known: Known) -> bool:
    """The same sentence, read elsewhere; or one that names the new day too. An entry of its own is to be moved."""
    words, said = set(stems(each.text)), set(stems(move.text))
    same = each.belief is None and len(words & said) >= 0.7 * max(len(words), 1)
    return same or any(n.day == move.new.day for n in days_in(each.text, known.now))


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(stems(one)), set(stems(other))
    return len(ours & theirs) >= 0.6 * max(min(len(ours), len(theirs)), 1)


# Called off


def called_off(known: Known) -> Iterator[Offer]:
    """An entry in the calendar about what a page has just called cancelled: when that page is left."""
    front = known.front
    if front is None:
        return
    for belief in known.beliefs:
        site = belief.topic.partition("deed:cancelled:")[2]
        if not site or known.now - belief.last_supported_at > timedelta(hours=2):
            continue
        if site in slug(front.place.site or front.place.name):
            continue
        for entry in known.beliefs:
            if entry.topic.startswith("event:") and set(site.split("-")) <= set(entry.topic[6:].split("-")):
                yield from _entry_offer(belief, entry, front, known)


def _entry_offer(belief: Proposition, entry: Proposition, front: Scene, known: Known) -> Iterator[Offer]:
    try:
        day = date.fromisoformat(entry.value[:10])
    except ValueError:
        return
    match = re.search(r"“(?P<text>.+?)”", entry.text)
    if day <= known.now.date() or match is None:
        return
    yield offer(
        "change",
        topic=f"change:cancelled:{entry.topic}",
        title=f"Called off, and still in the calendar: {quoted(match['text'], 38)}",
        why_now=(
            f"{quoted(match['text'], 60)} stands on {short_day(day)}. {quoted(_words_of(belief), 80)} was seen since."
        ),
        act=Act(
            kind="checklist",
            title=f"After calling off {match['text']}",
            text=f"[ ] Take {match['text']} ({short_day(day)}) out of the calendar",
        ),
        because=[belief, entry],
        seen=[front],
        belief=min(belief.confidence, entry.confidence),
        good_until=known.now + GOOD_FOR,
        rule="called-off",
    )


def _words_of(belief: Proposition) -> str:
    match = re.search(r"“(?P<text>.+?)”", belief.text)
    return match["text"] if match else belief.text
