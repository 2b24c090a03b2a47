"""Which propositions say what is asked in words, and how much of it: the full-text index, then a closer look.

The measure is BM25 (Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009), with the weight of a term
that stays above zero however many rows have it, as a share of what a text could reach that says all of the question
again and again. So it lies within 0–1 and compares between questions.

Measured at 100,000 propositions: the index alone answers in a few milliseconds, reading the row of each hit takes ten
times as long. So the index chooses, hits meet `propositions_by_id`, a narrow copy of what filters and worth need, and
only the best are looked at closely.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gum_app.store.connect import Database, Row
from gum_app.store.search import Asked, Term, all_of, any_of

BROAD = 2_000  # a word that more rows have chooses none where a rarer one is there; it counts for those that are chosen
CHOSEN = 1_000  # so many hits, the best by rare words, meet the filters at first
FARTHEST = 16_000  # and so many where the filters let few pass
CLOSELY = 100  # so many are looked at closely, or as many as are asked for

# What the text says counts twice as much as the words it rests on, and a word that tells nothing apart hardly: measured
# best of several on LoCoMo, PrefEval and MADial (packaging/measure_retrieval.py).
TEXT_WEIGHT = 2.0
SLIGHT = 0.05
SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25, as usual

FACTS = "id, last_supported_at, half_life_days, confidence"

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Found:
    """A proposition, and how far it says what was asked."""

    id: int
    last_supported_at: int  # microseconds since 1970
    half_life_days: float
    confidence: float
    share: float = 0.0  # 0–1: of what was asked in words
    said: tuple[str, ...] = ()  # which words of the question, of those that tell something
    by_text: bool = False  # whether any of them stands in its text, not only in its evidence
    meaning: float | None = None  # 0–1; None: not compared


@dataclass(frozen=True, kw_only=True)
class _Index:
    """How many rows the index has, and how many tokens they have on average."""

    rows: int
    tokens: float

    def weight(self, term: Term, hits: int) -> float:
        """How much a term tells: the rarer, the more."""
        telling = math.log1p((max(self.rows - hits, 0) + 0.5) / (hits + 0.5))
        return telling if term.tells else SLIGHT * telling


class Words:
    """What is asked in words, and how much each of them tells here."""

    def __init__(self, database: Database, asked: Asked) -> None:
        self._database = database
        self._asked = asked
        self._index = _index(database) if asked.terms else _Index(rows=0, tokens=1.0)
        self._hits = {term: _hits(database, term, self._index) for term in asked.terms}
        self._weights = {term: self._index.weight(term, self._hits[term]) for term in asked.terms}

    def best(self, condition: str, values: Values, *, strictly: bool, most: int) -> list[Found]:
        """The best by words that the condition on `propositions` lets pass, `most` or more where there are so many.

        `strictly`: rows that share only words that tell nothing apart are left out, unless nothing else was asked.
        """
        fewest, most = most, max(most, CLOSELY)
        chosen = self._telling(condition, values, fewest, most)
        if len(chosen) < most and not (strictly and self._asked.telling):
            known = {row["id"] for row in chosen}
            slight = self._newest(self._asked.slight, condition, values, most)
            chosen += [row for row in slight if row["id"] not in known]
        return self.look_at([found_of(row) for row in chosen])

    def look_at(self, chosen: Sequence[Found]) -> list[Found]:
        """These with what they say, best first."""
        if not self._asked.terms:
            return list(chosen)
        facts = {item.id: item for item in chosen}
        rows = self._database.all(
            """SELECT proposition_words.rowid AS id, text, words FROM json_each(?)
               CROSS JOIN proposition_words ON proposition_words.rowid = value""",
            (json.dumps(list(facts)),),
        )
        found = [self._look(facts[row["id"]], row["text"].split(), row["words"].split()) for row in rows]
        return sorted(found, key=lambda item: (-item.share, item.id))

    def _look(self, item: Found, text: Sequence[str], words: Sequence[str]) -> Found:
        length = (len(text) + len(words)) / self._index.tokens
        base = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length)
        reached, said, by_text = 0.0, [], False
        for term, weight in self._weights.items():
            in_text = term.count(text)
            often = TEXT_WEIGHT * in_text + term.count(words)
            if often:
                reached += weight * often / (often + base)
                if term.tells:
                    said.append(term.word)
                    by_text = by_text or in_text > 0
        share = reached / (sum(self._weights.values()) or 1.0)
        return replace(item, share=share, said=tuple(said), by_text=by_text)

    def _telling(self, condition: str, values: Values, fewest: int, most: int) -> list[Row]:
        there = [term for term in self._asked.telling if self._hits[term]]
        rare = [term for term in there if self._hits[term] <= BROAD]
        if not rare:
            return self._newest(there, condition, values, most)
        far = max(CHOSEN, most)
        ranked = sum(self._hits[term] for term in rare) > most
        while True:
            rows = self._passing(any_of(rare), "rank" if ranked else "rowid", far, condition, values, most)
            if len(rows) >= fewest or not ranked or far >= FARTHEST:
                return rows
            far *= 8

    def _newest(self, terms: Sequence[Term], condition: str, values: Values, most: int) -> list[Row]:
        """Of very many hits the newest: to score them all takes long and says little. First those that say all."""
        terms = [term for term in terms if self._hits[term]]
        if not terms:
            return []
        rows = self._passing(all_of(terms), "rowid DESC", FARTHEST, condition, values, most)
        if len(rows) >= most or len(terms) == 1:
            return rows
        known = {row["id"] for row in rows}
        others = self._passing(any_of(terms), "rowid DESC", FARTHEST, condition, values, most)
        return rows + [row for row in others if row["id"] not in known]

    def _passing(self, expression: str, order: str, far: int, condition: str, values: Values, most: int) -> list[Row]:
        return self._database.all(
            f"""SELECT {FACTS} FROM (SELECT rowid AS hit FROM proposition_words
                                     WHERE proposition_words MATCH :expression AND rank MATCH 'bm25({TEXT_WEIGHT}, 1.0)'
                                     ORDER BY {order} LIMIT :far)
                CROSS JOIN propositions INDEXED BY propositions_by_id ON id = hit WHERE {condition} LIMIT :most""",
            values | {"expression": expression, "far": far, "most": most},
        )


def _hits(database: Database, term: Term, index: _Index) -> int:
    """How many rows have a term; of one that very many have, what the first of them let expect."""
    row = database.one(
        f"""SELECT count(*) AS hits, max(hit) AS last FROM (SELECT rowid AS hit FROM proposition_words
                WHERE proposition_words MATCH ? LIMIT {BROAD + 1})""",
        (term.expression,),
    )
    assert row is not None
    hits: int = row["hits"]
    return hits if hits <= BROAD else max(hits, min(index.rows, hits * index.rows // row["last"]))


def _index(database: Database) -> _Index:
    """From the totals that the index keeps of itself: a list of varints, its rows and the tokens of each column.

    (SQLite, ext/fts5/fts5_storage.c: the record with id 1.) Before the first commit there is none.
    """
    totals = _varints(database.value("SELECT block FROM proposition_words_data WHERE id = 1") or b"")
    rows = totals[0] if totals else 0
    return _Index(rows=rows, tokens=sum(totals[1:]) / rows if rows else 1.0)


def _varints(block: bytes) -> list[int]:
    """Big-endian groups of seven bits, the high bit set on all but the last; a ninth byte has eight."""
    found: list[int] = []
    value = length = 0
    for byte in block:
        length += 1
        if length == 9:
            value = value << 8 | byte
        else:
            value = value << 7 | (byte & 0x7F)
            if byte & 0x80:
                continue
        found.append(value)
        value = length = 0
    return found


def tokens_of(database: Database, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """What the texts of these say, as the index spells it."""
    rows = database.all(
        """SELECT proposition_words.rowid AS id, text FROM json_each(?)
           CROSS JOIN proposition_words ON proposition_words.rowid = value""",
        (json.dumps(list(ids)),),
    )
    return {row["id"]: frozenset(row["text"].split()) for row in rows}


def found_of(row: Row, **more: Any) -> Found:
    """From a row of FACTS."""
    return Found(
        id=row["id"],
        last_supported_at=row["last_supported_at"],
        half_life_days=row["half_life_days"],
        confidence=row["confidence"],
        **more,
    )
