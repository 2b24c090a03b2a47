"""In a process of its own, which cannot be given back what it gives up. That a child ends with its parent is tried
where there are children: test_reading, test_model_child."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="niceness and limits are Unix words")

ROOT = Path(__file__).resolve().parents[2]


def run(code: str, folder: Path) -> str:
    whole = f"import os, resource, signal\nfrom gum_app.world.manners import be_modest\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", whole], capture_output=True, text=True, cwd=folder, env={"PYTHONPATH": str(ROOT)}
    )
    return done.stdout + done.stderr


def test_it_works_at_low_priority(tmp_path: Path) -> None:
    assert run("before = os.nice(0); be_modest(); print(os.nice(0) - before)", tmp_path) == "10\n"


def test_it_leaves_no_core_dump_for_that_would_hold_the_screen(tmp_path: Path) -> None:
    assert run("be_modest(); print(resource.getrlimit(resource.RLIMIT_CORE))", tmp_path) == "(0, 0)\n"


def test_it_can_write_no_file_unless_it_has_to(tmp_path: Path) -> None:
    write = "import pathlib; pathlib.Path('kept').write_text('words of the screen')"
    assert "File too large" in run(f"be_modest(); {write}", tmp_path)
    assert not (tmp_path / "kept").read_text()
    assert run(f"be_modest(writes_files=True); {write}", tmp_path) == ""
    assert (tmp_path / "kept").read_text()


def test_an_interruption_at_the_terminal_is_for_its_parent(tmp_path: Path) -> None:
    assert run("be_modest(); os.kill(os.getpid(), signal.SIGINT); print('goes on')", tmp_path) == "goes on\n"
