"""Quick ways of finding find what the slow way would, page by page, and a broad word does not drown a rare one."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from gum_app.records import KINDS
from gum_app.store import finding
from gum_app.store.instants import micros
from gum_app.store.listing import PropositionQuery
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


@pytest.mark.parametrize("broad", [5, 5000])
def test_pages_of_many_hits_join_without_gap_or_repeat(
    many: Store, monkeypatch: pytest.MonkeyPatch, broad: int
) -> None:
    monkeypatch.setattr(finding, "CLOSELY", 10)
    monkeypatch.setattr(finding, "BROAD", broad)
    choices: tuple[dict[str, Any], ...] = ({}, {"kinds": frozenset({"task"})})
    for filters in choices:
        query = PropositionQuery(search="common ", **filters)
        pages = [search(many, "common ", limit=7, offset=start, **filters) for start in range(0, 70, 7)]
        found = [text for page in pages for text in page]
        assert len(found) == len(set(found)) == many.count_propositions(query) == (20 if filters else 60)
        assert found == search(many, "common ", **filters)


def test_the_best_by_words_are_ranked_by_age_and_confidence_too(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    closely = search(many, "common router ")
    monkeypatch.setattr(finding, "CLOSELY", 1)
    by_words = search(many, "common router ")
    assert sorted(closely) == sorted(by_words)
    assert closely != by_words


def test_a_broad_word_does_not_drown_a_rare_one(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BROAD", 20)
    assert [text.split()[-1] for text in search(many, "common number7 ")] == ["number7"]
    assert len(search(many, "common ")) == 60, "alone it is searched for"


def test_of_very_many_hits_the_newest_are_ranked(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "BROAD", 20)
    monkeypatch.setattr(finding, "CLOSELY", 10)
    first = {int(text.split()[-1].removeprefix("number")) for text in search(many, "common ", limit=10)}
    assert first == set(range(50, 60))


def test_nothing_fits(many: Store) -> None:
    assert finding.choose(many._database, "zanzibar", own_name=(), typing=False) is None
    assert search(many, "zanzibar ") == []


def test_the_nearest_are_ranked_by_words_alone(many: Store) -> None:
    match = finding.choose(many._database, "number7 tea", own_name=(), typing=False, every=False)
    assert match is not None
    ids = finding.nearest(many._database, match, "TRUE", {}, limit=3)
    assert len(ids) == 3
    best = many.proposition(ids[0])  # type: ignore[arg-type]
    assert best is not None
    assert best.text.endswith("number7")


def test_a_filter_counts_like_it_lists(many: Store) -> None:
    match = finding.choose(many._database, "common", own_name=(), typing=False)
    assert match is not None
    condition, values = "confidence >= :sure", {"sure": 0.5}
    ids = finding.page(many._database, match, condition, values, now=micros(NOW), limit=1000, offset=0)
    assert 0 < len(ids) == finding.count(many._database, match, condition, values) < 60
