"""Forgetting, over the real link and on a real database: told first, then gone."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gum_app.daemon.room import Room
from gum_app.records import ObservationId, PropositionId
from gum_app.store import forgetting
from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.test_answers import Ask, ask, belief, refusal, room, store, tea  # noqa: F401 - fixtures


def test_it_first_tells_what_would_go_and_then_lets_it_go(ask: Ask, room: Room, store: Store, tea: int) -> None:
    room.recorder = SimpleNamespace(forgotten=[])  # type: ignore[assignment]
    room.recorder.forget = lambda: room.recorder.forgotten.append(True)  # type: ignore[union-attr, method-assign]
    going = ask("forget", day="2026-03-10", preview=True)
    assert store.proposition(PropositionId(tea)) is not None
    assert room.recorder.forgotten == []  # type: ignore[union-attr]
    gone = ask("forget", day="2026-03-10")
    assert gone == going
    assert (gone["observations"], gone["propositions"]) == (1, 1)
    assert store.proposition(PropositionId(tea)) is None
    assert room.recorder.forgotten == [True], "what is being looked at now goes too"  # type: ignore[union-attr]


def test_where_a_reader_holds_up_the_last_wipe_the_recorder_drops_what_it_has_all_the_same(
    ask: Ask, room: Room, store: Store, tea: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[bool] = []
    room.recorder = SimpleNamespace(forget=lambda: dropped.append(True))  # type: ignore[assignment]
    monkeypatch.setattr(forgetting.forget, "__kwdefaults__", {"patience_seconds": 0.0})
    reader = room.open_store()
    with reader._database.snapshot():
        reader.settings()
        sentence = refusal(ask, "forget", all=True)
    reader.close()
    assert "deleted" in sentence
    assert dropped == [True]
    assert room.expire_due.is_set(), "and it is tried again"


@pytest.mark.parametrize(
    "scope",
    [
        {"last_minutes": 10},
        {"app": "FIREFOX"},
        {"day": "2026-03-10"},
        {"observations": [1]},
        {"since": NOON.isoformat(), "until": NOON.isoformat()},
        {"all": True},
    ],
    ids=str,
)
def test_each_scope_takes_what_was_seen_and_what_rested_on_it(
    ask: Ask, store: Store, tea: PropositionId, scope: dict[str, Any]
) -> None:
    ask("forget", **scope)
    assert store.observations() == []
    assert store.proposition(tea) is None


def test_a_proposition_goes_alone(ask: Ask, store: Store, tea: PropositionId) -> None:
    ask("forget", proposition=tea)
    assert store.proposition(tea) is None
    assert store.observation(ObservationId(1)) is not None
