"""The top of the page in each state: one sentence, one thing to do."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.model_now import PICTURES, ModelNow
from gum_app.ui.model_status import model_status_of
from gum_app.ui.model_wording import next_step
from tests.ui import minds


@pytest.fixture
def top(qtbot: QtBot) -> ModelNow:
    top = ModelNow()
    qtbot.addWidget(top)
    top.resize(600, 300)
    top.show()
    return top


def show(top: ModelNow, answer: dict[str, Any]) -> str:
    top.show_status(model_status_of(answer))
    return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisible())


def test_without_a_model_it_says_calmly_what_goes_on(top: ModelNow) -> None:
    told = show(top, minds.a_mind())
    assert "Without a model everything works" in told
    assert "No model thinks" not in told
    assert top.do.text() == "Download 3.0 GB"
    assert "Without a model" not in show(top, minds.in_use())


def test_what_thinks_is_said_with_how_it_runs_and_what_waits(top: ModelNow) -> None:
    told = show(top, minds.in_use())
    assert told.count("The model thinks") == 1, "what the title says is not said again"
    assert "the processor, flash attention" in told
    assert "4 episodes wait" in told
    assert not top.do.isVisible()


def test_which_model_is_chosen_is_said_also_before_it_is_loaded(top: ModelNow) -> None:
    own = {"weights": "/home/ines/models/mine.gguf", "projector": ""}
    assert "mine.gguf\n" in show(top, minds.in_use("idle", chosen="own", own=own, in_use=""))
    assert "Qwen3-VL-4B-Instruct Q4_K_M\n" in show(top, minds.in_use("loading", in_use=""))


def test_a_server_that_only_compares_is_said_too(top: ModelNow) -> None:
    at_a_server = minds.at_a_server() | {"chosen": "", "embedding_chosen": "endpoint"}
    assert "Words and pictures go to gpu.example.org:443." in show(top, at_a_server)


def test_an_engine_that_could_not_be_built_says_why_here(top: ModelNow) -> None:
    broken = minds.without_engine()["engine"] | {"state": "failed", "sentence": "There is no C++ compiler."}
    assert "There is no C++ compiler. Building llama.cpp takes" in show(top, minds.a_mind(engine=broken))
    assert "needs the engine" in show(top, minds.without_engine())


def test_building_and_downloading_show_how_far_they_are(top: ModelNow) -> None:
    show(top, minds.building())
    assert top.progress.bar.value() == 1000 * 41 // 114
    assert top.do.text() == "Stop building"
    told = show(top, minds.downloading())
    assert "1.2 GB of 3.0 GB · 11 MB a second · about 3 min left" in told
    assert top.do.text() == "Pause"
    assert top.do.property("look") == ""


def test_a_model_that_rests_says_why_and_can_be_woken(qtbot: QtBot, top: ModelNow) -> None:
    assert "memory of this computer ran short" in show(top, minds.resting())
    with qtbot.waitSignal(top.wanted) as wanted:
        top.do.click()
    assert wanted.args is not None
    assert wanted.args[0].act == "wake"


def test_a_server_beyond_this_computer_is_said_and_switched_off_from_here(qtbot: QtBot, top: ModelNow) -> None:
    assert "Words and pictures go to gpu.example.org:443." in show(top, minds.at_a_server())
    with qtbot.waitSignal(top.off_wanted):
        top.off.click()
    show(top, minds.at_a_server("http://127.0.0.1:8080/v1", "127.0.0.1:8080", is_local=True))
    assert not top.remote.isVisible()
    assert not top.off.isVisible()


def test_each_thing_to_do_has_its_picture() -> None:
    steps = [
        next_step(model_status_of(answer))
        for answer in (
            *(minds.without_engine(), minds.building(), minds.a_mind(), minds.downloading(), minds.resting()),
            minds.a_mind(models=[minds.an_offer(state="paused")]),
            minds.a_mind(models=[minds.an_offer(state="ready")]),
        )
    ]
    assert {step.act for step in steps if step is not None} == set(PICTURES)
