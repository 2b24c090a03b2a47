"""What one sees when all is well: side column, message bar and pages. Reads anew when something has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gum_app.paths import Home
from gum_app.records import ObservationId, PrivacyRule, Proposition, PropositionId
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.ui.ask_page import AskPage
from gum_app.ui.asking import Reader
from gum_app.ui.deeds import Deeds, Undo
from gum_app.ui.digest_page import DigestPage
from gum_app.ui.drawn import Busy
from gum_app.ui.forget import ForgetDialog
from gum_app.ui.kept_page import KeptPage
from gum_app.ui.message_bar import MessageBar
from gum_app.ui.model_page import ModelPage
from gum_app.ui.norms_card import Matters
from gum_app.ui.norms_card import look_up as look_up_matters
from gum_app.ui.pieces import Prose, column
from gum_app.ui.privacy_page import PrivacyPage
from gum_app.ui.propositions_page import PropositionsPage
from gum_app.ui.reminders_card import is_due
from gum_app.ui.seen_page import SeenPage
from gum_app.ui.settings_page import SettingsPage
from gum_app.ui.side import Side
from gum_app.ui.spot_check import SpotCheckDialog
from gum_app.ui.spot_check_offer import SpotCheckOffer
from gum_app.ui.status_wording import who_asks
from gum_app.ui.suggestions_page import SuggestionsPage
from gum_app.ui.sure_page import SurePage
from gum_app.ui.told_card import Programs, look_up_programs
from gum_app.ui.writing import adding, noting

NARROW_BELOW = 900  # pixels of width under which the side column shows pictures only
MADE_UP = "This is a made-up life, played from a recording: nothing here is about you, and nothing of yours is watched."
EPISODE_GONE = "That episode is not kept any more: it was forgotten, or its time to be kept is over."
LOOK_MS = 1000  # while visible; costs microseconds
PROPOSITIONS, ASK, SUGGESTIONS, SEEN, DIGEST, PRIVACY, KEPT, MODEL, SURE, SETTINGS = range(10)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    settings: Settings
    rules: tuple[PrivacyRule, ...]
    matters: Matters
    programs: Programs
    waiting: int  # suggestions that were shown and are not over, and reminders that are due


class Dashboard(QWidget):
    def __init__(
        self,
        home: Home,
        reader: Reader,
        deeds: Deeds,
        now: Callable[[], datetime],
        *,
        restyle: Callable[[str], None],
        made_up: bool = False,
    ) -> None:
        """`made_up`: the life that is shown is nobody's, and the window says so at all times."""
        super().__init__()
        self.setObjectName("window")
        self._reader, self._deeds, self._restyle = reader, deeds, restyle
        self._version: int | None = None
        self._asking: set[str] = set()  # programs whose asking was said
        self._behind: set[int] = set()  # pages that have not been read since the last change
        self.side = Side()
        self.made_up = Prose(MADE_UP, look="notice", size=0.92, middle=True)
        self.made_up.setVisible(made_up)
        self.messages = MessageBar()
        self.busy = Busy()
        self.propositions = PropositionsPage(reader, deeds, now)
        self.asking = AskPage(reader, deeds)
        self.suggestions = SuggestionsPage(reader, deeds, now)
        self.seen = SeenPage(reader, now)
        self.digest = DigestPage(reader, deeds, now)
        self.privacy = PrivacyPage(deeds, now)
        self.kept = KeptPage(home, reader, deeds)
        self.sure = SurePage(reader, now)
        self.offer = SpotCheckOffer()
        self._now = now
        self.model = ModelPage(deeds, now)
        self.settings = SettingsPage(deeds, restyle=restyle)
        self.pages = QStackedWidget()
        for page in self._in_order():
            self.pages.addWidget(page)
        self._look_timer = QTimer(self, interval=LOOK_MS)
        self._lay_out()
        self._connect()
        self._read_wishes()
        self.privacy.ask_for_shipped()
        self.side.turn_to(PROPOSITIONS)

    def forget(self, scope: dict[str, Any], what: str) -> ForgetDialog:
        dialog = ForgetDialog(self._deeds.asker, scope, what)
        dialog.gone.connect(self._forgotten)
        dialog.open_over(self.window())
        return dialog

    # Building

    def _in_order(self) -> tuple[QWidget, ...]:
        """As the side column names them."""
        first = (self.propositions, self.asking, self.suggestions, self.seen, self.digest, self.privacy)
        return (*first, self.kept, self.model, self.sure, self.settings)

    def _lay_out(self) -> None:
        right = column(
            self.made_up, self.busy, self.pages, self.offer, self.messages, spacing=0
        )  # below: nothing one aims at moves
        right.setStretch(2, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.side)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.side.turned.connect(self._turn)
        self.propositions.add_wanted.connect(self.add)
        self.propositions.forget_wanted.connect(self._forget_proposition)
        self.propositions.told.connect(lambda sentence: self.messages.done(sentence))
        self.asking.wanted.connect(self._see)
        self.asking.episode_wanted.connect(self._see_episode)
        self.seen.gone.connect(lambda: self.messages.trouble(EPISODE_GONE))
        self.suggestions.wanted.connect(self._see)
        self.digest.wanted.connect(self._see)
        self.seen.forget_wanted.connect(self.forget)
        self.seen.note_wanted.connect(self.note)
        self.privacy.forget_wanted.connect(self.forget)
        self.kept.forget_wanted.connect(self.forget)
        self.sure.check_wanted.connect(self.check)
        self.offer.wanted.connect(self.check)
        self._deeds.done.connect(self._done)
        self._deeds.busy.connect(self.busy.work)
        self._deeds.failed.connect(self.messages.trouble)
        self._reader.failed.connect(self.messages.trouble)
        self.messages.undo.connect(self._deeds.undo)
        self._look_timer.timeout.connect(self._look)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._undo)
        QShortcut(QKeySequence.StandardKey.New, self, self.add)
        QShortcut(QKeySequence.StandardKey.Refresh, self, self._changed)

    # Living

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.make_narrow(self.width() < NARROW_BELOW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_timer.start()
        self._look()
        now = self._now()
        self._reader.read(lambda store: store.spot_check_is_welcome(now), self._offer)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look_timer.stop()
        self.offer.hide()
        if not event.spontaneous():  # closed, not only put away
            self.asking.leave()

    def _look(self) -> None:
        self._reader.read(lambda store: store.version(), self._take_version)

    def _take_version(self, version: int) -> None:
        if self._version is not None and version != self._version:
            self._changed()
        self._version = version

    def _changed(self) -> None:
        self._behind = {PROPOSITIONS, SUGGESTIONS, SEEN, DIGEST, KEPT, SURE} - {self.pages.currentIndex()}
        self._refresh(self.pages.currentIndex())
        self.asking.refresh()  # whatever is in front: an answer does not outlast what it rests on
        self._read_wishes()

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        if page == ASK:
            self.asking.field.setFocus()
        if page in self._behind:
            self._behind.discard(page)
            self._refresh(page)

    def _refresh(self, page: int) -> None:
        match self.pages.widget(page):
            case PropositionsPage() | SuggestionsPage() | SeenPage() | DigestPage() | KeptPage() | SurePage() as shown:
                shown.refresh()

    def _read_wishes(self) -> None:
        now = self._now()
        self._reader.read(lambda store: _wishes(store, now), self._take_wishes)

    def _take_wishes(self, wishes: Wishes) -> None:
        self.settings.show_settings(wishes.settings)
        self.model.show_settings(wishes.settings)
        self.privacy.show_own(wishes.rules)
        self.privacy.show_matters(wishes.matters)
        self.privacy.show_programs(wishes.programs)
        self.side.count(SUGGESTIONS, wishes.waiting)
        self._say_who_asks(wishes.programs)
        self._restyle(wishes.settings.theme)

    def _say_who_asks(self, programs: Programs) -> None:
        """Once in each window; the page keeps it until it is answered."""
        new = [client for client in programs.asking if client not in self._asking]
        self._asking.update(new)
        if new:
            self.messages.done(f"{who_asks(new)}: see “Privacy”.")

    # What the person does

    def add(self) -> None:
        dialog = adding(self.window())
        dialog.wrote.connect(self._deeds.add)
        dialog.open()

    def note(self) -> None:
        dialog = noting(self.window())
        dialog.wrote.connect(lambda text, _kind: self._deeds.note(text))
        dialog.open()

    def ask(self) -> None:
        self.side.turn_to(ASK)

    def suggest(self, id: int | None = None, *, look: bool = False) -> None:  # noqa: A002
        """The page “Suggestions”; with an id, that one; `look`: what would happen."""
        self.side.turn_to(SUGGESTIONS)
        if id is not None:
            self.suggestions.show_one(id, look=look)

    def see_requests(self) -> None:
        """The page on which programs that ask are answered."""
        self.side.turn_to(PRIVACY)
        self.privacy.show_requests()

    def check(self) -> None:
        dialog = SpotCheckDialog(self._reader, self._deeds, self._now(), self.window())
        dialog.over.connect(self._look)
        dialog.open()

    def _offer(self, welcome: bool) -> None:
        """It stays until the window is closed, and then for a week it does not come back."""
        if welcome and self.isVisible():
            self.offer.show()
            self._deeds.asker.ask({"do": "spot_check_offered"})

    def _see(self, id: int) -> None:  # noqa: A002
        self.side.turn_to(PROPOSITIONS)
        self.propositions.choose(PropositionId(id))

    def _see_episode(self, day: date, id_: int) -> None:
        self.side.turn_to(SEEN)
        self.seen.show_episode(day, ObservationId(id_))

    def _forget_proposition(self, belief: Proposition) -> None:
        self.forget({"proposition": belief.id}, "this proposition")

    def _undo(self) -> None:
        """What the bar offers to take back; else the last change."""
        if self.messages.offers_undo:
            self.messages.undo_button.click()
        else:
            self._deeds.undo()

    def _done(self, sentence: str, undo: Undo | None) -> None:
        self.messages.done(sentence, undo)
        self._look()

    def _forgotten(self, sentence: str) -> None:
        self.asking.clear()
        self.messages.done(sentence)
        self._look()


def _wishes(store: ReadingStore, now: datetime) -> Wishes:
    settings = store.settings()
    return Wishes(
        settings=settings,
        rules=store.privacy_rules(),
        matters=look_up_matters(store),
        programs=look_up_programs(store),
        waiting=(len(store.suggestions({"shown"})) if settings.suggestions else 0)
        + sum(is_due(each, now) for each in store.reminders()),
    )
