"""What windows and commands may ask about suggestions: the list with its reasons, and the person's answer to one.

An answer is all that is learned from. It changes what comes next, says so at once, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_args

from gum_app.daemon.answering import give, offer_again, offer_no_more
from gum_app.daemon.doing import NO_SUCH, Doing
from gum_app.daemon.questions import number_of
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer as Told
from gum_app.link import Question
from gum_app.records import PropositionId
from gum_app.rules.abilities import CAN, CANNOT, NAMES, NOT_UNDONE, ends, label, would
from gum_app.rules.judgement import still_watches_until
from gum_app.rules.pouring import shown_today
from gum_app.rules.silences import SENTENCES
from gum_app.rules.utility import utility
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.suggestions import (
    OFFER_KINDS,
    Answer,
    Deed,
    Kept,
    Suggestion,
    SuggestionId,
    SuggestionState,
)

Opening = Callable[[], AbstractContextManager[Store]]
Verb = Callable[[Question], Iterator[Told]]

STATES: tuple[SuggestionState, ...] = get_args(SuggestionState)
GIVEN: tuple[Answer, ...] = ("later", "dismissed", "liked", "disliked", "never")  # by the person, with a button
USUAL_NUMBER = 50
MOST_LISTED = 1000
LONGEST_LATER_MINUTES = 7 * 24 * 60


class SuggestionAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening) -> None:
        """`store` opens the store; `writing` does so with the pen held."""
        self._room, self._writing, self._store = room, writing, store
        self._doing = Doing(room)
        self.verbs: dict[str, Verb] = {
            "suggestions": self._list,
            "suggestion_preview": self._preview,
            "suggestion_do": self._do,
            "suggestion_undo": self._undo,
            "suggestion_answer": self._answer,
            "suggestion_unanswer": self._unanswer,
            "suggestion_never": self._never,
            "abilities": self._abilities,
        }

    def _list(self, question: Question) -> Iterator[Told]:
        """`states`: only these; `limit`; `id`: only this one."""
        now = self._room.clock.now()
        states, limit = states_of(question), limit_of(question)
        with self._store() as store:
            if "id" in question:
                found = [the_suggestion(store, suggestion_id_of(question))]
            else:
                found = store.suggestions(states, limit=limit)
            settings = store.settings()
            lately = store.suggestions(since=now - timedelta(days=1), limit=MOST_LISTED)
            yield {
                "suggestions": [told(store, each, now) for each in found],
                "watching_until": _iso(still_watches_until(settings, now)),
                "today": shown_today([each.shown_at for each in lately if each.shown_at is not None], now),
                "a_day": settings.suggestions_a_day,
            }

    def _preview(self, question: Question) -> Iterator[Told]:
        """Exactly what a click will do; `fingerprint` goes back with the click."""
        shown = self._doing.preview(suggestion_id_of(question))
        act = shown.act
        yield {
            "sentence": shown.sentence,
            "text": act.text,
            "fingerprint": shown.fingerprint,
            "target": act.target,
            "at": _iso(act.at),
            "minutes": act.minutes,
            "undo": act.kind not in NOT_UNDONE,
        }

    def _do(self, question: Question) -> Iterator[Told]:
        """`fingerprint`: of the preview that was clicked. Of anything else nothing is done."""
        fingerprint = question.get("fingerprint")
        if not isinstance(fingerprint, str):
            raise BadInput("Look first at what will happen: the fingerprint of its preview is needed.")
        done = self._doing.do(suggestion_id_of(question), fingerprint)
        yield {"result": done.result, "undo": done.can_undo, "text": done.text}

    def _undo(self, question: Question) -> Iterator[Told]:
        yield {"result": self._doing.undo(suggestion_id_of(question))}

    def _answer(self, question: Question) -> Iterator[Told]:
        """`id` and `answer`: later (with `minutes`), dismissed, liked, disliked, or never (any such)."""
        answer = _answer_of(question)
        minutes = minutes_of(question) if answer == "later" else None
        with self._writing() as store, store.transaction():
            said = give(
                store, the_suggestion(store, suggestion_id_of(question)), answer, self._room.clock.now(), minutes
            )
        self._room.offer_soon()
        yield {"said": said}

    def _unanswer(self, question: Question) -> Iterator[Told]:
        with self._writing() as store, store.transaction():
            kept, now = the_suggestion(store, suggestion_id_of(question)), self._room.clock.now()
            taken_back = store.take_back_answer(kept.id, GIVEN)
            if taken_back is None:
                raise BadInput("You have said nothing about it that could be taken back.")
            if taken_back.answer == "never":
                offer_again(store, taken_back.kind)
            if taken_back.answer in {"later", "dismissed", "never"} and kept.state in {"waiting", "dismissed"}:
                before: SuggestionState = "waiting" if kept.shown_at is None else "shown"
                store.put_suggestion(replace(kept, state=before, changed_at=now, not_before=None))
        yield {"said": "Taken back: it is as if you had not said it."}

    def _never(self, question: Question) -> Iterator[Told]:
        """`kind`, and `never`: whether such things are never offered; false lifts it."""
        kind, never = question.get("kind"), question.get("never", True)
        if kind not in OFFER_KINDS or not isinstance(never, bool):
            raise BadInput(f"“{kind}” is no kind of suggestion; there are: {', '.join(NAMES)}.")
        with self._writing() as store, store.transaction():
            if never:
                offer_no_more(store, kind)
            else:
                offer_again(store, kind)
        yield {"said": f"No more of these: {NAMES[kind]}." if never else f"Offered again: {NAMES[kind]}."}

    def _abilities(self, _question: Question) -> Iterator[Told]:
        yield {"can": list(CAN), "cannot": list(CANNOT)}


def told(store: ReadingStore, kept: Suggestion, now: datetime) -> Told:
    """All that is known of a suggestion, for those who show it."""
    offer, act = kept.offer, kept.offer.act
    deed = store.deed(kept.id)
    return {
        "id": kept.id,
        "kind": offer.kind,
        "title": offer.title,
        "why_now": offer.why_now,
        "because": list(_because(store, offer.because)),
        "seen_in": list(offer.seen_in),
        "act": {
            "kind": act.kind,
            "title": act.title,
            "text": act.text,
            "target": act.target,
            "at": _iso(act.at),
            "minutes": act.minutes,
        },
        "label": label(act),
        "can": would(act, now),
        "ends": ends(offer, now),
        **_numbers(kept),
        "state": kept.state,
        "silence": kept.silence,
        "silences": [_told_silence(each) for each in store.silences(kept.id)],
        "made_at": kept.made_at.isoformat(),
        "made_by": offer.made_by,
        "changed_at": kept.changed_at.isoformat(),
        "shown_at": _iso(kept.shown_at),
        "good_until": offer.good_until.isoformat(),
        "not_before": _iso(kept.not_before),
        "deed": None if deed is None else _told_deed(deed),
    }


def _numbers(kept: Suggestion) -> dict[str, Any]:
    """`speak` and `silent`: the expected utilities of saying it and of keeping silent; None before it was judged."""
    offer = kept.offer
    expected = None
    if kept.wanted is not None:
        expected = utility(
            kept.wanted, benefit=offer.benefit, cost_wrong=offer.cost_wrong, cost_silent=offer.cost_silent
        )
    return {
        "wanted": kept.wanted,
        "speak": expected.speak if expected is not None else None,
        "silent": expected.silent if expected is not None else None,
        "belief": offer.belief,
        "benefit": offer.benefit,
        "cost_wrong": offer.cost_wrong,
        "cost_silent": offer.cost_silent,
    }


def _because(store: ReadingStore, ids: Iterable[PropositionId]) -> Iterator[dict[str, Any]]:
    for id_ in ids:
        belief = store.proposition(id_)
        if belief is not None:
            yield {"id": id_, "text": belief.text, "confidence": belief.confidence}


def _told_silence(kept: Kept) -> dict[str, Any]:
    return {
        "silence": kept.silence,
        "sentence": SENTENCES[kept.silence],
        "count": kept.count,
        "first_at": kept.first_at.isoformat(),
        "last_at": kept.last_at.isoformat(),
    }


def _told_deed(deed: Deed) -> dict[str, Any]:
    return {"result": deed.result, "at": deed.at.isoformat(), "undone_at": _iso(deed.undone_at), "path": deed.path}


# What a question must hold


def suggestion_id_of(question: Question) -> SuggestionId:
    return SuggestionId(number_of(question, "id"))


def the_suggestion(store: ReadingStore, id_: SuggestionId) -> Suggestion:
    """Raises BadInput."""
    kept = store.suggestion(id_)
    if kept is None:
        raise BadInput(NO_SUCH)
    return kept


def states_of(question: Question) -> frozenset[SuggestionState]:
    """Empty: all. Raises BadInput."""
    given = question.get("states") or []
    if not isinstance(given, list) or not all(each in STATES for each in given):
        raise BadInput(f"Say which suggestions: a list of {', '.join(STATES)}.")
    return frozenset(given)


def limit_of(question: Question) -> int:
    limit = question.get("limit", USUAL_NUMBER)
    if type(limit) is not int or not 0 < limit <= MOST_LISTED:
        raise BadInput(f"Say how many to list, from 1 to {MOST_LISTED}.")
    return limit


def _answer_of(question: Question) -> Answer:
    given = question.get("answer")
    if given not in GIVEN:
        raise BadInput(f"An answer is one of: {', '.join(GIVEN)}.")
    answer: Answer = given
    return answer


def minutes_of(question: Question) -> float | None:
    minutes = question.get("minutes")
    if minutes is None:
        return None
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 < minutes <= LONGEST_LATER_MINUTES:
        raise BadInput(f"Say in how many minutes, from 1 to {LONGEST_LATER_MINUTES} (a week).")
    return float(minutes)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
