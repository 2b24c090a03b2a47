"""Text as a reader takes it, whatever it is made of: without what nobody sees, and with look-alikes as one letter.

A page, a file or a window chooses its characters. An order with a blank of no width in it, or with a Cyrillic o, is
read by a model like any other; so what judges texts must read them so too.
Source: Unicode Technical Standard 39 (look-alikes), Unicode's property Default_Ignorable_Code_Point.
"""

from __future__ import annotations

import unicodedata

# Letters and marks, by their category, of which nothing can be seen; variation selectors can carry any bytes at all.
_UNSEEN_RANGES = ((0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_UNSEEN = frozenset(
    {0x034F, 0x2800, 0x3164, 0xFFA0, *(code for first, last in _UNSEEN_RANGES for code in range(first, last + 1))}
)
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝкмтАВЕКМНОРСТХУІЈЅοαινρυκτχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡ",
    "aeopcyxijsdhlqwkmtABEKMHOPCTXYIJSoaivpuktxABEZHIKMNOPTYXig",
)


def visible(text: str) -> str:
    """Without what nobody sees: control characters but the end of a line, directions, blanks of no width, fillers."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c == "\n" or not (unicodedata.category(c)[0] == "C" or ord(c) in _UNSEEN))


def as_read(text: str) -> str:
    """For judging and comparing alone, never to be shown: it is no text in the language of its letters any more."""
    if text.isascii():
        return visible(text)
    return visible(unicodedata.normalize("NFKC", text)).translate(_LOOK_ALIKES)
