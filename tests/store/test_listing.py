"""Lists are ordered, filtered and paged as asked, and a search puts the best first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gum_app.records import PERSON, Kind, PropositionId, State
from gum_app.store.listing import ORDERS, PropositionQuery, Sort
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import believe, see

NOW = NOON + timedelta(days=10)


def add(store: Store, text: str, *, day: int = 0, **more: Any) -> PropositionId:
    """Created and supported on the day so many days after the first."""
    at = NOON + timedelta(days=day)
    evidence = (some_evidence(text, observation_id=see(store, text, at=at), at=at),)
    return store.add_revisions([a_revision(text=text, topic=text, at=at, evidence=evidence, **more)])[0]


def texts(store: Store, **query: object) -> list[str]:
    return [row.text for row in store.propositions(PropositionQuery(**query), now=NOW)]  # type: ignore[arg-type]


@pytest.fixture
def some_beliefs(store: Store) -> Store:
    add(store, "b task", day=1, confidence_raw=0.4, half_life_days=100.0, proposition_kind="task")
    add(store, "A habit", day=3, confidence_raw=0.8, half_life_days=1.0, proposition_kind="habit")
    add(store, "c tool", day=2, confidence_raw=0.6, half_life_days=10.0, proposition_kind="tool")
    return store


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("confidence", ["A habit", "c tool", "b task"]),
        ("fresh", ["b task", "c tool", "A habit"]),
        ("newest", ["A habit", "c tool", "b task"]),
        ("oldest", ["b task", "c tool", "A habit"]),
        ("text", ["A habit", "b task", "c tool"]),
        ("kind", ["A habit", "b task", "c tool"]),
    ],
)
def test_every_order(some_beliefs: Store, sort: Sort, expected: list[str]) -> None:
    assert texts(some_beliefs, sort=sort) == expected


def test_every_filter(some_beliefs: Store) -> None:
    assert texts(some_beliefs, kinds=frozenset({"tool", "habit"})) == ["A habit", "c tool"]
    assert texts(some_beliefs, min_confidence=0.6) == ["A habit", "c tool"]
    assert texts(some_beliefs, since=NOON + timedelta(days=2)) == ["A habit", "c tool"]
    assert texts(some_beliefs, until=NOON + timedelta(days=2)) == ["b task"]
    assert texts(some_beliefs, states=frozenset({"rejected"})) == []
    assert some_beliefs.count_propositions(PropositionQuery(kinds=frozenset({"tool"}))) == 1


def test_what_is_rejected_or_retired_is_listed_only_when_asked_for(store: Store) -> None:
    states: dict[str, State] = {"rejected": "rejected", "retired": "retired", "doubted": "doubted"}
    for kind in states:
        id_ = add(store, f"this is {kind}")
        store.add_revisions([a_revision(kind, proposition_id=id_, made_by=PERSON)])
    assert texts(store) == ["this is doubted"]
    assert texts(store, states=frozenset({"rejected", "retired"}), sort="text") == [
        "this is rejected",
        "this is retired",
    ]
    assert len(texts(store, states=frozenset())) == 3
    assert texts(store, search="rejected ") == []
    assert texts(store, search="rejected ", states=frozenset()) == ["this is rejected"]


def test_pages_join_without_gap_or_repeat(store: Store) -> None:
    with store.transaction():
        for number in range(25):
            add(store, f"number {number}", day=number % 3, proposition_kind=("task", "tool")[number % 2])
    for sort in ORDERS:
        for search in ("", "number "):
            query = PropositionQuery(sort=sort, search=search)
            pages = [store.propositions(query, now=NOW, limit=10, offset=start) for start in (0, 10, 20, 30)]
            ids = [row.id for page in pages for row in page]
            assert len(ids) == 25
            assert len(set(ids)) == 25
            assert store.count_propositions(query) == 25


def test_what_fades_more_slowly_stays_fresher_though_it_is_older(store: Store) -> None:
    add(store, "lasting", day=0, half_life_days=700.0)
    add(store, "passing", day=9, half_life_days=0.1)
    assert texts(store, sort="fresh") == ["lasting", "passing"]


def test_a_support_from_the_future_counts_as_just_now(store: Store) -> None:
    add(store, "tomorrow", day=20)
    add(store, "today", day=10)
    assert texts(store, sort="fresh") == ["tomorrow", "today"]


def test_a_search_finds_by_text_and_by_evidence_and_the_text_counts_more(store: Store) -> None:
    believe(store, (see(store, "sourdough bread"), "sourdough bread"), text="Bakes on Sundays.", topic="a")
    believe(store, (see(store, "Sunday recipes"), "Sunday recipes"), text="Collects sourdough recipes.", topic="b")
    assert texts(store, search="sourdough") == ["Collects sourdough recipes.", "Bakes on Sundays."]


def test_a_search_takes_word_forms_accents_and_unfinished_words(store: Store) -> None:
    add(store, "Plans a trip to Łódź and Zürich")
    for words in ("planning trips ", "zurich ", "ZÜRICH ", "zür", "trip zu"):
        assert texts(store, search=words) == ["Plans a trip to Łódź and Zürich"], words
    assert texts(store, search="berlin") == []


def test_where_many_have_every_word_only_those_are_found(store: Store) -> None:
    for number in range(10):
        add(store, f"parcel router {number}")
    add(store, "parcel only")
    assert len(texts(store, search="parcel router ")) == 10
    assert len(texts(store, search="parcel ")) == 11


def test_where_few_have_every_word_the_others_follow(store: Store) -> None:
    add(store, "parcel label")
    add(store, "parcel router")
    add(store, "garden router")
    found = texts(store, search="parcel router ")
    assert found[0] == "parcel router"
    assert set(found[1:]) == {"parcel label", "garden router"}


def test_of_equal_hits_the_fresher_and_surer_comes_first(store: Store) -> None:
    add(store, "router one", day=0, confidence_raw=0.3)
    add(store, "router two", day=9, confidence_raw=0.9)
    assert texts(store, search="router ") == ["router two", "router one"]


def test_the_persons_name_tells_nothing_apart(store: Store) -> None:
    add(store, "Ann Ann Ann likes tea")
    add(store, "Ann likes coffee")
    store.put_setting("person_name", "Ann Lee")
    assert texts(store, search="ann coffee ") == ["Ann likes coffee"]
    assert len(texts(store, search="ann ")) == 2, "alone it is searched for"


SIGNS = "\"*():^-+~{}[]\\'\0;%_ AND OR NOT NEAR text:router words:"


@given(some.text(alphabet=some.one_of(some.sampled_from(SIGNS), some.characters())))
@settings(max_examples=200)
def test_whatever_is_typed_is_only_words(some_beliefs: Store, typed: str) -> None:
    query = PropositionQuery(search=typed)
    assert len(some_beliefs.propositions(query, now=NOW)) == some_beliefs.count_propositions(query)
    some_beliefs.similar(typed)


def test_kinds_and_states_are_values_not_statements(some_beliefs: Store) -> None:
    kinds: frozenset[Kind] = frozenset({"task') OR 1=1 --"})  # type: ignore[arg-type]
    assert texts(some_beliefs, kinds=kinds) == []
