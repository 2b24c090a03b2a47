"""Why it is shown as so sure: the first guess, what evidence made of it, what the record of its source did to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gum_app.records import Curve, Proposition
from gum_app.rules.confidence import DOUBTED_FACTOR
from gum_app.rules.curves import NOT_BEYOND
from gum_app.ui.belief_wording import maker, said_by_the_person
from gum_app.ui.fold import Fold
from gum_app.ui.pieces import Word, column, muted, row
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, percent

ANYTHING = {"": "anything", "rule": "any rule", "model": "any model"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the three numbers, and the sentence that explains it."""

    name: str
    share: float
    sentence: str


def steps(belief: Proposition, curve: Curve) -> tuple[Step, ...]:
    """Empty where the person said it: then there is nothing to explain but that."""
    if said_by_the_person(belief):
        return ()
    return (
        Step(name="First guess", share=belief.confidence_raw, sentence=_raw_told(belief)),
        Step(name="With the evidence", share=belief.confidence_evidence, sentence=_evidence_told(belief)),
        Step(name="As shown", share=belief.confidence, sentence=_track_record_told(belief, curve)),
    )


def why_so_sure(belief: Proposition, curve: Curve) -> QWidget:
    """A sentence, or a line that opens into three."""
    told = steps(belief, curve)
    if not told:
        return muted(f"You said so yourself. Your word counts as {percent(belief.confidence)}, whatever else is seen.")
    lines = [
        column(row(Word(f"{step.name}: {percent(step.share)}", bold=True), -1), muted(step.sentence), spacing=1)
        for step in told
    ]
    return Fold(f"Why {percent(belief.confidence)}?", *lines, spacing=SPACE)


def _raw_told(belief: Proposition) -> str:
    who = maker(belief.made_by)
    return f"What {who} gave it when it was first noticed, before anything else was seen."


def _evidence_told(belief: Proposition) -> str:
    against = sum(not item.supports for item in belief.evidence)
    parts = [
        f"{counted(len(belief.evidence) - against, 'piece')} of evidence for it"
        + (f" and {against:,} against it" if against else "")
        + f" {'make' if len(belief.evidence) != 1 else 'makes'} it {percent(belief.confidence_evidence)}.",
        "Repeats within one episode count once.",
        f"Evidence of this sort by itself never carries it beyond {percent(belief.ceiling)}.",
    ]
    if belief.state == "doubted":
        parts.append(f"Something spoke against it: it counts {percent(DOUBTED_FACTOR)} until it is seen again.")
    return " ".join(parts)


def _track_record_told(belief: Proposition, curve: Curve) -> str:
    who = maker(belief.made_by)
    before, now = percent(belief.confidence_evidence), percent(belief.confidence)
    if not curve.verdicts:
        return f"Nothing that {who} said has been judged by you yet, so it is shown as the evidence makes it."
    judged = f"you have judged {counted(curve.verdicts, 'proposition')}"
    if curve.source == belief.made_by:
        record = f"Of what {who} said {judged}."
    else:
        record = f"Nothing that {who} said has been judged by you, but of {ANYTHING[curve.source]} {judged}."
    held = " What only somebody else claims stays below one half, whatever the record." if _is_held(belief) else ""
    return f"{record} After that record, {before} is shown as {now}.{held}"


def _is_held(belief: Proposition) -> bool:
    return belief.ceiling <= NOT_BEYOND and belief.confidence >= belief.ceiling
