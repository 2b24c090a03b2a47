"""A child that is started, spoken to and ended. What becomes of questions is test_local_model's matter."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from gum_app.world import model_pipe
from gum_app.world.model_messages import Message, Ready, Stop
from gum_app.world.model_pipe import Child
from tests.tiny_models import needs_engine
from tests.world.asking import SOON, tiny_options, until

pytestmark = needs_engine


@pytest.fixture
def child(tiny: Path) -> Iterator[Child]:
    one = Child(tiny_options(tiny, "llava"), None)
    yield one
    one.end(at_once=True)


def hear(child: Child) -> Message:
    message = child.hear(SOON)
    assert message is not None
    return message


def test_the_first_word_of_a_child_is_what_it_loaded(child: Child) -> None:
    assert isinstance(hear(child), Ready)
    assert child.hear(0.01) is None
    assert child.resident_bytes > 0


@pytest.fixture(autouse=True)
def _patient_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy computer a sound process may need longer to end than one is given that may hang."""
    monkeypatch.setattr(model_pipe, "END_SECONDS", SOON)


def test_one_that_is_asked_to_end_ends_by_itself(child: Child) -> None:
    hear(child)
    process = psutil.Process(child.pid)
    assert child.end() == 0
    assert not process.is_running()
    assert not child.is_alive()
    assert not child.has_crashed
    assert child.resident_bytes == 0


def test_it_can_be_ended_while_it_loads(child: Child) -> None:
    assert child.end() == 0


def test_one_that_hangs_is_killed(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_pipe, "END_SECONDS", 0.2)
    hear(child)
    process = psutil.Process(child.pid)
    process.suspend()
    until(lambda: process.status() == psutil.STATUS_STOPPED)  # until then it may still hear that it is to end
    assert child.end() == -signal.SIGKILL


def test_ending_one_twice_is_ending_it(child: Child) -> None:
    assert child.end(at_once=True) == child.end() == -signal.SIGKILL


def test_the_end_of_one_that_crashed_is_heard_and_known(child: Child) -> None:
    hear(child)
    psutil.Process(child.pid).send_signal(signal.SIGABRT)
    with pytest.raises(EOFError):
        child.hear(SOON)
    assert child.has_hung_up() == -signal.SIGABRT
    assert child.has_crashed


def test_speaking_to_one_that_is_gone_is_no_trouble(child: Child) -> None:
    hear(child)
    psutil.Process(child.pid).kill()
    for _ in range(100):
        child.send(Stop(1))
    started = time.monotonic()
    child.end()
    assert time.monotonic() - started < SOON
