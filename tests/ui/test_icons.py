"""Icons: all files are there and draw something, and every state of the daemon has its own sign."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gum_app.paths import shipped
from gum_app.ui.icons import BADGES, MARK_SHARE, IconButton, IconOnlyButton, app_icon, badge, badge_of, icon
from gum_app.ui.status import Request, Status
from gum_app.ui.theme import dress
from tests.builders import NOON

NAMES = sorted(path.stem for path in shipped("resources/icons").glob("*.svg"))


def inked(image: QImage) -> int:
    """How many pixels are drawn."""
    return sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", NAMES)
def test_each_file_draws_something(name: str, qapp: QApplication) -> None:
    assert inked(icon(name, "#336699").pixmap(24, 24).toImage()) > 10


def test_an_icon_has_the_colour_that_was_asked_for(qapp: QApplication) -> None:
    image = icon("pause", "#ff0000").pixmap(24, 24).toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}


def test_states_are_told_apart_without_their_colour(qapp: QApplication) -> None:
    told_apart = ("watching", "paused", "private", "session_locked", "trouble", "needs_key", "stopped", "starting")
    assert len({BADGES[state][1] for state in told_apart}) == len(told_apart)
    assert badge("a state of next year").pixmap(22, 22).toImage() == badge("trouble").pixmap(22, 22).toImage()


@pytest.mark.parametrize("state", sorted(BADGES))
def test_what_is_sent_to_another_computer_is_seen_in_every_state_and_size(state: str, qapp: QApplication) -> None:
    for pixels in (16, 22, 32):
        plain, marked = (badge(state, sends=sends).pixmap(pixels, pixels).toImage() for sends in (False, True))
        other = [(x, y) for x in range(pixels) for y in range(pixels) if plain.pixel(x, y) != marked.pixel(x, y)]
        assert len(other) > pixels * pixels * 0.15
        corner = marked.pixelColor(pixels - round(pixels * MARK_SHARE / 4), round(pixels * MARK_SHARE / 2))
        assert corner.red() > 150
        assert corner.green() < 90


@pytest.mark.parametrize("pixels", [16, 22, 32])
def test_that_a_program_asks_is_seen_beside_the_other_marks(pixels: int, qapp: QApplication) -> None:
    plain, marked = (
        badge("watching", sends=True, focus=True, asks=asks).pixmap(pixels, pixels).toImage() for asks in (False, True)
    )
    corner = marked.pixelColor(round(pixels * MARK_SHARE / 4), pixels - round(pixels * MARK_SHARE / 2))
    assert corner.blue() > corner.red() + 60
    assert plain != marked
    status = Status(state="watching", sentence="", asking=(Request(client="claude", at=NOON),))
    assert badge_of(status).pixmap(22, 22).toImage() == badge("watching", asks=True).pixmap(22, 22).toImage()


def test_the_icon_of_a_button_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = IconButton("check", "Right")
    qtbot.addWidget(button)
    button.show()
    light = button.icon().pixmap(24, 24).toImage()
    dress(qapp, "dark")
    assert button.icon().pixmap(24, 24).toImage() != light


def test_a_button_without_a_word_says_its_name(qtbot: QtBot) -> None:
    button = IconOnlyButton("left", "The day before")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "The day before"
    assert not app_icon().isNull()
