"""What the page reads from a real store."""

from __future__ import annotations

from datetime import timedelta

from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.suggestion_lookup import look_up_inbox
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW
from tests.ui.offers import PLAYGROUND, REPORT, offer_help


def test_what_is_open_what_is_over_and_what_was_learned(world: World) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        assert look_up_inbox(store, NOW).open == ()
        offer_help(store)
        inbox = look_up_inbox(store, NOW)
        assert [each.suggestion.offer for each in inbox.open] == [REPORT, PLAYGROUND]
        assert [len(each.because) for each in inbox.open] == [2, 1]
        assert [each.stands for each in inbox.earlier] == [True, False, False]
        assert dict(inbox.silent_today) == {"call": 1, "typing": 1, "one at a time": 1}
        assert [reminder.text for reminder in inbox.reminders] == ["Call Noa about the garden"]
        assert {each.kind: (each.offered, each.taken) for each in inbox.learned} == {"trouble": (3, 1), "break": (2, 0)}


def test_the_first_day_ends(world: World) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        store.put_setting("consented_at", (NOW - timedelta(hours=3)).isoformat())
        assert look_up_inbox(store, NOW).only_watches_until == NOW + timedelta(hours=21)
        assert look_up_inbox(store, NOW + timedelta(hours=21)).only_watches_until is None


def test_what_rests_on_something_forgotten_is_gone(world: World) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        offer_help(store)
        store.forget(ForgetScope(proposition_id=PLAYGROUND.because[0]), at=NOW)
        assert [each.suggestion.offer for each in look_up_inbox(store, NOW).open] == [REPORT]
