"""Days and hours that an English text names, resolved against the instant at which it was read.

Reckoned by hand: a library that guesses at every number is too eager here, and half a millisecond a phrase too slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)?"
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]m)?|(?:1[0-2]|[1-9])\s?[ap]m"
_YEAR = r"(?:,?\s+20\d\d)?"

_FULL = re.compile(
    rf"\b(?P<weekday>{_DAY_NAME})?\.?,?\s*"
    rf"(?:the\s+)?(?:(?P<day>{_ORDINAL})(?:\s*(?:–|—|-|to|until)\s*(?:{_DAY_NAME}\s+)?(?P<last>{_ORDINAL}))?"
    rf"(?:\s+of)?\s+(?P<month>{_MONTH})\b|(?P<month2>{_MONTH})\.?\s+(?P<day2>{_ORDINAL})\b)(?P<year>{_YEAR})",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"\b(?:(?P<iso>20\d\d-[01]\d-[0-3]\d)|(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?P=sep)(?P<y>20\d\d))\b"
)
_WEEKDAY_NTH = re.compile(rf"\b(?P<weekday>{_DAY_NAME})\s+(?:the\s+)?(?P<day>{_DAY})(?:st|nd|rd|th)\b", re.IGNORECASE)
_NTH = re.compile(
    rf"\b(?:on|by|until|till|from|before|the)\s+(?:the\s+)?(?P<day>{_DAY})(?:st|nd|rd|th)\b", re.IGNORECASE
)
_NEAR = re.compile(
    rf"\b(?:(?P<word>today|tonight|tomorrow)"
    rf"|(?:(?P<how>on|by|next|this|until|till|from|before|due)\s+)(?P<weekday>{_DAY_NAME})"
    rf"|(?P<weekday2>{_DAY_NAME})(?=\s+(?:at\s+\d|\d{{1,2}}[:.]\d\d)))\b",
    re.IGNORECASE,
)
_AT = re.compile(
    rf"^[\s,·|-]*(?:at|from)?\s*(?P<from>{_CLOCK}|(?<=at )\d{{1,2}}\b)(?:\s*(?:–|—|-|to|until)\s*(?P<to>{_CLOCK}))?",
    re.IGNORECASE,
)
_ANY_CLOCK = re.compile(rf"\b(?P<from>{_CLOCK})(?:\s*(?:–|—|-|to)\s*(?P<to>{_CLOCK}))?", re.IGNORECASE)
_RECURS = re.compile(
    r"\b(?:every|each|daily|weekly|fortnightly|monthly|yearly|usually|always|often|regularly|weekdays"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b",
    re.IGNORECASE,
)
_HINT = re.compile(r"\d|day|tomorrow|tonight", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class DayNamed:
    """A day in a text. `start`, `end`: hours of that day where the text names them. `last_day`: end of a range."""

    day: date
    phrase: str
    position: int
    start: time | None = None
    end: time | None = None
    last_day: date | None = None

    @property
    def relative(self) -> bool:
        """Whether the day hangs on when it was said: "tomorrow", "on Friday", "the 24th"."""
        return not re.search(rf"{_MONTH}\b|20\d\d", self.phrase, re.IGNORECASE)


def days_in(text: str, read_at: datetime) -> tuple[DayNamed, ...]:
    """Every day the text names, in its order. A day without a year is the nearest from a month ago on."""
    if not _HINT.search(text):
        return ()
    found: list[DayNamed] = []
    for named, end in _all(text, read_at.date()):
        if any(abs(named.position - other.position) < len(other.phrase) for other in found):
            continue  # the same words, found by a weaker pattern
        found.append(_with_hours(named, text[end:]))
    return tuple(sorted(found, key=lambda named: named.position))


def recurs(text: str) -> bool:
    """Whether it tells of what happens again and again: no day that it names is the last one."""
    return _RECURS.search(text) is not None


def day_text(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B} {day.year}"


def clock_times(text: str) -> tuple[time, time | None] | None:
    """The first hours a text names, and until when, e.g. 10:15–12:00."""
    match = _ANY_CLOCK.search(text)
    return _hours(match) if match else None


def weekday_number(name: str) -> int | None:
    """0 for Monday, from any usual shortening of the name; None where it is no weekday."""
    for number, full in enumerate(WEEKDAYS):
        if len(name) >= 2 and full.lower().startswith(name.lower()[:3]):
            return number
    return None


def _all(text: str, today: date) -> Iterator[tuple[DayNamed, int]]:
    for pattern, resolve in ((_FULL, _full), (_NUMERIC, _numeric), (_WEEKDAY_NTH, _nth), (_NTH, _nth), (_NEAR, _near)):
        for match in pattern.finditer(text):
            days = resolve(match, today)
            if days:
                phrase = match.group().strip(" ,.")
                last = days[1] if days[1] != days[0] else None
                position = match.start() + match.group().index(phrase)
                yield DayNamed(day=days[0], last_day=last, phrase=phrase, position=position), match.end()


def _full(match: re.Match[str], today: date) -> tuple[date, date] | None:
    month = match["month"] or match["month2"]
    if month in {"may", "march", "mar", "sun"}:
        return None  # a verb, until it has its capital
    first = int(re.sub(r"\D", "", match["day"] or match["day2"]))
    year = (match["year"] or "").strip(" ,")
    weekday = weekday_number(match["weekday"]) if match["weekday"] else None
    last = re.sub(r"\D", "", match["last"] or "")
    # After a range the weekday stands before its first day; before a single day it is a check on the year.
    start = _month_day(first, month, year, weekday, today)
    end = _month_day(int(last), month, str(start.year), None, today) if start and last else start
    return (start, end) if start and end and start <= end else None


def _month_day(day: int, month: str, year: str, weekday: int | None, today: date) -> date | None:
    number = _MONTHS.index(month[:3].lower()) + 1
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    candidates = []
    for candidate in years:
        with suppress(ValueError):  # a month without such a day
            candidates.append(date(candidate, number, day))
    return _best(candidates, weekday, today)


def _best(candidates: list[date], weekday: int | None, today: date) -> date | None:
    fitting = [day for day in candidates if weekday is None or day.weekday() == weekday] or candidates
    ahead = [day for day in fitting if day >= today - timedelta(days=31)]
    return min(ahead, default=None) if ahead else max(fitting, default=None)


def _numeric(match: re.Match[str], today: date) -> tuple[date, date] | None:  # noqa: ARG001 - one shape for all
    if match["iso"]:
        text = match["iso"]
    else:
        day, month = int(match["d"]), int(match["m"])
        if match["sep"] == "/" and day <= 12:
            return None  # 03/04/2026 is two different days on two sides of an ocean
        text = f"{match['y']}-{month:02}-{day:02}"
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found, found


def _nth(match: re.Match[str], today: date) -> tuple[date, date] | None:
    day = int(match["day"])
    weekday = weekday_number(match.groupdict().get("weekday") or "")
    candidates = []
    year, month = today.year, today.month
    for _ in range(3):
        with suppress(ValueError):  # a month without such a day
            candidates.append(date(year, month, day))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    ahead = [found for found in candidates if found >= today]
    fitting = [found for found in ahead if weekday is None or found.weekday() == weekday]
    if not fitting:
        return None
    return fitting[0], fitting[0]


def _near(match: re.Match[str], today: date) -> tuple[date, date] | None:
    word = (match["word"] or "").lower()
    if word:
        found = today + timedelta(days=1 if word == "tomorrow" else 0)
        return found, found
    weekday = weekday_number(match["weekday"] or match["weekday2"])
    if weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    if (match["how"] or "").lower() == "next" and ahead == 0:
        ahead = 7
    found = today + timedelta(days=ahead)
    return found, found


def _with_hours(named: DayNamed, rest: str) -> DayNamed:
    match = _AT.match(rest)
    hours = _hours(match) if match else None
    if match is None or hours is None:
        return named
    return DayNamed(
        day=named.day,
        last_day=named.last_day,
        phrase=named.phrase + rest[: match.end()],
        position=named.position,
        start=hours[0],
        end=hours[1],
    )


def _hours(match: re.Match[str]) -> tuple[time, time | None] | None:
    start = _clock(match["from"])
    return (start, _clock(match["to"]) if match["to"] else None) if start else None


def _clock(text: str) -> time | None:
    numbers = re.findall(r"\d+", text)
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if "pm" in text.lower() and hour < 12:
        hour += 12
    if "am" in text.lower() and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
