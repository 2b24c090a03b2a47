"""What an answer rests on: each opens by a click, is left out of the next answer, or is corrected where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout

from gum_app.ui.ask_standing import Standing, Standings
from gum_app.ui.asking import Answer
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Place, Prose, Word, column, muted, row
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import shorter

LONGEST_SOURCE = 200  # characters
INDENT = 22  # pixels, below the sign of the line


class AskSources(Place):
    wanted = Signal(object)  # a line, to be seen where it comes from
    left_out = Signal(str, bool)  # the name of a line, and whether it is out
    said = Signal(int, str)  # a proposition, and the verdict
    edited = Signal(int, str)  # a proposition, and its new words

    def __init__(self) -> None:
        self.buttons: dict[tuple[str, str], QPushButton] = {}  # by the name of a line, and what it does
        self.words: dict[str, Prose] = {}
        self.editor: QPlainTextEdit | None = None
        self._lines: list[Answer] = []
        self._without: Collection[str] = ()
        self._standings: Standings = {}
        self._edits = ""  # the name of the line whose words are being changed
        self._shown: object = None
        super().__init__(spacing=6)

    def show_lines(self, lines: list[Answer], without: Collection[str], standings: Standings) -> None:
        """`without`: the names of those that are left out. What the person is writing stays."""
        self._lines, self._without, self._standings = lines, without, standings
        if self._edits not in {line["name"] for line in lines}:
            self._edits = ""
        shown = [(line, line["name"] in without, _look_of(line, standings)) for line in lines]
        if shown != self._shown and not self._edits:
            self._build()
            self._shown = shown
        self.setVisible(bool(lines))

    # Building

    def _build(self) -> None:
        self.buttons, self.words, self.editor = {}, {}, None
        self.put(*([muted("It rests on")] if self._lines else []), *[self._source(line) for line in self._lines])

    def _source(self, line: Answer) -> QVBoxLayout:
        name, is_out = str(line["name"]), line["name"] in self._without
        standing = self._standings.get(name)
        see = IconButton("right", f"[{line['number']}]", "link")
        see.setToolTip(str(line["text"]))
        see.setAccessibleName(f"See line {line['number']}: {_said(line, standing)}")
        see.clicked.connect(partial(self.wanted.emit, line))
        self.buttons[name, "see"] = see
        below = row(spacing=0)
        below.addSpacing(INDENT)
        if name == self._edits:
            below.addLayout(self._writing(line, standing), 1)
        else:
            below.addLayout(self._deeds(line, standing, is_out=is_out), 1)
        words = Prose(_said(line, standing))
        top = row(spacing=SPACE // 2)
        top.addWidget(see, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.words[name] = words
        return column(top, below, spacing=0)

    def _deeds(self, line: Answer, standing: Standing | None, *, is_out: bool) -> Flow:
        name, deeds = str(line["name"]), Flow(2)
        if line["proposition"] is not None:
            id_ = int(line["proposition"])
            for verdict, tip in (("right", "It is so. Your word is final"), ("wrong", "Remember not to believe it")):
                said = self._deed(line, verdict.capitalize(), tip, partial(self.said.emit, id_, verdict))
                said.setEnabled(standing is None or standing.is_believed)
                deeds.addWidget(said)
            deeds.addWidget(self._deed(line, "Edit", "Put it in your own words", partial(self._edit, name)))
        else:
            deeds.addWidget(
                Word(", ".join(str(line["text"]).partition(": ")[0].split(", ")[:2]), look="muted", size=0.92)
            )
        word, tip = ("Take in again", "Show it to the model again") if is_out else ("Leave out", "Ask without it")
        deeds.addWidget(self._deed(line, word, tip, partial(self.left_out.emit, name, not is_out)))
        if note := _note(standing, is_out=is_out):
            deeds.addWidget(Word(note, look="muted", size=0.92))
        return deeds

    def _deed(self, line: Answer, word: str, tip: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(word)
        button.setProperty("look", "link")
        button.setToolTip(tip)
        button.setAccessibleName(f"{word}: line {line['number']}")
        button.clicked.connect(lambda _checked=False: does())
        self.buttons[str(line["name"]), word.lower()] = button
        return button

    # Writing

    def _edit(self, name: str) -> None:
        self._edits = name
        self._build()
        assert self.editor is not None
        self.editor.setFocus()
        self.editor.selectAll()

    def _writing(self, line: Answer, standing: Standing | None) -> QVBoxLayout:
        text = standing.text if standing is not None and standing.text else str(line["text"]).partition(": ")[2]
        self.editor = editor = QPlainTextEdit(text)
        editor.setAccessibleName(f"Line {line['number']} in your words")
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(4 * self.fontMetrics().lineSpacing())
        save, cancel = QPushButton("Save"), QPushButton("Cancel")
        save.setProperty("look", "primary")
        save.setToolTip("Save your words (Ctrl+Enter)")
        save.clicked.connect(partial(self._save, int(line["proposition"]), text))
        cancel.clicked.connect(self.cancel)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), editor)
        shortcut.activated.connect(partial(self._save, int(line["proposition"]), text))
        self.buttons[str(line["name"]), "save"], self.buttons[str(line["name"]), "cancel"] = save, cancel
        return column(editor, row(save, cancel, -1))

    def _save(self, id_: int, before: str, *_: object) -> None:
        assert self.editor is not None
        text = " ".join(self.editor.toPlainText().split())
        self.cancel()
        if text and text != before:
            self.edited.emit(id_, text)

    def cancel(self, *_: object) -> None:
        """What is being written is left."""
        self._edits, self._shown = "", None
        self._build()


def _when(line: Answer) -> str:
    """“Tuesday 10 March 2026, 09:02 to 09:40”: without how long and with how many keys."""
    return ", ".join(str(line["text"]).partition(": ")[0].split(", ")[:2])


def _look_of(line: Answer, standings: Standings) -> object:
    """What is seen of how it stands."""
    standing = standings.get(str(line["name"]))
    return standing is None or standing.is_believed, _said(line, standing), _note(standing, is_out=False)


def _said(line: Mapping[str, object], standing: Standing | None) -> str:
    """As the person has put it since, or as it was told."""
    text = str(line["text"])
    own = standing.text if standing is not None and standing.is_edited else ""
    return shorter(own or text.partition(": ")[2] or text, LONGEST_SOURCE)


def _note(standing: Standing | None, *, is_out: bool) -> str:
    verdict = standing.verdict if standing is not None else ""
    if standing is not None and not standing.is_believed and not verdict:
        verdict = "It is not believed any more."
    return " ".join(part for part in ("Left out." if is_out else "", verdict) if part)
