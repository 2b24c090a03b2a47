"""Why a build failed: each line that the real tools have written gets its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app.engine_trouble import END_OF_LOG_LETTERS, trouble_told_in
from gum_app.errors import DiskFull, EngineMissing


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("CMake Error at CMakeLists.txt:270 (message):\n  CUDA Toolkit not found", "nvidia-cuda-toolkit"),
        ('  Target "ggml-cuda" links to:\n\n      CUDA::cublas\n\n    but the target was not found.', "not all of it"),
        ("  Could NOT find Vulkan (missing: Vulkan_LIBRARY glslc) (found version", "libvulkan-dev"),
        ('  Could not find a package configuration file provided by "SPIRV-Headers"', "spirv-headers"),
        ("  No CMAKE_C_COMPILER could be found.", r"install g\+\+"),
        ("g++: fatal error: Killed signal terminated program cc1plus", "more memory"),
        ("  cause: error sending request for url (http://127.0.0.1:9/simple/)", "cannot be reached"),
        ("NewConnectionError: Failed to establish a new connection: [Errno -3]", "cannot be reached"),
        ("hint: Packages were unavailable because the network was disabled.", "cannot be reached"),
        ("  cause: Because llama-cpp-python was not found in the package registry", "pypi.org does"),
        ("ERROR: No matching distribution found for llama-cpp-python==0.3.36", "pypi.org does"),
        ("error: expected ‘;’ before ‘}’ token", r"the end of .*engine\.log says why"),
    ],
)
def test_a_line_gets_its_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    log = tmp_path / "engine.log"
    log.write_text(f"{line}\nCMake configuration failed\n", encoding="utf-8")
    trouble = trouble_told_in(log)
    assert isinstance(trouble, EngineMissing)
    with pytest.raises(EngineMissing, match=sentence):
        raise trouble


def test_a_full_disk_is_a_full_disk(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_text("/tmp/x.s: fatal error: can't write 12 bytes: No space left on device", encoding="utf-8")
    assert isinstance(trouble_told_in(log), DiskFull)


def test_what_stands_far_above_is_not_what_failed(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_text("warning: Connection refused, trying again\n" + "x" * END_OF_LOG_LETTERS, encoding="utf-8")
    assert "says why" in str(trouble_told_in(log))
