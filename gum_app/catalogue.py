"""The models the app offers: where each comes from, what it needs, and how it wants its pictures and its words.

Read from `resources/models.json`: closed shapes, one version. Sizes are exact, so that they can be said before anything
is fetched; hashes are what the world pins (`verified` says whether we have seen the bytes ourselves).
"""

from __future__ import annotations

import math
from functools import cache
from typing import Annotated, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gum_app import paths
from gum_app.errors import BadInput

Sentence = Annotated[str, Field(min_length=10, max_length=200, pattern=r"\.$")]
Bytes = Annotated[int, Field(gt=0, lt=1 << 50)]
Kind = Literal["sees", "embeds"]


class Size(NamedTuple):
    width: int
    height: int


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelFile(Closed):
    """One file of a model, pinned to a revision: under a name alone other bytes may come tomorrow."""

    role: Literal["weights", "projector"]
    repository: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    path: str = Field(pattern=r"^[A-Za-z0-9][\w.-]*\.gguf$", max_length=120)  # a name, never a path out of its folder
    bytes: Bytes
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")  # None: recorded at the first download

    @property
    def source(self) -> str:
        """What these bytes are, wherever they are fetched from."""
        return f"{self.repository}@{self.revision}/{self.path}"

    def url(self, host: str) -> str:
        return f"{host.rstrip('/')}/{self.repository}/resolve/{self.revision}/{self.path}"


class Grid(Closed):
    """A token for each square of the picture (Qwen-VL): what is smaller costs less.

    `most_tokens` is our cap, not the model's (4,096). 1,100 is 1408 × 800, as good as 1366 × 768 unshrunk, above the
    1,024 that llama.cpp wants for pointing at things, and three of them leave more than half of 8,192 for words.
    """

    rule: Literal["grid"]
    pixels_a_token: int = Field(ge=8, le=256)  # the side of the square
    most_tokens: int = Field(ge=16, le=16_384)

    def tokens(self, width: int, height: int) -> int:
        return self._squares(width) * self._squares(height)

    def _squares(self, pixels: float) -> int:
        return max(1, int(pixels / self.pixels_a_token + 0.5))  # a half counts as one, as in C

    def picture_size(self, width: int, height: int, most_tokens: int | None = None) -> Size:
        """In pixels, the largest of about this shape that costs no more; never larger than the picture is."""
        most, side = most_tokens or self.most_tokens, self.pixels_a_token
        if self.tokens(width, height) <= most:
            return Size(width, height)
        scale = math.sqrt(most * side * side / (width * height))
        across = min(most, self._squares(width * scale))
        down = min(self._squares(height * scale), most // across)
        return Size(min(width, across * side), min(height, down * side))


class Tiles(Closed):
    """The picture is brought to one length, cut into tiles, and shown once more as a whole (SmolVLM, Idefics 3).

    A small picture is enlarged and costs as much: only the shape of the picture counts (seen with llama.cpp).
    """

    rule: Literal["tiles"]
    tile_pixels: int = Field(ge=32, le=2048)
    tokens_a_tile: int = Field(ge=1, le=4096)
    longest_pixels: int = Field(ge=32, le=16_384)
    most_tokens: int = Field(ge=16, le=16_384)

    def tokens(self, width: int, height: int) -> int:
        scale = self.longest_pixels / max(width, height)
        across = max(1, math.ceil(round(width * scale) / self.tile_pixels))
        down = max(1, math.ceil(round(height * scale) / self.tile_pixels))
        between = 2 * across * down + down + 3  # each tile is announced, each row ended
        return (across * down + 1) * self.tokens_a_tile + between

    def picture_size(self, width: int, height: int, most_tokens: int | None = None) -> Size:  # noqa: ARG002 - see above
        """In pixels: more than the longest side is shrunk by the model itself."""
        scale = min(1.0, self.longest_pixels / max(width, height))
        return Size(max(1, round(width * scale)), max(1, round(height * scale)))


PictureRule = Annotated[Grid | Tiles, Field(discriminator="rule")]


class Template(Closed):
    architecture: str = Field(max_length=40)  # as the head of the weights names it
    family: Literal["chatml", "smolvlm", "none"]
    thinking: Literal["never", "switch"]  # switch: `enable_thinking` of its template is to be set to False


class Prefixes(Closed):
    """What an embedding model wants to read before a question, and before what may answer it."""

    query: str = Field(max_length=200)
    passage: str = Field(max_length=200)


class Entry(Closed):
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)
    name: str = Field(max_length=100)
    kind: Kind
    about: Sentence
    parameters_billions: float = Field(gt=0)
    licence: str = Field(max_length=60)
    licence_url: str = Field(pattern=r"^https://", max_length=200)
    files: tuple[ModelFile, ...] = Field(min_length=1, max_length=2)
    verified: bool  # whether we have fetched the files and seen these hashes ourselves
    unverified: Sentence | None = None
    layers: int = Field(gt=0, le=1000)
    kv_bytes_per_token: int = Field(ge=0, le=10_000_000)  # layers × 2 × heads of keys × their length × 2 bytes
    working_bytes: Bytes  # estimated: what llama.cpp computes in, and the encoding of one picture
    usual_context_tokens: int = Field(ge=128, le=262_144)
    picture: PictureRule | None = None
    template: Template
    prefixes: Prefixes | None = None
    dimensions: int | None = Field(default=None, gt=0, le=10_000)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        roles = [file.role for file in self.files]
        if roles != (["weights", "projector"] if self.kind == "sees" else ["weights"]):
            raise ValueError(f"{self.id}: files are weights, and a projector where it sees")
        if (self.picture is None) == (self.kind == "sees") or (self.prefixes is None) == (self.kind == "embeds"):
            raise ValueError(f"{self.id}: a picture rule where it sees, prefixes and dimensions where it embeds")
        if (self.prefixes is None) != (self.dimensions is None) or self.verified != (self.unverified is None):
            raise ValueError(f"{self.id}: say what is not verified, and how many dimensions it embeds in")
        return self

    @property
    def weights(self) -> ModelFile:
        return self.files[0]

    @property
    def projector(self) -> ModelFile | None:
        return self.files[1] if len(self.files) > 1 else None

    @property
    def download_bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    def memory_bytes(self, context_tokens: int | None = None) -> int:
        """What it takes while it thinks: its files, the cache of its context, and what it computes in (an estimate)."""
        tokens = context_tokens or self.usual_context_tokens
        return self.download_bytes + tokens * self.kv_bytes_per_token + self.working_bytes


class Catalogue(Closed):
    version: Literal[1]
    host: str = Field(pattern=r"^https://[\w.-]+$")
    entries: tuple[Entry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        if len({entry.id for entry in self.entries}) != len(self.entries):
            raise ValueError("two entries have the same id")
        return self

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """In the order in which they are offered: the first is the one most people want."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def find(self, id: str) -> Entry:  # noqa: A002
        """Raises BadInput."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise BadInput(f"There is no model “{id}” in the list; there are: {', '.join(e.id for e in self.entries)}.")

    def url(self, file: ModelFile, mirror: str = "") -> str:
        """Where to fetch it: a mirror takes the place of the public host. Raises BadInput where it is no address."""
        parts = urlsplit(mirror or self.host)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise BadInput("A mirror is an address such as https://mirror.example.org.")
        return file.url(mirror or self.host)


@cache
def load_catalogue() -> Catalogue:
    """The one that was shipped. A broken one is our own fault."""
    return Catalogue.model_validate_json(paths.shipped("resources/models.json").read_text(encoding="utf-8"))
