"""Building llama.cpp: whole or not at all, stopped at once, and each trouble in one sentence."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from gum_app import engine_build
from gum_app.engine import MODULE, VERSION, devices, find, need
from gum_app.engine_build import Gpu, Progress, build, compiler, defines, told_on
from gum_app.errors import BadInput, DiskFull, EngineMissing, GaveWay, GumError
from gum_app.paths import Home
from tests.desktop import skip_without, until
from tests.engines import Tools, an_engine
from tests.tiny_models import needs_engine

NO_STOP = threading.Event()
IN_A_PROCESS = (
    "import sys, threading; from pathlib import Path; from gum_app.engine_build import build; "
    "from gum_app.paths import Home; "
    "build(Home(Path(sys.argv[1])), progress=lambda _: None, stop=threading.Event())"
)


def ignore(_progress: Progress) -> None:
    pass


def left_over(home: Home) -> list[Path]:
    return list(home.root.glob(".engine-*"))


@pytest.fixture
def real(tools: Tools) -> Tools:
    """What uv brings is the engine of this environment."""
    spec = need(Home(Path("/nonexistent")))
    shutil.copytree(spec.folder / MODULE, tools.gives / MODULE)
    return tools


@needs_engine
def test_what_was_built_is_found_tried_and_told_how_far_it_is(home: Home, real: Tools) -> None:
    told: list[Progress] = []
    built = build(home, progress=told.append, stop=NO_STOP)
    assert find(home) == built
    assert built.own
    assert devices(built)
    assert told == [Progress("fetching"), *(Progress("compiling", n, 3) for n in (1, 2, 3)), Progress("checking")]
    assert [progress.sentence for progress in told][1] == "Compiling llama.cpp: 1 of 3."
    assert "c++ and so on" in (home.logs / "engine.log").read_text(encoding="utf-8")
    assert left_over(home) == []


@needs_engine
def test_a_new_one_takes_the_place_of_the_old(home: Home, real: Tools) -> None:
    an_engine(home.engine, version="0.3.1")
    assert build(home, progress=ignore, stop=NO_STOP).version == VERSION
    assert find(home) is not None
    assert left_over(home) == []


def test_what_is_in_the_way_and_no_engine_is_left_alone(home: Home, tools: Tools) -> None:
    (home.engine / "of a steam train").mkdir(parents=True)
    with pytest.raises(BadInput, match="is in the way"):
        build(home, progress=ignore, stop=NO_STOP)
    assert (home.engine / "of a steam train").exists()
    assert not tools.calls.exists()


def test_told_to_stop_it_ends_at_once_with_all_that_works_for_it(home: Home, tools: Tools) -> None:
    tools.play("does not end")
    stop = threading.Event()
    with pytest.raises(GaveWay, match="nothing is left"):
        build(home, progress=lambda progress: stop.set() if progress.of else None, stop=stop)
    until(lambda: not tools.running(), "its processes to end")
    assert not home.engine.exists()
    assert left_over(home) == []


def test_interrupted_it_ends_too(home: Home, tools: Tools) -> None:
    tools.play("does not end")

    def interrupt(progress: Progress) -> None:
        if progress.of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(home, progress=interrupt, stop=NO_STOP)
    until(lambda: not tools.running(), "its processes to end")
    assert left_over(home) == []


def test_killed_it_leaves_no_half_engine_and_the_next_build_clears_up(home: Home, tools: Tools) -> None:
    tools.play("does not end")
    building = subprocess.Popen([sys.executable, "-c", IN_A_PROCESS, str(home.root)], stderr=subprocess.DEVNULL)
    until(tools.running, "the build")
    with pytest.raises(BadInput, match="being built already"):
        build(home, progress=ignore, stop=NO_STOP)
    building.send_signal(signal.SIGKILL)
    building.wait()
    until(lambda: not tools.running(), "its processes to end")
    assert not home.engine.exists()
    assert len(left_over(home)) == 1
    tools.play("fails")
    with pytest.raises(EngineMissing):
        build(home, progress=ignore, stop=NO_STOP)
    assert left_over(home) == []


def test_another_process_of_the_same_number_does_not_count(home: Home, tools: Tools) -> None:
    work = home.root / f".engine-{os.getpid()}"
    work.mkdir()
    with pytest.raises(BadInput):
        build(home, progress=ignore, stop=NO_STOP)
    os.utime(work, (0, 0))
    tools.play("fails")
    with pytest.raises(EngineMissing, match="more memory"):
        build(home, progress=ignore, stop=NO_STOP)


@pytest.mark.parametrize(
    ("engine", "gpu", "sentence"),
    [
        ({"code": "raise OSError('libgomp.so.1: cannot open shared object file')"}, "", "libgomp1"),
        ({"version": "0.1"}, "", "not the llama.cpp that was asked for"),
        ({}, "cuda", "not the llama.cpp that was asked for"),
    ],
)
def test_what_does_not_start_or_is_another_thing_is_not_kept(
    home: Home,
    tools: Tools,
    engine: dict[str, str],
    gpu: Gpu,
    sentence: str,
) -> None:
    an_engine(tools.gives, **engine)  # type: ignore[arg-type]
    with pytest.raises(EngineMissing, match=sentence):
        build(home, gpu=gpu, progress=ignore, stop=NO_STOP)
    assert not home.engine.exists()
    assert left_over(home) == []


def test_without_a_compiler_nothing_is_begun(home: Home, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    (tools.bin / "c++").unlink()
    monkeypatch.setenv("PATH", str(tools.bin))
    with pytest.raises(EngineMissing, match=r"no C\+\+ compiler .* apt-get install g\+\+"):
        build(home, progress=ignore, stop=NO_STOP)
    assert not tools.calls.exists()


def test_the_compiler_is_named(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiler() == "c++ (stand-in) 1.2"
    monkeypatch.setenv("CXX", "no-such-compiler")
    assert compiler() == "c++ (stand-in) 1.2"


def test_without_room_nothing_is_begun(home: Home, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_build, "ROOM_MB", 10**12)
    with pytest.raises(DiskFull, match="MB are free"):
        build(home, progress=ignore, stop=NO_STOP)
    assert not tools.calls.exists()


def test_an_index_that_cannot_be_reached_is_told(home: Home, tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    (tools.bin / "uv").unlink()
    skip_without("uv")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(EngineMissing, match="index cannot be reached"):
        build(home, progress=ignore, stop=NO_STOP)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_how_far_it_is_stands_on_one_line_of_a_terminal_and_on_few_of_a_log() -> None:
    steps = [Progress("fetching"), *(Progress("compiling", n, 40) for n in range(1, 41)), Progress("checking")]
    terminal, log = Terminal(), io.StringIO()
    for step in steps:
        told_on(terminal)(step)
    assert "\n" not in terminal.getvalue()
    tell = told_on(log)
    for step in steps:
        tell(step)
    assert len(log.getvalue().splitlines()) == 13
    assert log.getvalue().endswith("Compiling llama.cpp: 40 of 40.\nTrying llama.cpp out.\n")


def test_a_gpu_takes_one_flag_more() -> None:
    plain = defines("")
    assert plain["GGML_NATIVE"] == "OFF", "what is built here must run on another processor"
    assert Path(plain["CMAKE_PROJECT_llama.cpp_INCLUDE"]).is_file()
    for gpu, flag in (("cuda", "GGML_CUDA"), ("vulkan", "GGML_VULKAN"), ("metal", "GGML_METAL")):
        assert defines(gpu).items() - plain.items() == {(flag, "ON")}  # type: ignore[arg-type]


def test_it_is_told_which_package_in_which_version_and_from_source(home: Home, tools: Tools) -> None:
    tools.play("fails")
    with pytest.raises(GumError):
        build(home, gpu="vulkan", progress=ignore, stop=NO_STOP)
    call = tools.calls.read_text(encoding="utf-8")
    assert f"llama-cpp-python=={VERSION} " in call
    assert "--no-binary llama-cpp-python" in call
    assert "cmake.define.GGML_VULKAN=ON" in call


@pytest.mark.slow
def test_the_real_one_is_built(home: Home) -> None:
    skip_without("uv", "c++")
    told: list[Progress] = []
    built = build(home, progress=told.append, stop=NO_STOP)
    assert devices(built)
    assert told[-2].done == told[-2].of > 100
    assert sum(file.stat().st_size for file in home.engine.rglob("*")) < 30_000_000
