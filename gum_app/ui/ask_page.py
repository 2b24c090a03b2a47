"""The page “Ask”: a question, the answer as it comes, what it rests on, and all that the model was shown.

Nothing of it is kept: a forgetting, or the end of the program, takes it away. What is told to the model is what stands
here, and each part of it can be taken out.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox

from gum_app.records import PropositionId
from gum_app.rules.asking import points_at_screen
from gum_app.ui.ask_context import AskContext
from gum_app.ui.ask_field import AskField
from gum_app.ui.ask_lines import AskLines
from gum_app.ui.ask_sources import AskSources
from gum_app.ui.ask_standing import Standings, are_gone, look_up_standings
from gum_app.ui.ask_turns import AskTurns, Turn
from gum_app.ui.asking import Answer, Asking, Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.drawn import Busy
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Prose, column, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted

ABOUT = (
    "Answered from what is known about you, and from nothing else. The conversation is kept nowhere: it goes when you"
    " press “New”, or when gum-app ends."
)
ASKS = "Asking the model; the first time it is loaded, which may take a minute."
GONE = "Something that was shown here is not kept any more: the questions and answers that may rest on it are gone."
UNFINISHED = "Unfinished: this is what had come until then."
CLOSED = "Stopped: the window was closed."
CONTEXT_SECONDS = 60.0  # a model that compares by meaning may have to be loaded first
ANSWER_SECONDS = 600.0  # between two signs of life


class AskPage(Sheet):
    wanted = Signal(int)  # a proposition, to be seen whole
    episode_wanted = Signal(object, int)  # a date and an observation of it, to be seen with all that was seen then

    def __init__(self, reader: Reader, deeds: Deeds) -> None:
        self._reader, self._asker, self._deeds = reader, deeds.asker, deeds
        self._asking: Asking | None = None
        self._text = ""  # the question that the lines belong to
        self._heard = ""
        self._answer: Answer = {}  # whole, to that question
        self._standings: Standings = {}
        self._said_screen = False  # whether the person has said if the screen belongs to the question
        self.field = AskField()
        self.go, self.look = IconButton("question", "Ask", "primary"), IconButton("eye", "Look first", "")
        self.stop, self.new = IconButton("cross", "Stop"), IconButton("plus", "New")
        self.with_screen = QCheckBox("With what is on the screen now")
        self.busy = Busy()
        self.told, self.trouble = muted("", 1.0), Prose(look="danger")
        self.asked, self.answer, self.doubt = muted(""), Prose(size=1.08), Prose(look="notice")
        self.sources = AskSources()
        self.context = AskContext(deeds.asker, self._question)
        self.again = IconButton("undo", "")
        self.result = Card(self.asked, self.answer, self.doubt, self.sources, spacing=2 * SPACE)
        self.hint = muted("")  # how to come here from anywhere
        self.before = AskTurns()
        super().__init__(
            column(row(heading("Ask"), -1, self.new), muted(ABOUT, 1.0), spacing=2),
            SPACE,
            self.field,
            row(self.go, self.look, self.stop, -1),
            self.with_screen,
            self.hint,
            self.busy,
            self.told,
            self.trouble,
            self.result,
            row(self.again, -1),
            self.context,
            self.before,
            spacing=SPACE,
        )
        self._connect()
        self.clear()

    @property
    def lines(self) -> AskLines:
        return self.context.lines

    def clear(self) -> None:
        """The conversation goes, all but the words in the field."""
        self.before.clear()
        self._empty()

    def ask(self) -> None:
        self._find(then_ask=True)

    def tell_key(self, keys: str) -> None:
        """Which keys open this page from anywhere; empty: none do."""
        self.hint.say(f"{keys} opens this page from anywhere." if keys else "")
        self.hint.setVisible(bool(keys) and not self._text)

    def leave(self) -> None:
        """The window is closed: nobody waits for the answer any more."""
        if self._asking is not None:
            self._stop(CLOSED)

    def refresh(self) -> None:
        """Something was written: what stands here may have been corrected, or forgotten."""
        names = self._names()
        if names:
            self._reader.read(lambda store: look_up_standings(store, names), self._stand)

    # Building

    def _connect(self) -> None:
        self.look.setToolTip("See what the model would be shown, before it is asked (Ctrl+Enter)")
        self.new.setToolTip("Begin a new conversation: what was asked before is told no more")
        self.field.entered.connect(self.ask)
        self.field.look_wanted.connect(lambda: self._find(then_ask=False))
        self.field.textChanged.connect(self._guess_screen)
        self.with_screen.clicked.connect(lambda: setattr(self, "_said_screen", True))
        self.go.clicked.connect(self.ask)
        self.look.clicked.connect(lambda: self._find(then_ask=False))
        self.stop.clicked.connect(lambda: self._stop())
        self.new.clicked.connect(self._begin_anew)
        self.again.clicked.connect(self._send)
        self.context.changed.connect(self._changed)
        self.context.wanted.connect(self._see)
        self.sources.wanted.connect(self._see)
        self.sources.left_out.connect(self.context.lines.leave_out)
        self.sources.said.connect(lambda id_, verdict: self._deeds.say(PropositionId(id_), verdict))
        self.sources.edited.connect(lambda id_, text: self._deeds.edit(PropositionId(id_), text))
        shortcut = QShortcut(QKeySequence("Escape"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._escape)

    def _escape(self) -> None:
        """The one for all of the page: of two for the same key Qt would heed neither."""
        if self.sources.editor is not None and self.sources.editor.hasFocus():
            self.sources.cancel()
        else:
            self._stop()

    def _begin_anew(self) -> None:
        self.clear()
        self.field.clear()
        self.field.setFocus()
        self.hint.setVisible(bool(self.hint.text()))

    def _guess_screen(self) -> None:
        if not self._said_screen:
            self.with_screen.setChecked(points_at_screen(self.field.question))

    # Asking

    def _find(self, *, then_ask: bool) -> None:
        text = self.field.question
        if self._asking is not None or not text:
            return
        self._keep_turn()
        self._empty()
        self._text, self._said_screen = text, False
        self.hint.hide()
        question = {
            "do": "chat_context",
            "text": text,
            "history": self.before.history,
            "screen": self.with_screen.isChecked(),
        }
        asking = self._begin(question, CONTEXT_SECONDS)
        asking.answered.connect(partial(self._found, asking, then_ask))

    def _found(self, asking: Asking, then_ask: bool, answer: Answer) -> None:
        if asking is not self._asking:
            return
        self._over()
        lines, model = list(answer["lines"]), str(answer["model"])
        self.context.show_found(lines, self.before.told if model else [], model=model, told=str(answer["told"]))
        self.context.open(not (model and then_ask))
        self.refresh()
        self._changed()
        nothing = "" if lines else " Nothing fits."
        self._say(told=f"{answer['why_not']}{nothing}".strip())
        if model and then_ask:
            self._send()

    def _send(self) -> None:
        if self._asking is not None or not self._text:
            return
        self._heard, self._answer = "", {}
        self._show_answer()
        self._say(told=ASKS)
        asking = self._begin({"do": "chat"} | self._question(), ANSWER_SECONDS)
        asking.progressed.connect(partial(self._hear, asking))
        asking.answered.connect(partial(self._answered, asking))

    def _question(self) -> dict[str, Any]:
        """All that is sent to be answered; the same is shown word for word."""
        told = [self.before.history[place] for place in self.context.lines.told_turns]
        return {"text": self._text, "history": told} | self.context.chosen()

    def _begin(self, question: dict[str, Any], seconds: float) -> Asking:
        self._asking = asking = self._asker.ask(question, timeout_seconds=seconds)
        self._under_way(True)
        asking.failed.connect(partial(self._failed, asking))
        return asking

    def _hear(self, asking: Asking, answer: Answer) -> None:
        piece = str(answer.get("piece", ""))
        if asking is self._asking and piece:
            self._heard += piece
            self._say()
            self._show_answer()

    def _answered(self, asking: Asking, answer: Answer) -> None:
        if asking is not self._asking:
            return
        self._over()
        gone = int(answer.get("gone", 0))
        self._say(told=f"{counted(gone, 'line')} could not be told any more." if gone else "")
        self._heard, self._answer = str(answer.get("answer", "")), answer
        if self.field.question == self._text:
            self.field.clear()  # it stands above the answer; here the next one is written
        self.context.show_sent(list(answer.get("lines", ())))
        self._show_answer()

    def _failed(self, asking: Asking, sentence: str, _lost: bool) -> None:
        if asking is self._asking:
            self._over()
            self._say(trouble=sentence)
            self._show_answer(unfinished=True)

    def _stop(self, told: str = "Stopped.") -> None:
        """At once, whatever the other side does: it is told, and nothing more of it is shown."""
        if self._asking is not None:
            self._asking.stop()
            self._over()
            self._say(told=told)
            self._show_answer(unfinished=True)

    def _over(self) -> None:
        self._asking = None
        self._under_way(False)

    # The conversation

    def _keep_turn(self) -> None:
        """What was answered whole goes on; a question that was only looked at, or broke off, does not."""
        if self._answer:
            names = frozenset(self.context.lines.names)
            self.before.add(Turn(question=self._text, answer=self._heard, names=names))

    def _empty(self) -> None:
        """Nothing of the last question is left but what is told along."""
        if self._asking is not None:
            self._asking.stop()
            self._asking = None
        self._text = self._heard = ""
        self._answer, self._standings = {}, {}
        self.context.clear()
        self._under_way(False)
        self._say()
        self._show_answer()

    def _names(self) -> frozenset[str]:
        return self.before.names.union(self.context.lines.names)

    def _stand(self, now: Standings) -> None:
        if not now.keys() <= self._names():
            return  # of what stood here before
        if are_gone(self._standings, now):
            self.clear()
            self._say(told=GONE)
            return
        before, self._standings = self._standings, dict(self._standings) | dict(now)
        changed = [name for name in self.context.lines.names if name in before and before[name] != now.get(name)]
        if changed:
            self._deeds.ask({"do": "chat_lines", "lines": changed}, partial(self._tell_again, changed))
        self._show_sources()

    def _tell_again(self, changed: list[str], answer: Answer) -> None:
        there = [name for name in changed if name in self.context.lines.boxes]
        self.context.lines.tell_again(answer["lines"], there)

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

    def _show_answer(self, *, unfinished: bool = False) -> None:
        unfinished = unfinished and bool(self._heard) and not self._answer
        self.asked.say(self._text)
        self.answer.say(self._heard)
        doubt = UNFINISHED if unfinished else str(self._answer.get("sentence", ""))
        self.doubt.say(doubt)
        self.doubt.setVisible(bool(doubt))
        self._changed()
        self.result.setVisible(bool(self._heard or doubt))

    def _show_sources(self) -> None:
        self.sources.show_lines(list(self._answer.get("cited", ())), self.context.lines.without, self._standings)

    def _changed(self) -> None:
        """Another box is ticked, or there are other lines."""
        without = len(self.context.lines.without)
        if self._answer or self._heard:
            self.again.setText(f"Ask again without {counted(without, 'line')}" if without else "Ask again")
        else:
            self.again.setText("Ask with these lines")
        self.again.setVisible(self.context.is_for_model)
        self.new.setVisible(len(self.before) > 0 or bool(self._text))
        self._show_sources()

    def _see(self, line: Answer) -> None:
        if line["proposition"] is not None:
            self.wanted.emit(int(line["proposition"]))
        else:
            self.episode_wanted.emit(date.fromisoformat(line["day"]), int(str(line["name"])[1:]))
