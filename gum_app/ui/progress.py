"""How far something is that takes its time: a bar, and below it how far in words."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from gum_app.ui.pieces import column, muted

PARTS = 1000  # of the bar: bytes of a model are too many for a number of Qt's


class Progress(QWidget):
    """Hidden while there is nothing to show."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.told = muted("")
        self.setLayout(column(self.bar, self.told, spacing=4))
        self.hide()

    def show_progress(self, done_of: tuple[int, int] | None, told: str) -> None:
        """`done_of` None: there is none; (0, 0): it is not known how far it is."""
        self.setVisible(done_of is not None)
        if done_of is not None:
            done, of = done_of
            self.bar.setRange(0, PARTS if of else 0)
            self.bar.setValue(min(PARTS * done // of, PARTS) if of else 0)
        self.told.say(told)
        self.told.setVisible(bool(told))
        self.bar.setAccessibleDescription(told)
