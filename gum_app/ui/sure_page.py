"""The page “How sure, how right”: the figures, always together, the spot check they come from, and what was learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from gum_app.records import Curve
from gum_app.rules.curves import shown
from gum_app.rules.reliability import Bin, Reliability, reliability_of, score_told, tally, told
from gum_app.rules.spot_check import still_open
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Reader
from gum_app.ui.belief_wording import maker
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Prose, Word, column, group, heading, muted, row
from gum_app.ui.reliability_plot import ReliabilityPlot
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, percent

WHAT_FOR = (
    "Each proposition is shown with how sure it is. Whether those numbers mean anything, only you can tell: of all that"
    " is shown as 80 % sure, about eight of ten should be right."
)
THE_CHECK = (
    "Ten propositions, drawn at random, one after the other; it takes about a minute. As everywhere, “right” is final,"
    " “wrong” is remembered and does not come back, and “partly” only counts."
)
WHAT_COUNTS = (
    "Only these verdicts count in the figures, each with what was shown when it was drawn. The verdicts you give"
    " elsewhere are mostly on what struck you: they teach the numbers too, but they count half."
)
EXAMPLES = (0.5, 0.7, 0.9)
MOST_LEARNED = 4  # sources, the most judged first; the others are folded away


@dataclass(frozen=True, kw_only=True)
class Standing:
    figures: Reliability
    curves: Mapping[str, Curve]
    left: int  # statements of a spot check that was stopped, still to be judged
    may_draw: bool


def look_up(store: ReadingStore, now: datetime) -> Standing:
    checks = store.spot_checks()
    left = sum(check.verdict is None and not check.skipped for check in still_open(checks, now))
    return Standing(figures=reliability_of(checks), curves=store.curves(), left=left, may_draw=store.can_be_judged(now))


class SurePage(Sheet):
    check_wanted = Signal()

    def __init__(self, reader: Reader, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=3 * SPACE)
        self._reader, self._now = reader, now
        self.shown: Standing | None = None
        self.start = IconButton("check", "")
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        self._reader.read(lambda store: look_up(store, now), self._show)

    def _show(self, standing: Standing) -> None:
        if standing == self.shown:
            return
        self.shown = standing
        held = self.window().focusWidget() is self.start
        page = QWidget()
        items: list[QWidget | QLayout | int] = [
            column(heading("How sure, how right"), muted(WHAT_FOR, 1.0), spacing=2),
            _figures(standing.figures),
            group("Ten propositions, right or wrong?", self._check(standing)),
        ]
        if learned := _learned(standing.curves):
            items.append(group("What your verdicts taught it", learned))
        page.setLayout(column(*items, -1, spacing=3 * SPACE))
        self.put(page)
        if held:
            self.start.setFocus()  # there is a new one in the place of the one that had it

    def _check(self, standing: Standing) -> Card:
        left = f"Go on: {counted(standing.left, 'proposition')} left"
        self.start = IconButton("check", left if standing.left else "Start", "primary")
        self.start.clicked.connect(self.check_wanted.emit)
        self.start.setEnabled(bool(standing.left) or standing.may_draw)
        why_not = muted("All that is shown now is your own word, or was judged within three months.")
        why_not.setHidden(self.start.isEnabled())
        return Card(Prose(THE_CHECK), muted(WHAT_COUNTS), row(self.start, -1), why_not)


def _figures(figures: Reliability) -> Card:
    items: list[QWidget | QLayout | int] = [Prose(told(figures), size=1.08, weight=Prose.BOLD)]
    if figures.is_enough:
        beside = Flow(3 * SPACE)  # below each other in a narrow window
        beside.addWidget(ReliabilityPlot(figures))
        beside.addWidget(_bins(figures.bins))
        items += [muted(score_told(figures), 1.0), beside]
    return Card(*items, spacing=SPACE + 2)


def _bins(bins: tuple[Bin, ...]) -> QWidget:
    """The plot in numbers, the surest first."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(2 * SPACE)
    grid.setVerticalSpacing(SPACE)
    for n, name in enumerate(("Shown as", "Right", "May truly be")):
        grid.addWidget(Word(name, look="muted", size=0.92), 0, n)
    for line, each in enumerate(reversed(bins), start=1):
        span = f"{round(100 * each.lowest)}–{percent(each.highest)}"
        chance = f"{round(100 * each.share_low)}–{percent(each.share_high)}"
        for n, cell in enumerate(
            (Word(span), Word(tally(each.right, each.verdicts), bold=True), Word(chance, look="muted"))
        ):
            grid.addWidget(cell, line, n)
    grid.setColumnStretch(3, 1)
    return table


def _learned(curves: Mapping[str, Curve]) -> Card | None:
    """What becomes of three numbers of each source that was judged."""
    judged = sorted((curve for curve in curves.values() if ":" in curve.source), key=lambda curve: -curve.verdicts)
    if not judged:
        return None
    lines: list[QLayout] = []
    for curve in judged:
        who = maker(curve.source)
        moved = ", ".join(f"{percent(share)} → {percent(shown(share, 1.0, curve))}" for share in EXAMPLES)
        lines.append(
            column(Prose(f"{who[:1].upper()}{who[1:]}: {moved}"), muted(f"{curve.verdicts:,} judged"), spacing=1)
        )
    told = "What is shown where the evidence alone would make it 50, 70 and 90 %."
    others = [Fold("The others", *lines[MOST_LEARNED:], spacing=SPACE + 2)] if lines[MOST_LEARNED:] else []
    return Card(muted(told, 1.0), *lines[:MOST_LEARNED], *others, spacing=SPACE + 2)
