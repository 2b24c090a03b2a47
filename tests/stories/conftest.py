from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import psutil
import pytest

from gum_app.paths import Home
from gum_app.world import keys
from tests.stories.asked import Ask, a_daemon, asking
from tests.stories.demo import DEMO
from tests.stories.processes import a_home, command
from tests.world.nonsense import without_end


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The demo, lived through once by a real process for all stories: do not change it, copy it."""
    home = a_home(tmp_path_factory.mktemp("demo") / "gum")
    person = tmp_path_factory.mktemp("person")
    done = subprocess.run(
        command(home, "replay", DEMO, "--from-the-first-hour"),  # what is offered is measured
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HOME": str(person), "XDG_CONFIG_HOME": str(person)},
    )
    assert done.returncode == 0, done.stderr
    yield home


@pytest.fixture
def demo_copy(demo_home: Home, tmp_path: Path) -> Home:
    return Home(copytree(demo_home.root, tmp_path / "demo"))


# A daemon for all that goes wrong with a model while somebody asks for it


@pytest.fixture(scope="session")
def asked_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = a_home(tmp_path_factory.mktemp("faults") / "home")
    keys.make_key(home, "file")
    return home


@pytest.fixture(scope="session")
def daemon(asked_home: Home) -> Iterator[psutil.Process]:
    with a_daemon(asked_home) as (process, _shown):
        yield process


@pytest.fixture
def ask(asked_home: Home, daemon: psutil.Process) -> Iterator[Ask]:
    """After each test the daemon is the same one, and answers."""
    with asking(asked_home) as ask:
        yield ask
        assert daemon.is_running()
        assert ask("status")["version"]
        ask("model_choose", model="")


@pytest.fixture(scope="session")
def endless(tmp_path_factory: pytest.TempPathFactory, tiny: Path) -> Path:
    """The weights of a model that comes to no end by itself; it sees with the projector of llava."""
    return without_end(tiny / "llava.gguf", tmp_path_factory.mktemp("endless") / "endless.gguf")
