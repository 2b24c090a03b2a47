"""One proposition whole: how sure and why, the evidence, its history, and what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gum_app.records import CURRENT, Curve, Evidence, Proposition, PropositionId
from gum_app.rules.curves import ANY_SOURCE, curve_of
from gum_app.store.reading import ReadingStore
from gum_app.ui.belief_parts import history_column, sure_card, why
from gum_app.ui.belief_wording import KIND_NAMES, STATE_NAMES
from gum_app.ui.evidence_card import EvidenceCard, Seen
from gum_app.ui.flow import Flow
from gum_app.ui.history import Change, history
from gum_app.ui.icons import IconButton
from gum_app.ui.linked import Linked, chapters, look_up_linked
from gum_app.ui.pieces import Prose, chip, column, muted, row, section
from gum_app.ui.questions import Open, QuestionCard, look_up_questions
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted

FIRST_EVIDENCE = 4  # so many are shown at once; the rest on request
MOST_EVIDENCE = 60
TWO_WAYS_OUT = "“Wrong” is remembered: it does not come back. “Forget” leaves no trace: it may be inferred again."
KEPT_AWAY = "It is kept away: it does not come back, in other words either. “Forget” leaves no trace of that."
NOT_JUDGED = Curve(source="")


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that the pane shows. `seen` is newest first and may be cut; `belief` has all of the evidence."""

    belief: Proposition
    seen: tuple[Seen, ...]
    linked: tuple[Linked, ...] = ()
    question: Open | None = None  # that waits for an answer about this one
    curve: Curve = NOT_JUDGED  # the track record of its source


def look_up(store: ReadingStore, id: PropositionId, now: datetime | None = None) -> Told | None:  # noqa: A002
    """None where it was forgotten. The question about it is there only with `now`, which tells whether it is open."""
    belief = store.proposition(id)
    if belief is None:
        return None
    newest = sorted(belief.evidence, key=lambda item: item.at, reverse=True)[:MOST_EVIDENCE]
    questions = look_up_questions(store, now) if now is not None else ()
    return Told(
        belief=belief,
        seen=tuple(_seen(store, item) for item in newest),
        linked=look_up_linked(store, belief),
        question=next((question for question in questions if question.proposition_id == id), None),
        curve=curve_of(belief.made_by, store.curves()),
    )


def _seen(store: ReadingStore, item: Evidence) -> Seen:
    if item.observation_id is None:
        return Seen(evidence=item, observation=None)
    id_ = item.observation_id
    return Seen(
        evidence=item, observation=store.observation(id_), jpeg=store.thumbnail(id_), account=store.account(id_)
    )


