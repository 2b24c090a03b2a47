"""What the page “Suggestions” reads, in one go: what is open, what became of others, reminders, what was learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.records import PropositionId
from gum_app.rules.judgement import still_watches_until
from gum_app.rules.taste import Taste, taste
from gum_app.rules.taste_told import what_changes
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.suggestions import (
    OFFER_KINDS,
    OPEN,
    Answer,
    Deed,
    Kept,
    OfferKind,
    Reminder,
    Silence,
    Suggestion,
    SuggestionId,
)

MOST_EARLIER = 30
LOOKED_BACK = timedelta(days=730)  # as the judge does: what is older weighs next to nothing
RATED: frozenset[Answer] = frozenset({"liked", "disliked"})


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A proposition that a suggestion rests on, as it reads now."""

    id: PropositionId
    text: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One suggestion with all that its card tells."""

    suggestion: Suggestion
    because: tuple[Ground, ...]
    silences: tuple[Kept, ...]
    deed: Deed | None
    rated: Answer | None
    answered: bool = False  # whether the person has said anything to one of its kind

    @property
    def id(self) -> SuggestionId:
        return self.suggestion.id

    @property
    def stands(self) -> bool:
        """Whether something was done that has not been taken back."""
        return self.deed is not None and self.deed.undone_at is None


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What the answers say of one kind of offer."""

    kind: OfferKind
    offered: int
    taken: int
    taste: Taste
    told: str  # what that changes, in a sentence or two
    never: bool


@dataclass(frozen=True, kw_only=True)
class Inbox:
    settings: Settings
    only_watches_until: datetime | None
    open: tuple[Shown, ...]
    earlier: tuple[Shown, ...]
    silent_today: tuple[tuple[Silence, int], ...]  # and how many suggestions were held back for it, today
    reminders: tuple[Reminder, ...]
    learned: tuple[Learned, ...]


def look_up_inbox(store: ReadingStore, now: datetime) -> Inbox:
    settings = store.settings()
    answers = store.suggestion_answers(since=now - LOOKED_BACK)
    kinds = {each.kind for each in answers if each.answer != "later"} | set(settings.never_offered)
    rated = {each.suggestion_id: each.answer for each in answers if each.answer in RATED}
    found = store.suggestions(OPEN)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = store.suggestions(since=midnight, limit=500)
    over = [each for each in store.suggestions(limit=2 * MOST_EARLIER) if each.state not in OPEN][:MOST_EARLIER]
    silent = Counter(
        kept.silence
        for each in {one.id: one for one in (*today, *found)}.values()
        for kept in store.silences(each.id)
        if kept.last_at >= midnight
    )
    return Inbox(
        settings=settings,
        only_watches_until=still_watches_until(settings, now),
        open=tuple(_shown(store, each, rated.get(each.id), kinds) for each in sorted(found, key=_order)),
        earlier=tuple(_shown(store, each, rated.get(each.id), kinds) for each in over),
        silent_today=tuple(sorted(silent.items(), key=lambda pair: (-pair[1], pair[0]))),
        reminders=tuple(store.reminders()),
        learned=tuple(
            Learned(
                kind=kind,
                offered=sum(each.kind == kind and each.answer not in RATED for each in answers),
                taken=sum(each.kind == kind and each.answer == "taken" for each in answers),
                taste=taste(kind, answers, now),
                told=what_changes(kind, answers, now, settings),
                never=kind in settings.never_offered,
            )
            for kind in OFFER_KINDS
            if kind in kinds
        ),
    )


def _order(suggestion: Suggestion) -> tuple[bool, float]:
    """Those that were shown first, then the newest."""
    return suggestion.state != "shown", -suggestion.made_at.timestamp()


def _shown(store: ReadingStore, suggestion: Suggestion, rated: Answer | None, answered: Collection[OfferKind]) -> Shown:
    texts = store.texts_of(suggestion.offer.because)
    beliefs = [store.proposition(id_) for id_ in suggestion.offer.because if id_ in texts]
    return Shown(
        suggestion=suggestion,
        because=tuple(
            Ground(id=each.id, text=each.text, confidence=each.confidence) for each in beliefs if each is not None
        ),
        silences=tuple(store.silences(suggestion.id)),
        deed=store.deed(suggestion.id),
        rated=rated,
        answered=suggestion.offer.kind in answered,
    )
