"""A real encrypted file in a temporary folder, for writing and for reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gum.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, KEY, fold=fold)
    yield store
    store.close()


@pytest.fixture
def reading(store: Store, path: Path) -> Iterator[ReadingStore]:
    with ReadingStore(path, KEY) as reading:
        yield reading
