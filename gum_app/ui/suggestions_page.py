"""The page “Suggestions”: what might help now and why, what became of others, reminders, and what was learned.

A card keeps its place for as long as it says the same: nothing one aims at moves when something else has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from gum_app.rules.abilities import CAN, CANNOT
from gum_app.rules.silences import SENTENCES
from gum_app.suggestions import OfferKind
from gum_app.ui.asking import Answer, Reader
from gum_app.ui.deeds import Deeds, Undo
from gum_app.ui.fold import Fold
from gum_app.ui.learned_card import LearnedCard
from gum_app.ui.pieces import Card, Place, Prose, column, group, heading, muted, row, rule
from gum_app.ui.reminders_card import RemindersCard, is_due
from gum_app.ui.sheet import Sheet
from gum_app.ui.suggestion_card import EarlierRow, SuggestionCard
from gum_app.ui.suggestion_lookup import Inbox, Shown, look_up_inbox
from gum_app.ui.suggestion_preview import SuggestionPreview
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, moment

ABOUT = "What might help now, and why. Nothing is done without your click on exactly what will happen."
QUIET = "Nothing at the moment. It speaks when something is worth it, and otherwise keeps silent."
OFF = "Suggestions are switched off."


class SuggestionsPage(Sheet):
    wanted = Signal(int)  # a proposition, to be seen whole
    read = Signal()  # what is shown is as the store has it

    def __init__(self, reader: Reader, deeds: Deeds, now: Callable[[], datetime]) -> None:
        self._reader, self._deeds, self._now = reader, deeds, now
        self._inbox: Inbox | None = None
        self._to_show: tuple[int, bool] | None = None  # one that is asked for, and not read yet; with its preview
        self._previews: dict[int, SuggestionPreview] = {}  # that are open
        self.cards: dict[int, SuggestionCard] = {}
        self.earlier_rows: dict[int, EarlierRow] = {}
        self.standing = Prose(middle=True)
        self.switch_on = QPushButton("Switch on")
        self.switch_on.clicked.connect(lambda: deeds.set("suggestions", True))
        self.state = Card(row(self.standing, self.switch_on))
        self.open = Place(spacing=2 * SPACE)
        self.earlier, self.silent = Place(spacing=SPACE + 4), Place(spacing=SPACE // 2)
        self.earlier_fold = Fold("Earlier ones", Card(self.earlier), spacing=SPACE)
        self.silent_fold = Fold("Why it kept silent today", Card(self.silent), spacing=SPACE)
        self.reminders = RemindersCard(deeds, now)
        self.learned = LearnedCard(self._set_never)
        can = [Prose(f"✓  {each}") for each in CAN]
        cannot = [Prose(f"✕  {each}") for each in CANNOT]
        self.abilities = Fold("What it can do, and what it cannot", Card(*can, rule(), *cannot), spacing=SPACE)
        super().__init__(
            column(heading("Suggestions"), muted(ABOUT, 1.0), spacing=2),
            self.state,
            self.open,
            self.silent_fold,
            self.earlier_fold,
            group("Reminders", Card(self.reminders)),
            group("What it has learned", Card(self.learned)),
            self.abilities,
            spacing=3 * SPACE,
        )
        self.refresh()

    def refresh(self) -> None:
        now = self._now()
        self._reader.read(lambda store: look_up_inbox(store, now), self._show)

    def show_one(self, id: int, *, look: bool = False) -> None:  # noqa: A002
        """Bring this one into view, once it has been read, and why it is there; `look`: what it would do instead."""
        self._to_show = id, look
        self.refresh()

    # Showing

    def _show(self, inbox: Inbox) -> None:
        if any(card.is_chosen_from for card in self.cards.values()):
            return  # a menu is open, and would be pulled away; it is read again when it closes
        before, self._inbox = self._inbox, inbox
        self._forget_previews(inbox)
        if before is None or _offered(before) != _offered(inbox):
            self._show_open(_offered(inbox))
        if before is None or before.earlier != inbox.earlier:
            self._show_earlier(inbox)
        self._say_standing(inbox)
        self.silent_fold.setVisible(bool(inbox.silent_today))
        self.silent.put(*[muted(f"{SENTENCES[each]} ({counted(n, 'suggestion')})") for each, n in inbox.silent_today])
        self.reminders.show_reminders(inbox.reminders)
        self.learned.show_learned(inbox.learned)
        if self._to_show is not None:
            self._bring(*self._to_show)
        self.read.emit()

    def _bring(self, id: int, look: bool) -> None:  # noqa: A002
        if (card := self.cards.get(id)) is not None:
            card.sure.button.setChecked(not look)
            self.ensureWidgetVisible(card)
            card.buttons["preview"].setFocus()
            self._to_show = None
            if look:
                self._do(card.shown, "preview")
        elif id in self.earlier_rows:
            self.earlier_fold.button.setChecked(True)
            self.ensureWidgetVisible(self.earlier_rows[id])
            self._to_show = None

    def _show_open(self, offered: tuple[Shown, ...]) -> None:
        """A card that says the same stays itself; one that says something else keeps what was opened in it."""
        before, self.cards = self.cards, {}
        held = next(((id_, name) for id_, card in before.items() if (name := card.focused)), None)
        for each in offered:
            old = before.get(int(each.id))
            if old is not None and old.shown == each:
                self.cards[int(each.id)] = old
                continue
            card = self.cards[int(each.id)] = SuggestionCard(each, self._now(), self._do, self.wanted.emit)
            card.later_menu.aboutToHide.connect(self.refresh)
            if old is not None:
                card.be_as(old)
        self.open.put(*self.cards.values())
        self.open.setVisible(bool(self.cards))
        if held is not None and held[0] in self.cards:
            self.cards[held[0]].buttons[held[1]].setFocus()

    def _forget_previews(self, inbox: Inbox) -> None:
        there = {int(each.id) for each in (*inbox.open, *inbox.earlier)}
        for id_, dialog in self._previews.items():
            if id_ not in there:
                dialog.forget()

    def _show_earlier(self, inbox: Inbox) -> None:
        self.earlier_rows = {int(each.id): EarlierRow(each, self._now(), self._do) for each in inbox.earlier}
        self.earlier.put(*self.earlier_rows.values())
        self.earlier_fold.setVisible(bool(inbox.earlier))
        self.earlier_fold.button.setText(f"Earlier ones: {len(inbox.earlier)}")

    def _say_standing(self, inbox: Inbox) -> None:
        on = inbox.settings.suggestions
        if not on:
            said = OFF
        elif inbox.only_watches_until is not None:
            said = (
                f"It only watches until {moment(inbox.only_watches_until, self._now())}; then it may offer something."
            )
        else:
            said = "" if inbox.open else QUIET
        if due := sum(is_due(each, self._now()) for each in inbox.reminders):
            said = f"{said} {counted(due, 'reminder')} {'is' if due == 1 else 'are'} due, below.".strip()
        self.standing.say(said)
        self.state.setVisible(bool(said))
        self.switch_on.setVisible(not on)

    # What the person does

    def _do(self, shown: Shown, name: str) -> None:
        """A button: preview, dismissed, never, learned, liked, disliked, file, undo, or “later” with minutes."""
        if name == "preview" and int(shown.id) in self._previews:
            self._previews[int(shown.id)].activateWindow()
        elif name == "preview":
            dialog = SuggestionPreview(self._deeds.asker, shown, self._now(), self.window())
            dialog.done_it.connect(self._deeds.done)
            dialog.finished.connect(lambda _how: self._previews.pop(int(shown.id), None))
            self._previews[int(shown.id)] = dialog
            dialog.open()
        elif name == "learned":
            self.ensureWidgetVisible(self.learned.never[shown.suggestion.offer.kind])
            self.learned.never[shown.suggestion.offer.kind].setFocus()
        elif name == "file":
            self._open_file(shown)
        elif name == "undo":
            self._deeds.undo({"do": "suggestion_undo", "id": int(shown.id)})
        else:
            answer, _, minutes = name.partition(" ")
            question = {"do": "suggestion_answer", "id": int(shown.id), "answer": answer}
            undo = {"do": "suggestion_unanswer", "id": int(shown.id)}
            self._deeds.ask(question | ({"minutes": int(minutes)} if minutes else {}), partial(self._told, undo))

    def _open_file(self, shown: Shown) -> None:
        """What was written, with the person's own program for it."""
        assert shown.deed is not None
        path = Path(shown.deed.path)
        if not path.exists():
            self._deeds.failed.emit(f"{path.name} does not lie in the outbox folder any more.")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._deeds.failed.emit(f"No program here opens it. It lies in {path.parent}.")

    def _set_never(self, kind: OfferKind, never: bool) -> None:
        question = {"do": "suggestion_never", "kind": kind}
        self._deeds.ask(question | {"never": never}, partial(self._told, question | {"never": not never}))

    def _told(self, undo: Undo, answer: Answer) -> None:
        self._deeds.done.emit(str(answer["said"]), undo)


def _offered(inbox: Inbox) -> tuple[Shown, ...]:
    """What the page offers: nothing while help is switched off, or on the first day; what waits waits."""
    speaks = inbox.settings.suggestions and inbox.only_watches_until is None
    return inbox.open if speaks else ()
