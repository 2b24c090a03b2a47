"""The row above the list: search as you type, and what to leave out. Its answer is one query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from gum_app.records import CURRENT, KINDS, Kind, State
from gum_app.store.listing import PropositionQuery, Sort
from gum_app.ui.belief_wording import KIND_NAMES, STATE_NAMES
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton, icon
from gum_app.ui.pieces import is_theme_change, look
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE, tokens_of

TYPING_MS = 120  # a pause in typing after which the list follows

STATES: tuple[tuple[str, frozenset[State]], ...] = (
    ("Current", CURRENT),
    (STATE_NAMES["active"], frozenset({"active"})),
    (STATE_NAMES["doubted"], frozenset({"doubted"})),
    (STATE_NAMES["ended"], frozenset({"ended"})),
    (STATE_NAMES["retired"], frozenset({"retired", "replaced"})),
    (STATE_NAMES["rejected"], frozenset({"rejected"})),
    ("Any state", frozenset()),
)
CONFIDENCES = (("Any confidence", 0.0), ("At least likely", 0.55), ("Quite sure", 0.75), ("Very sure", 0.9))
TIMES = (("Any time", 0), ("Seen today", 1), ("Last 7 days", 7), ("Last 30 days", 30))
SORTS: tuple[tuple[str, Sort], ...] = (
    ("Surest first", "confidence"),
    ("Freshest first", "fresh"),
    ("Newest first", "newest"),
    ("Oldest first", "oldest"),
    ("A to Z", "text"),
)


BEST = "Best match first"  # only while something is searched for


class Filters(QWidget):
    """The choices; `search` is made here and placed by the page."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search in propositions and their evidence")
        self.search.setAccessibleName("Search")
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip("Ctrl+F")
        self._glass = QAction(self)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.kind = _choice("Kind", ["Any kind", *(KIND_NAMES[kind] for kind in KINDS)])
        self.state = _choice("State", [name for name, _ in STATES])
        self.sure = _choice("Confidence", [name for name, _ in CONFIDENCES])
        self.time = _choice("Time", [name for name, _ in TIMES])
        self.order = _choice("Order", [])
        for name, sort in SORTS:
            self.order.addItem(name, sort)
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # BEST is wider, and comes later
        self._order_before = 0  # which one is chosen when nothing is searched for
        self.grouped = IconButton("group", "By kind")
        self.grouped.setCheckable(True)
        self.grouped.setToolTip("Put propositions of a kind together")
        self.clear = QPushButton("Clear")
        self.clear.setProperty("look", "link")
        self.clear.setToolTip("Show everything again")
        self.clear.setMinimumHeight(self.grouped.sizeHint().height())  # in line with its neighbours
        self.clear.hide()
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(460)
        flow = Flow(SPACE)
        for widget in (*self._choices(), self.order, self.grouped, self.clear):
            flow.addWidget(widget)
        self.setLayout(flow)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        for choice in (*self._choices(), self.order):
            choice.currentIndexChanged.connect(lambda _index: self._tell())
        self.grouped.toggled.connect(lambda _on: self._tell())
        self.clear.clicked.connect(self.show_all)
        self._tint()

    def query(self) -> PropositionQuery:
        days = TIMES[self.time.currentIndex()][1]
        kind: frozenset[Kind] = frozenset({KINDS[self.kind.currentIndex() - 1]} if self.kind.currentIndex() else ())
        return PropositionQuery(
            search=self.search.text(),
            kinds=kind,
            states=STATES[self.state.currentIndex()][1],
            min_confidence=CONFIDENCES[self.sure.currentIndex()][1],
            since=_days_ago(self._now(), days) if days else None,
            sort=self.order.currentData() or SORTS[self._order_before][1],
        )

    @property
    def best_first(self) -> bool:
        """Whether the hits of a search come in the order in which they fit."""
        return self.order.currentText() == BEST

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search.text().strip()) or any(choice.currentIndex() for choice in self._choices())

    def show_all(self) -> None:
        self.blockSignals(True)
        self.search.clear()
        for choice in self._choices():
            choice.setCurrentIndex(0)
        self.blockSignals(False)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._tint()

    def _choices(self) -> tuple[QComboBox, ...]:
        return (self.kind, self.state, self.sure, self.time)

    def _tint(self) -> None:
        self._glass.setIcon(icon("search", tokens_of(self.palette()).muted))

    def _tell(self) -> None:
        self._typing.stop()
        for choice in self._choices():
            look(choice, "filter-on" if choice.currentIndex() else "filter")
        self.clear.setVisible(self.is_narrowed)
        searching = bool(self.search.text().strip())
        self._offer_best(searching)
        self.grouped.setEnabled(not searching)
        self.changed.emit()

    def _offer_best(self, searching: bool) -> None:
        """A search begins with its best hits, and may be put in another order; then the list is as it was before."""
        offered = self.order.itemText(0) == BEST
        if searching == offered:
            return
        self.order.blockSignals(True)
        if searching:
            self._order_before = self.order.currentIndex()
            self.order.insertItem(0, BEST, None)
            self.order.setCurrentIndex(0)
        else:
            self.order.removeItem(0)
            self.order.setCurrentIndex(self._order_before)
        self.order.blockSignals(False)


def _days_ago(now: datetime, days: int) -> datetime:
    """The midnight with which the last so many days began, today being one of them."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)


def _choice(name: str, items: list[str]) -> DropDown:
    box = DropDown()
    box.addItems(items)
    box.setAccessibleName(name)
    box.setProperty("look", "filter")
    return box
