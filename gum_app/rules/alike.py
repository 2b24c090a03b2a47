"""Whether two sentences about the person mean one thing: common stems, the same names and numbers, the same quotes."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from gum_app.rules.wording import STOP_WORDS, denies, named, stems, words

TWIN_WORDS = 0.8  # share of common stems from which two sentences of one kind say the same
REJECTED_WORDS = 0.6  # a rejected belief is kept away in looser words too
TWIN_LIKENESS = 90  # of 100, for sentences of which one says more than the other
FEWEST_STEMS = 3
FEWEST_LETTERS = 12  # so many must two beginnings have in common
HEAD = 3  # letters
HALF_TYPED = 4  # letters at the end of a half typed line that may be read as others (the cursor stands there)

_QUOTED = re.compile(r"“([^”]+)”")


def says_the_same(one: str, two: str, least: float, *, same_value: bool) -> bool:
    """Common stems, and nothing named in one that the other leaves out.

    Where both quote, the quoted words count and not the sentence around them. `same_value`: they have one value.
    """
    ours, theirs = _QUOTED.findall(one), _QUOTED.findall(two)
    if not ours or not theirs:
        return _alike(one, two, least)
    if _frame(one) != _frame(two):
        return share(" ".join(ours), " ".join(theirs)) >= least and same_names(" ".join(ours), " ".join(theirs))
    pairs = list(zip(ours, theirs, strict=True))
    if same_value and all(_within(one, two) or _within(two, one) for one, two in pairs):
        return True
    return all(_alike(one, two, least) for one, two in pairs)


def begins(short: str, long: str) -> bool:
    """Whether one quotes only the beginning of what the other quotes."""
    if _frame(short) != _frame(long) or len(short) >= len(long):
        return False
    pairs = list(zip(_QUOTED.findall(short), _QUOTED.findall(long), strict=True))
    return bool(pairs) and all(one == two or _typed_on(one, two) for one, two in pairs)


def same_names(one: str, other: str) -> bool:
    ours, theirs = named(one), named(other)
    return ours <= theirs or theirs <= ours


def share(one: str, two: str) -> float:
    """Of all their stems, the share that both have, 0–1."""
    return _share(set(stems(one)), set(stems(two)))


def _share(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _differ_plainly(one: str, two: str) -> bool:
    """By the heads of their words, which a stem nearly always keeps: finding stems takes a hundred times as long."""
    ours, theirs = _heads(one), _heads(two)
    return 2 * len(ours & theirs) < min(len(ours), len(theirs))


def _heads(text: str) -> set[str]:
    return {word[:HEAD] for word in words(text) if word not in STOP_WORDS}


def _alike(one: str, two: str, least: float) -> bool:
    if _differ_plainly(one, two) or not same_names(one, two) or denies(one) != denies(two):
        return False
    ours, theirs = set(stems(one)), set(stems(two))
    if _share(ours, theirs) >= least:
        return True
    shorter = min(len(ours), len(theirs))
    if shorter < FEWEST_STEMS or len(ours & theirs) / shorter < TWIN_WORDS:
        return False
    return fuzz.token_set_ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))) >= TWIN_LIKENESS


def _frame(text: str) -> str:
    """A sentence without what it quotes."""
    return _QUOTED.sub("“”", text)


def _within(short: str, long: str) -> bool:
    """ "Madeira" within "Madeira with Aoife", and a line seen while it was being typed within the whole one."""
    ours, theirs = set(stems(short)), set(stems(long))
    return (bool(ours) and ours <= theirs and same_names(short, long)) or _typed_on(short, long)


def _typed_on(short: str, long: str) -> bool:
    common = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), min(len(short), len(long)))
    return len(short) <= len(long) and common >= max(FEWEST_LETTERS, len(short) - HALF_TYPED)
