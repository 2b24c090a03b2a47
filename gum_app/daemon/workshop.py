"""What is fetched and built for the model, each in a thread of its own, and how far it is. Only what was asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from gum_app import engine_build
from gum_app.catalogue import Catalogue
from gum_app.errors import BadInput, GaveWay, GumError
from gum_app.paths import Home
from gum_app.settings import Settings
from gum_app.world.download import Progress, Told
from gum_app.world.shelf import Shelf

TURN_SECONDS = 0.2  # between two looks at whether to stop, for one that waits for its turn

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Something under way, or how it ended. Whole values only are put in by its thread."""

    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None
    fetched: Progress | None = None
    built: engine_build.Progress | None = None
    trouble: str = ""

    @property
    def is_under_way(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


class Workshop:
    """`changed` is called when something that a model may need has come or gone; `report` takes a fault of our own."""

    def __init__(
        self, home: Home, catalogue: Catalogue, *, changed: Callable[[], None], report: Callable[[Exception], None]
    ) -> None:
        self._home = home
        self._catalogue = catalogue
        self._changed = changed
        self._report = report
        self._downloads: dict[str, Job] = {}
        self._line = threading.Lock()  # one download at a time: two would only take each other's
        self._beginning = threading.Lock()  # two windows may ask for the same at once
        self.building = Job()
        self.shelf = Shelf(home.models, catalogue)

    def download(self, id: str) -> Job:  # noqa: A002
        """As it is, or an empty one."""
        return self._downloads.get(id) or Job()

    def fetch(self, id: str, settings: Settings) -> None:  # noqa: A002
        """Raises BadInput for a model that is not in the list."""

        def work(stop: threading.Event, told: Told) -> None:
            mirror, proxy = settings.download_mirror, settings.download_proxy
            self.shelf.fetch(id, stop=stop, told=told, mirror=mirror, proxy=proxy)
            self._changed()

        self._with_its_files(id, work, "download")

    def check(self, id: str) -> None:  # noqa: A002
        """Read its files and compare; what is no longer what came is not used any more. Raises BadInput as `fetch`."""

        def work(stop: threading.Event, told: Told) -> None:
            if self.shelf.verify(id, stop=stop, told=told).state == "broken":
                self._changed()

        self._with_its_files(id, work, "check")

    def _with_its_files(self, id: str, work: Callable[[threading.Event, Told], None], name: str) -> None:  # noqa: A002
        """One thing at a time with the files of a model: what is asked for meanwhile is under way already."""
        self._catalogue.find(id)
        job = Job()

        def in_turn() -> None:
            with self._turn(job.stop):
                work(job.stop, lambda progress: setattr(job, "fetched", progress))

        with self._beginning:
            if not self.download(id).is_under_way:
                self._downloads[id] = job
                self._start(job, in_turn, f"{name} {id}")

    def pause(self, id: str) -> None:  # noqa: A002
        """Returns when it has stopped; what has come stays."""
        self._end(self.download(id))

    def delete(self, id: str) -> None:  # noqa: A002
        """Raises BadInput, HomeUnusable."""
        self.pause(id)
        self.shelf.delete(id)
        self._downloads.pop(id, None)

    def build_engine(self) -> None:
        """Raises BadInput where it is being built already."""
        job = Job()

        def work() -> None:
            engine_build.build(self._home, progress=lambda progress: setattr(job, "built", progress), stop=job.stop)
            self._changed()

        with self._beginning:
            if self.building.is_under_way:
                raise BadInput("The engine is being built already.")
            self.building = job
            self._start(job, work, "build of the engine")

    def stop_building(self) -> None:
        self._end(self.building)

    def close(self) -> None:
        """What is under way stops, and can go on another time."""
        for job in (*self._downloads.values(), self.building):
            job.stop.set()
        for job in (*self._downloads.values(), self.building):
            self._end(job)

    @contextmanager
    def _turn(self, stop: threading.Event) -> Iterator[None]:
        """Raises GaveWay for one that is stopped while others are before it."""
        while not self._line.acquire(timeout=TURN_SECONDS):
            if stop.is_set():
                raise GaveWay("The download is paused before it began.")
        try:
            yield
        finally:
            self._line.release()

    def _start(self, job: Job, work: Callable[[], object], name: str) -> None:
        def run() -> None:
            try:
                work()
            except GaveWay:
                return
            except GumError as error:
                job.trouble = str(error)
                log.warning("%s: %s", name, type(error).__name__)
            except Exception as fault:  # noqa: BLE001 - a thread that dies unseen would be worse; it is reported and said
                job.trouble = "A fault of gum-app was reported; try again."
                self._report(fault)

        job.thread = threading.Thread(target=run, name=name)
        job.thread.start()

    @staticmethod
    def _end(job: Job) -> None:
        job.stop.set()
        if job.thread is not None:
            job.thread.join()
