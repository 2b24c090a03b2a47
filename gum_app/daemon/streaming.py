"""An answer piece by piece, for who waits for it on the link and may leave or say stop at any time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import suppress

BEAT_SECONDS = 0.2  # between two words to who waits, and may say stop

Heard = Callable[[str], None]


def pieces(
    ask: Callable[[threading.Event, Heard], object], *, name: str, stop: threading.Event | None = None
) -> Generator[str, None, None]:
    """What `ask(stop, heard)` hears, as it comes; "" where nothing has come for a while, so that a leaving is noticed.

    `stop` may be set from elsewhere too. Closed early, `ask` is told to stop and waited for. What it raises is raised
    here.
    """
    came: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    stop = stop or threading.Event()

    def run() -> None:
        try:
            ask(stop, came.put)
            came.put(None)
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            came.put(error)

    asking = threading.Thread(target=run, name=name)
    asking.start()
    try:
        while (piece := _next(came)) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        stop.set()
        asking.join()


def _next(came: queue.SimpleQueue[str | Exception | None]) -> str | Exception | None:
    """Empty where nothing has come for a while."""
    with suppress(queue.Empty):
        return came.get(timeout=BEAT_SECONDS)
    return ""
