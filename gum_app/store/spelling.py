"""How the full-text index spells words, so that a question and a text meet in any script: folded, stemmed, cut apart.

Letters lose their case, and Latin and Greek ones their accents. Words are stemmed by the rules of their script: Latin
as English, Cyrillic as Russian, and so on; what such rules do to another language they do on both sides. Scripts that
write no blanks between words (Chinese, Japanese, Thai …), and Korean, whose words grow endings, are cut into pairs of
neighbouring letters, a letter being a sign with the marks it carries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

_VOWEL_POINTS = "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"  # of Hebrew and Arabic: hardly anybody writes them
_LEFT_OUT = re.compile(f"[{_VOWEL_POINTS}\u0640\u00ad\u200b-\u200f\u2060\ufeff]")  # and stretching, joining, hyphens
_ACCENTS = re.compile("(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+")
# Marks of Indic scripts and Tibetan, which Python counts to no word.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0900-\u0963\u0981-\u0d83\u0dca-\u0df3\u0f18-\u0fbc"
UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109d\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30ff\u31f0-\u31ff\uac00-\ud7a3"  # Kana and Hangul
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
)
# A run of an unspaced script, or a word: letters, digits and marks, and the signs that belong to C++ and C#.
_PIECE = re.compile(f"(?P<run>[{UNSPACED}]+)|(?:[^\\W_{UNSPACED}]|[{_MARKS}])+(?:(?:\\+\\+|#)(?!\\w))?")

_STEMMED_AS: tuple[tuple[str, str, str], ...] = (
    ("a", "\u024f", "english"),
    ("\u0370", "\u03ff", "greek"),
    ("\u0400", "\u04ff", "russian"),
    ("\u0530", "\u058f", "armenian"),
    ("\u0600", "\u06ff", "arabic"),
    ("\u0900", "\u097f", "hindi"),
    ("\u0b80", "\u0bff", "tamil"),
)


def folded(text: str) -> str:
    """As words are compared: without case, width, accents and what only shapes the line."""
    if text.isascii():
        return text.lower()
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text in order, folded, and whether each is a run of a script without blanks."""
    for match in _PIECE.finditer(folded(text)):
        yield match.group(), match["run"] is not None


def spelled(text: str) -> str:
    """A text as the index keeps it: its tokens, a blank between them."""
    found: list[str] = []
    for piece, is_run in pieces(text):
        if is_run:
            signs = letters(piece)
            # The last letter also alone, so that each letter is the beginning of some token.
            found += [*pairs(signs), signs[-1]]
        else:
            found.append(stem(piece))
    return " ".join(found)


def letters(run: str) -> list[str]:
    """The signs of an unspaced run, each with its marks."""
    found: list[str] = []
    for sign in run:
        if found and unicodedata.category(sign).startswith("M"):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def pairs(signs: list[str]) -> list[str]:
    return [one + other for one, other in pairwise(signs)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Of a folded word; one with a digit or a sign stays as it is."""
    if not word.isalpha() and not any(unicodedata.category(sign).startswith("M") for sign in word):
        return word
    for first, last, language in _STEMMED_AS:
        if first <= word[0] <= last:
            return _stemmer(language)(word) or word
    return word


@lru_cache(maxsize=len(_STEMMED_AS))
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # only here: a window that searches for nothing need not load forty languages

    stem_word: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem_word
