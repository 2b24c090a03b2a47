"""What lies in the folder of models: fetched, begun, verified, thrown away. Own files of the person are only looked at.

`files.json` records what each file is and which hash it had when it first came; it outlives the files, so that the
same name never brings other bytes unnoticed. One thread at a time fetches, verifies or deletes the same model.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from gum_app.catalogue import Catalogue, Closed, Entry, Grid, ModelFile
from gum_app.clock import Clock
from gum_app.errors import BadInput, DownloadFailed, HomeUnusable, ModelUnusable
from gum_app.paths import OWNER_ONLY_DIR
from gum_app.world.download import Download, Progress, Told, sha256_of
from gum_app.world.gguf_head import Head, Kind, check_kind
from gum_app.world.part_file import disk_trouble, note_of, part_of, write_whole

State = Literal["absent", "paused", "ready", "broken"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    state: State
    disk_bytes: int  # what it takes now, half files included
    weights: Path | None = None  # where it is ready
    projector: Path | None = None
    trouble: str = ""  # where it is broken, a sentence


class Here(Closed):
    source: str
    bytes: int
    broken: bool = False  # its bytes are no longer those that came


class Records(Closed):
    version: Literal[1] = 1
    known: dict[str, str] = Field(default_factory=dict)  # of each source, the hash it had when it first came
    here: dict[str, Here] = Field(default_factory=dict)  # by `entry/file`


class Shelf:
    """`folder` need not exist before something is fetched."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder, self._catalogue = folder, catalogue
        self._recording = threading.Lock()  # between reading the records and writing them anew

    def standing(self, id: str) -> Standing:  # noqa: A002
        """Looks at sizes and records only, in a moment; `verify` reads the bytes. Raises BadInput."""
        entry = self._catalogue.find(id)
        states = [self._state(entry, file) for file in entry.files]
        size = _size_of(self._folder / entry.id)
        for state, trouble in states:
            if state == "broken":
                return Standing(state="broken", disk_bytes=size, trouble=trouble)
        if all(state == "ready" for state, _ in states):
            weights, *rest = (self._path(entry, file) for file in entry.files)
            return Standing(state="ready", disk_bytes=size, weights=weights, projector=rest[0] if rest else None)
        begun = any(state != "absent" for state, _ in states)
        return Standing(state="paused" if begun else "absent", disk_bytes=size)

    def fetch(
        self,
        id: str,  # noqa: A002
        *,
        stop: threading.Event,
        told: Told = lambda _progress: None,
        mirror: str = "",
        proxy: str = "",
        clock: Clock | None = None,
    ) -> Standing:
        """All that is missing of it; progress counts over all of its files. Blocks.

        Raises GaveWay when stopped; BadInput, DownloadFailed, DiskFull, HomeUnusable with a sentence. What has come is
        kept, and fetching it again goes on from there.
        """
        entry = self._catalogue.find(id)
        self._make_folder()
        done = 0
        for file in entry.files:
            if self._state(entry, file)[0] != "ready":
                self._fetch_file(entry, file, mirror, proxy, clock, stop, _shifted(told, done, entry.download_bytes))
            done += file.bytes
        return self.standing(id)

    def verify(self, id: str, *, stop: threading.Event, told: Told = lambda _progress: None) -> Standing:  # noqa: A002
        """Read every byte and compare. Raises GaveWay when stopped, BadInput, HomeUnusable."""
        entry = self._catalogue.find(id)
        done = 0
        for file in entry.files:
            if self._state(entry, file)[0] == "ready":
                self._verify_file(entry, file, stop, _shifted(told, done, entry.download_bytes))
            done += file.bytes
        return self.standing(id)

    def delete(self, id: str) -> int:  # noqa: A002
        """All of it, also what has only begun to come. Returns the bytes that frees. Raises BadInput, HomeUnusable."""
        entry = self._catalogue.find(id)
        folder = self._folder / entry.id
        if not folder.exists():
            return 0
        size = _size_of(folder)
        with self._recording:
            records = self._records()
            kept = {name: here for name, here in records.here.items() if not name.startswith(f"{entry.id}/")}
            self._write(records.model_copy(update={"here": kept}))
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise HomeUnusable(f"{folder} cannot be deleted ({error.strerror}): delete it yourself.") from error
        return size

    def disk_bytes(self) -> int:
        """What all models take together."""
        return _size_of(self._folder)

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_DIR)
        except OSError as error:
            raise disk_trouble(error, self._folder) from error

    # One file

    def _path(self, entry: Entry, file: ModelFile) -> Path:
        return self._folder / entry.id / file.path

    def _state(self, entry: Entry, file: ModelFile) -> tuple[State, str]:
        """A file that nothing is recorded of has come and was not verified yet: killed in between."""
        path, here = self._path(entry, file), self._records().here.get(_name(entry, file))
        ours = here is not None and here.source == file.source
        if ours and here is not None and here.broken:
            return "broken", f"{file.path} of {entry.name} has other bytes than those that came: fetch it again."
        size = _size_of_file(path)
        if size is None:
            if ours:
                return "broken", f"{file.path} of {entry.name} is gone from {path.parent}: fetch it again."
            return ("paused" if part_of(path).exists() else "absent"), ""
        if ours and size != file.bytes:
            return "broken", f"{file.path} of {entry.name} has another size than when it came: fetch it again."
        return ("ready" if ours else "paused"), ""

    def _fetch_file(
        self,
        entry: Entry,
        file: ModelFile,
        mirror: str,
        proxy: str,
        clock: Clock | None,
        stop: threading.Event,
        told: Told,
    ) -> None:
        path, url = self._path(entry, file), self._catalogue.url(file, mirror)
        expected = file.sha256 or self._records().known.get(file.source)
        fetching = Download(url, path, size_bytes=file.bytes, sha256=expected, proxy=proxy, clock=clock)
        fetched = fetching.run(stop, told)
        try:
            check_kind(path, _kind(entry, file))
        except ModelUnusable as error:
            path.unlink()
            raise DownloadFailed(f"What came for {entry.name} was deleted: {error}") from error
        here = Here(source=file.source, bytes=file.bytes)
        with self._recording:
            records = self._records()
            known = {file.source: fetched.sha256} | records.known
            self._write(Records(known=known, here=records.here | {_name(entry, file): here}))

    def _verify_file(self, entry: Entry, file: ModelFile, stop: threading.Event, told: Told) -> None:
        def at(done: int) -> None:
            told(Progress(phase="checking", done_bytes=done, total_bytes=file.bytes))

        path = self._path(entry, file)
        try:
            sha256 = sha256_of(path, stop, at)
        except OSError as error:
            raise HomeUnusable(f"{path} cannot be read ({error.strerror}).") from error
        if sha256 == (file.sha256 or self._records().known.get(file.source)):
            return
        path.replace(part_of(path))  # it is not to be used, nor taken for the file when it is fetched again
        note_of(path).unlink(missing_ok=True)
        with self._recording:
            records = self._records()
            here = Here(source=file.source, bytes=file.bytes, broken=True)
            self._write(records.model_copy(update={"here": records.here | {_name(entry, file): here}}))

    # The records

    def _records(self) -> Records:
        """None that can be read: nothing is taken to be here, and fetching verifies anew what is."""
        try:
            return Records.model_validate_json((self._folder / "files.json").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError):
            return Records()

    def _write(self, records: Records) -> None:
        path = self._folder / "files.json"
        try:
            write_whole(path, records.model_dump_json(indent=1))
        except OSError as error:
            raise disk_trouble(error, path) from error


