"""One episode whole: the words that were kept, and nothing that was not."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.ui.episode import EpisodeDialog, Whole
from gum_app.ui.screen_sketch import ScreenSketch
from gum_app.ui.seen_page import SeenPage
from tests.builders import NOON, an_observation
from tests.ui.conftest import World
from tests.ui.life import NOW, an_account, picture


def opened(qtbot: QtBot, whole: Whole) -> EpisodeDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EpisodeDialog(whole, NOON, parent)
    dialog.test_parent = parent  # type: ignore[attr-defined]  # else Python throws it away
    return dialog


def texts(dialog: EpisodeDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_words_that_were_kept_are_shown_as_text(qtbot: QtBot) -> None:
    seen = an_observation(text="<b>Budget</b>\n41,000 stone work")
    dialog = opened(qtbot, Whole(observation=seen, jpeg=picture(dark=False)))
    assert "<b>Budget</b>\n41,000 stone work" in texts(dialog)
    assert "Firefox · 12:00 to 12:00 · under 1 min · 2 lines kept" in texts(dialog)
    assert len(dialog.findChildren(ScreenSketch)) == 1


def test_an_episode_without_words_says_so(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Whole(observation=an_observation(title="", app="", source="notification"), jpeg=None))
    assert "No words were kept" in texts(dialog)
    assert "A notification" in texts(dialog)


def test_what_the_model_tells_of_it_stands_first_and_is_named_as_its_words(qtbot: QtBot) -> None:
    account = an_account("Planned a park.", theirs=("Zone A",))
    dialog = opened(qtbot, Whole(observation=an_observation(text="Zone A"), jpeg=None, account=account))
    shown = texts(dialog)
    assert "What you did, as the model tells it:\n“Planned a park.”" in shown
    assert "Told by the model Qwen3-VL-4B" in shown


def test_it_can_be_forgotten_from_there(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Whole(observation=an_observation(7), jpeg=None))
    forget = next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Forget"))
    with qtbot.waitSignal(dialog.forget_wanted) as wanted:
        forget.click()
    assert wanted.args == [{"observations": [7]}, "this episode"]


def test_a_row_of_the_day_opens_it(qtbot: QtBot, world: World) -> None:
    page = SeenPage(world.reader, lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 18)
    page.table.activated.emit(page.model.index(0, 0))
    qtbot.waitUntil(lambda: bool(page.findChildren(EpisodeDialog)))
    assert "Re: Kestrel Park, soil report" in texts(page.findChildren(EpisodeDialog)[0])
