"""What a question of the person is answered from: numbered lines, each of which they can look at and take out.

Propositions by search, and for a question about a time what was seen then. Read anew by their names when the question
is asked: what was forgotten, rejected or hidden meanwhile is not told, and nobody can slip in a line of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from gum_app.pipeline.answer import observation_fact, proposition_fact, screen_fact
from gum_app.records import CURRENT, Account, Observation, ObservationId, Person, Proposition, PropositionId, Window
from gum_app.rules.delicate import may_be_private
from gum_app.rules.imports import is_dated_by_reading
from gum_app.rules.norms import untold_matter
from gum_app.rules.privacy import OWN_WINDOW, SHIPPED, hides
from gum_app.rules.titles import place_of
from gum_app.rules.wording import folded
from gum_app.store.hits import why
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import Hit, Query
from gum_app.store.store import Store

MOST_PROPOSITIONS = 16
MOST_SEEN = 30  # what was in front longest
MOST_LOOKED_AT = 2_000  # episodes of the time asked for
STILL_ON_SCREEN = timedelta(minutes=30)  # what was in front last may still be what the person means
SEEN_LATELY = 20  # episodes among which the last one in front is
NOTHING_SAID_IT = "No proposition says what you asked; these are the surest of all, or of that time."
NOT_ON_SCREEN = "Nothing was in front in the last 30 minutes that I may look at."
HIDDEN = "What was in front last is not looked at: {rule}."
FROM_A_FILE = "From a file of another program that you brought in."
IN_ORDER = "What was in front then, in the order of time, and what is believed from that time."


@dataclass(frozen=True, kw_only=True)
class Fact:
    name: str  # p12: a proposition; o55: an observation; s55: an observation with its words, on the screen now
    text: str  # as a model is shown it
    why: str  # it is here
    day: date | None = None  # on which it was seen; of an observation

    @property
    def proposition(self) -> int | None:
        return int(self.name[1:]) if self.name[0] == "p" else None


@dataclass(frozen=True, kw_only=True)
class Found:
    facts: tuple[Fact, ...]
    stays_here: int = 0  # how many may be private, and do not leave the computer
    not_shown: int = 0  # how many shorter episodes of the time asked for have no line
    note: str = ""


class ChatFacts:
    def __init__(self, store: Store, *, leaves: bool) -> None:
        """`leaves`: what is asked leaves this computer."""
        self._store = store
        self._leaves = leaves
        self._rules = (*SHIPPED, *store.privacy_rules())

    def find(
        self, query: Query, *, now: datetime, meaning: Meaning | None, widely: bool, screen: bool = False
    ) -> Found:
        """`widely`: where no proposition says what was asked, the surest of all. For a model, which may need them for
        “What should I do next?”; a person would take them for what fits. `screen`: also what is on it now.

        Propositions by their number, then what was seen in the order of time: from question to question much of it
        stays where it was, and is not paid for twice. For a person it is the other way round.
        """
        of_a_time = query.since is not None or query.until is not None
        on_screen, trouble = self._on_screen(now) if screen else (None, "")
        hits, note = self._hits(query, now, meaning, widely or of_a_time)
        if subject := _subject(on_screen):
            hits = self._with_subject(hits, subject, query, now, widely=widely)
        seen, not_shown = self._seen(query)
        believed, then = list(self._of_hits(sorted(hits, key=lambda hit: hit.row.id))), list(self._of_seen(seen))
        now_there = [self._screen(on_screen)] if on_screen is not None else []
        facts = [*believed, *then, *now_there] if widely else [*now_there, *then, *believed]
        told = [fact for fact in facts if self._may_leave(fact.text)]
        notes = [note if hits else "", "" if widely or not then else IN_ORDER, trouble]
        return Found(
            facts=tuple(told),
            stays_here=len(facts) - len(told),
            not_shown=not_shown,
            note=" ".join(each for each in notes if each),
        )

    def named(self, names: Sequence[str]) -> list[Fact | None]:
        """As they are now; None for what is not told any more, or never was."""
        return [fact if fact is not None and self._may_leave(fact.text) else None for fact in map(self._named, names)]

    # Pieces

    def _with_subject(
        self, hits: Sequence[Hit], subject: str, query: Query, now: datetime, *, widely: bool
    ) -> list[Hit]:
        """And what is known of the thing on the screen; for a person only what names it as a whole."""
        about = self._store.retrieve(replace(query, text=subject), now=now, limit=MOST_PROPOSITIONS)
        named = [hit for hit in about if widely or folded(subject) in folded(hit.row.text)]
        both = {hit.row.id: hit for hit in (*named, *hits)}
        return list(both.values())[:MOST_PROPOSITIONS]

    def _hits(self, query: Query, now: datetime, meaning: Meaning | None, widely: bool) -> tuple[list[Hit], str]:
        hits = self._store.retrieve(query, now=now, meaning=meaning, limit=MOST_PROPOSITIONS)
        if hits or not widely:
            return hits, ""
        return self._store.retrieve(replace(query, text=""), now=now, limit=MOST_PROPOSITIONS), NOTHING_SAID_IT

    def _seen(self, query: Query) -> tuple[list[Observation], int]:
        """Of each window once, where it was in front longest; a note always."""
        if query.since is None and query.until is None:
            return [], 0
        longest: dict[tuple[str, str], Observation] = {}
        for one in self._store.observations(since=query.since, until=query.until, limit=MOST_LOOKED_AT):
            key = (one.app, str(one.id) if one.source == "note" else one.title)
            if is_dated_by_reading(one) or self._is_hidden(one):
                continue
            if key not in longest or _weight(one) > _weight(longest[key]):
                longest[key] = one
        best = sorted(longest.values(), key=_weight, reverse=True)[:MOST_SEEN]
        return sorted(best, key=lambda one: (one.started_at, one.id)), len(longest) - len(best)

    def _on_screen(self, now: datetime) -> tuple[Observation | None, str]:
        """What was in front last, with its words, and why there is none. Our own window is never seen."""
        lately = self._store.observations(since=now - STILL_ON_SCREEN, until=now, limit=SEEN_LATELY)
        windows = [one for one in lately if one.source == "window"]
        last = max(windows, key=lambda one: (one.ended_at, one.id), default=None)
        hiding = {rule.name for rule in self._rules} - {OWN_WINDOW}
        since = last.ended_at if last is not None else now - STILL_ON_SCREEN
        for skip in self._store.skips(since=since, until=now):
            if skip.rule in hiding and skip.ended_at > since:
                return None, HIDDEN.format(rule=skip.rule)
        if last is None:
            return None, NOT_ON_SCREEN
        if self._is_hidden(last):
            return None, HIDDEN.format(rule="a privacy rule of yours")
        return self._store.observation(last.id), ""

    def _screen(self, one: Observation) -> Fact:
        return Fact(
            name=f"s{one.id}",
            text=screen_fact(one, Person(name=self._store.settings().person_name)),
            why="It was in front last.",
            day=one.started_at.date(),
        )

    def _of_hits(self, hits: Iterable[Hit]) -> Iterator[Fact]:
        for hit in hits:
            row = hit.row
            text = proposition_fact(row.text, row.kind, row.confidence, row.last_supported_at)
            if text is not None:
                yield Fact(name=f"p{row.id}", text=text, why=why(hit))

    def _of_seen(self, seen: Sequence[Observation]) -> Iterator[Fact]:
        accounts = self._store.accounts([one.id for one in seen])
        for one in seen:
            fact = self._of_observation(one, accounts.get(one.id))
            if fact is not None:
                yield fact

    def _of_observation(self, one: Observation, account: Account | None) -> Fact | None:
        whole = self._store.observation(one.id) if one.source in {"note", "import"} else one
        text = observation_fact(whole, account) if whole is not None else None
        if text is None:
            return None
        reason = FROM_A_FILE if one.source == "import" else "Seen at that time."
        return Fact(name=f"o{one.id}", text=text, why=reason, day=one.started_at.date())

    def _named(self, name: str) -> Fact | None:
        number = int(name[1:])
        if name[0] == "p":
            belief = self._store.proposition(PropositionId(number))
            return _of_proposition(belief) if belief is not None and belief.state in CURRENT else None
        one = self._store.observation(ObservationId(number))
        if one is None or self._is_hidden(one):
            return None
        if name[0] == "s":
            return self._screen(one)
        return self._of_observation(one, self._store.account(one.id))

    def _is_hidden(self, one: Observation) -> bool:
        """By a rule that came later, perhaps. What the person told the app they told it."""
        window = Window(app=one.app, title=one.title, url=one.url)
        return one.source != "note" and any(hides(rule, window) for rule in self._rules)

    def _may_leave(self, text: str) -> bool:
        return not (self._leaves and may_be_private(text))


def _subject(on_screen: Observation | None) -> str:
    """What the window was about: a file, a page, somebody."""
    if on_screen is None or untold_matter(on_screen.title) is not None:
        return ""
    place = place_of(on_screen.app, on_screen.title, on_screen.url)
    return place.name or place.file or place.peer


def _of_proposition(belief: Proposition) -> Fact | None:
    text = proposition_fact(belief.text, belief.kind, belief.confidence, belief.last_supported_at)
    return Fact(name=f"p{belief.id}", text=text, why="") if text is not None else None


def _weight(one: Observation) -> tuple[bool, float]:
    return one.source == "note", one.active_seconds
