"""What can go wrong with a model on this computer, each for real and once. What every model promises is
test_model_contract's matter."""

from __future__ import annotations

import shutil
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from gum_app.errors import (
    AnswerUnfit,
    EngineMissing,
    GaveWay,
    ModelDied,
    ModelUnusable,
    PictureBroken,
    PromptTooLong,
)
from gum_app.world import model_waiting
from gum_app.world.local_model import LocalEmbedder, LocalModel
from gum_app.world.model import Pictured
from gum_app.world.model_messages import TEXTS_AT_ONCE
from gum_app.world.model_shown import SWITCH
from gum_app.world.model_waiting import Limits
from tests.tiny_models import needs_engine
from tests.world.asking import (
    LONG,
    SOON,
    a_frame,
    a_long_prompt,
    a_prompt,
    tiny_embedder_options,
    tiny_options,
    until,
    when,
)

pytestmark = needs_engine

ENOUGH = 2**62  # bytes that no computer has


@pytest.fixture(scope="module")
def lasting(tiny: Path) -> Iterator[LocalModel]:
    """For tests after which it can still be asked."""
    one = LocalModel(tiny_options(tiny, "qwen3vl"))
    yield one
    one.close()


@pytest.fixture
def model(tiny: Path) -> Iterator[LocalModel]:
    one = LocalModel(tiny_options(tiny, "llava"))
    yield one
    one.close()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy computer a process may take longer to give way, or to be gone, than one is given that may hang."""
    monkeypatch.setattr(model_waiting, "STOP_SECONDS", SOON)
    monkeypatch.setattr("gum_app.world.model_pipe.END_SECONDS", SOON)


def never() -> threading.Event:
    return threading.Event()


def ask(model: LocalModel, *parts: Any, **more: Any) -> str:
    return model.ask(a_prompt(*parts, **more), stop=never()).text


def child_of(model: LocalModel) -> psutil.Process:
    assert model.pid is not None
    return psutil.Process(model.pid)


# What becomes of its process


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (signal.SIGKILL, "was killed, perhaps for want of memory"),
        (signal.SIGSEGV, r"crashed \(SIGSEGV\)"),
    ],
)
def test_a_process_that_dies_in_the_midst_of_an_answer_costs_that_answer(
    model: LocalModel, sent: signal.Signals, said: str
) -> None:
    heard: list[str] = []

    def end(piece: str) -> None:
        if not heard:
            child_of(model).send_signal(sent)
        heard.append(piece)

    with pytest.raises(ModelDied, match=said):
        model.ask(a_long_prompt(), stop=never(), heard=end)
    assert heard
    assert model.pid is None
    assert ask(model)


def test_a_process_that_hangs_in_the_midst_of_an_answer_is_ended(tiny: Path) -> None:
    model = LocalModel(tiny_options(tiny, "llava"))
    ask(model)
    model._limits = Limits(silent_seconds=0.5)  # only now: on a busy computer, loading alone may be silent for longer
    child = child_of(model)
    with pytest.raises(ModelDied, match="hung"):
        model.ask(a_long_prompt(), stop=never(), heard=lambda _piece: child.suspend())
    assert not child.is_running()
    model._limits = Limits()
    assert ask(model)
    model.close()


def test_to_compute_for_long_without_a_word_is_not_to_hang(tiny: Path) -> None:
    """What is long depends on what else the computer has to do, and may change meanwhile: the best of some tries."""
    model = LocalModel(tiny_options(tiny, "qwen25vl", context_tokens=16_384))

    def seconds_without_a_word(silent_seconds: float) -> float:
        model._limits = Limits(silent_seconds=silent_seconds)
        try:
            return model.ask(a_prompt(*map(a_frame, range(1, 6))), stop=never()).cost.first_token_ms / 1000
        except ModelDied:  # it may have had no turn for so long
            return 0.0
        finally:
            model.rest()  # it remembers pictures

    for _ in range(5):
        limit_seconds = seconds_without_a_word(60.0) / 3
        if seconds_without_a_word(limit_seconds) > limit_seconds:
            break
    else:
        pytest.fail("it was said to hang each time")
    model.close()


def test_an_answer_that_takes_too_long_is_ended(tiny: Path) -> None:
    model = LocalModel(tiny_options(tiny, "llava"), limits=Limits(answer_seconds=0.05))
    with pytest.raises(ModelDied, match="worked on one question for"):
        model.ask(a_long_prompt(), stop=never())
    assert model.pid is None


def test_a_process_that_died_between_two_questions_is_replaced(model: LocalModel) -> None:
    ask(model)
    child = model._child
    assert child is not None
    child_of(model).kill()
    until(lambda: not child.is_alive())
    assert ask(model)


def test_a_rest_ends_the_process_also_one_that_hangs(model: LocalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gum_app.world.model_pipe.END_SECONDS", 0.2)
    ask(model)
    child = child_of(model)
    child.suspend()
    model.rest()
    assert not child.is_running()
    assert (model.pid, model.loaded, model.resident_bytes) == (None, None, 0)


def test_a_listener_that_fails_leaves_no_process_in_the_midst_of_an_answer(model: LocalModel) -> None:
    def fail(_piece: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        model.ask(a_long_prompt(), stop=never(), heard=fail)
    assert ask(model)


# Memory


def test_a_model_for_which_the_memory_does_not_suffice_is_not_even_loaded(tiny: Path) -> None:
    model = LocalModel(tiny_options(tiny, "llava"), limits=Limits(needs_bytes=ENOUGH))
    with pytest.raises(ModelUnusable, match=r"needs [\d.]+ GB of memory and [\d.]+ GB are free: close programs"):
        ask(model)
    assert model.pid is None


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(most_bytes=30_000_000), "took more memory than the 0.0 GB it may have"),
        (Limits(least_free_bytes=ENOUGH), "memory of this computer ran short"),
    ],
)
def test_a_process_that_takes_too_much_memory_is_ended(tiny: Path, limits: Limits, said: str) -> None:
    model = LocalModel(tiny_options(tiny, "llava"), limits=limits)
    with pytest.raises(ModelDied, match=said):
        model.ask(a_long_prompt(), stop=never())
    assert model.pid is None


# Files


@pytest.mark.parametrize("content", [None, b"", b"no model at all", "half", "projector", "embeds"])
def test_a_file_that_is_no_model_is_said(tiny: Path, tmp_path: Path, content: bytes | str | None) -> None:
    path = tmp_path / "model.gguf"
    match content:
        case bytes():
            path.write_bytes(content)
        case "half":
            path.write_bytes((tiny / "qwen3vl.gguf").read_bytes()[:300_000])
        case "projector":
            shutil.copy(tiny / "qwen3vl-mmproj.gguf", path)
        case "embeds":
            shutil.copy(tiny / "bert-embed.gguf", path)
    model = LocalModel(tiny_options(tiny, "qwen3vl", weights=path))
    with pytest.raises(ModelUnusable):
        ask(model)
    assert model.pid is None


@pytest.mark.parametrize("projector", ["llava-mmproj.gguf", "llava.gguf", "missing.gguf"])
def test_a_projector_of_another_model_is_said(tiny: Path, projector: str) -> None:
    model = LocalModel(tiny_options(tiny, "qwen3vl", projector=tiny / projector))
    with pytest.raises(ModelUnusable):
        ask(model, a_frame())
    assert model.pid is None


def test_a_model_that_answers_is_none_that_compares(tiny: Path) -> None:
    embedder = LocalEmbedder(tiny_embedder_options(tiny))
    with pytest.raises(ModelUnusable):
        LocalModel(tiny_embedder_options(tiny)).ask(a_prompt(), stop=never())
    embedder.close()


# The engine


def an_engine(folder: Path, code: str) -> Path:
    """What is imported in place of llama.cpp."""
    folder.mkdir()
    (folder / "llama_cpp.py").write_text(code, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ModuleNotFoundError('no', name='llama_cpp')", "llama_cpp is not installed"),
        ("raise RuntimeError('x: libcudart.so.12: cannot open shared object file: No')", "library libcudart.so.12"),
        ("import os; os.kill(os.getpid(), 4)", "another processor"),
    ],
)
def test_an_engine_that_is_missing_or_does_not_start_is_said(tiny: Path, tmp_path: Path, code: str, said: str) -> None:
    model = LocalModel(tiny_options(tiny, "llava"), engine=an_engine(tmp_path / "engine", code))
    with pytest.raises(EngineMissing, match=said):
        ask(model)
    assert model.pid is None


WITHOUT_GRAPHICS = """
import os, sys
frame = sys._getframe()
while "options" not in frame.f_locals:
    frame = frame.f_back
