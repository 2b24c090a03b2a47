"""What the person says about a suggestion, kept: by a window, a command, or a button of a notification."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gum_app.errors import BadInput
from gum_app.rules.durations import clock_time
from gum_app.rules.taste_told import what_changes
from gum_app.store.store import Store
from gum_app.suggestions import OPEN, Answer, Answered, OfferKind, Suggestion

LATER = timedelta(hours=2)
LOOKED_BACK_FOR = timedelta(days=365)  # what is older weighs next to nothing
CLOSED = "That suggestion is over: nothing more can be said about it."


def give(store: Store, kept: Suggestion, answer: Answer, now: datetime, minutes: float | None = None) -> str:
    """Keep it, and tell what it changes. Within a transaction. Raises BadInput where the suggestion is over."""
    may_change = kept.state in {*OPEN, "ignored"}
    if answer in {"later", "dismissed"} and not may_change:
        raise BadInput(CLOSED)
    store.add_suggestion_answer(Answered(kind=kept.offer.kind, answer=answer, at=now, suggestion_id=kept.id))
    if answer == "later":
        later = now + (timedelta(minutes=minutes) if minutes is not None else LATER)
        store.put_suggestion(replace(kept, state="waiting", changed_at=now, not_before=later, silence=None))
        over = "; it may be over by then" if kept.offer.good_until <= later else ""
        return f"It waits until {clock_time(later, now)}{over}."
    if answer in {"dismissed", "never"} and may_change:
        store.put_suggestion(replace(kept, state="dismissed", changed_at=now))
    if answer == "never":
        offer_no_more(store, kept.offer.kind)
    answers = store.suggestion_answers(since=now - LOOKED_BACK_FOR)
    return what_changes(kept.offer.kind, answers, now, store.settings())


def ignore(store: Store, kept: Suggestion, now: datetime) -> None:
    """It was shown, and nobody said anything. Within a transaction."""
    store.add_suggestion_answer(Answered(kind=kept.offer.kind, answer="ignored", at=now, suggestion_id=kept.id))
    store.put_suggestion(replace(kept, state="ignored", changed_at=now))


def offer_no_more(store: Store, kind: OfferKind) -> None:
    never = store.settings().never_offered
    store.put_setting("never_offered", [*never, kind] if kind not in never else list(never))


def offer_again(store: Store, kind: OfferKind) -> None:
    store.put_setting("never_offered", [each for each in store.settings().never_offered if each != kind])
