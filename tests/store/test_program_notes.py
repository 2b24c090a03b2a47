"""A disclosure and what it names are kept together or not at all."""

from __future__ import annotations

import pytest

from gum_app.records import Disclosure, Grant, PropositionId
from gum_app.store.connect import Database
from gum_app.store.store import Store
from tests.builders import NOON


def test_a_disclosure_of_something_forgotten_is_not_kept_in_part(store: Store) -> None:
    gone = Disclosure(client="claude", at=NOON, verb="context", propositions=(PropositionId(7),))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.add_disclosure(gone)
    assert store.disclosures() == []


def test_a_change_is_seen_by_who_reads(store: Store) -> None:
    assert isinstance(store._database, Database)
    before = store.grants()
    store.put_grant(Grant(client="claude", asked_at=NOON))
    assert (before, [grant.client for grant in store.grants()]) == ([], ["claude"])
