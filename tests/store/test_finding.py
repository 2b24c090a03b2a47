"""The measure is the formula's, a broad word does not drown a rare one, and pages join."""

from __future__ import annotations

import math
import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum_app.records import KINDS
from gum_app.store import finding
from gum_app.store.finding import Found, Words
from gum_app.store.listing import PropositionQuery
from gum_app.store.search import asked
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import see

NOW = NOON + timedelta(days=30)
WORDS = ("parcel", "router", "garden", "letter", "tea")


@pytest.fixture
def many(store: Store) -> Store:
    chance = random.Random(7)
    seen = see(store, "quote")
    with store.transaction():
        for number in range(60):
            text = " ".join(["common", *chance.choices(WORDS, k=chance.randint(1, 8)), f"number{number}"])
            at = NOON + timedelta(days=chance.randint(0, 20))
            store.add_revisions(
                [
                    a_revision(
                        text=text,
                        topic=text,
                        at=at,
                        evidence=(some_evidence("quote", observation_id=seen, at=at),),
                        half_life_days=chance.choice((0.5, 5.0, 50.0)),
                        confidence_raw=chance.random(),
                        proposition_kind=KINDS[number % 3],
                    )
                ]
            )
    return store


def search(store: Store, text: str, *, limit: int = 1000, offset: int = 0, **filters: object) -> list[str]:
    query = PropositionQuery(search=text, **filters)  # type: ignore[arg-type]
    return [row.text for row in store.propositions(query, now=NOW, limit=limit, offset=offset)]


def found(store: Store, text: str, *, strictly: bool = True, most: int = 200, condition: str = "TRUE") -> list[Found]:
    return Words(store._database, asked(text)).best(condition, {}, strictly=strictly, most=most)


def numbers(store: Store, hits: list[Found]) -> list[int]:
    rows = {row["id"]: row["text"] for row in store._database.all("SELECT id, text FROM propositions")}
    return [int(rows[hit.id].split()[-1].removeprefix("number")) for hit in hits]


@pytest.mark.parametrize("broad", [5, 5000])
def test_pages_of_many_hits_join_without_gap_or_repeat(
    many: Store, monkeypatch: pytest.MonkeyPatch, broad: int
) -> None:
    monkeypatch.setattr(finding, "BROAD", broad)
    choices: tuple[dict[str, Any], ...] = ({}, {"kinds": frozenset({"task"})})
    for filters in choices:
        query = PropositionQuery(search="common ", **filters)
        pages = [search(many, "common ", limit=7, offset=start, **filters) for start in range(0, 70, 7)]
        texts = [text for page in pages for text in page]
        assert len(texts) == len(set(texts)) == many.count_propositions(query) == (20 if filters else 60)
        assert texts == search(many, "common ", **filters)


def test_the_measure_is_what_the_formula_says(store: Store) -> None:
    see_it = see(store, "quote")
    store.add_revisions([a_revision(text="alpha", topic="1"), a_revision(text="beta beta", topic="2")])
    store.add_revisions(
        [a_revision(text="gamma", topic="3", evidence=(some_evidence("alpha quote", observation_id=see_it),))]
    )
    first, second = found(store, "alpha zanzibar")
    average = (1 + 2 + 3) / 3
    weights = [math.log(1 + (3 - hits + 0.5) / (hits + 0.5)) for hits in (2, 0)]
    for hit, often, length in ((first, 2.0, 1), (second, 1.0, 3)):
        reached = weights[0] * often / (often + 1.2 * (0.25 + 0.75 * length / average))
        assert hit.share == pytest.approx(reached / sum(weights))
    assert (first.by_text, second.by_text) == (True, False)
    assert first.said == second.said == ("alpha",)


def test_a_word_that_most_rows_have_still_counts(many: Store) -> None:
    assert all(hit.share > 0 for hit in found(many, "common"))
    assert numbers(many, found(many, "common number7"))[0] == 7


def test_a_broad_word_does_not_drown_a_rare_one(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BROAD", 20)
    assert numbers(many, found(many, "common number7")) == [7]
    assert "common" in found(many, "common number7")[0].said, "it counts for what a rarer word has found"
    assert len(found(many, "common")) == 60, "alone it is searched for"


def test_of_very_many_hits_the_newest_are_looked_at(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BROAD", 20)
    monkeypatch.setattr(finding, "CLOSELY", 10)
    assert set(numbers(many, found(many, "common", most=10))) == set(range(50, 60))


def test_how_many_have_a_broad_word_is_told_well_enough(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    exactly = {hit.id: hit.share for hit in found(many, "common number7")}
    monkeypatch.setattr(finding, "BROAD", 20)
    (hit,) = found(many, "common number7")
    assert hit.share == pytest.approx(exactly[hit.id], rel=0.05)


def test_where_filters_let_few_pass_more_are_looked_through(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CHOSEN", 5)
    monkeypatch.setattr(finding, "CLOSELY", 5)
    last = "id = (SELECT max(id) FROM propositions)"
    assert numbers(many, found(many, "common", most=5, condition=last)) == [59]


def test_words_that_tell_nothing_fill_up_only_where_anything_will_do(many: Store) -> None:
    many.add_revisions([a_revision(text="the one about number60", topic="the")])
    assert numbers(many, found(many, "the number7")) == [7]
    assert numbers(many, found(many, "the number7", strictly=False)) == [7, 60]
    assert numbers(many, found(many, "about the")) == [60], "where nothing else is asked they are looked for"


def test_nothing_fits(many: Store) -> None:
    assert found(many, "zanzibar") == found(many, "") == []
    assert search(many, "zanzibar ") == []


def test_in_an_empty_store_nothing_is_found(store: Store) -> None:
    assert found(store, "anything at all", strictly=False) == []


@given(some.lists(some.integers(0, 2**62), min_size=1, max_size=4))
def test_numbers_of_the_index_are_read_as_it_writes_them(numbers: list[int]) -> None:
    def written(number: int) -> bytes:
        if number >= 1 << 56:
            high = number >> 8
            return bytes(0x80 | high >> 7 * place & 0x7F for place in range(7, -1, -1)) + bytes([number & 0xFF])
        groups = [number >> 7 * place & 0x7F for place in range(8) if number >> 7 * place or not place]
        return bytes([*(0x80 | group for group in reversed(groups[1:])), groups[0]])

    assert finding._varints(b"".join(map(written, numbers))) == numbers
