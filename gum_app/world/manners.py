"""How our child processes behave: at low priority, without traces, never longer than their parent."""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing import connection, parent_process

NICENESS = 10  # of 19: what a child computes waits for whatever the person is doing


def be_modest(*, writes_files: bool = False) -> None:
    """First thing in a child. Without `writes_files` it cannot write one any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the parent, which then ends the child
    if sys.platform != "win32":
        import resource

        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the screen
        if not writes_files:
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(0)
