"""A batch of what is brought in is kept together or not at all."""

from __future__ import annotations

import pytest

from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.test_imports import a_thing


def test_a_batch_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        id_ = store.begin_import("calendar", "work.ics", NOON)
        store.add_imported(id_, a_thing(), NOON)
        raise ZeroDivisionError
    assert (store.imports(), store.observations(), store.known_imported(["one"])) == ([], [], {})


def test_who_reads_sees_it_at_once(store: Store) -> None:
    id_ = store.begin_import("gum", "gum.db", NOON)
    store.add_imported(id_, a_thing(), NOON)
    assert [(one.kind, one.kept) for one in store.imports()] == [("gum", 1)]
