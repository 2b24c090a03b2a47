"""Every table is STRICT, and an id that is counted is never given twice."""

from __future__ import annotations

from gum_app.store.columns import counted, made_of


def test_tables_are_strict_and_ids_are_not_given_twice() -> None:
    assert made_of("an index") == ("an index", {"sqlite_strict": True})
    assert counted("an index") == ("an index", {"sqlite_strict": True, "sqlite_autoincrement": True})
