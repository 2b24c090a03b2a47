"""What the person says is kept, tells what it changes, and closes what is closed by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gum_app.daemon.answering import give, ignore, offer_again, offer_no_more
from gum_app.errors import BadInput
from gum_app.store.store import Store
from gum_app.suggestions import Suggestion, SuggestionState
from tests.builders import NOON, an_offer
from tests.store.life import see


@pytest.fixture
def shown(store: Store) -> Suggestion:
    id_ = store.add_offer(an_offer(seen_in=(see(store, "van"),)), NOON)
    kept = store.suggestion(id_)
    assert kept is not None
    store.put_suggestion(replace(kept, state="shown", shown_at=NOON))
    return replace(kept, state="shown", shown_at=NOON)


def state(store: Store, kept: Suggestion) -> str:
    now_there = store.suggestion(kept.id)
    assert now_there is not None
    return now_there.state


def test_later_says_when_and_that_it_may_be_over_by_then(store: Store, shown: Suggestion) -> None:
    assert give(store, shown, "later", NOON, 60) == "It waits until 13:00."
    assert give(store, shown, "later", NOON, 24 * 60) == (
        f"It waits until {NOON + timedelta(days=1):%A} 12:00; it may be over by then."
    )


@pytest.mark.parametrize("of", ["taken", "expired", "withdrawn", "refused"])
def test_what_is_over_can_be_rated_and_not_answered(store: Store, shown: Suggestion, of: SuggestionState) -> None:
    over = replace(shown, state=of)
    store.put_suggestion(over)
    with pytest.raises(BadInput, match="is over"):
        give(store, over, "dismissed", NOON)
    assert give(store, over, "disliked", NOON).startswith("Fewer of these")
    give(store, over, "never", NOON)
    assert (state(store, over), store.settings().never_offered) == (of, ["deadline"])


def test_saying_nothing_is_an_answer_too(store: Store, shown: Suggestion) -> None:
    ignore(store, shown, NOON)
    assert state(store, shown) == "ignored"
    assert [each.answer for each in store.suggestion_answers()] == ["ignored"]
    give(store, replace(shown, state="ignored"), "dismissed", NOON)
    assert state(store, shown) == "dismissed", "there is still something to say about it"


def test_a_kind_is_offered_no_more_and_again(store: Store) -> None:
    for kind in ("break", "trouble", "break"):
        offer_no_more(store, kind)
    assert store.settings().never_offered == ["break", "trouble"]
    offer_again(store, "break")
    assert store.settings().never_offered == ["trouble"]
