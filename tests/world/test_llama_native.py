"""The door to llama.cpp: silent, polite, and open about why it did not load a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from gum_app.errors import GaveWay
from gum_app.world import llama_native
from gum_app.world.llama_native import Brake, engine, forget_complaints, gpus, refusal
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


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    """As if nobody had set anything."""
    ours = {"OMP_WAIT_POLICY", "GGML_NO_BACKTRACE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    code = "from gum_app.world.llama_native import engine\n" + code
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


@needs_engine
def test_llama_cpp_is_silent_and_its_threads_do_not_spin() -> None:
    child = in_a_process("import os; engine(); print(os.environ['OMP_WAIT_POLICY'])")
    assert (child.returncode, child.stdout, child.stderr) == (0, "passive\n", "")


ABORTS = """
llama = engine()
from llama_cpp import _ggml
_ggml.libggml.ggml_abort(b"here", 1, b"on purpose")
"""


@needs_engine
def test_llama_cpp_starts_no_debugger_before_it_aborts() -> None:
    """It would stand still for seconds, and write the question into what it prints."""
    child = in_a_process(ABORTS)
    assert child.returncode == -signal.SIGABRT
    assert child.stderr.splitlines()[:1] == ["here:1: on purpose"]
    assert "llama_native" not in child.stderr and "#0" not in child.stderr


@needs_engine
def test_why_a_file_was_not_loaded_is_heard_once() -> None:
    forget_complaints()
    llama = engine()
    assert not llama.llama_model_load_from_file(b"/nonexistent.gguf", llama.llama_model_default_params())
    assert str(refusal("a.gguf", "is damaged")).startswith("a.gguf is damaged (llama.cpp: ")
    assert str(refusal("a.gguf", "is damaged")) == "a.gguf is damaged."


@pytest.mark.parametrize(
    "said",
    [
        "clip_init: failed to load model 'a.gguf': std::bad_alloc",
        "llama_model_load: error loading model: unable to allocate CUDA0 buffer",
        "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 9 MiB on device 0: cudaMalloc failed: out of memory",
    ],
)
def test_want_of_memory_is_not_called_damage(said: str) -> None:
    forget_complaints()
    llama_native._heard.append(said)
    assert "not enough memory for a.gguf" in str(refusal("a.gguf", "is damaged"))


@needs_engine
def test_the_graphics_processors_are_named() -> None:
    assert all(isinstance(name, str) and name for name in gpus())
