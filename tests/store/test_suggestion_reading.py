"""A window reads what the daemon wrote."""

from __future__ import annotations

from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.suggestions import SuggestionId
from tests.builders import NOON, an_offer
from tests.store.life import believe, see


def test_a_window_sees_what_is_offered(store: Store, reading: ReadingStore) -> None:
    assert (reading.suggestions(), reading.suggestion(SuggestionId(1)), reading.reminders()) == ([], None, [])
    router = believe(store, (see(store, "parcel router"), "parcel router"))
    id_ = store.add_offer(an_offer(because=(router,)), NOON)
    assert [each.id for each in reading.suggestions({"waiting"})] == [id_]
    assert (reading.suggestion_answers(), reading.silences(id_), reading.deed(id_)) == ([], [], None)
