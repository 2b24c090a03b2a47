"""What is brought in from other programs: what each kind is called, how far back it goes, and why things are left out.

Windows, commands and the daemon speak of it in these words.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gum_app.records import ImportKind, Observation

KIND_NAMES: dict[ImportKind, str] = {
    "activitywatch": "an export of ActivityWatch",
    "gum": "a gum.db, of the program gum",
    "calendar": "calendar entries",
}
WHAT_IT_BECOMES: dict[ImportKind, str] = {
    "activitywatch": "What was in front, as if it had been seen here. Time in which nobody was there does not count.",
    "gum": (
        "What that program concluded, as its claims: none of them is believed by more than one half, and your own acts"
        " count more. Its notes of whole screens stay out, since they do not say from which window they are."
    ),
    "calendar": "Titles, days, hours and places. Descriptions and guests are not read.",
}
CALENDAR_APP = "Calendar"  # the program under which entries stand
GUM_APP = "gum"  # and the claims of that program
CLAIM_TITLE = "A claim of the program gum"

AHEAD = timedelta(days=365)  # of a calendar
LONGEST_BACK = timedelta(days=365)

TOO_OLD = "older than words are kept"
IN_FUTURE = "dated in the future"
PASSED_BY = "in front for less than a second"
MAY_BE_PRIVATE = "browser windows that may have been private"
SEEN_HERE = "times at which gum-app watched itself"
REFUSED_THERE = "what you called wrong in that program"
NOT_ABOUT_YOU = "claims that are not about you, or judge you"
ORDERS_IN_IT = "text that gives orders to software"


def is_dated_by_reading(seen: Observation) -> bool:
    """Words of a file about another time than that under which they stand: nobody did anything then."""
    return seen.source == "import" and seen.active_seconds <= 0 and seen.ended_at == seen.started_at


def reads_since(now: datetime, keep_words_days: int) -> datetime:
    """What lies before is not brought in: it would be let go the next hour."""
    return now - timedelta(days=keep_words_days)


def calendar_since(now: datetime, keep_words_days: int) -> datetime:
    return max(reads_since(now, keep_words_days), now - LONGEST_BACK)
