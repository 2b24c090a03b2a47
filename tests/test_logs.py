"""Most of it in a process of its own: the hooks and the root logger belong to the whole process."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gum_app import logs
from gum_app.errors import BadInput
from gum_app.paths import Home

SCREEN = "Dear Anna, your biopsy"  # what no file may contain


def run(home: Home, script: str) -> subprocess.CompletedProcess[str]:
    start = f"""
import logging, sys, threading
from pathlib import Path
from gum_app import logs
from gum_app.errors import BadInput, ScreenLost
from gum_app.paths import Home
home = Home(Path({str(home.root)!r}))
log = logging.getLogger("gum_app.some.module")
screen = {" ".join(reversed(SCREEN.split(" ")))!r}
screen = " ".join(reversed(screen.split(" ")))
"""
    done = subprocess.run(
        [sys.executable, "-c", start + script], capture_output=True, text=True, timeout=60, check=False
    )
    assert SCREEN not in done.stdout + done.stderr
    for path in home.root.rglob("*"):
        assert path.is_dir() or SCREEN not in path.read_text(encoding="utf-8"), path
    return done


def log_of(home: Home, process: str = "daemon") -> str:
    return (home.logs / f"{process}.log").read_text(encoding="utf-8")


def the_crash(home: Home) -> str:
    (path,) = logs.crashes(home)
    return path.read_text(encoding="utf-8")


def test_log_files_and_reports_are_for_their_owner_only(home: Home) -> None:
    run(home, "logs.set_up(home, 'daemon'); log.warning('hello'); raise ValueError")
    written = [path for folder in (home.logs, home.crashes) for path in folder.iterdir()]
    assert len(written) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_our_own_lines_are_logged_from_info_on_and_libraries_from_warning_on(home: Home) -> None:
    run(
        home,
        """
logs.set_up(home, "daemon")
log.info("ours")
log.debug("ours, in detail")
logging.getLogger("library").info("theirs")
logging.getLogger("library").warning("their warning")
""",
    )
    assert [line.split(": ", 1)[1] for line in log_of(home).splitlines()] == ["ours", "their warning"]


def test_a_quiet_process_writes_nothing(home: Home) -> None:
    run(home, "logs.set_up(home, 'daemon')")
    assert [path.stat().st_size for path in home.logs.iterdir()] == [0], "only the empty file for native crashes"


def test_a_log_that_grows_is_rotated_and_bounded(home: Home) -> None:
    run(home, "logs.LOG_BYTES = 1000\nlogs.set_up(home, 'daemon')\nfor i in range(200): log.info('line %d', i)")
    files = {path.name for path in home.logs.glob("*.log*")}
    assert files == {"daemon.log", "daemon.log.1", "daemon.log.2"}
    assert all(path.stat().st_size <= 1000 for path in home.logs.iterdir())
    assert stat.S_IMODE((home.logs / "daemon.log").stat().st_mode) == 0o600


def test_a_crash_report_says_where_and_not_what(home: Home) -> None:
    done = run(
        home,
        """
logs.set_up(home, "daemon")
log.info("the line before")
def read(words):
    try:
        int(words)
    except ValueError as error:
        raise KeyError(words) from error
read(screen)
""",
    )
    assert done.returncode == 1
    report = the_crash(home)
    assert "gum-app 0.1.0: daemon crashed in thread MainThread" in report
    assert "in read" in report
    assert "ValueError" in report
    assert "KeyError" in report
    assert "the line before" in report
    assert "KeyError" in done.stderr
    assert "the report is crash-" in log_of(home)


def test_a_crash_in_a_thread_is_reported_and_its_path_handed_on(home: Home) -> None:
    done = run(
        home,
        """
logs.set_up(home, "daemon", on_crash=lambda path: print(path.name))
def fail(): raise RuntimeError(screen)
thread = threading.Thread(target=fail, name="thinker")
thread.start()
thread.join()
""",
    )
    assert done.returncode == 0
    assert done.stdout.strip() == logs.crashes(home)[0].name
    assert "crashed in thread thinker" in the_crash(home)


def test_what_python_would_only_mention_is_reported_too(home: Home) -> None:
    run(
        home,
        """
