"""What goes wrong with a model on this computer costs one sentence, and the daemon goes on. Each for real: a real
daemon, and a real process of a tiny model that is really killed. (How each is noticed is tested in tests/world.)"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from gum_app import engine
from gum_app.daemon.trial import ANSWERS
from gum_app.link import Asking, Refused
from gum_app.paths import Home
from gum_app.world import keys
from tests.desktop import until
from tests.stories.asked import SECONDS, Ask, a_daemon, asking, is_gone, model_process, sentence, use
from tests.stories.processes import a_home
from tests.tiny_models import needs_engine

SILENT_BEATS = 5  # in which a process that is stopped says nothing: what it said before has come by then


@needs_engine
def test_a_model_that_dies_between_two_questions_is_started_afresh(
    ask: Ask, daemon: psutil.Process, tiny: Path
) -> None:
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]
    before = model_process(daemon)
    before.kill()
    until(lambda: is_gone(before), "it is dead")
    assert ask("model_try")["answer"]
    assert model_process(daemon).pid != before.pid


@contextmanager
def held_in_the_midst(home: Home, daemon: psutil.Process) -> Iterator[tuple[psutil.Process, Iterator[Any]]]:
    """The model's process, stopped while it answers a question of the person's, and what that person is told."""
    with Asking(home, timeout_seconds=SECONDS) as line:

        def held() -> tuple[psutil.Process, Iterator[Any]] | None:
            told = iter(line.ask({"do": "model_try"}))
            until(lambda: next(told)["said"] == ANSWERS, "it begins to answer", SECONDS)
            child = model_process(daemon)
            child.suspend()
            with suppress(Refused):  # it came to its end before
                for _ in range(SILENT_BEATS):
                    assert next(told)["said"] == ANSWERS
                return child, told
            child.resume()
            return None

        is_held = until(held, "it is held in the midst of an answer", SECONDS)
        assert is_held is not None
        yield is_held


@needs_engine
def test_a_model_that_dies_in_the_midst_of_an_answer_costs_that_answer(
    ask: Ask, asked_home: Home, daemon: psutil.Process, endless: Path, tiny: Path
) -> None:
    use(ask, endless, tiny / "llava-mmproj.gguf")
    for number, says in ((signal.SIGKILL, "was killed"), (signal.SIGABRT, r"crashed \(SIGABRT\)")):
        with held_in_the_midst(asked_home, daemon) as (child, told):
            assert ask("status")["model"]["state"] == "thinking"
            child.send_signal(number)
            child.resume()
            with pytest.raises(Refused, match=says):
                list(told)
        assert ask("model")["calls"][0]["outcome"] == "ModelDied"
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]


@needs_engine
def test_a_model_that_hangs_is_given_up_when_the_window_leaves(
    ask: Ask, asked_home: Home, daemon: psutil.Process, endless: Path, tiny: Path
) -> None:
    use(ask, endless, tiny / "llava-mmproj.gguf")
    with held_in_the_midst(asked_home, daemon) as (child, _told):
        assert ask("status")["model"]["state"] == "thinking"
    until(lambda: is_gone(child), "it is ended", SECONDS)
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]
    answered, gave_way = ask("model")["calls"][:2]
    assert (answered["outcome"], gave_way["outcome"]) == ("answered", "gave way")


@needs_engine
def test_an_answer_without_end_is_cut_off(ask: Ask, daemon: psutil.Process, endless: Path, tiny: Path) -> None:
    use(ask, endless, tiny / "llava-mmproj.gguf")
    assert "was cut off: it was longer than the 200 tokens" in sentence(ask)
    child = model_process(daemon)
    assert ask("model")["calls"][0]["outcome"] == "AnswerUnfit"
    assert "was cut off" in sentence(ask)
    assert model_process(daemon).pid == child.pid, "it is well, and need not be started afresh"


@needs_engine
def test_a_model_that_is_larger_than_the_memory_is_told_before_it_is_loaded(
    ask: Ask, tiny: Path, tmp_path: Path
) -> None:
    weights = Path(shutil.copy(tiny / "llava.gguf", tmp_path))
    os.truncate(weights, 10**12)  # it takes no room on the disk
    use(ask, weights, tiny / "llava-mmproj.gguf")
    said = sentence(ask)
    assert "The model needs 1000.0 GB of memory" in said
    told = ask("model")
    assert told["state"] == "resting", "to try again at once would not help"
    assert said in told["sentence"]
    assert ask("status")["model"]["sentence"] == told["sentence"]


@needs_engine
def test_a_file_that_goes_away_is_told_and_heeded_when_it_is_back(ask: Ask, tiny: Path, tmp_path: Path) -> None:
    weights, projector = (Path(shutil.copy(tiny / name, tmp_path)) for name in ("llava.gguf", "llava-mmproj.gguf"))
    use(ask, weights, projector)
    weights.rename(tmp_path / "elsewhere")
    ask("model_wake")
    assert "llava.gguf" in sentence(ask)
    told = ask("model")
    assert told["state"] == "resting"
    assert "llava.gguf" in told["sentence"]
    (tmp_path / "elsewhere").rename(weights)
    ask("model_wake")
    assert ask("model_try")["answer"]


@needs_engine
@pytest.mark.parametrize(
    ("weights", "projector", "word"),
    [
        ("gone.gguf", "", "gone.gguf"),
        ("half.gguf", "", "half.gguf"),
        ("noise.gguf", "", "noise.gguf"),
        ("llava-mmproj.gguf", "", "projector"),
        ("bert-embed.gguf", "", "bert-embed.gguf"),
        ("llava.gguf", "qwen3vl.gguf", "qwen3vl.gguf"),
    ],
)
def test_a_file_of_another_kind_is_refused_when_it_is_chosen(
    ask: Ask, tiny: Path, tmp_path: Path, weights: str, projector: str, word: str
) -> None:
    for file in tiny.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "half.gguf").write_bytes((tiny / "llava.gguf").read_bytes()[:200_000])
    (tmp_path / "noise.gguf").write_bytes(bytes(range(256)) * 100)
    second = str(tmp_path / projector) if projector else ""
    assert word in sentence(ask, "model_files", weights=str(tmp_path / weights), projector=second)


@needs_engine
def test_the_projector_of_another_model_is_told_before_it_harms(ask: Ask, tiny: Path) -> None:
    ask("set", name="model_threads", value=1)
    try:
        ask("model_files", weights=str(tiny / "llava.gguf"), projector=str(tiny / "qwen25vl-mmproj.gguf"))
    except Refused as refused:
        assert "another model" in str(refused)
    else:
        assert "another model" in sentence(ask)


# Without llama.cpp, or with one that does not start


def an_engine_here(home: Home) -> Path:
    """The real one, link by link, as if it had been built for this home; the folder of its libraries."""
    spec = importlib.util.find_spec(engine.MODULE)
    assert spec is not None and spec.submodule_search_locations
    shutil.rmtree(home.engine, ignore_errors=True)
    shutil.copytree(spec.submodule_search_locations[0], home.engine / engine.MODULE, copy_function=os.symlink)
    return home.engine / engine.MODULE / "lib"


def lose_a_library(libraries: Path) -> None:
    for file in list(libraries.glob("libggml-cpu.*")):
        file.rename(file.with_name(f"was-{file.name}"))


def need_a_graphics_card(libraries: Path) -> None:
    """As one that was built where CUDA is: the name of a library that it needs is written over."""
    (libraries / "libggml-cuda.so").touch()
    for file in list(libraries.glob("libggml.so*")):
        whole = file.read_bytes()
        file.unlink()
        file.write_bytes(
            re.sub(rb"libggml-base\.so[.\d]*", lambda old: b"libcudart.so.12".ljust(len(old[0]), b"\0"), whole)
        )


@needs_engine
def test_without_an_engine_that_starts_the_daemon_says_how_to_get_one(tmp_path: Path, tiny: Path) -> None:
    """It is the loader of the system that does not find the libraries."""
    (tmp_path / "hides").mkdir()
    (tmp_path / "hides" / f"{engine.MODULE}.py").touch()
    home = a_home(tmp_path / "home")
    keys.make_key(home, "file")
    path = os.pathsep.join([str(tmp_path / "hides"), *filter(None, sys.path)])
    with a_daemon(home, PYTHONPATH=path) as _, asking(home) as ask:

        def said() -> str:
            ask("model_wake")
            said, told = sentence(ask), ask("status")["model"]
            assert told["state"] == "resting"
            assert said in told["sentence"]
            return said

        use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
        assert "is not on this computer yet: build it on the page" in said()
        lose_a_library(an_engine_here(home))
        assert re.search(r"for want of the library libggml-cpu\.so[.\d]*: install it, or build llama.cpp again", said())
        need_a_graphics_card(an_engine_here(home))
        assert "the library libcudart.so.12 is missing: install it, or build it anew" in said()
        an_engine_here(home)
        ask("model_wake")
        assert ask("model_try")["answer"]
