"""The column at the side: the pages, and below them how it is: watching or not, since when, and how to pause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QMenu, QProgressBar, QScrollArea, QWidget

from gum_app.ui.icons import IconButton, app_icon, badge_of
from gum_app.ui.pieces import Place, Prose, Word, column, muted, row
from gum_app.ui.status import Status
from gum_app.ui.status_wording import asks, focus, headline, sends, today
from gum_app.ui.theme import SPACE

WIDTH = 212
NARROW = 60  # pictures only
LEAST_LIST = 120  # pixels: three pages
PAGES: tuple[tuple[str, str], ...] = (
    ("bulb", "Propositions"),
    ("question", "Ask"),
    ("offer", "Suggestions"),
    ("clock", "What was seen"),
    ("bell", "Digest"),
    ("shield", "Privacy"),
    ("box", "What is kept"),
    ("chip", "Model"),
    ("target", "How sure"),
    ("gear", "Settings"),
)
PAUSES = (("pause_15", "For 15 minutes"), ("pause_60", "For 1 hour"), ("pause_tomorrow", "Until tomorrow"))


def keys_of(page: int) -> str:
    """As on the keyboard: the tenth page is 0."""
    return f"Ctrl+{(page + 1) % 10}"


class Side(QWidget):
    turned = Signal(int)  # to which page
    chosen = Signal(str)  # as the tray's menu names it

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.pages = QButtonGroup(self)
        self._counts: dict[int, int] = {}
        self.buttons = [self._page(n, *page) for n, page in enumerate(PAGES)]
        self.list = _list(self.buttons)
        self.sign = QLabel()
        self.state = Prose(weight=Prose.BOLD)
        self.told = muted("")
        self.trouble = Prose(look="danger", size=0.92)
        self.remote = Prose(look="danger", size=0.92, weight=Prose.BOLD)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the recording has been replayed")
        self.progress.hide()
        self.pause = IconButton("pause", "Pause")
        self.resume = IconButton("play", "Resume")
        for button, says in ((self.pause, "Pause"), (self.resume, "Resume")):
            button.setAccessibleName(says)
            button.setToolTip(says)
        self._lay_out()

    def turn_to(self, page: int) -> None:
        self.buttons[page].setChecked(True)
        self.list.ensureWidgetVisible(self.buttons[page], 0, 0)
        self.turned.emit(page)

    def show_status(self, status: Status, now: datetime) -> None:
        self.sign.setPixmap(badge_of(status).pixmap(24, 24))
        whole = (headline(status, now), focus(status, now), sends(status), asks(status))
        self.sign.setToolTip("\n".join(filter(None, whole)))
        self.state.say(headline(status, now))
        told = "\n".join(filter(None, (focus(status, now), today(status))))
        self.told.say(told)
        self.told.setVisible(bool(told))
        self.trouble.say("\n".join(status.troubles))
        self.trouble.setVisible(bool(status.troubles))
        self.remote.say(sends(status))
        self.remote.setVisible(bool(status.remote))
        self.pause.setVisible(status.may_pause and status.state not in {"replaying", "replayed"})
        self.resume.setVisible(status.is_paused)
        self.progress.setVisible(status.progress is not None)
        if status.progress is not None:
            self.progress.setRange(0, status.progress[1])
            self.progress.setValue(status.progress[0])

    def count(self, page: int, number: int) -> None:
        """How many things wait on a page; 0: nothing is said."""
        name = PAGES[page][1]
        self._counts[page] = number
        self.buttons[page].setAccessibleName(f"{name}, {number} open" if number else name)
        self.buttons[page].setText(self._text(page))
        self.buttons[page].setToolTip(f"{name}{f': {number} open' if number else ''} ({keys_of(page)})")

    def _text(self, page: int) -> str:
        number = self._counts.get(page, 0)
        if self.width() == NARROW:
            return ""
        return f"  {PAGES[page][1]}{f'  ·  {number}' if number else ''}"

    def make_narrow(self, narrow: bool) -> None:
        """Only pictures, where the pages need the room."""
        if narrow == (self.width() == NARROW):
            return
        self.setFixedWidth(NARROW if narrow else WIDTH)
        for page, button in enumerate(self.buttons):
            button.setText(self._text(page))
        for widget in (self.name, self.words):
            widget.setVisible(not narrow)
        self.pause.setText("" if narrow else "Pause")
        self.resume.setText("" if narrow else "Resume")

    def _page(self, number: int, picture: str, name: str) -> IconButton:
        button = IconButton(picture, f"  {name}", "page")
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is
        button.setToolTip(f"{name} ({keys_of(number)})")
        button.clicked.connect(lambda: self.turn_to(number))
        QShortcut(QKeySequence(keys_of(number)), self, lambda: self.turn_to(number))
        self.pages.addButton(button)
        return button

    def _lay_out(self) -> None:
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(22, 22))
        menu = QMenu(self)
        for name, text in PAUSES:
            menu.addAction(text, partial(self.chosen.emit, name))
        self.pause.setMenu(menu)
        self.resume.clicked.connect(lambda: self.chosen.emit("resume"))
        state = row(spacing=SPACE)
        state.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        self.name = Word("gum-app", bold=True)
        self.words = Place(self.state, self.told, self.remote, self.trouble, spacing=4)
        state.addWidget(self.words, 1)
        layout = column(
            row(mark, self.name, -1),
            2 * SPACE,
            self.list,
            state,
            self.progress,
            self.pause,
            self.resume,
            spacing=4,
        )
        layout.setContentsMargins(SPACE + 4, 2 * SPACE + 4, SPACE + 4, 2 * SPACE)
        layout.insertSpacing(layout.indexOf(self.pause), SPACE)
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)


def _list(buttons: Sequence[QWidget]) -> QScrollArea:
    """Where the window is low the pages scroll: how it is stays in view, and no name is cut."""
    inside = QWidget()
    inside.setObjectName("sheet")
    inside.setLayout(column(*buttons, -1, spacing=4))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(LEAST_LIST)
    area.setWidget(inside)
    return area
