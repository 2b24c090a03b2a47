"""The script that measures a model, with one tiny model and few questions: it measures what it says it measures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tests.tiny_models import needs_engine
from tests.world.asking import tiny_options

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bench_model.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("bench_model", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.IDLE_SECONDS = module.WORKING_SECONDS = 0.2  # type: ignore[attr-defined]
    yield module
    del sys.modules[spec.name]


@needs_engine
def test_every_way_of_asking_is_measured_and_what_is_reused_is_quicker(script: ModuleType, tiny: Path) -> None:
    measured = script.bench(tiny_options(tiny, "qwen3vl"), 1)
    assert len(measured.milliseconds) == 13
    middle = {what: sorted(found)[len(found) // 2] for what, found in measured.milliseconds.items() if found}
    assert middle["first token, beginning and picture"] < middle["first token, the picture reused"]
    assert middle["first token, the picture reused"] < middle["first token, nothing reused"]
    assert middle["of these llama.cpp"] < middle["start and load"]
    assert min(measured.tokens_a_second) > 0
    assert measured.most_bytes >= measured.loaded_bytes > 1_000_000
    assert measured.prompt_tokens > 1000


@needs_engine
def test_what_a_model_that_does_not_see_cannot_do_is_left_open(script: ModuleType, tiny: Path) -> None:
    blind = script.bench(replace(tiny_options(tiny, "llava"), projector=None), 1)
    seeing = script.Measured("another", {"stop while it looks": [1.5, 20.0], "late": []}, [9.0])
    told = script.table([seeing, blind]).splitlines()
    row = next(line for line in told if line.startswith("stop while it looks"))
    assert row.split("ms", 1)[1].split() == ["10.8", "/", "20.0", "–"]
    assert len({len(line) for line in told}) == 1, "the columns stand under each other"


@needs_engine
def test_a_file_that_is_no_model_is_one_sentence(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main(["--model", str(tmp_path / "gone.gguf")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stop_that_came_too_late_is_no_figure(script: ModuleType) -> None:
    missed, in_time = script.Stopping(), script.Stopping()
    missed.miss()
    missed.pull()
    in_time.pull()
    assert missed.took_ms() is None
    assert in_time.took_ms() >= 0
