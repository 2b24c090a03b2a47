"""Builds llama.cpp from source, small and for any computer of this kind, into a folder of its own.

The folder appears under its name when the engine in it has been started once, and never before. The person agrees to
COST first. Where packages come from (mirror, proxy) is what uv and pip are set to.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

import psutil

from gum_app.engine import BYTES_PER_MB, VERSION, Engine, devices, in_folder, is_worked_in, work_folders
from gum_app.engine_trouble import NO_COMPILER, trouble_told_in
from gum_app.errors import BadInput, DiskFull, EngineMissing, GaveWay
from gum_app.paths import OWNER_ONLY_DIR, Home, shipped

Gpu = Literal["", "cuda", "vulkan", "metal"]

PACKAGE = "llama-cpp-python"
IT_NEEDS = ("diskcache", "jinja2", "markupsafe", "typing-extensions")  # and numpy, which gum-app has
COST = (
    "Building llama.cpp takes two to ten minutes of the whole processor, a download of 80 to 120 MB, "
    "and 400 MB of disk, of which 20 MB stay. For a graphics card it takes several times as much."
)
ROOM_MB = 600
MEMORY_OF_ONE_MB = 600  # what one compiler takes at most: as many run side by side as have room, and cores
FOREIGN = "lib/**;include/**;bin/**;llama_cpp/lib/*.so.*.*"  # second and third copies, headers and programs
NICE = 10
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Progress:
    """How far a build is. `of` is 0 where nothing can be counted."""

    doing: Literal["fetching", "compiling", "checking"]
    done: int = 0
    of: int = 0

    @property
    def sentence(self) -> str:
        if self.doing == "compiling":
            return f"Compiling llama.cpp: {self.done} of {self.of}."
        return "Fetching llama.cpp." if self.doing == "fetching" else "Trying llama.cpp out."


def build(home: Home, *, gpu: Gpu | None = None, progress: Callable[[Progress], None], stop: threading.Event) -> Engine:
    """Into the home, in the place of one that is there. `gpu`: by default what `usual_gpu` says.

    It takes minutes, in the calling thread, which is where `progress` is called. Raises EngineMissing when it cannot be
    built, DiskFull, GaveWay when it was told to stop, BadInput when it is being built already.
    """
    home.prepare()
    return build_into(home.engine, log=home.logs / "engine.log", gpu=gpu, progress=progress, stop=stop)


def build_into(
    folder: Path, *, log: Path, gpu: Gpu | None = None, progress: Callable[[Progress], None], stop: threading.Event
) -> Engine:
    """The same into any folder."""
    gpu = usual_gpu() if gpu is None else gpu
    if folder.exists() and in_folder(folder, own=True) is None:
        raise BadInput(f"{folder} is in the way, and is not llama.cpp: move it, or choose another home.")
    command = [*_installer(), *_options(gpu)]
    if compiler() is None:
        raise EngineMissing(NO_COMPILER)
    with _workplace(folder) as work:
        new = work / "new"
        _run([*command, "--target", str(new)], work, log, progress, stop)
        progress(Progress("checking"))
        _check(new, gpu)
        if folder.exists():
            folder.rename(work / "old")
        new.rename(folder)
    built = in_folder(folder, own=True)
    assert built is not None, "it was there a moment ago"
    return built


def told_on(stream: TextIO) -> Callable[[Progress], None]:
    """To be handed to `build`: one line that changes on a terminal, elsewhere a line for each tenth part."""
    said = ""

    def tell(progress: Progress) -> None:
        nonlocal said
        now = f"{progress.doing} {10 * progress.done // max(progress.of, 1)}"
        if stream.isatty():
            stream.write(f"{progress.sentence:<40}\r")  # what comes next is written over it
        elif now != said:
            stream.write(f"{progress.sentence}\n")
        said = now
        stream.flush()

    return tell


def usual_gpu() -> Gpu:
    """What needs nothing but the compiler: Metal on a Mac, the processor elsewhere."""
    return "metal" if sys.platform == "darwin" else ""


def defines(gpu: Gpu) -> dict[str, str]:
    """What CMake is told. A GPU takes one more."""
    small = {
        "GGML_NATIVE": "OFF",  # else it runs only on processors like the one it was built on
        "GGML_CCACHE": "OFF",
        "LLAMA_OPENSSL": "OFF",
        "CMAKE_PROJECT_llama.cpp_INCLUDE": str(shipped("resources/engine.cmake")),
    }
    return {**small, f"GGML_{gpu.upper()}": "ON"} if gpu else small


def compiler() -> str | None:
    """How the C++ compiler calls itself; None where none runs."""
    if sys.platform == "win32":
        return "Visual Studio"  # CMake finds it where it is, which is not on the PATH
    for name in filter(None, (os.environ.get("CXX"), "c++", "g++", "clang++")):
        with suppress(OSError, subprocess.SubprocessError):
            # On a Mac without the developer tools there is a c++, which fails.
            told = subprocess.run([name, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
            return told.partition("\n")[0]
    return None


# How it is done


def _installer() -> list[str]:
    """The tool that installs packages. Raises EngineMissing where there is none."""
    checkout = Path(__file__).resolve().parents[1]
    if uv := shutil.which("uv") or shutil.which("uv", path=str(checkout / ".uv" / "bin")):
        return [uv, "pip", "install", "--no-cache", "--python", sys.executable]
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else [shutil.which("pip3") or ""]
    if pip == [""]:
        raise EngineMissing("llama.cpp cannot be fetched, for neither pip nor uv is here: apt-get install python3-pip.")
    return [*pip, "install", "--no-cache-dir", "--disable-pip-version-check"]


def _options(gpu: Gpu) -> list[str]:
    settings = {f"cmake.define.{name}": value for name, value in defines(gpu).items()}
    settings |= {"install.strip": "true", "wheel.exclude": FOREIGN}
    return [
        *("--verbose", "--no-deps", "--no-binary", PACKAGE),
        *(f"--config-settings={name}={value}" for name, value in settings.items()),
        *(f"{PACKAGE}=={VERSION}", *IT_NEEDS),
    ]


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A folder beside the one to be made, gone at the end. What killed builds have left is cleared away."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in work_folders(folder):
        if is_worked_in(left):
            raise BadInput("llama.cpp is being built already.")
        shutil.rmtree(left)
    free_mb = shutil.disk_usage(folder.parent).free // BYTES_PER_MB
    if free_mb < ROOM_MB:
        raise DiskFull(f"Building llama.cpp takes {ROOM_MB} MB of disk while it lasts, and {free_mb} MB are free.")
    work = folder.parent / f".{folder.name}-{os.getpid()}"
    work.mkdir(mode=OWNER_ONLY_DIR)
    try:
        yield work
    finally:
        shutil.rmtree(work)


def _run(
    command: list[str], work: Path, log: Path, progress: Callable[[Progress], None], stop: threading.Event
) -> None:
    temporary = work / "temporary"
    temporary.mkdir()
    environment = os.environ | {
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        "CMAKE_BUILD_PARALLEL_LEVEL": str(_side_by_side()),
        "NINJA_STATUS": "[%f/%t] ",
        "NO_COLOR": "1",
        "LC_ALL": "C",
    }
    progress(Progress("fetching"))
    with (
        log.open("w", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # a group of its own, which ends as one
        ) as child,
        _ended_with(child, stop),
    ):
        assert child.stdout is not None
        for line in child.stdout:
            kept.write(line)
            if counted := re.search(r"\[(\d+)/(\d+)\] ", line):
                progress(Progress("compiling", int(counted[1]), int(counted[2])))
    if stop.is_set():
        raise GaveWay("The building of llama.cpp was stopped, and nothing is left of it.")
    if child.returncode:
        raise trouble_told_in(log)


def _side_by_side() -> int:
    free_mb = int(psutil.virtual_memory().available) // BYTES_PER_MB
    return max(1, min(os.cpu_count() or 1, free_mb // MEMORY_OF_ONE_MB))


@contextmanager
def _ended_with(child: subprocess.Popen[str], stop: threading.Event) -> Iterator[None]:
    """When it is told to stop, or the block is left early, all that works for the child ends at once."""

    def watch() -> None:
        while child.poll() is None:
            if stop.wait(LOOK_SECONDS):
                _kill(child)
                return

    if os.name == "posix":
        psutil.Process(child.pid).nice(NICE)
    watching = threading.Thread(target=watch, name="engine build")
    watching.start()
    try:
        yield
    except BaseException:
        _kill(child)
        raise
    finally:
        watching.join()


def _kill(child: subprocess.Popen[str]) -> None:
    if child.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(child.pid, signal.SIGKILL)
        return
    for process in [*psutil.Process(child.pid).children(recursive=True), psutil.Process(child.pid)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def _check(new: Path, gpu: Gpu) -> None:
    """Raises EngineMissing unless it starts and is what was asked for."""
    built = in_folder(new, own=True)
    if built is None or built.version != VERSION or (gpu and gpu not in built.back_ends):
        raise EngineMissing("What was built is not the llama.cpp that was asked for: is another package index in use?")
    devices(built)
