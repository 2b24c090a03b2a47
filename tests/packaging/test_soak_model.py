"""The script that asks each tiny model many times, with few. A thousand are run by hand: packaging/soak_model.py."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from gum_app.errors import AnswerUnfit, ModelDied
from gum_app.world.local_model import LocalModel
from tests.tiny_models import VISION, needs_engine
from tests.world.asking import tiny_options

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "soak_model.py"
TIMES = 20


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("soak_model", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@needs_engine
@pytest.mark.parametrize("name", VISION)
def test_every_tiny_model_sees_screenshots_and_answers_in_the_shape(script: ModuleType, tiny: Path, name: str) -> None:
    soaked = script.soak_vision(tiny, name, TIMES)
    assert soaked.is_sound, str(soaked)


@needs_engine
def test_the_tiny_embedding_model_embeds_again_and_again(script: ModuleType, tiny: Path) -> None:
    soaked = script.soak_embedder(tiny, TIMES)
    assert soaked.is_sound, str(soaked)


def test_what_fails_is_counted_by_its_name(script: ModuleType, tiny: Path) -> None:
    def ask(number: int) -> bool:
        if number % 4 == 0:
            raise ModelDied("It died.")
        if number % 4 == 1:
            raise AnswerUnfit("It was cut off.")
        return number % 4 == 2

    soaked = script.soak("none", LocalModel(tiny_options(tiny, "llava")), 8, ask)
    assert soaked.troubles == {"ModelDied": 2, "AnswerUnfit": 2, "of another shape": 2}
    assert not soaked.is_sound
    assert "2 AnswerUnfit" in str(soaked)
