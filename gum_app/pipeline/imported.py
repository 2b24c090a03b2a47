"""What a file of another program says, judged like what is seen here, and made into observations (source "import").

Nothing of what is left out passes through: only why, and when. What another program concluded is hearsay. It is kept as
an observation that says so, never as the person's word, and weighs little (`notice_imported`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from gum_app.pipeline.audit import NotKept, Seen, audit_notification, audit_window, lines_of
from gum_app.pipeline.imported_windows import PastEpisode, episodes
from gum_app.records import Imported, Observation, ObservationId, Person, PrivacyRule, Ruling, Window
from gum_app.rules import imports
from gum_app.rules.days import day_text
from gum_app.rules.delicate import is_delicate, rates_somebody
from gum_app.rules.entry_words import EntryWords, lines_of_entry, near
from gum_app.rules.norms import NAMES, Norms, untold_title
from gum_app.rules.secrets import cut_text
from gum_app.rules.statements import as_statement, is_about_the_person
from gum_app.rules.strangers import addresses_machines, sells
from gum_app.world.imports import Aside, CalendarEntry, Claim, Thing

SHORTEST_SECONDS = 1.0
LATER = timedelta(minutes=10)  # a clock of another machine that goes before ours
WINDOWS_REMEMBERED = 4096  # of which it is known what may be kept: the same few come again and again
MARKED_PRIVATE = "marked as private in the calendar"
_NOT_STORED = ObservationId(0)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`group`: under what it is counted for the person: a program, or a calendar. `span`: of what time it tells."""

    imported: Imported
    group: str
    span: tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Left:
    """Not kept, and why. `fingerprint`: it is over, also where an earlier file brought it in."""

    reason: str
    count: int = 1
    rulings: tuple[Ruling, ...] = ()
    fingerprint: str | None = None


