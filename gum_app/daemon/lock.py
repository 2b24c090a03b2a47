"""One daemon per home: a lock that the system releases when its holder dies, however it dies."""

from __future__ import annotations

import os
from io import TextIOWrapper

from gum_app.errors import AlreadyRunning, HomeUnusable, NotYet
from gum_app.paths import OWNER_ONLY_FILE, Home


class HomeLock:
    """A context manager. Raises AlreadyRunning when another process holds it, HomeUnusable, NotYet."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file: TextIOWrapper | None = None

    def __enter__(self) -> HomeLock:
        try:
            import fcntl
        except ImportError as error:
            raise NotYet("gum-app runs on Linux only for now.") from error
        try:
            file = os.fdopen(os.open(self._home.lock_file, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE), "w")
        except OSError as error:
            raise HomeUnusable(
                f"{self._home.lock_file} cannot be opened ({error.strerror}): see that it is yours."
            ) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise self._refused(error) from error
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        assert self._file is not None
        self._file.close()

    def _refused(self, error: OSError) -> AlreadyRunning | HomeUnusable:
        if isinstance(error, BlockingIOError):
            return AlreadyRunning(
                f"gum-app is already running in {self._home.root}: use that one, or choose another folder with --home."
            )
        return HomeUnusable(
            f"{self._home.root} cannot be kept for one program ({error.strerror}): choose a folder on a local disk."
        )
