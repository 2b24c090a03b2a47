"""What was tidied in the night: one sentence on the page, and a dialog in which each change can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gum_app.records import Revision
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Prose, column, heading, muted, row, rule
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import moment

WIDTH = 600
ONE_RUN = timedelta(hours=12)  # what was done within so long before the end belongs to it
TOLD_FOR = timedelta(days=3)  # older news is none
MORNING = 9  # until then it was in the night


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One change: `deed` takes it back."""

    deed: int
    at: datetime
    is_merge: bool
    sentence: str
    why: str


def look_up_tidied(store: ReadingStore, now: datetime) -> tuple[Entry, ...]:
    """What the last run did and nobody has taken back; empty where that is long ago."""
    ended = store.tidied_at()
    if ended is None or not timedelta() <= now - ended <= TOLD_FOR:
        return ()
    return tuple(_entry(store, revision) for revision in store.tidied(ended - ONE_RUN))


def _entry(store: ReadingStore, revision: Revision) -> Entry:
    assert revision.deed is not None
    is_merge = revision.kind == "absorbed"
    other = store.proposition(revision.other) if revision.other is not None else None
    into = f" into “{other.text}”" if other is not None else ""
    return Entry(
        deed=revision.deed,
        at=revision.at,
        is_merge=is_merge,
        sentence=f"Merged “{revision.text}”{into}" if is_merge else f"Set aside: “{revision.text}”",
        why=revision.why,
    )


def told(entries: Sequence[Entry], now: datetime) -> str:
    """“Tidied last night: 3 merged, 2 set aside”; empty where nothing was."""
    if not entries:
        return ""
    at = max(entry.at for entry in entries).astimezone(now.tzinfo)
    by_night = at.date() == now.date() and at.hour < MORNING
    merged = sum(entry.is_merge for entry in entries)
    parts = [
        f"{number} {what}" for number, what in ((merged, "merged"), (len(entries) - merged, "set aside")) if number
    ]
    return f"Tidied {'last night' if by_night else moment(at, now)}: {', '.join(parts)}"


class TidiedNote(QPushButton):
    """The sentence on the page: a press shows what was done. Hidden where there is nothing to tell."""

    def __init__(self, reader: Reader, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("look", "link")
        self._reader, self._deeds, self._now = reader, deeds, now
        self.entries: tuple[Entry, ...] = ()
        self.hide()
        self.clicked.connect(self.open)
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        self._reader.read(lambda store: look_up_tidied(store, now), self._show)

    def open(self) -> TidiedDialog:
        dialog = TidiedDialog(self.entries, self._deeds.undo_deed, self._now(), self.window())
        dialog.open()
        return dialog

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.setText(told(entries, self._now()))
        self.setVisible(bool(entries))


class TidiedDialog(QDialog):
    def __init__(self, entries: Sequence[Entry], undo: Callable[[int], None], now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tidied")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._undo = undo
        self.undos = {entry.deed: self._button(entry) for entry in entries}
        lines: list[QWidget] = []
        for entry in entries:
            line = QWidget()
            words = column(Prose(entry.sentence), muted(f"{moment(entry.at, now)}. {entry.why}"), spacing=2)
            beside = row(words, self.undos[entry.deed], spacing=2 * SPACE)
            beside.setStretch(0, 1)
            line.setLayout(beside)
            lines += [line, rule()]
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self.setLayout(
            column(
                heading(told(entries, now), 1.3),
                muted("Nothing is lost: what is taken back is as it was before, with its evidence and history.", 1.0),
                Sheet(*lines[:-1], margins=(0, 0, SPACE, 0)),
                row(-1, close),
                spacing=2 * SPACE,
                margins=3 * SPACE,
            )
        )
        self.resize(WIDTH, 460)

    def _button(self, entry: Entry) -> QPushButton:
        button = IconButton("undo", "Undo")
        button.setAccessibleName(f"Undo: {entry.sentence}")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._take_back, entry.deed))
        return button

    def _take_back(self, deed: int) -> None:
        self.undos[deed].setEnabled(False)
        self.undos[deed].setText("Taken back")
        self._undo(deed)
