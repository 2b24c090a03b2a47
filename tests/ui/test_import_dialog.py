"""Bringing in a file: nothing happens before it was shown, it can be stopped, and it can be taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.import_dialog import ImportDialog
from tests.brought import WEEK_AT_THE_BANK, WEEK_EPISODES, a_calendar, a_gum_db, a_week_of_work, an_entry
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


def opened(qtbot: QtBot, world: World, path: Path) -> ImportDialog:
    dialog = ImportDialog(world.asker, str(path), path.name)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def brought_in(world: World) -> int:
    with Store(world.home.database, KEY, fold=fold) as store:
        return sum(one.kept for one in store.imports())


def text(dialog: ImportDialog, part: str) -> str:
    return str(getattr(dialog, part).text()).replace("\u200b", "")


def test_it_is_shown_before_anything_happens(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    dialog = opened(qtbot, world, a_week_of_work(tmp_path / "aw.json", NOW - timedelta(days=20)))
    assert dialog.go.isHidden() and dialog.progress.isVisible()
    qtbot.waitUntil(dialog.go.isVisible)
    assert text(dialog, "what").startswith("aw.json holds an export of ActivityWatch.")
    assert text(dialog, "comes").startswith(f"{WEEK_EPISODES} episodes to bring in. From ")
    assert dialog.rules.isVisible() and dialog.groups.isVisible()
    assert dialog.close_.isDefault(), "enter brings nothing in"
    assert brought_in(world) == 0
    shown = "\n".join(label.text() for label in dialog.left_out.findChildren(type(dialog.what)))
    assert f"{WEEK_AT_THE_BANK}: " in shown and "Bank of Nowhere" not in shown


def test_then_it_is_done_and_can_be_taken_back(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    dialog = opened(qtbot, world, a_gum_db(tmp_path / "gum.db", ["The user likes tea."], at=NOW - timedelta(days=1)))
    qtbot.waitUntil(dialog.go.isVisible)
    with qtbot.waitSignal(dialog.came) as came:
        dialog.go.click()
    assert came.args == ["1 brought in."]
    assert brought_in(world) == 1
    assert text(dialog, "title") == "gum.db is brought in"
    with qtbot.waitSignal(dialog.forget_wanted) as wanted:
        dialog.forget.click()
    assert wanted.args == [{"import": 1}, "what came from gum.db"]
    assert not dialog.isVisible()


def test_where_nothing_is_new_there_is_nothing_to_press(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    dialog = opened(qtbot, world, a_calendar(tmp_path / "a.ics"))
    qtbot.waitUntil(dialog.comes.isVisible)
    assert text(dialog, "comes") == "Nothing new to bring in."
    assert dialog.go.isHidden()


def test_in_the_midst_it_can_be_stopped(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    dialog = opened(qtbot, world, a_week_of_work(tmp_path / "aw.json", NOW - timedelta(days=20)))
    qtbot.waitUntil(dialog.go.isVisible)
    with Store(world.home.database, KEY, fold=fold) as store, store.transaction():  # nobody else writes meanwhile
        dialog.go.click()
        qtbot.waitUntil(dialog.stop.isVisible)
        dialog.stop.click()
        qtbot.waitUntil(lambda: text(dialog, "what").startswith("Stopped."))
    assert dialog.go.isVisible(), "to go on"


def test_closing_it_ends_what_is_under_way(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    world.answering.gate.clear()
    dialog = opened(qtbot, world, a_calendar(tmp_path / "a.ics", an_entry("a", "x", ":20260312")))
    dialog.close_.click()
    world.answering.gate.set()
    assert not dialog.isVisible()


@pytest.mark.parametrize("when", ["looking", "bringing in"])
def test_trouble_is_told_in_its_sentence(qtbot: QtBot, world: World, tmp_path: Path, when: str) -> None:
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."], at=NOW - timedelta(days=1))
    if when == "looking":
        path.write_text("hello")
    dialog = opened(qtbot, world, path)
    if when == "bringing in":
        qtbot.waitUntil(dialog.go.isVisible)
        world.answering.refuses["import_run"] = "Somebody keeps reading: try again."
        dialog.go.click()
    qtbot.waitUntil(dialog.note.isVisible)
    assert text(dialog, "note").endswith(".")
    assert dialog.go.isVisible() == (when == "bringing in")
    assert dialog.progress.isHidden()
