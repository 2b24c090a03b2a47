"""The same thing goes wrong again and again, and perhaps somebody has written what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known, paragraphs, rows
from gum_app.pipeline.suggest_offer import offer, quoted, where
from gum_app.rules.delicate import is_delicate
from gum_app.rules.errors_seen import Trouble, troubles
from gum_app.rules.layout import Segment
from gum_app.rules.remedies import CODE, about, remedy_in
from gum_app.suggestions import Act, Offer

OFTEN = 3
APART = timedelta(seconds=60)  # two readings within it are one time
LONG = timedelta(minutes=12)  # who tries again at once knows what they do
AWAY = timedelta(minutes=45)  # what comes back after so long is worth a word of its own
LONGEST_GAP = timedelta(hours=6)
OFTEN_ON_DAYS = 5
MANY_CELLS = 4
FRESH = timedelta(minutes=8)
SETTLED = timedelta(seconds=15)
GOOD_FOR = timedelta(minutes=20)
_IN_CELLS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!)")
_FORMULA = re.compile(r"^\W{0,3}=\W?[A-Z]{2,}\s?\(")
_SUCCESS = re.compile(
    r"\b(?:pass(?:es|ed)?|fixed|resolved|solved|green|merged|success(?:ful(?:ly)?)?|works (?:now|again))\b|\bok\b",
    re.IGNORECASE,
)
_LOG_IN = re.compile(r"(?:log|sign)", re.IGNORECASE)  # after some more it is locked, and the page counts them
_PROMPT = re.compile(r"^\S*[$#%❯>]\s\w|\S+@\S+[:~]\S*[$#]")
_PLACES = {"terminal", "editor", "page", "office", "other"}
_WRITTEN_IN = {"page", "editor", "office"}
_TOLD_IN = {"chat", "page", "reader", "editor", "office", "terminal"}


@dataclass(frozen=True)
class _Bout:
    key: str
    trouble: Trouble  # as it was seen last
    times: tuple[datetime, ...]
    scenes: tuple[Scene, ...]
    attempts: int
    is_solved: bool  # between the last two times it was seen to go well

    @property
    def came_back(self) -> bool:
        """After something else had been tried in between; over night only what comes every day and was not solved."""
        if len(self.times) <= OFTEN:
            return False
        gap = self.times[-1] - self.times[-2]
        every_day = len(self.times) >= OFTEN_ON_DAYS and not self.is_solved
        return AWAY <= gap <= LONGEST_GAP or (gap > LONGEST_GAP and every_day)

    @property
    def is_often(self) -> bool:
        if _IN_CELLS.search(self.trouble.name):
            return self.attempts >= MANY_CELLS and any(_FORMULA.match(part.text) for part in self.scenes[-1].parts)
        long = self.times[-1] - self.times[0] >= LONG
        counted = self.attempts >= OFTEN and len(self.times) > 1 and _LOG_IN.match(self.trouble.name) is not None
        # That a test fails while one works on it is what tests are for.
        again = len(self.times) >= OFTEN and long and not self.trouble.is_test and not self.is_solved
        return self.came_back or again or counted


def repeated_trouble(known: Known) -> Iterator[Offer]:
    """What has just gone wrong for the third time, or has come back. One offer for what goes wrong at once."""
    fresh: dict[str, Trouble] = {}
    for scene in known.just_now:
        fresh |= {each.key: each for each in _in(scene) if _last_seen(each, scene) >= known.now - FRESH}
    if not fresh:
        return
    bouts = [bout for bout in (_bout(key, each, known) for key, each in fresh.items()) if bout.is_often]
    bouts.sort(key=lambda bout: (bout.times[0], bout.key))
    while bouts:
        together = [bout for bout in bouts if set(bout.times) & set(bouts[0].times)]
        bouts = [bout for bout in bouts if bout not in together]
        told = max(together, key=lambda bout: (bout.scenes[-1] is known.front, len(bout.times)))
        remedy = _remedy(told, known)
        # What stands beside it may still be read.
        if remedy is not None or known.now - told.times[-1] >= SETTLED:
            yield _offer(told, together[0].key, remedy, known)


def _offer(bout: _Bout, key: str, told: tuple[str, Scene] | None, known: Known) -> Offer:
    """`key` names all that goes wrong together, `told` is what others have written about it, and where."""
    name, first = bout.trouble.name, bout.times[0]
    day = "" if first.date() == known.now.date() else f"{first:%A} "
    count = max(len(bout.times), bout.attempts)
    seen = f"{quoted(name, 60)} was seen {count} times since {day}{first:%H:%M}."
    if told is not None:
        words, scene = told
        said = f"In {where(scene)} stands: {quoted(words, 130)}."
        return offer(
            "trouble",
            topic=f"trouble:{key}:remedy",
            title=f"{quoted(name, 40)} again: {where(scene, 22)} has words on it",
            why_now=f"{seen} {said}",
            act=Act(kind="gather", title=name, text=f"{name}\n\n{where(scene)}:\n{words}"),
            seen=[*bout.scenes, scene],
            belief=_belief(count),
            good_until=known.now + GOOD_FOR,
            rule="trouble-remedy",
        )
    back = f":{bout.times[-1]:%Y-%m-%dT%H}" if bout.came_back else ""
    how = "is back" if bout.came_back else f"for the {_nth(count)} time"
    if _IN_CELLS.search(name):
        how, seen = f"in {count} cells", f"{quoted(name, 60)} stands in {count} cells, and a formula was being written."
    return offer(
        "trouble",
        topic=f"trouble:{key}{back}",
        title=f"{quoted(name, 50)} {how}",
        why_now=seen,
        act=Act(kind="gather", title=name),
        seen=bout.scenes,
        belief=_belief(count),
        good_until=known.now + GOOD_FOR,
        rule="trouble",
    )


def _bout(key: str, trouble: Trouble, known: Known) -> _Bout:
    times: list[datetime] = []
    scenes: list[Scene] = []
    attempts = 0
    for scene in known.scenes:
        for each in _in(scene):
            if each.key == key:
                attempts = max(attempts, each.times)
                scenes.append(scene)
                times += _seen_at(each, scene)
    apart: list[datetime] = []
    for at in sorted(times):
        if not apart or at - apart[-1] >= APART:
            apart.append(at)
    return _Bout(key, trouble, tuple(apart), tuple(scenes), attempts, _is_solved(trouble, apart, known))


def _is_solved(trouble: Trouble, times: Sequence[datetime], known: Known) -> bool:
    """Whether words of success about the same were seen since the last time but one."""
    if len(times) < 2:
        return False
    wanted = about([trouble.name])
    return any(
        (trouble.is_test and scene.place.kind in {"terminal", "page"}) or about([part.text]) & wanted
        for scene in known.looked_at
        if times[-2] < scene.observation.ended_at and scene.observation.started_at < times[-1]
        for part in rows(scene, _SUCCESS)
        if times[-2] < (part.at or scene.observation.ended_at) < times[-1]
    )


def _seen_at(trouble: Trouble, scene: Scene) -> list[datetime]:
    """Each reading in which its words stand."""
    words = trouble.name.split(" (")[0]
    found = {part.at for part in scene.parts if part.at is not None and _says(part, words)}
    return sorted(found) or [scene.observation.ended_at]


def _says(part: Segment, words: str) -> bool:
    plain = re.sub(r"[~`“”‘’\"]", "", part.text)
    return words in plain


def _last_seen(trouble: Trouble, scene: Scene) -> datetime:
    return _seen_at(trouble, scene)[-1]


def _in(scene: Scene) -> Sequence[Trouble]:
    """Of the person's own work: not of a call, a mail or a chat, and not of what a notification claims."""
    if scene.called or scene.beside or scene.observation.source == "notification":
        return ()
    if scene.place.kind not in _PLACES or not scene.observation.lines:
        return ()
    return [trouble for trouble in troubles(scene.parts) if not is_delicate(trouble.name)]


