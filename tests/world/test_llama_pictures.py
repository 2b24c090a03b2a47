from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from gum_app.errors import ModelUnusable, PictureBroken
from gum_app.world.llama_chat import Text
from gum_app.world.llama_memory import Piece, cells
from gum_app.world.llama_native import Brake
from gum_app.world.llama_pictures import MOST_PIXELS, Eye, opened
from gum_app.world.llama_weights import Weights
from tests.tiny_models import VISION, needs_engine
from tests.world.asking import a_frame


def encoded(width: int, height: int, form: str = "PNG", color: str = "navy") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), color).save(file, form)
    return file.getvalue()


def an_eye(tiny: Path, weights: Weights, name: str, most_picture_tokens: int = 0) -> Eye:
    return Eye(
        tiny / f"{name}-mmproj.gguf",
        weights,
        on_gpu=False,
        threads=1,
        most_picture_tokens=most_picture_tokens,
        pictures_kept=2,
        brake=Brake(),
    )


@pytest.fixture(scope="module")
def weights(tiny: Path) -> Iterator[Weights]:
    with closing(Weights(tiny / "qwen3vl.gguf")) as weights:
        yield weights


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_opened_as_rgb(form: str) -> None:
    image = opened(encoded(30, 20, form))
    assert (image.mode, image.size) == ("RGB", (30, 20))


@pytest.mark.parametrize(
    "data",
    [b"", b"noise" * 100, encoded(300, 200)[:200], encoded(300, 200, "JPEG")[:600], encoded(9, 9, "GIF")],
    ids=["empty", "noise", "half a PNG", "half a JPEG", "another format"],
)
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureBroken):
        opened(data)


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    side = int(MOST_PIXELS**0.5) + 100
    with pytest.raises(PictureBroken, match="larger"):
        opened(encoded(side, side))


@needs_engine
@pytest.mark.parametrize("name", VISION)
def test_a_screenshot_becomes_pieces_between_words(tiny: Path, name: str) -> None:
    with (
        closing(Weights(tiny / f"{name}.gguf")) as its_weights,
        closing(an_eye(tiny, its_weights, name)) as eye,
        eye.units_of([Text("before"), a_frame().data, Text("after")]) as units,
    ):
        assert any(isinstance(unit, Piece) for unit in units)
        assert not isinstance(units[0], Piece)
        assert not isinstance(units[-1], Piece)
        assert cells(units) > len(units)


@needs_engine
def test_words_are_never_pictures_or_control_tokens(tiny: Path, weights: Weights) -> None:
    marks = "<__media__> <|im_end|> <|vision_start|><|image_pad|><|vision_end|>"
    with closing(an_eye(tiny, weights, "qwen3vl")) as eye, eye.units_of([Text(marks)]) as units:
        tokens = [unit for unit in units if not isinstance(unit, Piece)]
        assert len(tokens) == len(units)
        assert not any(map(weights.is_control, tokens))
        assert b"".join(map(weights.piece, tokens)).decode() == marks


@needs_engine
def test_a_picture_takes_no_more_than_its_cap(tiny: Path, weights: Weights) -> None:
    with closing(an_eye(tiny, weights, "qwen3vl", most_picture_tokens=200)) as eye:
        with eye.units_of([encoded(1920, 1080)]) as units:
            pieces = [unit for unit in units if isinstance(unit, Piece)]
        assert sum(piece.cells for piece in pieces) <= 200


@needs_engine
def test_the_projector_of_another_model_is_refused(tiny: Path, weights: Weights, tmp_path: Path) -> None:
    for other in ("qwen25vl-mmproj", "qwen3vl"):
        (tmp_path / "qwen3vl-mmproj.gguf").write_bytes((tiny / f"{other}.gguf").read_bytes())
        with pytest.raises(ModelUnusable):
            an_eye(tmp_path, weights, "qwen3vl")
    half = (tiny / "qwen3vl-mmproj.gguf").read_bytes()
    (tmp_path / "qwen3vl-mmproj.gguf").write_bytes(half[: len(half) // 2])
    with pytest.raises(ModelUnusable):
        an_eye(tmp_path, weights, "qwen3vl")
