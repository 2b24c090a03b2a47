"""One way to find propositions, for people and for programs: by words, by meaning, by time, by kind, app and state.

What is asked for is a `Query`; what is found are `Hit`s, each with a score that compares between questions and with
what made it. No language model is asked. What the question means joins as a vector when there is one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gum_app.records import CURRENT, Kind, State
from gum_app.store.connect import Database
from gum_app.store.finding import FACTS, Found, Words, found_of, tokens_of
from gum_app.store.instants import MICROS_PER_DAY, micros
from gum_app.store.listing import PropositionQuery, PropositionRow, row_of, rows_of
from gum_app.store.ranking import relevance, varied, worth
from gum_app.store.search import Asked, asked
from gum_app.store.spans import Span, seen

if TYPE_CHECKING:
    from gum_app.store.meanings import Comparison

Values = dict[str, Any]

MOST_HITS = 200  # of a search in a list: who looks for something adds a word rather than scroll on
NEAR = 100  # so many, the best by words and the best by meaning, are compared in both
FARTHEST = 16_000  # so many of the nearest in meaning are looked through for those that a filter lets pass
VARIED = 40  # so many of the best are held against each other for variety
ENOUGH = 10  # hits with every word, beside which a person is shown no others

# SQLite has no powers here. This falls with the half-lives too, which is enough to choose those that are then ranked
# exactly.
HALF_LIVES = f"(max(:now - last_supported_at, 0) / {MICROS_PER_DAY}.0 / half_life_days)"
FRESHEST_AND_SUREST = f"confidence / (1 + {HALF_LIVES} + {HALF_LIVES} * {HALF_LIVES}) DESC, id"


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is looked for. Empty `kinds` or `states` stand for all of them.

    `since` and `until` (not included) bound the evidence: something was seen then, or the proposition names that day.
    Words for a time in `text` are not understood here: `rules.time_words` takes them out of it first.
    """

    text: str = ""
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[State] = CURRENT
    min_confidence: float = 0.0
    app: str | None = None  # where something was seen; compared without case
    since: datetime | None = None
    until: datetime | None = None
    typing: bool = False  # the last word may be unfinished
    strictly: bool = False  # what shares only words like “the”, or hardly any meaning, is no hit: for a person's eyes

    @property
    def span(self) -> Span:
        return Span(since=self.since, until=self.until, app=self.app)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A proposition, its score 0–1, and what made the score: enough for a sentence that says why it is here."""

    row: PropositionRow
    score: float
    words: tuple[str, ...]  # which words of the question it says, as they were asked
    by_words: float  # how far it says what was asked in words, 0–1
    by_text: bool  # any of the words stands in its text; else only in what it rests on
    by_meaning: float | None  # 0 as far as hardly any two texts are, 1 the same; None: not compared
    means_it: bool  # it is nearer in meaning than unrelated texts are
    freshness: float  # 1 just supported, 0.5 one half-life ago
    seen: tuple[datetime, datetime] | None  # first and last evidence within the time or app asked for


@dataclass(frozen=True, kw_only=True)
class _Scored:
    found: Found
    score: float


def query_of(listed: PropositionQuery) -> Query:
    """As somebody searches in a list while typing."""
    return Query(
        text=listed.search,
        kinds=listed.kinds,
        states=listed.states,
        min_confidence=listed.min_confidence,
        since=listed.since,
        until=listed.until,
        typing=True,
        strictly=True,
    )


def retrieve(
    database: Database,
    query: Query,
    *,
    own_name: Collection[str],
    now: datetime,
    comparison: Comparison | None,
    limit: int,
) -> list[Hit]:
    """The best first, varied. With neither word nor meaning: the freshest and surest that the filters let pass."""
    words, at = asked(query.text, without=own_name, typing=query.typing), micros(now)
    if words.terms or comparison is not None:
        found = _candidates(database, words, query, comparison, limit)
        if query.strictly:
            found = _strict(found, words, clear=1.0 if comparison is None else comparison.clear)
        scored = _ranked([_Scored(found=item, score=_worth(item, at)) for item in found])
        scored = _varied(database, scored, comparison)[:limit]
    elif query.text.strip():
        scored = []  # signs that are no words: nothing can say them
    else:
        scored = _without_words(database, query, at, limit)
    return _hits(database, scored, query.span, at, clear=1.0 if comparison is None else comparison.clear)


def similar(
    database: Database,
    text: str,
    *,
    kind: str | None,
    state: str | None,
    own_name: Collection[str],
    comparison: Comparison | None,
    limit: int,
) -> list[int]:
    """Ids of what says nearly the same as a text, nearest first, whatever its age and confidence."""
    query = Query(
        states=frozenset() if state is None else frozenset({state}),  # type: ignore[arg-type]
        kinds=frozenset() if kind is None else frozenset({kind}),  # type: ignore[arg-type]
    )
    found = _candidates(database, asked(text, without=own_name), query, comparison, limit)
    ranked = _ranked([_Scored(found=item, score=relevance(item.share, item.meaning)) for item in found])
    return [item.found.id for item in ranked[:limit]]


# Candidates


def _candidates(
    database: Database, asked: Asked, query: Query, comparison: Comparison | None, limit: int
) -> list[Found]:
    """What fits in words or in meaning, and how far it does in both."""
    condition, values = _condition(database, query)
    words = Words(database, asked)
    by_words = words.best(condition, values, strictly=query.strictly, most=limit)
    if comparison is None:
        return by_words
    known = {item.id: item for item in by_words}
    near = [item for item in _near(database, comparison, condition, values, limit) if item.id not in known]
    known |= {item.id: item for item in words.look_at(near)}  # it may say some of the words too
    for id_, vector in comparison.vectors(known).items():
        known[id_] = replace(known[id_], meaning=comparison.closeness(vector))
    return list(known.values())


def _near(database: Database, comparison: Comparison, condition: str, values: Values, limit: int) -> list[Found]:
    """The nearest in meaning that the filters let pass: looked for farther away where they let few."""
    wanted = far = max(NEAR, limit)
    while True:
        ids = comparison.nearest(far)
        rows = database.all(
            f"""SELECT {FACTS} FROM (SELECT value AS hit FROM json_each(:these))
                CROSS JOIN propositions INDEXED BY propositions_by_id ON id = hit
                WHERE {condition} LIMIT :wanted""",
            values | {"these": json.dumps(ids), "wanted": wanted},
        )
        if len(rows) >= limit or len(ids) < far or far >= FARTHEST:
            return [found_of(row) for row in rows]
        far *= 8


def _strict(found: list[Found], words: Asked, *, clear: float) -> list[Found]:
    """For a person's eyes: none that tells nothing of the question, only those with every word where enough have."""
    telling = len(words.telling)
    every = [item for item in found if telling and len(item.said) == telling]
    if len(every) >= ENOUGH:
        return every
    return [item for item in found if item.said or (item.meaning or 0.0) >= clear or (not telling and item.share)]


