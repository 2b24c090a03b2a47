"""What thinks, and how to choose it: the models of the list, one's own files, a server, and what it may cost.

Asks the daemon once a second, and only while it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gum_app.errors import BadInput
from gum_app.settings import OWN, Settings
from gum_app.ui.asking import Answer, Asker, Asking
from gum_app.ui.call_list import CallList
from gum_app.ui.deeds import Deeds
from gum_app.ui.drawn import Empty
from gum_app.ui.endpoint_form import EndpointForm
from gum_app.ui.engine_card import EngineCard
from gum_app.ui.model_budget import ModelBudget
from gum_app.ui.model_card import ModelCard
from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.model_now import ModelNow
from gum_app.ui.model_status import ModelStatus, Offered, model_status_of
from gum_app.ui.model_trial import ModelTrial
from gum_app.ui.model_wording import Next
from gum_app.ui.own_files import OwnFilesCard
from gum_app.ui.pieces import Prose, column, group, heading, muted, section
from gum_app.ui.sheet import Sheet
from gum_app.ui.sure import SureDialog
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import bytes_told

LOOK_MS = 1000
ABOUT = "What thinks about what was seen. It runs on this computer, unless you choose a server."
MEANING = (
    "A small model that compares by meaning: with it a search finds “holiday” where “vacation” was said, and "
    "propositions that say the same in other words are told apart from new ones. Without it words are compared."
)


class ModelPage(Sheet):
    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=3 * SPACE)
        self._deeds, self._now = ModelDeeds(deeds), now
        # Its own: what is asked each second is no work that the person has to be shown.
        self._asker = Asker(deeds.asker.home, self)
        self._asking: Asking | None = None
        self.status: ModelStatus | None = None
        self.cards: dict[str, ModelCard] = {}
        self.now = ModelNow()
        self.trial = ModelTrial(self._deeds)
        self.seeing, self.comparing = column(spacing=SPACE + 4), column(spacing=SPACE + 4)
        self.compared = muted("", 1.0)
        self.comparing_trouble = Prose(look="danger")
        self.own = OwnFilesCard()
        self.endpoint = EndpointForm()
        self.engine = EngineCard()
        self.budget = ModelBudget(deeds.set)
        self.calls = CallList(now)
        self.lost = Empty("dots", "Asking …", "")
        self.content = QWidget()
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._look_timer.timeout.connect(self.look)
        self._lay_out()
        self._connect(deeds)

    def show_settings(self, settings: Settings) -> None:
        self.budget.show_settings(settings)

    # Asking

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_timer.stop()

    def look(self) -> None:
        """One question at a time; who is not looked at asks nothing."""
        if self._asking is None and self.isVisible():
            self._asking = self._asker.ask({"do": "model"})
            self._asking.answered.connect(self._answered)
            self._asking.failed.connect(self._failed)

    def _answered(self, answer: Answer) -> None:
        self._asking = None
        try:
            status = model_status_of(answer)
        except BadInput as error:
            self._say_why(str(error))
            return
        if status != self.status or self.content.isHidden():
            self.show_status(status)

    def _failed(self, sentence: str, _lost: bool) -> None:
        self._asking = None
        self._say_why(sentence)

    def _say_why(self, sentence: str) -> None:
        """What was shown may no longer be so: it is not shown as if it were."""
        self.lost.say("Nothing can be said about the model now", sentence)
        self.lost.show()
        self.content.hide()

    # Showing

    def show_status(self, status: ModelStatus) -> None:
        self.status = status
        self.lost.hide()
        self.content.show()
        self.now.show_status(status)
        self._trial_place.setVisible(bool(status.chosen))
        self.trial.show_model(status.thinks_with)
        self._show_cards(status)
        self.own.show_files(status.own, in_use=status.chosen == OWN)
        self.endpoint.show_server(status.endpoint, in_use=status.asks_server)
        self.compared.say(status.comparing)
        self.compared.setVisible(bool(status.comparing))
        self.comparing_trouble.say(status.comparing_trouble)
        self.comparing_trouble.setVisible(bool(status.comparing_trouble))
        self.engine.show_engine(status.engine)
        self.budget.show_budget(status.budget, self._now())
        self.calls.show_calls(status.calls)

    def _show_cards(self, status: ModelStatus) -> None:
        known = set(self.cards)
        for one in status.models:
            chosen = status.chosen if one.kind == "sees" else status.embedding_chosen
            recommended = one.id == status.recommended.id
            card = self.cards.get(one.id) or self._add_card(one, first=recommended)
            card.show_model(one, in_use=one.id == chosen, recommended=recommended)
        for gone in self.cards.keys() - {one.id for one in status.models}:
            self.cards.pop(gone).deleteLater()
        if known != set(self.cards):
            _tab_through(self.trial.stop, self.seeing)
            _tab_through(self.budget.last, self.comparing)

    def _add_card(self, one: Offered, *, first: bool) -> ModelCard:
        card = ModelCard()
        card.wanted.connect(self._do_with)
        (self.seeing if one.kind == "sees" else self.comparing).insertWidget(0 if first else -1, card)
        self.cards[one.id] = card
        return card

    # Building

    def _lay_out(self) -> None:
        self._trial_place = QWidget()
        self._trial_place.setLayout(group("Try it", self.trial))
        self.content.setLayout(
            column(
                self.now,
                self._trial_place,
                column(section("Models for this computer"), self.seeing),
                group("Your own files", self.own),
                group("A server", self.endpoint),
                group("What it may take", self.budget),
                self._meaning(),
                group("The engine", self.engine),
                group("Its last calls", self.calls),
                spacing=3 * SPACE,
            )
        )
        self.content.hide()
        page = QWidget()
        page.setLayout(
            column(
                column(heading("Model"), muted(ABOUT, 1.0), spacing=2), self.lost, self.content, -1, spacing=3 * SPACE
            )
        )
        self.put(page)

    def _meaning(self) -> QVBoxLayout:
        words = column(
            section("Comparing by meaning"), muted(MEANING, 1.0), self.compared, self.comparing_trouble, spacing=2
        )
        return column(words, self.comparing)

    def _connect(self, deeds: Deeds) -> None:
        deeds.done.connect(lambda _sentence, _undo: self.look())
        self.now.wanted.connect(self._do_next)
        self.now.off_wanted.connect(self._deeds.switch_server_off)
        self.own.wanted.connect(self._deeds.use_files)
        self.own.left.connect(self._deeds.use_none)
        self.endpoint.wanted.connect(self._use_server)
        self.endpoint.left.connect(self._deeds.switch_server_off)
        self.endpoint.key_unwanted.connect(self._deeds.forget_key)
        self.engine.build_wanted.connect(self._deeds.build_engine)
        self.engine.stop_wanted.connect(self._deeds.stop_building)
        self.engine.remove_wanted.connect(self._remove_engine)

    # What the person does

    def _do_next(self, step: Next) -> None:
        one = self.status.model(step.model) if self.status is not None else None
        if one is not None:
            self._do_with(step.act, one)
        else:
            {"build": self._deeds.build_engine, "stop_build": self._deeds.stop_building, "wake": self._deeds.wake}[
                step.act
            ]()

    def _do_with(self, act: str, one: Offered) -> None:
        match act:
            case "download" | "resume":
                self._deeds.download(one)
            case "pause":
                self._deeds.pause(one)
            case "check":
                self._deeds.check(one)
            case "delete":
                self._delete(one)
            case "use" if one.kind == "sees":
                self._deeds.use(one.id, one.name)
            case "leave" if one.kind == "sees":
                self._deeds.use_none()
            case _:
                self._deeds.compare_with(self.status.chosen if self.status else "", one.id * (act == "use"), one.name)

    def _use_server(self, question: dict[str, str], where: str) -> None:
        self._deeds.use_server(question, where).answered.connect(lambda _answer: self.endpoint.taken())

    def _delete(self, one: Offered) -> SureDialog:
        size = bytes_told(one.disk_bytes)
        sentence = f"This frees {size}. To use it again, {bytes_told(one.download_bytes)} have to be downloaded."
        dialog = SureDialog(f"Delete {one.name}?", sentence, f"Delete {size}", self.window())
        dialog.sure.connect(lambda: self._deeds.delete(one))
        dialog.open()
        return dialog

    def _remove_engine(self) -> None:
        sentence = "No model on this computer can think without it. It can be built again."
        dialog = SureDialog("Remove the engine?", sentence, "Remove it", self.window())
        dialog.sure.connect(self._deeds.remove_engine)
        dialog.open()


def _tab_through(before: QWidget, cards: QVBoxLayout) -> None:
    """The cards come after the rest of the page was made; the Tab key follows what is seen, not when it was made."""
    for n in range(cards.count()):
        item = cards.itemAt(n)
        card = item.widget() if item is not None else None
        if isinstance(card, ModelCard):
            for button in card.buttons.values():
                QWidget.setTabOrder(before, button)
                before = button
