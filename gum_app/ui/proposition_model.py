"""The list of propositions as Qt sees it: only the pages that are looked at are read, by the reading thread.

Grouped, the rows are the sections of all kinds one after the other, each with a heading as its first row. While newer
rows are on their way the older ones stay, so that nothing flickers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gum_app.records import KINDS, Kind, PropositionId
from gum_app.rules.freshness import freshness
from gum_app.store.listing import PropositionQuery, PropositionRow
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Answer, Reader
from gum_app.ui.belief_wording import KIND_NAMES, STATE_NAMES, how_fresh, how_sure
from gum_app.ui.hit_order import in_order
from gum_app.ui.searching import found
from gum_app.ui.wording import age, counted

PAGE = 100
MOST_PAGES = 60  # kept in memory; the one read longest ago leaves first
MOST_WAITING = 3  # pages asked for and not yet read; who scrolls fast passes by the others
ITEM = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
Page = tuple[int, int]  # the number of the section, and of the page within it


@dataclass(frozen=True, kw_only=True)
class Heading:
    kind: Kind
    count: int


@dataclass(frozen=True, kw_only=True)
class Section:
    """Rows of one query, below a heading where `kind` is set."""

    query: PropositionQuery
    hits: int
    kind: Kind | None = None

    @property
    def rows(self) -> int:
        return self.hits + (self.kind is not None)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a row stands: `number` counts the propositions of the section, -1 is its heading."""

    section: int
    number: int

    @property
    def page(self) -> int:
        return self.number // PAGE


def survey(
    store: ReadingStore, query: PropositionQuery, now: datetime, *, grouped: bool, meant: Answer | None = None
) -> list[Section]:
    """How many rows there are. A search is never grouped: its best hits come first."""
    if query.search.strip():
        return [Section(query=query, hits=len(found(store, query, now, meant)))]
    if not grouped:
        return [Section(query=query, hits=store.count_propositions(query))]
    sections = []
    for kind in KINDS:
        if not query.kinds or kind in query.kinds:
            one = replace(query, kinds=frozenset({kind}))
            sections.append(Section(query=one, hits=store.count_propositions(one), kind=kind))
    return [section for section in sections if section.hits]


def read_page(
    store: ReadingStore,
    query: PropositionQuery,
    page: int,
    now: datetime,
    *,
    best_first: bool,
    meant: Answer | None = None,
) -> list[PropositionRow]:
    """A search finds its best hits; for another order all that are shown are read and sorted, which are few enough."""
    if not query.search.strip():
        return store.propositions(query, now=now, limit=PAGE, offset=page * PAGE)
    hits = found(store, query, now, meant)
    return (hits if best_first else in_order(hits, query.sort, now))[page * PAGE : (page + 1) * PAGE]


