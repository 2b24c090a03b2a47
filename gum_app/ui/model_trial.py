"""Try it: the model is asked about a picture that comes with the app, and its answer and the time it took are shown."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from gum_app.ui.asking import Answer, Asking
from gum_app.ui.icons import IconButton
from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.pieces import Card, Prose, muted, row

ABOUT = "Asks the model what it sees on a picture that comes with gum-app. Nothing of yours is shown to it."


class ModelTrial(Card):
    def __init__(self, deeds: ModelDeeds) -> None:
        self._deeds = deeds
        self._asking: Asking | None = None
        self._stopping = False
        self._of = ""
        self.go, self.stop = IconButton("play", "Ask it"), IconButton("cross", "Stop")
        self.told = muted("")
        self.answer, self.trouble = Prose(), Prose(look="danger")
        super().__init__(muted(ABOUT, 1.0), row(self.go, self.stop, -1), self.told, self.answer, self.trouble)
        self.go.clicked.connect(self.ask)
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self._show()

    def show_model(self, name: str) -> None:
        """Which model would be asked: what another one said is not shown as if this one had."""
        if name != self._of:
            self._of = name
            if self._asking is None:
                self._show()

    def ask(self) -> None:
        if self._asking is not None:
            return
        asked = self._of
        self._asking = asking = self._deeds.try_it()
        _instead_of(self.go, self.stop)
        self._show(told="Asking …")
        asking.progressed.connect(self._progress)
        asking.answered.connect(lambda answer: self._answered(answer, asked))
        asking.failed.connect(self._failed)

    def _stop(self) -> None:
        if self._asking is not None and not self._stopping:
            self._stopping = True
            self._asking.stop()
            self._show(told="Stopping …")

    def _progress(self, answer: Answer) -> None:
        if not self._stopping:
            self._show(told=str(answer.get("said", "")))

    def _answered(self, answer: Answer, asked: str) -> None:
        self._over()
        if answer.get("stopped"):
            self._show(told="Stopped.")
        elif asked == self._of:
            seconds = float(answer.get("milliseconds", 0)) / 1000
            told = f"{answer.get('sentence', '')} It took {seconds:,.1f} s. The model says:".strip()
            self._show(told=told, answer=f"“{str(answer.get('answer', '')).strip()}”")
        else:
            self._show()

    def _failed(self, sentence: str, _lost: bool) -> None:
        self._over()
        self._show(trouble=sentence)

    def _over(self) -> None:
        self._asking, self._stopping = None, False
        _instead_of(self.stop, self.go)

    def _show(self, *, told: str = "", answer: str = "", trouble: str = "") -> None:
        for label, text in ((self.told, told), (self.answer, answer), (self.trouble, trouble)):
            label.say(text)
            label.setVisible(bool(text))


def _instead_of(gone: QPushButton, come: QPushButton) -> None:
    """The other button takes the place, and the keyboard with it."""
    held = gone.hasFocus()
    come.show()
    if held:
        come.setFocus()
    gone.hide()
