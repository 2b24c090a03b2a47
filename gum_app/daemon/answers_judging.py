"""What windows and commands may ask about right and wrong: a verdict, a spot check, and what is learned from both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from random import SystemRandom

from gum_app.daemon.questions import proposition_id_of
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.records import (
    CURRENT,
    PERSON,
    Feedback,
    Proposition,
    PropositionId,
    Revision,
    RevisionKind,
    SpotCheck,
    SpotCheckId,
    Verdict,
)
from gum_app.rules.alike import TWIN_WORDS, says_the_same
from gum_app.rules.confidence import BY_THE_PERSON
from gum_app.rules.matters import matters_in
from gum_app.rules.revisions import is_the_persons_word, of_belief
from gum_app.rules.spot_check import draw, still_open
from gum_app.store.store import Store

CHANCE = SystemRandom()  # nobody can foresee what is drawn
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "partly")
BINDING: dict[Verdict, tuple[RevisionKind, str]] = {
    "right": ("confirmed", "You said that this is right."),
    "wrong": ("rejected", "You said that this is wrong."),
}


class JudgingAnswers:
    def __init__(self, room: Room, writing: Callable[[], AbstractContextManager[Store]]) -> None:
        """`writing` gives the store to whoever holds the pen."""
        self._room, self._writing = room, writing
        self.verbs: dict[str, Callable[[Question], Iterator[Answer]]] = {
            "say": self._say,
            "spot_check": self._spot_check,
            "spot_check_answer": self._spot_check_answer,
            "spot_check_offered": self._spot_check_offered,
        }

    def _say(self, question: Question) -> Iterator[Answer]:
        verdict = _verdict_of(question)
        with self._writing() as store, store.transaction():
            self._judge(store, the_proposition(store, proposition_id_of(question)), verdict)
        self._room.learn_soon()
        yield {"said": verdict}

    def _spot_check(self, _question: Question) -> Iterator[Answer]:
        """Draw, or go on with what was drawn and not judged to the end. The windows read the draws themselves."""
        now = self._room.clock.now()
        with self._writing() as store, store.transaction():
            drawn = still_open(store.spot_checks(), now)
            if not drawn:
                drawn = draw(store.candidates(now), CHANCE, at=now)
                store.add_spot_checks(drawn)
        if not drawn:
            raise BadInput("There is nothing to judge: all that is shown is your own word, or was judged lately.")
        yield {"drawn": len(drawn)}

    def _spot_check_answer(self, question: Question) -> Iterator[Answer]:
        """As `say`, of a draw; an earlier answer to it is taken back. `skip` answers nothing."""
        skips = question.get("verdict") == "skip"
        verdict = None if skips else _verdict_of(question)
        with self._writing() as store, store.transaction():
            check = _the_draw(store, question)
            self._take_back(store, check)
            store.put_skipped(check.id, skips)
            if verdict is not None:
                self._judge(store, the_proposition(store, check.proposition_id), verdict, check.id)
        self._room.learn_soon()
        yield {"said": verdict}

    def _spot_check_offered(self, _question: Question) -> Iterator[Answer]:
        with self._writing() as store:
            store.put_spot_check_offered(self._room.clock.now())
        yield {"noted": True}

    def _judge(
        self, store: Store, belief: Proposition, verdict: Verdict, spot_check: SpotCheckId | None = None
    ) -> None:
        """The person's word, and how sure it was before they spoke.

        Said unasked once more, after other deeds, it is a deed: else taking it back would take back one of those.
        """
        now = self._room.clock.now()
        known = (verdict == "right" and belief.confirmed) or (verdict == "wrong" and belief.state == "rejected")
        stands = belief.state != "replaced" or verdict == "wrong"  # another says it now: it has no place beside that
        if not stands and spot_check is None:
            raise BadInput("Another says that now, since they were made one or it was split: judge that one.")
        if verdict in BINDING and stands and not (known and (spot_check is not None or _was_just_said(store, belief))):
            alike = same_as(store, belief) if verdict == "wrong" else []
            store.add_together(by_person(each, *BINDING[verdict], now) for each in (*alike, belief))
        keep_verdict(store, belief, verdict, now, spot_check)

    def _take_back(self, store: Store, check: SpotCheck) -> None:
        before = store.drop_answer(check.id)
        belief = store.proposition(check.proposition_id)
        if before is None or belief is None:
            return
        kind = BINDING.get(before.verdict, (None, ""))[0]
        said = [r for r in belief.revisions if r.made_by == PERSON and r.kind == kind and r.at == before.at]
        for revision in said:
            store.take_back(revision, self._room.clock.now())


def _was_just_said(store: Store, belief: Proposition) -> bool:
    """Whether the newest thing that can be taken back is a verdict on this one."""
    last = store.last_undoable()
    verdicts = {kind for kind, _ in BINDING.values()}
    return last is not None and last.proposition_id == belief.id and last.kind in verdicts


def keep_verdict(
    store: Store, belief: Proposition, verdict: Verdict, at: datetime, spot_check: SpotCheckId | None = None
) -> None:
    """With how sure it was before it was learned. Of a private kind that is wrong the next is kept more strictly.

    `at` is that of the revision which says the same, so that both are taken back together.
    """
    if verdict == "wrong" and belief.state != "rejected":
        store.note_reluctance(matters_in([belief.text, *(item.quote for item in belief.evidence)]))
    store.add_feedback(
        Feedback(
            at=at,
            proposition_id=belief.id,
            verdict=verdict,
            confidence_shown=belief.confidence,
            confidence_evidence=belief.confidence_evidence,
            made_by=PERSON if belief.edited or belief.confirmed else belief.made_by,
            spot_check=spot_check,
        )
    )


def by_person(belief: Proposition, kind: RevisionKind, why: str, at: datetime) -> Revision:
    return of_belief(kind, belief, why=why, made_by=PERSON, at=at)


def same_as(store: Store, belief: Proposition) -> list[Proposition]:
    """What is believed under other topics and says the same: it is wrong too. The person's own word is left alone."""
    return [
        near
        for near in store.similar(belief.text)
        if near.id != belief.id
        and near.state in CURRENT
        and not is_the_persons_word(near)
        and says_the_same(belief.text, near.text, TWIN_WORDS, same_value=belief.value == near.value)
    ]


def in_own_words(belief: Proposition, text: str, at: datetime) -> Revision:
    """As the person wrote it: an edit of the belief."""
    edit = by_person(belief, "edited", "You wrote it in your own words.", at)
    return replace(edit, text=text, confidence_raw=BY_THE_PERSON, ceiling=BY_THE_PERSON)


def told_topic(text: str) -> str:
    """Of what the person tells in words of their own: the same words are about the same."""
    return f"told:{text.casefold()}"


def the_proposition(store: Store, id_: PropositionId) -> Proposition:
    found = store.proposition(id_)
    if found is None:
        raise BadInput(f"There is no proposition {id_}: it may have been forgotten.")
    return found


def _verdict_of(question: Question) -> Verdict:
    for verdict in VERDICTS:
        if question.get("verdict") == verdict:
            return verdict
    raise BadInput("A verdict is right, wrong or partly.")


def _the_draw(store: Store, question: Question) -> SpotCheck:
    id_ = question.get("id")
    check = store.spot_check(SpotCheckId(id_)) if isinstance(id_, int) else None
    if check is None:
        raise BadInput("That was not drawn, or it has been forgotten: start the spot check again.")
    return check
