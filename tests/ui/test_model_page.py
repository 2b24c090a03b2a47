"""The page “Model” with the real link: it follows what the daemon says, and each button asks for one thing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.settings import Settings
from gum_app.ui.asking import Asker
from gum_app.ui.deeds import Deeds
from gum_app.ui.model_page import ModelPage
from gum_app.ui.sure import SureDialog
from tests.ui import minds
from tests.ui.conftest import World
from tests.ui.life import NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> ModelPage:
    page = ModelPage(world.deeds, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(760, 700)
    page.show()
    qtbot.waitUntil(lambda: page.status is not None)
    return page


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def visible(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def turn(qtbot: QtBot, page: ModelPage, world: World, mind: minds.Answer) -> None:
    """The daemon says something else, and the page has seen it."""
    before = page.status
    world.answering.mind = mind
    page.look()
    qtbot.waitUntil(lambda: page.status != before)


def test_it_follows_the_daemon_without_being_told(qtbot: QtBot, page: ModelPage, world: World) -> None:
    assert page.now.title.text() == "No model is chosen"
    world.answering.mind = minds.in_use()
    qtbot.waitUntil(lambda: page.now.title.text() == "The model thinks")
    assert page.cards["qwen3-vl-4b"].in_use.isVisible()
    assert page.cards["embeddinggemma"].in_use.isVisible()
    assert page.cards["qwen3-vl-4b"].recommended.isVisible()


def test_only_who_is_looked_at_asks(qtbot: QtBot, page: ModelPage, world: World) -> None:
    assert page._look_timer.isActive()
    page.hide()
    assert not page._look_timer.isActive()
    qtbot.waitUntil(lambda: page._asking is None)
    page.look()
    assert page._asking is None
    page.show()
    assert page._look_timer.isActive()


def test_what_it_asks_each_second_is_not_shown_as_work(qtbot: QtBot, page: ModelPage, world: World) -> None:
    with qtbot.assertNotEmitted(world.deeds.busy, wait=50):
        page.look()
        qtbot.waitUntil(lambda: page._asking is None)


def test_a_daemon_that_is_gone_is_said_and_what_was_so_is_not_shown_any_more(qtbot: QtBot, world: World) -> None:
    page = ModelPage(Deeds(Asker(type(world.home)(world.home.root / "nobody"))), lambda: NOW)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "not running" in page.lost.sentence.text())
    assert page.content.isHidden()


def test_a_daemon_of_another_version_is_said_and_comes_back(qtbot: QtBot, page: ModelPage, world: World) -> None:
    world.answering.mind = {"state": "sunny"}
    page.look()
    qtbot.waitUntil(page.lost.isVisible)
    assert "another version" in page.lost.sentence.text()
    world.answering.mind = minds.a_mind()
    page.look()
    qtbot.waitUntil(page.content.isVisible)
    assert page.lost.isHidden()


@pytest.mark.parametrize(
    ("mind", "question"),
    [
        (minds.without_engine(), {"do": "engine_build"}),
        (minds.building(), {"do": "engine_stop"}),
        (minds.downloading(), {"do": "model_pause", "id": "qwen3-vl-4b"}),
        (minds.a_mind(models=[minds.an_offer(state="ready")]), {"do": "model_choose", "model": "qwen3-vl-4b"}),
        (minds.a_mind(models=[minds.an_offer(state="paused")]), {"do": "model_download", "id": "qwen3-vl-4b"}),
        (minds.resting(), {"do": "model_wake"}),
    ],
)
def test_the_next_thing_to_do_is_done_by_its_button(
    qtbot: QtBot, page: ModelPage, world: World, mind: minds.Answer, question: minds.Answer
) -> None:
    turn(qtbot, page, world, mind)
    with qtbot.waitSignal(world.deeds.done):
        page.now.do.click()
    assert world.answering.asked == [question]


def test_a_download_starts_only_when_it_is_asked_for_and_its_size_was_said(
    qtbot: QtBot, page: ModelPage, world: World
) -> None:
    button = page.cards["qwen3-vl-2b"].buttons["download"]
    assert button.text() == "Download 1.6 GB"
    assert world.answering.asked == []
    with qtbot.waitSignal(world.deeds.done):
        button.click()
    assert world.answering.asked == [{"do": "model_download", "id": "qwen3-vl-2b"}]


def test_deleting_asks_first_and_says_the_size(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.in_use())
    page.cards["qwen3-vl-4b"].buttons["delete"].click()
    dialog = page.findChildren(SureDialog)[0]
    assert "frees 3.0 GB" in texts(dialog)
    assert world.answering.asked == []
    with qtbot.waitSignal(world.deeds.done):
        dialog.go.click()
    assert world.answering.asked == [{"do": "model_delete", "id": "qwen3-vl-4b"}]


def test_the_one_that_compares_is_chosen_beside_the_one_that_thinks(
    qtbot: QtBot, page: ModelPage, world: World
) -> None:
    turn(qtbot, page, world, minds.in_use(embedding_chosen=""))
    with qtbot.waitSignal(world.deeds.done):
        page.cards["embeddinggemma"].buttons["use"].click()
    turn(qtbot, page, world, minds.in_use())
    with qtbot.waitSignal(world.deeds.done):
        page.cards["embeddinggemma"].buttons["leave"].click()
    assert world.answering.asked == [
        {"do": "model_choose", "model": "qwen3-vl-4b", "embedding": "embeddinggemma"},
        {"do": "model_choose", "model": "qwen3-vl-4b", "embedding": ""},
    ]


def test_one_stops_using_a_model_without_deleting_it(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.in_use())
    with qtbot.waitSignal(world.deeds.done):
        page.cards["qwen3-vl-4b"].buttons["leave"].click()
    assert world.answering.asked == [{"do": "model_choose", "model": ""}]


def test_a_server_is_told_with_its_words_and_its_key_leaves_the_window(
    qtbot: QtBot, page: ModelPage, world: World
) -> None:
    form = page.endpoint
    for name, text in (("url", "https://gpu.example.org/v1"), ("model", "m"), ("key", "sk-1")):
        form.lines[name].setText(text)
    form.words.setText("send to gpu.example.org:443")
    form.use.click()
    qtbot.waitUntil(lambda: form.lines["key"].text() == "")
    assert world.answering.asked == [
        {
            "do": "endpoint",
            "url": "https://gpu.example.org/v1",
            "model": "m",
            "embedding_model": "",
            "key": "sk-1",
            "confirmed": "send to gpu.example.org:443",
        }
    ]


def test_a_server_that_is_refused_leaves_what_was_typed(qtbot: QtBot, page: ModelPage, world: World) -> None:
    world.answering.refuses["endpoint"] = "Nobody answers at 127.0.0.1:8080: start the server first."
    page.endpoint.lines["url"].setText("http://127.0.0.1:8080/v1")
    page.endpoint.lines["model"].setText("m")
    page.endpoint.lines["key"].setText("sk-1")
    with qtbot.waitSignal(world.deeds.failed):
        page.endpoint.use.click()
    assert page.endpoint.lines["key"].text() == "sk-1"


def test_a_server_beyond_this_computer_is_said_at_the_top_and_switched_off_there(
    qtbot: QtBot, page: ModelPage, world: World
) -> None:
    turn(qtbot, page, world, minds.at_a_server())
    assert "Words and pictures go to gpu.example.org:443." in visible(page.now)
    with qtbot.waitSignal(world.deeds.done):
        page.now.off.click()
    assert world.answering.asked == [{"do": "endpoint_off"}]


def test_a_key_is_removed_and_the_server_stays(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.at_a_server())
    with qtbot.waitSignal(world.deeds.done):
        page.endpoint.forget_key.click()
    assert world.answering.asked == [{"do": "endpoint_forget_key"}]


def test_the_recommended_model_stands_first(page: ModelPage) -> None:
    cards = [page.seeing.itemAt(n).widget() for n in range(page.seeing.count())]  # type: ignore[union-attr]
    assert cards == [page.cards[f"qwen3-vl-{size}"] for size in ("4b", "2b", "8b")]


def test_the_tab_key_goes_from_top_to_bottom(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.in_use())
    page.budget.more.button.click()
    first: QWidget = page.trial.go
    places, widget = [first.mapTo(page, first.rect().center()).y()], first.nextInFocusChain()
    while widget is not None and widget is not first:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and page.isAncestorOf(widget):
            places.append(widget.mapTo(page, widget.rect().center()).y())
        widget = widget.nextInFocusChain()
    assert len(places) > 20
    assert all(later > earlier - 30 for earlier, later in pairwise(places)), "on a line to the right, else down"


def test_the_answer_of_a_model_goes_with_it(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.in_use())
    page.trial.go.click()
    qtbot.waitUntil(page.trial.answer.isVisible)
    turn(qtbot, page, world, minds.in_use(waiting=3))
    assert page.trial.answer.isVisible()
    turn(qtbot, page, world, minds.at_a_server())
    assert not page.trial.answer.isVisible()


def test_trying_is_offered_where_there_is_something_to_try(qtbot: QtBot, page: ModelPage, world: World) -> None:
    assert not page.trial.isVisible()
    turn(qtbot, page, world, minds.in_use())
    assert page.trial.isVisible()


def test_own_files_and_settings_are_sent_as_they_are(qtbot: QtBot, page: ModelPage, world: World) -> None:
    page.show_settings(Settings())
    page.own.lines["weights"].setText("/models/w.gguf")
    with qtbot.waitSignal(world.deeds.done):
        page.own.use.click()
    with qtbot.waitSignal(world.deeds.done):
        page.budget.fields["think_when"].widget.setCurrentText("Always")  # type: ignore[attr-defined]
    assert world.answering.asked == [
        {"do": "model_files", "weights": "/models/w.gguf", "projector": ""},
        {"do": "set", "name": "think_when", "value": "always"},
    ]


def test_the_engine_is_removed_after_being_asked(qtbot: QtBot, page: ModelPage, world: World) -> None:
    page.engine.remove.click()
    with qtbot.waitSignal(world.deeds.done):
        page.findChildren(SureDialog)[0].go.click()
    assert world.answering.asked == [{"do": "engine_remove"}]


def test_a_model_that_left_the_list_leaves_the_page(qtbot: QtBot, page: ModelPage, world: World) -> None:
    turn(qtbot, page, world, minds.a_mind(models=[minds.an_offer()]))
    assert list(page.cards) == ["qwen3-vl-4b"]
