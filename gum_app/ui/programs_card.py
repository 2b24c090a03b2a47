"""Other programs: who has asked, who may be told what, and what each was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QLayout, QPushButton, QWidget

from gum_app.records import Disclosure, Grant, Kind
from gum_app.rules.leaving import ONLY_A_CLAIM, told_standing
from gum_app.store.reading import ReadingStore
from gum_app.ui.deeds import Deeds
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.pieces import Place, Prose, column, muted, rule
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, moment

MOST_LISTED = 30  # of the newest
MOST_TEXTS = 6  # of one disclosure; the number counts all
KINDS_TOLD: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("What you work on", ("task", "plan", "schedule", "tool")),
    ("What you work on and like", ("task", "plan", "schedule", "tool", "preference", "interest", "habit")),
    ("Every kind", ()),
)
DAYS_TOLD: tuple[tuple[str, int | None], ...] = (
    ("of the last day", 1),
    ("of the last 7 days", 7),
    ("of the last 30 days", 30),
    ("however old", None),
)
USUAL_DAYS = 2  # the place in that list
NOBODY = (
    "No other program has asked. An assistant that speaks the Model Context Protocol may, once you have it start "
    "“gum-app mcp --name” with a name for it; you are asked here before it is told anything."
)
SENT_ON = "Many assistants send what they are told to a server. What has left cannot be called back."


@dataclass(frozen=True, kw_only=True)
class Told:
    """A disclosure, with the propositions as they read now."""

    disclosure: Disclosure
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Programs:
    grants: tuple[Grant, ...]
    told: tuple[Told, ...]

    @property
    def asking(self) -> tuple[str, ...]:
        """Who waits for an answer."""
        return tuple(grant.client for grant in self.grants if grant.given_at is None)


def look_up_programs(store: ReadingStore) -> Programs:
    found = store.disclosures(limit=MOST_LISTED)
    texts = store.texts_of(id_ for each in found for id_ in each.propositions)
    told = (
        Told(disclosure=each, texts=tuple(texts[id_] for id_ in each.propositions if id_ in texts)) for each in found
    )
    return Programs(grants=tuple(store.grants()), told=tuple(told))


def told_line(told: Told, now: datetime) -> str:
    """“claude asked “tea”, just now”."""
    one = told.disclosure
    return f"{one.client} asked{f' “{one.question}”' if one.question else ''}, {moment(one.at, now)}"


def told_what(told: Told) -> str:
    quotes = ", with words they rest on" if told.disclosure.with_quotes else ""
    if not told.texts:
        return "Nothing was told, or it is forgotten."
    more = " …" if len(told.texts) > MOST_TEXTS else ""
    return f"{counted(len(told.texts), 'proposition')}{quotes}: {' '.join(told.texts[:MOST_TEXTS])}{more}"


class ProgramsCard(Place):
    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__(muted(NOBODY, 1.0), spacing=SPACE + 4)
        self._deeds, self._now = deeds, now
        self._shown: tuple[Grant, ...] = ()
        self.choices: dict[str, Choice] = {}  # of who may not ask at the moment
        self.no: dict[str, QPushButton] = {}

    def show_grants(self, grants: tuple[Grant, ...]) -> None:
        """What somebody is choosing stays as long as nothing has changed."""
        if grants == self._shown:
            return
        self._shown = grants
        self.choices, self.no = {}, {}
        items: list[QWidget | QLayout | int] = []
        for grant in grants:
            items += [*([rule()] if items else []), self._one(grant)]
        claim = [rule(), muted(f"{ONLY_A_CLAIM} {SENT_ON}")] if items else [muted(NOBODY, 1.0)]
        self.put(*items, *claim)

    def _one(self, grant: Grant) -> QLayout:
        head = column(Prose(grant.client, weight=Prose.BOLD), muted(told_standing(grant)), spacing=1)
        if grant.holds:
            buttons = Flow(SPACE)
            buttons.addWidget(self._refusing(grant.client, "Tell it nothing more"))
            return column(head, buttons, spacing=SPACE)
        choice = self.choices[grant.client] = Choice()
        choice.go.clicked.connect(lambda: self._let(grant.client))
        if grant.given_at is None:
            choice.buttons.addWidget(self._refusing(grant.client, "No"))
            return column(head, choice, spacing=SPACE)
        return column(head, Fold("Let it ask again", choice, spacing=SPACE), spacing=SPACE)

    def _refusing(self, client: str, text: str) -> QPushButton:
        button = self.no[client] = QPushButton(text)
        button.setAccessibleName(f"{text}: {client}")
        said = f"{client} is told nothing."
        button.clicked.connect(lambda: self._deeds.do({"do": "revoke", "client": client}, said))
        return button

    def _let(self, client: str) -> None:
        choice = self.choices[client]
        question = {
            "do": "grant",
            "client": client,
            "kinds": list(choice.kinds.currentData()),
            "days": choice.days.currentData(),
            "quotes": choice.quotes.isChecked(),
        }
        self._deeds.do(question, f"{client} may ask. What it is told is listed.")


class Choice(QWidget):
    """Which kinds, how far back, with or without quotes. As it opens: little."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds, self.days = DropDown(), DropDown()
        self.kinds.setAccessibleName("What it may be told")
        self.days.setAccessibleName("How far back")
        for name, kinds in KINDS_TOLD:
            self.kinds.addItem(name, kinds)
        for name, days in DAYS_TOLD:
            self.days.addItem(name, days)
        self.days.setCurrentIndex(USUAL_DAYS)
        self.quotes = QCheckBox("with the words from your screen")
        self.go = QPushButton("Let it ask")
        self.go.setProperty("look", "primary")
        self.buttons = Flow(SPACE)
        self.buttons.addWidget(self.go)
        scope = Flow(SPACE)
        for part in (self.kinds, self.days, self.quotes):
            scope.addWidget(part)
        self.setLayout(column(scope, self.buttons, spacing=SPACE))


class ToldCard(Place):
    """What was told, the newest first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(muted("Nothing so far.", 1.0), spacing=SPACE + 2)
        self._now = now
        self._shown: tuple[Told, ...] = ()

    def show_told(self, told: tuple[Told, ...]) -> None:
        if told == self._shown:
            return
        self._shown = told
        items: list[QWidget | QLayout | int] = []
        for each in told:
            line = column(Prose(told_line(each, self._now()), weight=Prose.BOLD), muted(told_what(each)), spacing=1)
            items += [*([rule()] if items else []), line]
        if len(told) == MOST_LISTED:
            items.append(muted("Those before: gum-app disclosures."))
        self.put(*items or [muted("Nothing so far.", 1.0)])