class DetailPane(Sheet):
    said = Signal(object, str)  # proposition id, verdict
    edited = Signal(object, str)  # proposition id, the new words
    pinned = Signal(object, bool)
    forget_wanted = Signal(object)  # Proposition
    merge_wanted = Signal(object)  # Proposition
    split_wanted = Signal(object)  # Proposition
    answered = Signal(object, str, str)  # inquiry id, the answer, new words
    lifted = Signal(object)  # proposition id: it need not be kept away any more
    taken_back = Signal(object, object)  # proposition id, revision id: a change that the person does not want
    chosen = Signal(object)  # proposition id: show that one instead
    put_by = Signal()  # unsaved words are kept until their proposition is chosen again

    def __init__(self) -> None:
        super().__init__(spacing=2 * SPACE, margins=(2 * SPACE, 0, 2 * SPACE, 2 * SPACE))
        self.told: Told | None = None
        self._now: datetime | None = None
        self._all_evidence = False
        self._drafts: dict[PropositionId, str] = {}  # unsaved words, in memory alone
        self.words: Prose | None = None
        self.editor: QPlainTextEdit | None = None
        self.buttons: dict[str, QPushButton] = {}

    def show_told(self, told: Told, now: datetime) -> None:
        """What the person is writing stays: while the words are being edited nothing is replaced."""
        if self.editor is not None and self.told is not None and self.told.belief.id == told.belief.id:
            return
        same = self.told is not None and self.told.belief.id == told.belief.id
        if same and self.told == told:
            return
        self._put_by()
        self._all_evidence = self._all_evidence and same
        self.told, self._now = told, now
        place = self.verticalScrollBar().value() if same else 0
        self._build()
        self.verticalScrollBar().setValue(place)
        if told.belief.id in self._drafts:
            self.start_editing()

    def clear(self) -> None:
        """Nothing of it stays but words that were being written; those go with `drop_drafts` when it is forgotten."""
        self._put_by()
        self.told, self.words, self.editor, self.buttons = None, None, None, {}
        self.put(QWidget())

    def _build(self) -> None:
        assert self.told is not None and self._now is not None
        belief, now = self.told.belief, self._now
        self.editor = None
        fresh = QWidget()
        fresh.setLayout(
            column(
                self._head(belief),
                self._actions(belief),
                *self._question(),
                *self._chapters(belief, now),
                sure_card(belief, self.told.curve, now),
                why(belief),
                self._evidence(),
                history_column(self._history(belief), now, lambda change: self.taken_back.emit(belief.id, change)),
                -1,
                spacing=3 * SPACE,
            )
        )
        self.put(fresh)

    def _question(self) -> list[QWidget]:
        assert self.told is not None
        asked = self.told.question
        return [] if asked is None else [QuestionCard(asked, self.answered.emit)]

    def _chapters(self, belief: Proposition, now: datetime) -> list[QVBoxLayout]:
        """What came before and after it; nothing where it has to do with no other."""
        assert self.told is not None
        if not self.told.linked:
            return []
        return [chapters(belief, self.told.linked, now, self.chosen.emit)]

    def _head(self, belief: Proposition) -> QVBoxLayout:
        self.words = Prose(belief.text, size=1.35, weight=QFont.Weight.DemiBold)
        chips = Flow(SPACE)
        chips.addWidget(chip(KIND_NAMES[belief.kind]))
        if belief.state != "active":
            chips.addWidget(chip(STATE_NAMES[belief.state], "chip-warn"))
        for is_so, text in (
            (belief.pinned, "Pinned"),
            (belief.edited, "Your words"),
            (belief.confirmed, "You said yes"),
        ):
            if is_so:
                chips.addWidget(chip(text, "chip-accent"))
        self._words_place = column(self.words)
        return column(chips, self._words_place, spacing=SPACE)

    def _actions(self, belief: Proposition) -> QVBoxLayout:
        id_ = belief.id
        right = IconButton("check", "Right")
        wrong = IconButton("cross", "Wrong")
        partly = IconButton("dots", "Partly")
        edit = IconButton("pencil", "Edit")
        pin = IconButton("pin", "Unpin" if belief.pinned else "Pin")
        forget = IconButton("bin", "Forget …", "danger")
        right.setToolTip("It is so. Your word is final (R)")
        wrong.setToolTip("Remember not to believe it, in whatever words (W)")
        partly.setToolTip("Not quite so: counts when confidence is measured")
        edit.setToolTip("Put it in your own words; they are never reworded (E)")
        pin.setToolTip("Let it change as it likes again (P)" if belief.pinned else "Keep it exactly as it is (P)")
        forget.setToolTip("Leave no trace of it; it may be inferred again (Del)")
        right.clicked.connect(lambda: self.said.emit(id_, "right"))
        wrong.clicked.connect(lambda: self.said.emit(id_, "wrong"))
        partly.clicked.connect(lambda: self.said.emit(id_, "partly"))
        edit.clicked.connect(self.start_editing)
        pin.clicked.connect(lambda: self.pinned.emit(id_, not belief.pinned))
        forget.clicked.connect(lambda: self.forget_wanted.emit(belief))
        right.setEnabled(not belief.confirmed or belief.state != "active")
        wrong.setEnabled(belief.state != "rejected")
        partly.setEnabled(belief.state == "active")
        self.buttons = {"right": right, "wrong": wrong, "partly": partly, "edit": edit, "pin": pin}
        self.buttons |= self._more_actions(belief) | {"forget": forget}
        line = Flow(SPACE)
        for button in self.buttons.values():
            line.addWidget(button)
        return column(line, muted(KEPT_AWAY if belief.state == "rejected" else TWO_WAYS_OUT), spacing=SPACE)

    def _more_actions(self, belief: Proposition) -> dict[str, QPushButton]:
        """What can be done in its state only."""
        if belief.state == "rejected":
            lift = IconButton("undo", "Let it come back")
            lift.setToolTip("It need not be kept away any more: it may be believed again")
            lift.clicked.connect(lambda: self.lifted.emit(belief.id))
            return {"lift": lift}
        if belief.state not in CURRENT:
            return {}
        merge, part = IconButton("merge", "Merge with …"), IconButton("split", "Split …")
        merge.setToolTip("Another says the same: make one of them (M)")
        part.setToolTip("It says several things: make several of it (S)")
        merge.clicked.connect(lambda: self.merge_wanted.emit(belief))
        part.clicked.connect(lambda: self.split_wanted.emit(belief))
        return {"merge": merge, "split": part}

    def _history(self, belief: Proposition) -> list[Change]:
        assert self.told is not None
        others = {each.id: each.text for each in self.told.linked}
        return history(belief.revisions, others, {ANY_SOURCE: self.told.curve})

    # Editing

    def start_editing(self) -> None:
        if self.told is None or self.editor is not None or self.words is None:
            return
        self.words.hide()
        belief = self.told.belief
        self.editor = QPlainTextEdit(self._drafts.get(belief.id, belief.text))
        self.editor.setAccessibleName("The proposition in your words")
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(5 * self.fontMetrics().lineSpacing())
        save = QPushButton("Save")
        save.setProperty("look", "primary")
        save.setToolTip("Save your words (Ctrl+Enter)")
        cancel = QPushButton("Cancel")
        save.clicked.connect(self._save)
        cancel.clicked.connect(self._cancel)
        QShortcut(QKeySequence("Ctrl+Return"), self.editor, self._save)
        QShortcut(QKeySequence("Escape"), self.editor, self._cancel)
        self._words_place.addWidget(self.editor)
        self._words_place.addLayout(row(save, cancel, -1))
        self.editor.show()
        self.editor.setFocus()
        self.editor.selectAll()

    @property
    def drafts(self) -> frozenset[PropositionId]:
        """Of which propositions unsaved words are kept."""
        return frozenset(self._drafts)

    def drop_drafts(self, ids: Collection[PropositionId]) -> None:
        """Of these: they were forgotten."""
        self._drafts = {id_: text for id_, text in self._drafts.items() if id_ not in ids}

    def _put_by(self) -> None:
        if self.told is None or self.editor is None:
            return
        text, belief = self.editor.toPlainText(), self.told.belief
        if text.split() != belief.text.split():
            self._drafts[belief.id] = text
            self.put_by.emit()

    def _cancel(self) -> None:
        assert self.told is not None
        self._drafts.pop(self.told.belief.id, None)
        self._build()

    def _save(self) -> None:
        assert self.told is not None and self.editor is not None
        text = " ".join(self.editor.toPlainText().split())
        belief = self.told.belief
        self._drafts.pop(belief.id, None)
        self._build()
        if text and text != belief.text:
            self.edited.emit(belief.id, text)

    # Evidence

    def _evidence(self) -> QVBoxLayout:
        assert self.told is not None and self._now is not None
        seen = self.told.seen
        total = len(self.told.belief.evidence)
        shown = seen if self._all_evidence else seen[:FIRST_EVIDENCE]
        items: list[QWidget | QLayout | int] = [section(f"Evidence ({total:,})" if total else "Evidence")]
        items += [EvidenceCard(one, self._now) for one in shown]
        if not seen:
            items.append(muted("None: it rests on your word alone.", 1.0))
        elif len(shown) < len(seen):
            more = QPushButton(f"Show {counted(len(seen) - len(shown), 'more piece', 'more pieces')}")
            more.setProperty("look", "link")
            more.clicked.connect(self._show_all)
            items.append(more)
        elif total > len(seen):
            items.append(muted(f"The newest {len(seen)} of {total:,}."))
        return column(*items, spacing=SPACE + 2)

    def _show_all(self) -> None:
        self._all_evidence = True
        place = self.verticalScrollBar().value()
        self._build()
        self.verticalScrollBar().setValue(place)
