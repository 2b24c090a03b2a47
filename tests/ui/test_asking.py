"""Questions and reading run away from the window, and their answers come back in its thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gum_app.errors import BadInput
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore
from gum_app.ui.asking import Asker, Reader
from tests.ui.answering import Answering
from tests.ui.life import KEY


def test_an_answer_comes_back_in_the_windows_thread(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    asker, threads = Asker(lived), []
    asking = asker.ask({"do": "rules"})
    asking.answered.connect(lambda answer: threads.append((threading.current_thread(), len(answer["rules"]))))
    with qtbot.waitSignal(asking.over):
        pass
    assert threads == [(threading.main_thread(), 4)]


def test_the_window_goes_on_while_the_daemon_thinks(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    answering.gate.clear()
    asker = Asker(lived)
    asking = asker.ask({"do": "undo"})
    qtbot.waitUntil(lambda: len(answering.asked) == 1)
    with qtbot.waitSignal(asking.over):
        answering.gate.set()


def test_a_refusal_is_the_daemons_own_sentence(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    answering.refuses["say"] = "That has been forgotten meanwhile."
    asker = Asker(lived)
    asking = asker.ask({"do": "say", "id": 1, "verdict": "right"})
    with qtbot.waitSignal(asking.failed) as failed:
        pass
    assert failed.args == ["That has been forgotten meanwhile.", False]


def test_without_a_daemon_the_answer_says_so(qtbot: QtBot, home: Home) -> None:
    asker = Asker(home)
    asking = asker.ask({"do": "undo"})
    with qtbot.waitSignal(asking.failed) as failed:
        pass
    assert failed.args is not None
    sentence, lost = failed.args
    assert lost
    assert "not running" in sentence


def test_it_is_known_how_many_questions_are_under_way(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    asker = Asker(lived)
    numbers: list[int] = []
    asker.went.connect(numbers.append)
    with qtbot.waitSignal(asker.ask({"do": "note", "text": "a"}).over):
        pass
    assert numbers == [1, 0]


def test_what_is_under_way_is_stopped_at_its_next_word(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    never = threading.Event()
    answering.trial = ({"said": "more"} for _ in iter(lambda: never.wait(0.01), True))
    asking = Asker(lived).ask({"do": "model_try"})
    asking.progressed.connect(lambda _answer: asking.stop())
    with qtbot.waitSignal(asking.answered) as answered:
        pass
    assert answered.args == [{"stopped": True}]


def test_an_answer_that_is_no_longer_wanted_is_dropped(qtbot: QtBot, lived: Home, answering: Answering) -> None:
    answering.gate.clear()
    asker = Asker(lived)
    answers: list[object] = []
    dropped = asker.ask({"do": "undo"})
    dropped.answered.connect(answers.append)
    dropped.failed.connect(lambda *told: answers.append(told))
    qtbot.waitUntil(lambda: len(answering.asked) == 1)
    asker.close()
    answering.gate.set()
    other = Asker(lived)
    with qtbot.waitSignal(other.ask({"do": "rules"}).over):
        pass
    assert answers == []


@pytest.fixture
def read(qtbot: QtBot, lived: Home) -> Any:
    reader = Reader(lived, KEY)

    def read(what: Callable[[ReadingStore], Any]) -> Any:
        found: list[Any] = []
        reader.read(what, found.append)
        qtbot.waitUntil(lambda: bool(found))
        return found[0]

    yield read
    reader.close()


def test_reading_has_a_thread_of_its_own(read: Callable[[Any], Any]) -> None:
    assert read(lambda _store: threading.current_thread().name) == "reader"
    assert read(lambda store: store.settings().person_name) == "Ines Carvalho"


def test_a_fault_of_the_file_is_told_and_the_next_reading_goes_on(qtbot: QtBot, lived: Home) -> None:
    reader = Reader(lived, KEY)
    found: list[object] = []

    def trouble(_store: ReadingStore) -> None:
        raise BadInput("A sentence.")

    with qtbot.waitSignal(reader.failed) as failed:
        reader.read(trouble, found.append)
    assert failed.args == ["A sentence."]
    reader.read(lambda store: store.version(), found.append)
    qtbot.waitUntil(lambda: bool(found))
    reader.close()


def test_a_wrong_key_is_told_in_a_sentence(qtbot: QtBot, lived: Home) -> None:
    reader = Reader(lived, bytes(32))
    with qtbot.waitSignal(reader.failed) as failed:
        pass
    assert failed.args is not None
    assert failed.args[0].endswith(".")
    reader.close()


def test_nothing_is_delivered_after_closing(qtbot: QtBot, lived: Home) -> None:
    reader = Reader(lived, KEY)
    found: list[object] = []
    reader.read(lambda store: store.version(), found.append)
    reader.close()
    qtbot.wait(10)
    assert found == []