logs.set_up(home, "daemon")
class Careless:
    def __del__(self): raise RuntimeError(screen)
careless = Careless()
del careless
""",
    )
    assert "RuntimeError" in the_crash(home)


def test_the_person_pressing_control_c_is_no_crash(home: Home) -> None:
    done = run(home, "logs.set_up(home, 'daemon'); raise KeyboardInterrupt")
    assert logs.crashes(home) == []
    assert done.stderr == ""


def test_a_crash_of_native_code_leaves_the_lines_it_came_from(home: Home) -> None:
    run(home, "logs.set_up(home, 'daemon')\nimport ctypes\ndef fall(): ctypes.string_at(0)\nfall()")
    assert "in fall" in (home.logs / "daemon.faults").read_text(encoding="utf-8")


def test_a_crash_of_native_code_leaves_no_picture_of_the_memory(home: Home) -> None:
    done = run(home, "logs.set_up(home, 'daemon'); import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])")
    assert done.stdout.strip() == "0"


def test_where_no_report_can_be_written_the_log_says_so(home: Home) -> None:
    home.crashes.rmdir()
    run(home, "logs.set_up(home, 'daemon'); raise ValueError(screen)")
    assert "no report could be written: FileNotFoundError: ENOENT" in log_of(home)


def test_exceptions_in_a_log_call_lose_their_message_unless_it_is_ours(home: Home) -> None:
    run(
        home,
        """
logs.set_up(home, "daemon")
log.warning("first: %s", ValueError(screen))
log.warning("second: %r", BadInput("Type a number."))
try:
    raise ScreenLost("The display is gone.") from ValueError(screen)
except ScreenLost:
    log.exception("third")
""",
    )
    written = log_of(home)
    assert "first: ValueError\n" in written
    assert "Type a number." in written
    assert "gum_app.errors.ScreenLost: The display is gone." in written


def test_asked_for_the_lines_are_shown_on_the_terminal(home: Home) -> None:
    assert "hello" in run(home, "logs.set_up(home, 'daemon', to_stderr=True); log.info('hello')").stderr
    assert run(home, "logs.set_up(home, 'daemon'); log.info('hello')").stderr == ""


def test_only_the_newest_reports_are_kept(home: Home) -> None:
    paths = [logs.report_crash(home, "tray", ValueError(), thread="MainThread") for _ in range(logs.CRASHES_KEPT + 3)]
    assert logs.crashes(home) == paths[:2:-1]


def test_a_report_does_not_carry_the_name_of_the_person(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(Path(__file__).parent))
    try:
        raise ValueError
    except ValueError as error:
        report = logs.report_crash(home, "tray", error, thread="MainThread").read_text(encoding="utf-8")
    assert f'File "~{os.sep}test_logs.py"' in report
    assert str(Path(__file__).parent) not in report


def test_an_error_of_the_machine_keeps_its_number_but_not_its_path() -> None:
    assert logs.harmless(FileNotFoundError(2, "No such file", "/home/anna/letter.odt")) == "FileNotFoundError: ENOENT"
    assert logs.harmless(OSError("words")) == "OSError"
    assert logs.harmless(BadInput("Type a number.")) == "gum_app.errors.BadInput: Type a number."


def test_a_circle_of_causes_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert [line for line in logs.harmless_traceback(one) if line] == ["KeyError", "ValueError"]


def test_the_last_lines_are_kept_in_memory_and_bounded() -> None:
    for number in range(logs.LAST_LINES + 5):
        logs._RING.handle(logging.LogRecord("x", logging.INFO, "", 0, "line %d", (number,), None))
    assert len(logs.last_lines()) == logs.LAST_LINES
    assert logs.last_lines()[-1].endswith(f"line {logs.LAST_LINES + 4}")
    logs._RING.lines.clear()
