"""Numbers and states in words. Pure: what a window says is tested without a screen.

One word for one thing, the same in every window: proposition, evidence, confidence, fresh, right, wrong, forget.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from textwrap import wrap

from gum_app.records import PERSON, Evidence, Kind, Proposition, Source, State
from gum_app.rules.titles import shown_name
from gum_app.ui.status import Status

KIND_NAMES: dict[Kind, str] = {
    "task": "Task",
    "plan": "Plan",
    "schedule": "Schedule",
    "habit": "Habit",
    "preference": "Preference",
    "interest": "Interest",
    "skill": "Skill",
    "tool": "Tool",
    "relationship": "Relationship",
    "struggle": "Struggle",
}
KIND_SENTENCES: dict[Kind, str] = {
    "task": "What you are working on",
    "plan": "What you intend to do",
    "schedule": "What happens when",
    "habit": "What you do again and again",
    "preference": "How you like things",
    "interest": "What you like to know about",
    "skill": "What you do with ease",
    "tool": "What you work with",
    "relationship": "Who you deal with",
    "struggle": "What keeps getting in your way",
}
STATE_NAMES: dict[State, str] = {
    "active": "Believed",
    "doubted": "In doubt",
    "ended": "It was so",
    "replaced": "Merged or split",
    "retired": "Set aside",
    "rejected": "You said no",
}

SOURCE_NAMES: dict[Source, str] = {
    "window": "A window",
    "screen": "A window",
    "notification": "A notification",
    "note": "Your note",
    "import": "Brought in",
}
MADE_BY_MODEL = re.compile(r"model:(?P<model>.+) (?P<step>[a-z_]+) (?P<fingerprint>[0-9a-f]{6,})")
ASKED = {
    "observe": "shown pictures of an episode and asked what you did",
    "propose": "asked what follows from what you did",
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


def headline(status: Status, now: datetime) -> str:
    """The state in a few words, for the first line of the tray's menu."""
    if status.key == "not chosen":
        return "Not started yet"
    if status.is_paused and status.paused_until is not None:
        return f"Paused until {moment(status.paused_until, now)}"
    return {
        "watching": "Watching",
        "idle": "Waiting: you are away",
        "paused": "Paused",
        "session_locked": "Looking away: the screen is locked",
        "asleep": "Asleep",
        "no_light": "Not watching: no light was on",
        "needs_consent": "Not started yet",
        "needs_key": "Locked: the passphrase is needed",
        "trouble": "Something is wrong",
        "starting": "Starting …",
        "stopped": "Not running",
        "replayed": "A replayed recording: nothing is watched",
    }.get(status.state, status.sentence.removesuffix("."))


def today(status: Status) -> str:
    """What was kept and what was left out today; empty where there is nothing to say."""
    if not status.reachable or not status.consented:
        return ""
    seen = counted(status.observations_today, "episode")
    return f"Today: {seen} kept, looked away {times(status.skips_today)}"


def sends(status: Status) -> str:
    """Where words and pictures go beyond this computer; empty where they stay."""
    return goes_to(status.remote) if status.remote else ""


def goes_to(host: str) -> str:
    return f"Words and pictures go to {host}"


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
    """A program by the name people know: “org.gnome.TextEditor” → “Text Editor”."""
    return shown_name(app) if app else SOURCE_NAMES[source]


def span_of_days(days: float) -> str:
    """A half-life in words: “2 hours”, “5 days”, “8 months”, “2 years”."""
    for unit, length, until in (("hour", 1 / 24, 2), ("day", 1, 60), ("month", 30.44, 700)):
        if days < until:
            return counted(max(round(days / length), 1), unit)
    return counted(round(days / 365.25), "year")


def how_sure(confidence: float) -> str:
    """A probability in words."""
    for least, words in ((0.9, "very sure"), (0.75, "quite sure"), (0.55, "likely"), (0.35, "unsure")):
        if confidence >= least:
            return words
    return "doubtful"


def percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.01 else f"{round(share * 100)} %"


def how_fresh(freshness: float) -> str:
    """What is left of its weight, in a word."""
    for least, word in ((0.8, "fresh"), (0.5, "recent"), (0.2, "fading")):
        if freshness >= least:
            return word
    return "faded"


