"""What is told of a file before it is brought in, and afterwards, in sentences: for windows and for the command line.

`Told` is what the daemon answers of a file: counts, and never a word of what is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gum_app.records import Import
from gum_app.rules.days import day_text
from gum_app.rules.imports import KIND_NAMES, WHAT_IT_BECOMES
from gum_app.rules.norms import DID, NAMES

Told = Mapping[str, Any]

_NOUNS: dict[str, str] = {"activitywatch": "episode", "calendar": "entry", "gum": "claim"}

MOST_GROUPS = 8
MOST_REASONS = 12


def what_it_is(told: Told) -> str:
    return f"{told['name']} holds {KIND_NAMES[told['kind']]}. {WHAT_IT_BECOMES[told['kind']]}"


def what_comes(told: Told) -> str:
    """Of what is new in it, and of what time."""
    new, changed, gone, already = (told[name] for name in ("new", "changed", "gone", "already"))
    parts = [f"{_counted(new, _NOUNS[told['kind']])} to bring in" if new else "Nothing new to bring in"]
    parts += [f"{changed:,} changed since you brought it in"] if changed else []
    parts += [f"{gone:,} to be taken away again, since it is not to be kept any more"] if gone else []
    parts += [f"{already:,} already here"] if already else []
    return f"{', '.join(parts)}.{_when(told)}"


def what_came(told: Told) -> str:
    parts = [f"{told['new']:,} brought in"] if told["new"] else []
    parts += [f"{told['changed']:,} changed"] if told["changed"] else []
    parts += [f"{told['gone']:,} taken away again"] if told["gone"] else []
    parts += [f"{told['already']:,} were here already"] if told["already"] else []
    return f"{', '.join(parts) or 'Nothing was brought in'}."


def brings_something(told: Told) -> bool:
    return bool(told["new"] or told["changed"] or told["gone"])


def group_lines(told: Told) -> list[str]:
    """Programs or calendars, the longest first: “Code: 104 episodes, 10.4 hours”."""
    groups: Sequence[Told] = told["groups"]
    lines = [
        f"{group['name']}: {_counted(group['count'], _NOUNS[told['kind']])}{_hours(group['seconds'])}"
        for group in groups[:MOST_GROUPS]
    ]
    more = len(groups) - MOST_GROUPS + told["more_groups"]
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def left_out_lines(told: Told) -> list[str]:
    """By which rule how much is left out, or kept without its words."""
    left: Sequence[Told] = told["left_out"]
    lines = [f"{one['count']:,}: {one['reason']}" for one in left[:MOST_REASONS]]
    if (more := sum(one["count"] for one in left[MOST_REASONS:])) > 0:
        lines.append(f"{more:,}: other rules")
    return lines


def ruling_lines(told: Told) -> list[str]:
    """What the audit decided of what is kept, by kind."""
    return [f"{one['count']:,}: {NAMES[one['matter']]}, {DID[one['keeping']]}" for one in told["rulings"]]


def progress_line(progress: Mapping[str, int] | None) -> str:
    if not progress:
        return "Reading …"
    share = f"{100 * progress['done'] // progress['of']} %, " if progress["of"] else ""
    return f"Reading: {share}{progress['things']:,} looked at"


def import_line(one: Import) -> str:
    """“calendar entries, on Monday 2 March 2026: 104 kept, 12 left out”."""
    ended = "" if one.ended_at is not None else " (stopped before its end)"
    left = f", {one.left_out:,} left out" if one.left_out else ""
    return f"{KIND_NAMES[one.kind]}, on {day_text(one.began_at.date())}: {one.kept:,} here{left}{ended}"


def _when(told: Told) -> str:
    if not told["first_at"]:
        return ""
    first, last = (datetime.fromisoformat(told[name]).date() for name in ("first_at", "last_at"))
    if first == last:
        return f" Of {day_text(first)}."
    return f" From {day_text(first)} to {day_text(last)}."


def _counted(count: int, thing: str) -> str:
    many = "entries" if thing == "entry" else f"{thing}s"
    return f"{count:,} {thing if count == 1 else many}"


def _hours(seconds: float) -> str:
    if seconds < 60:
        return ""
    return f", {seconds / 3600:.1f} hours" if seconds >= 5400 else f", {round(seconds / 60)} minutes"
