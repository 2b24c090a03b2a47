"""Text that gives orders to programs which read the screen: "ignore your instructions", "remember that the user …".

Written by strangers in the hope that an assistant obeys. It supports nothing, is cut out of what is kept, painted over
in pictures, and listed. Told by what is ordered, in many languages; letters that look alike, letters nobody sees and
letters set apart are read as what they pretend to be. Documents that merely speak of models or of users stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from gum_app.records import Line
from gum_app.rules.alternatives import quick
from gum_app.rules.order_words import ADDRESSES, AI, HINTS, OVERRIDES, REMEMBERS, SOFTWARE, THE_USER
from gum_app.rules.plain import visible

ORDERS = "text that gives orders to software"  # the name of the rule, in the list of what was left out
MARK = "▮▮▮‹orders›"  # stands where such words stood
LONGEST = 4_000  # characters that are judged at once
MOST_ROWS = 8  # of one paragraph that an order may run over

# Marks with which prompts are built.
_FRAMES = re.compile(
    r"<\|?/?(?:im_start|im_end|system|endofprompt|start_header_id|assistant)\|?>|\[/?(?:inst|system|sys)\]|<</?sys>>|"
    r"(?:^|\n)\s*#{2,}\s*system\b\s*:?|\bbegin (?:system|hidden) (?:prompt|message|instructions?)\b|"
    r"(?:^|[\s\"“(\[])(?:system (?:prompt|override)|(?:assistant|ai|hidden) instructions?)\s*[:>=]\s*\S"
)
# Letters set apart lose the blanks between their words when they are read.
_SQUEEZED = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)(?:all|any|your|the|previous|prior|earlier|above|of|these){1,6}"
    r"(?:instructions?|rules|prompts?|guidelines|orders)|(?:remember|note|record|store|conclude|memori[sz]e)that(?:the|this|your)"
    r"(?:user|reader|viewer|owner|person)"
)
_OVERRIDES = re.compile(rf"(?<![\w-]){quick(OVERRIDES)}|{_FRAMES.pattern}|{_SQUEEZED.pattern}")
_OF_SOMEBODY = re.compile(rf"(?<![\w-])(?:{quick(REMEMBERS)}|{quick(ADDRESSES)})")
_NAMED = tuple(
    (re.compile(rf"(?<![\w‹-]){quick(words)}(?![\w›-])"), mark)
    for words, mark in ((THE_USER, "‹user›"), (AI, "‹ai›"), (SOFTWARE, "‹people›"))
)
_SET_APART = re.compile(r"\b\w[ .·_*-]\w[ .·_*-]\w[ .·_*-]\w\b")

# Letters of other scripts that look like Latin ones.
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏвмнткгпѵԛԝαορυνικτεηωοΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЈЅ",
    "aeopcyxijsdhlbmhtkrnvqwaopuvikteηwoabezhikmnoptyxabekmhopctyxijs",
)
_LATIN, _FOREIGN = re.compile(r"[a-z]"), re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_APART = re.compile(r"(?<!\w)(?:\w[ .·_*-]){3,}\w(?!\w)")
_AFTER_LATIN = "\u0370"
_LETTERS = str.maketrans({"’": "'", "ø": "o", "ł": "l", "ß": "ss", "ı": "i"})
_WORDS_OF_ORDERS = {"ai", "user", "the", "rules", "reader", "remember", "record", "ignore", "system", "your"}
_DIGITS = str.maketrans("013457@$", "oieastas")
_FOR_LETTERS = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])|(?<!\w)[013457](?=[a-z]{2})")


def read_as_meant(text: str) -> str:
    """Small letters without accents, without what nobody sees, and with look-alikes as the letters they stand for."""
    plain = visible(unicodedata.normalize("NFKC", text[:LONGEST]))
    plain = "".join(_bare(c) for c in plain if unicodedata.category(c) != "Mn").casefold()
    plain = plain.translate(_LETTERS)
    if _FOREIGN.search(plain):
        plain = " ".join(_unmasked(word) for word in plain.split(" "))
    plain = _APART.sub(lambda match: re.sub(r"[ .·_*-]", "", match.group()), plain)
    plain = _FOR_LETTERS.sub(lambda match: match.group().translate(_DIGITS), plain)
    return " ".join(plain.split())


def _bare(letter: str) -> str:
    """A Latin letter without its accents; all others have theirs for good reasons."""
    return unicodedata.normalize("NFD", letter)[0] if letter < _AFTER_LATIN else letter


def _unmasked(word: str) -> str:
    """A word of two scripts is Latin in disguise; one of look-alikes alone may be Russian, unless it is telling."""
    turned = word.translate(_ALIKE)
    return turned if _LATIN.search(word) or (turned.isascii() and turned in _WORDS_OF_ORDERS) else word


def gives_orders(text: str) -> bool:
    """Whether a text tells software what to do or what to remember about somebody."""
    if not text or not _may(text):
        return False
    meant = read_as_meant(text)
    if _OVERRIDES.search(meant) is not None:
        return True
    for pattern, mark in _NAMED:
        meant = pattern.sub(mark, meant)
    return _OF_SOMEBODY.search(meant) is not None


def order_rows(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines are part of such a text, which may run over several rows of one paragraph."""
    found: set[int] = set()
    for paragraph in _paragraphs(lines):
        whole = " ".join(lines[index].text for index in paragraph)
        if not gives_orders(whole):
            continue
        alone = {index for index in paragraph if gives_orders(lines[index].text)}
        found |= alone or set(paragraph)
        found |= {index for index in paragraph if alone and min(alone) <= index}  # what follows an order belongs to it
    return frozenset(found)


def _may(text: str) -> bool:
    plain = text.casefold()
    if not plain.isascii() or any(hint in plain for hint in HINTS):
        return True
    return _SET_APART.search(plain) is not None or _FOR_LETTERS.search(plain) is not None


def _paragraphs(lines: Sequence[Line]) -> list[list[int]]:
    """Lines of one block that follow each other closely, at most so many at once."""
    found: list[list[int]] = []
    for index, line in enumerate(lines):
        if not line.words:
            continue
        last = lines[found[-1][-1]] if found else None
        if last is not None and _goes_on(last, line) and len(found[-1]) < MOST_ROWS:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _goes_on(above: Line, below: Line) -> bool:
    if above.block != below.block or above.monitor != below.monitor or above.at != below.at:
        return False
    upper, lower = above.rect, below.rect
    return 0 <= lower.y - upper.y <= 2.2 * max(upper.height, lower.height, 8)
