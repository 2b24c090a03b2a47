"""Which propositions fit words, best first: the full-text index, joined with the few facts that filters and worth need.

Measured at 100,000 propositions: the index alone answers in a few milliseconds, reading the row of each hit takes ten
times as long. So hits meet `propositions_by_id`, a narrow copy of those facts, and only the best are ranked closely.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from gum_app.store.connect import Database
from gum_app.store.search import TEXT_WEIGHT, Wanted, wanted, worth

FEW = 10  # where fewer rows have every word, rows with any of them are found too
BROAD = 2_000  # a word that more rows have tells nothing apart where a rarer one is there
CLOSELY = 1_000  # so many hits, the best by their words, are ranked by age and confidence as well

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Match:
    """An expression of the full-text index, and how many rows fit it before any filter."""

    expression: str
    hits: int

    @property
    def order(self) -> str:
        """Of very many hits the newest are taken: to score them all takes long and says little."""
        return "rank" if self.hits <= BROAD else "rowid DESC"


def choose(
    database: Database, text: str, *, own_name: Collection[str], typing: bool, every: bool = True
) -> Match | None:
    """The strictest expression that finds enough; None where nothing fits. `every`: prefer rows with all the words."""
    for wish in wanted(text, without=own_name, typing=typing):
        match = _strictest(database, wish, every)
        if match is not None:
            return match
    return None


def count(database: Database, match: Match, condition: str, values: Values) -> int:
    return int(
        database.value(
            f"""SELECT count(*) FROM proposition_words
                CROSS JOIN propositions INDEXED BY propositions_by_id ON id = proposition_words.rowid
                WHERE proposition_words MATCH :match AND {condition}""",
            values | {"match": match.expression},
        )
    )


def page(
    database: Database, match: Match, condition: str, values: Values, *, now: int, limit: int, offset: int
) -> list[int]:
    """Ids, best first: the closely ranked ones by their worth, and after them the others."""
    best = _closely_ranked(database, match, condition, values, now)
    if offset + limit <= len(best) or match.hits <= CLOSELY:
        return best[offset : offset + limit]
    head = best[offset:]
    return head + _others(database, match, condition, values, limit - len(head), max(offset - len(best), 0))


def nearest(database: Database, match: Match, condition: str, values: Values, *, limit: int) -> list[int]:
    """Ids, best first by their words alone."""
    found = database.all(
        f"""SELECT hit FROM ({_candidates(match)} LIMIT :most)
            CROSS JOIN propositions INDEXED BY propositions_by_id ON id = hit
            WHERE {condition} ORDER BY score, hit LIMIT :limit""",
        values | {"match": match.expression, "most": CLOSELY, "limit": limit},
    )
    return [row["hit"] for row in found]


def _strictest(database: Database, wish: Wanted, every: bool) -> Match | None:
    if every and len(wish.words) > 1:
        hits = _hits(database, wish.every)
        if hits >= FEW:
            return Match(expression=wish.every, hits=hits)
    counts = {term: hits for term in wish.terms if (hits := _hits(database, term))}
    telling = [term for term, hits in counts.items() if hits <= BROAD] or list(counts)
    if not telling:
        return None
    expression = " OR ".join(telling)
    return Match(expression=expression, hits=counts.get(expression) or _hits(database, expression))


def _hits(database: Database, expression: str) -> int:
    return int(database.value("SELECT count(*) FROM proposition_words WHERE proposition_words MATCH ?", (expression,)))


def _candidates(match: Match) -> str:
    return f"""SELECT rowid AS hit, rank AS score FROM proposition_words WHERE proposition_words MATCH :match
               AND rank MATCH 'bm25({TEXT_WEIGHT}, 1.0)' ORDER BY {match.order}"""


def _closely_ranked(database: Database, match: Match, condition: str, values: Values, now: int) -> list[int]:
    found = database.all(
        f"""SELECT hit, score, last_supported_at, half_life_days, confidence FROM ({_candidates(match)} LIMIT :most)
            CROSS JOIN propositions INDEXED BY propositions_by_id ON id = hit WHERE {condition}""",
        values | {"match": match.expression, "most": CLOSELY},
    )
    # The index scores downwards: the better, the smaller.
    ranked = [(-worth(-score, at, half_life, sure, now), hit) for hit, score, at, half_life, sure in found]
    return [hit for _, hit in sorted(ranked)]


def _others(database: Database, match: Match, condition: str, values: Values, limit: int, offset: int) -> list[int]:
    order = "score, hit" if match.order == "rank" else "hit DESC"
    found = database.all(
        f"""SELECT hit FROM ({_candidates(match)} LIMIT -1 OFFSET :most)
            CROSS JOIN propositions INDEXED BY propositions_by_id ON id = hit
            WHERE {condition} ORDER BY {order} LIMIT :limit OFFSET :offset""",
        values | {"match": match.expression, "most": CLOSELY, "limit": limit, "offset": offset},
    )
    return [row["hit"] for row in found]
