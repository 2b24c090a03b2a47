"""The page “Digest”: all that other programs showed, what deserved attention at once, and what could wait.

Nothing is missing from it: of what was not read, or not kept, there stands that it came, when, and why not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton, QWidget

from gum_app.digest import DigestId, DigestItem, Opinion
from gum_app.rules.triage_wording import named_in, reason
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.digest_line import DigestLine, Told
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Place, column, group, heading, muted, row, rule
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, day_said

ABOUT = (
    "Everything that other programs showed you. What deserved attention at once and what could wait is judged by the "
    "kind of program, by what is believed about you, and by what you say here; words that press count for nothing."
)
IS_OFF = (
    "Nothing is judged: that is switched off. Switched on, it decides nothing by itself; only in a focus time the "
    "important few are shown again while your desktop holds the others back."
)
NOT_READ_AT_ALL = "The notifications of other programs are not read: you switched that off on the page “Settings”."
NOTHING = "No program has shown anything on this day while gum-app was running."
MOST_LISTED = 60  # of one group
MOST_READ = 2_000  # of a day
DAYS = ("Today", "Yesterday")
DAY_WIDTH = 110  # pixels: the chosen one is bold


@dataclass(frozen=True, kw_only=True)
class Digest:
    day: int  # how many days ago
    told: tuple[Told, ...]  # the newest first
    is_judged: bool = True
    is_read: bool = True


def look_up(store: ReadingStore, now: datetime, day: int) -> Digest:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=day)
    items = store.digest_items(since=midnight, until=midnight + timedelta(days=1), limit=MOST_READ)
    texts = store.texts_of(
        ground.proposition
        for item in items
        if item.judgement is not None
        for ground in item.judgement.grounds
        if ground.proposition is not None
    )

    def told(item: DigestItem) -> Told:
        if item.judgement is None:
            return Told(item=item)
        named = tuple(id_ for id_ in named_in(item.judgement) if id_ in texts)
        return Told(item=item, reason=reason(item.judgement, texts), propositions=named)

    settings = store.settings()
    return Digest(
        day=day,
        told=tuple(told(item) for item in items),
        is_judged=settings.triage_notifications,
        is_read=settings.read_notifications,
    )


def groups(told: Sequence[Told]) -> list[tuple[str, list[Told]]]:
    """By what was judged, without those that are empty."""

    def those(fits: Callable[[DigestItem], bool]) -> list[Told]:
        return [each for each in told if fits(each.item)]

    found = [
        (
            "Deserved attention now",
            those(lambda item: item.judgement is not None and item.judgement.attention == "now"),
        ),
        ("Could wait", those(lambda item: item.judgement is not None and item.judgement.attention == "later")),
        ("Not judged", those(lambda item: item.judgement is None and not item.rule)),
        ("Not read, or not kept", those(lambda item: bool(item.rule))),
    ]
    return [(name, some) for name, some in found if some]


class DigestPage(Sheet):
    wanted = Signal(int)  # a proposition, to be seen whole

    def __init__(self, reader: Reader, deeds: Deeds, now: Callable[[], datetime]) -> None:
        self._reader, self._deeds, self._now = reader, deeds, now
        self.shown: Digest | None = None
        self.lines: dict[DigestId, DigestLine] = {}
        self.switch = IconButton("check", "Judge them", "primary")
        self.switch.clicked.connect(lambda: deeds.set("triage_notifications", True))
        self.off = Card(muted(IS_OFF, 1.0), row(self.switch, -1))
        self.off.hide()
        self.days = QButtonGroup()
        chosen = row(*(self._day(number, name) for number, name in enumerate(DAYS)), -1)
        self.about = muted("", 1.0)
        self.place = Place(spacing=3 * SPACE)
        super().__init__(
            column(heading("Digest"), muted(ABOUT, 1.0), spacing=2),
            self.off,
            chosen,
            self.about,
            self.place,
            spacing=2 * SPACE,
        )
        self.refresh()

    def refresh(self) -> None:
        now, day = self._now(), max(self.days.checkedId(), 0)
        self._reader.read(lambda store: look_up(store, now, day), self._show)

    def _day(self, number: int, name: str) -> QPushButton:
        button = QPushButton(name)
        button.setProperty("look", "page")
        button.setCheckable(True)
        button.setChecked(number == 0)
        button.setMinimumWidth(DAY_WIDTH)
        button.clicked.connect(self.refresh)
        self.days.addButton(button, number)
        return button

    def _show(self, digest: Digest) -> None:
        if digest == self.shown or digest.day != max(self.days.checkedId(), 0):
            return
        self.shown = digest
        self.off.setVisible(digest.is_read and not digest.is_judged)
        self.about.say(self._told(digest))
        self.lines = {}
        self.place.put(*(group(f"{name} ({_count(some)})", self._card(some)) for name, some in groups(digest.told)))

    def _told(self, digest: Digest) -> str:
        day = (self._now() - timedelta(days=digest.day)).date()
        if not digest.told:
            return NOTHING if digest.is_read else NOT_READ_AT_ALL
        return f"{day_said(day, self._now().date())}: {counted(_count(digest.told), 'notification')}."

    def _card(self, some: Sequence[Told]) -> Card:
        items: list[QWidget | QLayout | int] = []
        for told in some[:MOST_LISTED]:
            line = self.lines[told.item.id] = DigestLine(told, self._say, self.wanted.emit)
            items += [*([rule()] if items else []), line]
        if len(some) > MOST_LISTED:
            items.append(muted(f"{len(some) - MOST_LISTED:,} earlier ones: gum-app digest lists them all."))
        return Card(*items, spacing=SPACE + 2)

    def _say(self, id: DigestId, opinion: Opinion | None) -> None:  # noqa: A002
        self._deeds.opine(id, opinion)


def _count(told: Sequence[Told]) -> int:
    return sum(each.item.count for each in told)
