"""A search tells why each hit is one, understands a time, and is joined by meaning when that is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery
from gum_app.store.meanings import Meaning, told
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.ui.asking import Answer
from gum_app.ui.searching import Meant, asked, found
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def store(lived: Home) -> Iterator[ReadingStore]:
    with ReadingStore(lived.database, KEY) as store:
        yield store


def test_each_hit_tells_why_it_is_one(store: ReadingStore) -> None:
    rows = found(store, PropositionQuery(search="soil report"), NOW)
    assert rows[0].why == "Says “soil” and “report”."
    assert all(row.why for row in rows)


def test_words_for_a_time_are_a_time(store: ReadingStore) -> None:
    query = asked(PropositionQuery(search="report last week"), NOW)
    assert (query.text, query.typing, query.strictly) == ("report", True, True)
    assert query.since is not None
    assert query.until is not None
    assert query.until - query.since == timedelta(days=7)


def test_where_a_time_is_chosen_the_words_are_words() -> None:
    query = asked(PropositionQuery(search="last week", since=NOW), NOW)
    assert (query.text, query.since) == ("last week", NOW)


def put_meanings(home: Home) -> Answer:
    """Whatever speaks of soil points one way, all else another; and a question that points to the soil."""
    with Store(home.database, KEY, fold=fold) as store:
        waiting = store.without_vector("tiny", limit=1000)
        chance = np.random.default_rng(1)
        rows = chance.normal(size=(len(waiting), 64)).astype(np.float32)
        for row, (_, text) in zip(rows, waiting, strict=True):
            row[:8] = 12.0 if "soil" in text else 0.0
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        store.put_vectors("tiny", waiting, rows)
    soil = np.zeros(64, np.float32)
    soil[:8] = 1 / np.sqrt(8)
    return told(Meaning(embedder="tiny", vector=soil))


def test_what_means_the_same_joins(lived: Home, store: ReadingStore) -> None:
    query = PropositionQuery(search="earth analysis")
    meant = put_meanings(lived)
    assert not any("soil" in row.text for row in found(store, query, NOW))
    (row, *_) = found(store, query, NOW, meant)
    assert "soil" in row.text
    assert row.why.endswith(("lose in meaning.", "says almost the same.", "Says almost the same."))
    assert found(store, query, NOW, {"embedder": "", "vector": "", "trouble": ""}) == found(store, query, NOW)


def test_only_the_newest_words_are_told_of(qtbot: QtBot, world: World) -> None:
    world.answering.meaning = {"embedder": "tiny", "vector": "AAAA", "trouble": ""}
    meant = Meant(world.asker)
    heard: list[Answer] = []
    meant.told.connect(heard.append)
    with qtbot.waitSignal(meant.told):
        meant.ask("earth")
        meant.ask("")
        meant.ask("earth analysis")
    qtbot.waitUntil(lambda: not world.asker._under_way)
    assert len(heard) == 1


def test_where_nothing_compares_by_meaning_nothing_is_told(qtbot: QtBot, world: World) -> None:
    meant = Meant(world.asker)
    with qtbot.assertNotEmitted(meant.told):
        meant.ask("earth")
        qtbot.waitUntil(lambda: not world.asker._under_way)
