"""How much the model may do within an hour, how much of that is used, and the settings for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from gum_app.settings import Settings
from gum_app.ui.drawn import Meter
from gum_app.ui.fold import Fold
from gum_app.ui.model_status import Budget
from gum_app.ui.model_wording import looks, seconds_computed, share
from gum_app.ui.pieces import Card, Prose, column, muted, row, rule
from gum_app.ui.settings_page import Field, lines_of
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import moment

OFTEN = ("think_when", "vision_calls_an_hour", "compute_seconds_an_hour")
SELDOM = ("context_tokens", "gpu_layers", "model_threads", "download_mirror", "download_proxy")


class ModelBudget(Card):
    def __init__(self, changed: Callable[[str, Any], None]) -> None:
        self.fields = {name: Field(name, Settings.model_fields[name], changed) for name in (*OFTEN, *SELDOM)}
        self.meters = (Meter(0.0, ""), Meter(0.0, ""))
        self.told = (Prose(weight=Prose.BOLD), Prose(weight=Prose.BOLD))
        self.resets = muted("")
        self.more = Fold("More", *lines_of([self.fields[name] for name in SELDOM]), spacing=2 * SPACE)
        self.last = self.fields[SELDOM[-1]].widget
        lines = [_line(told, meter) for told, meter in zip(self.told, self.meters, strict=True)]
        super().__init__(
            column(*lines, self.resets),
            rule(),
            *lines_of([self.fields[name] for name in OFTEN]),
            rule(),
            self.more,
            spacing=2 * SPACE,
        )

    def show_budget(self, budget: Budget, now: datetime) -> None:
        shares = (
            share(budget.vision_calls_used, budget.vision_calls_most),
            share(budget.compute_seconds_used, budget.compute_seconds_most),
        )
        for told, meter, part, says in zip(
            self.told, self.meters, shares, (looks(budget), seconds_computed(budget)), strict=True
        ):
            told.say(says)
            meter.show_share(part, says)
        self.resets.say(f"Counted anew from {moment(budget.resets_at, now)}." if budget.resets_at else "")
        self.resets.setVisible(budget.resets_at is not None)

    def show_settings(self, settings: Settings) -> None:
        for name, field in self.fields.items():
            field.show(getattr(settings, name))


def _line(told: Prose, meter: Meter) -> QHBoxLayout:
    line = row(told)
    line.addWidget(meter, alignment=Qt.AlignmentFlag.AlignVCenter)
    return line
