"""The inside of the model's process; and what it is allowed, seen from outside."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from gum_app.world import model_child
from gum_app.world.local_model import LocalModel
from gum_app.world.model_child import Inbox, Outbox, Stopping, why_missing
from gum_app.world.model_messages import Alive, Ask, Stop, unpacked
from tests.tiny_models import needs_engine
from tests.world.asking import SOON, a_prompt, tiny_options, until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    """The end of the parent and that of the child. The Inbox would end this process if they were closed."""
    ends = multiprocessing.Pipe()
    KEPT.append(ends)
    yield ends


KEPT: list[object] = []  # until the tests end


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'llama_cpp'", name="llama_cpp"), "llama_cpp is not installed"),
        (ModuleNotFoundError("No module named 'diskcache'", name="diskcache"), "diskcache is not installed"),
        (
            RuntimeError("Failed to load '/x/libllama.so': libcuda.so.1: cannot open shared object file: No such file"),
            "for want of the library libcuda.so.1:",
        ),
        (
            RuntimeError("dlopen(/x/libllama.dylib): Library not loaded: @rpath/libomp.dylib\n Referenced from: x"),
            "for want of the library libomp.dylib:",
        ),
        (FileNotFoundError("Could not find module 'C:\\x\\vulkan-1.dll' (or one of its"), "the library vulkan-1.dll:"),
        (OSError("/home/ada/x.so: undefined symbol: y"), "a library that fits this system:"),
    ],
)
def test_why_llama_cpp_does_not_start_is_said_without_a_path(error: Exception, said: str) -> None:
    assert said in why_missing(error)
    assert "/" not in why_missing(error)


def test_a_question_is_taken_back_while_it_is_worked_on(pipe: tuple[Connection, Connection]) -> None:
    parent, child = pipe
    inbox = Inbox(child)
    parent.send(Ask(1, a_prompt()))
    assert inbox.next() == Ask(1, a_prompt())
    assert not inbox.is_taken_back(1)
    parent.send(Stop(1))
    until(lambda: inbox.is_taken_back(1))
    assert not inbox.is_taken_back(2), "the next question was not meant"


def test_being_asked_whether_to_stop_is_a_sign_of_life(
    pipe: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, child = pipe
    monkeypatch.setattr(model_child, "BEAT_SECONDS", 0.0)
    assert not Stopping(5, Inbox(child), Outbox(child))()
    assert unpacked(parent.recv_bytes()) == Alive(number=5)


def test_signs_of_life_are_not_given_all_the_time(pipe: tuple[Connection, Connection]) -> None:
    parent, child = pipe
    stopping = Stopping(5, Inbox(child), Outbox(child))
    for _ in range(1000):
        stopping()
    assert not parent.poll(0)


@needs_engine
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_process_is_modest_and_speaks_to_nobody(tiny: Path) -> None:
    model = LocalModel(tiny_options(tiny, "llava"))
    model.ask(a_prompt(), stop=threading.Event())
    assert model.pid is not None
    child = psutil.Process(model.pid)
    assert child.nice() >= 10
    assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0), "it must not be able to write a file"
    assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0), "a core dump would hold the screen"
    assert int(Path(f"/proc/{model.pid}/oom_score_adj").read_text()) == model_child.FIRST_TO_GO
    assert not child.net_connections("inet")
    assert {str(Path(f"/proc/{model.pid}/fd/{stream}").readlink()) for stream in (0, 1, 2)} == {os.devnull}
    model.close()


@needs_engine
def test_llama_cpp_stays_out_of_the_parent() -> None:
    code = "import sys, gum_app.world.local_model; print('llama_cpp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


PARENT = """
import sys, threading
from pathlib import Path
from gum_app.world.local_model import LocalModel
from tests.world.asking import a_long_prompt, tiny_options

if __name__ == "__main__":
    model = LocalModel(tiny_options(Path(sys.argv[1]), "llava"))

    def tell(_piece):
        print(model.pid, flush=True)
        input()

    model.ask(a_long_prompt(), stop=threading.Event(), heard=tell)
"""


@needs_engine
def test_the_process_ends_with_its_parent_in_the_midst_of_an_answer(tiny: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(tiny)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        gone, _ = psutil.wait_procs([child], timeout=SOON)
        assert gone
