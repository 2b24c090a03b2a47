"""Two dialogs: which other proposition says the same, and into which parts one is to be split."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from gum_app.records import CURRENT, Evidence, Proposition
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Reader
from gum_app.ui.pieces import Prose, Word, column, heading, muted, row, section
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import moment, program, shorter

WIDTH = 560
SPLIT_TOLD = (
    "Write what each part says: not the same twice. They are your words then, and no inference rewords them. "
    "It can be taken back."
)
MOST_OFFERED = 20
MOST_SHOWN = 40  # pieces of evidence to be shared out; the older ones belong to all parts


def offered(store: ReadingStore, belief: Proposition, words: str) -> list[Proposition]:
    """What it may be merged with: the nearest by its own words, or by words that were typed."""
    found = store.similar(words, limit=MOST_OFFERED) if words else store.similar_to(belief, limit=MOST_OFFERED)
    return [other for other in found if other.id != belief.id and other.state in CURRENT]


class MergeDialog(QDialog):
    merged = Signal(object, object)  # the ids of the one that stays and of the one that is merged into it

    def __init__(self, belief: Proposition, reader: Reader, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._belief, self._reader = belief, reader
        self._others: list[Proposition] = []
        self._over = False  # what is read arrives later, perhaps after the dialog is gone
        self.search = QLineEdit()
        self.search.setPlaceholderText("Words of the other one")
        self.search.setAccessibleName("Words of the other one")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Propositions that may say the same")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(4)
        self.none = muted("Nothing like it is believed. Type words of the other one.", 1.0)
        self.this, self.that = QRadioButton("The words above stay"), QRadioButton("The words of the chosen one stay")
        words = QButtonGroup(self)
        for button in (self.this, self.that):
            words.addButton(button)
        self.this.setChecked(True)
        self.merge = QPushButton("Merge")
        self.merge.setProperty("look", "primary")
        self.merge.setEnabled(False)
        self.merge.setDefault(True)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        self.setLayout(
            column(
                heading("Merge with another that says the same", 1.3),
                Prose(f"“{belief.text}”"),
                self.search,
                self.list,
                self.none,
                self.this,
                self.that,
                muted("The one that stays gets the evidence of both. It can be taken back."),
                row(-1, cancel, self.merge),
                spacing=SPACE + 4,
                margins=3 * SPACE,
            )
        )
        self.resize(WIDTH, 520)
        self.search.textChanged.connect(lambda _text: self._look())
        self.list.itemSelectionChanged.connect(lambda: self.merge.setEnabled(bool(self.list.selectedItems())))
        self.list.itemActivated.connect(lambda _item: self._merge())
        self.merge.clicked.connect(self._merge)
        cancel.clicked.connect(self.reject)
        self.finished.connect(self._end)
        self.none.hide()
        self._look()

    def _end(self, _result: int) -> None:
        self._over = True

    def _look(self) -> None:
        belief, words = self._belief, self.search.text().strip()
        self._reader.read(lambda store: (words, offered(store, belief, words)), lambda found: self._show(*found))

    def _show(self, words: str, others: list[Proposition]) -> None:
        if self._over or words != self.search.text().strip():
            return
        self._others = others
        self.list.clear()
        for other in others:
            self.list.addItem(QListWidgetItem(other.text))
        self.list.setVisible(bool(others))
        self.none.setVisible(not others)

    def _merge(self) -> None:
        chosen = self.list.currentRow()
        if not self.list.selectedItems() or chosen >= len(self._others):
            return
        this, that = self._belief.id, self._others[chosen].id
        self.merged.emit(*((this, that) if self.this.isChecked() else (that, this)))
        self.accept()


class SplitDialog(QDialog):
    split = Signal(list)  # the parts, as the daemon takes them

    def __init__(self, belief: Proposition, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Split")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.save = QPushButton("Split")
        self.parts = [self._part(number, belief.text) for number in (1, 2)]
        places = sorted(range(len(belief.evidence)), key=lambda n: belief.evidence[n].at, reverse=True)[:MOST_SHOWN]
        self.shares: dict[int, DropDown] = {}
        lines = [self._line(place, belief.evidence[place], now) for place in places]
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        inner = QWidget()
        inner.setLayout(column(*lines, -1, margins=SPACE))
        scroll.setWidget(inner)
        scroll.setVisible(bool(lines))
        self.save.setProperty("look", "primary")
        self.save.setDefault(True)
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        self.setLayout(
            column(
                heading("Split into two", 1.3),
                muted(SPLIT_TOLD, 1.0),
                *(row(Word(f"Part {number}"), part) for number, part in enumerate(self.parts, 1)),
                section("Which evidence belongs to which part"),
                scroll,
                row(-1, cancel, self.save),
                spacing=SPACE + 4,
                margins=3 * SPACE,
            )
        )
        self.resize(WIDTH, 560 if lines else 300)
        self.save.clicked.connect(self._split)
        cancel.clicked.connect(self.reject)
        self._look()

    def _part(self, number: int, text: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setAccessibleName(f"Part {number}")
        field.setMaxLength(1000)
        field.setCursorPosition(0)
        field.textChanged.connect(lambda _text: self._look())
        return field

    def _line(self, place: int, item: Evidence, now: datetime) -> QWidget:
        share = DropDown()
        share.addItems(["Both", "Part 1", "Part 2"])
        share.setAccessibleName(f"To which part belongs: {item.quote}")
        self.shares[place] = share
        line = QWidget()
        words = column(
            Prose(f"“{shorter(item.quote)}”"), muted(f"{moment(item.at, now)}, {program(item.app)}"), spacing=1
        )
        beside = row(words, share)
        beside.setStretch(0, 1)
        line.setLayout(beside)
        return line

    def _texts(self) -> Sequence[str]:
        return [" ".join(part.text().split()) for part in self.parts]

    def _look(self) -> None:
        texts = self._texts()
        self.save.setEnabled(all(texts) and len({text.casefold() for text in texts}) == len(texts))

    def _split(self) -> None:
        parts = [
            {
                "text": text,
                "evidence": [place for place, share in self.shares.items() if share.currentIndex() in {0, n}],
            }
            for n, text in enumerate(self._texts(), 1)
        ]
        self.split.emit(parts)
        self.accept()