def confidence_told(belief: Proposition) -> str:
    """Where the number comes from, in sentences."""
    if belief.edited or belief.confirmed or any(r.made_by == PERSON and r.kind == "created" for r in belief.revisions):
        return f"You said so yourself. Your word counts as {percent(belief.confidence)}, whatever else is seen."
    against = sum(not item.supports for item in belief.evidence)
    parts = [
        f"The first guess was {percent(belief.confidence_raw)}.",
        f"{counted(len(belief.evidence) - against, 'piece')} of evidence for it"
        + (f" and {against:,} against it" if against else "")
        + f" {'make' if len(belief.evidence) != 1 else 'makes'} it {percent(belief.confidence)}.",
        f"Evidence of this sort never carries it beyond {percent(belief.ceiling)}.",
    ]
    if belief.state == "doubted":
        parts.append("Something spoke against it, so it is halved until it is seen again.")
    return " ".join(parts)


def said_by_the_person(belief: Proposition) -> bool:
    added = any(revision.made_by == PERSON and revision.kind == "created" for revision in belief.revisions)
    return belief.edited or belief.confirmed or added


def freshness_told(freshness: float, half_life_days: float, last_supported_at: datetime, now: datetime) -> str:
    return (
        f"Last seen {age(last_supported_at, now)}. It loses half of its weight every {span_of_days(half_life_days)} "
        f"without being seen again: {percent(freshness)} is left."
    )


def maker(made_by: str) -> str:
    """Who made a revision: “you”, “the rule “project””, “the model Qwen3-VL-4B”."""
    if made_by == PERSON:
        return "you"
    sort, _, name = made_by.partition(":")
    if sort == "rule" and name:
        return f"the rule “{name}”"
    made = MADE_BY_MODEL.fullmatch(made_by)
    return f"the model {made['model'] if made else name or made_by}"


def made_how(made_by: str) -> str:
    """What the model was asked when it said so, as a sentence; empty where no model did.

    From “model:Qwen3-VL-4B propose 3f2a91c0”: the model, the step, the fingerprint of the prompt.
    """
    made = MADE_BY_MODEL.fullmatch(made_by)
    if made is None:
        return ""
    asked = ASKED.get(made["step"], f"asked in the step “{made['step']}”")
    return f"It was {asked}, with version {made['fingerprint']} of the question."


def weight_told(item: Evidence) -> str:
    """What makes this evidence count for less; empty where it counts in full."""
    if not item.supports:
        return "speaks against it"
    return "somebody else’s words: counts little" if item.weight < 0.5 else ""


def bytes_told(number: float) -> str:
    """“850 KB”, “12 MB”, “1.4 GB”, in powers of ten as file managers count."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if number >= size:
            return (
                f"{number / size:.1f} {unit}" if number < 10 * size and unit != "KB" else f"{number / size:.0f} {unit}"
            )
    return f"{number:.0f} bytes"


GONE: tuple[tuple[str, str, str], ...] = (
    ("observations", "episode", "episodes"),
    ("thumbnails", "small picture", "small pictures"),
    ("propositions", "proposition", "propositions"),
    ("evidence", "piece of evidence", "pieces of evidence"),
    ("revisions", "change of mind", "changes of mind"),
    ("skips", "note that we looked away", "notes that we looked away"),
)


def forgotten(report: Mapping[str, object]) -> list[str]:
    """What goes, one line each; empty where nothing is left to forget."""
    return [counted(number, thing, things) for name, thing, things in GONE if (number := _number(report.get(name)))]


def changed_by_forgetting(report: Mapping[str, object]) -> str:
    """What stays but loses evidence; empty where nothing does."""
    number = _number(report.get("propositions_changed"))
    return (
        f"{counted(number, 'proposition')} {'stays' if number == 1 else 'stay'} with less evidence." if number else ""
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def forecast(used_bytes: float, bytes_a_day: float, days_so_far: int, keep_days: int, limit_mb: int) -> str:
    """Where the disk use is going if the days stay as they were. Says so where it is too early to tell."""
    if days_so_far < 2 or bytes_a_day <= 0:
        return "After two days of use there will be a forecast here."
    whole = used_bytes + bytes_a_day * max(keep_days - days_so_far, 0)
    daily = f"About {bytes_told(bytes_a_day)} a day"
    if whole >= limit_mb * 1e6:
        return (
            f"{daily}: it will reach the limit you set, {bytes_told(limit_mb * 1e6)}; then the oldest words go first."
        )
    leave = f"words leave after {counted(keep_days, 'day')}"
    return f"{daily}: it will level off at about {bytes_told(whole)}, because {leave}."


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
