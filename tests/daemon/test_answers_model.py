"""What windows ask about the model, over the real link: a tiny model that really runs, and a server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gum_app.clock import SystemClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.choice import heed
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.daemon.trial import WORDS
from gum_app.link import Asking, LinkServer, Refused
from gum_app.paths import Home
from gum_app.records import Call
from gum_app.settings import Settings
from gum_app.store.store import Store
from gum_app.world.endpoint_key import api_key
from tests.builders import an_observation
from tests.daemon.watching import KEY
from tests.desktop import until
from tests.tiny_models import needs_engine
from tests.world.keyrings import a_keyring
from tests.world.openai_double import OpenAiDouble

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def room(home: Home) -> Iterator[Room]:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SystemClock())
    room.open(KEY)

    def note(call: Call) -> None:
        with closing(room.open_store()) as store:
            store.add_call(call)

    room.mind = Mind(room.clock, note)
    with closing(room.mind):
        yield room


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    with closing(room.open_store()) as store:
        yield store


@pytest.fixture
def all_of(room: Room, home: Home) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Every answer to a question. A thread heeds what is chosen, as the daemon's does."""
    quitting = threading.Event()

    def keep_heeding() -> None:
        assert room.mind is not None
        with closing(room.open_store()) as store:
            while not quitting.is_set():
                heed(room, room.mind, store.settings)
                room.something_to_interpret.wait(20)
                room.something_to_interpret.clear()

    heeding = threading.Thread(target=keep_heeding)
    heeding.start()
    with closing(Answers(room)) as answers, closing(LinkServer(home, answers.answer)), Asking(home) as line:
        yield lambda verb, **fields: list(line.ask({"do": verb, **fields}))
    quitting.set()
    room.something_to_interpret.set()
    heeding.join(60)


@pytest.fixture
def ask(all_of: Callable[..., list[dict[str, Any]]]) -> Ask:
    return lambda verb, **fields: all_of(verb, **fields)[-1]


def refusal(ask: Ask, verb: str, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        ask(verb, **fields)
    return str(refused.value)


def settings(store: Store) -> Settings:
    return store.settings()


def test_at_first_no_model_thinks_and_one_is_recommended_or_not_with_a_reason(ask: Ask) -> None:
    told = ask("model")
    assert told["state"] == "off"
    assert told["chosen"] == ""
    assert told["recommended"]["sentence"].endswith(".")
    assert {"sees", "embeds"} == {one["kind"] for one in told["models"]}
    assert all(one["state"] == "absent" for one in told["models"])
    assert told["calls"] == []
    assert told["waiting"] == 0


def test_a_model_that_is_not_here_says_what_to_do(ask: Ask) -> None:
    ask("model_choose", model="qwen3-vl-2b")
    until(lambda: ask("model")["state"] == "resting", "the choice is heeded")
    told = ask("model")
    assert "download" in told["sentence"]
    assert told["chosen"] == "qwen3-vl-2b"


def test_what_is_no_model_for_that_is_refused(ask: Ask) -> None:
    assert "no model" in refusal(ask, "model_choose", model="other")
    assert "not a model for that" in refusal(ask, "model_choose", model="bge-small-en-1.5")


def test_files_that_are_no_model_are_refused_in_a_sentence(ask: Ask, tmp_path: Path, tiny: Path, store: Store) -> None:
    (tmp_path / "notes.gguf").write_bytes(b"these are notes")
    assert "notes.gguf" in refusal(ask, "model_files", weights=str(tmp_path / "notes.gguf"), projector="")
    swapped = refusal(
        ask, "model_files", weights=str(tiny / "qwen3vl-mmproj.gguf"), projector=str(tiny / "qwen3vl.gguf")
    )
    assert "projector" in swapped
    assert refusal(ask, "model_files", weights="", projector="").startswith("Choose the file")
    assert "write the folder in full" in refusal(ask, "model_files", weights="~nobody-here/x.gguf", projector="")
    assert "not the name of a file" in refusal(ask, "model_files", weights="a\0b.gguf", projector="")
    assert settings(store).model == ""


@needs_engine
def test_a_model_of_ones_own_is_tried_and_says_what_is_in_use(
    all_of: Callable[..., list[dict[str, Any]]], ask: Ask, tiny: Path, store: Store
) -> None:
    ask("set", name="model_threads", value=1)
    ask("model_files", weights=str(tiny / "qwen3vl.gguf"), projector=str(tiny / "qwen3vl-mmproj.gguf"))
    until(lambda: ask("model")["state"] == "idle", "the choice is heeded")
    first, *_, last = all_of("model_try")
    assert first["said"].startswith("Asking the model")
    assert last["answer"]
    assert WORDS in last["sentence"]
    told = ask("model")
    assert "processor" in told["in_use"]
    assert [call["step"] for call in told["calls"]] == ["try"]
    assert told["budget"]["vision_calls_used"] == 0, "what the person asks for is not held against the background"
    assert settings(store).model == "own"


def test_switching_a_model_on_does_not_make_it_chew_the_past(ask: Ask, store: Store, tiny: Path) -> None:
    past = store.open_observation(an_observation(text="long ago"))
    store.close_observation(past)
    assert store.count_waiting_for_model() == 1
    ask("model_files", weights=str(tiny / "qwen3vl.gguf"), projector="")
    assert store.count_waiting_for_model() == 0
    later = store.open_observation(an_observation(text="now"))
    store.close_observation(later)
    ask("model_choose", model="own")
    assert store.count_waiting_for_model() == 1, "it was on all the time"


def test_a_server_on_this_computer_needs_no_words(ask: Ask, store: Store) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="tiny", embedding_model="")
        until(lambda: ask("model")["state"] == "idle", "the choice is heeded")
        answer = ask("model_try")
        assert answer["answer"]
        told = ask("model")
        assert told["endpoint"]["is_local"]
        assert ask("status")["model"]["remote"] == ""
        ask("endpoint_off")
        assert settings(store).model == ""
        assert settings(store).endpoint_url == double.url


