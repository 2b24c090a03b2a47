"""Hits of a search in a chosen order are ordered as the store orders the whole list."""

from __future__ import annotations

import pytest

from gum_app.paths import Home
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.ui.hit_order import KEYS, in_order
from tests.ui.life import KEY, NOW


@pytest.mark.parametrize("sort", sorted(KEYS))
def test_it_is_the_order_of_the_store(lived: Home, sort: str) -> None:
    with ReadingStore(lived.database, KEY) as store:
        whole = store.propositions(PropositionQuery(sort=sort), now=NOW)  # type: ignore[arg-type]
    assert len(whole) == 13
    assert [row.id for row in in_order(reversed(whole), sort, NOW)] == [row.id for row in whole]  # type: ignore[arg-type]
