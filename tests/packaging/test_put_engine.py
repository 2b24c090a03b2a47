"""The engine for the tests: built once, kept, put into the environment again; without a compiler passed over."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gum_app.engine import MODULE, VERSION, need
from gum_app.paths import Home
from tests.engines import Tools
from tests.tiny_models import needs_engine

ROOT = Path(__file__).resolve().parents[2]


def put(folder: Path, cache: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "packaging" / "put_engine.py", folder],
        env=os.environ | {"GUM_ENGINE_CACHE": str(cache), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def real(tools: Tools) -> Tools:
    here = need(Home(Path("/nonexistent"))).folder
    for name in (MODULE, f"{MODULE}_python-{VERSION}.dist-info"):
        shutil.copytree(here / name, tools.gives / name)
    return tools


@needs_engine
def test_it_is_built_once_and_put_each_time(real: Tools, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for name in ("one", "other", "other"):
        done = put(tmp_path / name, cache)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name / MODULE / "llama.py").exists()
        assert (tmp_path / name / f"{MODULE}_python-{VERSION}.dist-info" / "RECORD").exists()
    assert len(real.calls.read_text(encoding="utf-8").splitlines()) == 1
    assert len([folder for folder in cache.iterdir() if folder.is_dir()]) == 1


@needs_engine
def test_another_compiler_or_other_flags_make_another(real: Tools, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    put(tmp_path / "one", cache)
    put(tmp_path / "one", cache, CMAKE_ARGS="-DGGML_NATIVE=ON")
    (real.bin / "c++").write_text("#!/bin/sh\necho 'c++ (stand-in) 2.0'\n", encoding="utf-8")
    put(tmp_path / "one", cache)
    assert len([folder for folder in cache.iterdir() if folder.is_dir()]) == 3


def test_without_a_compiler_it_says_so_and_the_tests_go_on(tools: Tools, tmp_path: Path) -> None:
    (tools.bin / "c++").unlink()
    done = put(tmp_path / "one", tmp_path / "cache", PATH=str(tools.bin))
    assert done.returncode == 0
    assert "no C++ compiler" in done.stderr
    assert done.stderr.endswith("The tests of the engine are skipped.\n")
    assert not (tmp_path / "one").exists()


def test_a_build_that_fails_stops_the_tests_with_a_sentence(tools: Tools, tmp_path: Path) -> None:
    tools.play("fails")
    done = put(tmp_path / "one", tmp_path / "cache")
    assert done.returncode == 1
    assert "took more memory than there is" in done.stderr.splitlines()[-1]