class PropositionModel(QAbstractListModel):
    surveyed = Signal(int)  # how many propositions there are
    arrived = Signal()  # rows that were missing have come
    reading = Signal(bool)

    def __init__(self, reader: Reader, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._now = reader, now
        self._query, self._grouped, self._best_first = PropositionQuery(), False, True
        self._meant: Answer | None = None  # what the words of the search mean
        self._sections: list[Section] = []
        self._starts: list[int] = []
        self._rows = 0
        self._generation = 0  # counts what was asked for; answers to an older question are dropped
        self._pages: dict[Page, tuple[int, list[PropositionRow]]] = {}
        self._under_way: Page | None = None
        self._waiting: dict[Page, None] = {}  # in the order they were looked at

    # What is shown

    def show(self, query: PropositionQuery, *, grouped: bool, best_first: bool = True) -> None:
        """`best_first`: the hits of a search come in the order in which they fit, not in the query's."""
        if query.search != self._query.search:
            self._meant = None
        self._query, self._grouped, self._best_first = query, grouped, best_first
        self._survey(fresh_start=True)

    def join(self, meant: Answer) -> None:
        """What the words of the search mean has been told."""
        self._meant = meant
        self._survey(fresh_start=False)

    def refresh(self) -> None:
        """Something was changed: read again what is looked at."""
        self._survey(fresh_start=False)

    @property
    def hits(self) -> int:
        return sum(section.hits for section in self._sections)

    def item(self, row: int) -> Heading | PropositionRow | None:
        """None while it is being read."""
        place = self._place(row)
        if place.number < 0:
            section = self._sections[place.section]
            assert section.kind is not None
            return Heading(kind=section.kind, count=section.hits)
        return self._look_up(place)

    def row_of(self, id: PropositionId) -> int | None:  # noqa: A002
        """Where a proposition stands among the rows that have been read."""
        for (section, page), (_, rows) in self._pages.items():
            for n, item in enumerate(rows):
                if item.id == id and section < len(self._sections):
                    heading = self._sections[section].kind is not None
                    return self._starts[section] + heading + page * PAGE + n
        return None

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ITEM:
            return self.item(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return getattr(self.item(index.row()), "why", "") or None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return said(self.item(index.row()), self._now())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._place(index.row()).number < 0:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    # Reading

    def _survey(self, *, fresh_start: bool) -> None:
        self._generation += 1
        query, grouped, now, meant = self._query, self._grouped, self._now(), self._meant
        self.reading.emit(True)
        self._reader.read(
            lambda store: survey(store, query, now, grouped=grouped, meant=meant),
            partial(self._take_survey, self._generation, fresh_start),
        )

    def _take_survey(self, generation: int, fresh_start: bool, sections: list[Section]) -> None:
        if generation != self._generation:
            return
        self._waiting.clear()
        self._under_way = None
        same_shape = [s.kind for s in sections] == [s.kind for s in self._sections]
        if fresh_start or not same_shape or len(sections) > 1:
            self.beginResetModel()
            if fresh_start or not same_shape:
                self._pages.clear()
            self._set_sections(sections)
            self.endResetModel()
        else:
            self._resize(sections)
        self.reading.emit(False)
        self.surveyed.emit(self.hits)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(self._rows - 1))

    def _resize(self, sections: list[Section]) -> None:
        """One section: grow or shrink at its end, so that the place in the list and the choice stay."""
        before, after = self._rows, sum(section.rows for section in sections)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._set_sections(sections)
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._set_sections(sections)
            self.endRemoveRows()
        else:
            self._set_sections(sections)

    def _set_sections(self, sections: list[Section]) -> None:
        self._sections = sections
        self._starts, self._rows = [], 0
        for section in sections:
            self._starts.append(self._rows)
            self._rows += section.rows

    def _place(self, row: int) -> Place:
        section = bisect_right(self._starts, row) - 1
        heading = self._sections[section].kind is not None
        return Place(section=section, number=row - self._starts[section] - heading)

    def _look_up(self, place: Place) -> PropositionRow | None:
        key = (place.section, place.page)
        generation, rows = self._pages.get(key, (-1, []))
        if generation != self._generation and key != self._under_way:
            self._want(key)
        within = place.number % PAGE
        return rows[within] if within < len(rows) else None

    def _want(self, key: Page) -> None:
        """What was looked at last is read first."""
        if self._under_way is None:
            self._ask(key)
            return
        self._waiting.pop(key, None)
        self._waiting[key] = None
        while len(self._waiting) > MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]

    def _ask(self, key: Page) -> None:
        self._under_way = key
        section, page = key
        query, now, best_first = self._sections[section].query, self._now(), self._best_first
        meant = self._meant
        self._reader.read(
            lambda store: read_page(store, query, page, now, best_first=best_first, meant=meant),
            partial(self._take_page, self._generation, key),
        )

    def _take_page(self, generation: int, key: Page, rows: list[PropositionRow]) -> None:
        if generation != self._generation:
            return
        self._pages.pop(key, None)
        self._pages[key] = (generation, rows)
        while len(self._pages) > MOST_PAGES:
            del self._pages[next(iter(self._pages))]
        self._under_way = None
        if self._waiting:
            self._ask(self._waiting.popitem()[0])
        section, page = key
        first = self._starts[section] + (self._sections[section].kind is not None) + page * PAGE
        last = min(first + PAGE, self._rows) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))
            self.arrived.emit()


def said(item: Heading | PropositionRow | None, now: datetime) -> str:
    """A row as a screen reader says it."""
    if item is None:
        return "Reading …"
    if isinstance(item, Heading):
        return f"{KIND_NAMES[item.kind]}, {counted(item.count, 'proposition')}"
    sure = [] if item.state == "rejected" else [how_sure(item.confidence)]
    return f"{item.text} {', '.join([*sure, *facts(item, now)])}"


def facts(item: PropositionRow, now: datetime) -> list[str]:
    """What is told about a row in small print."""
    fresh = freshness(item.last_supported_at, item.half_life_days, now)
    told = [KIND_NAMES[item.kind], f"seen {age(item.last_supported_at, now)}", how_fresh(fresh)]
    told = told if item.state == "active" else [STATE_NAMES[item.state], *told]
    return [item.why.removesuffix("."), *told] if item.why else told
