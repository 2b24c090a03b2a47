"""The daemon's answer about models as a value."""

from __future__ import annotations

import pytest

from gum_app.errors import BadInput
from gum_app.ui.model_status import model_status_of
from tests.ui import minds
from tests.ui.life import NOW


def test_an_answer_becomes_a_value() -> None:
    status = model_status_of(minds.in_use())
    assert status.chosen == "qwen3-vl-4b"
    assert status.model("qwen3-vl-4b") in status.of_kind("sees")
    assert [one.id for one in status.of_kind("embeds")] == ["embeddinggemma"]
    assert status.calls[0].at == NOW
    assert status.calls[0].prompt_tokens == 4204
    assert model_status_of(minds.in_use()) == status


def test_what_a_newer_daemon_says_more_is_left_out_of_account() -> None:
    assert model_status_of(minds.a_mind(mood="sunny")) == model_status_of(minds.a_mind())


@pytest.mark.parametrize("answer", [{}, {"engine": "ready"}, minds.a_mind(models=[{"id": "x"}]), minds.a_mind(calls=3)])
def test_an_answer_of_another_shape_is_one_sentence(answer: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="another version"):
        model_status_of(answer)


def test_only_a_server_beyond_this_computer_is_remote() -> None:
    assert model_status_of(minds.at_a_server()).remote == "gpu.example.org:443"
    assert model_status_of(minds.at_a_server("http://127.0.0.1:8080/v1", "127.0.0.1:8080", is_local=True)).remote == ""
    left = minds.at_a_server() | {"chosen": "qwen3-vl-4b"}
    assert model_status_of(left).remote == ""
