"""Programs and windows search over the link: by words, time, kind and app, and by meaning where a model tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.answers_search import NOT_RUNNING, STAYS_HERE, query_of
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, KeyMissing, ModelDied
from gum_app.paths import Home
from gum_app.settings import ENDPOINT
from gum_app.store.store import Store
from tests.builders import NOON
from tests.daemon.watching import KEY
from tests.store.life import believe, see
from tests.world.scripted_model import ScriptedEmbedder

EMBEDDER = "scripted embedder"


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    with closing(room.open_store()) as store:
        yesterday = NOON - timedelta(days=1)
        believe(store, (see(store, "parcel router"), "parcel router"), topic="a")
        believe(
            store,
            (see(store, "a pot of tea", at=yesterday), "a pot of tea"),
            text="Likes tea.",
            topic="b",
            proposition_kind="preference",
        )
        yield store


def ask(room: Room, verb: str = "search", **fields: Any) -> dict[str, Any]:
    with closing(Answers(room)) as answers:
        (answer,) = answers.answer({"do": verb, **fields})
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def texts(room: Room, text: str, **fields: Any) -> list[str]:
    return [hit["text"] for hit in ask(room, text=text, **fields)["hits"]]


@pytest.mark.usefixtures("store")
def test_hits_say_why_and_how_far(room: Room) -> None:
    answer = ask(room, text="the parcel")
    (hit,) = answer["hits"]
    assert (hit["text"], hit["why"]) == ("Works on the parcel router.", "Says “parcel”.")
    assert 0 < hit["score"] <= 1
    assert (answer["by_meaning"], answer["trouble"]) == (False, "")


@pytest.mark.usefixtures("store")
def test_kinds_states_and_how_many_are_chosen(room: Room) -> None:
    assert texts(room, "") == ["Works on the parcel router.", "Likes tea."]
    assert texts(room, "", kinds=["preference"]) == ["Likes tea."]
    assert texts(room, "", states=["rejected"]) == []
    assert texts(room, "", limit=1) == ["Works on the parcel router."]
    assert texts(room, "the zanzibar", loosely=True) == ["Works on the parcel router."]


def test_words_for_a_time_are_taken_out_of_the_text(room: Room) -> None:
    query = query_of({"text": "tea yesterday"}, NOON)
    assert (query.text, query.since) == ("tea", datetime(2026, 3, 9, tzinfo=NOON.tzinfo))
    query = query_of({"text": "tea yesterday", "since": "2026-03-01"}, NOON)
    assert (query.text, query.since) == ("tea yesterday", datetime(2026, 3, 1, tzinfo=NOON.tzinfo))
    assert query_of({"since": "3d"}, NOON).since == NOON - timedelta(days=3)
    assert query_of({"until": "yesterday"}, NOON).until == datetime(2026, 3, 10, tzinfo=NOON.tzinfo)
    assert query_of({"until": "2026-03-09T10:00:00+01:00"}, NOON).until == datetime.fromisoformat(
        "2026-03-09T10:00:00+01:00"
    )
    assert query_of({"until": "2026-03-09T10:00:00"}, NOON).until == datetime(2026, 3, 9, 10, tzinfo=NOON.tzinfo)


@pytest.mark.parametrize(
    "question",
    [
        {"text": 5},
        {"text": "x" * 9000},
        {"kinds": ["nonsense"]},
        {"states": "nonsense"},
        {"app": 5},
        {"since": "whenever"},
        {"since": 5},
        {"since": "9999999999999d"},
        {"since": "1" * 1_000_000},  # which would keep everybody waiting for hours
        {"until": "9999-12-31"},
        {"until": "9999-12-31T23:59:59"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"text": "\ud800"},
        {"app": "\ud800"},
        {"limit": 0},
        {"limit": True},
        {"limit": 10_000},
    ],
)
@pytest.mark.usefixtures("store")
def test_what_cannot_be_used_is_told(room: Room, question: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        ask(room, **question)


def test_without_the_key_nothing_is_found(room: Room) -> None:
    with pytest.raises(KeyMissing):
        ask(room, text="tea")


@pytest.fixture
def embedder(room: Room, store: Store) -> Iterator[ScriptedEmbedder]:
    embedder = ScriptedEmbedder(like={"hot drinks": "Likes tea."})
    room.mind = Mind(room.clock, lambda _call: None)
    with closing(room.mind):
        room.mind.compare_with(embedder)
        waiting = store.without_vector(EMBEDDER, limit=9)
        store.put_vectors(EMBEDDER, waiting, room.mind.embed([text for _, text in waiting]))
        yield embedder


def test_meaning_joins_where_a_model_tells_it(room: Room, embedder: ScriptedEmbedder) -> None:
    answer = ask(room, text="hot drinks")
    assert answer["by_meaning"]
    assert answer["hits"][0]["text"] == "Likes tea."
    assert answer["hits"][0]["words"] == []
    assert answer["hits"][0]["parts"]["meaning"] > 0.5
    assert embedder.embedded[-1] == "hot drinks"


def test_a_window_is_told_what_words_mean_without_their_time(room: Room, embedder: ScriptedEmbedder) -> None:
    answer = ask(room, "meaning", text="hot drinks yesterday")
    assert (answer["embedder"], answer["trouble"]) == (EMBEDDER, "")
    assert answer["vector"]
    assert embedder.embedded[-1] == "hot drinks"


@pytest.mark.parametrize("text", ["antidepressants", "a loan"])
def test_no_server_elsewhere_is_told_what_may_be_private(
    room: Room, store: Store, embedder: ScriptedEmbedder, text: str
) -> None:
    store.put_setting("endpoint_url", "https://models.example/v1")
    store.put_setting("embedding_model", ENDPOINT)
    assert ask(room, text=text)["trouble"] == STAYS_HERE
    assert text not in embedder.embedded
    assert ask(room, text="hot drinks")["trouble"] == ""


@pytest.mark.usefixtures("embedder")
def test_of_a_model_that_fails_it_is_told_and_words_find_all_the_same(room: Room) -> None:
    assert room.mind is not None
    room.mind.compare_with(ScriptedEmbedder(troubles=[ModelDied("It died."), ModelDied("It died.")]))
    answer = ask(room, text="tea")
    assert [hit["text"] for hit in answer["hits"]] == ["Likes tea."]
    assert answer["trouble"] == "Searched by words alone. It died."
    assert ask(room, "meaning", text="tea") == {"embedder": "", "vector": "", "trouble": answer["trouble"]}


def test_where_the_model_does_not_run_it_is_told(room: Room, store: Store) -> None:
    store.put_setting("embedding_model", "some-model")
    assert ask(room, text="tea")["trouble"] == NOT_RUNNING


@pytest.mark.usefixtures("store")
def test_without_a_model_nothing_is_told_of_meaning(room: Room) -> None:
    assert ask(room, "meaning", text="tea") == {"embedder": "", "vector": "", "trouble": ""}
