"""What goes between the daemon and the model's process.

To the child go our own objects, pickled: it trusts its parent. Back comes JSON of a few closed shapes and bounded
length, and never a pickle: native code has decoded a stranger's picture there, and whatever took it over could send
what it likes. Nothing of it is run, and what has no such shape ends the child.
"""

from __future__ import annotations

import builtins
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, TypeAdapter, ValidationError

from gum_app import errors
from gum_app.errors import (
    AnswerUnfit,
    EngineMissing,
    GaveWay,
    GumError,
    ModelDied,
    ModelUnusable,
    PictureBroken,
    PromptTooLong,
)
from gum_app.world.llama_session import Loaded
from gum_app.world.model import Answered, Cost, Prompt

MOST_BYTES = 4_000_000  # of a message from the child; the longest is what TEXTS_AT_ONCE texts mean
TEXTS_AT_ONCE = 64
MOST_DIMENSIONS = 8192
MOST_COUNTED = 1e9  # of anything: tokens, milliseconds
LONGEST_SENTENCE = 500  # characters
MOST_LINES = 100  # of a traceback

_SOURCE = Path(errors.__file__).parent.parent
_PLACE = re.compile(r'File "[^"]*?\b(gum_app/(?:\w+/)*\w+\.py)", line (\d{1,5})\b')

_KNOWN: dict[str, type[GumError] | type[ValueError]] = {
    kind.__name__: kind
    for kind in (
        AnswerUnfit,
        EngineMissing,
        GaveWay,
        ModelDied,
        ModelUnusable,
        PictureBroken,
        PromptTooLong,
        ValueError,
    )
}


# To the child


@dataclass(frozen=True)
class Ask:
    number: int
    prompt: Prompt


@dataclass(frozen=True)
class Embed:
    number: int
    texts: tuple[str, ...]  # at most TEXTS_AT_ONCE


Question = Ask | Embed


@dataclass(frozen=True)
class Stop:
    """Question `number` is taken back. It is answered all the same: mostly with a Failed that says GaveWay."""

    number: int


@dataclass(frozen=True)
class End:
    pass


# And back


@dataclass(frozen=True, kw_only=True)
class Ready:
    loaded: Loaded
    sort: Literal["ready"] = "ready"


@dataclass(frozen=True, kw_only=True)
class Alive:
    """The computing goes on, if without a word."""

    number: int
    sort: Literal["alive"] = "alive"


@dataclass(frozen=True, kw_only=True)
class Piece:
    number: int
    text: str
    sort: Literal["piece"] = "piece"


@dataclass(frozen=True, kw_only=True)
class Told:
    number: int
    answered: Answered
    sort: Literal["told"] = "told"


@dataclass(frozen=True, kw_only=True)
class Failed:
    """What was foreseen: `kind` is the name of an error that the parent knows. Number 0: the loading failed."""

    number: int
    kind: str
    why: str
    sort: Literal["failed"] = "failed"

    def error(self) -> GumError | ValueError:
        """Raises Nonsense for an error that is not foreseen."""
        if self.kind not in _KNOWN:
            raise Nonsense("an error that is not on the list")
        return _KNOWN[self.kind]("".join(c for c in self.why[:LONGEST_SENTENCE] if c.isprintable()))


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What was not foreseen and ends the child: where, as a traceback without any value."""

    where: str
    sort: Literal["fault"] = "fault"

    def places(self) -> list[str]:
        """Where in our own source, and what kind of exception, for the log: nothing else of it is to be believed.

        A child that was taken over could write what it sees on the screen.
        """
        known = (_place(line) or _kind(line) for line in self.where.splitlines()[:MOST_LINES])
        return [place for place in known if place]


@dataclass(frozen=True, kw_only=True)
class _RowsFollow:
    number: int
    rows: int
    dimensions: int
    sort: Literal["rows"] = "rows"


@dataclass(frozen=True)
class Rows:
    number: int
    rows: NDArray[np.float32]  # texts × dimensions


Message = Ready | Alive | Piece | Told | Failed | Fault | Rows
_Head = Annotated[Ready | Alive | Piece | Told | Failed | Fault | _RowsFollow, Field(discriminator="sort")]
_HEAD: TypeAdapter[Ready | Alive | Piece | Told | Failed | Fault | _RowsFollow] = TypeAdapter(_Head)


def _place(line: str) -> str:
    found = _PLACE.search(line)
    return f"{found[1]}, line {found[2]}" if found and (_SOURCE / found[1]).is_file() else ""


def _kind(line: str) -> str:
    """An exception of Python's own or of ours."""
    name = line.partition(":")[0].removeprefix("gum_app.errors.")
    kind = getattr(builtins, name, getattr(errors, name, None))
    return name if isinstance(kind, type) and issubclass(kind, BaseException) else ""


class Nonsense(Exception):
    """The child said something that it never says. The message is ours and quotes nothing."""


def packed(message: Message) -> bytes:
    """As it goes over the pipe: one line of JSON; behind it, of Rows, the bare numbers."""
    if isinstance(message, Rows):
        count, dimensions = message.rows.shape
        head = _RowsFollow(number=message.number, rows=count, dimensions=dimensions)
        return json.dumps(asdict(head)).encode() + b"\n" + message.rows.astype("<f4").tobytes()
    return json.dumps(asdict(message)).encode()


def unpacked(data: bytes) -> Message:
    """Raises Nonsense."""
    head, _, body = data.partition(b"\n")
    try:
        message = _HEAD.validate_json(head, strict=True)
    except ValidationError as error:
        raise Nonsense(f"a message that is wrong in {error.error_count()} places") from None
    if isinstance(message, Told) and not _is_plausible(message.answered.cost):
        raise Nonsense("costs that cannot be")
    if isinstance(message, _RowsFollow):
        return Rows(message.number, _rows(message, body))
    return message


def _is_plausible(cost: Cost) -> bool:
    return all(0 <= number <= MOST_COUNTED for number in asdict(cost).values())


def _rows(head: _RowsFollow, body: bytes) -> NDArray[np.float32]:
    if not (0 < head.rows <= TEXTS_AT_ONCE and 0 < head.dimensions <= MOST_DIMENSIONS):
        raise Nonsense("too many numbers")
    if len(body) != head.rows * head.dimensions * 4:
        raise Nonsense("more or fewer numbers than it says")
    rows = np.frombuffer(body, "<f4").reshape(head.rows, head.dimensions).astype(np.float32)
    if not np.isfinite(rows).all():
        raise Nonsense("numbers that are none")
    return rows
