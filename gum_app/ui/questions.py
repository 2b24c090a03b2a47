"""Questions to the person: a quiet number on the page, a dialog with all of them, and a card for one.

Never a notification: who does not look is not disturbed, and a question that nobody answers goes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from gum_app.records import Evidence, Inquiry, InquiryId, Proposition, PropositionId
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.flow import Flow
from gum_app.ui.pieces import Card, Prose, column, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import WEEKDAYS, counted, day_name, program, shorter

WIDTH = 620
Answer = Callable[[InquiryId, str, str], None]  # which question, the answer, new words


@dataclass(frozen=True, kw_only=True)
class Open:
    """One question, as it is put. `against`: something speaks against the person's word; else we are unsure."""

    id: InquiryId
    proposition_id: PropositionId
    against: bool
    text: str
    sentence: str
    seen: str  # what was seen; empty where that is told nowhere any more


def look_up_questions(store: ReadingStore, now: datetime) -> tuple[Open, ...]:
    """Those that wait for an answer, the oldest first."""
    found = [(inquiry, store.proposition(inquiry.proposition_id)) for inquiry in store.inquiries(now)]
    return tuple(_open(store, inquiry, belief, now) for inquiry, belief in found if belief is not None)


def _open(store: ReadingStore, inquiry: Inquiry, belief: Proposition, now: datetime) -> Open:
    asked = next((revision for revision in belief.revisions if revision.id == inquiry.revision_id), None)
    if asked is None:
        evidence = [item for item in belief.evidence if item.supports]
        sentence = f"Is this so? “{belief.text}”"
        seen = f"Seen {counted(len(evidence), 'time')}, last {_said(evidence[-1], now)}" if evidence else ""
    else:
        other = store.proposition(asked.other) if asked.other is not None else None
        against = max(asked.evidence, key=lambda item: item.at, default=None)
        when = _day(against.at if against is not None else asked.at, now)
        told = f"On {when} I saw otherwise" + (f": “{other.text}”" if other is not None else ".")
        sentence = f"You said: “{belief.text}” {told} Is it still so?"
        seen = f"Seen {_said(against, now)}" if against is not None else ""
    return Open(
        id=inquiry.id,
        proposition_id=belief.id,
        against=asked is not None,
        text=belief.text,
        sentence=sentence,
        seen=seen,
    )


def _said(item: Evidence, now: datetime) -> str:
    return f"on {_day(item.at, now)} in {program(item.app)}: “{shorter(item.quote)}”"


def _day(at: datetime, now: datetime) -> str:
    at = at.astimezone(now.tzinfo)
    return f"{WEEKDAYS[at.weekday()]} {day_name(at.date(), now.date())}"


class QuestionCard(Card):
    """One question and its answers. “Changed” and “not quite” ask for the words."""

    def __init__(self, question: Open, answer: Answer) -> None:
        self.question, self._answer = question, answer
        self.words = QLineEdit(question.text)
        self.words.setAccessibleName("How it is, in your words")
        self.words.setMaxLength(1000)
        self.save = QPushButton("Save")
        self.save.setAutoDefault(False)
        self.save.setProperty("look", "primary")
        self.buttons = {
            "yes": QPushButton("Still so" if question.against else "Yes"),
            "no": QPushButton("Not any more" if question.against else "No"),
            "changed": QPushButton("Changed to …" if question.against else "Not quite …"),
            "never": QPushButton("Don’t ask"),
        }
        self.buttons["never"].setProperty("look", "link")
        self.buttons["never"].setToolTip("Leave it as it is, and never ask about it again")
        self.answers, line = QWidget(), Flow(SPACE)
        for button in self.buttons.values():
            button.setAutoDefault(False)
            line.addWidget(button)
        self.answers.setLayout(line)
        self.said = muted("", 1.0)
        self.said.hide()
        self.writing = QWidget()
        self.writing.setLayout(row(self.words, self.save))
        self.writing.hide()
        seen = [muted(question.seen)] if question.seen else []
        super().__init__(Prose(question.sentence), *seen, self.answers, self.writing, self.said)
        for name in ("yes", "no", "never"):
            self.buttons[name].clicked.connect(lambda _checked=False, name=name: self._say(name))
        self.buttons["changed"].clicked.connect(self._write)
        self.save.clicked.connect(self._save)
        self.words.returnPressed.connect(self._save)
        self.words.textChanged.connect(lambda _text: self.save.setEnabled(bool(self._new_words())))
        self.save.setEnabled(False)

    def _write(self) -> None:
        self.writing.show()
        self.words.setFocus()
        self.words.selectAll()

    def _new_words(self) -> str:
        """Empty where they are as they were."""
        text = " ".join(self.words.text().split())
        return text if text != self.question.text else ""

    def _save(self) -> None:
        if text := self._new_words():
            self._say("changed", text)

    def _say(self, answer: str, text: str = "") -> None:
        self.setEnabled(False)
        for asked in (self.answers, self.writing):
            asked.hide()
        self.said.say(f"You said: {text or self.buttons[answer].text()}")
        self.said.show()
        self._answer(self.question.id, answer, text)


class QuestionsDialog(QDialog):
    def __init__(self, questions: Sequence[Open], answer: Answer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Questions")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._answer = answer
        self.cards = [QuestionCard(question, self._say) for question in questions]
        close = QPushButton("Close")
        close.setAutoDefault(False)  # Enter in the words of a card saves them, and must not end the rest
        close.clicked.connect(self.accept)
        told = "At most three a week, and never about what would be awkward. An answer can be taken back."
        self.setLayout(
            column(
                heading("Questions", 1.3),
                muted(told, 1.0),
                Sheet(*self.cards, spacing=2 * SPACE, margins=(0, 0, SPACE, 0)),
                row(-1, close),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        self.resize(WIDTH, 520)

    def _say(self, id: InquiryId, answer: str, text: str) -> None:  # noqa: A002
        """After the last one there is nothing left to do here."""
        self._answer(id, answer, text)
        if not any(card.isEnabled() for card in self.cards):
            self.accept()


class QuestionsNote(QPushButton):
    """How many questions there are; a press shows them. Hidden where there is none."""

    def __init__(self, reader: Reader, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("look", "link")
        self._reader, self._deeds, self._now = reader, deeds, now
        self.questions: tuple[Open, ...] = ()
        self.hide()
        self.clicked.connect(self.open)
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        self._reader.read(lambda store: look_up_questions(store, now), self._show)

    def open(self) -> QuestionsDialog:
        dialog = QuestionsDialog(self.questions, self._deeds.answer, self.window())
        dialog.open()
        return dialog

    def _show(self, questions: tuple[Open, ...]) -> None:
        self.questions = questions
        self.setText(f"{counted(len(questions), 'question')} for you")
        self.setVisible(bool(questions))
