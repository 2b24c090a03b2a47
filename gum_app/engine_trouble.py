"""Why a build of llama.cpp failed, as one sentence, found in what the tools wrote: uv, pip, CMake and the compiler."""

from __future__ import annotations

import re
from pathlib import Path

from gum_app.errors import DiskFull, EngineMissing, GumError

END_OF_LOG_LETTERS = 20_000  # what failed comes last; before it stands much that only looks like it

NO_COMPILER = (
    "llama.cpp comes as source, and there is no C++ compiler here that could build it: "
    "install one (Debian: sudo apt-get install g++; macOS: xcode-select --install)."
)
DISK_FULL = "The disk became full while llama.cpp was built: make room, and build it again."

# The first that fits counts.
SIGNS = {
    r"CUDA Toolkit not found|No CMAKE_CUDA_COMPILER could be found|Could not find nvcc|CUDA::\w+\n": (
        "Building llama.cpp for CUDA takes the CUDA toolkit, which is not here, or not all of it: "
        "install it (Debian: sudo apt-get install nvidia-cuda-toolkit)."
    ),
    r"Could NOT find Vulkan|SPIRV-Headers": (
        "Building llama.cpp for Vulkan takes its development files, which are not here: "
        "install them (Debian: sudo apt-get install libvulkan-dev glslc spirv-headers)."
    ),
    r"No CMAKE_C(XX)?_COMPILER could be found": NO_COMPILER,
    r"Killed signal terminated program": (
        "Building llama.cpp took more memory than there is: close other programs, and build it again."
    ),
    r"error sending request|Connection refused|NewConnectionError|ConnectTimeout|ReadTimeout|[Nn]ame resolution"
    r"|dns error|network was disabled": (
        "The package index cannot be reached, so llama.cpp was not fetched: see that the network works."
    ),
    r"not found in the package registry|No matching distribution|no version of|not found in the provided": (
        "The package index that is set here does not have this version of llama-cpp-python: pypi.org does."
    ),
}


def trouble_told_in(log: Path) -> GumError:
    told = log.read_text(encoding="utf-8")[-END_OF_LOG_LETTERS:]
    if "No space left on device" in told:
        return DiskFull(DISK_FULL)
    for sign, sentence in SIGNS.items():
        if re.search(sign, told):
            return EngineMissing(sentence)
    return EngineMissing(f"llama.cpp could not be built: the end of {log} says why.")
