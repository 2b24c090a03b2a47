"""The one window. Which face it has follows from the status: first start, locked, dashboard, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from gum_app.paths import Home
from gum_app.ui.asking import Answer, Reader
from gum_app.ui.dashboard import Dashboard
from gum_app.ui.deeds import Deeds
from gum_app.ui.drawn import Empty
from gum_app.ui.icons import app_icon
from gum_app.ui.status import Status
from gum_app.ui.unlock import ChooseKey, Unlock
from gum_app.ui.welcome import Welcome

Face = Literal["starting", "stopped", "welcome", "choose_key", "unlock", "dashboard"]

KEY_SECONDS = 40.0  # a keyring may ask the person first
SIZE = QSize(1180, 780)
SMALLEST = QSize(460, 420)  # half a small screen, and a small screen at 200 %


def face_of(status: Status) -> Face:
    if status.state in {"starting", "stopped"}:
        return "starting" if status.state == "starting" else "stopped"
    if status.key == "not chosen":
        return "welcome"
    if status.key == "trouble":  # a damaged file, a key that does not fit: nothing that could be typed here helps
        return "stopped"
    if status.key != "ready":
        return "unlock"
    replays = status.state in {"replaying", "replayed"}
    return "dashboard" if status.consented or replays else "welcome"


class MainWindow(QMainWindow):
    hurried = Signal()  # something was changed from here: look at the status at once

    def __init__(
        self,
        home: Home,
        deeds: Deeds,
        now: Callable[[], datetime],
        *,
        restyle: Callable[[str], None],
        made_up: bool = False,
    ) -> None:
        """`made_up`: what is shown is a made-up life, which the window says."""
        super().__init__()
        self.setWindowTitle("gum-app: a made-up life" if made_up else "gum-app")
        self.setWindowIcon(app_icon())
        self._home, self._deeds, self._now, self._restyle = home, deeds, now, restyle
        self._made_up = made_up
        self._status: Status | None = None
        self._reader: Reader | None = None
        self._asked_key = False
        self._then: Callable[[Dashboard], None] | None = None  # once there are pages
        self._start_with: dict[str, Any] | None = None  # what was said in the welcome, while the key is being chosen
        self.dashboard: Dashboard | None = None
        self.waiting = Empty("dots", "Starting …", "This takes a moment.")
        self.stopped = Empty("cross", "gum-app is not running", "")
        self.welcome = Welcome(home)
        self.choose_key = ChooseKey(home)
        self.unlock = Unlock()
        self.faces = QStackedWidget()
        for face in (self.waiting, self.stopped, self.welcome, self.choose_key, self.unlock):
            face.setObjectName("window" if isinstance(face, Empty) else face.objectName())
            self.faces.addWidget(face)
        self.setCentralWidget(self.faces)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE.boundedTo(QGuiApplication.primaryScreen().availableSize() * 0.94))
        self._connect()

    # Status

    def show_status(self, status: Status) -> None:
        self._status = status
        face = face_of(status)
        if self.dashboard is not None:
            self.dashboard.side.show_status(status, self._now())
        if face == "dashboard" and self.dashboard is None:
            self._open_dashboard()
        elif face == "stopped" and self.dashboard is not None:
            return  # what is kept can be read, also while nobody watches
        elif not (face == "welcome" and self._start_with is not None):
            self._show_face(face)

    def open(self) -> None:
        self.show()
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()

    def ask(self) -> None:
        """Open at the page “Ask”."""
        self._open_at(lambda dashboard: dashboard.ask())

    def suggest(self, id: int | None = None, *, look: bool = False) -> None:  # noqa: A002
        """Open at the page “Suggestions”, with an id at that one; `look`: at what would happen."""
        self._open_at(lambda dashboard: dashboard.suggest(id, look=look))

    def _open_at(self, then: Callable[[Dashboard], None]) -> None:
        """Before there are pages, as soon as there are."""
        self.open()
        if self.dashboard is not None:
            then(self.dashboard)
        else:
            self._then = then

    def see_requests(self) -> None:
        """Open where the person answers programs that ask. Before there are pages nobody can have asked."""
        self.open()
        if self.dashboard is not None:
            self.dashboard.see_requests()

    def trouble(self, sentence: str) -> None:
        """Something went wrong that no page is waiting for."""
        if self.dashboard is not None:
            self.dashboard.messages.trouble(sentence)
        else:
            self.stopped.say("Something went wrong", sentence)
            self.faces.setCurrentWidget(self.stopped)

    def close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()

    # Building

    def _connect(self) -> None:
        self.welcome.started.connect(self._start)
        self.welcome.refused.connect(self.close)
        self.choose_key.chosen.connect(self._choose_key)
        self.unlock.unlocked.connect(self._unlock)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)

    def _show_face(self, face: Face) -> None:
        shown: dict[Face, QWidget] = {
            "starting": self.waiting,
            "stopped": self.stopped,
            "welcome": self.welcome,
            "choose_key": self.choose_key,
            "unlock": self.unlock,
        }
        if self._status is not None and face == "stopped":
            self._say_why_stopped(self._status)
        if self._status is not None and face == "unlock":
            self.unlock.wants(self._status.key)
        if self.dashboard is not None:
            shown["dashboard"] = self.dashboard
        wanted = shown.get(face, self.waiting)
        if self.faces.currentWidget() is not wanted:
            self.faces.setCurrentWidget(wanted)
            wanted.setFocus()

    def _say_why_stopped(self, status: Status) -> None:
        if status.key == "trouble":
            self.stopped.say("The database cannot be opened", " ".join(status.trouble))
        else:
            self.stopped.say("gum-app is not running", status.sentence)

    # First start

    def _start(self, name: str, at_login: bool) -> None:
        self._start_with = {"do": "start", "name": name, "start_at_login": at_login}
        if self._status is not None and self._status.key == "not chosen":
            asking = self._deeds.asker.ask({"do": "choose_key", "how": "keyring"}, timeout_seconds=KEY_SECONDS)
            asking.answered.connect(self._key_chosen)
            asking.failed.connect(self._no_keyring)
        else:
            self._key_chosen({})

    def _no_keyring(self, sentence: str, lost: bool) -> None:
        self.welcome.working(False)
        if lost:
            self._start_with = None
            self.welcome.trouble(sentence)
        else:
            self.choose_key.explain(sentence)
            self._show_face("choose_key")

    def _choose_key(self, how: str, passphrase: str) -> None:
        question = {"do": "choose_key", "how": how} | ({"passphrase": passphrase} if passphrase else {})
        asking = self._deeds.asker.ask(question, timeout_seconds=KEY_SECONDS)
        asking.answered.connect(self._key_chosen)
        asking.failed.connect(lambda sentence, _lost: self.choose_key.trouble(sentence))

    def _key_chosen(self, _answer: Answer) -> None:
        assert self._start_with is not None
        asking = self._deeds.asker.ask(self._start_with)
        asking.answered.connect(self._started)
        asking.failed.connect(self._not_started)

    def _started(self, _answer: Answer) -> None:
        self._start_with = None
        self.welcome.working(False)
        self.choose_key.working(False)
        self.hurried.emit()

    def _not_started(self, sentence: str, _lost: bool) -> None:
        self._start_with = None
        self.choose_key.working(False)
        self._show_face("welcome")
        self.welcome.trouble(sentence)

    def _unlock(self, passphrase: str) -> None:
        question = {"do": "unlock"} | ({"passphrase": passphrase} if passphrase else {})
        asking = self._deeds.asker.ask(question, timeout_seconds=KEY_SECONDS)
        asking.answered.connect(self._unlocked)
        asking.failed.connect(lambda sentence, _lost: self.unlock.trouble(sentence))

    def _unlocked(self, _answer: Answer) -> None:
        self.unlock.working(False)
        self.unlock.passphrase.clear()
        self.hurried.emit()

    # The dashboard

    def _open_dashboard(self) -> None:
        if not self._asked_key:
            self._asked_key = True
            asking = self._deeds.asker.ask({"do": "key"})
            asking.answered.connect(self._take_key)
            asking.failed.connect(self._no_key)

    def _take_key(self, answer: Answer) -> None:
        assert self._status is not None
        self._reader = Reader(self._home, bytes.fromhex(answer["key"]), self)
        self.dashboard = Dashboard(
            self._home, self._reader, self._deeds, self._now, restyle=self._restyle, made_up=self._made_up
        )
        self.faces.addWidget(self.dashboard)
        self.dashboard.side.show_status(self._status, self._now())
        self._show_face("dashboard")
        if self._then is not None:
            then, self._then = self._then, None
            then(self.dashboard)

    def _no_key(self, sentence: str, _lost: bool) -> None:
        self._asked_key = False  # the next status asks again
        self.stopped.say("The database cannot be opened", sentence)
        self.faces.setCurrentWidget(self.stopped)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes, the light stays: quitting is in its menu. The end of the session is not held up."""
        if not cast(QGuiApplication, QGuiApplication.instance()).isSavingSession():
            event.ignore()
            self.hide()
