"""One notification in the digest: what it said, why it was judged so, and what the person says of that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from gum_app.digest import DigestId, DigestItem, Opinion
from gum_app.records import PropositionId
from gum_app.ui.flow import Flow
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Prose, column, muted
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, shorter

LONGEST_TEXT = 240  # characters of a notification; the day shows all of it
SAID: dict[Opinion, str] = {"right": "You said: right.", "wrong": "You said: wrong."}

Say = Callable[[DigestId, Opinion | None], None]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An item with its reason as it reads now, and the propositions that the reason names."""

    item: DigestItem
    reason: str = ""
    propositions: tuple[PropositionId, ...] = ()


def head(told: Told) -> str:
    """“14:03 · Calendar: Stand-up in 5 minutes”"""
    item = told.item
    if item.rule:
        what = f"not read: {item.rule}" if item.count == 1 else f"{counted(item.count, 'notification')} not read"
        return f"{item.at:%H:%M} · {what}"
    name = item.app or "A program without a name"
    return f"{item.at:%H:%M} · {name}" + (f": {item.title}" if item.title else "")


def small_print(told: Told) -> list[str]:
    item = told.item
    lines = [told.reason] if told.reason else []
    if item.count > 1 and item.rule:
        lines.append(f"The reason each time: {item.rule}.")
    elif item.count > 1:
        lines.append(f"{item.count - 1:,} more of this program came at once and were only counted.")
    if item.shown_at is not None:
        lines.append(f"It was shown again at {item.shown_at:%H:%M}, in your focus time.")
    return lines


class DigestLine(QWidget):
    def __init__(self, told: Told, say: Say, see: Callable[[int], None]) -> None:
        super().__init__()
        self.told = told
        self._say = say
        self.buttons: dict[str, QPushButton] = {}
        item = told.item
        text = [Prose(shorter(item.text, LONGEST_TEXT))] if item.text else []
        parts: list[QWidget | QLayout | int] = [Prose(head(told), weight=Prose.BOLD), *text]
        parts += [muted(line) for line in small_print(told)]
        if item.judgement is not None:
            parts.append(self._deeds(see))
        self.setLayout(column(*parts, spacing=3))

    def _deeds(self, see: Callable[[int], None]) -> Flow:
        line = Flow(SPACE)
        item = self.told.item
        if item.opinion is None:
            for opinion, picture in (("right", "check"), ("wrong", "cross")):
                line.addWidget(self._button(opinion, IconButton(picture, opinion.capitalize(), "quiet"), opinion))
        else:
            line.addWidget(muted(SAID[item.opinion], 1.0))
            line.addWidget(self._button("undo", IconButton("undo", "Undo", "quiet"), None))
        for id_ in self.told.propositions:
            link = self.buttons[f"proposition {id_}"] = QPushButton(f"Proposition {id_}")
            link.setProperty("look", "link")
            link.clicked.connect(partial(see, id_))
            line.addWidget(link)
        return line

    def _button(self, name: str, button: QPushButton, opinion: str | None) -> QPushButton:
        self.buttons[name] = button
        button.setAccessibleName(f"{name.capitalize()}: {head(self.told)}")
        button.clicked.connect(lambda: self._say(self.told.item.id, opinion))  # type: ignore[arg-type]
        return button
