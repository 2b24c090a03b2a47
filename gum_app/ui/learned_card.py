"""What the answers have taught: per kind of offer, how it was answered, what follows, and a switch for “never such”."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from gum_app.rules.abilities import NAMES
from gum_app.suggestions import OfferKind
from gum_app.ui.pieces import Place, Prose, column, muted, row, rule
from gum_app.ui.suggestion_lookup import Learned
from gum_app.ui.suggestion_wording import learned
from gum_app.ui.theme import SPACE

NOTHING = "Nothing yet: it learns from what you say to suggestions."


class LearnedCard(Place):
    def __init__(self, set_never: Callable[[OfferKind, bool], None]) -> None:
        super().__init__(muted(NOTHING, 1.0), spacing=SPACE)
        self._set_never = set_never
        self._shown: tuple[Learned, ...] = ()
        self.never: dict[OfferKind, QCheckBox] = {}

    def show_learned(self, found: tuple[Learned, ...]) -> None:
        if found == self._shown:
            return
        self._shown = found
        self.never = {}
        items: list[QWidget | QLayout | int] = []
        for each in found:
            items += [*([rule()] if items else []), self._one(each)]
        self.put(*items or [muted(NOTHING, 1.0)])

    def _one(self, one: Learned) -> QLayout:
        name = NAMES[one.kind]
        never = self.never[one.kind] = QCheckBox("Never")
        never.setChecked(one.never)
        never.setAccessibleName(f"Never offer {name}")
        never.clicked.connect(lambda checked: self._set_never(one.kind, checked))
        told = column(Prose(name[:1].upper() + name[1:], weight=Prose.BOLD), muted(learned(one)), spacing=1)
        line = row(spacing=SPACE)
        line.addLayout(told, 1)
        line.addWidget(never)
        return line
