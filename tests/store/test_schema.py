"""What is declared and what the migrations make is the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gum_app.store.connect import Database
from gum_app.store.migrations import MIGRATIONS, migrate
from gum_app.store.schema import differences
from tests.store.conftest import KEY


@pytest.fixture
def database(path: object) -> Database:
    database = Database(path, KEY)  # type: ignore[arg-type]
    migrate(database, MIGRATIONS)
    return database


def test_the_migrations_make_what_is_declared(database: Database) -> None:
    assert differences(database) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE skips ADD COLUMN note TEXT", "column skips.note"),
        ("ALTER TABLE evidence DROP COLUMN weight", "column evidence.weight"),
        ("DROP INDEX evidence_by_revision", "index evidence_by_revision"),
        ("CREATE INDEX more ON skips (rule)", "index more"),
        ("DROP TABLE marks", "table marks"),
        ("CREATE TABLE more (name TEXT)", "table more"),
    ],
)
def test_every_difference_is_told(database: Database, change: str, told: str) -> None:
    database.run(change)
    assert any(sentence.startswith(told) for sentence in differences(database))


def test_the_app_runs_without_the_weight_of_the_declaration() -> None:
    code = "import sys, gum_app.store.store; print(sorted({'sqlmodel', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "importing SQLModel takes 40 MB and most of a second"
