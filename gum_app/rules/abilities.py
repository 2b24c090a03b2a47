"""What gum-app can do after a click, and what it cannot: as sentences, for the window and the command alike.

It is the whole list. Whatever is not in it is not done, and no suggestion may claim it.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from gum_app.rules.durations import clock_time
from gum_app.suggestions import Act, ActKind, Offer, OfferKind

OF_ACT: dict[ActKind, str] = {
    "draft": "Write the draft of a text into a new file in the outbox folder, or hand it to the clipboard.",
    "checklist": "Write a checklist into a new file in the outbox folder, or hand it to the clipboard.",
    "summary": "Write a summary of what was seen into a new file in the outbox folder, or hand it to the clipboard.",
    "reminder": "Keep a reminder and show it when its time has come.",
    "open": "Open a file, a folder or a web address with the program that opens it on this computer.",
    "gather": "Gather what is known about a topic into a new file in the outbox folder.",
    "focus": "Start a focus time, during which this desktop's own “do not disturb” is on.",
}
CAN: tuple[str, ...] = tuple(OF_ACT.values())
CANNOT: tuple[str, ...] = (
    "It sends nothing: no mail, no message, no form.",
    "It deletes and changes no file of yours: what it writes is new, and lies in the outbox folder.",
    "It runs no command and no script, and types and clicks nothing in other programs.",
    "It does nothing without your click on exactly what will happen.",
)
NOT_UNDONE: frozenset[ActKind] = frozenset({"open"})  # what was opened has been seen: nothing takes that back

# Kinds of offers, as “Fewer of these: …” names them.
NAMES: dict[OfferKind, str] = {
    "trouble": "things that go wrong again and again",
    "clash": "two things at the same time",
    "deadline": "dates that come near",
    "change": "changes that something else rests on",
    "draft": "things begun and left",
    "question": "questions without an answer",
    "break": "breaks after long work",
    "idea": "ideas of the language model",
}


def label(act: Act) -> str:
    """What the button says."""
    match act.kind:
        case "draft":
            return "Show the draft"
        case "checklist":
            return "Show the list"
        case "summary" | "gather":
            return "Show the summary"
        case "reminder":
            return "Remind me"
        case "open":
            return "Open"
        case "focus":
            return "Start focus time"
    assert_never(act.kind)


def says_it_all(act: Act) -> bool:
    """Whether one line of a notification tells the whole of what will happen: then its button does it at once."""
    return act.kind in {"reminder", "focus"}


def would(act: Act, now: datetime) -> str:
    """One sentence: what a click does."""
    match act.kind:
        case "draft" | "checklist" | "summary":
            return f"Writes “{act.title}”, as shown, into a new file in the outbox folder."
        case "gather":
            return f"Writes what is known about “{act.title}” into a new file in the outbox folder, after showing it."
        case "reminder":
            when = clock_time(act.at, now) if act.at is not None else "now"
            return f"Reminds you: “{act.title}”, {when}."
        case "open":
            return f"Opens {act.target} with the program for it. This cannot be undone."
        case "focus":
            return f"Starts a focus time of {act.minutes} minutes, with this desktop's “do not disturb” on."
    assert_never(act.kind)


def ends(offer: Offer, now: datetime) -> str:
    """One sentence: what makes a suggestion go away."""
    return (
        f"It goes away by itself at {clock_time(offer.good_until, now)}, once you have done it yourself, "
        "or when you forget what it rests on."
    )
