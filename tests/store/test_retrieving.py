"""One way to find: by words, meaning, time, kind and app; what is found says why, and its score compares."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gum_app.records import KINDS, PERSON
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import ENOUGH, Hit, Query
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import see

NOW = NOON + timedelta(days=30)
DAY = timedelta(days=1)


def believe(store: Store, text: str, *quotes: str, day: int = 0, app: str = "firefox", **more: Any) -> int:
    at = NOON + day * DAY
    seen = see(store, "\n".join(quotes) or text, at=at, app=app)
    evidence = tuple(some_evidence(quote, observation_id=seen, at=at, app=app) for quote in quotes or (text,))
    return store.add_revisions([a_revision(text=text, topic=text, at=at, evidence=evidence, **more)])[0]


def find(store: Store, text: str = "", **more: Any) -> list[Hit]:
    meaning = more.pop("meaning", None)
    return store.retrieve(Query(text=text, **more), now=NOW, meaning=meaning, limit=50)


def texts(store: Store, text: str = "", **more: Any) -> list[str]:
    return [hit.row.text for hit in find(store, text, **more)]


@pytest.fixture
def life(store: Store) -> Store:
    believe(store, "Works on the parcel router.", "parcel router", day=1, app="code")
    believe(store, "Likes tea.", "a pot of green tea", day=5, proposition_kind="preference")
    believe(store, "Meets Ann about the garden.", "garden with Ann", day=9, proposition_kind="plan", value="2026-04-02")
    believe(store, "Uses Firefox.", "parcel tracking", day=20, proposition_kind="tool")
    return store


def test_a_hit_says_which_words_it_says_and_where(life: Store) -> None:
    first, second = find(life, "where is the parcel router?", strictly=True)
    assert first.row.text == "Works on the parcel router."
    assert (first.words, first.by_text) == (("parcel", "router"), True)
    assert (second.words, second.by_text) == (("parcel",), False)
    assert first.by_meaning is None
    assert 1 >= first.score > second.score > 0


def test_scores_compare_between_questions(life: Store) -> None:
    whole = find(life, "parcel router")[0].score
    half = find(life, "parcel zanzibar")[0].score
    assert whole > 1.5 * half, "of two words it says one"


def test_age_and_doubt_weigh_mildly(store: Store) -> None:
    believe(store, "old router", day=0, half_life_days=1.0, confidence_raw=0.3)
    believe(store, "new router", day=30, half_life_days=1.0, confidence_raw=0.3)
    new, old = find(store, "router")
    assert (new.row.text, old.row.text) == ("new router", "old router")
    assert old.score == pytest.approx(0.7 * new.score, rel=0.01), "three tenths fade"
    assert [new.freshness, old.freshness] == pytest.approx([1.0, 0.0], abs=1e-6)


def test_a_question_without_a_telling_word_still_tells_apart(store: Store) -> None:
    believe(store, "Was in the mill.", day=0, half_life_days=1.0)
    believe(store, "Was in the barn.", day=30, half_life_days=1.0)
    fresh, faded = find(store, "was in the")
    assert (fresh.row.text, faded.row.text) == ("Was in the barn.", "Was in the mill.")
    assert fresh.score > faded.score > 0


def test_without_words_the_freshest_and_surest_come_first(life: Store) -> None:
    assert texts(life)[0] == "Uses Firefox."
    assert len(texts(life)) == 4
    assert find(life)[0].words == ()


def test_a_time_bounds_the_evidence_or_the_day_that_is_named(life: Store) -> None:
    assert texts(life, since=NOON + 4 * DAY, until=NOON + 6 * DAY) == ["Likes tea."]
    assert texts(life, since=NOON + 23 * DAY, until=NOON + 24 * DAY) == ["Meets Ann about the garden."]
    (hit,) = find(life, "tea", since=NOON + 5 * DAY)
    assert hit.seen == (NOON + 5 * DAY, NOON + 5 * DAY)
    assert texts(life, "tea", until=NOON + 5 * DAY) == []


def test_evidence_that_was_taken_back_does_not_count(life: Store) -> None:
    seen = see(life, "tea again", at=NOON + 15 * DAY)
    id_ = find(life, "tea")[0].row.id
    support = a_revision("supported", proposition_id=id_, made_by=PERSON, text="Likes tea.", at=NOON + 15 * DAY)
    life.add_revisions([replace(support, evidence=(some_evidence("tea", observation_id=seen, at=support.at),))])
    assert texts(life, "tea", since=NOON + 14 * DAY, until=NOON + 16 * DAY) == ["Likes tea."]
    life.undo_last(NOW)
    assert texts(life, "tea", since=NOON + 14 * DAY, until=NOON + 16 * DAY) == []


def test_an_app_is_asked_for_by_where_something_was_seen(life: Store) -> None:
    assert texts(life, app="CODE") == ["Works on the parcel router."]
    assert texts(life, "parcel", app="firefox") == ["Uses Firefox."]


def test_for_a_persons_eyes_only_what_tells_something(life: Store) -> None:
    assert texts(life, "the zanzibar", strictly=True) == []
    assert texts(life, "the zanzibar") != []
    assert texts(life, "on the", strictly=True) != [], "where nothing else is asked"


def test_where_enough_have_every_word_a_person_is_shown_only_those(store: Store) -> None:
    for number in range(ENOUGH):
        believe(store, f"parcel router {number}")
    believe(store, "parcel label")
    assert len(texts(store, "parcel router", strictly=True)) == ENOUGH
    assert len(texts(store, "parcel router")) == ENOUGH + 1


def test_signs_alone_find_nothing(life: Store) -> None:
    assert texts(life, "?!") == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("東京都でラーメンを食べる", "ラーメン"),
        ("猫が好き", "猫"),
        ("ชอบดื่มน้ำชา", "น้ำชา"),
        ("हिन्दी की किताबें पढ़ता है", "किताबें"),
        ("한국어를 배운다", "한국어"),
        ("Читает книги о море", "книга"),
        ("يقرأ الكتب", "كتاب الكتب"),
        ("Mag Käsespätzle", "kasespatzle"),
    ],
)
def test_other_scripts_are_found(life: Store, text: str, question: str) -> None:
    believe(life, text)
    assert texts(life, question, strictly=True)[0] == text


def test_what_says_the_same_again_steps_back(store: Store) -> None:
    believe(store, "Drinks green tea every morning at home.")
    believe(store, "Drinks green tea every morning at home!")
    believe(store, "Buys green tea for home in the morning.")
    found = texts(store, "green tea morning home")
    assert found[1].startswith("Buys")


# Meaning

AXES = {"Works on the parcel router.": 0, "Likes tea.": 1, "Meets Ann about the garden.": 2, "Uses Firefox.": 3}


def along(axis: int, dimensions: int = 64) -> np.ndarray[Any, np.dtype[np.float32]]:
    vector = np.full(dimensions, -0.01, np.float32)
    vector[axis * 8 : axis * 8 + 8] = 1.0
    return vector / np.float32(np.linalg.norm(vector))


def meaning(axis: int, embedder: str = "tiny") -> Meaning:
    return Meaning(embedder=embedder, vector=along(axis))


@pytest.fixture
def meant(life: Store) -> Store:
    waiting = life.without_vector("tiny", limit=9)
    assert life.put_vectors("tiny", waiting, np.array([along(AXES[text]) for _, text in waiting])) == 4
    return life


def test_what_means_the_same_is_found_without_its_words(meant: Store) -> None:
    (hit,) = find(meant, "hot beverages", strictly=True, meaning=meaning(1))
    assert (hit.row.text, hit.words, hit.means_it) == ("Likes tea.", (), True)
    assert hit.by_meaning == pytest.approx(1.0, abs=0.01)
    assert 0 < hit.score <= 1


def test_words_and_meaning_are_weighed_together(meant: Store) -> None:
    found = find(meant, "parcel", meaning=meaning(3))
    assert [hit.row.text for hit in found[:2]] == ["Uses Firefox.", "Works on the parcel router."]
    assert found[0].words == ("parcel",)


def test_filters_hold_for_meaning_too(meant: Store) -> None:
    assert texts(meant, "beverages", kinds=frozenset({"tool"}), strictly=True, meaning=meaning(1)) == []
    assert texts(meant, "beverages", app="firefox", strictly=True, meaning=meaning(1)) == ["Likes tea."]


def test_the_vectors_of_another_embedder_are_not_compared(meant: Store) -> None:
    assert texts(meant, "beverages", strictly=True, meaning=meaning(1, "another")) == []
    longer = Meaning(embedder="tiny", vector=along(1, 128))
    assert texts(meant, "beverages", strictly=True, meaning=longer) == []


def test_neighbours_are_near_in_meaning_whatever_became_of_them(meant: Store) -> None:
    (tea,) = [hit.row.id for hit in find(meant, "tea")]
    meant.add_revisions([a_revision("rejected", proposition_id=tea, made_by=PERSON, text="Likes tea.")])
    assert meant.similar("hot beverages") == []
    assert meant.similar("hot beverages", meaning=meaning(1))[0].id == tea


# Always

WORDS = some.sampled_from(["parcel", "router", "tea", "the", "garden", "firefox", "zanzibar", "ann", "pot", "on"])
FILTERS: tuple[dict[str, Any], ...] = (
    {"kinds": frozenset({KINDS[0], "tool"})},
    {"states": frozenset({"active"})},
    {"app": "code"},
    {"since": NOON + 3 * DAY},
    {"until": NOON + 10 * DAY},
    {"min_confidence": 0.5},
    {"strictly": True},
)


@given(some.lists(WORDS, max_size=5), some.lists(some.sampled_from(FILTERS), max_size=3), some.booleans())
@settings(max_examples=40)
def test_a_filter_never_adds_a_hit_and_scores_stay_within_0_and_1(
    meant: Store, words: list[str], filters: list[dict[str, Any]], with_meaning: bool
) -> None:
    chosen: dict[str, Any] = {}
    told = meaning(2) if with_meaning else None
    before = {hit.row.id for hit in find(meant, " ".join(words), meaning=told)}
    for each in filters:
        chosen |= each
        found = find(meant, " ".join(words), meaning=told, **chosen)
        now = {hit.row.id for hit in found}
        assert now <= before
        assert all(0 <= hit.score <= 1 for hit in found)
        before = now
