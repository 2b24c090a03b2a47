"""What goes wrong with a model costs one sentence, and the daemon goes on. Each for real: a real daemon, a real process
of a tiny model that is really killed, a real server. (How each is noticed is tested in tests/world.)"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import psutil
import pytest

from gum_app.link import Asking, Refused, ask_once
from gum_app.paths import Home
from gum_app.world import keys
from tests.desktop import until
from tests.stories.processes import a_home, command
from tests.tiny_models import needs_engine
from tests.world.openai_double import OpenAiDouble

SECONDS = 60.0

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = a_home(tmp_path_factory.mktemp("faults") / "home")
    keys.make_key(home, "file")
    return home


@pytest.fixture(scope="module")
def daemon(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"OMP_WAIT_POLICY": "passive"}
    with subprocess.Popen(command(home, "daemon"), env=environment, stderr=subprocess.DEVNULL) as process:
        until(lambda: home.link_address.exists() and "state" in ask_once(home, {"do": "status"}), "the daemon answers")
        yield process
        ask_once(home, {"do": "quit"})


@pytest.fixture
def ask(home: Home, daemon: subprocess.Popen[bytes]) -> Iterator[Ask]:
    """After each test the daemon is the same one, and answers."""
    with Asking(home, timeout_seconds=SECONDS) as line:
        yield lambda verb, **fields: list(line.ask({"do": verb, **fields}))[-1]
        assert daemon.poll() is None
        assert list(line.ask({"do": "status"}))[-1]["version"]
        list(line.ask({"do": "model_choose", "model": ""}))


def sentence(ask: Ask, verb: str = "model_try", **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        ask(verb, **fields)
    said = str(refused.value)
    assert said.endswith(".")
    assert "Traceback" not in said
    return said


def use(ask: Ask, weights: Path, projector: Path) -> None:
    ask("set", name="model_threads", value=1)
    ask("model_files", weights=str(weights), projector=str(projector))
    ask("model_wake")


def model_process(daemon: subprocess.Popen[bytes]) -> psutil.Process:
    """The child in which the model runs: it alone has llama.cpp in it."""
    found: list[psutil.Process] = []

    def look() -> bool:
        found[:] = [
            child
            for child in psutil.Process(daemon.pid).children(recursive=True)
            if any("libllama" in part.path for part in child.memory_maps())
        ]
        return bool(found)

    until(look, "the model's process is there")
    return found[0]


@needs_engine
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT], ids=lambda each: each.name)
def test_a_model_that_dies_is_started_afresh(
    ask: Ask, daemon: subprocess.Popen[bytes], tiny: Path, number: signal.Signals
) -> None:
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]
    before = model_process(daemon)
    before.send_signal(number)
    until(lambda: not before.is_running() or before.status() == psutil.STATUS_ZOMBIE, "it is dead")
    assert ask("model_try")["answer"]
    assert model_process(daemon).pid != before.pid


@needs_engine
def test_a_file_that_goes_away_is_told_and_heeded_when_it_is_back(ask: Ask, tiny: Path, tmp_path: Path) -> None:
    weights, projector = (Path(copy(tiny / name, tmp_path)) for name in ("llava.gguf", "llava-mmproj.gguf"))
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
