"""A window reads what the daemon wrote, page by page."""

from __future__ import annotations

from datetime import timedelta

from gum_app.digest import DigestId
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.test_digesting import show


def test_a_window_sees_what_others_showed(store: Store, reading: ReadingStore) -> None:
    tomorrow = NOON + timedelta(days=1)
    assert (
        reading.digest_items(since=NOON, until=tomorrow),
        reading.digest_item(DigestId(1)),
        reading.with_opinion(),
    ) == ([], None, [])
    ids = [show(store) for _ in range(3)]
    assert [item.id for item in reading.digest_items(since=NOON, until=tomorrow)] == ids[::-1]
    assert [item.id for item in reading.digest_items(since=NOON, until=tomorrow, limit=1, offset=1)] == [ids[1]]
    assert reading.count_digest(since=NOON, until=tomorrow) == 3
