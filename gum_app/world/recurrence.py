"""On which wall-clock instants a recurring calendar entry begins, within a span (RFC 5545, section 3.3.10).

A rule is a stranger's: what could keep us busy for ever, or means nothing in a calendar, is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from dateutil import rrule

FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
WEEKDAYS = {
    "MO": rrule.MO,
    "TU": rrule.TU,
    "WE": rrule.WE,
    "TH": rrule.TH,
    "FR": rrule.FR,
    "SA": rrule.SA,
    "SU": rrule.SU,
}
FOLLOWED = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
LONGEST_INTERVAL = 1000
MOST_OCCURRENCES = 20_000  # that are counted off, those before the span included
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class NotFollowed(ValueError):
    """The rule is none that we follow."""


def occurrences(
    rule: Mapping[str, Sequence[Any]], begins: datetime, *, since: datetime, until: datetime
) -> list[datetime]:
    """All instants are without a zone: as the clock on the wall shows them in that of the entry. Raises NotFollowed."""
    made = _rule(rule, begins)
    found: list[datetime] = []
    try:
        for number, at in enumerate(made):
            if at > until or number >= MOST_OCCURRENCES:
                break
            if at >= since:
                found.append(at)
    except (ArithmeticError, LookupError, ValueError) as error:  # days that dateutil cannot reckon with
        raise NotFollowed from error
    return found


def _rule(rule: Mapping[str, Sequence[Any]], begins: datetime) -> rrule.rrule:
    if not set(rule) <= FOLLOWED:
        raise NotFollowed
    frequency = FREQUENCIES.get(str(_one(rule, "FREQ")))
    interval = int(_one(rule, "INTERVAL") or 1)
    if frequency is None or not 1 <= interval <= LONGEST_INTERVAL:
        raise NotFollowed
    months, days = [int(n) for n in rule.get("BYMONTH", ())], [int(n) for n in rule.get("BYMONTHDAY", ())]
    if not _can_be(months, days) or ("BYSETPOS" in rule and frequency not in {rrule.MONTHLY, rrule.YEARLY}):
        raise NotFollowed
    count = _one(rule, "COUNT")
    try:
        return rrule.rrule(
            frequency,
            dtstart=begins,
            interval=interval,
            count=None if count is None else int(count),
            until=_last(_one(rule, "UNTIL")),
            byweekday=[_weekday(str(day)) for day in rule.get("BYDAY", ())] or None,
            bymonth=months or None,
            bymonthday=days or None,
            bysetpos=[int(n) for n in rule.get("BYSETPOS", ())] or None,
            wkst=WEEKDAYS.get(str(_one(rule, "WKST"))),
        )
    except (ValueError, TypeError, OverflowError) as error:
        raise NotFollowed from error


def _one(rule: Mapping[str, Sequence[Any]], name: str) -> Any:
    return next(iter(rule.get(name, ())), None)


def _last(until: object) -> datetime | None:
    """As the wall shows it; who calls has brought it into the zone of the entry."""
    if isinstance(until, datetime):
        return until.replace(tzinfo=None)
    return datetime.combine(until, time.max) if isinstance(until, date) else None


def _weekday(text: str) -> Any:
    match = _BY_DAY.fullmatch(text)
    if match is None:
        raise NotFollowed
    day = WEEKDAYS[match[2]]
    return day(int(match[1])) if match[1] else day


def _can_be(months: Sequence[int], days: Sequence[int]) -> bool:
    """Whether any of these days is in any of these months. The 30th of February is looked for until the year 9999."""
    if not all(1 <= abs(day) <= 31 for day in days):
        return False
    if not (months and days):
        return True
    for month in months:
        for day in days:
            with suppress(ValueError):
                date(2024, month, abs(day))
                return True
    return False
