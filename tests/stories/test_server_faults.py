"""A server that thinks for us and is down, slow, confused or not who it says it is costs one sentence, and the daemon
goes on. A real daemon and a real server. (How each is noticed is tested in tests/world.)"""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app.link import Asking
from gum_app.paths import Home
from tests.desktop import until
from tests.stories.asked import SECONDS, Ask, sentence
from tests.world.certificates import a_certificate
from tests.world.openai_double import OpenAiDouble


@pytest.mark.parametrize(
    "fault", ["garbage", "wrong schema", "no schema", "empty", "long", "endless", "error in stream"]
)
def test_a_server_that_talks_nonsense_costs_one_answer(ask: Ask, fault: str) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then(fault)
        assert sentence(ask)
        assert ask("model_try")["answer"]


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_server_that_refuses_is_told_by_name(ask: Ask, status: int) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then_status(status)
        assert double.where in sentence(ask)
        assert ask("model_try")["answer"]


def test_a_server_that_is_gone_is_told_by_name(ask: Ask) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
    assert double.where in sentence(ask)
    assert ask("model")["calls"][0]["outcome"] == "EndpointTrouble"


def test_a_server_that_has_too_much_to_do_is_left_alone(ask: Ask) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then_status(429, retry_after="600")
        assert "left alone for 600 seconds" in sentence(ask)
        assert ask("model_try")["answer"]


def test_a_server_that_is_silent_holds_up_nobody(ask: Ask, asked_home: Home) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then("silent")
        with Asking(asked_home, timeout_seconds=SECONDS) as line:
            next(iter(line.ask({"do": "model_try"})))
            assert double.busy.wait(SECONDS)
            assert ask("status")["model"]["state"] == "thinking"
        assert double.gone.wait(SECONDS), "the window has left: nobody waits for the answer"
        assert ask("model_try")["answer"]


def test_a_server_with_a_wrong_certificate_gets_nothing(ask: Ask, tmp_path: Path) -> None:
    with OpenAiDouble(certificate=a_certificate(tmp_path)) as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        said = sentence(ask)
        assert "certificate" in said
        assert "nothing was sent" in said
        assert double.bodies == []


def test_three_failures_and_it_rests_until_it_is_woken(ask: Ask) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        for _ in range(3):
            double.then_status(500)
            sentence(ask)
        told = ask("model")
        assert told["state"] == "resting"
        assert "when you say so" in told["sentence"]
        assert [call["outcome"] for call in told["calls"][:3]] == ["EndpointTrouble"] * 3
        ask("model_wake")
        until(lambda: ask("model")["state"] == "idle", "it is woken")
        assert ask("model_try")["answer"]
