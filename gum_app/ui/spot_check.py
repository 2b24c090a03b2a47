"""The spot check: one statement after the other, by mouse or keys. It can be stopped, and gone on with later.

How sure each one is shown to be is not told here, so that it sways nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QWidget

from gum_app.records import SpotCheck, SpotCheckId, Verdict
from gum_app.rules.reliability import reliability_of, told
from gum_app.rules.spot_check import still_open
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Answer, Reader
from gum_app.ui.belief_wording import KIND_NAMES
from gum_app.ui.deeds import LONG_SECONDS, Deeds
from gum_app.ui.detail import Told, look_up
from gum_app.ui.evidence_card import EvidenceCard
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Prose, Word, chip, column, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, listed

SIZE = (660, 540)
MOST_EVIDENCE = 4
# what is sent, the icon, the word, the key, what it does
CHOICES: tuple[tuple[str, str, str, str, str], ...] = (
    ("right", "check", "Right", "R", "It is so. Your word is final"),
    ("partly", "dots", "Partly", "P", "Not quite so: counts as a half"),
    ("wrong", "cross", "Wrong", "W", "Remember not to believe it, in whatever words"),
    ("skip", "right", "Skip", "S", "I do not know, or do not say"),
)
KEYS = "Keys: R, P, W, S; B goes back. “Right” is final, “wrong” is remembered and does not come back."
SAID: dict[str | None, str] = {
    "right": "You said: right.",
    "partly": "You said: partly.",
    "wrong": "You said: wrong.",
    "skip": "You skipped it.",
}


@dataclass(frozen=True, kw_only=True)
class Item:
    check: SpotCheck
    told: Told


def items(store: ReadingStore, now: datetime) -> list[Item]:
    """What was drawn last, as long as it is open; without what was forgotten meanwhile."""
    found = [(check, look_up(store, check.proposition_id)) for check in still_open(store.spot_checks(), now)]
    return [Item(check=check, told=told) for check, told in found if told is not None]


class SpotCheckDialog(QDialog):
    over = Signal()

    def __init__(self, reader: Reader, deeds: Deeds, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ten propositions, right or wrong?")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._reader, self._deeds, self._now = reader, deeds, now
        self._closed = False  # what was asked arrives later, perhaps after the dialog is gone
        self._waits = False
        self.items: list[Item] = []
        self.answers: dict[SpotCheckId, str] = {}
        self.at = 0
        self.number = Word("", look="muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.keys = Prose(KEYS, look="muted", size=0.92, middle=True)
        self.trouble = Prose(look="danger")
        self.trouble.hide()
        self.body = Sheet(margins=(0, SPACE, 0, SPACE))
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.resize(*SIZE)
        self._begin()

    # Building

    def _lay_out(self) -> None:
        line = Flow(SPACE)
        for name, picture, word, key, says in CHOICES:
            button = IconButton(picture, word)
            button.setAutoDefault(False)
            button.setToolTip(f"{says} ({key})")
            button.clicked.connect(lambda _=False, name=name: self.answer(name))
            QShortcut(QKeySequence(key), self, lambda name=name: self.answer(name))
            self.buttons[name] = button
            line.addWidget(button)
        self.back = IconButton("left", "Back one", "quiet")
        self.stop = QPushButton("Stop here")
        self.back.setToolTip("To the one before, to change your mind (B)")
        self.stop.setToolTip("Go on later (Esc)")
        for each in (self.back, self.stop):
            each.setAutoDefault(False)
        self.back.clicked.connect(self.go_back)
        self.stop.clicked.connect(self.reject)
        QShortcut(QKeySequence("B"), self, self.go_back)
        stays = self.back.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # else everything would move down with the second one
        self.back.setSizePolicy(stays)
        self._choices = QWidget()
        self._choices.setLayout(line)
        layout = column(
            row(self.number, -1, self.back),
            self.progress,
            self.body,
            self.trouble,
            self._choices,
            row(self.keys, self.stop),
            spacing=SPACE + 2,
            margins=3 * SPACE,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    # Asking

    def _begin(self) -> None:
        self._wait(True)
        asking = self._deeds.asker.ask({"do": "spot_check"}, timeout_seconds=LONG_SECONDS)  # it reads many
        asking.answered.connect(lambda _answer: self._reader.read(lambda store: items(store, self._now), self._take))
        asking.failed.connect(self._failed)

    def _take(self, found: list[Item]) -> None:
        if self._closed:
            return
        self._wait(False)
        self.items = found
        self.answers = {item.check.id: said for item in found if (said := _said(item.check))}
        self.at = next((n for n, item in enumerate(found) if item.check.id not in self.answers), 0)
        self._show()

    def answer(self, name: str) -> None:
        """One of the choices; the next statement comes when it is kept."""
        if self._waits or not self.at < len(self.items):
            return
        self._wait(True)
        check = self.items[self.at].check
        asking = self._deeds.asker.ask({"do": "spot_check_answer", "id": check.id, "verdict": name})
        asking.answered.connect(lambda answer: self._kept(check.id, name, answer))
        asking.failed.connect(self._failed)

    def _kept(self, id_: SpotCheckId, name: str, _answer: Answer) -> None:
        if self._closed:
            return
        self.answers[id_] = name
        self._wait(False)
        self.at += 1
        self._show()

    def _failed(self, sentence: str, lost: bool) -> None:
        if self._closed:
            return
        self._wait(False)
        self.trouble.say(sentence)
        self.trouble.show()
        if not lost and self.at < len(self.items):  # it is gone: there is nothing to judge
            self.items.pop(self.at)
            self._show(keep_trouble=True)

    def _wait(self, waits: bool) -> None:
        self._waits = waits
        for button in (*self.buttons.values(), self.back):
            button.setEnabled(not waits)

    def go_back(self) -> None:
        if self.at > 0 and not self._waits:
            self.at -= 1
            self._show()

    def done(self, result: int) -> None:
        self._closed = True
        self.over.emit()
        super().done(result)

    # Showing

    def _show(self, *, keep_trouble: bool = False) -> None:
        self.trouble.setVisible(keep_trouble)
        number = len(self.items)
        self.progress.setRange(0, max(number, 1))
        self.progress.setValue(self.at)
        self.progress.setAccessibleName(f"{self.at} of {number} judged")
        self.back.setVisible(self.at > 0)
        over = self.at >= number
        self._choices.setVisible(not over)
        self.keys.setText("" if over else KEYS)
        self.stop.setText("Close" if over else "Stop here")
        self.number.setText("" if over else f"{self.at + 1} of {number}")
        if over:
            self._reader.read(lambda store: told(reliability_of(store.spot_checks())), self._show_end)
        else:
            self._show_item(self.items[self.at])

    def _show_item(self, item: Item) -> None:
        belief = item.told.belief
        statement = Prose(belief.text, size=1.4, weight=QFont.Weight.DemiBold)
        statement.setAccessibleName(f"Right or wrong? {belief.text}")
        cards = [EvidenceCard(seen, self._now) for seen in item.told.seen[:MOST_EVIDENCE]]
        before = SAID.get(self.answers.get(item.check.id))
        page = QWidget()
        page.setLayout(
            column(
                row(chip(KIND_NAMES[belief.kind]), -1),
                statement,
                *([muted(before, 1.0)] if before else []),
                Fold("What it rests on", *cards, spacing=SPACE),
                -1,
                spacing=SPACE + 4,
            )
        )
        self.body.put(page)
        self.body.setFocus()  # no button: Enter must not judge, nor end it

    def _show_end(self, sentence: str) -> None:
        if self._closed:
            return
        page = QWidget()
        page.setLayout(
            column(Prose(_thanks(self.answers), size=1.3, weight=QFont.Weight.DemiBold), Prose(sentence), -1)
        )
        self.body.put(page)
        self.stop.setFocus()


def _said(check: SpotCheck) -> str | None:
    return "skip" if check.skipped else check.verdict


def _thanks(answers: dict[SpotCheckId, str]) -> str:
    """“Done: 7 right, 2 partly and 1 wrong.”"""
    verdicts: tuple[Verdict, ...] = ("right", "partly", "wrong")
    numbers = {verdict: sum(said == verdict for said in answers.values()) for verdict in verdicts}
    parts = [f"{number} {verdict}" for verdict, number in numbers.items() if number]
    skipped = sum(said == "skip" for said in answers.values())
    parts += [f"{counted(skipped, 'skipped', 'skipped')}"] if skipped else []
    return f"Done: {listed(parts)}." if parts else "Done."
