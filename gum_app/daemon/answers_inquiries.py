"""The person answers a question, or lifts what they rejected. An answer is a deed of theirs: it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime

from gum_app.daemon.answers_judging import (
    BINDING,
    by_person,
    in_own_words,
    keep_verdict,
    same_as,
    the_proposition,
    told_topic,
)
from gum_app.daemon.questions import number_of, proposition_id_of, statement_of
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.records import CURRENT, Inquiry, InquiryId, Proposition, Revision, Verdict
from gum_app.rules.revisions import is_the_persons_word
from gum_app.store.store import Store

NOT_OPEN = "That question is not open any more."
ANSWERS = ("yes", "no", "changed", "never")
VERDICTS: dict[str, Verdict] = {"yes": "right", "no": "wrong", "changed": "partly"}


class InquiryAnswers:
    def __init__(self, room: Room, writing: Callable[[], AbstractContextManager[Store]]) -> None:
        """`writing` gives the store to whoever holds the pen."""
        self._room, self._writing = room, writing
        self.verbs: dict[str, Callable[[Question], Iterator[Answer]]] = {"answer": self._answer, "lift": self._lift}

    def _answer(self, question: Question) -> Iterator[Answer]:
        """`answer`: yes (it is so, or still so), no (not, or not any more), changed (with `text`), never (ask)."""
        answer = question.get("answer")
        if answer not in ANSWERS:
            raise BadInput("An answer is yes, no, changed or never.")
        text = statement_of(question) if answer == "changed" else ""
        with self._writing() as store, store.transaction():
            now = self._room.clock.now()
            inquiry = _open(store, InquiryId(number_of(question, "inquiry")), now)
            belief = the_proposition(store, inquiry.proposition_id)
            if belief.state not in CURRENT:  # said in another window, or merged, since the question was shown
                raise BadInput(NOT_OPEN)
            revisions = _revisions(store, inquiry, belief, str(answer), text, now)
            if revisions:
                store.add_together(revisions)
            store.put_answer(inquiry.id, str(answer), with_deed=bool(revisions))
            if inquiry.revision_id is None and answer in VERDICTS:
                keep_verdict(store, belief, VERDICTS[str(answer)], now)
        self._room.learn_soon()
        yield {"answered": answer}

    def _lift(self, question: Question) -> Iterator[Answer]:
        """What was rejected may be believed again."""
        with self._writing() as store, store.transaction():
            belief = the_proposition(store, proposition_id_of(question))
            if belief.state != "rejected":
                raise BadInput("That is not kept away, so there is nothing to lift.")
            store.add_revisions([by_person(belief, "lifted", "You lifted it.", self._room.clock.now())])
        yield {"lifted": True}


def _open(store: Store, id_: InquiryId, now: datetime) -> Inquiry:
    inquiry = store.inquiry(id_)
    if inquiry is None or inquiry.answer is not None or inquiry.expires_at <= now:
        raise BadInput(NOT_OPEN)
    return inquiry


def _revisions(
    store: Store, inquiry: Inquiry, belief: Proposition, answer: str, text: str, now: datetime
) -> tuple[Revision, ...]:
    if answer == "never":
        return ()
    if answer == "yes":
        return (
            by_person(belief, "confirmed", "You said that it is so.", now),
            *_others(store, inquiry, belief, now),
        )
    if inquiry.revision_id is None:
        if answer == "changed":
            return (in_own_words(belief, text, now),)
        return tuple(by_person(each, *BINDING["wrong"], now) for each in (*same_as(store, belief), belief))
    ended = by_person(belief, "ended", "You said that it is no longer so.", now)
    if answer == "no":
        return (ended,)
    begun = replace(
        in_own_words(belief, text, now),
        kind="created",
        proposition_id=None,
        topic=told_topic(text),
        value="",
        other=belief.id,
    )
    return (begun, ended)


def _others(store: Store, inquiry: Inquiry, belief: Proposition, now: datetime) -> tuple[Revision, ...]:
    """What spoke against it is set aside, unless the person said that too."""
    asked = next((revision for revision in belief.revisions if revision.id == inquiry.revision_id), None)
    other = store.proposition(asked.other) if asked is not None and asked.other is not None else None
    if other is None or other.state not in CURRENT or is_the_persons_word(other):
        return ()
    return (replace(by_person(other, "retired", "You said that the other is still so.", now), other=belief.id),)
