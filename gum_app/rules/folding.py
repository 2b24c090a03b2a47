"""Letters without their accents, one for one: an engine that knows English alone reads ü as u and é as e."""

from __future__ import annotations

import unicodedata

_LATIN = "".join(map(chr, range(0xC0, 0x250)))
_WITHOUT_ACCENT = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ß": "s", "æ": "a", "œ": "o"}
_FOLDS = str.maketrans(
    {letter: _WITHOUT_ACCENT.get(letter, unicodedata.normalize("NFD", letter)[0]) for letter in _LATIN}
)


def folded(text: str) -> str:
    """As long as `text`, place for place."""
    return text.translate(_FOLDS)