def test_a_server_beyond_this_computer_needs_the_words_and_wears_a_mark(ask: Ask, store: Store) -> None:
    question = {"url": "https://gpu.example.org/v1", "model": "large", "embedding_model": ""}
    sentence = refusal(ask, "endpoint", **question)
    assert "gpu.example.org" in sentence
    assert "send" in refusal(ask, "endpoint", **question, confirmed="yes")
    assert settings(store).model == ""
    ask("endpoint", **question, confirmed="send to gpu.example.org:443")
    assert ask("status")["model"]["remote"] == "gpu.example.org:443"
    assert settings(store).endpoint_confirmed
    ask("endpoint_off")
    assert ask("status")["model"]["remote"] == ""
    assert settings(store).endpoint_confirmed == ""
    assert "send" in refusal(ask, "endpoint", **question), "the words count once"


def test_a_setting_about_servers_cannot_be_set_around_the_words(ask: Ask) -> None:
    for name in ("endpoint_url", "endpoint_confirmed", "endpoint_has_key", "model", "model_weights"):
        assert "not set by hand" in refusal(ask, "set", name=name, value="x")


def test_a_server_that_is_down_makes_the_try_fail_in_a_sentence(ask: Ask) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    ask("endpoint", url=f"http://127.0.0.1:{port}/v1", model="tiny", embedding_model="")
    until(lambda: ask("model")["state"] == "idle", "the choice is heeded")
    assert str(port) in refusal(ask, "model_try")


def test_a_try_is_stopped_while_the_server_is_silent(ask: Ask, home: Home) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="tiny", embedding_model="")
        double.then("silent")
        with Asking(home) as line:
            answers = line.ask({"do": "model_try"})
            assert next(answers)["said"]
            assert double.busy.wait(60)
            line.stop()
            assert list(answers)[-1] == {"stopped": True}
        assert double.gone.wait(60), "the server is not kept at it"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


@pytest.mark.usefixtures("keyring")
def test_a_key_is_removed_and_the_server_stays(ask: Ask, store: Store, home: Home) -> None:
    with OpenAiDouble() as double:
        ask("endpoint", url=double.url, model="tiny", embedding_model="", key="sk-1")
        ask("model_try")
        assert double.headers[-1]["authorization"] == "Bearer sk-1"
        ask("endpoint_forget_key")
        assert api_key(home, double.url) == ""
        assert not settings(store).endpoint_has_key
        assert settings(store).model == "endpoint"
        ask("model_try")
        assert "authorization" not in double.headers[-1]


def test_a_key_that_the_keyring_does_not_give_up_is_not_said_to_be_gone(ask: Ask, store: Store) -> None:
    ask("endpoint", url="http://127.0.0.1:1/v1", model="tiny", embedding_model="")
    store.put_setting("endpoint_has_key", True)
    for verb in ("endpoint_forget_key", "endpoint_off"):
        assert "keyring" in refusal(ask, verb)
        assert settings(store).endpoint_has_key
    assert settings(store).model == "", "it is switched off all the same"


def test_without_a_model_there_is_nothing_to_try(ask: Ask) -> None:
    assert "choose one" in refusal(ask, "model_try")


def test_what_is_not_in_the_list_is_not_fetched_or_deleted(ask: Ask) -> None:
    for verb in ("model_download", "model_check", "model_delete"):
        assert "no model" in refusal(ask, verb, id="../../etc")


def test_deleting_the_model_in_use_switches_it_off(ask: Ask, store: Store) -> None:
    ask("model_choose", model="qwen3-vl-2b")
    ask("model_delete", id="qwen3-vl-2b")
    assert settings(store).model == ""
    assert ask("model")["state"] == "off"


def test_waking_asks_again(ask: Ask, room: Room) -> None:
    ask("model_choose", model="qwen3-vl-2b")
    until(lambda: ask("model")["state"] == "resting", "the choice is heeded")
    ask("model_wake")
    until(lambda: room.are_models_heeded, "the choice is heeded again")
    assert ask("model")["state"] == "resting", "it is still not here"


def test_deleting_what_compares_leaves_what_thinks_at_work(ask: Ask, room: Room, store: Store) -> None:
    ask("endpoint", url="http://127.0.0.1:9/v1", model="small", embedding_model="")
    ask("model_choose", model="endpoint", embedding="bge-small-en-1.5")
    until(lambda: room.are_models_heeded, "the choice is heeded")
    assert room.mind is not None
    thinks = room.mind.model
    assert thinks is not None
    ask("model_delete", id="bge-small-en-1.5")
    until(lambda: room.are_models_heeded, "the choice is heeded again")
    assert room.mind.model is thinks
    assert (settings(store).model, settings(store).embedding_model) == ("endpoint", "")


def test_what_was_set_aside_is_tried_again_when_asked_to_and_by_another_model(ask: Ask, store: Store) -> None:
    ask("endpoint", url="http://127.0.0.1:9/v1", model="small", embedding_model="")
    odd = store.open_observation(an_observation(text="odd"))
    store.close_observation(odd)
    for deed in ({"verb": "model_wake"}, {"verb": "model_choose", "model": "qwen3-vl-2b"}):
        for _ in range(3):
            store.note_failed_propose([odd])
        assert ask("model")["set_aside"] == 1
        ask(**deed)
        assert (ask("model")["set_aside"], ask("model")["waiting"]) == (0, 1)
