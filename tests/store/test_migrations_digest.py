"""The step is one of those that are taken, and each statement stands by itself."""

from __future__ import annotations

from gum_app.store.migrations import MIGRATIONS
from gum_app.store.migrations_digest import WHAT_OTHERS_SHOWED


def test_the_step_is_taken() -> None:
    assert ("what others showed", WHAT_OTHERS_SHOWED) in MIGRATIONS
    assert all(statement.startswith("CREATE ") for statement in WHAT_OTHERS_SHOWED)
