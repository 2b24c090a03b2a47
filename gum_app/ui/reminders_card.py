"""Reminders: kept by gum-app and shown when their time has come. Added, put off and done here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit, QLayout, QLineEdit, QPushButton, QWidget

from gum_app.suggestions import Reminder
from gum_app.ui.asking import Answer
from gum_app.ui.deeds import Deeds
from gum_app.ui.flow import Flow
from gum_app.ui.pieces import Place, Prose, column, muted, rule
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import moment

LATER_MINUTES = 60
LONGEST = 200  # characters
NONE = "None is set."


def is_due(reminder: Reminder, now: datetime) -> bool:
    """One that was shown is, though the window's clock may be a second or two behind."""
    return reminder.fired_at is not None or reminder.due_at <= now


class RemindersCard(QWidget):
    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._deeds, self._now = deeds, now
        self._shown: tuple[Reminder, ...] = ()
        self.list = Place(muted(NONE, 1.0), spacing=SPACE)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Remind me of …")
        self.words.setAccessibleName("What to remind you of")
        self.words.setMaxLength(LONGEST)
        self.when = QDateTimeEdit()
        self.when.setAccessibleName("When")
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("ddd d MMM, HH:mm")
        self.add = QPushButton("Add")
        self.add.setEnabled(False)
        self.words.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.words.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self._propose_time()
        when, line = QWidget(), Flow(SPACE)
        line.addWidget(self.when)
        line.addWidget(self.add)
        when.setLayout(line)
        self.setLayout(column(self.list, self.words, when, spacing=SPACE + 4))

    def show_reminders(self, found: tuple[Reminder, ...]) -> None:
        if found == self._shown:
            return
        self._shown = found
        items: list[QWidget | QLayout | int] = []
        for each in found:
            items += [*([rule()] if items else []), self._one(each)]
        self.list.put(*items or [muted(NONE, 1.0)])

    def _one(self, reminder: Reminder) -> QLayout:
        now = self._now()
        due = f"Due {moment(reminder.due_at, now)}" if is_due(reminder, now) else moment(reminder.due_at, now)
        line = Flow(SPACE)
        line.addWidget(muted(due))
        for name, text, question in (
            ("done", "Done", {"do": "reminder_done", "id": int(reminder.id)}),
            ("later", "In an hour", {"do": "reminder_later", "id": int(reminder.id), "minutes": LATER_MINUTES}),
        ):
            button = QPushButton(text)
            button.setObjectName(f"reminder-{name}-{reminder.id}")
            button.setProperty("look", "link")
            button.setAccessibleName(f"{text}: {reminder.text}")
            button.clicked.connect(partial(self._do, question))
            line.addWidget(button)
        under = QWidget()
        under.setLayout(line)
        return column(Prose(reminder.text), under, spacing=1)

    def _do(self, question: dict[str, object], _checked: bool = False) -> None:
        if question["do"] == "reminder_done":
            undo = question | {"done": False}
            self._deeds.ask(question, lambda _answer: self._deeds.done.emit("Done: it is off the list.", undo))
        else:
            self._deeds.do(question, "It comes in an hour.")

    def _add(self) -> None:
        text = " ".join(self.words.text().split())
        if not text:
            return
        at = datetime.fromtimestamp(self.when.dateTime().toSecsSinceEpoch(), tz=self._now().tzinfo)
        self._deeds.ask({"do": "reminder_add", "text": text, "at": at.isoformat()}, partial(self._added, at))

    def _added(self, at: datetime, answer: Answer) -> None:
        """Only now the field is emptied: what was refused can be set right."""
        self.words.clear()
        self._propose_time()
        undo = {"do": "reminder_done", "id": answer["id"]}
        self._deeds.done.emit(f"You will be reminded: {moment(at, self._now())}.", undo)

    def _propose_time(self) -> None:
        """The next full hour but one."""
        at = (self._now() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
        self.when.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp()), QTimeZone.systemTimeZone()))
