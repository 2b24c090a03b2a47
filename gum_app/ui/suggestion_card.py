"""One suggestion: what, why now, because of what, how sure, what it would do, what ends it, and the answers to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QLayout, QMenu, QPushButton, QWidget

from gum_app.rules.abilities import NAMES, ends, label, would
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.icons import IconButton
from gum_app.ui.pieces import Card, Prose, chip, column, muted, row
from gum_app.ui.suggestion_lookup import Ground, Shown
from gum_app.ui.suggestion_wording import became, explained, found_by, held_back, laters, sure
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import moment, percent, shorter

LONGEST_GROUND = 40  # letters on a line that does not wrap
Does = Callable[[Shown, str], None]  # what a button does: its name, with this suggestion
Sees = Callable[[int], None]  # shows a proposition


class SuggestionCard(Card):
    def __init__(self, shown: Shown, now: datetime, does: Does, sees: Sees) -> None:
        self.shown = shown
        self._does, self._sees = does, sees
        suggestion, offer = shown.suggestion, shown.suggestion.offer
        self.buttons: dict[str, QPushButton] = {}
        items: list[QWidget | QLayout | int] = [
            Prose(offer.title, size=1.08, weight=Prose.BOLD),
            Prose(offer.why_now),
        ]
        if shown.because:
            items.append(column(muted("Because"), *[row(self._ground(each), -1) for each in shown.because], spacing=0))
        items.append(muted(would(offer.act, now), 1.0))
        if suggestion.not_before is not None and suggestion.not_before > now:
            items.append(muted(f"You said “later”: it waits until {moment(suggestion.not_before, now)}."))
        else:
            items += [muted(held_back(each, now)) for each in shown.silences[:1] if suggestion.state == "waiting"]
        items += [self._answers(now), self._sure(now)]
        super().__init__(*items, spacing=SPACE)
        self.setAccessibleName(offer.title)

    @property
    def focused(self) -> str:
        """The name of the button that holds the keyboard; empty: none."""
        return next((name for name, button in self.buttons.items() if button.hasFocus()), "")

    @property
    def is_chosen_from(self) -> bool:
        """Whether the menu of times is open."""
        return self.later_menu.isVisible()

    def be_as(self, old: SuggestionCard) -> None:
        """It takes the place of `old`, which said nearly the same: what was opened there is open here."""
        self.sure.button.setChecked(old.sure.button.isChecked())

    def _ground(self, ground: Ground) -> QPushButton:
        text = f"{shorter(ground.text, LONGEST_GROUND)} ({percent(ground.confidence)})".replace("&", "&&")
        button = IconButton("right", text, "link")
        button.setToolTip(ground.text)
        button.clicked.connect(lambda: self._sees(int(ground.id)))
        return button

    def _answers(self, now: datetime) -> QWidget:
        line = Flow(SPACE)
        offer = self.shown.suggestion.offer
        more = "" if label(offer.act).startswith("Show") else " …"  # nothing is done yet
        go = self._button("preview", f"{label(offer.act)}{more}", "primary")
        go.setToolTip("Shows exactly what will happen; nothing happens before you say so there.")
        later = self._button("later", "Later", "")
        menu = self.later_menu = QMenu(later)
        for text, minutes in laters(now):
            menu.addAction(text, partial(self._does, self.shown, f"later {minutes}"))
        later.setMenu(menu)
        self._button("dismissed", "Not this", "").setToolTip("It goes, and there will be fewer of its kind.")
        never = self._button("never", "Never such", "link")
        never.setToolTip(f"No more of these: {NAMES[offer.kind]}. Below, under what was learned, that can be lifted.")
        for button in self.buttons.values():
            line.addWidget(button)
        box = QWidget()
        box.setLayout(line)
        return box

    def _sure(self, now: datetime) -> Fold:
        suggestion = self.shown.suggestion
        said = [*explained(self.shown), ends(suggestion.offer, now), found_by(suggestion.offer.made_by)]
        items: list[QWidget | QLayout | int] = [muted(each) for each in said]
        if self.shown.answered:
            learned = IconButton("right", "What your answers have taught", "link")
            learned.clicked.connect(lambda: self._does(self.shown, "learned"))
            items.append(row(learned, -1))
        self.sure = Fold(sure(suggestion), *items, spacing=2)
        return self.sure

    def _button(self, name: str, text: str, look: str) -> QPushButton:
        button = self.buttons[name] = QPushButton(text)
        button.setProperty("look", look)
        button.setAutoDefault(False)
        button.setAccessibleName(f"{text}: {self.shown.suggestion.offer.title}")
        if name != "later":
            button.clicked.connect(lambda: self._does(self.shown, name))
        return button


class EarlierRow(QWidget):
    """One that is over: what became of it, and what can still be said or taken back."""

    def __init__(self, shown: Shown, now: datetime, does: Does) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        title = Prose(shown.suggestion.offer.title)
        line = Flow(SPACE)
        line.addWidget(chip(shorter(became(shown.suggestion, shown.deed, now), 70)))
        can_undo = shown.stands and shown.deed is not None and shown.deed.act != "open"
        wanted = [("undo", "Undo")] if can_undo else []
        if shown.stands and shown.deed is not None and shown.deed.path:
            wanted.insert(0, ("file", "Open the file"))
        if shown.suggestion.shown_at is not None or shown.deed is not None:
            wanted += [("liked", "Good"), ("disliked", "Not good")]
        for name, text in wanted:
            button = self.buttons[name] = QPushButton(f"{text} ✓" if shown.rated == name else text)
            button.setProperty("look", "link")
            button.setAccessibleName(f"{text}: {shown.suggestion.offer.title}")
            button.clicked.connect(partial(_call, does, shown, name))
            line.addWidget(button)
        under = QWidget()
        under.setLayout(line)
        self.setLayout(column(title, under, spacing=2))


def _call(does: Does, shown: Shown, name: str, _checked: bool = False) -> None:
    does(shown, name)
