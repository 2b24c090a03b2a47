"""Try it: the model is asked about a picture that comes with the app, and its answer and the time it took are shown."""

from __future__ import annotations

from gum_app.ui.asking import Answer
from gum_app.ui.icons import IconButton
from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.pieces import Busy, Card, Prose, muted, row

ABOUT = "Asks the model what it sees on a picture that comes with gum-app. Nothing of yours is shown to it."


class ModelTrial(Card):
    def __init__(self, deeds: ModelDeeds) -> None:
        self._deeds = deeds
        self.go = IconButton("play", "Ask it")
        self.busy = Busy()
        self.told = muted("")
        self.answer, self.trouble = Prose(), Prose(look="danger")
        super().__init__(muted(ABOUT, 1.0), row(self.go, -1), self.busy, self.told, self.answer, self.trouble)
        self.go.clicked.connect(self.ask)
        self._show()

    def ask(self) -> None:
        self.go.setEnabled(False)
        self.busy.work(True)
        self._show(told="Asking …")
        asking = self._deeds.try_it()
        asking.progressed.connect(self._progress)
        asking.answered.connect(self._answered)
        asking.failed.connect(self._failed)

    def _progress(self, answer: Answer) -> None:
        self._show(told=str(answer.get("said", "")))

    def _answered(self, answer: Answer) -> None:
        self._over()
        seconds = float(answer.get("milliseconds", 0)) / 1000
        sentence = str(answer.get("sentence", ""))
        self._show(told=f"{sentence} It took {seconds:,.1f} s.".strip(), answer=str(answer.get("answer", "")))

    def _failed(self, sentence: str, _lost: bool) -> None:
        self._over()
        self._show(trouble=sentence)

    def _over(self) -> None:
        self.go.setEnabled(True)
        self.busy.work(False)

    def _show(self, *, told: str = "", answer: str = "", trouble: str = "") -> None:
        for label, text in ((self.told, told), (self.answer, answer), (self.trouble, trouble)):
            label.say(text)
            label.setVisible(bool(text))