def _without_words(database: Database, query: Query, now: int, limit: int) -> list[_Scored]:
    condition, values = _condition(database, replace(query, app=None, since=None, until=None))
    table = "propositions INDEXED BY propositions_by_id"
    if not query.span.is_open:
        table = f"({query.span.ids}) CROSS JOIN {table} USING (id)"
        values |= query.span.values
    rows = database.all(
        f"SELECT {FACTS} FROM {table} WHERE {condition} ORDER BY {FRESHEST_AND_SUREST} LIMIT :most",
        values | {"now": now, "most": 2 * limit + NEAR},
    )
    found = [found_of(row) for row in rows]
    return _ranked([_Scored(found=item, score=_freshness(item, now) * item.confidence) for item in found])[:limit]


def _condition(database: Database, query: Query) -> tuple[str, Values]:
    """What the filters ask of `propositions`."""
    parts = ["confidence >= :min_confidence", query.span.of_proposition(database)]
    values: Values = {"min_confidence": query.min_confidence} | query.span.values
    for column, wishes in (("state", query.states), ("kind", query.kinds)):
        if wishes:
            names = {f"{column}_{number}": wish for number, wish in enumerate(sorted(wishes))}
            parts.append(f"{column} IN ({', '.join(':' + name for name in names)})")
            values |= names
    return " AND ".join(parts), values


# Order


def _worth(item: Found, now: int) -> float:
    return worth(relevance(item.share, item.meaning), _freshness(item, now), item.confidence)


def _freshness(item: Found, now: int) -> float:
    half_lives = max(now - item.last_supported_at, 0) / MICROS_PER_DAY / item.half_life_days
    return float(0.5**half_lives)


def _ranked(found: list[_Scored]) -> list[_Scored]:
    return sorted(found, key=lambda item: (-item.score, item.found.id))


def _varied(database: Database, ranked: list[_Scored], comparison: Comparison | None) -> list[_Scored]:
    """The best of them in an order that does not say the same twice, then the others as they were."""
    best = ranked[:VARIED]
    alike = _likeness(database, [item.found.id for item in best], comparison)
    places = varied([item.score for item in best], alike, len(best))
    return [*(best[place] for place in places), *ranked[VARIED:]]


def _likeness(database: Database, ids: list[int], comparison: Comparison | None) -> Callable[[int, int], float]:
    """How much two of these say the same: by what they mean where that is known, else by the words they share."""
    tokens = tokens_of(database, ids)
    vectors = {} if comparison is None else comparison.vectors(ids)

    def alike(one: int, other: int) -> float:
        here, there = ids[one], ids[other]
        if here in vectors and there in vectors:
            return max(0.0, float(vectors[here] @ vectors[there]))
        return len(tokens[here] & tokens[there]) / (len(tokens[here] | tokens[there]) or 1)

    return alike


def _hits(database: Database, scored: Sequence[_Scored], span: Span, now: int, *, clear: float) -> list[Hit]:
    ids = [item.found.id for item in scored]
    times = {} if span.is_open else seen(database, ids, span)
    return [
        Hit(
            row=row_of(row),
            score=item.score,
            words=item.found.said,
            by_words=item.found.share,
            by_text=item.found.by_text,
            by_meaning=item.found.meaning,
            means_it=(item.found.meaning or 0.0) >= clear,
            freshness=_freshness(item.found, now),
            seen=times.get(item.found.id),
        )
        for item, row in zip(scored, rows_of(database, ids), strict=True)
    ]
