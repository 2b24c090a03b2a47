"""What is never looked at, not kept, or told to others: rules, private matters by their kind, other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gum_app.records import Matter, PrivacyRule
from gum_app.rules.norms import NAMES
from gum_app.ui.asking import Answer
from gum_app.ui.deeds import Deeds
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.icons import IconButton
from gum_app.ui.norms_card import Matters, NormsCard, RulingsCard
from gum_app.ui.pieces import Card, Place, Prose, Word, column, group, heading, muted, row, rule, section
from gum_app.ui.programs_card import ProgramsCard
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.told_card import Programs, ToldCard

ABOUT = "What is never looked at, how much is kept of what is private, and what other programs are told."
RULES_TOLD = (
    "Before a picture is taken, the window in front is held against these rules. What one of them hides is never "
    "looked at; the timeline says only that, when and by which rule."
)
SHIPPED_TOLD = "They hide private windows, password managers, banks, payments, health pages and the like."
MATTERS_TOLD = (
    "Whatever is read is held against these kinds before it is kept, by rules and, where you chose a model, by the "
    "model too, which can only be stricter. “Without detail” keeps that there was such a matter, when and in which "
    "program, and none of its words."
)
PROGRAMS_TOLD = (
    "A program that asks what is believed about you, such as an assistant, is told nothing before you say yes, and "
    "never what is or rests on a private matter."
)
MOST_TRIED = 8  # windows listed by a trial


def rule_trouble(name: str, app: str, title: str, address: str) -> str:
    """Why this cannot be a rule; empty where it can."""
    if not name.strip():
        return "Give the rule a name: it is what the timeline says when something was left out."
    if not (app.strip() or title.strip() or address.strip()):
        return "Fill in at least one of program, title and address."
    for what, pattern in (("title", title), ("address", address)):
        try:
            re.compile(pattern)
        except re.error as error:
            return f"The {what} is not a pattern that can be searched for ({error.msg}). Write . as \\. and ( as \\(."
    return ""


def said_of(rule: PrivacyRule) -> str:
    """A rule of the person's own in one sentence."""
    parts = []
    if rule.app:
        parts.append(f"the program is “{rule.app}”")
    if rule.title:
        parts.append(f"the title has “{rule.title}” in it")
    if rule.address:
        parts.append(f"the address has “{rule.address}” in it")
    return f"Looks away when {' and '.join(parts)}."


def tried(answer: Answer) -> str:
    """What a trial has found, as a paragraph."""
    windows = answer.get("hides", [])
    if not answer.get("looked", True):
        return "No window can be seen right now, so nothing could be tried."
    if not windows:
        return "None of the windows that are open now would be hidden."
    names = [f"• {window['app']}: {window['title']}" for window in windows[:MOST_TRIED]]
    more = [f"… and {len(windows) - MOST_TRIED} more"] if len(windows) > MOST_TRIED else []
    return "\n".join(["Hidden now:", *names, *more])


def _headed(name: str) -> str:
    return name if name.startswith("gum-app") else name[:1].upper() + name[1:]


