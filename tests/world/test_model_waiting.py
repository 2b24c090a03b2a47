"""The sentences. That each of these things is noticed is tried with real processes in test_local_model."""

from __future__ import annotations

import signal

import pytest

from gum_app.errors import EngineMissing, ModelDied
from gum_app.world.model_waiting import death, gigabytes


@pytest.mark.parametrize(
    ("exit_code", "said"),
    [
        (-signal.SIGKILL, "was killed, perhaps for want of memory"),
        (-signal.SIGTERM, "was ended by another program"),
        (-signal.SIGABRT, "crashed (SIGABRT)"),
        (-signal.SIGILL, "crashed (SIGILL)"),
        (0, "ended (exit code 0)"),
        (3221225477, "ended (exit code 3221225477)"),
    ],
)
def test_a_death_is_told_by_how_it_came(exit_code: int, said: str) -> None:
    error = death(exit_code, was_loaded=True)
    assert isinstance(error, ModelDied)
    assert str(error) == f"The model's process {said}; it starts afresh with the next question."


def test_a_processor_that_lacks_an_instruction_shows_before_anything_is_loaded() -> None:
    assert isinstance(death(-signal.SIGILL, was_loaded=False), EngineMissing)


def test_memory_is_told_as_people_buy_it() -> None:
    assert gigabytes(3_420_000_000) == "3.4 GB"
