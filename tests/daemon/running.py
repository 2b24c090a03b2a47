"""A daemon in this process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from gum_app.daemon.daemon import Daemon
from tests.desktop import PATIENCE_SECONDS


@contextmanager
def running(daemon: Daemon) -> Iterator[Daemon]:
    """Runs in a thread of its own until the test is through with it. What it raised is raised here."""
    with ThreadPoolExecutor(1) as threads:
        done = threads.submit(daemon.run)
        try:
            yield daemon
        finally:
            daemon.room.quit()
        done.result(PATIENCE_SECONDS)
