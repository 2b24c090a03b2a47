from __future__ import annotations

import os
import subprocess
import sys

import pytest

from gum_app.errors import GaveWay
from gum_app.world.llama_native import Brake, complaint, engine, forget_complaints, gpus
from tests.tiny_models import needs_engine


def test_a_brake_that_was_pulled_stays_pulled_until_it_is_watched_anew() -> None:
    answers = iter([False, True, False])
    brake = Brake()
    brake.check()
    brake.watch(lambda: next(answers))
    brake.check()
    for _ in range(2):
        with pytest.raises(GaveWay):
            brake.check()
    brake.watch(lambda: False)
    brake.check()


@needs_engine
def test_llama_cpp_is_silent_and_its_threads_do_not_spin() -> None:
    code = "import os; from gum_app.world.llama_native import engine; engine(); print(os.environ['OMP_WAIT_POLICY'])"
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    child = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert child.stdout.strip() == "passive"
    assert child.stderr == ""


@needs_engine
def test_what_could_not_be_loaded_is_heard_once() -> None:
    forget_complaints()
    llama = engine()
    assert not llama.llama_model_load_from_file(b"/nonexistent.gguf", llama.llama_model_default_params())
    assert "llama.cpp" in complaint()
    assert complaint() == ""


@needs_engine
def test_the_graphics_processors_are_named() -> None:
    assert all(isinstance(name, str) and name for name in gpus())
