"""A judgement is kept whole or not at all."""

from __future__ import annotations

import pytest

from gum_app.digest import Ground, Judgement
from gum_app.records import PropositionId
from gum_app.store.store import ForgottenMeanwhile, Store
from tests.builders import NOON
from tests.store.test_digesting import LATER, show


def test_a_judgement_that_names_what_is_gone_changes_nothing(store: Store) -> None:
    id_ = show(store)
    store.put_judgement(id_, LATER)
    gone = Ground(name="matter", weight=1.0, proposition=PropositionId(99))
    with pytest.raises(ForgottenMeanwhile):
        store.put_judgement(id_, Judgement(attention="now", probability=0.9, grounds=(gone,)))
    item = store.digest_item(id_)
    assert item is not None
    assert (item.judgement, item.at) == (LATER, NOON)
