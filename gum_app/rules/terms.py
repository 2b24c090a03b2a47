"""Terms that a page or a note sets: "renews on 30 April", "reserved until Sunday, 20:00", "by Friday"; and how long
something takes that has to be begun in time: "they need three weeks".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from gum_app.rules.days import DayNamed, days_in, recurs
from gum_app.rules.layout import Segment, is_noise

Sort = Literal["renews", "ends", "reserved", "due"]

_WORDS: dict[Sort, str] = {
    "reserved": r"(?:reserved|held|on hold|kept for you) (?:for you )?until|option (?:ends|until)",
    "renews": r"(?:auto(?:matically)?[ -]?)?renews?(?: automatically)?(?: on)?|next renewal|renewal(?: date)?",
    "ends": (r"expir(?:es?|y|ation)(?: date)?(?: on)?|(?:trial|offer|plan|access|licen[cs]e) ends(?: on)?|valid until"),
    # No "order by", "pay by": what a page would like to be done is not a term of the person's.
    "due": r"due(?: date| by| on)?|deadline|last day|closing date|closes on|no later than|at the latest",
}
_CUES = {sort: re.compile(rf"\b(?:{words})\b\s*:?", re.IGNORECASE) for sort, words in _WORDS.items()}
_BY = re.compile(r"\b(?:by|until|before|due)\s+(?:the\s+)?$", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:still (?:open|missing|to do|to)|to-?do|not (?:yet|done)|open:|must|needs? to|have to|has to|remember to"
    r"|do not forget|don['’]t forget|\d+ (?:of|/) \d+)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:cancel+ed|paid|renewed|extended|done|completed?|submitted|will not be charged|confirmed|finished)\b",
    re.IGNORECASE,
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_LEAD = re.compile(
    r"\b(?:needs?|takes?|allow|requires?|at least|up to|about|within)\b.{0,24}?"
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?P<unit>working days?|business days?|days?|weeks?)\b",
    re.IGNORECASE,
)
SAME_ROW = 12  # pixels between the tops of a label and its value
FARTHEST = 420
BELOW_IN_HEIGHTS = 2.6


@dataclass(frozen=True, kw_only=True)
class Term:
    """`text` is the row in which it stands, or label and value; `rows` are those rows."""

    sort: Sort
    day: date
    named: DayNamed
    text: str
    rows: tuple[Segment, ...]


def terms_in(screen: Sequence[Segment], read_at: datetime) -> list[Term]:
    """Those that lie ahead, each once, top to bottom. What the row itself calls done is none."""
    found: dict[tuple[Sort, date], Term] = {}
    for part in screen:
        for sort, cue in _CUES.items():
            match = cue.search(part.text)
            term = _term(sort, part, match.end(), screen, read_at) if match else None
            if term is not None:
                found.setdefault((term.sort, term.day), term)
                break
    return list(found.values())


def _term(sort: Sort, part: Segment, after: int, screen: Sequence[Segment], read_at: datetime) -> Term | None:
    named = _first_ahead(part.text[after:], read_at)
    rows: tuple[Segment, ...] = (part,)
    if named is None and len(part.text) - after <= 2:
        value = _value(part, screen)
        named = _first_ahead(value.text, read_at) if value is not None else None
        rows = (part, value) if value is not None else rows
    text = " ".join(row.text for row in rows)
    if named is None or _OVER.search(text) or recurs(text):
        return None
    return Term(sort=sort, day=named.day, named=named, text=text, rows=rows)


def _value(label: Segment, screen: Sequence[Segment]) -> Segment | None:
    """What stands beside a label, else below it."""
    beside, below = [], []
    for part in screen:
        if part is label or is_noise(part.text):
            continue
        down = part.rect.y - label.rect.y
        if abs(down) <= SAME_ROW and 0 < part.rect.x - label.rect.right <= FARTHEST:
            beside.append(part)
        elif 0 < down <= BELOW_IN_HEIGHTS * max(label.height, 10) and abs(part.rect.x - label.rect.x) <= SAME_ROW:
            below.append(part)
    return min(beside, key=lambda part: part.rect.x, default=min(below, key=lambda part: part.rect.y, default=None))


def open_by(text: str, read_at: datetime) -> DayNamed | None:
    """The day by which a note says that something is still to be done: "still open: 3 of 5 modules, by FRIDAY"."""
    if not _OPEN.search(text) or _OVER.search(text) or recurs(text):
        return None
    for named in days_in(text, read_at):
        # "by Friday" may be part of the phrase itself, or stand before it.
        said = named.phrase.casefold().startswith(("by ", "until ", "due ", "before "))
        if named.day > read_at.date() and (said or _BY.search(text[: named.position])):
            return named
    return None


def leads_in(text: str) -> Iterator[tuple[timedelta, str]]:
    """How long a text says that something takes, with the words that say so. Working days as days of a whole week."""
    for match in _LEAD.finditer(text):
        count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].casefold()]
        unit = match["unit"].casefold()
        days = count * 7 if unit.startswith("week") else count
        if unit.startswith(("working", "business")):
            days = count + 2 * ((count + 4) // 5)
        if 2 <= days <= 120:
            yield timedelta(days=days), match.group()


def _first_ahead(text: str, read_at: datetime) -> DayNamed | None:
    ahead = [named for named in days_in(text, read_at) if named.day >= read_at.date()]
    return ahead[0] if ahead and ahead[0].position <= 24 else None
