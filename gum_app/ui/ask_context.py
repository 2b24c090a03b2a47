"""What the model is shown for a question, folded away: lines, earlier questions, a sentence of one's own, and all of it
word for word. Without a model: what fits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from gum_app.ui.ask_lines import AskLines
from gum_app.ui.asking import Answer, Asker
from gum_app.ui.fold import Fold
from gum_app.ui.pieces import Prose, muted
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted

BESIDE = (
    "Beside what is ticked here, {model} is told the time, your name, your question and what you add, nothing else."
)
LONGEST_ADDED = 600  # characters
ROWS = 14


class AskContext(Fold):
    wanted = Signal(object)  # a line, to be seen where it comes from
    changed = Signal()  # something was taken out, or added

    def __init__(self, asker: Asker, question: Callable[[], dict[str, Any]]) -> None:
        """`question`: all that would be sent now."""
        self._asker, self._question = asker, question
        self._lines: list[Answer] = []
        self.is_for_model = False
        self.lines = AskLines()
        self.about = muted("")
        self.also = QLineEdit()
        self.trouble = Prose(look="danger")
        self.whole = QPlainTextEdit()
        self.word_for_word = Fold("Word for word", self.trouble, self.whole, spacing=SPACE)
        super().__init__("", self.about, self.lines, self.also, self.word_for_word, spacing=SPACE)
        self.also.setPlaceholderText("Add something, for this question only")
        self.also.setAccessibleName("What you add for this question only")
        self.also.setMaxLength(LONGEST_ADDED)
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName("All that the model is told, word for word")
        self.whole.setFixedHeight(ROWS * self.fontMetrics().lineSpacing())
        self.lines.wanted.connect(self.wanted)
        self.lines.changed.connect(self._change)
        self.also.textEdited.connect(self._change)
        self.word_for_word.button.toggled.connect(self._look)

    def clear(self) -> None:
        self.also.clear()
        self.show_found([], [], model="", told="")
        self.hide()

    def show_found(self, lines: list[Answer], turns: Sequence[str], *, model: str, told: str) -> None:
        """`model`: its name; empty where none is asked, and what fits is shown. `told`: what is to be known of it."""
        self._lines, self.is_for_model = lines, bool(model)
        self.lines.show_lines(lines, turns, editable=bool(model))
        shown = f"What the model is shown: {counted(len(lines), 'line')}" if model else f"What fits: {len(lines)}"
        self.button.setText(shown)
        self.about.say(" ".join(part for part in (told, BESIDE.format(model=model) if model else "") if part))
        self.about.setVisible(bool(self.about.text()))
        self.also.setVisible(bool(model))
        self.word_for_word.setVisible(bool(model))
        self.word_for_word.button.setChecked(False)
        self.whole.clear()
        self.setVisible(bool(lines) or bool(model))

    def show_sent(self, lines: Sequence[Answer]) -> None:
        """As they were sent: an episode that goes on has other times than a moment before."""
        sent = {str(line["name"]) for line in lines}
        self.lines.tell_again(lines, [name for name in self.lines.names if name in sent])

    def chosen(self) -> dict[str, Any]:
        """What is to be told, as the daemon takes it."""
        return {"lines": self.lines.names, "without": self.lines.without, "also": self.also.text().strip()}

    def open(self, is_open: bool) -> None:
        self.button.setChecked(is_open)

    def _change(self) -> None:
        self.word_for_word.button.setChecked(False)  # it would show what is not so any more
        self.changed.emit()

    def _look(self, opened: bool) -> None:
        self.whole.clear()
        self._tell("")
        if opened:
            asking = self._asker.ask({"do": "chat_prompt"} | self._question())
            asking.answered.connect(self._show_whole)
            asking.failed.connect(lambda sentence, _lost: self._tell(sentence))

    def _show_whole(self, answer: Answer) -> None:
        if self.word_for_word.button.isChecked():
            self.whole.setPlainText(f"{answer['system']}\n\n{answer['text']}")

    def _tell(self, trouble: str) -> None:
        self.trouble.say(trouble)
        self.trouble.setVisible(bool(trouble))
