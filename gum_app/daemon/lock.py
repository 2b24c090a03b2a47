"""One daemon per home: a lock that the system releases when its holder dies, however it dies."""

from __future__ import annotations

import os
from io import TextIOWrapper

from gum_app.errors import AlreadyRunning, NotYet
from gum_app.paths import OWNER_ONLY_FILE, Home


class HomeLock:
    """A context manager. Raises AlreadyRunning when another process holds it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file: TextIOWrapper | None = None

    def __enter__(self) -> HomeLock:
        try:
            import fcntl
        except ImportError as error:
            raise NotYet("gum-app runs on Linux only for now.") from error
        handle = os.open(self._home.lock_file, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE)
        file = os.fdopen(handle, "w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise AlreadyRunning(
                f"gum-app is already running in {self._home.root}: use that one, or choose another folder with --home."
            ) from error
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        assert self._file is not None
        self._file.close()
