"""One piece of evidence: the words, marked in what stood around them, and where on the screen that was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gum_app.records import Account, Evidence, Observation
from gum_app.ui.account_told import AccountTold
from gum_app.ui.belief_wording import weight_told
from gum_app.ui.pieces import Card, Word, chip, column, is_theme_change, muted, row, rule
from gum_app.ui.quoting import Passage, passage, screen_of
from gum_app.ui.screen_sketch import ScreenSketch
from gum_app.ui.theme import SPACE, tokens_of
from gum_app.ui.wording import breakable, moment, program, reads_right_to_left

WITHOUT_PLACE = frozenset({"note", "notification"})  # their words stood at no place of a screen that could be drawn
SKETCH_FROM = 400  # pixels of width
LONGEST_AROUND = 220  # characters of context on each side


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A piece of evidence with the observation it was taken from and what was kept beside it, where they still are."""

    evidence: Evidence
    observation: Observation | None
    jpeg: bytes | None = None
    account: Account | None = None  # what the model told of the observation


class Quoted(QLabel):
    """A passage with its quote marked. Everything in it is escaped: what stood on a screen stays text."""

    def __init__(self, found: Passage) -> None:
        super().__init__()
        self._found = found
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"Quoted words: {found.quote}")
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_theme_change(event):
            self._write()

    def _write(self) -> None:
        self.setText(marked(self._found, tokens_of(self.palette()).mark, tokens_of(self.palette()).muted))


def marked(found: Passage, mark: str, grey: str) -> str:
    """The passage as rich text, the quote on the colour `mark` and what stands around it in `grey`."""
    before, after = found.before, found.after
    if len(before) > LONGEST_AROUND:
        before = "… " + before[-LONGEST_AROUND:]
    if len(after) > LONGEST_AROUND:
        after = after[:LONGEST_AROUND] + " …"
    direction = "rtl" if reads_right_to_left(found.quote) else "ltr"
    parts = (_lines(before), _lines(found.quote), _lines(after))
    return (
        f'<div dir="{direction}"><span style="color:{grey}">{parts[0]}</span>'
        f'<span style="background-color:{mark}">{parts[1]}</span><span style="color:{grey}">{parts[2]}</span></div>'
    )


def _lines(text: str) -> str:
    return escape(breakable(text)).replace("\n", "<br>")


class EvidenceCard(Card):
    def __init__(self, seen: Seen, now: datetime) -> None:
        found = passage(seen.observation, seen.evidence.quote)
        gone = [muted(_gone(seen))] if found.where == "nowhere" else []
        told = [rule(), AccountTold(seen.account)] if seen.account is not None else []
        super().__init__(_head(seen, now), _body(seen, found), *gone, *told, spacing=SPACE)
        self._sketch = self.findChild(ScreenSketch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words need the whole width."""
        super().resizeEvent(event)
        if self._sketch is not None:
            self._sketch.setVisible(self.width() >= SKETCH_FROM)


def _head(seen: Seen, now: datetime) -> QHBoxLayout:
    item, observation = seen.evidence, seen.observation
    app = observation.app if observation is not None else item.app
    layout = row(
        Word(program(app, observation.source if observation is not None else "screen"), bold=True),
        Word(moment(item.at, now), look="muted", size=0.92),
        -1,
    )
    told = weight_told(item)
    if told:
        layout.addWidget(chip(told, "chip-warn"))
    return layout


def _body(seen: Seen, found: Passage) -> QHBoxLayout:
    words: list[QWidget] = [Quoted(found)]
    if found.where == "screen" and seen.observation is not None and seen.observation.title:
        words.append(muted(f"in “{seen.observation.title}”"))
    elif found.where == "title":
        words.append(muted("The title of the window."))
    layout = row(spacing=2 * SPACE)
    layout.addLayout(column(*words, -1, spacing=SPACE), 1)
    if found.where == "screen" and seen.observation is not None and seen.observation.source not in WITHOUT_PLACE:
        lines = seen.observation.lines
        others = tuple(line.rect for line in lines if line.monitor == found.monitor)
        sketch = ScreenSketch(screen_of(lines, found.monitor), found.rects, others, seen.jpeg)
        layout.addWidget(sketch, alignment=Qt.AlignmentFlag.AlignTop)
    return layout


def _gone(seen: Seen) -> str:
    if seen.observation is None:
        return "What stood around these words has left by its age; the quote stays with the proposition."
    return "Said or noticed about this episode as a whole: it stands in no single place on the screen."
