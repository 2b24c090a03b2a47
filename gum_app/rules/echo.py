"""Our own words seen again: a sentence of ours in an export, a list, or the answer of an assistant that quotes us.

They are no evidence: else what was believed once would be seen, and so be believed more, without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from gum_app.records import KINDS
from gum_app.rules.statements import is_about_the_person
from gum_app.rules.wording import folded

FEWEST_LETTERS = 12  # of a sentence that is recognised; shorter ones anybody writes
ENOUGH_TO_BEGIN = 24  # letters of a sentence that goes on where it is not seen
LIKE = 92  # of 100: read from a screen, a letter or two may differ
_EXPORT = re.compile(
    r'"gum_export"|\{\s*"(?:revision|sighting|observation|feedback|account)"\s*:\s*\{\s*"(?:id|observation_id|at|topic)"'
    r'|"(?:proposition_kind|half_life_days|confidence_raw)"\s*:',
)
# Where in a line a sentence of ours may begin: at its start, after a number or a percentage, a quotation mark, a sign.
_BREAKS = re.compile(r"[\"“”„«»•·*|>:]|(?<=[.!?])\s+|\s[-–—]\s|\d\s?%|^\s*\d+[.)]?\s")
_KIND = re.compile(rf"^\W*(?:{'|'.join(KINDS)})\b\W*(?=[A-Z])", re.IGNORECASE)


def is_our_export(text: str) -> bool:
    """Whether a line has the form in which everything is exported."""
    return _EXPORT.search(text) is not None


def like_ours(text: str) -> Iterator[str]:
    """The parts of a text that begin as our sentences do: only they can be such."""
    start = 0
    for end in [*(match.end() for match in _BREAKS.finditer(text)), len(text)]:
        piece = _KIND.sub("", text[start:]).strip()
        if len(piece) >= FEWEST_LETTERS and is_about_the_person(_first_sentence(piece)):
            yield piece
        start = end


def is_echo(words: str, ours: Iterable[str]) -> bool:
    """Whether words that begin like a sentence of ours are one, or go on after one, or are the beginning of one."""
    seen = _plain(words)
    return any(_is_in(seen, _plain(sentence)) for sentence in ours)


def _is_in(seen: str, sentence: str) -> bool:
    if len(sentence) < FEWEST_LETTERS:
        return False
    if len(seen) < len(sentence) * LIKE / 100:
        return len(seen) >= ENOUGH_TO_BEGIN and fuzz.ratio(seen, sentence[: len(seen)]) >= LIKE
    return fuzz.ratio(seen[: len(sentence)], sentence) >= LIKE


def _first_sentence(piece: str) -> str:
    return re.split(r"(?<=[.!?])\s", piece, maxsplit=1)[0]


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", " ", folded(text)).strip()
