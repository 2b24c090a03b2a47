"""Has the model look once more at what is about to be kept: statements, and rows about which the rules were in doubt.

It can only make stricter. Where it fails, what waits for it is not kept: the failure is one of the episodes'.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum_app.daemon.keeper import OWN_APP
from gum_app.daemon.mind import Mind
from gum_app.pipeline.answers import MOST_JUDGED
from gum_app.pipeline.audit_asked import DoubtfulRow, audit_prompt, doubtful_rows, verdicts_of
from gum_app.pipeline.propose import Refusal
from gum_app.records import Draft, Matter, Observation, ObservationId, Person, Ruling, Skip
from gum_app.rules.norms import Norms
from gum_app.rules.orders import ORDERS
from gum_app.store.store import Cutting, Store

STATEMENT = "a statement of the model"  # as the rule of a ruling
_MATTER_OF_REFUSAL: dict[Refusal, Matter] = {"nobody's business": "private", "a secret": "credentials"}


@dataclass(frozen=True, kw_only=True)
class Audited:
    """`drafts` may be kept; of these episodes only so much may stay; `rulings` with their program and episode."""

    drafts: tuple[Draft, ...]
    cuttings: tuple[Cutting, ...] = ()
    rulings: tuple[tuple[Ruling, str, ObservationId | None], ...] = ()

    def write(self, store: Store, at: datetime) -> None:
        """All but the drafts; within a transaction."""
        if self.cuttings:
            store.cut_kept(self.cuttings, preview=False)
        for ruling, app, id_ in self.rulings:
            store.add_rulings([ruling], app=app, at=at, observation_id=id_)


class Auditor:
    """Belongs to the interpreter's thread."""

    def __init__(self, mind: Mind, *, norms: Callable[[], Norms], person: Callable[[], Person]) -> None:
        self._mind = mind
        self._norms = norms
        self._person = person

    def audit(
        self,
        drafts: Sequence[Draft],
        batch: Sequence[Observation],
        *,
        leaves: bool,
        stop: threading.Event | None = None,
    ) -> Audited:
        """One question, or none where there is no statement: rows go along with those, for themselves they are not
        worth one. `leaves`: it goes to another computer, and then no row about which there is doubt goes with it.

        Raises ModelTrouble, GaveWay.
        """
        if not drafts:
            return Audited(drafts=())
        norms = self._norms()
        rows = () if leaves else doubtful_rows(batch, MOST_JUDGED - len(drafts))
        prompt = audit_prompt(drafts, rows, norms=norms, person=self._person())
        count = len(drafts) + len(rows)
        verdicts = self._mind.ask(prompt, lambda text: verdicts_of(text, count, norms), stop=stop)
        of_drafts, of_rows = verdicts[: len(drafts)], verdicts[len(drafts) :]
        gone = [row for row, ruling in zip(rows, of_rows, strict=True) if ruling is not None]
        return Audited(
            drafts=tuple(
                draft
                for draft, ruling in zip(drafts, of_drafts, strict=True)
                if ruling is None and not any(_quotes(draft, row) for row in gone)
            ),
            cuttings=_cuttings(batch, gone),
            rulings=(
                *_rulings_of_drafts(drafts, of_drafts),
                *((ruling, row.app, row.observation_id) for row, ruling in zip(rows, of_rows, strict=True) if ruling),
            ),
        )


def note_refused(store: Store, refused: Mapping[Refusal, int], at: datetime) -> None:
    """What a model concluded and the rules did not keep is listed like everything else; within a transaction."""
    for refusal, matter in _MATTER_OF_REFUSAL.items():
        if refused.get(refusal):
            ruling = Ruling(matter=matter, keeping="drop", rule=STATEMENT, count=refused[refusal])
            store.add_rulings([ruling], app=OWN_APP, at=at)
    if refused.get("an order"):
        store.add_skip(Skip(started_at=at, ended_at=at, rule=ORDERS, count=refused["an order"]))


def _quotes(draft: Draft, row: DoubtfulRow) -> bool:
    return any(item.quote in row.line.text or row.line.text in item.quote for item in draft.evidence)


def _cuttings(batch: Sequence[Observation], gone: Sequence[DoubtfulRow]) -> tuple[Cutting, ...]:
    texts = {(row.observation_id, row.line.text) for row in gone}
    touched = {row.observation_id for row in gone}
    return tuple(
        Cutting(id=seen.id, lines=tuple(line for line in seen.lines if (seen.id, line.text) not in texts))
        for seen in batch
        if seen.id in touched
    )


def _rulings_of_drafts(
    drafts: Sequence[Draft], rulings: Sequence[Ruling | None]
) -> list[tuple[Ruling, str, ObservationId | None]]:
    return [
        (ruling, draft.evidence[0].app, draft.evidence[0].observation_id)
        for draft, ruling in zip(drafts, rulings, strict=True)
        if ruling is not None
    ]
