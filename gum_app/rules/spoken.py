"""What this program has answered, known again when it stands on a screen: by runs of four words, of which only keyed
sums are kept (BLAKE2b; the idea is that of shingles, Broder 1997). No word can be read from them.

And the form in which `gum-app ask` prints: known also when those sums are gone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from gum_app.rules.wording import folded

RUN = 4  # words; fewer are said by anybody
MORE_THAN = 0.5  # of the runs through a line are ours: the reader gets letters wrong

_NUMBERS = re.compile(r"\[\s*\d{1,3}\s*\]")
_WORD = re.compile(r"[^\W_]+")
_COMMAND = re.compile(r"^.{0,80}\bgum-app(?:\s+--home\s+\S+)?\s+ask\b", re.IGNORECASE)
_BEGINS = re.compile(r"without a model i can only show what fits", re.IGNORECASE)
_ENDS = re.compile(r"neither the question nor the answer is kept", re.IGNORECASE)
_LISTED = re.compile(
    r"\d{1,3} ?% sure, last seen\b|\bon the screen now, last seen\b"
    r"|\d\d:\d\d(?: to \d\d:\d\d)?, \d+ (?:s|min) in front\b",
    re.IGNORECASE,
)


def words_of(text: str) -> list[str]:
    """Folded, without signs, and without the numbers of the lines that an answer names."""
    return _WORD.findall(folded(_NUMBERS.sub(" ", text)))


def runs(words: Sequence[str], key: bytes) -> list[bytes]:
    """The keyed sum of each run of words, in order; none where there are fewer words."""
    return [_sum(words[place : place + RUN], key) for place in range(len(words) - RUN + 1)]


def ours_among(lines: Sequence[str], knows: Callable[[bytes], bool], key: bytes) -> set[int]:
    """The places of the lines that are ours for the greater part, also where a sentence is wrapped."""
    of_line = [number for number, line in enumerate(lines) for _ in words_of(line)]
    known: dict[int, list[bool]] = {}
    for place, run in enumerate(runs([word for line in lines for word in words_of(line)], key)):
        is_known = knows(run)
        for number in set(of_line[place : place + RUN]):
            known.setdefault(number, []).append(is_known)
    return {number for number, found in known.items() if sum(found) > MORE_THAN * len(found)}


def printed_among(lines: Sequence[str]) -> set[int]:
    """The places of the lines that `gum-app ask` has printed, among all that stand in a window.

    From the command to the last sentence; to the end where that is not seen, from the top where the command is not.
    """
    ours: set[int] = set()
    begun: int | None = None
    for number, line in enumerate(lines):
        if _ENDS.search(line):
            ours.update(range(begun or 0, number + 1))
            begun = None
        elif begun is None and (_COMMAND.search(line) or _BEGINS.search(line)):
            begun = number
        if _LISTED.search(line):
            ours.add(number)
    if begun is not None:
        ours.update(range(begun, len(lines)))
    return ours


def _sum(words: Sequence[str], key: bytes) -> bytes:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8, key=key).digest()