if frame.f_locals["options"].gpu_layers:
    os.abort()  # as a driver does that runs out of memory
sys.path.pop(0)
del sys.modules["llama_cpp"]
import llama_cpp
"""


def test_a_graphics_card_that_cannot_take_the_model_is_done_without(tiny: Path, tmp_path: Path) -> None:
    engine = an_engine(tmp_path / "engine", WITHOUT_GRAPHICS)
    model = LocalModel(tiny_options(tiny, "llava", gpu_layers=2), engine=engine)
    assert not model.without_graphics
    assert ask(model)
    assert model.without_graphics
    assert model.loaded is not None and model.loaded.layers_on_gpu == 0
    model.close()


TAKEN_OVER = """
import sys
frame = sys._getframe()
while "outbox" not in frame.f_locals:
    frame = frame.f_back
pipe = frame.f_locals["outbox"]._pipe
"""
ANSWERS_FOR_LOADING = """
import json
loaded = dict(name="", context_tokens=1, layers=1, layers_on_gpu=0, device="", flash_attention=True, sees=True)
loaded["load_ms"] = 1.0
say = lambda **message: pipe.send_bytes(json.dumps(message).encode())
say(sort="ready", loaded=loaded)
"""
WAITS = "\nimport threading; threading.Event().wait()"


@pytest.mark.parametrize(
    "code",
    [
        "class Evil:\n  def __reduce__(self): return open, (PATH, 'w')\npipe.send(Evil())",
        "pipe.send_bytes(b'x' * 5_000_000)",
        ANSWERS_FOR_LOADING + "say(sort='failed', number=1, kind='SystemExit', why='')",
        ANSWERS_FOR_LOADING + "say(sort='failed', number=1, kind='GaveWay', why='')",
        ANSWERS_FOR_LOADING + "say(sort='piece', number=7, text='')",
        ANSWERS_FOR_LOADING
        + "pipe.send_bytes(json.dumps(dict(sort='rows', number=1, rows=1, dimensions=1)).encode() + b'\\n1234')",
        ANSWERS_FOR_LOADING + "while True: say(sort='ready', loaded=loaded)",
    ],
)
def test_a_process_that_was_taken_over_can_do_no_more_than_die(tiny: Path, tmp_path: Path, code: str) -> None:
    """In place of llama.cpp comes what took it over, with the pipe in its hand."""
    mark = tmp_path / "taken over"
    engine = an_engine(tmp_path / "engine", f"PATH = {str(mark)!r}\n" + TAKEN_OVER + code + WAITS)
    model = LocalModel(tiny_options(tiny, "llava"), engine=engine)
    with pytest.raises(ModelDied):
        ask(model)
    assert not mark.exists()
    assert model.pid is None


def test_a_process_that_was_taken_over_cannot_fill_the_memory_of_the_daemon(tiny: Path, tmp_path: Path) -> None:
    floods = ANSWERS_FOR_LOADING + "while True: say(sort='piece', number=1, text='x' * 3_900_000)"
    model = LocalModel(tiny_options(tiny, "llava"), engine=an_engine(tmp_path / "engine", TAKEN_OVER + floods))
    stop, ours = threading.Event(), psutil.Process()
    before_bytes, most_bytes = ours.memory_info().rss, 0

    def does_not_listen(_piece: str) -> None:
        nonlocal most_bytes
        child = model._child
        assert child is not None
        until(child._incoming.full)
        most_bytes = max(most_bytes, ours.memory_info().rss)
        stop.set()

    with pytest.raises(GaveWay):
        model.ask(a_prompt(), stop=stop, heard=does_not_listen)
    assert most_bytes - before_bytes < 200_000_000
    assert model.pid is None


def test_a_fault_of_our_own_in_there_stands_in_the_log(
    tiny: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = an_engine(tmp_path / "engine", "raise ZeroDivisionError('a private title')")
    with pytest.raises(ModelDied, match="a fault of this program"):
        ask(LocalModel(tiny_options(tiny, "llava"), engine=engine))
    assert "ZeroDivisionError" in caplog.text
    assert "gum_app/world/model_child.py, line " in caplog.text
    assert "a private title" not in caplog.text


# Giving way


def test_who_gives_way_while_it_loads_leaves_it_to_load(model: LocalModel) -> None:
    stop = threading.Event()
    with when(lambda: model.pid is not None, stop.set), pytest.raises(GaveWay):
        model.ask(a_prompt(), stop=stop)
    pid = model.pid
    assert pid is not None
    assert ask(model)
    assert model.pid == pid


def test_a_model_that_never_loads_is_ended(tiny: Path, tmp_path: Path) -> None:
    limits = Limits(load_seconds=1.0)
    model = LocalModel(tiny_options(tiny, "llava"), engine=an_engine(tmp_path / "engine", WAITS), limits=limits)
    with pytest.raises(ModelDied, match="did not load the model within 1 seconds"):
        ask(model)
    assert model.pid is None


@pytest.mark.usefixtures("patient")
def test_it_gives_way_while_it_looks_at_a_picture(lasting: LocalModel) -> None:
    ask(lasting)
    child, stop = child_of(lasting), threading.Event()
    before = child.cpu_times().user
    with when(lambda: child.cpu_times().user > before + 0.1, stop.set), pytest.raises(GaveWay):
        lasting.ask(a_prompt(*map(a_frame, range(1, 6)), most_tokens=100), stop=stop)
    assert lasting.pid == child.pid, "it need not be killed for that"
    assert ask(lasting)


@pytest.mark.usefixtures("patient")
def test_it_gives_way_in_the_midst_of_an_answer(lasting: LocalModel) -> None:
    ask(lasting)
    pid, stop = lasting.pid, threading.Event()
    with pytest.raises(GaveWay):
        lasting.ask(a_long_prompt(), stop=stop, heard=lambda _piece: stop.set())
    assert ask(lasting)
    assert lasting.pid == pid


def test_one_that_hangs_when_it_should_give_way_is_killed(model: LocalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_waiting, "STOP_SECONDS", 0.3)
    ask(model)
    child, stop = child_of(model), threading.Event()
    child.suspend()
    started = time.monotonic()
    with when(lambda: time.monotonic() > started + 0.1, stop.set), pytest.raises(GaveWay):
        model.ask(a_prompt(Pictured(b"x" * 3_000_000)), stop=stop)  # more than the pipe holds: to send it blocks
    assert not child.is_running()
    assert ask(model)


# Answers and questions


def test_an_answer_without_end_is_cut_off_and_no_answer(lasting: LocalModel) -> None:
    with pytest.raises(AnswerUnfit, match="cut off"):
        ask(lasting, schema=LONG, most_tokens=30)
    assert ask(lasting)


def test_an_answer_of_another_shape_is_none_also_from_a_process_that_was_taken_over(tiny: Path, tmp_path: Path) -> None:
    answered = "dict(text='[]', cost={})"
    code = TAKEN_OVER + ANSWERS_FOR_LOADING + f"say(sort='told', number=1, answered={answered})" + WAITS
    model = LocalModel(tiny_options(tiny, "llava"), engine=an_engine(tmp_path / "engine", code))
    with pytest.raises(AnswerUnfit, match="not of the shape"):
        ask(model)
    model.close()


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        ((Pictured(b"no picture"),), PictureBroken),
        ((Pictured(a_frame().data[:20_000]),), PictureBroken),
        (("word " * 20_000,), PromptTooLong),
    ],
)
def test_a_question_that_cannot_be_put_costs_nothing_else(
    lasting: LocalModel, parts: tuple[Any, ...], trouble: type[Exception]
) -> None:
    ask(lasting)
    pid = lasting.pid
    with pytest.raises(trouble):
        ask(lasting, *parts)
    assert ask(lasting)
    assert lasting.pid == pid


def test_a_bad_schema_is_our_own_fault_and_costs_nothing_else(lasting: LocalModel) -> None:
    with pytest.raises(ValueError, match="additionalProperties"):
        ask(lasting, schema={"type": "object", "properties": {}, "required": []})
    assert ask(lasting)


def test_it_says_what_it_loaded(lasting: LocalModel) -> None:
    ask(lasting)
    assert lasting.loaded is not None
    assert (lasting.loaded.sees, lasting.loaded.layers_on_gpu, lasting.loaded.context_tokens) == (True, 0, 8192)
    assert lasting.resident_bytes > 1_000_000
    assert not lasting.without_graphics


def test_prompts_and_answers_are_shown_by_the_parent_alone_and_only_where_wanted(
    lasting: LocalModel, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(lasting, "A private title")
    assert capfd.readouterr() == ("", "")
    monkeypatch.setenv(SWITCH, "1")
    heard: list[str] = []
    lasting.ask(a_prompt("A private title"), stop=never(), heard=heard.append)
    out, err = capfd.readouterr()
    assert not out
    assert "A private title" in err
    assert "".join(heard) in err


def test_more_texts_than_go_at_once_come_back_in_order(tiny: Path) -> None:
    embedder = LocalEmbedder(tiny_embedder_options(tiny))
    one = partial(embedder.embed, stop=never())
    texts = [f"note {number}" for number in range(TEXTS_AT_ONCE + 3)]
    rows = one(texts)
    assert rows.shape == (len(texts), 64)
    assert abs(float(rows[-1] @ one([texts[-1]])[0]) - 1) < 1e-3
    assert abs(float(rows[0] @ one([texts[0]])[0]) - 1) < 1e-3
    embedder.close()
