"""What the person can have done about models: each is one question, told in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.model_deeds import ModelDeeds
from gum_app.ui.model_status import Offered
from tests.ui import minds
from tests.ui.conftest import World

MODEL = Offered.model_validate(minds.an_offer())


@pytest.mark.parametrize(
    ("act", "question"),
    [
        (lambda deeds: deeds.download(MODEL), {"do": "model_download", "id": "qwen3-vl-4b"}),
        (lambda deeds: deeds.pause(MODEL), {"do": "model_pause", "id": "qwen3-vl-4b"}),
        (lambda deeds: deeds.check(MODEL), {"do": "model_check", "id": "qwen3-vl-4b"}),
        (lambda deeds: deeds.delete(MODEL), {"do": "model_delete", "id": "qwen3-vl-4b"}),
        (lambda deeds: deeds.use(MODEL.id, MODEL.name), {"do": "model_choose", "model": "qwen3-vl-4b"}),
        (lambda deeds: deeds.use_none(), {"do": "model_choose", "model": ""}),
        (
            lambda deeds: deeds.compare_with("own", "bge", "BGE"),
            {"do": "model_choose", "model": "own", "embedding": "bge"},
        ),
        (
            lambda deeds: deeds.use_files("/m/w.gguf", ""),
            {"do": "model_files", "weights": "/m/w.gguf", "projector": ""},
        ),
        (lambda deeds: deeds.wake(), {"do": "model_wake"}),
        (
            lambda deeds: deeds.use_server({"url": "http://127.0.0.1:1/v1", "model": "m"}, "127.0.0.1:1"),
            {"do": "endpoint", "url": "http://127.0.0.1:1/v1", "model": "m"},
        ),
        (lambda deeds: deeds.switch_server_off(), {"do": "endpoint_off"}),
        (lambda deeds: deeds.forget_key(), {"do": "endpoint_forget_key"}),
        (lambda deeds: deeds.build_engine(), {"do": "engine_build"}),
        (lambda deeds: deeds.stop_building(), {"do": "engine_stop"}),
        (lambda deeds: deeds.remove_engine(), {"do": "engine_remove"}),
    ],
)
def test_each_deed_is_one_question_and_one_sentence(
    qtbot: QtBot, world: World, act: Callable[[ModelDeeds], Any], question: dict[str, Any]
) -> None:
    with qtbot.waitSignal(world.deeds.done) as done:
        act(ModelDeeds(world.deeds))
    assert world.answering.asked == [question]
    assert done.args is not None
    assert done.args[0].endswith(".")
    assert done.args[1] is None


def test_what_the_daemon_refuses_is_told_in_its_sentence(qtbot: QtBot, world: World) -> None:
    world.answering.refuses["model_download"] = "There are only 1.2 GB left on the disk: make room for 3.0 GB."
    with qtbot.waitSignal(world.deeds.failed) as failed:
        ModelDeeds(world.deeds).download(MODEL)
    assert failed.args == ["There are only 1.2 GB left on the disk: make room for 3.0 GB."]
