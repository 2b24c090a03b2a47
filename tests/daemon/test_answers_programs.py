"""Other programs ask: each within what the person granted, private matters never, and each answer is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.answers_programs import MOST_ASKING
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, KeyMissing, NotGranted
from gum_app.paths import Home
from gum_app.records import PropositionId
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, some_evidence
from tests.daemon.watching import KEY
from tests.store.life import see

OLD = NOON - timedelta(days=60)


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    room.open(KEY)
    with closing(room.open_store()) as store:
        yield store


@pytest.fixture
def ids(store: Store) -> dict[str, PropositionId]:
    def told(topic: str, quote: str, text: str, kind: str, at: Any = NOON) -> PropositionId:
        words = some_evidence(quote, observation_id=see(store, quote, at=at), at=at)
        belief = a_revision(text=text, topic=topic, proposition_kind=kind, at=at, evidence=(words,))
        return store.add_revisions([belief])[0]

    return {
        "router": told("a", "parcel router", "Works on the parcel router.", "task"),
        "tea": told("b", "a pot of tea", "Likes tea.", "preference"),
        "old": told("c", "the zeppelin router", "Worked on the zeppelin router.", "task", OLD),
        "private": told("d", "sertraline 50 mg", "Takes sertraline before the router.", "task"),
    }


def ask(room: Room, verb: str, **fields: Any) -> dict[str, Any]:
    with closing(Answers(room)) as answers:
        (answer,) = answers.answer({"do": verb, "client": "claude", **fields})
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def texts(room: Room, text: str = "", **fields: Any) -> list[str]:
    return sorted(each["text"] for each in ask(room, "context", text=text, **fields)["propositions"])


@pytest.mark.usefixtures("ids")
def test_who_is_not_known_is_told_nothing_and_put_on_the_list(room: Room, store: Store) -> None:
    with pytest.raises(NotGranted, match="“Other programs”, or with `gum-app grant claude`"):
        ask(room, "context", text="router")
    (asking,) = store.grants()
    assert (asking.client, asking.given_at, store.disclosures()) == ("claude", None, [])
    (listed,) = ask(room, "disclosures")["programs"]
    assert (listed["client"], listed["may_ask"]) == ("claude", False)


@pytest.mark.usefixtures("ids")
def test_what_is_granted_is_told_but_never_what_is_private(room: Room) -> None:
    ask(room, "grant")
    assert texts(room, "router") == ["Worked on the zeppelin router.", "Works on the parcel router."]
    assert texts(room) == ["Likes tea.", "Worked on the zeppelin router.", "Works on the parcel router."]
    (tea,) = ask(room, "context", text="tea")["propositions"]
    assert "quotes" not in tea
    assert (tea["kind"], tea["only_others_say_so"]) == ("preference", False)


@pytest.mark.usefixtures("ids")
def test_the_daemon_holds_to_kinds_and_days_whatever_is_asked_for(room: Room) -> None:
    ask(room, "grant", kinds=["task"], days=30)
    assert texts(room) == ["Works on the parcel router."]
    assert texts(room, "tea") == []
    assert texts(room, kinds=["preference"]) == []
    assert texts(room, kinds=["preference", "task"], states=["rejected"]) == ["Works on the parcel router."]
    assert texts(room, since="100d") == ["Works on the parcel router."]
    assert texts(room, limit=1) == ["Works on the parcel router."]


@pytest.mark.usefixtures("ids")
def test_quotes_are_told_only_where_they_were_granted(room: Room, store: Store) -> None:
    ask(room, "grant", quotes=True)
    (tea,) = ask(room, "context", text="tea")["propositions"]
    assert [each["words"] for each in tea["quotes"]] == ["a pot of tea"]
    assert [each.with_quotes for each in store.disclosures()] == [True]
    assert texts(room, "pot") == ["Likes tea."]
    ask(room, "grant")
    assert texts(room, "pot") == [], "that it was found would tell what stands there"


def test_each_answer_is_written_down(room: Room, store: Store, ids: dict[str, PropositionId]) -> None:
    ask(room, "grant")
    ask(room, "context", text="tea")
    ask(room, "story", id=ids["router"])
    ask(room, "context", text="is the therapist on sertraline")
    listed = ask(room, "disclosures")["disclosures"]
    assert [(each["verb"], each["question"], each["propositions"]) for each in listed] == [
        ("context", "", []),
        ("story", "", [ids["router"]]),
        ("context", "tea", [ids["tea"]]),
    ]
    store.forget(ForgetScope(proposition_id=ids["tea"]), at=NOON)
    assert ask(room, "disclosures")["disclosures"][-1]["question"] == ""


def test_a_story_is_held_to_the_same(room: Room, ids: dict[str, PropositionId]) -> None:
    ask(room, "grant", days=30)
    story = ask(room, "story", id=ids["router"])
    assert [change["kind"] for change in story["changes"]] == ["created"]
    for id_ in (ids["private"], ids["old"], 99):
        with pytest.raises(BadInput, match="not within what this program may be told"):
            ask(room, "story", id=id_)


@pytest.mark.usefixtures("ids")
def test_who_is_sent_away_gets_nothing_until_the_person_lets_them_again(room: Room, store: Store) -> None:
    ask(room, "grant")
    ask(room, "revoke")
    for verb, fields in (("context", {}), ("story", {"id": 1}), ("program_note", {"text": "x"})):
        with pytest.raises(NotGranted, match="does not let “claude” ask"):
            ask(room, verb, **fields)
    assert store.disclosures() == []
    ask(room, "grant")
    assert len(texts(room)) == 3
    with pytest.raises(BadInput, match="No program called “nobody”"):
        ask(room, "revoke", client="nobody")


def test_a_request_can_be_refused(room: Room, store: Store) -> None:
    with pytest.raises(NotGranted):
        ask(room, "context")
    ask(room, "revoke")
    (grant,) = store.grants()
    assert not grant.holds
    with pytest.raises(NotGranted, match="does not let"):
        ask(room, "context")


def test_a_note_of_a_program_is_no_word_of_the_persons(room: Room, store: Store) -> None:
    with pytest.raises(NotGranted):
        ask(room, "program_note", text="The person likes tea.")
    ask(room, "grant")
    ask(room, "program_note", text="The person likes tea.")
    (seen,) = store.observations(with_lines=True)
    assert (seen.source, seen.app) == ("notification", "claude")
    assert "The person likes tea." in seen.text


def test_ever_new_names_do_not_fill_the_list(room: Room, store: Store) -> None:
    for number in range(MOST_ASKING + 3):
        with pytest.raises(NotGranted):
            ask(room, "context", client=f"program {number}")
    assert len(store.grants()) == MOST_ASKING


@pytest.mark.parametrize(
    ("verb", "fields", "sentence"),
    [
        ("context", {"client": "two\nlines"}, "A program has a name"),
        ("grant", {"kinds": ["secret"]}, "Kinds are some of"),
        ("grant", {"kinds": "task"}, "Kinds are some of"),
        ("grant", {"days": 0}, "how many days"),
        ("grant", {"days": True}, "how many days"),
        ("context", {"limit": 0}, "how many to find"),
    ],
)
@pytest.mark.usefixtures("store")
def test_what_cannot_be_used_is_said(room: Room, verb: str, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        ask(room, verb, **fields)


def test_while_the_database_is_locked_nothing_is_told(room: Room) -> None:
    with pytest.raises(KeyMissing):
        ask(room, "context")
