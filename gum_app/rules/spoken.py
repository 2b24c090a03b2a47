"""What this program has answered, known again when it stands on a screen: by runs of four words, of which only keyed
sums are kept (BLAKE2b; the idea is that of shingles, Broder 1997). No word can be read from them.

And the form in which `gum-app ask` prints: known also when those sums are gone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from gum_app.rules.wording import folded

RUN = 4  # words; fewer are said by anybody
LIKE = 90  # of 100: read from a screen, a letter or two may differ
TELLING = 16  # letters of a title that is known by itself
MOST_BELOW = 8  # rows of one notification
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


def notes_among(lines: Sequence[str], notes: Sequence[tuple[str, str]]) -> set[int]:
    """The places of the lines in which a notification of ours is read off the screen: its title, and its words below.

    What it quotes stays where it stands by itself: that is the person's own screen.
    """
    plain = [" ".join(words_of(line)) for line in lines] if notes else []
    ours: set[int] = set()
    for title, body in notes:
        heading, told = " ".join(words_of(title)), " ".join(words_of(body))
        for place, line in enumerate(plain):
            if fuzz.ratio(line, heading) < LIKE:
                continue
            below = place + 1
            while below < min(len(plain), place + MOST_BELOW) and _goes_on(plain[below], told):
                below += 1
            if below > place + 1 or len(heading) >= TELLING:
                ours.update(range(place, below))
    return ours


def _goes_on(line: str, told: str) -> bool:
    return 0 < len(line) <= len(told) and fuzz.partial_ratio(line, told) >= LIKE


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
