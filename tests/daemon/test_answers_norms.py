"""How much is kept of private matters: said over the real link, held to on a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.answers_norms import affected_by, apply_norm, warning_of
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.link import Asking, LinkServer, Refused
from gum_app.paths import Home
from gum_app.records import PERSON, ObservationId, Ruling
from gum_app.rules.norms import untold_title
from gum_app.rules.secrets import CUT
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, an_observation, some_evidence
from tests.daemon.watching import KEY

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def room(home: Home) -> Room:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    return room


@pytest.fixture
def ask(room: Room, home: Home) -> Iterator[Ask]:
    with closing(LinkServer(home, Answers(room).answer)), Asking(home) as line:

        def ask(verb: str, **fields: Any) -> dict[str, Any]:
            return list(line.ask({"do": verb, **fields}))[-1]

        yield ask


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    store = room.open_store()
    yield store
    store.close()


def see(store: Store, text: str, **more: Any) -> ObservationId:
    id_ = store.open_observation(an_observation(text=text, **more))
    store.close_observation(id_)
    return id_


def words(store: Store) -> list[str]:
    return [line.text for seen in store.observations(with_lines=True) for line in seen.lines]


def test_a_kind_is_tightened_loosened_and_left_as_usual_again(ask: Ask, store: Store) -> None:
    assert ask("norm", matter="health", keeping="drop")["effect"].startswith("Nothing is kept")
    assert store.settings().norms == {"health": "drop"}
    assert ask("norm", matter="health", keeping="keep")["keeping"] == "keep"
    assert ask("norm", matter="health", keeping=None)["keeping"] == "without detail"
    assert store.settings().norms == {}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"matter": "weather", "keeping": "drop"}, "no kind of private matter"),
        ({"matter": "health", "keeping": "publish"}, "is none of"),
        ({"matter": "credentials", "keeping": "keep"}, "cannot be loosened"),
        ({"keeping": "drop"}, "no kind of private matter"),
    ],
)
def test_what_cannot_be_said_costs_one_sentence(ask: Ask, store: Store, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        ask("norm", **fields)
    assert store.settings().norms == {}


def test_what_is_kept_already_is_shown_first_and_then_goes_with_what_rests_on_it(ask: Ask, store: Store) -> None:
    ask("norm", matter="health", keeping="keep")
    seen = see(store, "Lunch at noon\nMy biopsy was on Monday\nSee you")
    whole = see(store, "Some words", title="Symptoms of asthma")
    other = see(store, "We are deep in debt")
    evidence = some_evidence("My biopsy was on Monday", observation_id=seen)
    store.add_revisions([a_revision(text="Goes to the clinic.", evidence=(evidence,))])
    store.add_revisions(
        [a_revision(text="Has asthma.", topic="a", evidence=(some_evidence("Lunch", observation_id=seen),))]
    )
    store.add_revisions([a_revision(text="I have asthma.", topic="b", made_by=PERSON)])
    ask("norm", matter="health", keeping="without detail")
    before = words(store)
    preview = ask("forget", matter="health", preview=True)
    assert (preview["rows"], preview["untold"], preview["propositions"]) == (1, 1, 2)
    assert words(store) == before
    done = ask("forget", matter="health", preview=False)
    assert {name: done[name] for name in ("rows", "untold", "propositions")} == {
        "rows": 1,
        "untold": 1,
        "propositions": 2,
    }
    assert sorted(words(store)) == sorted(["Lunch at noon", CUT, "See you", "We are deep in debt"])
    assert {each.title for each in store.observations() if each.id == whole} == {untold_title("health")}
    assert store.observation(other) is not None
    assert store.integrity() == []
    assert not store.is_forgetting_unfinished()


def test_what_is_dropped_takes_the_episode_with_it(ask: Ask, store: Store) -> None:
    whole = see(store, "Some words", title="Symptoms of asthma")
    ask("norm", matter="health", keeping="drop")
    assert ask("forget", matter="health", preview=False)["observations"] == 1
    assert store.observation(whole) is None


def test_of_a_kind_that_is_kept_nothing_goes(ask: Ask, store: Store) -> None:
    see(store, "My biopsy was on Monday")
    ask("norm", matter="health", keeping="keep")
    assert ask("forget", matter="health", preview=False)["rows"] == 0


def test_who_forgets_or_rejects_something_of_a_kind_twice_has_it_kept_more_strictly(ask: Ask, store: Store) -> None:
    seen = see(store, "My biopsy was on Monday")
    asthma = store.add_revisions([a_revision(text="Has asthma.")])[0]
    ask("forget", observations=[seen], preview=True)
    assert store.reluctance() == {}
    ask("forget", observations=[seen])
    ask("say", id=asthma, verdict="wrong")
    assert store.reluctance() == {"health": 2}
    assert ask("norm", matter="health", keeping=None)["keeping"] == "drop"


def test_a_note_that_touches_a_private_matter_is_kept_and_the_person_is_told(ask: Ask, store: Store) -> None:
    assert "touches health" in ask("note", text="I was diagnosed with asthma")["warning"]
    assert ask("note", text="I like tea")["warning"] == ""
    assert "I was diagnosed with asthma" in words(store)
    assert warning_of((Ruling(matter="credentials", keeping="without detail", rule="card"),)) == ""


def test_what_was_looked_up_without_the_pen_is_judged_again_when_it_goes(store: Store) -> None:
    whole, gone = see(store, "Some words", title="Symptoms of asthma"), see(store, "My biopsy was on Monday")
    found = affected_by(store, matter="health", now=NOON)
    assert set(found.episodes) == {whole, gone}
    asthma = store.add_revisions([a_revision(text="Has asthma.")])[0]
    found = replace(found, beliefs=(asthma,))
    store.forget(ForgetScope(proposition_id=asthma), at=NOON)
    store.forget(ForgetScope(observation_ids=(gone,)), at=NOON)
    assert apply_norm(store, found, preview=False).untold == 1
    assert store.integrity() == []
