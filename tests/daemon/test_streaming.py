"""An answer as it comes, for who may leave."""

from __future__ import annotations

import threading

import pytest

from gum_app.daemon.streaming import Heard, pieces
from gum_app.errors import ModelDied


def test_the_pieces_come_in_order() -> None:
    def ask(_stop: threading.Event, heard: Heard) -> None:
        heard("Te")
        heard("a.")

    assert "".join(pieces(ask, name="t")) == "Tea."


def test_what_is_raised_there_is_raised_here() -> None:
    def ask(_stop: threading.Event, heard: Heard) -> None:
        heard("Te")
        raise ModelDied("It died.")

    with pytest.raises(ModelDied):
        list(pieces(ask, name="t"))


def test_silence_is_told_and_who_leaves_stops_it() -> None:
    stopped = threading.Event()

    def ask(stop: threading.Event, _heard: Heard) -> None:
        assert stop.wait(60)
        stopped.set()

    coming = pieces(ask, name="t")
    assert next(coming) == ""
    coming.close()
    assert stopped.is_set()
