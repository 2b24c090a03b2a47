"""Logs and crash reports that a person can show to a stranger.

The rule: words from the screen are never handed to a logger, not even at debug level; log counts, ids, kinds and
sentences of our own. No filter can hold that up, for none tells a title from a sentence; so test_logs_say_nothing.py
reads every log call. What is done here is the rest: an exception's message may quote the screen, so only that of a
GumError is written, and of every other its type and where it was raised.
"""

from __future__ import annotations

import copy
import errno
import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from gum_app import __version__
from gum_app.clock import SystemClock
from gum_app.errors import GumError
from gum_app.paths import OWNER_ONLY_FILE, Home

log = logging.getLogger(__name__)

LOG_BYTES, OLD_LOGS = 1_000_000, 2  # of each process
LAST_LINES = 200
CRASHES_KEPT = 20
LINE = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

OnCrash = Callable[[Path], None]


def set_up(home: Home, process: str, *, on_crash: OnCrash | None = None, to_stderr: bool = False) -> None:
    """Once in each process. `process` names its files, for two that share one would lose lines when it is rotated.

    `on_crash` gets the path of each crash report, on the thread that crashed. Libraries are heard from warnings on.
    """
    terminal = logging.StreamHandler()  # in a desktop session often a file: so it gets no more than the others
    terminal.setLevel(logging.INFO if to_stderr else logging.CRITICAL)
    handlers = [_File(home.logs / f"{process}.log"), _RING, terminal]
    for handler in handlers:
        handler.setFormatter(_Harmless(LINE))
    logging.basicConfig(handlers=handlers, level=logging.WARNING, force=True)
    logging.getLogger("gum_app").setLevel(logging.INFO)
    _watch_for_crashes(home, process, on_crash)


def last_lines() -> list[str]:
    """What was logged last in this process, oldest first."""
    return list(_RING.lines)


def crashes(home: Home) -> list[Path]:
    """The crash reports that are kept, newest first."""
    return sorted(home.crashes.glob("crash-*.txt"), reverse=True)


def report_crash(home: Home, process: str, error: BaseException, *, thread: str) -> Path:
    """Write down what happened; the oldest reports leave. Raises OSError."""
    at = SystemClock().now()
    lines = [
        f"gum-app {__version__}: {process} crashed in thread {thread}, {at.isoformat(timespec='seconds')}",
        f"Python {platform.python_version()}, {platform.platform()}",
        "",
        *harmless_traceback(error),
        "",
        "The last lines of the log:",
        *last_lines(),
    ]
    path = home.crashes / f"crash-{at:%Y%m%d-%H%M%S-%f}-{process}.txt"
    path.touch(OWNER_ONLY_FILE)
    path.write_text(_without_name("\n".join(lines)) + "\n", encoding="utf-8")
    for old in crashes(home)[CRASHES_KEPT:]:
        old.unlink(missing_ok=True)
    return path


def harmless(error: BaseException) -> str:
    """The exception in words that cannot quote the screen: its message only if it is ours."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, GumError):
        return f"{name}: {error}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}: {errno.errorcode.get(error.errno, error.errno)}"
    return name


def harmless_traceback(error: BaseException) -> list[str]:
    """Causes first, like Python's own; source lines, no values."""
    lines: list[str] = []
    for link in reversed(list(_chain(error))):
        lines += "".join(traceback.format_tb(link.__traceback__)).splitlines()
        lines += [harmless(link), ""]
    return lines[:-1]


def _without_name(words: str) -> str:
    """The person's home folder carries their name."""
    folder = str(Path.home())
    return words.replace(folder, "~") if len(folder) > 1 else words


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class _Harmless(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        if isinstance(record.args, tuple):
            record.args = tuple(harmless(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
        record.exc_text = None  # another handler may have formatted it in full
        return super().format(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "" if ei[1] is None else "\n".join(harmless_traceback(ei[1]))


class _File(RotatingFileHandler):
    """Readable by its owner only, from its first byte; not there before the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).touch(OWNER_ONLY_FILE)
        return super()._open()


class _Ring(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=LAST_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


_RING = _Ring()


def _leave_no_core() -> None:
    """A core dump would hold the database key and the words of the screen, where other programs collect them."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _watch_for_crashes(home: Home, process: str, on_crash: OnCrash | None) -> None:
    """Instead of Python's own hooks, which print the message of every exception."""

    def crashed(error: BaseException | None, thread: str) -> None:
        if error is None or isinstance(error, (KeyboardInterrupt, SystemExit)):
            return
        try:
            path = report_crash(home, process, error, thread=thread)
        except OSError as trouble:
            log.critical("crashed in thread %s, and no report could be written: %s", thread, trouble, exc_info=error)
            return
        log.critical("crashed in thread %s, the report is %s", thread, path.name, exc_info=error)
        if on_crash is not None:
            on_crash(path)

    def in_a_thread(args: threading.ExceptHookArgs) -> None:
        crashed(args.exc_value, args.thread.name if args.thread else "unknown")

    sys.excepthook = lambda _kind, error, _trace: crashed(error, threading.current_thread().name)
    threading.excepthook = in_a_thread
    sys.unraisablehook = lambda args: crashed(args.exc_value, threading.current_thread().name)
    _leave_no_core()
    # A crash in native code leaves the Python lines it came from; without values, like ours.
    faults = os.open(home.logs / f"{process}.faults", os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_ONLY_FILE)
    faulthandler.enable(faults)