# What others have written about it


def _remedy(bout: _Bout, known: Known) -> tuple[str, Scene] | None:
    """Words that were seen lately, the newest first: of a page, a channel or a document, not of a mail."""
    wanted = about([bout.trouble.name, *_around(bout)])
    codes = {code for scene in bout.scenes[-1:] for part in scene.parts for code in CODE.findall(part.text)}
    codes &= {code for text in (bout.trouble.name, *_around(bout)) for code in CODE.findall(text)}
    for scene in reversed(known.scenes):
        if scene.place.kind not in _TOLD_IN or scene.called or scene.observation.source == "notification":
            continue
        if scene.acted and scene.place.kind in _WRITTEN_IN:
            continue  # their own words
        for paragraph in paragraphs(scene):
            text = " ".join(part.text for part in paragraph)
            if any(_says(part, bout.trouble.name.split(" (")[0]) or _PROMPT.search(part.text) for part in paragraph):
                continue  # the trouble itself, or what the person has typed
            near = any(code in part.text for code in codes for part in scene.parts if part not in paragraph)
            words = remedy_in(text, wanted, code_is_near=bool(codes) and near)
            if words is not None:
                return words, scene
    return None


def _around(bout: _Bout) -> list[str]:
    """The rows of the same block: a program says there what the matter is."""
    found = []
    words = bout.trouble.name.split(" (")[0]
    for scene in bout.scenes[-2:]:
        blocks = {(part.at, part.block) for part in scene.parts if _says(part, words)}
        found += [part.text for part in scene.parts if (part.at, part.block) in blocks and len(part.text.split()) >= 2][
            :6
        ]
    return found


def _belief(count: int) -> float:
    """That there is trouble, which the person's own screen has shown; who says what to do about it is only quoted."""
    return min(0.5 + 0.05 * count, 0.75)


def _nth(count: int) -> str:
    return {3: "third", 4: "fourth", 5: "fifth"}.get(count, f"{count}th")
