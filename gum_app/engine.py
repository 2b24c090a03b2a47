"""llama.cpp on this computer: whether it is there, where, what it was built for, and what it sees when it is started.

It is never loaded into the process that asks: what may crash runs in a child. `engine_build` makes one.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import psutil

from gum_app.errors import EngineMissing, HomeUnusable
from gum_app.paths import Home

VERSION = "0.3.36"  # of llama-cpp-python, whose inner names are used too: another version is another engine
MODULE = "llama_cpp"
HOW_TO_GET_IT = "build it on the page of the model, or with `gum-app engine build`"
START_SECONDS = 60.0  # a graphics card may take its time when first asked
BYTES_PER_MB = 1_000_000

DeviceKind = Literal["cpu", "gpu", "igpu", "accel", "meta"]
KINDS: tuple[DeviceKind, ...] = ("cpu", "gpu", "igpu", "accel", "meta")  # in the order of ggml_backend_dev_type


@dataclass(frozen=True, kw_only=True)
class Engine:
    """`back_ends`: what it was built for, like cpu, cuda, vulkan or metal. `own`: built for this app alone."""

    version: str
    folder: Path
    back_ends: frozenset[str]
    own: bool


@dataclass(frozen=True, kw_only=True)
class Device:
    """Something that llama.cpp can compute on here. For the processor, memory is that of the computer."""

    name: str
    description: str
    kind: DeviceKind
    memory_mb: int
    free_mb: int


def find(home: Home) -> Engine | None:
    """The engine that is used: the one built for this app, else one that came with it; None where neither is."""
    for engine in _all(home):
        if engine.version == VERSION:
            return engine
    return None


def need(home: Home) -> Engine:
    """The same, for who cannot do without. Raises EngineMissing."""
    found = find(home)
    if found is None:
        raise EngineMissing(f"llama.cpp, which runs language models, is not on this computer yet: {HOW_TO_GET_IT}.")
    return found


def path_of(engine: Engine) -> Path | None:
    """What the process that runs a model puts first on its `sys.path`; None: it is on it."""
    return engine.folder if engine.own else None


def told(home: Home) -> str:
    """What there is, in one sentence."""
    engine = find(home)
    if engine is not None:
        whose = "built for gum-app" if engine.own else "installed with gum-app"
        return f"llama.cpp ({engine.version}, {' and '.join(sorted(engine.back_ends))}) is {whose}, in {engine.folder}."
    for other in _all(home):
        return f"llama.cpp is here in version {other.version}, but gum-app needs {VERSION}: {HOW_TO_GET_IT}."
    return f"llama.cpp is not on this computer: {HOW_TO_GET_IT}."


def devices(engine: Engine) -> list[Device]:
    """What it can compute on, asked in a process of its own: 0.3 s. Raises EngineMissing when it does not start."""
    command = [sys.executable, "-m", "gum_app.engine", str(path_of(engine) or "")]
    try:
        child = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=START_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise EngineMissing(f"llama.cpp did not start within {START_SECONDS:.0f} seconds: {HOW_TO_GET_IT}.") from error
    if child.returncode:
        raise EngineMissing(_why(child))
    return [Device(**device) for device in json.loads(child.stdout)]


def remove(home: Home) -> bool:
    """The engine that was built for this app, and what builds have left. False: there was none. Raises HomeUnusable.

    A folder of that name which is no engine stays: a home may have been put among other things.
    """
    there = in_folder(home.engine, own=True) is not None
    try:
        for folder in work_folders(home.engine):
            if not is_worked_in(folder):
                shutil.rmtree(folder)
        if there:
            shutil.rmtree(home.engine)
    except OSError as error:
        raise HomeUnusable(f"{home.engine} could not be removed ({error.strerror}): see that it is yours.") from error
    return there


def in_folder(folder: Path, *, own: bool) -> Engine | None:
    """What engine this folder holds, of whatever version."""
    package = folder / MODULE
    try:
        words = (package / "__init__.py").read_text(encoding="utf-8")
        libraries = [file.name for file in (package / "lib").iterdir()]
    except OSError:
        return None
    version = re.search(r'__version__ = "([^"]+)"', words)
    if version is None:
        return None
    names = (re.match(r"(?:lib)?ggml-(\w+)\.(?:so|dylib|dll)", name) for name in libraries)
    back_ends = frozenset(name[1] for name in names if name) - {"base"}
    return Engine(version=version[1], folder=folder, back_ends=back_ends, own=own)


def work_folders(folder: Path) -> list[Path]:
    """Where it is being built, or was when that was cut short: each carries the number of a process."""
    return list(folder.parent.glob(f".{folder.name}-[0-9]*"))


def is_worked_in(work: Path) -> bool:
    """Whether the process of that number runs; one that is younger than the folder is another."""
    try:
        begun_at: float = psutil.Process(int(work.name.rpartition("-")[2])).create_time()
    except (psutil.NoSuchProcess, ValueError):
        return False
    return begun_at <= work.stat().st_mtime


def _all(home: Home) -> list[Engine]:
    found = [in_folder(home.engine, own=True)]
    spec = importlib.util.find_spec(MODULE)
    if spec is not None and spec.submodule_search_locations:
        found.append(in_folder(Path(spec.submodule_search_locations[0]).parent, own=False))
    return [engine for engine in found if engine is not None]


def _why(child: subprocess.CompletedProcess[str]) -> str:
    library = re.search(r"(lib[\w.+-]+): cannot open shared object file", child.stderr)
    if library and library[1].startswith("libgomp"):
        return (
            "llama.cpp does not start, for the library libgomp.so.1 is missing (Debian: sudo apt-get install libgomp1)."
        )
    if library:
        return f"llama.cpp does not start, for the library {library[1]} is missing: install it, or build it anew."
    if child.returncode < 0:
        return f"llama.cpp crashes on this computer as it starts (signal {-child.returncode}): {HOW_TO_GET_IT}."
    return f"llama.cpp does not start: {HOW_TO_GET_IT}."


def _devices_here() -> list[Device]:
    """In the child: loads the engine."""
    import ctypes

    from llama_cpp._ggml import libggml

    libggml.ggml_backend_dev_get.restype = ctypes.c_void_p
    libggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    for name in ("name", "description"):
        getattr(libggml, f"ggml_backend_dev_{name}").restype = ctypes.c_char_p
        getattr(libggml, f"ggml_backend_dev_{name}").argtypes = [ctypes.c_void_p]
    libggml.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    libggml.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, *[ctypes.POINTER(ctypes.c_size_t)] * 2]
    libggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    found = []
    for number in range(libggml.ggml_backend_dev_count()):
        device = libggml.ggml_backend_dev_get(number)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        libggml.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        found.append(
            Device(
                name=libggml.ggml_backend_dev_name(device).decode(),
                description=libggml.ggml_backend_dev_description(device).decode(errors="replace").strip(),
                kind=KINDS[libggml.ggml_backend_dev_type(device)],
                memory_mb=total.value // BYTES_PER_MB,
                free_mb=free.value // BYTES_PER_MB,
            )
        )
    return found


if __name__ == "__main__":
    if sys.argv[1]:
        sys.path.insert(0, sys.argv[1])
    sys.stdout.write(json.dumps([asdict(device) for device in _devices_here()]))
