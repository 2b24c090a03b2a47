"""What the tray and the page are told. That verbs lead there is tested in test_answers_model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.catalogue import load_catalogue
from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.model_status import STATES, Surveyor, answer, brief, comparing, comparing_trouble
from gum_app.daemon.room import Room
from gum_app.daemon.workshop import Workshop
from gum_app.errors import GaveWay, ModelDied, ModelUnusable
from gum_app.paths import Home
from gum_app.records import Call, StillFrame
from gum_app.store.store import Store
from gum_app.ui.model_status import model_status_of
from gum_app.world.model import Prompt, Said
from tests.builders import NOON, a_revision, an_observation
from tests.daemon.watching import KEY
from tests.world.scripted_model import UNTIL_STOPPED, ScriptedEmbedder, ScriptedModel

PROMPT = Prompt(step="observe", fingerprint="0", system="Tell.", parts=(Said("words"),))


@pytest.fixture
def room(home: Home) -> Iterator[Room]:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    room.open(KEY)
    room.mind = Mind(room.clock, lambda _call: None)
    yield room
    room.mind.close()


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    with closing(room.open_store()) as store:
        yield store


def state(room: Room, store: Store) -> str:
    return brief(room, store.settings(), store)["state"]


def use(room: Room, store: Store, *answers: object, asked: threading.Event | None = None) -> Mind:
    store.put_setting("model", "endpoint")
    store.put_setting("endpoint_url", "http://127.0.0.1:8080/v1")
    assert room.mind is not None
    room.mind.think_with(ScriptedModel(*answers, before=lambda _prompt: asked.set() if asked is not None else None))
    return room.mind


def test_the_state_follows_what_happens(room: Room, store: Store) -> None:
    off = {"state": "off", "sentence": STATES["off"], "remote": "", "in_use": ""}
    assert brief(room, store.settings(), store) == off
    asked = threading.Event()
    mind = use(room, store, UNTIL_STOPPED, asked=asked)
    assert state(room, store) == "idle"

    def think() -> None:
        with pytest.raises(GaveWay):
            mind.ask(PROMPT, str)

    thinking = threading.Thread(target=think)
    thinking.start()
    assert asked.wait(60)
    assert state(room, store) == "thinking"
    mind.interrupt()
    thinking.join(60)
    assert state(room, store) == "idle"


def test_a_model_that_rests_says_why_and_until_when(room: Room, store: Store) -> None:
    mind = use(room, store, *[ModelDied("The model crashed.")] * 3)
    for _ in range(3):
        with pytest.raises(ModelDied):
            mind.ask(PROMPT, str)
    told = brief(room, store.settings(), store)
    assert told["state"] == "resting"
    assert told["sentence"].startswith("The model crashed.")
    assert "15 minutes" in told["sentence"]


def test_what_it_waits_for_is_told_only_where_something_waits(room: Room, store: Store) -> None:
    use(room, store)
    store.put_setting("compute_seconds_an_hour", 10)
    store.add_call(Call(at=NOON - timedelta(minutes=1), step="observe", model="m", pictures=1, milliseconds=11_000))
    assert state(room, store) == "idle"
    store.close_observation(store.open_observation(an_observation(text="words")))
    told = brief(room, store.settings(), store)
    assert told["state"] == "waiting"
    assert "11 seconds" in told["sentence"]


def test_words_do_not_wait_for_the_pictures_of_others(room: Room, store: Store) -> None:
    use(room, store)
    store.put_setting("vision_calls_an_hour", 1)
    store.add_call(Call(at=NOON - timedelta(minutes=1), step="observe", model="m", pictures=1, milliseconds=1))
    seen = store.open_observation(an_observation(text="words"))
    store.close_observation(seen)
    assert state(room, store) == "idle", "it may be asked about words, when there are more of them"
    store.put_frames(seen, [StillFrame(observation_id=seen, at=NOON, jpeg=b"a picture")])
    assert state(room, store) == "waiting"


def test_the_one_that_compares_rests_by_itself(room: Room, store: Store) -> None:
    mind = use(room, store)
    mind.compare_with(ScriptedEmbedder(troubles=[ModelUnusable("Its file is broken.")]))
    with pytest.raises(ModelUnusable):
        mind.embed(["words"])
    assert state(room, store) == "idle"
    told = comparing_trouble(room)
    assert told.startswith("Words are compared instead of meaning. Its file is broken.")
    assert "15 minutes" in told


def test_how_far_comparing_has_come_is_told(room: Room, store: Store) -> None:
    mind = use(room, store)
    assert comparing(room, store) == ""
    mind.compare_with(ScriptedEmbedder())
    assert comparing(room, store) == "Nothing is believed yet that could be compared."
    ids = store.add_revisions([a_revision(text=text, topic=text) for text in ("Likes tea.", "Likes rain.")])
    assert comparing(room, store) == "What 0 of 2 propositions mean is told; the others follow."
    texts = list(zip(ids, ("Likes tea.", "Likes rain."), strict=True))
    store.put_vectors("scripted embedder", texts, mind.embed([text for _, text in texts]))
    assert comparing(room, store).startswith("What each proposition means is told")


def test_a_trouble_with_the_choice_comes_first(room: Room, store: Store) -> None:
    use(room, store)
    room.model_trouble = "The file went away."
    assert brief(room, store.settings(), store)["sentence"] == "The file went away."


def test_only_what_is_in_use_is_marked_as_sending(room: Room, store: Store) -> None:
    store.put_setting("endpoint_url", "https://gpu.example.org/v1")
    assert brief(room, store.settings(), store)["remote"] == ""
    store.put_setting("embedding_model", "endpoint")
    assert brief(room, store.settings(), store)["remote"] == "gpu.example.org:443"


def test_the_page_understands_every_field(room: Room, store: Store, home: Home) -> None:
    workshop = Workshop(home, load_catalogue(), changed=lambda: None, report=lambda _fault: None)
    store.add_call(Call(at=NOON, step="observe", model="m", pictures=2, milliseconds=500))
    told = model_status_of(answer(room, workshop, Surveyor(room).machine(), store))
    assert [one.id for one in told.models] == [entry.id for entry in load_catalogue().entries]
    assert told.calls[0].pictures == 2
    assert (told.budget.vision_calls_used, told.budget.pictures_used, told.budget.pictures_most) == (1, 2, 40)
    assert told.budget.resets_at == NOON + timedelta(hours=1)
    assert told.engine.cost


def test_what_lies_on_the_disk_is_counted(room: Room, store: Store, home: Home) -> None:
    workshop = Workshop(home, load_catalogue(), changed=lambda: None, report=lambda _fault: None)
    entry = load_catalogue().entries[0]
    half: Path = home.models / entry.id / (entry.weights.path + ".part")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"x" * 1000)
    told = answer(room, workshop, Surveyor(room).machine(), store)["models"][0]
    assert told["disk_bytes"] >= 1000
