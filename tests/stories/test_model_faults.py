"""What goes wrong with a model costs one sentence, and the daemon goes on. Each for real: a real daemon, a real process
of a tiny model that is really killed, a real server. (How each is noticed is tested in tests/world.)"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

import psutil
import pytest

from gum_app.link import Asking, Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world import keys
from tests.desktop import until
from tests.stories.processes import a_home, command
from tests.tiny_models import needs_engine
from tests.world.certificates import a_certificate
from tests.world.openai_double import OpenAiDouble

SECONDS = 60.0

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = a_home(tmp_path_factory.mktemp("faults") / "home")
    keys.make_key(home, "file")
    return home


@contextmanager
def a_daemon(home: Home, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """It ends with the block, whatever happened in it."""
    process = subprocess.Popen(command(home, "daemon"), env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(home) and "state" in ask_once(home, {"do": "status"}), "the daemon answers")
        yield process
        ask_once(home, {"do": "quit"})
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def daemon(home: Home) -> Iterator[subprocess.Popen[bytes]]:
    with a_daemon(home, OMP_WAIT_POLICY="passive") as process:
        yield process


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
    until(lambda: is_gone(before), "it is dead")
    assert ask("model_try")["answer"]
    assert model_process(daemon).pid != before.pid


def is_gone(process: psutil.Process) -> bool:
    """With all its threads: the first may have ended while the process cannot be collected yet."""
    try:
        threads = [task.name for task in Path(f"/proc/{process.pid}/task").iterdir()]
    except FileNotFoundError:
        return True
    return threads == [str(process.pid)] and process.status() == psutil.STATUS_ZOMBIE


def held_up_while_asked(line: Asking, daemon: subprocess.Popen[bytes]) -> tuple[psutil.Process, Iterator[Any]]:
    """The model's process, which was stopped and then asked: it has the question and does not answer."""
    child = model_process(daemon)
    child.suspend()
    told = iter(line.ask({"do": "model_try"}))
    assert "Showing" in next(told)["said"]
    assert "Showing" in next(told)["said"], "said again after a second of silence"
    return child, told


@needs_engine
@pytest.mark.parametrize(
    ("number", "says"), [(signal.SIGKILL, "was killed"), (signal.SIGSEGV, "SIGSEGV")], ids=["SIGKILL", "SIGSEGV"]
)
def test_a_model_that_dies_of_a_question_costs_that_one(
    ask: Ask, home: Home, daemon: subprocess.Popen[bytes], tiny: Path, number: signal.Signals, says: str
) -> None:
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]
    with Asking(home, timeout_seconds=SECONDS) as line:
        child, told = held_up_while_asked(line, daemon)
        assert ask("status")["model"]["state"] == "thinking"
        child.send_signal(number)
        child.resume()
        with pytest.raises(Refused, match=says):
            list(told)
    assert ask("model")["calls"][0]["outcome"] == "ModelDied"
    assert ask("model_try")["answer"]


@needs_engine
def test_a_model_that_hangs_is_given_up_when_the_window_leaves(
    ask: Ask, home: Home, daemon: subprocess.Popen[bytes], tiny: Path
) -> None:
    use(ask, tiny / "llava.gguf", tiny / "llava-mmproj.gguf")
    assert ask("model_try")["answer"]
    with Asking(home, timeout_seconds=SECONDS) as line:
        child, _ = held_up_while_asked(line, daemon)
        assert ask("status")["model"]["state"] == "thinking"
    until(lambda: is_gone(child), "it is ended")
    assert ask("model_try")["answer"]
    answered, gave_way = ask("model")["calls"][:2]
    assert (answered["outcome"], gave_way["outcome"]) == ("answered", "gave way")


@needs_engine
def test_a_model_that_is_larger_than_the_memory_is_told_before_it_is_loaded(
    ask: Ask, tiny: Path, tmp_path: Path
) -> None:
    weights = Path(copy(tiny / "llava.gguf", tmp_path))
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


def test_a_server_that_is_gone_is_told_by_name(ask: Ask) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
    assert double.where in sentence(ask)
    assert ask("model")["calls"][0]["outcome"] == "EndpointTrouble"


def test_a_server_that_has_too_much_to_do_is_left_alone(ask: Ask) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then_status(429, retry_after="600")
        assert "left alone for 600 seconds" in sentence(ask)
        assert ask("model_try")["answer"]


def test_a_server_that_is_silent_holds_up_nobody(ask: Ask, home: Home) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        double.then("silent")
        with Asking(home, timeout_seconds=SECONDS) as line:
            next(iter(line.ask({"do": "model_try"})))
            assert double.busy.wait(SECONDS)
            assert ask("status")["model"]["state"] == "thinking"
        assert double.gone.wait(SECONDS), "the window has left: nobody waits for the answer"
        assert ask("model_try")["answer"]


def test_a_server_with_a_wrong_certificate_gets_nothing(ask: Ask, tmp_path: Path) -> None:
    with OpenAiDouble(certificate=a_certificate(tmp_path)) as double:
        ask("endpoint", url=double.url, model="double", embedding_model="")
        said = sentence(ask)
        assert "certificate" in said
        assert "nothing was sent" in said
        assert double.bodies == []


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


# Without llama.cpp, or with one that does not start


NOT_A_PACKAGE = {"llama_cpp.py": ""}
WITHOUT_CARD = {
    "llama_cpp/__init__.py": '__version__ = "0.3.36"\n'
    'raise OSError("libcudart.so.12: cannot open shared object file: No such file or directory")\n',
    "llama_cpp/lib/libggml-cpu.so": "",
}


@pytest.mark.parametrize(
    ("files", "says"),
    [(NOT_A_PACKAGE, "is not on this computer yet"), (WITHOUT_CARD, "want of the library libcudart.so.12")],
    ids=["missing", "a library of the graphics card missing"],
)
def test_without_an_engine_that_starts_the_daemon_says_how_to_get_one(
    tmp_path: Path, tiny: Path, files: dict[str, str], says: str
) -> None:
    for name, words in files.items():
        file = tmp_path / "elsewhere" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
    home = a_home(tmp_path / "home")
    keys.make_key(home, "file")
    path = os.pathsep.join([str(tmp_path / "elsewhere"), *filter(None, sys.path)])
    chosen = {"weights": str(tiny / "llava.gguf"), "projector": str(tiny / "llava-mmproj.gguf")}
    with a_daemon(home, PYTHONPATH=path) as process:
        ask_once(home, {"do": "model_files", **chosen})
        with Asking(home, timeout_seconds=SECONDS) as line, pytest.raises(Refused, match=says):
            list(line.ask({"do": "model_try"}))
        told = ask_once(home, {"do": "status"})["model"]
        assert told["state"] == "resting"
        assert says in told["sentence"]
        assert process.poll() is None
