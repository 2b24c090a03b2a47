"""The first start: what is watched, what is kept, where, what leaves the computer, what is never looked at.

To be read in thirty seconds. Nothing is looked at before “Start watching” is pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gum_app.paths import Home
from gum_app.settings import Settings
from gum_app.ui.drawn import Busy, Picture
from gum_app.ui.icons import app_icon
from gum_app.ui.pieces import Prose, column, heading, muted, row, rule
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted

WIDTH = 600

KEEP_DAYS = Settings().keep_words_days
POINTS: tuple[tuple[str, str, str], ...] = (
    ("eye", "What is watched", "The window you are using: its name and its words. Notifications other programs show."),
    (
        "lines",
        "What is kept",
        f"The words, for {counted(KEEP_DAYS, 'day')}, and what they tell about how you work. "
        "Pictures are thrown away once read or, with a model, once it has seen them.",
    ),
    ("box", "Where", "Encrypted, in {folder}."),
    ("home-only", "What leaves this computer", "Nothing, unless you choose a server later."),
    (
        "eye-off",
        "What is never looked at",
        "Private windows, password managers, banks, health pages, the locked screen, what you add. "
        "Passwords, card numbers and codes are cut out before anything is kept.",
    ),
)


KEY = "The key goes into your system’s keyring. Where there is none, you choose a passphrase next."
ASKING_KEYRING = "Asking your system’s keyring to keep the key. It may want its own password first."


class Welcome(Sheet):
    started = Signal(str, bool)  # the name, may be empty; start at login?
    refused = Signal()

    def __init__(self, home: Home) -> None:
        self.name = QLineEdit(maxLength=100)
        self.name.setPlaceholderText("Optional")
        self.at_login = QCheckBox("Start when I log in")
        self.start = QPushButton("Start watching")
        self.start.setProperty("look", "primary")
        self.start.setDefault(True)
        self.later = QPushButton("Not now")
        self.key = muted(KEY)
        self.busy = Busy()
        self.note = Prose(look="danger")
        self.note.hide()
        super().__init__(
            *self._parts(home),
            spacing=2 * SPACE,
            width=WIDTH,
            margins=(3 * SPACE, 6 * SPACE, 3 * SPACE, 3 * SPACE),
            centred=True,
        )
        self.setFocusProxy(self.name)
        self.start.clicked.connect(self._start)
        self.name.returnPressed.connect(self._start)
        self.later.clicked.connect(self.refused)

    def _parts(self, home: Home) -> list[QWidget | QVBoxLayout | QHBoxLayout]:
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(48, 48))
        called = QLabel("Your &name")
        called.setBuddy(self.name)
        called.setMinimumHeight(self.name.sizeHint().height())  # on one line with the field
        why = muted("So that it can tell you from the people you read about.")
        head = row(mark, spacing=2 * SPACE)
        head.addLayout(column(heading("Before anything starts"), muted("Nothing is watched yet.", 1.0), spacing=2), 1)
        return [
            head,
            column(*(_point(*point, folder=str(home.root)) for point in POINTS), spacing=SPACE + 4),
            rule(),
            row(column(called, -1), column(self.name, why, spacing=4), spacing=2 * SPACE),
            self.at_login,
            self.key,
            self.note,
            row(self.start, self.later, -1),
            self.busy,
        ]

    def _start(self) -> None:
        self.note.hide()
        self.working(True)
        self.started.emit(self.name.text().strip(), self.at_login.isChecked())

    def working(self, under_way: bool) -> None:
        self.busy.work(under_way)
        self.key.say(ASKING_KEYRING if under_way else KEY)
        for widget in (self.start, self.later, self.name, self.at_login):
            widget.setEnabled(not under_way)

    def trouble(self, sentence: str) -> None:
        self.working(False)
        self.note.say(sentence)
        self.note.show()


def _point(picture: str, title: str, sentence: str, *, folder: str) -> QHBoxLayout:
    text = column(
        Prose(title, weight=QFont.Weight.DemiBold),
        muted(sentence.format(folder=folder), 1.0),
        spacing=1,
    )
    layout = row(spacing=2 * SPACE)
    layout.addWidget(Picture(picture, "accent", 24), alignment=Qt.AlignmentFlag.AlignTop)
    layout.addLayout(text, 1)
    return layout
