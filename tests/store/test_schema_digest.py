"""What `schema` compares includes the tables of the digest."""

from __future__ import annotations

from sqlmodel import SQLModel

from gum_app.store import schema, schema_digest


def test_all_of_it_is_declared() -> None:
    names = {each.__tablename__ for each in schema_digest.DECLARED}
    assert names == {name for name in SQLModel.metadata.tables if name.startswith("digest")}
    assert set(schema_digest.DECLARED) <= set(schema.DECLARED)