@dataclass(frozen=True, kw_only=True)
class Judge:
    """`now`: of the reading. `since`: what lies before is older than words are kept."""

    rules: tuple[PrivacyRule, ...]
    norms: Norms
    person: Person
    now: datetime
    since: datetime

    def judged(self, things: Iterable[Thing]) -> Iterator[Kept | Left]:
        window = lru_cache(maxsize=WINDOWS_REMEMBERED)(self._window)
        for thing in things:
            match thing:
                case Aside():
                    yield Left(reason=thing.reason, count=thing.count)
                case CalendarEntry():
                    yield self._entry(thing)
                case Claim():
                    yield self._claim(thing)
                case _:
                    for episode in episodes(thing):
                        yield self._episode(episode, window)

    # Windows

    def _episode(self, episode: PastEpisode, audit: Callable[[Window], Seen | NotKept]) -> Kept | Left:
        if episode.ended_at < self.since:
            return Left(reason=imports.TOO_OLD)
        if episode.ended_at > self.now + LATER:
            return Left(reason=imports.IN_FUTURE)
        if episode.active_seconds < SHORTEST_SECONDS:
            return Left(reason=imports.PASSED_BY)
        if episode.may_be_private and not episode.window.private:
            return Left(reason=imports.MAY_BE_PRIVATE)
        seen = audit(episode.window)
        if isinstance(seen, NotKept):
            return Left(reason=seen.rule, rulings=seen.rulings)
        if seen.orders:
            return Left(reason=imports.ORDERS_IN_IT)
        window = episode.window
        return Kept(
            group=window.app,
            span=(episode.started_at, episode.ended_at),
            imported=Imported(
                fingerprint=_hash(
                    "window", episode.host, window.app, window.title, episode.started_at.timestamp().hex()
                ),
                content=_hash(episode.ended_at.timestamp().hex(), str(episode.active_seconds), seen.title),
                version=0,
                rulings=seen.rulings,
                observation=Observation(
                    id=_NOT_STORED,
                    source="import",
                    app=window.app,
                    title=seen.title,
                    url=seen.url,
                    started_at=episode.started_at,
                    ended_at=episode.ended_at,
                    active_seconds=episode.active_seconds,
                ),
            ),
        )

    def _window(self, window: Window) -> Seen | NotKept:
        return audit_window(window, (), rules=self.rules, norms=self.norms)

    # Calendars

    def _entry(self, entry: CalendarEntry) -> Kept | Left:
        fingerprint = _hash("entry", entry.uid)
        if entry.cancelled:
            return Left(reason="", count=0, fingerprint=fingerprint)
        seen = self._read(imports.CALENDAR_APP, entry.title, entry.place)
        if entry.confidential and self.norms.of("private") != "keep":
            keeping = self.norms.of("private")
            ruling = Ruling(matter="private", keeping=keeping, rule=MARKED_PRIVATE)
            if keeping == "drop":
                return Left(reason=f"a matter of {NAMES['private']}", rulings=(ruling,), fingerprint=fingerprint)
            if isinstance(seen, Seen):
                seen = Seen(title=untold_title("private"), untold="private", rulings=(ruling,))
        if isinstance(seen, NotKept):
            return Left(reason=seen.rule, rulings=seen.rulings, fingerprint=fingerprint)
        if seen.orders:
            return Left(reason=imports.ORDERS_IN_IT, fingerprint=fingerprint)
        started_at, ended_at = self._dated(entry)
        return Kept(
            group=self._calendar_name(entry.calendar),
            span=(entry.first_at, entry.last_at),
            imported=Imported(
                fingerprint=fingerprint,
                content=_hash(entry.content, seen.title),
                version=entry.version,
                rulings=seen.rulings,
                observation=Observation(
                    id=_NOT_STORED,
                    source="import",
                    app=imports.CALENDAR_APP,
                    title=seen.title,
                    started_at=started_at,
                    ended_at=ended_at,
                    lines=() if seen.untold is not None else lines_of("\n".join(self._lines(entry, seen))),
                ),
            ),
        )

    def _dated(self, entry: CalendarEntry) -> tuple[datetime, datetime]:
        """What is over is dated when it was. Of what lies ahead it is known since now: nobody has seen the future."""
        if entry.ended_at <= self.now:
            return entry.started_at, entry.ended_at
        return self.now, self.now

    def _lines(self, entry: CalendarEntry, seen: Seen) -> list[str]:
        ends_that_day = entry.ended_at.date() == entry.started_at.date() and entry.ended_at > entry.started_at
        timed = not entry.all_day and entry.last_day is None
        return lines_of_entry(
            EntryWords(
                title=seen.title,
                days=near(entry.days, self.now.date()),
                spans=entry.last_day is not None and len(entry.days) > 1,
                start=f"{entry.started_at:%H:%M}" if timed else "",
                end=f"{entry.ended_at:%H:%M}" if timed and ends_that_day else "",
                zone=cut_text(entry.zone),
                place=" ".join(line.text for line in seen.lines[1:]),
            )
        )

    def _calendar_name(self, name: str) -> str:
        seen = self._read(imports.CALENDAR_APP, name, "")
        named = isinstance(seen, Seen) and not seen.orders and seen.untold is None
        return name if name and named and cut_text(name) == name else imports.CALENDAR_APP

    # Claims

    def _claim(self, claim: Claim) -> Kept | Left:
        if claim.supported_at < self.since:
            return Left(reason=imports.TOO_OLD)
        if claim.supported_at > self.now + LATER:
            return Left(reason=imports.IN_FUTURE)
        if claim.refused:
            return Left(reason=imports.REFUSED_THERE)
        text = as_statement(claim.text, self.person)
        if addresses_machines(text) or sells(text):
            return Left(reason=imports.ORDERS_IN_IT)
        if not is_about_the_person(text) or rates_somebody(text):
            return Left(reason=imports.NOT_ABOUT_YOU)
        seen = self._read(imports.GUM_APP, text, "")
        if isinstance(seen, NotKept):
            return Left(reason=seen.rule, rulings=seen.rulings)
        if seen.untold is not None or is_delicate(text):
            return Left(reason="what is nobody’s business", rulings=seen.rulings)
        of = f", from {claim.observations} of its notes" if claim.observations > 1 else ""
        said = f"Concluded by the program gum{of}, last on {day_text(claim.supported_at.date())}. A claim of its own."
        return Kept(
            group=imports.GUM_APP,
            span=(claim.supported_at, claim.supported_at),
            imported=Imported(
                fingerprint=_hash("claim", claim.key),
                content=_hash(seen.title, claim.supported_at.isoformat()),
                version=0,
                rulings=seen.rulings,
                observation=Observation(
                    id=_NOT_STORED,
                    source="import",
                    app=imports.GUM_APP,
                    title=imports.CLAIM_TITLE,
                    started_at=claim.supported_at,
                    ended_at=claim.supported_at,
                    lines=lines_of(f"{seen.title}\n{said}"),
                ),
            ),
        )

    def _read(self, app: str, title: str, body: str) -> Seen | NotKept:
        """By the rules for words that a program shows of its own accord."""
        return audit_notification(app, title, body, rules=self.rules, norms=self.norms)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
