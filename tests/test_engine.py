"""llama.cpp on this computer: found, told, asked in a process of its own, removed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gum_app import engine
from gum_app.engine import VERSION, devices, find, need, path_of, remove, told
from gum_app.errors import EngineMissing
from gum_app.paths import Home
from tests.engines import an_engine
from tests.tiny_models import needs_engine


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where gum-app came without an engine."""
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if not (Path(folder) / engine.MODULE).exists()])


@pytest.mark.usefixtures("nothing_installed")
def test_where_there_is_none_it_is_told_how_to_get_one(home: Home) -> None:
    assert find(home) is None
    assert told(home).startswith("llama.cpp is not on this computer: build it")
    with pytest.raises(EngineMissing, match="gum-app engine build"):
        need(home)


def test_one_that_was_built_for_the_app_comes_first(home: Home) -> None:
    an_engine(home.engine, back_ends=("cpu", "cuda"))
    found = need(home)
    assert found.own
    assert found.back_ends == {"cpu", "cuda"}
    assert path_of(found) == home.engine
    assert told(home) == f"llama.cpp ({VERSION}, cpu and cuda) is built for gum-app, in {home.engine}."


@pytest.mark.usefixtures("nothing_installed")
def test_another_version_is_another_engine(home: Home) -> None:
    an_engine(home.engine, version="0.3.1")
    assert find(home) is None
    assert told(home).startswith(f"llama.cpp is here in version 0.3.1, but gum-app needs {VERSION}")


@pytest.mark.usefixtures("nothing_installed")
def test_half_a_folder_is_no_engine(home: Home) -> None:
    (home.engine / "llama_cpp").mkdir(parents=True)
    (home.engine / "llama_cpp" / "__init__.py").touch()
    assert find(home) is None


@needs_engine
def test_an_installed_one_is_found_and_needs_no_path(home: Home) -> None:
    found = need(home)
    assert not found.own
    assert "cpu" in found.back_ends
    assert path_of(found) is None
    assert "is installed with gum-app" in told(home)


@needs_engine
def test_it_says_what_it_can_compute_on(home: Home) -> None:
    processor = next(device for device in devices(need(home)) if device.kind == "cpu")
    assert processor.name == "CPU"
    assert processor.memory_mb > 500


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("raise OSError('libgomp.so.1: cannot open shared object file: No such file')", "apt-get install libgomp1"),
        ("raise OSError('libcudart.so.13: cannot open shared object file: No such file')", r"libcudart\.so\.13 is mi"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", r"crashes on this computer .*\(signal 4\)"),
        ("raise ImportError('odd')", "llama.cpp does not start"),
    ],
)
def test_one_that_does_not_start_is_told_in_a_sentence(home: Home, code: str, sentence: str) -> None:
    an_engine(home.engine, code=code)
    with pytest.raises(EngineMissing, match=sentence):
        devices(need(home))


def test_one_that_hangs_is_not_waited_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "START_SECONDS", 0.5)
    an_engine(home.engine, code="import threading; threading.Event().wait()")
    with pytest.raises(EngineMissing, match="did not start within"):
        devices(need(home))


def test_removing_takes_the_engine_and_what_builds_have_left(home: Home) -> None:
    an_engine(home.engine)
    (home.root / ".engine-1").mkdir()
    os.utime(home.root / ".engine-1", (0, 0))  # from before the process of that number began
    assert remove(home)
    assert not home.engine.exists()
    assert not (home.root / ".engine-1").exists()
    assert not remove(home)


def test_removing_takes_nothing_from_a_build_under_way(home: Home) -> None:
    work = home.root / f".engine-{os.getpid()}"
    work.mkdir()
    remove(home)
    assert work.exists()


def test_nothing_is_loaded_into_who_asks(home: Home) -> None:
    an_engine(home.engine)
    asking = (
        "import sys; from pathlib import Path; from gum_app.paths import Home; from gum_app import engine; "
        "engine.told(Home(Path(sys.argv[1]))); assert not {'llama_cpp', 'numpy', 'httpx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asking, str(home.root)], check=True, timeout=60)


def test_a_folder_of_that_name_that_is_no_engine_is_nobodys_to_remove(home: Home) -> None:
    (home.engine / "of a steam train").mkdir(parents=True)
    assert not remove(home)
    assert (home.engine / "of a steam train").exists()
