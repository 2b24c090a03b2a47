"""One episode whole: the words that were kept of it, and where they stood. Opened from the list of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from gum_app.records import Account, Observation, ObservationId
from gum_app.store.reading import ReadingStore
from gum_app.ui.account_told import AccountTold
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Prose, column, heading, muted, row
from gum_app.ui.quoting import screen_of
from gum_app.ui.screen_sketch import ScreenSketch
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, lasts, moment, program

SIZE = (640, 560)


@dataclass(frozen=True, kw_only=True)
class Whole:
    observation: Observation
    jpeg: bytes | None
    account: Account | None = None  # None: no model has looked at it


def look_up(store: ReadingStore, id: ObservationId) -> Whole | None:  # noqa: A002
    """None where it was forgotten or has expired."""
    observation = store.observation(id)
    if observation is None:
        return None
    return Whole(observation=observation, jpeg=store.thumbnail(id), account=store.account(id))


class EpisodeDialog(QDialog):
    forget_wanted = Signal(object, str)  # the scope, and its name

    def __init__(self, whole: Whole, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        seen = whole.observation
        self.setWindowTitle("What was kept of an episode")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = program(seen.app, seen.source)
        begun, over = moment(seen.started_at, now), seen.ended_at.astimezone(now.tzinfo)
        length = lasts((seen.ended_at - seen.started_at).total_seconds())
        head = column(
            heading(seen.title or name, 1.3),
            muted(f"{name} · {begun} to {over:%H:%M} · {length} · {counted(len(seen.lines), 'line')} kept", 1.0),
            spacing=2,
        )
        forget = IconButton("bin", "Forget …", "danger")
        forget.clicked.connect(lambda: self._forget(seen.id))
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        sheet = Sheet(*_body(whole), spacing=2 * SPACE, margins=(0, 0, SPACE, 0))
        layout = column(head, sheet, row(forget, -1, close), spacing=2 * SPACE, margins=3 * SPACE)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.resize(*SIZE)
        close.setFocus()

    def _forget(self, id: ObservationId) -> None:  # noqa: A002
        self.reject()
        self.forget_wanted.emit({"observations": [id]}, "this episode")


def _body(whole: Whole) -> list[QWidget]:
    seen = whole.observation
    parts: list[QWidget] = [Card(AccountTold(whole.account))] if whole.account is not None else []
    if not seen.lines:
        return [*parts, muted("No words were kept, only that this window was in front.", 1.0)]
    for monitor in sorted({line.monitor for line in seen.lines}):
        lines = tuple(line for line in seen.lines if line.monitor == monitor)
        sketch = ScreenSketch(screen_of(lines, monitor), (), tuple(line.rect for line in lines), whole.jpeg)
        sketch.setAccessibleName("The words as they stood on the screen")
        sketch.setToolTip("")
        parts.append(sketch)
    return [*parts, Card(Prose(seen.text))]
