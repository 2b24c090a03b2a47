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
    """After the last of `answers`, in any order."""
    if kind in settings.never_offered:
        return f"Never again: {NAMES[kind]}. You can lift that in the settings."
    said = counted(kind, answers)
    until = taste(kind, said, now).resting_until
    if until is not None:
        return f"Fewer of these: {_refused(said)}; the next comes {clock_time(until, now)} at the earliest."
    if refused_in_a_row(said):
        return f"Noted: {_refused(said)}. After two refusals in a row this kind rests: {NAMES[kind]}."
    lately = said[-LOOKED_BACK:]
    taken = sum(bool(WORTH[each.answer].taken) for each in lately)
    if not taken:
        return f"Nothing changes yet about this kind: {NAMES[kind]}."
    return f"Noted: {_of(taken, len(lately))} right. More of this kind may come: {NAMES[kind]}."


def _refused(said: list[Answered]) -> str:
    lately = said[-LOOKED_BACK:]
    refused = sum(WORTH[each.answer].refused > 0 for each in lately)
    return f"{_of(refused, len(lately))} refused or passed over"


def _of(some: int, of: int) -> str:
    if of == 1:
        return "the last one was"
    if some == of:
        return f"the last {NUMBERS[of]} were"
    return f"{NUMBERS[some]} of the last {NUMBERS[of]} {'was' if some == 1 else 'were'}"
