"""Private matters: for each kind a choice of how much is kept, and the list of what was cut or left out for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from gum_app.records import MATTERS, Keeping, Matter
from gum_app.rules.norms import NAMES, Norms
from gum_app.store.reading import ReadingStore
from gum_app.store.rulings import Tally
from gum_app.ui.asking import Answer
from gum_app.ui.deeds import Deeds
from gum_app.ui.norms_wording import CHOICES, choices, listed_as, name_of, reason, tightened, told, usual
from gum_app.ui.pieces import Place, Prose, column, muted, row, rule
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE

MOST_LISTED = 40  # of the newest; the numbers above count all


@dataclass(frozen=True, kw_only=True)
class Matters:
    norms: Norms
    tallies: tuple[Tally, ...]


def look_up(store: ReadingStore) -> Matters:
    norms = Norms(said=store.settings().norms, reluctance=store.reluctance())
    return Matters(norms=norms, tallies=tuple(store.tallies()))


class NormsCard(Place):
    """One row for each kind."""

    tightened = Signal(str)  # the kind of which less is kept from now on

    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=SPACE + 4)
        self._deeds, self._now = deeds, now
        self._shown: Matters | None = None
        self.boxes: dict[Matter, DropDown] = {}
        self.sentences: dict[Matter, Prose] = {}

    def show_matters(self, matters: Matters) -> None:
        """Boxes stay where they are while one of them is open: only what they say is changed."""
        self._shown = matters
        if not self.boxes:
            self._build()
        for matter, box in self.boxes.items():
            said = matters.norms.said.get(matter)
            box.blockSignals(True)
            box.setItemText(0, usual(matter, matters.norms))
            box.setCurrentIndex(box.findData(said))
            box.blockSignals(False)
            self.sentences[matter].say(told(matter, matters.norms, matters.tallies, self._now()))
        widest = max(box.sizeHint().width() for box in self.boxes.values())
        for box in self.boxes.values():
            box.setMinimumWidth(widest)

    def _build(self) -> None:
        items: list[QWidget | QLayout | int] = []
        for matter in MATTERS:
            box = self.boxes[matter] = DropDown()
            box.setAccessibleName(f"How much is kept of {NAMES[matter]}")
            box.addItem("", None)
            box.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToContents)
            for keeping in choices(matter):
                box.addItem(CHOICES[keeping], keeping)
            box.activated.connect(lambda _n, matter=matter: self._chosen(matter))
            self.sentences[matter] = muted("")
            head = row(Prose(name_of(matter), weight=Prose.BOLD, middle=True), box)
            items += [*([rule()] if items else []), column(head, self.sentences[matter], spacing=2)]
        self.put(*items)

    def _chosen(self, matter: Matter) -> None:
        assert self._shown is not None
        before: Keeping = self._shown.norms.of(matter)
        question = {"do": "norm", "matter": matter, "keeping": self.boxes[matter].currentData()}

        def say(answer: Answer) -> None:
            self._deeds.done.emit(f"{name_of(matter)}: {answer['effect']}", None)
            if tightened(matter, before, answer["keeping"]):
                self.tightened.emit(matter)

        self._deeds.ask(question, say)


class RulingsCard(Place):
    """What was cut or left out: kind, rule, program, how often and when. Never what it was."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=SPACE + 2)
        self._now = now
        self._shown: tuple[Tally, ...] | None = None

    def show_tallies(self, tallies: tuple[Tally, ...]) -> None:
        if tallies == self._shown:
            return
        self._shown = tallies
        items: list[QWidget | QLayout | int] = []
        for tally in tallies[:MOST_LISTED]:
            items += [*([rule()] if items else []), _one(tally, self._now())]
        if len(tallies) > MOST_LISTED:
            items.append(muted(f"… and {len(tallies) - MOST_LISTED} more."))
        self.put(*items or [muted("Nothing so far.", 1.0)])


def _one(tally: Tally, now: datetime) -> QLayout:
    return column(Prose(listed_as(tally), weight=Prose.BOLD), muted(reason(tally, now)), spacing=1)
