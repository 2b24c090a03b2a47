"""What an answer changes, told to the person at once: one sentence, with the numbers it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.rules.abilities import NAMES
from gum_app.rules.durations import clock_time
from gum_app.rules.taste import WORTH, counted, refused_in_a_row, taste
from gum_app.settings import Settings
from gum_app.suggestions import Answered, OfferKind

LOOKED_BACK = 5  # answers
NUMBERS = ("none", "one", "two", "three", "four", "five")


def what_changes(kind: OfferKind, answers: Iterable[Answered], now: datetime, settings: Settings) -> str:
    """After the last of `answers`, which may be in any order and of all kinds."""
    name = NAMES[kind]
    if kind in settings.never_offered:
        return f"No more of these: {name}. The page “Suggestions” can lift that."
    said = counted(kind, answers)
    lately = [WORTH[each.answer] for each in said[-LOOKED_BACK:]]
    unwanted = _of(sum(worth.refused > worth.taken for worth in lately), len(lately), "not wanted")
    until = taste(kind, said, now).resting_until
    if until is not None:
        return f"Fewer of these: {name}. {unwanted}; the next comes {clock_time(until, now)} at the earliest."
    if refused_in_a_row(said):
        return f"Fewer of these: {name}. {unwanted}; after two in a row they rest."
    if not lately:
        return f"Nothing changes yet: {name}."
    return f"More of these: {name}. {_of(sum(worth.taken > 0 for worth in lately), len(lately), 'welcome')}."


def _of(some: int, of: int, what: str) -> str:
    if of == 1:
        return f"The last one was {what}"
    if some == of:
        return f"The last {NUMBERS[of]} were {what}"
    return f"{NUMBERS[some].capitalize()} of the last {NUMBERS[of]} {'was' if some == 1 else 'were'} {what}"
