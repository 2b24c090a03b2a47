"""Keeps what was found, by rules or by a model, where it is new and still rests on what it was made of."""

from __future__ import annotations

from collections.abc import Iterable

from gum_app.pipeline.suggest import Known
from gum_app.rules.novelty import worth_keeping
from gum_app.store.store import ForgottenMeanwhile, Store
from gum_app.suggestions import Offer, SuggestionId


def keep_offers(store: Store, offers: Iterable[Offer], known: Known) -> list[SuggestionId]:
    """Those that are new, and rest on what is still as it was looked at. Within a transaction, with the pen."""
    kept: list[SuggestionId] = []
    offered = list(known.offered)
    for offer in offers:
        if not worth_keeping(offer, offered, known.now) or not _rests_on_the_same(store, offer, known):
            continue
        try:
            id_ = store.add_offer(offer, known.now)
        except ForgottenMeanwhile:
            continue
        kept.append(id_)
        found = store.suggestion(id_)
        offered += [found] if found is not None else []
    return kept


def _rests_on_the_same(store: Store, offer: Offer, known: Known) -> bool:
    """Something may have been forgotten, untold or reworded while it was thought about."""
    seen = {each.id: each for each in known.lately}
    for id_ in offer.seen_in:
        now_there = store.observation(id_)
        if now_there is None or id_ not in seen or now_there.title != seen[id_].title:
            return False
        if len(now_there.lines) < len(seen[id_].lines):
            return False
    texts = {each.id: each.text for each in known.beliefs}
    for belief_id in offer.because:
        belief = store.proposition(belief_id)
        if belief is None or belief.text != texts.get(belief_id):
            return False
    return True
