"""A page of all widgets, for ourselves: `python -m gum_app.ui.gallery [light|dark]`. No part of the app."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from gum_app.paths import shipped
from gum_app.ui.belief_wording import how_sure
from gum_app.ui.deeds import LAST_CHANGE
from gum_app.ui.drawn import Empty, Meter
from gum_app.ui.flow import Flow
from gum_app.ui.icons import BADGES, IconButton, IconOnlyButton, badge, icon
from gum_app.ui.message_bar import MessageBar
from gum_app.ui.pieces import Card, Prose, Word, chip, group, heading, muted, row
from gum_app.ui.sheet import Sheet
from gum_app.ui.still import DropDown
from gum_app.ui.theme import Choice, dress, tokens_of
from gum_app.ui.wording import percent

LONG = "A sentence that goes on and on, as those do that people really write, until it has to be broken into lines. "
LOOKS = ("", "primary", "danger", "danger-full", "quiet", "link")


class Gallery(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("gum-app: all widgets")
        done, trouble = MessageBar(), MessageBar()
        done.done("What went well, and can be taken back.", LAST_CHANGE)
        done._leave.stop()
        trouble.trouble("What went wrong, where, and what to do about it.")
        sheet = Sheet(
            done,
            trouble,
            heading("Words"),
            group("In a card", Card(Prose(LONG * 2), muted(LONG), Prose("טקסט שנקרא מימין לשמאל, עם QGIS באמצע."))),
            _chips(),
            heading("Buttons"),
            *(_buttons(enabled) for enabled in (True, False)),
            _pictures(),
            heading("Fields"),
            Card(*_fields()),
            heading("Shares"),
            Card(*(_meter(share) for share in (0.02, 0.4, 0.6, 0.8, 0.99))),
            heading("The states"),
            _states(),
            Card(Empty("eye", "Nothing yet", "What to do next stands here.", "Do it", self.update)),
            width=900,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sheet)
        self.resize(1000, 900)


def _chips() -> QHBoxLayout:
    return row(chip("Habit"), chip("Pinned", "chip-accent"), chip("In doubt", "chip-warn"), -1)


def _buttons(enabled: bool) -> QHBoxLayout:
    buttons: list[QPushButton | int] = []
    for name in LOOKS:
        button = IconButton("check", name or "plain", name)
        button.setEnabled(enabled)
        buttons.append(button)
    return row(*buttons, -1)


def _pictures() -> QWidget:
    box, flow = QWidget(), Flow(2)
    for name in sorted(path.stem for path in shipped("resources/icons").glob("*.svg")):
        flow.addWidget(IconOnlyButton(name, name))
    box.setLayout(flow)
    return box


def _fields() -> list[QWidget]:
    line, text, number, choice = QLineEdit("A line"), QPlainTextEdit("Several\nlines"), QSpinBox(), DropDown()
    text.setFixedHeight(70)
    number.setSuffix(" days")
    choice.addItems(["First choice", "Second choice"])
    off = QLineEdit("Cannot be changed")
    off.setEnabled(False)
    box, round_one = QCheckBox("A yes or no"), QRadioButton("One of several")
    box.setChecked(True)
    round_one.setChecked(True)
    return [line, text, number, choice, off, box, QCheckBox("Not chosen"), round_one, QRadioButton("Not this one")]


def _meter(share: float) -> QHBoxLayout:
    says = f"{how_sure(share)} {percent(share)}"
    return row(Word(says), -1, Meter(share, says))


def _states() -> QWidget:
    box, flow = QWidget(), Flow(16)
    for state in BADGES:
        signs = QLabel(), QLabel()
        for sign, sends in zip(signs, (False, True), strict=True):
            sign.setPixmap(badge(state, sends=sends).pixmap(22, 22))
        one = QWidget()
        one.setLayout(row(*signs, Word(state)))
        flow.addWidget(one)
    box.setLayout(flow)
    return box


def main() -> int:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    dress(app, cast(Choice, sys.argv[1] if len(sys.argv) > 1 else "system"))
    gallery = Gallery()
    gallery.setWindowIcon(icon("eye", tokens_of(gallery.palette()).accent))
    gallery.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
