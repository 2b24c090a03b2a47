"""A server that thinks: nothing goes beyond this computer before it was allowed in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gum_app.ui.endpoint_form import EndpointForm, trouble_with
from gum_app.ui.model_status import Server
from tests.ui import minds


@pytest.fixture
def form(qtbot: QtBot) -> EndpointForm:
    form = EndpointForm()
    qtbot.addWidget(form)
    form.resize(600, 400)
    form.show()
    return form


def fill(form: EndpointForm, url: str, model: str = "qwen3-vl") -> None:
    form.lines["url"].setText(url)
    form.lines["model"].setText(model)


def test_a_server_on_this_computer_needs_no_words(qtbot: QtBot, form: EndpointForm) -> None:
    assert not form.use.isEnabled()
    fill(form, "http://127.0.0.1:8080/v1")
    assert not form.beyond.isVisible()
    assert "stays on this computer" in form.note.text()
    with qtbot.waitSignal(form.wanted) as wanted:
        form.use.click()
    assert wanted.args == [
        {"url": "http://127.0.0.1:8080/v1", "model": "qwen3-vl", "embedding_model": ""},
        "127.0.0.1:8080",
    ]


def test_beyond_this_computer_it_says_what_goes_where_and_waits_for_the_words(qtbot: QtBot, form: EndpointForm) -> None:
    fill(form, "https://gpu.example.org/v1")
    form.lines["key"].setText("sk-1")
    assert form.beyond.isVisible()
    assert "sent to gpu.example.org:443" in form.goes.text()
    assert "three pictures" in form.pictures.text()
    assert form.ask.text() == "To allow this, write: send to gpu.example.org:443"
    assert not form.use.isEnabled()
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    form.words.setText("send to somewhere else")
    assert not form.use.isEnabled()
    form.words.setText("send to gpu.example.org:443")
    with qtbot.waitSignal(form.wanted) as wanted:
        QTest.keyClick(form.words, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0]["confirmed"] == "send to gpu.example.org:443"
    assert wanted.args[0]["key"] == "sk-1"


def test_words_for_one_server_do_not_allow_another(form: EndpointForm) -> None:
    fill(form, "https://gpu.example.org/v1")
    form.words.setText("send to gpu.example.org:443")
    fill(form, "https://evil.example.org/v1")
    assert not form.use.isEnabled()


def test_what_is_sent_unencrypted_has_to_be_said(form: EndpointForm) -> None:
    fill(form, "http://gpu-box.local:8080/v1")
    form.words.setText("send to gpu-box.local:8080")
    assert not form.use.isEnabled()
    form.words.setText("send unencrypted to gpu-box.local:8080")
    assert form.use.isEnabled()


def test_what_is_no_address_is_told_when_the_field_is_left(qtbot: QtBot, form: EndpointForm) -> None:
    form.activateWindow()
    form.lines["url"].setFocus()
    qtbot.waitUntil(form.lines["url"].hasFocus)
    fill(form, "htp:/x")
    assert not form.note.isVisible()
    form.lines["model"].setFocus()
    qtbot.waitUntil(form.note.isVisible)
    assert form.note.text() == trouble_with("htp:/x") != ""
    assert not form.use.isEnabled()


def test_a_key_is_never_shown_and_not_kept_in_the_window(form: EndpointForm) -> None:
    key = form.lines["key"]
    assert key.echoMode() == QLineEdit.EchoMode.Password
    assert "keyring" in key.placeholderText()
    key.setText("sk-1")
    form.taken()
    assert key.text() == ""
    form.show_server(Server(has_key=True), in_use=False)
    assert key.placeholderText().startswith("Kept")


def test_a_server_in_use_is_shown_as_it_is_and_can_be_switched_off(qtbot: QtBot, form: EndpointForm) -> None:
    form.show_server(Server.model_validate(minds.at_a_server()["endpoint"]), in_use=True)
    assert form.lines["model"].text() == "qwen3-vl-32b"
    assert form.goes.isVisible()
    assert not form.asking.isVisible()
    assert not form.use.isEnabled()
    assert "are sent to" in form.goes.text()
    assert form.in_use.isVisible()
    form.lines["model"].setText("another")
    assert form.asking.isVisible()
    assert "would be sent to" in form.goes.text()
    assert not form.in_use.isVisible(), "what stands there is not what is in use"
    with qtbot.waitSignal(form.left):
        form.leave.click()


def test_what_is_being_typed_is_not_swept_away_each_second(form: EndpointForm) -> None:
    told = Server.model_validate(minds.at_a_server()["endpoint"])
    form.show_server(told, in_use=True)
    form.lines["url"].setText("https://oth")
    form.show_server(told, in_use=True)
    assert form.lines["url"].text() == "https://oth"


def test_a_key_that_is_kept_can_be_removed(qtbot: QtBot, form: EndpointForm) -> None:
    assert not form.forget_key.isVisible()
    form.show_server(Server(has_key=True), in_use=False)
    with qtbot.waitSignal(form.key_unwanted):
        form.forget_key.click()


def test_a_server_may_only_compare(form: EndpointForm) -> None:
    fill(form, "http://127.0.0.1:8080/v1", model="")
    assert not form.use.isEnabled()
    form.lines["embedding_model"].setText("bge-m3")
    assert form.use.isEnabled()
