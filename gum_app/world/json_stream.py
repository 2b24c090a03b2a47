"""JSON that is larger than memory, value by value. Objects and lists are walked; what lies in them is decoded whole.

Knows at which byte it stands, so that one can come back there.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from gum_app.errors import BadInput

CHUNK_BYTES = 262_144
LONGEST_VALUE = 1_000_000  # characters of one value that is decoded whole
_AFTER = tuple(",]}: \t\r\n")  # what may follow a value
_SPACE = re.compile(r"[ \t\r\n]*")


class JsonStream:
    def __init__(self, path: Path) -> None:
        """Raises BadInput where the file cannot be opened."""
        self._path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise BadInput(f"{path.name} cannot be read: look whether you may read it.") from error
        self._decode = json.JSONDecoder().raw_decode
        self.go_to(0)

    def close(self) -> None:
        self._file.close()

    def go_to(self, byte: int) -> None:
        """Where a value begins, as `tell` said."""
        self._file.seek(byte)
        self._read_bytes = byte
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._ended = "", 0, False

    def tell(self) -> int:
        """The byte at which the next value begins."""
        self._skip_space()
        pending = len(self._decoder.getstate()[0])
        return self._read_bytes - pending - len(self._text[self._at :].encode("utf-8"))

    def peek(self) -> str:
        """The first letter of what comes next; empty at the end."""
        self._skip_space()
        return self._text[self._at : self._at + 1]

    def members(self) -> Iterator[str]:
        """The names in an object. The value of each must be taken before the next is asked for."""
        for _ in self._inside("{", "}"):
            name = self.value()
            if not isinstance(name, str):
                self.broken()
            self._take(":")
            yield name

    def items(self) -> Iterator[None]:
        """One turn for each value in a list, which must be taken."""
        return self._inside("[", "]")

    def value(self) -> Any:
        """Decoded whole. Raises BadInput."""
        self._skip_space()
        while True:
            try:
                found, end = self._decode(self._text, self._at)
            except RecursionError:
                self.broken()
            except ValueError:
                pass  # cut off, perhaps
            else:
                if self._text[end : end + 1] in _AFTER or self._ended:  # else a number might go on: 0 of 0.5
                    self._at = end
                    return found
            if self._ended or len(self._text) - self._at > LONGEST_VALUE:
                self.broken()
            self._fill()

    def next_value(self) -> bool:
        """Past a comma, if there is one: whether the list goes on. For who has come back into the midst of one."""
        if self.peek() != ",":
            return False
        self._at += 1
        return True

    def broken(self) -> NoReturn:
        raise BadInput(f"{self._path.name} is not whole: it does not read as JSON to its end.")

    def _inside(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield
            if self.peek() == closing:
                self._at += 1
                return
            self._take(",")

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            self.broken()
        self._at += 1

    def _skip_space(self) -> None:
        while not (self._at < len(self._text) and self._text[self._at] not in " \t\r\n"):
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text) or self._ended:
                return
            self._fill()

    def _fill(self) -> None:
        try:
            piece = self._file.read(CHUNK_BYTES)
            text = self._decoder.decode(piece, final=not piece)
        except OSError as error:
            raise BadInput(f"{self._path.name} cannot be read to its end.") from error
        except UnicodeDecodeError:
            self.broken()
        if not self._read_bytes:
            text = text.removeprefix("\ufeff")
        self._read_bytes += len(piece)
        self._ended = not piece
        self._text, self._at = self._text[self._at :] + text, 0
