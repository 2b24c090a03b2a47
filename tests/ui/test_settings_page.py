"""The settings page is made from the settings: none can be forgotten, and each tells the daemon once."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from gum_app.settings import Settings
from gum_app.ui.settings_page import SettingsPage, groups, label_of
from tests.ui.conftest import World


@pytest.fixture
def page(qtbot: QtBot, world: World) -> SettingsPage:
    themes: list[str] = []
    page = SettingsPage(world.deeds, restyle=themes.append)
    page.themes = themes  # type: ignore[attr-defined]
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    return page


def test_every_setting_is_shown_once_with_its_sentence(page: SettingsPage) -> None:
    shown = [name for _, names in groups() for name in names]
    assert sorted(shown) == sorted(name for name in Settings.model_fields if Settings.mark(name).page == "settings")
    assert len(shown) > 5
    texts = {label.text() for label in page.findChildren(QLabel)}
    for name in shown:
        assert Settings.model_fields[name].description in texts
        assert page.fields[name].widget.accessibleName() == label_of(name)


def test_each_type_has_its_widget_and_its_bounds(page: SettingsPage) -> None:
    number = page.fields["keep_words_days"].widget
    assert isinstance(number, QSpinBox)
    assert (number.minimum(), number.maximum(), number.suffix()) == (1, 3650, " days")
    assert isinstance(page.fields["theme"].widget, QComboBox)
    assert isinstance(page.fields["read_notifications"].widget, QCheckBox)
    assert isinstance(page.fields["person_name"].widget, QLineEdit)


def test_a_change_is_told_once_and_shown_values_are_no_change(qtbot: QtBot, page: SettingsPage, world: World) -> None:
    page.show_settings(Settings(keep_thumbnails=True, person_name="Ines"))
    box = page.fields["keep_thumbnails"].widget
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    with qtbot.waitSignal(world.deeds.done):
        box.click()
    line = page.fields["person_name"].widget
    assert isinstance(line, QLineEdit)
    line.editingFinished.emit()
    assert world.answering.asked == [{"do": "set", "name": "keep_thumbnails", "value": False}]


def test_a_theme_is_put_on_before_it_is_kept(qtbot: QtBot, page: SettingsPage, world: World) -> None:
    choice = page.fields["theme"].widget
    assert isinstance(choice, QComboBox)
    with qtbot.waitSignal(world.deeds.done):
        choice.setCurrentText("Dark")
    assert page.themes == ["dark"]  # type: ignore[attr-defined]
    assert world.answering.asked[-1]["value"] == "dark"


def test_a_field_that_only_has_the_keyboard_is_no_change(qtbot: QtBot, page: SettingsPage, world: World) -> None:
    page.activateWindow()
    other = Settings(person_name="Ines", keep_words_days=30)
    for name in ("person_name", "keep_words_days"):
        field = page.fields[name].widget
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        page.show_settings(other)
        page.fields["theme"].widget.setFocus()
        page.show_settings(Settings())
    assert world.answering.asked == []


def test_what_is_being_typed_is_left_alone(qtbot: QtBot, page: SettingsPage) -> None:
    page.activateWindow()
    line = page.fields["person_name"].widget
    assert isinstance(line, QLineEdit)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "Ine")
    page.show_settings(Settings(person_name="Somebody"))
    assert line.text() == "Ine"


def test_a_label_is_made_where_nobody_has_found_better_words() -> None:
    assert label_of("read_every_page_seconds") == "Read every page"


def test_why_a_setting_does_nothing_is_told_below_it(page: SettingsPage) -> None:
    told = page.fields["ask_key"].trouble
    assert not told.isVisible()
    page.say("ask_key", "Another program has it.")
    assert told.isVisible()
    assert told.text() == "Another program has it."
    page.say("ask_key", "")
    assert not told.isVisible()


def test_what_cannot_be_set_is_told_by_the_name_that_stands_there(
    qtbot: QtBot, page: SettingsPage, world: World
) -> None:
    world.answering.refuses["set"] = "“10 pm” cannot be set for quiet_from: it is not a time of day such as 22:00."
    line = page.fields["quiet_from"].widget
    assert isinstance(line, QLineEdit)
    line.setText("10 pm")
    with qtbot.waitSignal(world.deeds.failed) as heard:
        line.editingFinished.emit()
    assert heard.args == ["“10 pm” cannot be set for “Quiet from”: it is not a time of day such as 22:00."]
