"""What was found is kept once; what it was made of while it was thought about is asked of the store again.

That nothing is kept of what was changed meanwhile, `test_suggester` shows of each change.
"""

from __future__ import annotations

from gum_app.daemon.offers_kept import keep_offers
from gum_app.pipeline.suggest import Known
from gum_app.records import ObservationId, Person
from gum_app.store.store import Store
from gum_app.suggestions import Moment, Offer
from tests.builders import NOON, an_offer
from tests.store.life import see


def keep(store: Store, *offers: Offer) -> int:
    lately = tuple(store.observations(with_lines=True))
    offered = tuple(store.suggestions())
    known = Known(now=NOON, person=Person(), lately=lately, moment=Moment(at=NOON), offered=offered)
    with store.transaction():
        return len(keep_offers(store, offers, known))


def test_the_same_is_kept_once_in_one_round_and_in_the_next(store: Store) -> None:
    seen = see(store, "the van is red")
    found = an_offer(seen_in=(seen,))
    assert keep(store, found, found) == 1
    assert keep(store, found) == 0
    assert len(store.suggestions()) == 1


def test_what_rests_on_nothing_that_was_looked_at_is_not_kept(store: Store) -> None:
    assert keep(store, an_offer(seen_in=(ObservationId(99),))) == 0
