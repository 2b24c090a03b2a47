"""Kill any process at any instant: nothing accepted is lost, nothing counts twice, the database opens.

    uv run pytest tests/stories/test_kills.py --slow      fifty kills instead of five

A real process replays an hour of the demo, is killed at random instants and started again until it is through; what its
home knows then is what an undisturbed run knows. Then again, in another home, until there were kills enough.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.stories.demo import an_hour_of_it
from tests.stories.lives import Life, life_of
from tests.stories.processes import a_home, command, run

EARLIEST, LATEST = 0.3, 0.9  # of what an undisturbed run computes, of which the start is about a third


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that is not looked at, two monitors, a chat beside the front window, a notification with a code."""
    folder = tmp_path_factory.mktemp("recording") / "hour"
    return an_hour_of_it(folder, "2026-04-23T13:13:00", "2026-04-23T14:07:00")


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    store = Store(home.database, keys.open_key(home), fold=fold)
    yield store
    store.close()


@dataclass(frozen=True)
class Run:
    life: Life
    seconds: float  # that it computed


@pytest.fixture(scope="module")
def undisturbed(hour: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = a_home(tmp_path_factory.mktemp("undisturbed"))
    before = os.times()
    assert run(home, "replay", hour).returncode == 0
    after = os.times()
    with opened(home) as store:
        life = life_of(store)
    assert all((life.seen, life.noticed, life.believed, life.skipped))
    took = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(life, took)


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_a_replay_that_is_killed_again_and_again_ends_like_one_that_was_not(
    hour: Path, undisturbed: Run, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(kills)
    killed, within = 0, 0
    for number in range(kills):
        home = a_home(tmp_path / f"gum {number}")
        before = 0
        while not lives_through(home, hour, chance.uniform(EARLIEST, LATEST) * undisturbed.seconds):
            killed += 1
            within += position(home) > before
            before = position(home)
        with opened(home) as store:
            assert life_of(store) == undisturbed.life
            assert store.integrity() == []
        if killed >= kills:
            break
    print(f"{killed} kills, {within} of them within the recording")
    assert within >= kills / 4, f"of {killed} kills only {within} came after something had been lived through"


def lives_through(home: Home, hour: Path, limit_seconds: float) -> bool:
    """False: it was killed before the end, when it had computed for so long.

    By the clock, a busy computer would have it killed while it starts, again and again.
    """
    pause = threading.Event()
    with subprocess.Popen(command(home, "replay", hour), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None:
            if computed_seconds(process.pid) >= limit_seconds:
                process.kill()
                return False
            pause.wait(0.01)
        _, complaint = process.communicate()
    assert process.returncode == 0, complaint
    return True


def computed_seconds(pid: int) -> float:
    """With its children, the living and the dead. It has not been waited for, so it is there."""
    process = psutil.Process(pid)
    total = float(sum(process.cpu_times()[:4]))
    for child in process.children():
        with suppress(psutil.NoSuchProcess):
            total += sum(child.cpu_times()[:2])
    return total


def position(home: Home) -> int:
    """How many events have been lived through. Opening the database finishes what the kill cut off."""
    if not home.database.exists():
        return 0
    with opened(home) as store:
        assert store.integrity() == []
        return store.position()
