"""Pictures become pieces of a prompt; broken and huge ones, and strange projectors, become a sentence."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import permutations
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

ALIKE = {"smolvlm", "llava"}  # both plain Llamas of one width: nothing in the files tells them apart


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


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_whatever_stands_in_the_data_it_is_a_picture_or_refused(form: str) -> None:
    whole, chance = encoded(64, 48, form), random.Random(form)
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        with suppress(PictureBroken):
            assert opened(bytes(data)).mode == "RGB"


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
@pytest.mark.parametrize(("name", "other"), [pair for pair in permutations(VISION, 2) if set(pair) != ALIKE])
def test_the_projector_of_another_model_is_refused_also_where_the_widths_are_equal(
    tiny: Path, tmp_path: Path, name: str, other: str
) -> None:
    (tmp_path / f"{name}-mmproj.gguf").write_bytes((tiny / f"{other}-mmproj.gguf").read_bytes())
    with closing(Weights(tiny / f"{name}.gguf")) as weights, pytest.raises(ModelUnusable):
        an_eye(tmp_path, weights, name)


@needs_engine
@pytest.mark.parametrize("content", ["weights", "half", "noise", "empty", "gone"])
def test_a_file_that_is_no_sound_projector_is_refused(
    tiny: Path, weights: Weights, tmp_path: Path, content: str
) -> None:
    whole = (tiny / "qwen3vl-mmproj.gguf").read_bytes()
    path = tmp_path / "qwen3vl-mmproj.gguf"
    match content:
        case "weights":
            path.write_bytes((tiny / "qwen3vl.gguf").read_bytes())
        case "half":
            path.write_bytes(whole[: len(whole) // 2])
        case "noise":
            path.write_bytes(b"noise" * 1000)
        case "empty":
            path.write_bytes(b"")
    with pytest.raises(ModelUnusable, match=path.name):
        an_eye(tmp_path, weights, "qwen3vl")
