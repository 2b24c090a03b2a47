"""Other programs: who has asked, and who may be told what."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLayout, QLineEdit, QPushButton, QWidget

from gum_app.records import Grant, Kind
from gum_app.rules.leaving import ONLY_A_CLAIM, told_standing
from gum_app.ui.asking import Answer
from gum_app.ui.deeds import Deeds
from gum_app.ui.flow import Flow
from gum_app.ui.fold import Fold
from gum_app.ui.pieces import Place, Prose, column, muted, row, rule
from gum_app.ui.still import DropDown
from gum_app.ui.theme import SPACE

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
WIDEST_FIELD = 320
USUAL_DAYS = 2  # the place in that list
NOBODY = (
    "No other program has asked. An assistant that speaks the Model Context Protocol may, once you have it start "
    "“gum-app mcp --name” with a name for it; you are asked here before it is told anything."
)
MANY = 3  # programs that ask: from so many on all are refused by one press
PSEUDONYMS_TOLD = (
    "Names of other people leave as, for example, P-k3t9qa, the same each time. What the program answers then names "
    "nobody you know: you are told here who is meant."
)
SENT_ON = "Many assistants send what they are told to a server. What has left cannot be called back."


class ProgramsCard(Place):
    def __init__(self, deeds: Deeds) -> None:
        super().__init__(muted(NOBODY, 1.0), spacing=SPACE + 4)
        self._deeds = deeds
        self._shown: tuple[Grant, ...] = ()
        self.choices: dict[str, Choice] = {}  # of who may not ask at the moment
        self.no: dict[str, QPushButton] = {}
        self.who: dict[str, WhoIs] = {}  # of who is told pseudonyms
        self.no_to_all: QPushButton | None = None  # many wait for an answer

    def show_grants(self, grants: tuple[Grant, ...]) -> None:
        """What somebody is choosing stays as long as nothing has changed."""
        if grants == self._shown:
            return
        self._shown = grants
        self.choices, self.no, self.who, self.no_to_all = {}, {}, {}, None
        items: list[QWidget | QLayout | int] = []
        asking = [grant.client for grant in grants if grant.given_at is None]
        if len(asking) >= MANY:
            self.no_to_all = QPushButton(f"No to all {len(asking)} that ask")
            self.no_to_all.clicked.connect(lambda: self._refuse(asking))
            items.append(row(self.no_to_all, -1))
        for grant in grants:
            items += [*([rule()] if items else []), self._one(grant)]
        claim = [rule(), muted(f"{ONLY_A_CLAIM} {SENT_ON}")] if items else [muted(NOBODY, 1.0)]
        self.put(*items, *claim)

    def _one(self, grant: Grant) -> QLayout:
        head = column(Prose(grant.client, weight=Prose.BOLD), muted(told_standing(grant)), spacing=1)
        if grant.holds:
            buttons = Flow(SPACE)
            buttons.addWidget(self._refusing(grant.client, "Tell it nothing more"))
            parts: list[QWidget | QLayout | int] = [head, buttons]
            if grant.pseudonyms:
                self.who[grant.client] = WhoIs(self._deeds, grant.client)
                parts.append(self.who[grant.client])
            return column(*parts, spacing=SPACE)
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

    def _refuse(self, clients: list[str]) -> None:
        for client in clients:
            self._deeds.do({"do": "revoke", "client": client}, "They are told nothing.")

    def _let(self, client: str) -> None:
        choice = self.choices[client]
        question = {
            "do": "grant",
            "client": client,
            "kinds": list(choice.kinds.currentData()),
            "days": choice.days.currentData(),
            "quotes": choice.quotes.isChecked(),
            "activity": choice.activity.isChecked(),
            "pseudonyms": choice.pseudonyms.isChecked(),
        }
        self._deeds.do(question, f"{client} may ask. What it is told is listed.")


class Choice(QWidget):
    """Which kinds, how far back, with what besides. As it opens: little.

    Without pseudonyms: with them the program's answers name nobody whom the person recognises, so they are asked for.
    """

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
        self.activity = QCheckBox("which windows you have in front")
        self.pseudonyms = QCheckBox("other people under pseudonyms")
        self.pseudonyms.setToolTip(PSEUDONYMS_TOLD)
        self.pseudonyms.setAccessibleDescription(PSEUDONYMS_TOLD)
        self.go = QPushButton("Let it ask")
        self.go.setProperty("look", "primary")
        self.buttons = Flow(SPACE)
        self.buttons.addWidget(self.go)
        scope = Flow(SPACE)
        for part in (self.kinds, self.days, self.quotes, self.activity, self.pseudonyms):
            scope.addWidget(part)
        self.setLayout(column(scope, self.buttons, spacing=SPACE))


class WhoIs(QWidget):
    """The names behind the pseudonyms of one program, for the person alone."""

    def __init__(self, deeds: Deeds, client: str) -> None:
        super().__init__()
        self._deeds, self._client = deeds, client
        self.field = QLineEdit()
        self.field.setPlaceholderText("Who is P-k3t9qa?")
        self.field.setAccessibleName(f"Whom {client} means by a pseudonym")
        self.field.setToolTip("Paste what it said, and press Enter")
        self.field.setMaximumWidth(WIDEST_FIELD)
        self.field.returnPressed.connect(self._ask)
        self.told = Prose(look="muted")
        self.told.hide()
        self.setLayout(column(self.field, self.told, spacing=SPACE // 2))

    def _ask(self) -> None:
        self._deeds.ask({"do": "who", "client": self._client, "text": self.field.text()}, self._tell)

    def _tell(self, answer: Answer) -> None:
        same = answer["text"] == self.field.text()
        self.told.say("Nobody whom it was told of is called that." if same else answer["text"])
        self.told.show()
