"""The list of models: whole, closed, and right about what a picture costs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gum_app.catalogue import Catalogue, Grid, Tiles, load_catalogue
from gum_app.errors import BadInput
from gum_app.paths import shipped

GRID = Grid(rule="grid", pixels_a_token=32, most_tokens=1100)
TILES = Tiles(rule="tiles", tile_pixels=128, tokens_a_tile=4, longest_pixels=512, most_tokens=200)


def test_what_is_shipped_is_whole() -> None:
    catalogue = load_catalogue()
    sees = [entry.parameters_billions for entry in catalogue.of_kind("sees")]
    assert {round(size) for size in sees} >= {2, 4, 9}, "three sizes at least"
    assert catalogue.of_kind("embeds")
    assert catalogue.of_kind("sees")[0].id == "qwen3-vl-4b"
    for entry in catalogue.entries:
        assert all(file.sha256 for file in entry.files)
        assert entry.memory_bytes() > entry.download_bytes
        assert entry.memory_bytes(16_384) >= entry.memory_bytes()


def test_nothing_beside_the_known_fields_is_taken() -> None:
    told = json.loads(shipped("resources/models.json").read_text(encoding="utf-8"))
    changes: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda d: d.update(version=2),
        lambda d: d["entries"][0].update(colour="red"),
        lambda d: d["entries"][0].update(prefixes={"query": "", "passage": ""}),
        lambda d: d["entries"][0].pop("picture"),
        lambda d: d["entries"][0]["files"].pop(),
        lambda d: d["entries"][0]["files"][0].update(path="../../weights.gguf"),
        lambda d: d["entries"][0].update(verified=True),
        lambda d: d["entries"][1].update(id="qwen3-vl-4b"),
        lambda d: d["entries"][-1].pop("dimensions"),
    )
    for change in changes:
        changed = json.loads(json.dumps(told))
        change(changed)
        with pytest.raises(ValidationError):
            Catalogue.model_validate(changed)


def test_one_that_is_not_in_the_list_is_named_in_a_sentence() -> None:
    assert load_catalogue().find("qwen3-vl-2b").weights.path.endswith(".gguf")
    with pytest.raises(BadInput, match="no model “gpt”"):
        load_catalogue().find("gpt")


def test_a_mirror_takes_the_place_of_the_host_and_of_nothing_else() -> None:
    catalogue = load_catalogue()
    file = catalogue.find("qwen3-vl-2b").weights
    after = f"/Qwen/Qwen3-VL-2B-Instruct-GGUF/resolve/{file.revision}/Qwen3VL-2B-Instruct-Q4_K_M.gguf"
    assert catalogue.url(file) == "https://huggingface.co" + after
    assert catalogue.url(file, "http://127.0.0.1:8000/hf/") == "http://127.0.0.1:8000/hf" + after
    for wrong in ("mirror", "ftp://mirror", "file:///etc", "https://", "https://mirror?x=1"):
        with pytest.raises(BadInput, match="A mirror is an address"):
            catalogue.url(file, wrong)


@pytest.mark.parametrize(
    ("width", "height", "tokens"),
    [(320, 200, 60), (1280, 720, 920), (1366, 768, 1032), (1920, 1080, 2040), (800, 800, 625)],
)
def test_a_picture_costs_what_llama_cpp_counts(width: int, height: int, tokens: int) -> None:
    """Counted once with `mtmd_tokenize` and a projector of the kind of Qwen3-VL."""
    assert GRID.tokens(width, height) == tokens


@pytest.mark.parametrize(
    ("width", "height", "tokens"), [(1280, 720, 82), (320, 200, 82), (800, 800, 107), (100, 1000, 35)]
)
def test_tiles_cost_by_the_shape_of_the_picture(width: int, height: int, tokens: int) -> None:
    """Counted likewise with a projector of the kind of SmolVLM."""
    assert TILES.tokens(width, height) == tokens


def test_a_screen_is_shrunk_to_what_it_may_cost_and_keeps_its_shape() -> None:
    assert GRID.picture_size(1366, 768) == (1366, 768), "it is as large as it may be"
    assert GRID.picture_size(1920, 1080) == (1408, 800)
    assert GRID.picture_size(1920, 1080, 300) == (736, 416)
    assert TILES.picture_size(1920, 1080) == (512, 288)
    assert TILES.picture_size(100, 50) == (100, 50)


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.integers(16, 5000))
def test_no_picture_costs_more_than_it_may_and_none_grows(width: int, height: int, most: int) -> None:
    made = GRID.picture_size(width, height, most)
    assert GRID.tokens(*made) <= most
    assert 0 < made.width <= width
    assert 0 < made.height <= height
    if GRID.tokens(width, height) <= most:
        assert made == (width, height)


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_no_picture_of_tiles_grows(width: int, height: int) -> None:
    made = TILES.picture_size(width, height)
    assert 0 < made.width <= min(width, 512)
    assert 0 < made.height <= min(height, 512)
