"""A program is told within its grant and under pseudonyms: no name leaves, nobody is found by theirs, all is listed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, NotGranted
from gum_app.paths import Home
from gum_app.records import PropositionId
from gum_app.rules.pseudonyms import PSEUDONYM
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, some_evidence
from tests.daemon.asking_programs import ask, meet_people, texts, told, work_in
from tests.daemon.watching import KEY

NAMES = ("tomasz", "lewandowski", "dagny", "roth", "piotr", "mia")


@contextmanager
def a_room(folder: Path) -> Iterator[tuple[Room, Store]]:
    home = Home(folder)
    home.prepare()
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    with closing(room.open_store()) as store:
        yield room, store


@pytest.fixture
def met(home: Home) -> Iterator[tuple[Room, Store]]:
    with a_room(home.root) as (room, store):
        meet_people(store)
        work_in(store, "slack", "Dagny Roth (DM) — Acme — Slack")
        work_in(store, "thunderbird", "Write: soil report for Tomasz — Thunderbird")
        ask(room, "grant", quotes=True, activity=True, pseudonyms=True)
        yield room, store


def tells_a_name(answer: Any) -> list[str]:
    said = json.dumps(answer, ensure_ascii=False).casefold()
    return [name for name in NAMES if name in said]


def alias(room: Room, words: str) -> str:
    """The pseudonym in the one proposition that is found by these words."""
    (text,) = texts(room, words)
    match = PSEUDONYM.search(text)
    assert match is not None
    return match.group()


def test_no_name_leaves_neither_in_texts_nor_quotes_nor_titles(met: tuple[Room, Store]) -> None:
    room, _ = met
    everything = ask(room, "context", limit=50)["propositions"]
    assert len(everything) == 4
    for answer in (everything, ask(room, "recent"), *(ask(room, "story", id=each["id"]) for each in everything)):
        assert tells_a_name(answer) == []
    assert texts(room, "soil report")[0].startswith("Waits for the soil report of P-")
    ask(room, "grant", quotes=True)
    assert tells_a_name(ask(room, "context")) == list(NAMES[:1] + NAMES[2:]), "else the test would prove nothing"


def test_who_is_meant_is_looked_for_by_the_pseudonym_and_not_by_the_name(met: tuple[Room, Store]) -> None:
    room, store = met
    tomasz, piotr = alias(room, "soil report"), alias(room, "zinc")
    assert tomasz != piotr
    assert [text for text in texts(room, tomasz) if tomasz in text] == texts(room, "soil report")
    assert store.disclosures(limit=2)[1].question == "Tomasz Lewandowski", "the person reads whom it asked about"
    assert texts(room, f"what is prepared for {piotr}") == texts(room, "zinc"), "known only from what it was told"
    for name in ("Tomasz", "tomasz lewandowski", "Piotr"):
        assert texts(room, f"{name} glacier") == texts(room, "glacier"), name
        assert texts(room, f"{name} plan") == texts(room, "plan"), name


def test_what_a_program_noted_does_not_come_back_under_a_pseudonym(met: tuple[Room, Store]) -> None:
    room, store = met
    ask(room, "program_note", text="Tomasz Lewandowski brings the zebra.")
    note = store.observations(limit=1)[0]
    words = some_evidence("the zebra", observation_id=note.id, app=note.app)
    store.add_revisions([a_revision(text="Tomasz brings the zebra.", topic="zebra", evidence=(words,))])
    assert texts(room, "zebra") == [], "else it would tell whose pseudonym stands there"
    ask(room, "grant")
    assert texts(room, "zebra") == ["Tomasz brings the zebra."]


def test_another_program_is_told_other_pseudonyms(met: tuple[Room, Store]) -> None:
    room, _ = met
    ask(room, "grant", client="cursor", pseudonyms=True)
    (mine,), (theirs,) = texts(room, "soil report"), texts(room, "soil report", client="cursor")
    assert mine != theirs
    assert PSEUDONYM.sub("", mine) == PSEUDONYM.sub("", theirs)
    match = PSEUDONYM.search(theirs)
    assert match is not None
    assert match.group() not in str(ask(room, "context", text=match.group())), "of no use to another"


# Whatever happens, in whatever order

CLIENTS = ("claude", "cursor")
STEP = st.tuples(
    st.sampled_from(
        ["grant", "grant", "context", "context", "recent", "story", "verdict", "note", "revoke", "forget", "clear"]
    ),
    st.sampled_from(CLIENTS),
    st.integers(0, 15),
)


def step(room: Room, store: Store, what: str, client: str, one: int) -> dict[str, Any] | None:
    """What was said to the program, if anything was."""
    id_ = 1 + one % 4
    match what:
        case "grant":
            scope = {"quotes": one % 2 == 0, "activity": one % 3 == 0, "pseudonyms": one % 4 < 3}
            ask(room, "grant", client=client, kinds=["plan"] if one % 5 == 1 else [], **scope)
        case "revoke":
            with suppress(BadInput):
                ask(room, "revoke", client=client)
        case "forget":
            store.forget(ForgetScope(proposition_id=PropositionId(id_)), at=NOON)
        case "clear":
            ask(room, "disclosures_clear")
        case "verdict":
            ask(room, "program_verdict", client=client, id=id_, verdict="right")
        case "note":
            ask(room, "program_note", client=client, text="They like tea.")
        case "story":
            return ask(room, "story", client=client, id=id_)
        case _:
            return ask(room, what, client=client, text=["", "report", "Tomasz", "lunch"][id_ - 1])
    return None


@settings(max_examples=12)
@given(st.lists(STEP, max_size=14))
def test_all_that_was_said_is_listed_and_only_to_whom_it_was_granted(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_room(Path(folder)) as (room, store):
        meet_people(store)
        window = work_in(store, "slack", "Dagny Roth (DM) — Acme — Slack")
        said: list[tuple[str, set[int], int]] = []  # since the list was cleared: to whom, of which, how many episodes
        for what, client, one in steps:
            grant = store.grant(client)
            try:
                answer = step(room, store, what, client, one)
            except (NotGranted, BadInput):
                continue
            if what == "clear":
                said.clear()
            if answer is None:
                continue
            assert grant is not None
            assert grant.holds
            if grant.pseudonyms:
                assert tells_a_name(answer) == []
            propositions = answer.get("propositions", [answer] if "id" in answer else [])
            said.append((client, {each["id"] for each in propositions}, len(answer.get("episodes", ()))))
        told = [each for each in reversed(store.disclosures()) if not each.verb.startswith("called")]
        assert [(each.client, each.episodes) for each in told] == [(client, count) for client, _, count in said]
        for each, (_, ids, count) in zip(told, said, strict=True):
            left = {id_ for id_ in ids if store.proposition(PropositionId(id_)) is not None}
            assert set(each.propositions) == left
            assert each.seen == (window,) * count


def test_a_name_stays_hidden_when_the_words_that_showed_it_have_expired(met: tuple[Room, Store]) -> None:
    room, store = met
    later = NOON + timedelta(days=200)
    told(store, "l", "the lab of Tomasz Lewandowski", "Looks after the lab of Tomasz Lewandowski.", "task", at=later)
    with room.pen:
        store.expire(at=later, words_before=later - timedelta(days=90), thumbnails_before=NOON, max_bytes=10**9)
    found = ask(room, "context", limit=50)
    assert any("lab of P-" in each["text"] for each in found["propositions"])
    assert tells_a_name(found) == []


def test_who_is_known_is_not_found_out_by_guessing_names(met: tuple[Room, Store]) -> None:
    room, _ = met
    assert texts(room) != []
    for name in ("Tomasz", "tomasz lewandowski", "Mia", "Mia, Dagny", "Ｍｉａ", "Zofia", "Zofia Nowak"):
        assert texts(room, name) == [], name
