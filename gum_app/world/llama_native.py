"""The door to llama.cpp: imports it, silences it, and hears why it could not load a file.

llama.cpp tells its troubles to a log and returns nothing. The log is heard only while files are loaded, before there
is anything of the person's in memory; later nothing of it is kept or shown.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

from gum_app.errors import EngineMissing, GaveWay, ModelUnusable

MEANINGLESS = (
    "The model computes what are no numbers: fetch its file again, or let the processor work without the graphics card."
)

ERROR_LEVEL = 4  # of ggml: 1 debug, 2 info, 3 warning, 4 error, 5 goes on with the line before

_NO_ROOM = re.compile(r"bad_alloc|allocat|out of memory", re.IGNORECASE)  # as llama.cpp says it, or a driver

_heard: deque[str] = deque(maxlen=8)  # the latest errors of llama.cpp; see `refusal`


@cache
def engine() -> Any:
    """The module `llama_cpp`, silent. Raises EngineMissing.

    Two variables of this process are set, unless they are already: without `OMP_WAIT_POLICY=passive` its threads spin
    while they wait, and without `GGML_NO_BACKTRACE` it starts a debugger before it aborts.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    try:
        import llama_cpp
        import llama_cpp.mtmd_cpp as mtmd
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineMissing("llama.cpp is not installed here, or does not start on this computer.") from error
    llama_cpp.llama_log_set(_listener(llama_cpp), ctypes.c_void_p(0))
    mtmd.mtmd_helper_log_set(_listener(llama_cpp), ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


@cache  # llama.cpp keeps the address: it must never be collected
def _listener(llama_cpp: Any) -> Any:
    def hear(level: int, text: bytes | None, _data: Any) -> None:
        if level == ERROR_LEVEL and text:
            _heard.append(text.decode("utf-8", "replace"))

    return llama_cpp.llama_log_callback(hear)


def forget_complaints() -> None:
    _heard.clear()


def refusal(name: str, otherwise: str) -> ModelUnusable:
    """Why file `name` was not loaded: for want of memory, or `otherwise`, with what llama.cpp stumbled over first."""
    heard = [" ".join(line.split()) for line in _heard]
    _heard.clear()
    if any(map(_NO_ROOM.search, heard)):
        return ModelUnusable(f"There is not enough memory for {name}: close programs, or choose a smaller model.")
    said = heard[0].rpartition("error loading model: ")[2][:200] if heard else ""
    return ModelUnusable(f"{name} {otherwise}{f' (llama.cpp: {said})' if said else ''}.")


class Brake:
    """Asks whether to stop, and does not forget a yes. llama.cpp asks it from within its work."""

    def __init__(self) -> None:
        self._stop: Callable[[], bool] = bool  # never
        self._pulled = False

    def watch(self, stop: Callable[[], bool]) -> None:
        """From now on `stop` decides. It is asked thousands of times a second, and must not raise."""
        self._stop, self._pulled = stop, False

    def __call__(self) -> bool:
        self._pulled = self._pulled or bool(self._stop())
        return self._pulled

    def check(self) -> None:
        """Raises GaveWay."""
        if self():
            raise GaveWay("The thought was stopped.")


@cache
def gpus() -> tuple[str, ...]:
    """The graphics processors that this build of llama.cpp can use, as their drivers call them. Empty: none."""
    engine()
    from llama_cpp import _ggml  # private, but the only way to them; the version is pinned

    library: Any = _ggml.libggml
    library.ggml_backend_dev_count.restype = ctypes.c_size_t
    library.ggml_backend_dev_get.restype = ctypes.c_void_p
    library.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    library.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    library.ggml_backend_dev_description.restype = ctypes.c_char_p
    library.ggml_backend_dev_description.argtypes = [ctypes.c_void_p]
    devices = [library.ggml_backend_dev_get(n) for n in range(library.ggml_backend_dev_count())]
    graphics = [device for device in devices if library.ggml_backend_dev_type(device) in (1, 2)]  # own, or in the CPU
    return tuple(library.ggml_backend_dev_description(device).decode("utf-8", "replace") for device in graphics)
