"""The script that counts what would be judged: nothing of the future tells."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.watching import open_store
from tests.store.life import believe, see
from tests.store.test_digesting import show

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "measure_triage.py"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure_triage", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(store: Store) -> list[str]:
    return list(script().measure(store))


def test_who_corrects_it_for_a_month_is_understood_better_in_the_end() -> None:
    for seed in range(5):
        weeks = script().a_month(seed)
        assert weeks[-1] > weeks[0] and weeks[-1] > 0.8


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "gum.db")) as store:
        yield store


def test_what_was_believed_later_tells_nothing_of_before(store: Store) -> None:
    show(store, "Freya Nilsen\nlunch?")
    store.add_to_digest(at=NOON, urgency="normal", rule="locked")
    assert "2 notifications, 1 not read or not kept; of the others 0 now, 1 later. No truth is known." in lines(store)
    text = "Writes with Freya Nilsen (Signal)."
    more = {"topic": "person:freya", "proposition_kind": "relationship", "confidence_raw": 0.9}
    believe(store, (see(store, text), text), text=text, at=NOON + timedelta(hours=1), **more)
    assert "message, later: 1" in lines(store)
    believe(store, (see(store, text), text), text=text, at=NOON - timedelta(hours=1), **more)
    assert "message, now: 1" in lines(store)
