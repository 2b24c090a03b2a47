"""What is at hand for finding something to offer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum_app.store.at_hand import Newest
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.life import believe, see

DAY = timedelta(days=1)


def test_the_surest_and_freshest_come_and_what_has_a_day_ahead_comes_first(store: Store, reading: ReadingStore) -> None:
    seen = see(store, "words")
    texts: dict[str, dict[str, Any]] = {
        "sure": {"confidence_raw": 0.9},
        "unsure": {"confidence_raw": 0.3},
        "ahead": {"confidence_raw": 0.2, "value": "2026-03-14 10:00"},
        "today": {"confidence_raw": 0.2, "value": "2026-03-10"},
        "past": {"confidence_raw": 0.25, "value": "2026-01-01"},
    }
    for text, more in texts.items():
        believe(store, (seen, "words"), text=text, topic=text, **more)
    found = [each.text for each in reading.beliefs_at_hand(NOON, most=2, most_ahead=5)]
    assert found[:2] == ["today", "ahead"]
    assert found[2:] == ["sure", "unsure"]
    later = [each.text for each in reading.beliefs_at_hand(NOON + 300 * DAY, most=2, most_ahead=5)]
    assert later == ["sure", "unsure"], "no day is ahead any more"
    assert all(each.evidence for each in reading.beliefs_at_hand(NOON, most=2))


def test_what_was_rejected_is_not_at_hand(store: Store) -> None:
    id_ = believe(store, (see(store, "words"), "words"), text="sure")
    belief = store.proposition(id_)
    assert belief is not None
    believe(store, proposition_id=id_, kind="rejected", made_by="person", why="no")
    assert store.beliefs_at_hand(NOON) == []


def test_that_something_is_new_is_told_at_once(store: Store) -> None:
    assert store.newest() == Newest(0, 0)
    assert store.first_seen_at() is None
    seen = see(store, "words")
    believe(store, (seen, "words"))
    see(store, "more", at=NOON + DAY)
    assert store.newest() == Newest(2, 1)
    assert store.first_seen_at() == NOON
