"""A silence and what it is the reason for are kept together or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from tests.builders import NOON, an_offer
from tests.store.life import believe, see


def test_what_is_forgotten_meanwhile_is_not_held_back(store: Store) -> None:
    router = believe(store, (see(store, "parcel router"), "parcel router"))
    kept = store.suggestion(store.add_offer(an_offer(because=(router,)), NOON))
    assert kept is not None
    store.forget(ForgetScope(proposition_id=router), at=NOON)
    with pytest.raises(ForgottenMeanwhile):
        store.keep_silent(replace(kept, silence="call"), NOON)
    assert store.silences(kept.id) == []
