from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.choice import chosen_embedder, chosen_model, heed, sends_beyond
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, EngineMissing, ModelUnusable
from gum_app.paths import Home
from gum_app.settings import Settings
from tests.builders import NOON
from tests.tiny_models import needs_engine


def own(tiny: Path, **more: object) -> Settings:
    files = {"model_weights": str(tiny / "qwen3vl.gguf"), "model_projector": str(tiny / "qwen3vl-mmproj.gguf")}
    return Settings.model_validate({"model": "own", **files, **more})


def test_nothing_chosen_is_no_model(home: Home) -> None:
    assert chosen_model(Settings(), home) is None
    assert chosen_embedder(Settings(), home) is None


@needs_engine
def test_ones_own_files_are_a_model_under_their_own_name(home: Home, tiny: Path) -> None:
    model = chosen_model(own(tiny), home)
    assert model is not None
    with closing(model):
        assert model.name.startswith("tiny qwen3vl")


@needs_engine
def test_a_model_of_the_list_that_is_not_here_says_what_to_do(home: Home) -> None:
    with pytest.raises(ModelUnusable, match="download it"):
        chosen_model(Settings(model="qwen3-vl-2b"), home)
    with pytest.raises(ModelUnusable, match="download it"):
        chosen_embedder(Settings(embedding_model="bge-small-en-1.5"), home)


def test_a_file_that_went_away_is_told(home: Home, tmp_path: Path) -> None:
    gone = Settings(model="own", model_weights=str(tmp_path / "gone.gguf"))
    with pytest.raises((ModelUnusable, EngineMissing), match=r"gone\.gguf|engine"):
        chosen_model(gone, home)


@needs_engine
def test_a_file_that_goes_away_while_it_is_looked_at_is_no_fault_of_ours(
    home: Home, tiny: Path, tmp_path: Path
) -> None:
    """Again and again, with the file coming and going on another thread, until it went in between."""
    weights, over = tmp_path / "model.gguf", threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            weights.symlink_to(tiny / "llava.gguf")
            weights.unlink()

    going = threading.Thread(target=come_and_go)
    going.start()
    try:
        for _ in range(100):
            try:
                model = chosen_model(Settings(model="own", model_weights=str(weights)), home)
            except ModelUnusable as error:
                assert "cannot be read" in str(error)
            else:
                assert model is not None
                model.close()
    finally:
        over.set()
        going.join()


def test_a_server_beyond_this_computer_is_not_asked_without_the_words(home: Home) -> None:
    far = Settings(model="endpoint", endpoint_url="https://gpu.example.org/v1", endpoint_model="large")
    with pytest.raises(BadInput):
        chosen_model(far, home)
    allowed = far.with_value("endpoint_confirmed", "send to gpu.example.org:443")
    model = chosen_model(allowed, home)
    assert model is not None
    with closing(model):
        assert "gpu.example.org" in model.name
    assert sends_beyond(far)


def test_words_for_one_server_do_not_open_another(home: Home) -> None:
    other = Settings(
        model="endpoint",
        endpoint_url="https://other.example.org/v1",
        endpoint_model="large",
        endpoint_confirmed="send to gpu.example.org:443",
    )
    with pytest.raises(BadInput):
        chosen_model(other, home)


def test_a_server_on_this_computer_keeps_words_here() -> None:
    here = Settings(model="endpoint", endpoint_url="http://127.0.0.1:8080/v1", endpoint_model="small")
    assert not sends_beyond(here)
    assert not sends_beyond(Settings(endpoint_url="https://gpu.example.org/v1")), "it is not in use"


HERE = Settings(
    model="endpoint",
    embedding_model="endpoint",
    endpoint_url="http://127.0.0.1:8080/v1",
    endpoint_model="small",
    endpoint_embedding_model="tiny",
)


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def mind(room: Room) -> Iterator[Mind]:
    with closing(Mind(room.clock, lambda _call: None)) as mind:
        yield mind


def test_a_choice_is_heeded_once_and_again_when_something_came(room: Room, mind: Mind) -> None:
    heed(room, mind, lambda: HERE)
    first = mind.model
    assert first is not None
    heed(room, mind, Settings)
    assert mind.model is first, "nothing has changed, so nobody asks what is set"
    room.choose_models_again()
    heed(room, mind, lambda: HERE)
    assert mind.model not in (None, first)
    room.choose_models_again()
    heed(room, mind, Settings)
    assert mind.model is None


def test_a_change_of_one_model_leaves_the_other_at_work(room: Room, mind: Mind) -> None:
    heed(room, mind, lambda: HERE)
    thinks, compares = mind.model, mind.embedder
    room.choose_models_again(["compares"])
    assert not room.are_models_heeded
    heed(room, mind, lambda: HERE.with_value("endpoint_embedding_model", "other"))
    assert room.are_models_heeded
    assert mind.model is thinks
    assert mind.embedder not in (None, compares)


@pytest.mark.parametrize("broken", ["model", "embedding_model"])
def test_what_cannot_be_used_says_why_and_holds_up_nothing_else(room: Room, mind: Mind, broken: str) -> None:
    heed(room, mind, lambda: HERE.with_value(broken, "nobody-knows-it"))
    troubles = {"model": room.model_trouble, "embedding_model": room.embedder_trouble}
    there = {"model": mind.model, "embedding_model": mind.embedder}
    told = troubles.pop(broken)
    assert told is not None and told.endswith(".")
    assert there.pop(broken) is None
    assert None not in there.values()
    assert set(troubles.values()) == {None}
