"""The time that a question names: “the router yesterday afternoon” asks for the router, and for yesterday from noon on.

English, reckoned by hand. What looks back lies in the past: “on Friday” is the last one. Only words that can mean
nothing but a time are taken out; a bare “May” or “second” is left to the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gum_app.rules.days import days_in, weekday_number

_DAY = timedelta(days=1)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "few": 3, "couple of": 2}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# From and to as hours of the day; 28 is four in the morning of the next.
_PARTS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (18, 28)}
_PART = rf"(?:\s+(?:in\s+the\s+)?(?P<part>{'|'.join(_PARTS)}))?"
_BEGIN = r"\b(?:(?:from|on|in|during|since|until|till|before|after|over)\s+)?(?:the\s+)?"


@dataclass(frozen=True, kw_only=True)
class TimeAsked:
    """From `since` on and before `until`; None: it is open on that side. `rest` is the question without the time."""

    since: datetime | None
    until: datetime | None
    rest: str


Span = tuple[datetime, datetime]
Reckon = Callable[[re.Match[str], datetime], Span | None]


def time_asked(text: str, now: datetime) -> TimeAsked:
    """The first time that a question names, by the clock of `now`. Of a text without one, all of it is the rest."""
    for pattern, reckon in _PATTERNS:
        for match in pattern.finditer(text):
            with suppress(OverflowError, ValueError):  # before the year 1, or a day that no month has
                span = reckon(match, now)
                if span is not None:
                    return _asked(text, match.start(), match.end(), span)
    return _named_day(text, now)


def _asked(text: str, start: int, end: int, span: Span) -> TimeAsked:
    """“since” and “before” open the span on one side."""
    since, until = span
    how = re.search(r"\b(since|after|until|till|before)\s+(?:the\s+)?$", text[:start], re.IGNORECASE)
    taken = text[start:end].lower()
    word = how[1].lower() if how else taken.split()[0]
    start = how.start() if how else start
    rest = " ".join(f"{text[:start]} {text[end:]}".split())
    if word == "since":
        return TimeAsked(since=since, until=None, rest=rest)
    if word == "after":
        return TimeAsked(since=until, until=None, rest=rest)
    if word in {"until", "till"}:
        return TimeAsked(since=None, until=until, rest=rest)
    if word == "before":
        return TimeAsked(since=None, until=since, rest=rest)
    return TimeAsked(since=since, until=until, rest=rest)


def _named_day(text: str, now: datetime) -> TimeAsked:
    """“March 4”, “2026-03-04”, “Friday 14:30”: as days are read everywhere else, without a year the last one."""
    with suppress(OverflowError, ValueError):
        for named in days_in(text, now):
            day, last = named.day, named.last_day or named.day
            if not named.relative and day > now.date() and not re.search(r"20\d\d", named.phrase):
                day, last = (each.replace(year=each.year - 1) for each in (day, last))
            span = _at(now, day), _at(now, last + _DAY)
            start, end = named.position, named.position + len(named.phrase)
            before = re.search(r"\b(?:on|in|from|of)\s+(?:the\s+)?$", text[:start], re.IGNORECASE)
            return _asked(text, before.start() if before else start, end, span)
    return TimeAsked(since=None, until=None, rest=text.strip())


def _at(now: datetime, day: date, hours: int = 0) -> datetime:
    """So many hours after midnight, on the clock of `now`."""
    return datetime.combine(day, time(), now.tzinfo) + timedelta(hours=hours)


def _of_day(now: datetime, day: date, part: str | None) -> Span:
    start, end = _PARTS[part.lower()] if part else (0, 24)
    return _at(now, day, start), _at(now, day, end)


def _near_day(match: re.Match[str], now: datetime) -> Span:
    word = match["word"].lower()
    part = match["part"]
    if word == "tonight":
        return _of_day(now, now.date(), "night")
    if word == "last night":
        return _of_day(now, now.date() - _DAY, "night")
    if word.startswith("this "):
        return _of_day(now, now.date(), word.removeprefix("this "))
    days = {"today": 0, "yesterday": 1, "day before yesterday": 2, "tomorrow": -1}[word]
    return _of_day(now, now.date() - days * _DAY, part)


def _ago(match: re.Match[str], now: datetime) -> Span | None:
    """“two days ago” is that day, “three weeks ago” that week, “an hour ago” the hour around it."""
    number, unit = _number(match["number"]), match["unit"].lower()
    if unit in {"hour", "minute"}:
        size = timedelta(hours=1) if unit == "hour" else timedelta(minutes=10)
        at = now - number * timedelta(**{f"{unit}s": 1})
        return at - size / 2, at + size / 2
    if unit == "day":
        return _of_day(now, now.date() - number * _DAY, None)
    return _calendar(unit, -number, now)


def _last_so_many(match: re.Match[str], now: datetime) -> Span:
    """“the last 3 days”, today among them; “the past hour” up to now."""
    number, unit = _number(match["number"] or "one"), match["unit"].lower()
    if unit in {"hour", "minute"}:
        return now - number * timedelta(**{f"{unit}s": 1}), now
    days = number * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    return _at(now, now.date() - (days - 1) * _DAY), _at(now, now.date() + _DAY)


def _whole(match: re.Match[str], now: datetime) -> Span:
    """“this week”, “last month”: as the calendar has them."""
    how = match["how"].lower()
    return _calendar(match["unit"].lower(), {"last": -1, "previous": -1, "this": 0, "next": 1}[how], now)


def _calendar(unit: str, away: int, now: datetime) -> Span:
    """The week, month or year that lies so many before or after this one."""
    today = now.date()
    if unit == "weekend":
        saturday = today + timedelta(days=5 - min(today.weekday(), 5) - (today.weekday() == 6), weeks=away)
        return _at(now, saturday), _at(now, saturday + 2 * _DAY)
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=away)
        return _at(now, monday), _at(now, monday + 7 * _DAY)
    if unit == "month":
        return _at(now, _month_start(today, away)), _at(now, _month_start(today, away + 1))
    return _at(now, date(today.year + away, 1, 1)), _at(now, date(today.year + away + 1, 1, 1))


def _month_start(today: date, away: int) -> date:
    months = today.year * 12 + today.month - 1 + away
    return date(months // 12, months % 12 + 1, 1)


def _last_weekday(match: re.Match[str], now: datetime) -> Span | None:
    """The last one before today; today itself where it is that day and not “last”."""
    number = weekday_number(match["weekday"])
    if number is None:
        return None
    back = (now.weekday() - number) % 7
    if back == 0 and (match["how"] or "").lower() == "last":
        back = 7
    return _of_day(now, now.date() - back * _DAY, match["part"])


def _month_named(match: re.Match[str], now: datetime) -> Span:
    """With a year it is that one; without, the last one that has begun."""
    number = _MONTHS.index(match["month"].lower()) + 1
    year = int(match["year"]) if match["year"] else now.year - (number > now.month)
    start = date(year, number, 1)
    return _at(now, start), _at(now, _month_start(start, 1))


def _year_named(match: re.Match[str], now: datetime) -> Span:
    year = int(match["year"])
    return _at(now, date(year, 1, 1)), _at(now, date(year + 1, 1, 1))


def _number(word: str) -> int:
    return _NUMBERS.get(word.lower()) or int(word)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# The longer before what is a part of it.
_PATTERNS: tuple[tuple[re.Pattern[str], Reckon], ...] = (
    (
        _compiled(
            rf"{_BEGIN}\b(?P<word>day before yesterday|yesterday|today|tonight|tomorrow|last night"
            rf"|this morning|this afternoon|this evening){_PART}\b"
        ),
        _near_day,
    ),
    (_compiled(rf"\b(?:about\s+|a\s+)?{_NUMBER}\s+(?P<unit>minute|hour|day|week|month|year)s?\s+ago\b"), _ago),
    (
        _compiled(rf"{_BEGIN}\b(?:last|past|previous)\s+(?:{_NUMBER}\s+)(?P<unit>minute|hour|day|week|month|year)s?\b"),
        _last_so_many,
    ),
    (_compiled(rf"{_BEGIN}\bpast\s+(?P<number>)(?P<unit>minute|hour|day|week|month|year)\b"), _last_so_many),
    (_compiled(rf"{_BEGIN}\b(?P<how>last|previous|this|next)\s+(?P<unit>week(?:end)?|month|year)\b"), _whole),
    (_compiled(rf"\b(?:(?P<how>on|last|this|since|until|before|after)\s+){_WEEKDAY}{_PART}\b"), _last_weekday),
    (_compiled(rf"\b(?P<how>){_WEEKDAY}\s+(?P<part>{'|'.join(_PARTS)})\b"), _last_weekday),
    (_compiled(rf"\b(?:(?:in|during|of|since|until|before|after)\s+){_MONTH}(?:\s+{_YEAR})?\b(?!\s+\d)"), _month_named),
    (_compiled(rf"\b(?<!\d\s)(?:in\s+)?{_MONTH}\s+{_YEAR}\b"), _month_named),
    (_compiled(rf"\b(?:in|during|since|until|before|after)\s+{_YEAR}\b(?!-)"), _year_named),
)
