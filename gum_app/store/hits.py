"""Why a hit is one: in a sentence for a person, and in fields for a program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gum_app.store.retrieving import Hit
from gum_app.store.spelling import UNSPACED

MOST_WORDS = 4  # named in the sentence
ALMOST_THE_SAME = 0.75  # a closeness in meaning
_PAIR = re.compile(f"[{UNSPACED}]+")


def why(hit: Hit) -> str:
    """“Says “parcel” and “router”, close in meaning, seen 10 March 2026.”"""
    parts = []
    if hit.words:
        says = "says" if hit.by_text else "its evidence says"
        parts.append(f"{says} {_quoted(whole_words(hit.words))}")
    if hit.means_it:
        almost = hit.by_meaning is not None and hit.by_meaning >= ALMOST_THE_SAME
        parts.append("says almost the same" if almost else "close in meaning")
    if hit.seen is not None:
        parts.append(f"seen {_span(*hit.seen)}")
    if not parts:
        parts.append("nothing nearer was found" if hit.by_words or hit.by_meaning is not None else "fresh and sure")
    sentence = ", ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def fields(hit: Hit) -> dict[str, Any]:
    """For programs. The names are a promise."""
    row = hit.row
    return {
        "id": row.id,
        "text": row.text,
        "kind": row.kind,
        "state": row.state,
        "confidence": round(row.confidence, 4),
        "score": round(hit.score, 4),
        "parts": {
            "words": round(hit.by_words, 4),
            "meaning": None if hit.by_meaning is None else round(hit.by_meaning, 4),
            "freshness": round(hit.freshness, 4),
            "confidence": round(row.confidence, 4),
        },
        "words": list(whole_words(hit.words)),
        "last_supported_at": row.last_supported_at.isoformat(),
        "seen": None if hit.seen is None else [at.isoformat() for at in hit.seen],
        "why": why(hit),
    }


def whole_words(words: Sequence[str]) -> tuple[str, ...]:
    """Pairs of letters of a script without blanks, where one begins with the end of the one before, stand together."""
    found: list[str] = []
    for word in words:
        if found and _PAIR.fullmatch(word) and _PAIR.fullmatch(found[-1]) and found[-1].endswith(word[0]):
            found[-1] += word[1:]
        else:
            found.append(word)
    return tuple(found)


def _quoted(words: Sequence[str]) -> str:
    shown = [f"“{word}”" for word in words[:MOST_WORDS]]
    if len(words) > MOST_WORDS:
        return f"{', '.join(shown)} and more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _span(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
