"""What is said of what is kept: what a forgetting takes, and where the use of the disk is going. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from gum_app.ui.wording import bytes_told, counted

GONE: tuple[tuple[str, str, str], ...] = (
    ("observations", "episode", "episodes"),
    ("untold", "episode’s words", "episodes’ words"),
    ("rows", "row of words", "rows of words"),
    ("thumbnails", "small picture", "small pictures"),
    ("propositions", "proposition", "propositions"),
    ("evidence", "piece of evidence", "pieces of evidence"),
    ("revisions", "change of mind", "changes of mind"),
    ("suggestions", "suggestion", "suggestions"),
    ("reminders", "reminder", "reminders"),
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
