"""The script that sets what a model costs beside the reference implementation: its rules, and an hour of the demo."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gum_app.paths import Home
from gum_app.records import Call
from tests.builders import NOON
from tests.stories.demo import an_hour_of_it
from tests.world.openai_double import OpenAiDouble

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "measure_model.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("measure_model", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def measured(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, OpenAiDouble]]:
    folder = tmp_path_factory.mktemp("measured")
    hour = an_hour_of_it(folder / "recording", "2026-04-23T09:00:00", "2026-04-23T10:30:00")
    with OpenAiDouble() as double:
        script.replay(hour, Home(folder / "home"), ["--endpoint", double.url, "--endpoint-model", "double"])
        yield script.measure(hour, Home(folder / "home")), double


def test_the_reference_spends_what_was_seen_when_its_code_was_run(script: ModuleType) -> None:
    spent = script.spent_by_reference(12, tokens_a_picture=1196)
    assert (spent.vision_calls, spent.pictures, spent.word_calls) == (24, 123, 3)
    steady = script.spent_by_reference(113, tokens_a_picture=1).pictures
    assert steady - script.spent_by_reference(112, tokens_a_picture=1).pictures == 14


def test_on_a_live_screen_the_budget_holds_it_to_a_twentieth_whatever_is_on_it(script: ModuleType) -> None:
    assert script.times_fewer_on_a_live_screen() >= script.LEAST_TIMES_FEWER


def test_only_the_mouse_makes_a_burst_and_long_breaks_are_not_active(script: ModuleType) -> None:
    def event(minute: int, **counts: int) -> dict[str, Any]:
        counted = {"keys": 5, "clicks": 0, "scrolls": 0} | counts
        return {"at": f"2026-04-23T09:{minute:02}:00+01:00", "kind": "input", **counted}

    events = [event(0), event(3, clicks=1), event(30, scrolls=9), event(33)]
    assert script.bursts_in(events) == 2
    assert script.active_hours(events) == pytest.approx(0.1)


def test_what_was_asked_in_vain_was_paid_for_too(script: ModuleType) -> None:
    look = Call(at=NOON, step="observe", model="m", pictures=3, outcome="AnswerUnfit")
    words = Call(at=NOON, step="propose", model="m", prompt_tokens=900, answer_tokens=80)
    spent = script.spent_by_us([look, words])
    assert (spent.vision_calls, spent.word_calls, spent.pictures) == (1, 1, 3)
    assert (spent.prompt_tokens, spent.answer_tokens) == (900, 80)


def test_an_hour_of_the_demo_leaves_nothing_and_costs_a_twentieth_of_the_pictures(
    script: ModuleType, measured: tuple[Any, OpenAiDouble]
) -> None:
    found, double = measured
    assert found.is_good, script.told(found)
    assert found.ours.pictures == double.counts.images, "the server has seen what was counted, and no more"
    assert 1 < found.times_fewer_at_worst < found.times_fewer, "a recording holds few pictures, which is said"
    assert "undigested: 0, waiting for the model: 0" in script.told(found)


def test_too_many_pictures_or_anything_left_is_a_failure(
    script: ModuleType, measured: tuple[Any, OpenAiDouble]
) -> None:
    found, _ = measured
    many = found.theirs.pictures // script.LEAST_TIMES_FEWER + 1
    assert not replace(found, ours=replace(found.ours, pictures=many)).is_good
    assert not replace(found, left=replace(found.left, waiting=1)).is_good
    assert not replace(found, ours=replace(found.ours, vision_calls=0)).is_good
