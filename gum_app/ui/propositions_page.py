"""The first page: the list of propositions and, beside it, the chosen one whole. Narrow windows show one of the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QStackedWidget, QTableView, QWidget

from gum_app.records import Proposition, PropositionId
from gum_app.store.listing import PropositionRow
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import MOST_HITS
from gum_app.ui.asking import Answer, Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.detail import DetailPane, Told, look_up
from gum_app.ui.drawn import Busy, Empty
from gum_app.ui.filters import Filters
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.merging import MergeDialog, SplitDialog
from gum_app.ui.pieces import column, heading, muted, row
from gum_app.ui.proposition_model import ITEM, PropositionModel
from gum_app.ui.proposition_row import PropositionPainter, height_of
from gum_app.ui.questions import QuestionsNote
from gum_app.ui.searching import Meant
from gum_app.ui.theme import SPACE
from gum_app.ui.tidied import TidiedNote
from gum_app.ui.wording import counted

PUT_BY = "What you were writing is not saved yet: choose that proposition again to go on."
BOTH_FROM = 860  # pixels of width from which list and detail stand side by side


class PropositionsPage(QWidget):
    add_wanted = Signal()
    forget_wanted = Signal(object)  # Proposition
    told = Signal(str)  # a sentence for the message bar

    def __init__(self, reader: Reader, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._reader, self._deeds, self._now = reader, deeds, now
        self._chosen: PropositionId | None = None
        self._searched = ""
        self._alone = ""  # why a search was made by words alone, though a model was chosen that compares by meaning
        self.meant = Meant(deeds.asker, self)
        self.filters = Filters(now)
        self.model = PropositionModel(reader, now, self)
        self.list = self._make_list()
        self.count = muted("", 1.0)
        self.tidied = TidiedNote(reader, deeds, now)
        self.questions = QuestionsNote(reader, deeds, now)
        self.busy = Busy()
        self.detail = DetailPane()
        self.nothing = Empty("bulb", "Nothing yet", "", "Add one yourself", self.add_wanted.emit)
        self.unchosen = Empty("lines", "Choose a proposition", "You will see why it is believed, and can set it right.")
        self.back = IconButton("left", "All propositions", "quiet")
        self._lay_out()
        self._connect()
        self._fit()
        self.filters.changed.emit()

    def refresh(self) -> None:
        """Something in the store has changed."""
        self.model.refresh()
        self.tidied.refresh()
        self.questions.refresh()
        if self._chosen is not None:
            self._look_up(self._chosen)
        drafts = self.detail.drafts
        if drafts:
            self._reader.read(lambda store: _forgotten(store, drafts), self.detail.drop_drafts)

    def search_for(self, text: str) -> None:
        self.filters.search.setText(text)

    # Building

    def _make_list(self) -> QTableView:
        # A table, though it looks like a list: QListView asks for every row of the model to lay itself out.
        view = QTableView()
        view.setModel(self.model)
        view.setItemDelegate(PropositionPainter(self._now, view))
        view.horizontalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(height_of(view.font()))
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setAccessibleName("Propositions")
        view.setMinimumWidth(280)
        return view

    def _lay_out(self) -> None:
        self.add = add = IconButton("plus", "Add", "")
        add.setToolTip("Add a proposition yourself (Ctrl+N)")
        add.clicked.connect(self.add_wanted)
        self.wide_search, self.narrow_search = row(), row()
        notes = Flow(2 * SPACE)
        notes.addWidget(self.questions)
        notes.addWidget(self.tidied)
        top = row(spacing=2 * SPACE)
        top.addLayout(column(heading("What is believed about you"), self.count, spacing=2), 2)
        top.addLayout(self.wide_search, 3)
        top.addWidget(add, alignment=Qt.AlignmentFlag.AlignTop)
        self.choosing = QWidget()
        self.choosing.setLayout(column(top, notes, self.narrow_search, self.filters))
        self.lists = QStackedWidget()
        self.lists.addWidget(self.list)
        self.lists.addWidget(self.nothing)
        self.left = QWidget()
        self.left.setLayout(column(self.lists))
        self.right = QStackedWidget()
        self.right.addWidget(self.unchosen)
        whole = QWidget()
        whole.setLayout(column(row(self.back, -1), self.detail, spacing=0))
        self.right.addWidget(whole)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(2 * SPACE)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 6)
        layout = column(self.choosing, self.busy, self.splitter, spacing=SPACE)
        layout.setStretch(2, 1)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 2 * SPACE, 2 * SPACE)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show_list)
        self.model.surveyed.connect(self._show_count)
        self.meant.told.connect(self._join)
        self.model.reading.connect(self.busy.work)
        self.model.arrived.connect(self._keep_choice)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.clicked.connect(lambda index: self._choose(index, index))  # it may be the current one already
        self.list.activated.connect(lambda _index: self.detail.setFocus())
        self.detail.said.connect(self._deeds.say)
        self.detail.edited.connect(self._deeds.edit)
        self.detail.pinned.connect(self._deeds.pin)
        self.detail.forget_wanted.connect(self.forget_wanted)
        self.detail.merge_wanted.connect(self._merge)
        self.detail.split_wanted.connect(self._split)
        self.detail.chosen.connect(self.choose)
        self.detail.answered.connect(self._deeds.answer)
        self.detail.lifted.connect(self._deeds.lift)
        self.detail.taken_back.connect(self._deeds.take_back)
        self.detail.put_by.connect(lambda: self.told.emit(PUT_BY))
        self.back.clicked.connect(self._leave)
        for keys, name in (
            ("R", "right"),
            ("W", "wrong"),
            ("E", "edit"),
            ("P", "pin"),
            ("M", "merge"),
            ("S", "split"),
            ("Del", "forget"),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._press, name))
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)
        for keys, does in (("Escape", self.filters.show_all), ("Down", self._enter_list)):
            shortcut = QShortcut(QKeySequence(keys), self.filters.search)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(does)

    # Living

    def _show_list(self) -> None:
        filters = self.filters
        query = filters.query()
        self.model.show(query, grouped=filters.grouped.isChecked(), best_first=filters.best_first)
        if query.search != self._searched:
            self._searched, self._alone = query.search, ""
            self.meant.ask(query.search)
        self.list.scrollToTop()

    def _join(self, meant: Answer) -> None:
        if meant.get("vector"):
            self.model.join(meant)
        else:
            self._alone = meant["trouble"]
            self._show_count(self.model.hits)

    def _show_count(self, number: int) -> None:
        told = counted(number, "proposition")
        if self.filters.search.text().strip() and number >= MOST_HITS:
            told = f"The best {MOST_HITS}: add a word to find fewer"
        elif self.filters.is_narrowed:
            told += f" {'fits' if number == 1 else 'fit'}"
        self.count.say(f"{told} · by words alone" if self._alone else told)
        self.count.setToolTip(self._alone)
        if self.filters.is_narrowed:
            self.nothing.say("Nothing fits", "Try fewer words, or press Clear to see everything again.")
        else:
            self.nothing.say(
                "Nothing yet",
                "Work as you always do: the first propositions come within a few minutes. "
                "What you know already, you can add.",
            )
        self.lists.setCurrentWidget(self.list if number else self.nothing)
        self._fit()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        item = index.data(ITEM)
        if isinstance(item, PropositionRow) and item.id != self._chosen:
            self._chosen = item.id
            self._look_up(item.id)

    def choose(self, id: PropositionId) -> None:  # noqa: A002
        """Show this one, also where the list does not show it."""
        self._chosen = id
        self._keep_choice()
        self._look_up(id)

    def _merge(self, belief: Proposition) -> None:
        dialog = MergeDialog(belief, self._reader, self.window())
        dialog.merged.connect(self._deeds.merge)
        dialog.merged.connect(lambda kept, _gone: self.choose(kept))
        dialog.open()

    def _split(self, belief: Proposition) -> None:
        dialog = SplitDialog(belief, self._now(), self.window())
        dialog.split.connect(lambda parts: self._deeds.split(belief.id, parts, len(belief.evidence)))
        dialog.open()

    def _look_up(self, id: PropositionId) -> None:  # noqa: A002
        now = self._now()
        self._reader.read(lambda store: look_up(store, id, now), partial(self._show, id))

    def _show(self, id: PropositionId, told: Told | None) -> None:  # noqa: A002
        if id != self._chosen:
            return
        if told is None:
            self._leave()
            self.detail.drop_drafts({id})
            return
        self.detail.show_told(told, self._now())
        self.right.setCurrentIndex(1)
        self._fit()

    def _keep_choice(self) -> None:
        """After the rows have moved the chosen proposition stays the chosen one."""
        if self._chosen is None:
            return
        place = self.model.row_of(self._chosen)
        current = self.list.currentIndex()
        if place is None:
            self._let_go(current)
        elif place != current.row():
            self.list.selectionModel().blockSignals(True)
            self.list.setCurrentIndex(self.model.index(place))
            self.list.selectionModel().blockSignals(False)
            self.list.viewport().update()

    def _let_go(self, current: QModelIndex) -> None:
        """The chosen one has left the list: no other looks chosen, and Down goes on where it was."""
        item, chosen = current.data(ITEM), self.list.selectionModel()
        if not isinstance(item, PropositionRow) or item.id == self._chosen or not chosen.isSelected(current):
            return
        chosen.blockSignals(True)
        self.list.clearSelection()
        before = self.model.index(current.row() - 1) if current.row() else QModelIndex()
        chosen.setCurrentIndex(before, QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen.blockSignals(False)
        self.list.viewport().update()

    def _leave(self) -> None:
        self._chosen = None
        self.detail.clear()
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self.right.setCurrentIndex(0)
        self._fit()
        self.list.setFocus()

    def _press(self, name: str) -> None:
        if self._chosen is not None and name in self.detail.buttons:
            self.detail.buttons[name].click()

    def _enter_list(self) -> None:
        """From the words that were searched for to the first that was found."""
        if self.list.isVisible():
            self.list.setFocus()
            self.list.selectRow(0)

    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Narrow, either the list and its filters are shown, or the chosen one."""
        both = self.width() >= BOTH_FROM
        reading = self.right.currentIndex() == 1
        empty = self.lists.currentWidget() is self.nothing
        self.left.setVisible(both or not reading)
        self.choosing.setVisible(both or not reading)
        self.right.setVisible(reading or (both and not empty))
        self.back.setVisible(not both)
        place = self.wide_search if both else self.narrow_search
        if place.indexOf(self.filters.search) < 0:
            place.addWidget(self.filters.search, 1, Qt.AlignmentFlag.AlignTop)
            self.setTabOrder(self.add, self.filters.search)  # Qt puts it last, behind the list


def _forgotten(store: ReadingStore, ids: frozenset[PropositionId]) -> frozenset[PropositionId]:
    return frozenset(id_ for id_ in ids if store.proposition(id_) is None)
