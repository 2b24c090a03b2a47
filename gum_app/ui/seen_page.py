"""“What was seen”: a day as timeline and list, what was left out and by which rule, and a way to forget a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDate, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
    QWidgetAction,
)

from gum_app.records import ObservationId
from gum_app.rules.shipped_rules import OWN_WINDOW
from gum_app.store.reading import ReadingStore
from gum_app.ui import episode
from gum_app.ui.asking import Reader
from gum_app.ui.day import Day, Entry, bounds, day_of, entries
from gum_app.ui.day_model import DayModel
from gum_app.ui.day_picker import DayPicker
from gum_app.ui.drawn import Busy, Empty
from gum_app.ui.icons import IconButton, IconOnlyButton
from gum_app.ui.pieces import Card, Prose, column, heading, muted, row
from gum_app.ui.theme import SPACE
from gum_app.ui.timeline import Span, Timeline
from gum_app.ui.wording import counted, day_said, lasts, moment, times

MOST_EPISODES = 5000  # of a day; more than a day can have
NARROW_BELOW = 560  # pixels of width under which “To” is left out


@dataclass(frozen=True, kw_only=True)
class Shown:
    day: Day
    days: tuple[date, ...]  # with something to see, newest first


def look_up(store: ReadingStore, wanted: date | None, now: datetime) -> Shown:
    """`wanted` None: the newest day there is, else today."""
    days = tuple(store.days())
    day = wanted or (days[0] if days else now.date())
    since, until = bounds(day, now.tzinfo)
    seen = store.observations(since=since, until=until, limit=MOST_EPISODES)
    away, accounts = store.skips(since=since, until=until), store.accounts([item.id for item in seen])
    return Shown(day=day_of(day, seen, away, now.tzinfo, accounts), days=days)


class SeenPage(QWidget):
    forget_wanted = Signal(object, str)  # the scope, and its name
    note_wanted = Signal()
    gone = Signal()  # the episode that was to be shown is not kept any more

    def __init__(self, reader: Reader, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._reader, self._now = reader, now
        self._wanted: date | None = None
        self._today: date | None = None
        self._days: tuple[date, ...] = ()
        self.timeline = Timeline()
        self.model = DayModel()
        self.table = self._make_table()
        self.told = muted("", 1.0)
        self.busy = Busy()
        self.chosen = Prose(look="muted", middle=True)
        self.forget = IconButton("bin", "Forget …", "danger")
        self.before = IconOnlyButton("left", "The day before (Alt+Left)")
        self.after = IconOnlyButton("right", "The day after (Alt+Right)")
        self.picker = IconButton("calendar", "")
        self.calendar = DayPicker()
        self.empty = Empty("eye", "Nothing was seen on this day", "")
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        if self._wanted == self._today != now.date():
            self._wanted = None  # midnight has passed while today was shown
        wanted = self._wanted
        self.busy.work(True)
        self._reader.read(lambda store: look_up(store, wanted, now), partial(self._show, wanted))

    def show_date(self, day: date) -> None:
        self._wanted = day
        self.timeline.choose(None)
        self.refresh()

    def show_episode(self, day: date, id_: ObservationId) -> None:
        """Of that day, and what was kept of it."""
        self.show_date(day)
        self._reader.read(lambda store: episode.look_up(store, id_), self._show_wanted)

    # Building

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("day")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        widest = self.fontMetrics()
        for n, sample in enumerate(("00:00  ", "00:00  ", "under 1 min  ", "libreoffice-calc    ")):
            header.resizeSection(n, widest.horizontalAdvance(sample) + 18)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName("Episodes of the day")
        table.setToolTip("Enter or a double click shows what was kept of an episode")
        return table

    def _lay_out(self) -> None:
        self.picker.setMenu(self._calendar_menu())
        self.picker.setToolTip("Choose a day")
        note = IconButton("note", "Write a note")
        note.setToolTip("Tell something that no screen shows")
        note.clicked.connect(self.note_wanted)
        self.before.setShortcut("Alt+Left")
        self.after.setShortcut("Alt+Right")
        top = row()
        top.addLayout(column(heading("What was seen"), self.told, spacing=2), 1)
        top.addWidget(note, alignment=Qt.AlignmentFlag.AlignTop)
        days = row(self.before, self.picker, self.after, -1, spacing=4)
        act = row(self.chosen, self.forget)
        whole = QWidget()
        inner = column(Card(self.timeline), act, self.table, spacing=SPACE + 4)
        inner.setStretch(2, 1)
        whole.setLayout(inner)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.empty)
        layout = column(top, days, self.busy, self.stack, spacing=SPACE)
        layout.setStretch(3, 1)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 2 * SPACE, 2 * SPACE)
        self.setLayout(layout)

    def _calendar_menu(self) -> QMenu:
        menu = QMenu(self)
        action = QWidgetAction(menu)
        frame = QFrame()
        newest = QPushButton("The newest day")
        newest.setProperty("look", "link")
        newest.clicked.connect(self._newest)
        newest.clicked.connect(menu.close)
        frame.setLayout(column(self.calendar, newest, margins=SPACE))
        action.setDefaultWidget(frame)
        menu.addAction(action)
        self.calendar.clicked.connect(lambda _day: menu.close())
        return menu

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.calendar.clicked.connect(self._picked)
        self.calendar.activated.connect(self._picked)
        self.timeline.chosen.connect(self._span_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._rows_chosen())
        self.forget.clicked.connect(self._forget)
        self.table.activated.connect(lambda index: self._look_into(self.model.entries[index.row()]))
        self._tell_choice()

    # Living

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(1, self.width() < NARROW_BELOW)

    def _show(self, wanted: date | None, shown: Shown) -> None:
        if wanted != self._wanted:
            return
        self.busy.work(False)
        day, now = shown.day, self._now()
        self._days = shown.days
        self._wanted, self._today = day.date, now.date()
        self.picker.setText(day_said(day.date, now.date()))
        self.before.setEnabled(any(other < day.date for other in shown.days))
        self.after.setEnabled(day.date < now.date() or any(other > day.date for other in shown.days))
        self.calendar.mark(shown.days, day.date)
        self.told.say(self._summary(day))
        self.timeline.show_day(day)
        self._show_entries(entries(day))
        self.empty.say(*self._nothing(day.date, now.date()))
        self.stack.setCurrentIndex(int(day.is_empty))

    def _show_entries(self, found: list[Entry]) -> None:
        """What was chosen stays chosen while the day goes on."""
        chosen = {entry.episode for entry in self._chosen_episodes()}
        here = self.table.currentIndex()
        current = self.model.entries[here.row()].started_at if here.isValid() else None
        place = self.table.verticalScrollBar().value()
        self.model.show(found)
        selection = self.table.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        for row_, entry in enumerate(found):
            if entry.started_at == current:
                selection.setCurrentIndex(self.model.index(row_, 0), flag.NoUpdate)
            if entry.episode is not None and entry.episode in chosen:
                selection.select(self.model.index(row_, 0), flag.Select | flag.Rows)
        self.table.verticalScrollBar().setValue(place)
        self._tell_choice()

    def _summary(self, day: Day) -> str:
        if day.is_empty:
            return ""
        away = sum(skip.count for skip in day.skips if skip.rule != OWN_WINDOW)
        if not day.observations:
            return f"Nothing was kept; looked away {times(away)}"
        seen = counted(len(day.observations), "episode")
        return f"{lasts(day.seconds)} in {seen}; looked away {times(away)}"

    def _nothing(self, day: date, today: date) -> tuple[str, str]:
        if not self._days:
            return "Nothing was seen yet", "Work as you always do; what is looked at appears here within a minute."
        if day == today:
            return "Nothing was seen today", "The days before are in the calendar above."
        return "Nothing was seen on this day", "Days with something to see are bold in the calendar above."

    def _newest(self) -> None:
        self._wanted = None
        self.timeline.choose(None)
        self.refresh()

    def _picked(self, day: QDate) -> None:
        self.show_date(date(day.year(), day.month(), day.day()))

    def _step(self, direction: int) -> None:
        """To the next day with something to see, else by one day."""
        day = self.timeline.day.date if self.timeline.day is not None else self._now().date()
        others = [other for other in self._days if (other - day).days * direction > 0]
        nearest = min(others, key=lambda other: abs((other - day).days), default=day + timedelta(days=direction))
        self.show_date(nearest)

    def _look_into(self, entry: Entry) -> None:
        id_ = entry.episode
        if id_ is not None:
            self._reader.read(lambda store: episode.look_up(store, id_), self._show_episode)

    def _show_wanted(self, whole: episode.Whole | None) -> None:
        if whole is None:
            self.gone.emit()
        else:
            self._show_episode(whole)

    def _show_episode(self, whole: episode.Whole | None) -> None:
        if whole is None:
            self.refresh()
            return
        dialog = episode.EpisodeDialog(whole, self._now(), self.window())
        dialog.forget_wanted.connect(self.forget_wanted)
        dialog.open()

    # Forgetting a part

    def _span_chosen(self, span: Span | None) -> None:
        if span is not None:
            self.table.clearSelection()
        self._tell_choice()

    def _rows_chosen(self) -> None:
        if self._chosen_episodes():
            self.timeline.choose(None)
        self._tell_choice()

    def _chosen_episodes(self) -> list[Entry]:
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        return [self.model.entries[row] for row in sorted(rows) if self.model.entries[row].episode is not None]

    def _tell_choice(self) -> None:
        span, chosen = self.timeline.span, self._chosen_episodes()
        if span is not None:
            told = f"Chosen: {span[0]:%H:%M} to {span[1]:%H:%M}"
        elif chosen:
            told = f"Chosen: {counted(len(chosen), 'episode')}"
        else:
            told = "Drag over the timeline, or choose rows, to forget a part. A double click shows what was kept."
        self.chosen.say(told)
        self.forget.setEnabled(span is not None or bool(chosen))

    def _forget(self) -> None:
        span, chosen = self.timeline.span, self._chosen_episodes()
        if span is not None:
            name = f"{span[0]:%H:%M} to {span[1]:%H:%M} of {moment(span[0], self._now()).rsplit(' ', 1)[0]}"
            if span[0].date() == self._now().date():
                name = f"today from {span[0]:%H:%M} to {span[1]:%H:%M}"
            self.forget_wanted.emit({"since": span[0].isoformat(), "until": span[1].isoformat()}, name)
        elif chosen:
            ids = [entry.episode for entry in chosen]
            self.forget_wanted.emit({"observations": ids}, counted(len(ids), "chosen episode"))
