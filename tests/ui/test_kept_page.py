"""What is kept, and the ways out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gum_app.settings import Settings
from gum_app.store.sizes import Sizes
from gum_app.ui.import_dialog import ImportDialog
from gum_app.ui.imports_card import ImportsCard
from gum_app.ui.kept_page import Kept, KeptPage, lines
from tests.brought import a_calendar, an_entry
from tests.ui.conftest import World
from tests.ui.life import NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> KeptPage:
    page = KeptPage(world.home, world.reader, world.deeds)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    qtbot.waitUntil(lambda: page._shown is not None)
    return page


def button(page: KeptPage, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text)


def test_it_says_what_where_how_much_and_for_how_long(page: KeptPage, world: World) -> None:
    shown = "\n".join(label.text() for label in page.findChildren(QLabel)).replace("\u200b", "")
    assert str(world.home.root) in shown
    assert "of 2.0 GB" in shown
    assert "a day: it will level off at about" in shown
    assert "90 days, then the words go" in shown
    assert "Your verdicts" in shown and "90 days; of what kind and by which rule, never what" in shown
    assert "uninstall --purge" in shown


def test_pictures_are_off_unless_the_person_wants_them(page: KeptPage) -> None:
    assert page._shown is not None
    sizes: Sizes = page._shown.sizes
    assert "switched off" in lines(Kept(sizes=sizes, settings=Settings()))[1][2]
    assert lines(Kept(sizes=sizes, settings=Settings(keep_thumbnails=True)))[1][2] == "14 days"


def test_everything_can_be_taken_along(
    qtbot: QtBot, page: KeptPage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/somewhere/all.jsonl", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    with qtbot.waitSignal(world.deeds.done) as done:
        button(page, "Export …").click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    button(page, "Import …").click()
    button(page, "A folder of calendars …").click()
    assert world.answering.asked == [{"do": "export", "path": "/somewhere/all.jsonl"}]
    assert done.args is not None
    assert "not encrypted" in done.args[0]


def test_everything_can_be_forgotten_after_being_asked(qtbot: QtBot, page: KeptPage) -> None:
    with qtbot.waitSignal(page.forget_wanted) as wanted:
        button(page, "Forget everything …").click()
    assert wanted.args == [{"all": True}, "everything"]


def test_a_file_of_another_program_is_brought_in_listed_and_can_be_forgotten(
    qtbot: QtBot, page: KeptPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = an_entry("a", "Dentist", f":{NOW + timedelta(days=3):%Y%m%d}T100000Z")
    path = a_calendar(tmp_path / "work.ics", entry)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    button(page, "Import …").click()
    (dialog,) = page.window().findChildren(ImportDialog)
    qtbot.waitUntil(dialog.go.isVisible)
    dialog.go.click()
    qtbot.waitUntil(dialog.forget.isVisible)
    dialog.close_.click()
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.findChildren(ImportsCard)[-1].gone))
    with qtbot.waitSignal(page.forget_wanted) as wanted:
        page.findChildren(ImportsCard)[-1].gone[1].click()
    assert wanted.args == [{"import": 1}, "what came from work.ics"]


def test_a_folder_is_brought_in_the_same_way(
    qtbot: QtBot, page: KeptPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    button(page, "A folder of calendars …").click()
    (dialog,) = page.window().findChildren(ImportDialog)
    qtbot.waitUntil(dialog.note.isVisible)
    assert "There is no calendar (.ics) in" in dialog.note.text()


def test_what_gum_app_exported_is_read_back(qtbot: QtBot, page: KeptPage, world: World, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"gum_export": 1}\n')
    dialog = page.bring(str(path))
    assert dialog is not None
    qtbot.waitUntil(dialog.go.isVisible)
    with qtbot.waitSignal(world.deeds.done):
        dialog.go.click()
    assert world.answering.asked[-1] == {"do": "import", "path": str(path)}
