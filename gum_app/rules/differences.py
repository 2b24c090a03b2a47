"""Amounts that do not balance: what a page calls the difference, and which entries would explain it.

A difference that is twice an entry comes from one that stands on the wrong side, or twice; one that is the same as an
entry from one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from gum_app.rules.layout import Segment, is_noise

_LABEL = re.compile(
    r"^\W*(?:(?:unexplained |remaining |total )?difference|unreconciled(?: amount)?|out of balance(?: by)?"
    r"|variance)\W*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![\d.,/])[-–−]?\s?(?P<n>\d{1,3}(?:[, ]\d{3})*\.\d{2}|\d+\.\d{2})(?![\d/]|\.\d)")
FARTHEST = 300
BELOW_IN_HEIGHTS = 3.5
SAME_COLUMN = 24
SAME_ROW = 12


def difference_in(screen: Sequence[Segment]) -> Decimal | None:
    """The amount beside or below the word for it; None where there is none, or nothing differs."""
    for label in screen:
        if not _LABEL.match(label.text):
            continue
        near = [
            part
            for part in screen
            if part is not label and not is_noise(part.text + "xx") and _is_beside_or_below(part, label)
        ]
        for part in sorted(near, key=lambda part: (part.rect.y, part.rect.x)):
            for amount in amounts_in(part.text):
                if amount:
                    return amount
    return None


def amounts_in(text: str) -> list[Decimal]:
    """Without their signs."""
    found = []
    for match in _AMOUNT.finditer(text):
        try:
            found.append(Decimal(match["n"].replace(",", "").replace(" ", "")))
        except InvalidOperation:
            continue
    return found


def explained_by(difference: Decimal, amounts: Iterable[Decimal]) -> tuple[Decimal, int] | None:
    """The amount that stands for it, and how many times it makes the difference: 1 or 2. Twice tells more."""
    seen = set(amounts)
    half = difference / 2
    if half in seen:
        return half, 2
    return (difference, 1) if difference in seen else None


def _is_beside_or_below(part: Segment, label: Segment) -> bool:
    down = part.rect.y - label.rect.y
    if abs(down) <= SAME_ROW:
        return 0 < part.rect.x - label.rect.right <= FARTHEST
    return 0 < down <= BELOW_IN_HEIGHTS * max(label.height, 10) and abs(part.rect.x - label.rect.x) <= SAME_COLUMN
