"""Parts of the pane that shows one proposition: how sure and how fresh, why, and its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from gum_app.records import Curve, Proposition, RevisionId
from gum_app.rules.freshness import freshness
from gum_app.rules.revisions import standing
from gum_app.ui.belief_wording import freshness_told, how_fresh, how_sure, made_how, maker
from gum_app.ui.drawn import Meter
from gum_app.ui.history import Change
from gum_app.ui.pieces import Card, Prose, Word, column, muted, row, section
from gum_app.ui.theme import SPACE
from gum_app.ui.three_numbers import why_so_sure
from gum_app.ui.wording import moment, percent

# Change what counts, and give no reason.
VERDICTS = frozenset(
    {"confirmed", "rejected", "lifted", "pinned", "unpinned", "contradicted", "merged", "absorbed", "divided"}
)
NOT_BELIEVED = "You said no: it is not believed, however often it is seen."


def sure_card(belief: Proposition, curve: Curve, now: datetime) -> Card:
    """Both numbers, each with what explains it. `curve`: the track record of its source."""
    fresh = freshness(belief.last_supported_at, belief.half_life_days, now)
    faded = muted(freshness_told(fresh, belief.half_life_days, belief.last_supported_at, now))
    parts = []
    for name, share, word, told in (
        ("Confidence", belief.confidence, how_sure(belief.confidence), why_so_sure(belief, curve)),
        ("Freshness", fresh, how_fresh(fresh), faded),
    ):
        says = f"{name}: {word}, {percent(share)}"
        head = row(Word(says, bold=True), -1)
        head.addWidget(Meter(share, says), alignment=Qt.AlignmentFlag.AlignVCenter)
        parts.append(column(head, told, spacing=2))
    sure = column(Prose(NOT_BELIEVED)) if belief.state == "rejected" else parts[0]
    return Card(sure, SPACE, parts[1])


def why(belief: Proposition) -> QVBoxLayout:
    """The newest reason: it counts the evidence that is shown below. A yes or no of the person leaves it."""
    reasons = [revision for revision in standing(belief.revisions) if revision.why and revision.kind not in VERDICTS]
    if not reasons:
        return column(section("Why"), muted("No reason was given.", 1.0))
    last = reasons[-1]
    said = f"Said by {maker(last.made_by)}. {made_how(last.made_by)}".strip()
    return column(section("Why"), Prose(last.why), muted(said), spacing=4)


def history_column(changes: list[Change], now: datetime, take_back: Callable[[RevisionId], None]) -> QVBoxLayout:
    """`take_back` is called for a change of a rule or a model that the person does not want."""
    items: list[QWidget | QLayout | int] = [section("History")]
    for change in changes:
        text = Prose(change.sentence, look="muted" if change.undone else "")
        if change.undone:
            face = text.font()
            face.setStrikeOut(True)
            text.setFont(face)
        small = moment(change.at, now) + (" · taken back" if change.undone else "")
        told: list[QWidget | QLayout | int] = [muted(small), text, *([muted(change.why)] if change.why else [])]
        if change.takes_back is not None:
            told.append(row(_take_back_button(change, change.takes_back, take_back), -1))
        items.append(column(*told, spacing=1))
    return column(*items, spacing=SPACE + 4)


def _take_back_button(change: Change, id_: RevisionId, take_back: Callable[[RevisionId], None]) -> QPushButton:
    button = QPushButton("Take it back")
    button.setProperty("look", "link")
    button.setToolTip("It is as it was before this change, and is not changed like that again")
    button.setAccessibleName(f"Take it back: {change.sentence}")
    button.clicked.connect(lambda: take_back(id_))
    return button
