"""The key to the database: choosing how it is kept, and unlocking.

Never silently plain: a key file is agreed to in words.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QRadioButton, QWidget

from gum_app.paths import Home
from gum_app.ui.drawn import Busy
from gum_app.ui.pieces import Card, Prose, column, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.theme import SPACE

WIDTH = 560
MARGINS = (3 * SPACE, 6 * SPACE, 3 * SPACE, 3 * SPACE)
SHORTEST_PASSPHRASE = 8

AGREED = "I understand: whoever can read my files can read what gum-app keeps."


def passphrase_trouble(one: str, two: str) -> str:
    """Why this passphrase cannot be taken; empty where it can."""
    if len(one) < SHORTEST_PASSPHRASE:
        return f"At least {SHORTEST_PASSPHRASE} letters: four unrelated words are easy to keep in mind."
    return "" if one == two else "The two are not the same."


class ChooseKey(Sheet):
    """Where no keyring works: a passphrase, or a key file the person agrees to."""

    chosen = Signal(str, str)  # keyring, passphrase or file; the passphrase, else empty

    def __init__(self, home: Home) -> None:
        self.by_passphrase = QRadioButton("With a passphrase")
        self.by_file = QRadioButton("With a key file")
        self.by_passphrase.setChecked(True)
        self.first, self.second = _secret("Passphrase"), _secret("The same once more")
        self.agree = QCheckBox(AGREED)
        self.reason = muted("", 1.0)
        self.explain("Your system has no keyring that works.")
        self.note = Prose(look="danger")
        self.note.setVisible(False)
        self.go = QPushButton("Keep the key this way")
        self.go.setProperty("look", "primary")
        self.keyring = QPushButton("Try the keyring again")
        self.busy = Busy()
        self.passphrase_part = _indented(
            muted("You type it after each start of the computer. It cannot be recovered: without it, all is lost."),
            self.first,
            self.second,
        )
        self.file_part = _indented(
            muted(f"The key lies in {home.key_file}, readable by your account only. Nothing to type, and less safe."),
            self.agree,
        )
        super().__init__(
            heading("How shall the key be kept?"),
            self.reason,
            Card(self.by_passphrase, self.passphrase_part, SPACE, self.by_file, self.file_part),
            self.note,
            row(self.go, self.keyring, -1),
            self.busy,
            spacing=2 * SPACE,
            width=WIDTH,
            margins=MARGINS,
            centred=True,
        )
        self.setFocusProxy(self.first)
        self.by_passphrase.toggled.connect(self._show_parts)
        self.agree.toggled.connect(self._show_parts)
        self.go.clicked.connect(self._choose)
        self.second.returnPressed.connect(self._choose)
        self.keyring.clicked.connect(lambda: self._send("keyring", ""))
        self._show_parts()

    def explain(self, sentence: str) -> None:
        """Why the keyring is not used."""
        self.reason.say(
            f"What gum-app keeps is encrypted, and the key must lie somewhere. {sentence} Or choose another way:"
        )

    def _show_parts(self) -> None:
        words = self.by_passphrase.isChecked()
        self.passphrase_part.setVisible(words)
        self.file_part.setVisible(not words)
        self.go.setEnabled(words or self.agree.isChecked())

    def _choose(self) -> None:
        if self.by_file.isChecked():
            self._send("file", "")
            return
        trouble = passphrase_trouble(self.first.text(), self.second.text())
        if trouble:
            self.trouble(trouble)
        else:
            self._send("passphrase", self.first.text())

    def _send(self, how: str, passphrase: str) -> None:
        self.note.setVisible(False)
        self.working(True)
        self.chosen.emit(how, passphrase)

    def working(self, under_way: bool) -> None:
        self.busy.work(under_way)
        for widget in (self.go, self.keyring, self.first, self.second):
            widget.setEnabled(not under_way)

    def trouble(self, sentence: str) -> None:
        self.working(False)
        self._show_parts()
        self.note.say(sentence)
        self.note.setVisible(True)


class Unlock(Sheet):
    """The passphrase, once after each start; or a keyring that is locked itself."""

    unlocked = Signal(str)  # the passphrase; empty: ask the keyring again

    def __init__(self) -> None:
        self.title = heading("gum-app is locked")
        self.sentence = muted("", 1.0)
        self.passphrase = _secret("Passphrase")
        self.note = Prose(look="danger")
        self.note.setVisible(False)
        self.go = QPushButton("Unlock")
        self.go.setProperty("look", "primary")
        self.busy = Busy()
        super().__init__(
            self.title,
            self.sentence,
            self.passphrase,
            self.note,
            row(self.go, -1),
            self.busy,
            spacing=2 * SPACE,
            width=WIDTH,
            margins=MARGINS,
            centred=True,
        )
        self.setFocusProxy(self.passphrase)
        self.go.clicked.connect(self._go)
        self.passphrase.returnPressed.connect(self._go)
        self.wants("needs passphrase")

    def wants(self, key: str) -> None:
        """`key` as the status says it: “needs passphrase”, or “locked” where the keyring does not answer."""
        by_passphrase = key == "needs passphrase"
        self.passphrase.setVisible(by_passphrase)
        self.go.setText("Unlock" if by_passphrase else "Ask the keyring again")
        self.sentence.say(
            "Nothing is watched and nothing can be read until you give the passphrase."
            if by_passphrase
            else "Your system’s keyring is locked or does not answer. Unlock it, then ask again. "
            "Nothing is watched until then."
        )

    def _go(self) -> None:
        self.note.setVisible(False)
        self.working(True)
        self.unlocked.emit(self.passphrase.text() if self.passphrase.isVisibleTo(self) else "")

    def working(self, under_way: bool) -> None:
        self.busy.work(under_way)
        self.go.setEnabled(not under_way)
        self.passphrase.setEnabled(not under_way)

    def trouble(self, sentence: str) -> None:
        self.working(False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        self.note.say(sentence)
        self.note.setVisible(True)


def _secret(says: str) -> QLineEdit:
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    field.setPlaceholderText(says)
    field.setAccessibleName(says)
    return field


def _indented(*widgets: QWidget) -> QWidget:
    part = QWidget()
    layout = column(*widgets)
    layout.setContentsMargins(3 * SPACE, 0, 0, 0)
    part.setLayout(layout)
    return part