# Files of the person's own


@dataclass(frozen=True, kw_only=True)
class Own:
    weights: Head
    projector: Head | None  # None: it does not see
    picture: Grid | None  # None: how it cuts pictures is not known beforehand


def look_at_own(weights: Path, projector: Path | None) -> Own:
    """What the two files are, read from their heads; they stay where they are. Raises ModelUnusable, BadInput."""
    words = check_kind(weights, "model")
    eyes = check_kind(projector, "projector") if projector else None
    if eyes is not None and eyes.projects_to not in (0, words.dimensions):
        raise BadInput(f"{projector} belongs to another model than {weights}: choose the two that came together.")
    side = eyes.pixels_a_token if eyes else 0
    picture = Grid(rule="grid", pixels_a_token=side, most_tokens=1100) if 8 <= side <= 256 else None
    return Own(weights=words, projector=eyes, picture=picture)


def _kind(entry: Entry, file: ModelFile) -> Kind:
    if file.role == "projector":
        return "projector"
    return "model" if entry.kind == "sees" else "embeds"


def _name(entry: Entry, file: ModelFile) -> str:
    return f"{entry.id}/{file.path}"


def _shifted(told: Told, before_bytes: int, total_bytes: int) -> Told:
    """Progress of one file, told as progress of all of them."""

    def shifted(progress: Progress) -> None:
        done, pace = before_bytes + progress.done_bytes, progress.bytes_per_second
        left = (total_bytes - done) / pace if progress.seconds_left is not None and pace > 0 else None
        told(replace(progress, done_bytes=done, total_bytes=total_bytes, seconds_left=left))

    return shifted


def _size_of_file(path: Path) -> int | None:
    """None where there is none, or not any more: it may be deleted while the page looks."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _size_of(folder: Path) -> int:
    """Bytes of all files in it; one that goes away meanwhile counts nothing."""
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.lstat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return size
