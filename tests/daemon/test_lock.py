"""One daemon per home, told by the system and not by a file that may be left behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gum_app.daemon.lock import HomeLock
from gum_app.errors import AlreadyRunning, HomeUnusable
from gum_app.paths import Home

HOLD = """
import sys
from pathlib import Path
from gum_app.daemon.lock import HomeLock
from gum_app.paths import Home
with HomeLock(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_is_refused_in_one_sentence(home: Home) -> None:
    with HomeLock(home), pytest.raises(AlreadyRunning, match="use that one, or choose another folder"), HomeLock(home):
        pass


def test_it_is_free_again_afterwards_and_for_another_home(home: Home) -> None:
    other = Home(home.root / "other")
    other.prepare()
    with HomeLock(home), HomeLock(other):
        pass
    with HomeLock(home):
        pass


def test_a_holder_that_is_killed_leaves_no_lock_behind(home: Home) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AlreadyRunning), HomeLock(home):
            pass
        holder.kill()
        holder.wait()
    with HomeLock(home):
        pass


def test_the_file_is_for_its_owner_only(home: Home) -> None:
    with HomeLock(home):
        assert home.lock_file.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_hold_it_is_told(home: Home) -> None:
    home.lock_file.mkdir()
    with pytest.raises(HomeUnusable, match="cannot be opened"), HomeLock(home):
        pass
