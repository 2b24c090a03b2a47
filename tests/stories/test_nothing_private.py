"""The demo shows cards, codes, keys, passwords, private windows, a bank and a doctor. Nothing of that is kept anywhere;
and what the person forgets is nowhere either.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import gum_app
from gum_app.paths import Home
from gum_app.records import Observation
from gum_app.rules.norms import untold_title
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.store.pages import decrypted
from tests.stories.demo import truth
from tests.stories.processes import run

PRIVATE = [(entry["kind"], string) for entry in truth()["private"] for string in entry["strings"]]


def bare(text: str) -> str:
    """Letters and digits alone: a code in six boxes is read as six words."""
    return re.sub(r"[\W_]+", "", text).casefold()


@pytest.fixture(scope="module")
def cells(demo_home: Home) -> list[str]:
    """Everything the database holds as text, bare; the words of a reading in one piece."""
    return [bare(text) for text in texts_of(demo_home)]


def texts_of(home: Home) -> Iterator[str]:
    store = Store(home.database, keys.open_key(home), fold=fold)
    for table in store._database.all("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in store._database.all(f"SELECT * FROM {table['name']}"):
            for cell in row:
                if isinstance(cell, bytes) and table["name"] == "readings":
                    yield zlib.decompress(cell).decode()
                elif isinstance(cell, bytes):
                    yield cell.decode("latin-1")
                elif isinstance(cell, str):
                    yield cell
    for seen in store.observations(limit=100_000, with_lines=True):
        yield seen.text
    store.close()


@pytest.fixture(scope="module")
def files(demo_home: Home) -> dict[Path, str]:
    """Every file of the home as it lies on the disk, and the database decrypted page by page, free space included."""
    found = {path: path.read_bytes() for path in demo_home.root.rglob("*") if path.is_file()}
    found[Path("decrypted")] = decrypted(demo_home.database, keys.open_key(demo_home))
    return {path: bare(content.decode("latin-1")) for path, content in found.items()}


def test_what_is_not_private_is_kept(cells: list[str]) -> None:
    """Else the rest would prove nothing."""
    assert any("brightholmwharf" in cell for cell in cells)
    assert any("youaregoingtoludlow" in cell for cell in cells)


@pytest.mark.parametrize(("kind", "string"), PRIVATE)
def test_no_private_string_is_in_the_database(cells: list[str], kind: str, string: str) -> None:
    assert not any(bare(string) in cell for cell in cells)


@pytest.mark.parametrize(("kind", "string"), PRIVATE)
def test_no_private_string_is_in_any_file(files: dict[Path, str], kind: str, string: str) -> None:
    assert [path.name for path, content in files.items() if bare(string) in content] == []


def test_that_a_colleagues_pay_was_reviewed_is_kept_and_no_word_of_it(demo_home: Home) -> None:
    store = Store(demo_home.database, keys.open_key(demo_home), fold=fold)
    (review,) = [seen for seen in store.observations(limit=100_000) if seen.title == untold_title("pay")]
    assert review.active_seconds > 60
    assert {tally.matter for tally in store.tallies()} >= {"pay", "health", "credentials"}
    store.close()


# Forgetting


def rare_words(store: Store, seen: list[Observation]) -> set[str]:
    """Words that only these observations have, and that the app does not use itself when it speaks."""
    ids = {each.id for each in seen}
    others = [each for each in store.observations(limit=100_000, with_lines=True) if each.id not in ids]
    common = [f"{each.title}\n{each.url}\n{each.text}" for each in others]
    common += [path.read_text(encoding="utf-8") for path in Path(gum_app.__file__).parent.rglob("*.py")]
    known = "\n".join(common).casefold()
    words = {word for each in seen for word in re.findall(r"[^\W\d_]{6,}", each.text.casefold())}
    return {word for word in words if word not in known}


@pytest.mark.parametrize("scope", [("--app", "signal"), ("--day", "2026-04-23")], ids=str)
def test_what_is_forgotten_is_nowhere_any_more(demo_copy: Home, scope: tuple[str, str]) -> None:
    key = keys.open_key(demo_copy)
    store = Store(demo_copy.database, key, fold=fold)
    seen = [each for each in store.observations(limit=100_000, with_lines=True) if is_meant(each, scope)]
    words = rare_words(store, seen)
    before = decrypted(demo_copy.database, key).decode("latin-1").casefold()
    # Readings are packed; what was concluded and the index over it can be read plainly.
    in_plain_sight = {word for word in words if word in before}
    assert len(words) >= 5
    assert in_plain_sight
    store.close()

    assert run(demo_copy, "forget", *scope, "--yes").returncode == 0

    after = decrypted(demo_copy.database, key).decode("latin-1").casefold()
    assert {word for word in words if word in after} == set()
    everything = "\n".join(texts_of(demo_copy)).casefold()
    assert {word for word in words if word in everything} == set()
    for path in demo_copy.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("latin-1").casefold()
            assert {word for word in words if word in content} == set(), path.name
    assert "brightholm" in everything, "and no more than that is gone"


def is_meant(seen: Observation, scope: tuple[str, str]) -> bool:
    name, value = scope
    return seen.app == value if name == "--app" else seen.started_at.date() == datetime.fromisoformat(value).date()
