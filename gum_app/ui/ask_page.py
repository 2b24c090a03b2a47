"""The page “Ask”: a question, the answer as it comes, what it rests on, and all the lines the model was shown.

Nothing of it is kept: a forgetting, or the end of the window, takes it away.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit

from gum_app.ui.ask_lines import AskLines
from gum_app.ui.asking import Answer, Asker, Asking
from gum_app.ui.drawn import Busy
from gum_app.ui.fold import Fold
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Place, Prose, column, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, shorter

ABOUT = "Answered from what is known about you, and from nothing else. Neither questions nor answers are kept."
EXAMPLE = "What was I doing on Tuesday?"
ASKED_BESIDE = "Beside these lines {model} is told the time, your name and your question"
GOES_ON = "the one before with its answer, and nothing else."
LONGEST_QUESTION = 600  # characters
CONTEXT_SECONDS = 60.0  # a model that compares by meaning may have to be loaded first
ANSWER_SECONDS = 600.0  # between two signs of life
# Characters on a line that does not wrap, in the smallest window.
LONGEST_SOURCE = 38
LONGEST_LAST = 18


class AskPage(Sheet):
    wanted = Signal(int)  # a proposition, to be seen whole
    day_wanted = Signal(object)  # a date, to be seen with all that was seen then

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._asking: Asking | None = None
        self._stopping = False
        self._text = ""  # the question that the lines belong to
        self._heard = ""
        self._turn: dict[str, str] | None = None  # the last question, with its answer
        self._history: list[dict[str, str]] = []  # what the question under way goes on from
        self.field = QLineEdit()
        self.go, self.look = IconButton("question", "Ask", "primary"), IconButton("eye", "Look first", "")
        self.stop = IconButton("cross", "Stop")
        self.follow = QCheckBox()
        self.busy = Busy()
        self.told, self.trouble = muted("", 1.0), Prose(look="danger")
        self.answer, self.doubt = Prose(size=1.08), Prose(look="notice")
        self.sources = Place(spacing=2)
        self.lines = AskLines()
        self.about = muted("")
        self.again = IconButton("undo", "")
        self.fold = Fold("", self.about, self.lines, row(self.again, -1), spacing=SPACE)
        self.result = Card(self.answer, self.doubt, self.sources, spacing=2 * SPACE)
        super().__init__(
            column(heading("Ask"), muted(ABOUT, 1.0), spacing=2),
            SPACE,
            row(self.field, self.go, self.look, self.stop),
            self.follow,
            self.busy,
            self.told,
            self.trouble,
            self.result,
            self.fold,
            spacing=SPACE,
        )
        self._connect()
        self.clear()

    def clear(self) -> None:
        """Everything but the words in the field goes: something may have been forgotten that stands here."""
        self._empty()
        self._turn = None
        self._offer_to_follow()

    def _empty(self) -> None:
        if self._asking is not None:
            self._asking.stop()
            self._asking = None
        self._text = self._heard = ""
        self.lines.show_lines([], editable=False)
        self._under_way(False)
        self._say()
        self._show_answer("", {})
        self.fold.hide()

    def ask(self) -> None:
        self._find(then_ask=True)

    # Building

    def _connect(self) -> None:
        self.field.setPlaceholderText(EXAMPLE)
        self.field.setAccessibleName("Your question")
        self.field.setMaxLength(LONGEST_QUESTION)
        self.field.setClearButtonEnabled(True)
        self.look.setToolTip("See what the model would be shown, before it is asked (Ctrl+Enter)")
        self.field.returnPressed.connect(self.ask)
        self.go.clicked.connect(self.ask)
        self.look.clicked.connect(lambda: self._find(then_ask=False))
        self.stop.clicked.connect(self._stop)
        self.again.clicked.connect(self._send)
        self.lines.changed.connect(self._name_again)
        self.lines.wanted.connect(self._see)
        for keys, does in (
            ("Ctrl+Return", lambda: self._find(then_ask=False)),
            ("Escape", self._stop),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # Asking

    def _find(self, *, then_ask: bool) -> None:
        text = self.field.text().strip()
        if self._asking is not None or not text:
            return
        self._history = [self._turn] if self._turn is not None and self.follow.isChecked() else []
        self._empty()
        self._text = text
        asking = self._begin({"do": "chat_context", "text": text, "history": self._history}, CONTEXT_SECONDS)
        asking.answered.connect(partial(self._found, asking, then_ask))

    def _found(self, asking: Asking, then_ask: bool, answer: Answer) -> None:
        if asking is not self._asking:
            return
        self._over()
        lines, model = list(answer["lines"]), str(answer["model"])
        self.lines.show_lines(lines, editable=bool(model))
        self.fold.button.setText(
            f"What the model is shown: {counted(len(lines), 'line')}" if model else f"What fits: {len(lines)}"
        )
        self.about.say(" ".join(part for part in (str(answer["told"]), self._beside(model) if model else "") if part))
        self.about.setVisible(bool(self.about.text()))
        self.fold.setVisible(bool(lines) or bool(model))
        self.fold.button.setChecked(not (model and then_ask))
        self.again.setVisible(bool(model))
        self._name_again()
        nothing = "" if lines else " Nothing fits."
        self._say(told=f"{answer['why_not']}{nothing}".strip())
        if model and then_ask:
            self._send()

    def _send(self) -> None:
        if self._asking is not None or not self._text:
            return
        self._heard = ""
        self._show_answer("", {})
        self._say(told="Asking the model; the first time it is loaded, which may take a minute.")
        names = {"lines": self.lines.names, "without": self.lines.without}
        asking = self._begin({"do": "chat", "text": self._text, "history": self._history} | names, ANSWER_SECONDS)
        asking.progressed.connect(partial(self._hear, asking))
        asking.answered.connect(partial(self._answered, asking))

    def _begin(self, question: dict[str, Any], seconds: float) -> Asking:
        self._asking = asking = self._asker.ask(question, timeout_seconds=seconds)
        self._stopping = False
        self._under_way(True)
        asking.failed.connect(partial(self._failed, asking))
        return asking

    def _hear(self, asking: Asking, answer: Answer) -> None:
        piece = str(answer.get("piece", ""))
        if asking is self._asking and piece and not self._stopping:
            self._heard += piece
            self._say()
            self._show_answer(self._heard, {})

    def _answered(self, asking: Asking, answer: Answer) -> None:
        if asking is not self._asking:
            return
        self._over()
        if answer.get("stopped"):
            self._say(told="Stopped.")
            return
        gone = int(answer.get("gone", 0))
        self._say(told=f"{counted(gone, 'line')} could not be told any more." if gone else "")
        self._show_answer(str(answer.get("answer", "")), answer)
        self._turn = {"question": self._text, "answer": str(answer.get("answer", ""))}
        self._offer_to_follow()

    def _failed(self, asking: Asking, sentence: str, _lost: bool) -> None:
        if asking is self._asking:
            self._over()
            self._say(trouble=sentence)

    def _stop(self) -> None:
        if self._asking is not None and not self._stopping:
            self._stopping = True
            self._asking.stop()
            self._say(told="Stopping …")

    def _over(self) -> None:
        self._asking = None
        self._under_way(False)

    # Showing

    def _under_way(self, asking: bool) -> None:
        held = (self.go if asking else self.stop).hasFocus()
        self.stop.setVisible(asking)
        self.go.setVisible(not asking)
        self.look.setVisible(not asking)
        self.again.setEnabled(not asking)
        self.busy.work(asking)
        if held:
            (self.stop if asking else self.field).setFocus()

    def _say(self, *, told: str = "", trouble: str = "") -> None:
        for label, text in ((self.told, told), (self.trouble, trouble)):
            label.say(text)
            label.setVisible(bool(text))

    def _show_answer(self, text: str, whole: Answer) -> None:
        self.answer.say(text)
        doubt = str(whole.get("sentence", ""))
        self.doubt.say(doubt)
        self.doubt.setVisible(bool(doubt))
        cited = list(whole.get("cited", ()))
        self.sources.put(*([muted("It rests on")] if cited else []), *[row(self._source(line), -1) for line in cited])
        self.sources.setVisible(bool(cited))
        self.result.setVisible(bool(text or doubt))

    def _source(self, line: Answer) -> IconButton:
        """Opens the proposition, or the day on which it was seen."""
        text = str(line["text"])
        said = shorter(text.partition(": ")[2] or text, LONGEST_SOURCE)
        button = IconButton("right", f"[{line['number']}] {said}".replace("&", "&&"), "link")
        button.setToolTip(text)
        button.clicked.connect(partial(self._see, line))
        return button

    def _see(self, line: Answer) -> None:
        if line["proposition"] is not None:
            self.wanted.emit(int(line["proposition"]))
        else:
            self.day_wanted.emit(date.fromisoformat(line["day"]))

    def _beside(self, model: str) -> str:
        more = GOES_ON if self._history else "and nothing else."
        return f"{ASKED_BESIDE.format(model=model)}, {more}"

    def _offer_to_follow(self) -> None:
        """Ticked by the person alone: each question stands for itself."""
        self.follow.setChecked(False)
        self.follow.setVisible(self._turn is not None)
        if self._turn is not None:
            last = shorter(self._turn["question"], LONGEST_LAST).replace("&", "&&")
            self.follow.setToolTip(self._turn["question"])
            self.follow.setText(f"The next one goes on from “{last}”")

    def _name_again(self) -> None:
        without = len(self.lines.without)
        if self.answer.text():
            self.again.setText(f"Ask again without {counted(without, 'line')}" if without else "Ask again")
        else:
            self.again.setText("Ask with these lines")
