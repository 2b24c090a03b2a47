"""What `schema` compares includes the tables of help."""

from __future__ import annotations

from sqlmodel import SQLModel

from gum_app.store import schema_help


def test_all_of_it_is_declared() -> None:
    names = {each.__tablename__ for each in schema_help.DECLARED}
    assert names == {name for name in SQLModel.metadata.tables if name.startswith(("suggestion", "silence", "rem"))}
