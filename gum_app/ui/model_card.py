"""One model of the list: what it is, what it takes, how it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.model_status import Offered
from gum_app.ui.model_wording import SHELF, download_text, how_far, licence, measures
from gum_app.ui.pieces import Card, Prose, chip, column, look, muted
from gum_app.ui.progress import Progress
from gum_app.ui.theme import SPACE

DONE_BY: dict[str, frozenset[str]] = {
    "download": frozenset({"absent", "broken"}),
    "pause": frozenset({"downloading"}),
    "resume": frozenset({"paused"}),
    "use": frozenset({"ready"}),
    "check": frozenset({"ready"}),
    "delete": frozenset({"paused", "ready", "broken"}),
}


class ModelCard(Card):
    """Stays the same widget while the model changes: what has the keyboard keeps it."""

    wanted = Signal(str, object)  # download, pause, resume, use, leave, check or delete; the model as it was shown

    def __init__(self) -> None:
        self.name = Prose(weight=Prose.BOLD)
        self.about, self.measures, self.licence = Prose(), muted(""), muted("")
        self.fits = muted("")
        self.trouble = Prose(look="danger")
        self.progress = Progress("How much of it has come")
        self.in_use, self.recommended = chip("In use", "chip-accent"), chip("Recommended", "chip-accent")
        self.state = chip("")
        self.buttons: dict[str, QPushButton] = {
            "download": IconButton("save", "Download"),
            "pause": IconButton("pause", "Pause"),
            "resume": IconButton("save", "Go on downloading"),
            "use": IconButton("check", "Use"),
            "leave": IconButton("cross", "Stop using it"),
            "check": IconButton("search", "Check its files"),
            "delete": IconButton("bin", "Delete …", "danger"),
        }
        self._shown: Offered | None = None
        self.marks = _flow(self.recommended, self.in_use, self.state)
        text = column(self.about, self.measures, self.fits, self.licence, self.trouble, spacing=3)
        super().__init__(self.name, self.marks, text, self.progress, _flow(*self.buttons.values()))
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name, self._shown))

    def show_model(self, one: Offered, *, in_use: bool, recommended: bool) -> None:
        self._shown = one
        self.name.say(one.name)
        self.about.say(one.about)
        self.measures.say(measures(one))
        self.licence.say(licence(one))
        self.fits.say(one.fits_sentence)
        look(self.fits, "muted" if one.fits else "warn")
        self.trouble.say(one.trouble)
        self.trouble.setVisible(bool(one.trouble))
        self.progress.show_progress(one.come_of, how_far(one))
        self.recommended.setVisible(recommended)
        self.in_use.setVisible(in_use)
        self.state.setText(SHELF.get(one.state, ""))
        self.state.setVisible(one.state in SHELF)
        self.marks.setVisible(in_use or recommended or one.state in SHELF)
        look(self.state, "chip-warn" if one.state == "broken" else "chip")
        self._show_buttons(one, in_use)

    def _show_buttons(self, one: Offered, in_use: bool) -> None:
        for name, states in DONE_BY.items():
            self.buttons[name].setVisible(one.state in states)
        self.buttons["use"].setVisible(one.state == "ready" and not in_use)
        self.buttons["leave"].setVisible(in_use)
        self.buttons["download"].setText(f"{download_text(one)}{' again' if one.state == 'broken' else ''}")
        for button in self.buttons.values():
            button.setAccessibleName(f"{button.text().removesuffix(' …')}: {one.name}")


def _flow(*widgets: QWidget) -> QWidget:
    box, flow = QWidget(), Flow(SPACE)
    for widget in widgets:
        flow.addWidget(widget)
    box.setLayout(flow)
    return box
