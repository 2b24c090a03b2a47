from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.store.store import Store
from tests.daemon.watching import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "gum.db")
    yield store
    store.close()
