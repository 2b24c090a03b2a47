"""The top of the page: what thinks now, in one sentence, and the one thing to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gum_app.ui.drawn import Picture
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.model_status import ModelStatus
from gum_app.ui.model_wording import (
    WITHOUT,
    Next,
    how_far,
    more_than_title,
    next_step,
    set_aside_told,
    title,
    under_way,
    waiting_told,
)
from gum_app.ui.pieces import Card, Prose, column, muted, row
from gum_app.ui.progress import Progress
from gum_app.ui.status_wording import goes_to
from gum_app.ui.theme import SPACE

PICTURES = {
    "build": "chip",
    "stop_build": "cross",
    "download": "save",
    "pause": "pause",
    "resume": "save",
    "use": "check",
    "wake": "play",
}
QUIET = frozenset({"pause", "stop_build"})  # nothing has to be done: it goes on by itself


class ModelNow(Card):
    wanted = Signal(object)  # Next
    off_wanted = Signal()  # the server

    def __init__(self) -> None:
        self.title = Prose(size=1.2, weight=Prose.BOLD)
        self.sentence, self.in_use, self.waiting = Prose(), muted(""), muted("")
        self.set_aside = Prose(look="danger")
        self.without = muted(WITHOUT, 1.0)
        self.remote = Prose(look="danger", weight=Prose.BOLD)
        self.off = IconButton("cross", "Switch off", "danger")
        self.progress = Progress("How far it is")
        self.do = IconButton("play", "")
        self.told = muted("")
        self.step: Next | None = None
        flow, self._acts = Flow(SPACE), QWidget()
        flow.addWidget(self.do)
        flow.addWidget(self.off)
        self._acts.setLayout(flow)
        words = column(self.title, self.sentence, self.remote, self.in_use, spacing=4)
        for more in (self.waiting, self.set_aside, self.without):
            words.addWidget(more)
        whole = row(spacing=2 * SPACE)
        whole.addLayout(column(Picture("chip", "accent", 28), -1))
        whole.addLayout(column(words, self.progress, self.told, self._acts), 1)
        super().__init__(whole)
        self.do.clicked.connect(lambda: self.wanted.emit(self.step))
        self.off.clicked.connect(self.off_wanted)

    def show_status(self, status: ModelStatus) -> None:
        self.title.say(title(status))
        for label, text in (
            (self.sentence, more_than_title(status)),
            (self.in_use, status.in_use or status.chosen_name),
            (self.waiting, waiting_told(status.waiting)),
            (self.set_aside, set_aside_told(status.set_aside)),
            (self.remote, f"{goes_to(status.remote)}." if status.remote else ""),
        ):
            label.say(text)
            label.setVisible(bool(text))
        self.without.setVisible(not status.chosen)
        self.off.setVisible(bool(status.remote))
        self._show_progress(status)
        self._show_step(next_step(status))
        self._acts.setVisible(self.step is not None or bool(status.remote))

    def _show_progress(self, status: ModelStatus) -> None:
        if status.engine.state == "building":
            self.progress.show_progress(status.engine.progress or (0, 0), status.engine.sentence)
            return
        one = under_way(status)
        if one is None:
            self.progress.show_progress(None, "")
        else:
            self.progress.show_progress(one.come_of, f"{one.name}: {how_far(one)}")

    def _show_step(self, step: Next | None) -> None:
        self.do.setVisible(step is not None)
        self.told.setVisible(step is not None and bool(step.told))
        if step is not None and step != self.step:
            self.do.setText(step.text)
            self.do.setProperty("look", "" if step.act in QUIET else "primary")
            self.do.style().unpolish(self.do)
            self.do.style().polish(self.do)
            self.do.show_icon(PICTURES[step.act])
            self.told.say(step.told)
        self.step = step
