"""Numbers, times and texts in words. Pure: what a window says is tested without a screen.

One word for one thing, the same in every window: proposition, evidence, confidence, fresh, right, wrong, forget.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from textwrap import wrap

from gum_app.records import Source
from gum_app.rules.titles import shown_name

SOURCE_NAMES: dict[Source, str] = {
    "window": "A window",
    "screen": "A window",
    "notification": "A notification",
    "note": "Your note",
    "import": "Brought in",
}
LONG_WORD = re.compile(r"\S{61,}")
BREAK_EVERY = 20  # letters
ZERO_WIDTH_SPACE = "\u200b"

# Not from the locale: the sentences around them are English.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def counted(number: int, thing: str, things: str = "") -> str:
    """“1 episode”, “1,204 episodes”."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number:,} times")


def listed(parts: list[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def age(at: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that says enough: “just now”, “5 min ago”, “3 days ago”."""
    seconds = (now - at).total_seconds()
    if seconds < 90:
        return "just now"
    for unit, length, until in (("min", 60, 90 * 60), ("h", 3600, 36 * 3600), ("day", 86_400, 60 * 86_400)):
        if seconds < until:
            number = round(seconds / length)
            return f"{number} {unit if unit != 'day' or number == 1 else 'days'} ago"
    months = round(seconds / (30.44 * 86_400))
    return f"{months} months ago" if months < 24 else f"{months // 12} years ago"


def moment(at: datetime, now: datetime) -> str:
    """An instant as one would say it: “14:30”, “yesterday 14:30”, “tomorrow 06:00”, “10 March 14:30”."""
    at = at.astimezone(now.tzinfo)
    days = (at.date() - now.date()).days
    clock = f"{at:%H:%M}"
    if days == 0:
        return clock
    if days in {-1, 1}:
        return f"{'yesterday' if days < 0 else 'tomorrow'} {clock}"
    return f"{day_name(at.date(), now.date())} {clock}"


def day_name(day: date, today: date) -> str:
    """“10 March”, with the year where it is another one."""
    return f"{day.day} {MONTHS[day.month - 1]}" + ("" if day.year == today.year else f" {day.year}")


def day_said(day: date, today: date) -> str:
    """“Today, Tuesday 10 March”."""
    near = {0: "Today, ", 1: "Yesterday, "}.get((today - day).days, "")
    return f"{near}{WEEKDAYS[day.weekday()]} {day_name(day, today)}"


def lasts(seconds: float) -> str:
    """A length of time: “under 1 min”, “12 min”, “2 h 5 min”."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under 1 min"
    hours, minutes = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def program(app: str, source: Source = "screen") -> str:
    """A program by the name people know: “org.gnome.TextEditor” → “Text Editor”; a note was seen in none."""
    if source == "note":
        return SOURCE_NAMES[source]
    return shown_name(app) if app else SOURCE_NAMES[source]


def percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.01 else f"{round(share * 100)} %"


def bytes_told(number: float) -> str:
    """“850 KB”, “12 MB”, “1.4 GB”, in powers of ten as file managers count."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if number >= size:
            return (
                f"{number / size:.1f} {unit}" if number < 10 * size and unit != "KB" else f"{number / size:.0f} {unit}"
            )
    return f"{number:.0f} bytes"


def shorter(text: str, most: int = 160) -> str:
    """At most so many letters, cut between words."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def reads_right_to_left(text: str) -> bool:
    """By its first letter that has a direction, as Unicode decides for a paragraph (UAX #9, P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def breakable(text: str) -> str:
    """The same words, with places to break within those that are too long for a line, such as addresses."""
    return LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(wrap(word[0], BREAK_EVERY)), text)
