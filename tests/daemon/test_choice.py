from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.choice import Choice, chosen_embedder, chosen_model, sends_beyond
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


def test_a_choice_is_heeded_once_and_again_when_something_came(home: Home) -> None:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    mind = Mind(room.clock, lambda _call: None)
    choice = Choice(room, mind)
    settings = Settings(model="endpoint", endpoint_url="http://127.0.0.1:8080/v1", endpoint_model="small")
    choice.heed(lambda: settings)
    first = mind.model
    assert first is not None
    choice.heed(lambda: settings.with_value("theme", "dark"))
    assert mind.model is first
    room.choose_model_again()
    choice.heed(lambda: settings)
    assert mind.model is not first
    choice.heed(Settings)
    assert mind.model is None
    mind.close()


def test_what_cannot_be_used_leaves_no_model_and_says_why(home: Home) -> None:
    room = Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))
    mind = Mind(room.clock, lambda _call: None)
    nowhere = Settings(model="endpoint", endpoint_url="nowhere", endpoint_model="small")
    Choice(room, mind).heed(lambda: nowhere)
    assert mind.model is None
    assert room.model_trouble is not None
    assert room.model_trouble.endswith(".")
    mind.close()
