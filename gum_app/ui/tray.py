"""The icon in the tray: the state at a glance, and a menu of what one wants in a hurry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gum_app.clock import Clock
from gum_app.ui.icons import badge, badge_of
from gum_app.ui.requests_told import RequestsTold
from gum_app.ui.status import Status
from gum_app.ui.status_wording import asks, focus, headline, sends, today
from gum_app.ui.wording import moment

FOCUS_MINUTES = {"focus_25": 25, "focus_50": 50, "focus_90": 90}


@dataclass(frozen=True)
class Entry:
    """A line of the menu: what it says, what it sends, and when it is there."""

    name: str
    text: str
    shown: bool = True
    enabled: bool = True


def entries(status: Status, now: datetime) -> list[Entry | None]:
    """The menu for a state, None for a dividing line. Pure."""
    usable = status.reachable and status.consented and status.key == "ready"
    note = status.trouble[0] if status.trouble else today(status)
    until = moment(status.focus_until, now) if status.focus_until is not None else ""
    open_ = status.suggestions_open
    may_focus = status.may_focus and not until
    return [
        Entry("headline", headline(status, now), enabled=False),
        Entry("note", note, shown=bool(note), enabled=False),
        Entry("remote", sends(status), shown=bool(status.remote), enabled=False),
        Entry("requests", f"{asks(status)} …", shown=bool(status.asking)),
        None,
        Entry("open", "Open gum-app" if status.consented else "Set up gum-app …"),
        Entry("ask", "Ask …", enabled=usable),
        Entry("suggest", f"Suggestions ({open_}) …" if open_ else "Suggestions …", enabled=usable),
        None,
        Entry("pause_15", "Pause for 15 minutes", shown=status.may_pause),
        Entry("pause_60", "Pause for 1 hour", shown=status.may_pause),
        Entry("pause_tomorrow", "Pause until tomorrow", shown=status.may_pause),
        Entry("resume", "Resume", shown=status.is_paused),
        None,
        *(Entry(name, f"Focus for {minutes} minutes", shown=may_focus) for name, minutes in FOCUS_MINUTES.items()),
        Entry("focus_stop", f"End the focus time (until {until})", shown=bool(until)),
        None,
        Entry("forget_10", "Forget the last 10 minutes …", enabled=usable),
        Entry("forget_60", "Forget the last hour …", enabled=usable),
        None,
        Entry("quit", "Quit: stop everything"),
    ]


class StateMenu(QMenu):
    """The same menu in the tray and on the small light."""

    chosen = Signal(str)  # the name of an entry

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Entry | None] = []

    def show_status(self, status: Status, now: datetime) -> None:
        wanted = entries(status, now)
        if wanted == self._shown:
            return  # a menu that is rebuilt while it is open would close
        self._shown = wanted
        self.clear()
        for entry in wanted:
            if entry is None:
                self.addSeparator()
            elif entry.shown:
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        action = QAction(entry.text.replace("&", "&&"), self)
        action.setObjectName(entry.name)
        action.setEnabled(entry.enabled)
        action.triggered.connect(lambda _checked=False: self.chosen.emit(entry.name))
        self.addAction(action)


class Tray(QObject):
    opened = Signal()
    chosen = Signal(str)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.menu = StateMenu()
        self.menu.chosen.connect(self.chosen)
        self.icon = QSystemTrayIcon(badge("starting"), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._requests = RequestsTold()
        self.icon.messageClicked.connect(lambda: self.chosen.emit("requests"))

    def show_status(self, status: Status) -> None:
        now = status.now or self._clock.now()
        self.icon.setIcon(badge_of(status))
        told = (f"gum-app: {headline(status, now)}", focus(status, now), sends(status), asks(status))
        self.icon.setToolTip("\n".join(filter(None, told)))
        self.menu.show_status(status, now)
        if self.icon.isVisible() and (sentence := self._requests.to_tell(status.asking, now)):
            self.icon.showMessage("gum-app", sentence, self.icon.icon())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.opened.emit()