class PrivacyPage(Sheet):
    forget_wanted = Signal(object, str)  # the scope, and its name

    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__(spacing=3 * SPACE)
        self._deeds = deeds
        self.norms = NormsCard(deeds, now)
        self.rulings = RulingsCard(now)
        self.programs = ProgramsCard(deeds)
        self.told = ToldCard(deeds, now)
        self.norms.tightened.connect(self._tightened)
        self._own: tuple[PrivacyRule, ...] | None = None
        self.name, self.app, self.title, self.address = (QLineEdit() for _ in range(4))
        self.note = Prose(look="danger")
        self.result = Prose(look="muted")
        self.note.hide()
        self.result.hide()
        self.own = Place(spacing=SPACE + 4)
        self.shipped = Place(muted("Asking for them …"), spacing=SPACE + 4)
        self.always = Fold("Show them", self.shipped, spacing=SPACE)
        page = QWidget()
        page.setLayout(self._lay_out())
        self.put(page)

    def ask_for_shipped(self) -> None:
        self._deeds.ask({"do": "rules"}, self._show_shipped)

    def show_own(self, rules: tuple[PrivacyRule, ...]) -> None:
        if rules == self._own:
            return
        self._own = rules
        items: list[QWidget | QLayout | int] = []
        for one in rules:
            if items:
                items.append(rule())
            items.append(self._own_rule(one))
        self.own.put(*items or [muted("None yet. Add one below for what is nobody’s business.", 1.0)])

    def show_matters(self, matters: Matters) -> None:
        self.norms.show_matters(matters)
        self.rulings.show_tallies(matters.tallies)

    def show_programs(self, programs: Programs) -> None:
        self.programs.show_grants(programs.grants)
        self.told.show_told(programs.told)

    def show_requests(self) -> None:
        """Scroll to where programs that ask are answered, once the page has its size."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.programs, 0, 3 * SPACE))

    def _tightened(self, matter: Matter) -> None:
        self.forget_wanted.emit({"matter": matter}, f"what is kept of {NAMES[matter]}")

    def _own_rule(self, one: PrivacyRule) -> QHBoxLayout:
        remove = IconButton("bin", "Remove", "quiet")
        remove.setAccessibleName(f"Remove the rule {one.name}")
        remove.clicked.connect(lambda: self._deeds.remove_rule(one.name))
        line = row()
        line.addLayout(column(Prose(one.name, weight=Prose.BOLD), muted(said_of(one)), spacing=1), 1)
        line.addWidget(remove)
        return line

    # Building

    def _lay_out(self) -> QVBoxLayout:
        return column(
            column(heading("Privacy"), muted(ABOUT, 1.0), spacing=2),
            column(section("Your rules"), muted(RULES_TOLD, 1.0), Card(self.own), spacing=SPACE),
            group("Add a rule", Card(self._form(), spacing=2 * SPACE)),
            group("Rules that always hold", Card(muted(SHIPPED_TOLD, 1.0), self.always)),
            column(section("Private matters"), muted(MATTERS_TOLD, 1.0), Card(self.norms), spacing=SPACE),
            group("What was cut or left out", Card(self.rulings)),
            column(section("Other programs"), muted(PROGRAMS_TOLD, 1.0), Card(self.programs), spacing=SPACE),
            group("What other programs were told", Card(self.told)),
            -1,
            spacing=3 * SPACE,
        )

    def _form(self) -> QWidget:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for n, (field, label, example) in enumerate(
            (
                (self.name, "Name", "My doctor"),
                (self.app, "Program", "signal"),
                (self.title, "Title has", "Dr\\. Winter|lab results"),
                (self.address, "Address has", "praxis-winter\\.example"),
            )
        ):
            called = Word(label)
            called.setBuddy(field)
            called.setMinimumWidth(90)
            field.setPlaceholderText(f"such as {example}")
            field.setAccessibleName(label)
            field.returnPressed.connect(self._add)
            grid.addWidget(called, n, 0)
            grid.addWidget(field, n, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(muted("All that you fill in must fit. Title and address are searched for as patterns."), 4, 1)
        grid.addWidget(self.note, 5, 1)
        grid.addWidget(self.result, 6, 1)
        add = IconButton("plus", "Add the rule", "primary")
        trial = QPushButton("Try it on what is open now")
        add.clicked.connect(self._add)
        trial.clicked.connect(self._try)
        deeds = Flow(SPACE)  # below each other in a narrow window
        deeds.addWidget(add)
        deeds.addWidget(trial)
        grid.addLayout(deeds, 7, 1)
        return form

    # Living

    def _rule(self, name: str) -> dict[str, str | None] | None:
        """What the fields say; None, and a sentence, where that is no rule."""
        texts = [text.strip() for text in (name, self.app.text(), self.title.text(), self.address.text())]
        trouble = rule_trouble(*texts)
        self.note.say(trouble)
        self.note.setVisible(bool(trouble))
        self.result.hide()
        if trouble:
            return None
        return {"name": texts[0], "app": texts[1] or None, "title": texts[2] or None, "address": texts[3] or None}

    def _add(self) -> None:
        wanted = self._rule(self.name.text())
        if wanted is not None:
            self._deeds.add_rule(wanted)
            for field in (self.name, self.app, self.title, self.address):
                field.clear()

    def _try(self) -> None:
        wanted = self._rule(self.name.text() or "Trial")
        if wanted is not None:
            self._deeds.ask({"do": "rule_try", "rule": wanted}, self._show_tried)

    def _show_tried(self, answer: Answer) -> None:
        self.result.say(tried(answer))
        self.result.show()

    def _show_shipped(self, answer: Answer) -> None:
        rules: Sequence[dict[str, str]] = answer.get("rules", [])
        self.shipped.put(
            *(
                column(
                    Prose(_headed(one["name"]), weight=Prose.BOLD),
                    muted(one["sentence"]),
                    spacing=1,
                )
                for one in rules
            )
        )
