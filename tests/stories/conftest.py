from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from gum_app.paths import Home
from tests.stories.demo import DEMO
from tests.stories.processes import a_home, command


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The demo, lived through once by a real process for all stories: do not change it, copy it."""
    home = a_home(tmp_path_factory.mktemp("demo") / "gum")
    person = tmp_path_factory.mktemp("person")
    done = subprocess.run(
        command(home, "replay", DEMO),
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
