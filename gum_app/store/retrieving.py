"""One way to find propositions, for people and for programs: by words, by meaning, by time, by kind, app and state.

What is asked for is a `Query`; what is found are `Hit`s, each with a score that compares between questions and with
what made it. No language model is asked. What the question means joins as a vector when there is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from gum_app.records import Kind, State
from gum_app.store import asking
from gum_app.store.connect import Database
from gum_app.store.instants import micros
from gum_app.store.listing import PropositionRow, row_of, rows_of
from gum_app.store.ranking import MICROS_PER_DAY, Facts, varied, worth
from gum_app.store.search import Asked, asked
from gum_app.store.spans import Span, seen
from gum_app.store.spelling import SIGN, WORD, folded

if TYPE_CHECKING:
    from gum_app.store.comparing import Comparison

Order = Literal["relevance", "newest", "confidence", "fresh"]
Values = dict[str, Any]

NEAR = 300  # so many, the best by words and the best by meaning, are compared in both
FARTHEST = 20_000  # so many of the nearest in meaning are looked through for those that a filter lets pass
VARIED = 60  # so many of the best are held against each other for variety
CLEARLY = 0.5  # what is less than this share as good as the best hit is left out in any order but that by relevance
BEGIN, END = "\x02", "\x03"  # around a word that was found; no text of a screen holds them

# The number of half-lives since the last support. SQLite has no powers here: a few terms of the series tell the order
# well enough to choose those that are then ranked exactly.
AGE = f"max(:now - last_supported_at, 0) / {MICROS_PER_DAY}.0 / half_life_days * 0.693"
WITHOUT_WORDS: dict[Order, str] = {
    "relevance": "confidence / (1 + age + age * age / 2 + age * age * age / 6) DESC, id",
    "newest": "id DESC",
    "confidence": "confidence DESC, id DESC",
    "fresh": "age, id DESC",
}


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is looked for. Empty `kinds` or `states` stand for all of them.

    `since` and `until` (not included) bound the evidence: something was seen then, or the proposition names that day.
    Words for a time in `text` are not understood here: `rules.time_words` takes them out of it first.
    """

    text: str = ""
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[State] = frozenset({"active", "doubted"})
    min_confidence: float = 0.0
    app: str | None = None  # where something was seen; compared without case
    since: datetime | None = None
    until: datetime | None = None
    order: Order = "relevance"
    least: float = 0.0  # hits with a lower score are left out

    @property
    def span(self) -> Span:
        return Span(since=self.since, until=self.until, app=self.app)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A proposition, its score 0–1, and what made the score: enough for a sentence that says why it is here."""

    row: PropositionRow
    score: float
    words: tuple[str, ...]  # what it says of what was asked, as it or its evidence says it
    by_words: float  # which share of what was asked in words it says, 0–1
    by_meaning: float | None  # 0 as near as unrelated texts are, 1 the same; None: not compared
    freshness: float  # 1 just supported, 0.5 one half-life ago
    seen: tuple[datetime, datetime] | None  # first and last evidence within the time or app asked for


@dataclass(frozen=True, kw_only=True)
class _Scored:
    facts: Facts
    score: float


def retrieve(
    database: Database,
    query: Query,
    *,
    own_name: Collection[str],
    now: datetime,
    comparison: Comparison | None,
    limit: int,
) -> list[Hit]:
    """Without a word or a meaning to go by: the freshest and surest of what the filters let pass."""
    words = asked(query.text, without=own_name)
    candidates, expression = _candidates(database, words, query, comparison)
    at = micros(now)
    if candidates or words.telling or comparison is not None:
        by_meaning = comparison is not None
        scored = _ranked(
            [
                _Scored(
                    facts=facts,
                    score=worth(facts.relevance(by_meaning=by_meaning), facts.freshness(at), facts.confidence),
                )
                for facts in candidates
            ]
        )
        scored = _ordered(database, scored, query.order, at, comparison, limit)
    else:
        scored = _without_words(database, query, at, limit)
    kept = [item for item in scored if max(item.score, 0.0) >= query.least]
    return _hits(database, kept, expression, query.span, at)


def similar(
    database: Database,
    text: str,
    *,
    kind: str | None,
    own_name: Collection[str],
    comparison: Comparison | None,
    limit: int,
) -> list[int]:
    """Ids of what says nearly the same as a text, nearest first, whatever its state, age and confidence."""
    query = Query(states=frozenset(), kinds=frozenset() if kind is None else frozenset({kind}))  # type: ignore[arg-type]
    candidates, _ = _candidates(database, asked(text, without=own_name), query, comparison)
    by_meaning = comparison is not None
    ranked = _ranked([_Scored(facts=facts, score=facts.relevance(by_meaning=by_meaning)) for facts in candidates])
    return [item.facts.id for item in ranked[:limit]]


# Candidates


def _candidates(
    database: Database, words: Asked, query: Query, comparison: Comparison | None
) -> tuple[list[Facts], str]:
    """What fits in words or meaning, and the expression that found the words."""
    condition, values = _condition(query)
    by_words, expression = asking.related(database, words, condition, values)
    if comparison is None:
        return by_words, expression
    known = {facts.id: facts for facts in by_words}
    best = sorted(by_words, key=lambda facts: (-facts.words, facts.id))[:NEAR]
    near = [facts for facts in _near(database, comparison, condition, values) if facts.id not in known]
    known |= {facts.id: facts for facts in near}
    for id_, vector in comparison.vectors([facts.id for facts in best + near]).items():
        known[id_] = replace(known[id_], meaning=comparison.closeness(vector))
    return list(known.values()), expression


def _near(database: Database, comparison: Comparison, condition: str, values: Values) -> list[Facts]:
    """The nearest in meaning that the filters let pass: looked for farther away where they let few."""
    most = NEAR
    while True:
        ids = comparison.nearest(most)
        rows = database.all(
            f"""SELECT {asking.FACTS} FROM json_each(:these)
                CROSS JOIN propositions INDEXED BY propositions_by_id ON id = value
                WHERE {condition} ORDER BY key LIMIT {NEAR}""",
            values | {"these": json.dumps(ids)},
        )
        if len(rows) == NEAR or len(ids) < most or most >= FARTHEST:
            return [asking.facts_of(row) for row in rows]
        most *= 4


def _without_words(database: Database, query: Query, now: int, limit: int) -> list[_Scored]:
    condition, values = _condition(replace(query, app=None, since=None, until=None))
    table = "propositions INDEXED BY propositions_by_id"
    if not query.span.is_open:
        table = f"({query.span.ids}) CROSS JOIN {table} USING (id)"
        values |= query.span.values
    rows = database.all(
        f"""SELECT {asking.FACTS}, {AGE} AS age FROM {table} WHERE {condition}
            ORDER BY {WITHOUT_WORDS[query.order]} LIMIT :most""",
        values | {"now": now, "most": limit if query.order != "relevance" else 4 * limit + NEAR},
    )
    found = [asking.facts_of(row) for row in rows]
    scored = [_Scored(facts=facts, score=facts.freshness(now) * facts.confidence) for facts in found]
    return _ranked(scored)[:limit] if query.order == "relevance" else scored


def _condition(query: Query) -> tuple[str, Values]:
    """What the filters ask of `propositions`."""
    parts = ["confidence >= :min_confidence", query.span.of_proposition]
    values: Values = {"min_confidence": query.min_confidence} | query.span.values
    for column, wishes in (("state", query.states), ("kind", query.kinds)):
        if wishes:
            parts.append(f"{column} IN (SELECT value FROM json_each(:{column}s))")
            values[f"{column}s"] = json.dumps(sorted(wishes))
    return " AND ".join(parts), values


# Order


def _ranked(found: list[_Scored]) -> list[_Scored]:
    return sorted(found, key=lambda item: (-item.score, item.facts.id))


def _ordered(
    database: Database, ranked: list[_Scored], order: Order, now: int, comparison: Comparison | None, limit: int
) -> list[_Scored]:
    if order == "relevance":
        best = ranked[: max(VARIED, limit)]
        alike = _likeness(database, [item.facts.id for item in best], comparison)
        return [best[place] for place in varied([item.score for item in best], alike, limit)]
    by: Callable[[Facts], float] = {
        "newest": lambda _: 0.0,
        "confidence": lambda facts: -facts.confidence,
        "fresh": lambda facts: -facts.freshness(now),
    }[order]
    clear = [item for item in ranked if item.score >= CLEARLY * ranked[0].score]
    return sorted(clear, key=lambda item: (by(item.facts), -item.facts.id))[:limit]


def _likeness(database: Database, ids: list[int], comparison: Comparison | None) -> Callable[[int, int], float]:
    """How much two of these say the same, by what they mean where that is known, else by the words they share."""
    texts = [frozenset(WORD.findall(folded(row["text"]))) for row in rows_of(database, ids)]
    vectors = {} if comparison is None else comparison.vectors(ids)

    def alike(one: int, other: int) -> float:
        if comparison is not None and ids[one] in vectors and ids[other] in vectors:
            return comparison.likeness(vectors[ids[one]], vectors[ids[other]])
        return len(texts[one] & texts[other]) / (len(texts[one] | texts[other]) or 1)

    return alike


# Why it is here


def _hits(database: Database, scored: Sequence[_Scored], expression: str, span: Span, now: int) -> list[Hit]:
    ids = [item.facts.id for item in scored]
    words = _words_found(database, ids, expression)
    times = {} if span.is_open else seen(database, ids, span)
    return [
        Hit(
            row=row_of(row),
            score=max(item.score, 0.0),
            words=words.get(item.facts.id, ()),
            by_words=item.facts.words,
            by_meaning=item.facts.meaning,
            freshness=item.facts.freshness(now),
            seen=times.get(item.facts.id),
        )
        for item, row in zip(scored, rows_of(database, ids), strict=True)
    ]


def _words_found(database: Database, ids: Sequence[int], expression: str) -> dict[int, tuple[str, ...]]:
    if not expression:
        return {}
    rows = database.all(
        """SELECT rowid, highlight(proposition_words, 0, :begin, :end) || ' '
                         || highlight(proposition_words, 1, :begin, :end) AS marked
           FROM proposition_words
           WHERE proposition_words MATCH :match AND rowid IN (SELECT value FROM json_each(:ids))""",
        {"begin": BEGIN, "end": END, "match": expression, "ids": json.dumps(list(ids))},
    )
    return {row["rowid"]: _marked(row["marked"]) for row in rows}


def _marked(text: str) -> tuple[str, ...]:
    """The words between marks, each once; signs that the index holds apart stand together again."""
    found = re.findall(f"{BEGIN}(.*?){END}", text, re.DOTALL)
    return tuple(dict.fromkeys("".join(word.split()) if SIGN.search(word) else word for word in found))
