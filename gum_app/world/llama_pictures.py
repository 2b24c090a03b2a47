"""The eye of a model: its projector, run by libmtmd. Turns pictures into what the model reads, and remembers them."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import io
import os
import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from gum_app.errors import ModelDied, ModelUnusable, PictureBroken
from gum_app.world.gguf_head import Head, check_kind
from gum_app.world.llama_chat import Text
from gum_app.world.llama_memory import Piece, Unit
from gum_app.world.llama_native import Brake, engine, forget_complaints, refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gum_app.world.llama_weights import Weights

CLOSED_FAMILIES = ("qwen", "gemma3", "gemma4")  # their projectors serve no other architecture of text
CLOSED_MODELS = {"qwen2vl": "qwen", "qwen3vl": "qwen"}  # and these architectures take no other projectors
KNOWN_FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 36_000_000  # two screens of 5K; beyond, a picture takes memory that nothing on it is worth
MOST_KEPT_BYTES = 300_000_000  # a full screen takes 80 MB with Qwen3-VL-4B
NODES_BETWEEN_LOOKS = 4  # steps of the encoder, some twenty a layer, after which the brake is asked
LEAST_PICTURE_TOKENS = 16  # a smaller cap is taken as this: some models refuse to load with less


class Eye:
    """The constructor raises ModelUnusable: the file is missing, broken, no projector, or one of another model."""

    def __init__(
        self,
        path: Path,
        weights: Weights,
        *,
        on_gpu: bool,
        threads: int,
        most_picture_tokens: int,
        pictures_kept: int,
        brake: Brake,
    ) -> None:
        _check_belongs(check_kind(path, "projector"), weights.head, path)
        engine()
        from llama_cpp import mtmd_cpp

        self._mtmd = mtmd_cpp
        self._weights = weights
        self._brake = brake
        self._kept = _Kept(pictures_kept)
        self.encoded: set[str] = set()  # digests of the pictures encoded since the last `units_of`
        parameters = self._parameters(on_gpu, threads)
        if most_picture_tokens:
            parameters.image_max_tokens = max(LEAST_PICTURE_TOKENS, most_picture_tokens)
        forget_complaints()
        self.pointer: Any = mtmd_cpp.mtmd_init_from_file(os.fsencode(path), weights.pointer, parameters)
        if not self.pointer:
            raise refusal(path.name, "does not belong to this model, is damaged, or too new for llama.cpp")
        if not mtmd_cpp.mtmd_support_vision(self.pointer):
            self.close()
            raise ModelUnusable(f"{path.name} makes a model hear, not see: choose another projector.")
        self._width: int = engine().llama_model_n_embd_inp(weights.pointer)

    def _parameters(self, on_gpu: bool, threads: int) -> Any:
        parameters = self._mtmd.mtmd_context_params_default()
        parameters.use_gpu, parameters.n_threads = on_gpu, threads
        parameters.print_timings = parameters.warmup = False
        parameters.flash_attn_type = engine().LLAMA_FLASH_ATTN_TYPE_ENABLED  # without it: gigabytes a picture
        self._nodes = 0
        self._on_node = engine().ggml_backend_sched_eval_callback(self._go_on)
        parameters.cb_eval = self._on_node
        return parameters

    def _go_on(self, _tensor: Any, is_asked: bool, _data: Any) -> bool:
        """Asked before each step whether to look at its result; then, for those, whether to go on."""
        if is_asked:
            self._nodes += 1
            return self._nodes % NODES_BETWEEN_LOOKS == 0
        return not self._brake()

    def close(self) -> None:
        if self.pointer:
            self._mtmd.mtmd_free(self.pointer)
            self.pointer = None

    @property
    def reads_at_once(self) -> bool:
        """Each piece must be read in one batch (Gemma): llama.cpp aborts the process where it is not."""
        return bool(self._mtmd.mtmd_decode_use_non_causal(self.pointer, None))

    @contextlib.contextmanager
    def units_of(self, parts: Sequence[Text | bytes]) -> Iterator[list[Unit]]:
        """A prompt as the model reads it; pictures are PNG or JPEG. Not to be used after the block.

        Raises PictureBroken, GaveWay.
        """
        self.encoded.clear()
        with contextlib.ExitStack() as stack:
            chunks = self._mtmd.mtmd_input_chunks_init()
            stack.callback(self._mtmd.mtmd_input_chunks_free, chunks)
            digests: list[str] = []
            given = [self._part(part, digests, stack) for part in parts]
            pointers = (ctypes.POINTER(self._mtmd.mtmd_input_part) * len(given))(*map(ctypes.pointer, given))
            if self._mtmd.mtmd_tokenize_from_parts(self.pointer, chunks, pointers, len(given), False):
                raise PictureBroken("A picture has a shape that this model cannot see.")
            yield self._units(chunks, digests)

    def _part(self, part: Text | bytes, digests: list[str], stack: contextlib.ExitStack) -> Any:
        given = self._mtmd.mtmd_input_part()
        if isinstance(part, bytes):
            self._brake.check()  # to unpack it takes a moment
            given.bitmap = self._bitmap(part)
            stack.callback(self._mtmd.mtmd_bitmap_free, given.bitmap)
            self._mtmd.mtmd_bitmap_set_id(given.bitmap, str(len(digests)).encode())
            digests.append(hashlib.sha256(part).hexdigest())
        else:
            raw = part.text.encode("utf-8", "replace")
            given.text = ctypes.pointer(self._mtmd.mtmd_input_text(raw, len(raw), False, part.special))
        return given

    def _bitmap(self, data: bytes) -> Any:
        image = opened(data)
        pixels = image.tobytes()
        room = (ctypes.c_uint8 * len(pixels)).from_buffer_copy(pixels)
        return self._mtmd.mtmd_bitmap_init(image.width, image.height, room)

    def _units(self, chunks: Any, digests: Sequence[str]) -> list[Unit]:
        units: list[Unit] = []
        tiles = [0] * len(digests)
        for at in range(self._mtmd.mtmd_input_chunks_size(chunks)):
            chunk = self._mtmd.mtmd_input_chunks_get(chunks, at)
            if self._mtmd.mtmd_input_chunk_get_type(chunk) == self._mtmd.MTMD_INPUT_CHUNK_TYPE_TEXT:
                count = ctypes.c_size_t()
                tokens = self._mtmd.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(count))
                units += tokens[: count.value]
                continue
            which = int(self._mtmd.mtmd_input_chunk_get_id(chunk))
            cells = self._mtmd.mtmd_input_chunk_get_n_tokens(chunk)
            positions = self._mtmd.mtmd_input_chunk_get_n_pos(chunk)
            units.append(Piece(digests[which], tiles[which], cells, positions, chunk))
            tiles[which] += 1
        return units

    def take_in(self, piece: Piece, *, context: Any, position: int, batch_tokens: int) -> int:
        """Put a piece into the cache of `context`. Raises GaveWay, PictureBroken, ModelDied; else as llama_decode."""
        if self.reads_at_once and piece.cells > batch_tokens:
            raise PictureBroken(f"A picture takes {piece.cells} tokens; this model reads {batch_tokens} at once.")
        numbers = self._numbers(piece)
        after = engine().llama_pos(0)
        code = self._mtmd.mtmd_helper_decode_image_chunk(
            self.pointer,
            context,
            piece.chunk,
            numbers.ctypes.data_as(ctypes.POINTER(ctypes.c_float)),
            position,
            0,
            batch_tokens,
            ctypes.byref(after),
            self._mtmd.mtmd_helper_post_decode_callback(),
            None,
        )
        return int(code)

    def _numbers(self, piece: Piece) -> NDArray[np.float32]:
        kept = self._kept.get(piece)
        if kept is not None:
            return kept
        self.encoded.add(piece.picture)
        code = self._mtmd.mtmd_encode_chunk(self.pointer, piece.chunk)
        self._brake.check()  # stopped half-way, the encoder calls its work well done
        if code:
            raise ModelDied(f"llama.cpp could not look at a picture (code {code}); perhaps memory ran out.")
        found = self._mtmd.mtmd_get_output_embd(self.pointer)
        numbers = np.ctypeslib.as_array(found, (piece.cells * self._width,)).copy()
        self._kept.put(piece, numbers)
        return numbers


class _Kept:
    """Encoded pictures, the latest `most`, and not more than MOST_KEPT_BYTES of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._pictures: OrderedDict[str, dict[int, NDArray[np.float32]]] = OrderedDict()

    def get(self, piece: Piece) -> NDArray[np.float32] | None:
        tiles = self._pictures.get(piece.picture)
        if tiles is None or piece.number not in tiles:
            return None
        self._pictures.move_to_end(piece.picture)
        return tiles[piece.number]

    def put(self, piece: Piece, numbers: NDArray[np.float32]) -> None:
        self._pictures.setdefault(piece.picture, {})[piece.number] = numbers
        self._pictures.move_to_end(piece.picture)
        self._bytes += numbers.nbytes
        while self._pictures and (len(self._pictures) > self._most or self._bytes > MOST_KEPT_BYTES):
            _, tiles = self._pictures.popitem(last=False)
            self._bytes -= sum(tile.nbytes for tile in tiles.values())


def opened(data: bytes) -> Image.Image:
    """The picture as RGB. Raises PictureBroken. llama.cpp's own decoder would take half a picture for a whole one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=KNOWN_FORMATS)
        if image.width * image.height <= MOST_PIXELS:
            return image.convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        pass
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureBroken("A picture is damaged, or neither PNG nor JPEG.") from error
    raise PictureBroken(f"A picture is larger than {MOST_PIXELS // 1_000_000} million points: make it smaller first.")


def _check_belongs(projector: Head, model: Head, path: Path) -> None:
    """Raises ModelUnusable. llama.cpp only compares widths, and models of several families have the same."""
    kind, takes = projector.projector_type, model.architecture
    serves_others = any(kind.startswith(name) and not takes.startswith(name) for name in CLOSED_FAMILIES)
    wants_others = any(takes.startswith(name) and not kind.startswith(own) for name, own in CLOSED_MODELS.items())
    if serves_others or wants_others:
        raise ModelUnusable(f"{path.name} belongs to another model ({kind}): choose the projector that came with it.")
