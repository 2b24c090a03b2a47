"""What is said of a suggestion: how sure, what became of it, and why it was held back. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from gum_app.rules.abilities import NAMES
from gum_app.rules.silences import SENTENCES
from gum_app.rules.utility import threshold, utility
from gum_app.suggestions import Deed, Kept, Suggestion, SuggestionState
from gum_app.ui.suggestion_lookup import Learned, Shown
from gum_app.ui.wording import moment, percent, times

EVENING_HOUR, MORNING_HOUR = 18, 9
BECAME: dict[SuggestionState, str] = {
    "waiting": "Waits for a better moment",
    "shown": "Shown",
    "taken": "Done",
    "dismissed": "Not wanted",
    "ignored": "Went by without an answer",
    "undone": "Done, and taken back",
    "expired": "Its time was over",
    "withdrawn": "No longer so, or you did it yourself",
    "refused": "Not shown",
}


def sure(suggestion: Suggestion) -> str:
    """“You may want this: 62 %. Worth saying from 41 %”."""
    offer = suggestion.offer
    if suggestion.wanted is None:
        return "Not judged yet"
    least = threshold(benefit=offer.benefit, cost_wrong=offer.cost_wrong, cost_silent=offer.cost_silent)
    return f"You may want this: {percent(suggestion.wanted)}. Worth saying from {percent(least)}"


def explained(shown: Shown) -> list[str]:
    """Each number that went into it, in a sentence."""
    suggestion, offer = shown.suggestion, shown.suggestion.offer
    said = [
        f"There is something to help with: {percent(offer.belief)}, from the propositions and what was seen.",
        f"If it is wanted it helps: {offer.benefit} of 10.",
        f"If it is not wanted it disturbs: {offer.cost_wrong} of 10.",
        f"If it is wanted and not said, that costs: {offer.cost_silent} of 10.",
    ]
    if suggestion.wanted is not None:
        expected = utility(
            suggestion.wanted,
            benefit=offer.benefit,
            cost_wrong=offer.cost_wrong,
            cost_silent=offer.cost_silent,
        )
        rate = percent(suggestion.wanted / offer.belief) if offer.belief else percent(0)
        taken = (
            "you take {} of such offers"
            if shown.answered
            else "{} of such offers are taken; of you it is not known yet"
        )
        said += [
            f"You want it: {percent(suggestion.wanted)}, as {taken.format(rate)}.",
            f"To say it is worth {expected.speak:+.1f}, to keep silent {expected.silent:+.1f}.",
        ]
    return said


def found_by(made_by: str) -> str:
    """A rule by its name, or the model."""
    who, _, name = made_by.partition(":")
    return f"Found by the rule “{name}”." if who == "rule" else f"Thought of by the model {name.split(' ')[0]}."


def became(suggestion: Suggestion, deed: Deed | None, now: datetime) -> str:
    """“Done, 14:02: the reminder is set.”"""
    at = moment(suggestion.changed_at, now)
    if deed is not None and deed.undone_at is None:
        return f"{deed.result} ({at})"
    return f"{_became(suggestion)}, {at}"


def _became(suggestion: Suggestion) -> str:
    if suggestion.state == "refused" and suggestion.silence is not None:
        return SENTENCES[suggestion.silence].rstrip(".")
    return BECAME[suggestion.state]


def held_back(kept: Kept, now: datetime) -> str:
    """“Held back because you are in a call: three times, last 14:02”."""
    sentence = SENTENCES[kept.silence].rstrip(".")
    return f"{sentence}: {times(kept.count)}, last {moment(kept.last_at, now)}."


def laters(now: datetime) -> list[tuple[str, int]]:
    """What “later” may mean at this hour, and in how many minutes that is."""
    evening = now.replace(hour=EVENING_HOUR, minute=0, second=0, microsecond=0)
    morning = (now + timedelta(days=1)).replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)
    found = [("In half an hour", 30), ("In 2 hours", 120)]
    if evening - now > timedelta(hours=2):
        found.append(("This evening, 18:00", _minutes(evening - now)))
    return [*found, ("Tomorrow, 09:00", _minutes(morning - now))]


def _minutes(span: timedelta) -> int:
    return max(1, round(span.total_seconds() / 60))


def learned(one: Learned) -> str:
    """“Answered 7 times, taken 3 times. The next is taken with 41 %. More of these. …”: its name stands above it."""
    said = f"Answered {times(one.offered)}, taken {times(one.taken)}. The next is taken with {percent(one.taste.rate)}."
    return f"{said} {'You never want these.' if one.never else one.told.replace(f': {NAMES[one.kind]}', '', 1)}"
