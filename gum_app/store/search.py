"""From what somebody typed to what the full-text index is asked, and what a hit is worth. Knows no table but the index.

Whatever is typed is data: every word is quoted, so that no sign of the index's own language gets through.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from gum_app.store.instants import MICROS_PER_DAY

WORD = re.compile(r"[^\W_]+")
SHORTEST_PREFIX = 2  # one letter begins nearly every row: it is searched as a word of its own
MOST_WORDS = 32  # of a long text, such as a draft, the first so many count

# Words that stand in nearly every English sentence and so tell nothing apart.
ENGLISH = """
    a about after again all also am an and any are as at be been before being but by can could did do does doing done
    down for from get got had has have having he her hers him his how i if in into is it its just me more most my no
    nor not now of off often on once only or other our ours out over own same shall she should so some such than that
    the their theirs them then there these they this those through to too under until up upon very was we were what
    when where which while who whom whose why will with would you your yours
"""
STOP_WORDS = frozenset(ENGLISH.split())

# What the text says counts twice as much as the words it rests on: measured best of several on LoCoMo's propositions.
TEXT_WEIGHT = 2.0
MILD_FRESHNESS = 0.3  # of the worth of a hit, so much fades with age: more of it ruins the ranking
MILD_CONFIDENCE = 0.2


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for: words, of which the last may be unfinished."""

    words: tuple[str, ...]
    unfinished: bool = False

    @property
    def terms(self) -> list[str]:
        """As the full-text index reads them."""
        terms = [f'"{word}"' for word in self.words]
        if self.unfinished and len(self.words[-1]) >= SHORTEST_PREFIX:
            terms[-1] += "*"
        return terms

    @property
    def every(self) -> str:
        """The expression that matches rows with all of the words."""
        return " AND ".join(self.terms)


def words_in(text: str) -> list[str]:
    """The words of a text, each once, in order, in small letters."""
    return list(dict.fromkeys(WORD.findall(text.casefold())))


def wanted(text: str, *, without: Collection[str] = (), typing: bool = False) -> list[Wanted]:
    """What to look for, best first: without the words that tell nothing apart; where that finds nothing, with them.

    `without` are words that stand everywhere, such as the person's own name. `typing`: the last word may be unfinished.
    An empty list means that there is no word to look for.
    """
    every = words_in(text)[:MOST_WORDS]
    if not every:
        return []
    unfinished = typing and text[-1].isalnum()
    telling = [word for word in every if word not in STOP_WORDS and word not in without]
    return [
        Wanted(words=tuple(words), unfinished=unfinished and words[-1] == every[-1])
        for words in (telling, every)
        if words and (words is not every or telling != every)
    ]


def worth(relevance: float, last_supported_at: int, half_life_days: float, confidence: float, now: int) -> float:
    """The rank of a hit: what its words say, a little less where it is old or unsure. Instants in microseconds."""
    half_lives = max(now - last_supported_at, 0) / MICROS_PER_DAY / half_life_days
    fresh = 1 - MILD_FRESHNESS + MILD_FRESHNESS * 0.5**half_lives
    sure = 1 - MILD_CONFIDENCE + MILD_CONFIDENCE * confidence
    return float(relevance * fresh * sure)
