"""The verbs that bring in files of other programs: look beforehand, do it, and what was brought in so far.

Each word of progress may be answered with “stop”; whoever leaves stops it too. What has come by then stays, in whole
batches. Taking an import back is forgetting it (`answers_forgetting`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

from gum_app.daemon.importer import Importer, Progress
from gum_app.daemon.questions import path_of
from gum_app.daemon.room import Room
from gum_app.daemon.streaming import Heard, pieces
from gum_app.link import Answer, Question
from gum_app.records import Import
from gum_app.store.store import Store
from gum_app.world.import_files import is_own_export

OWN_KIND = "gum-app"

Verb = Callable[[Question], Iterator[Answer]]
Work = Callable[[Importer], dict[str, Any]]


class ImportAnswers:
    def __init__(self, room: Room, store: Callable[[], AbstractContextManager[Store]]) -> None:
        self._room, self._store = room, store
        self.verbs: dict[str, Verb] = {
            "import_preview": self._preview,
            "import_run": self._run,
            "imports": self._imports,
        }

    def _preview(self, question: Question) -> Iterator[Answer]:
        """What gum-app exported itself is not judged again: another verb takes it, “import”."""
        path = path_of(question)
        if is_own_export(path):
            return iter([{"kind": OWN_KIND, "name": path.name}])
        return self._working(question, lambda importer: importer.look().as_answer())

    def _run(self, question: Question) -> Iterator[Answer]:
        """The last answer has the `id` of the import; none where there was nothing new in it."""

        def work(importer: Importer) -> dict[str, Any]:
            id_ = importer.run()
            return {"id": id_, **importer.tally.as_answer()}

        return self._working(question, work)

    def _imports(self, _question: Question) -> Iterator[Answer]:
        with self._store() as store:
            yield {"imports": [_told(each) for each in store.imports()]}

    def _working(self, question: Question, work: Work) -> Iterator[Answer]:
        """In a thread of its own, so that who waits can say stop while a large file is read."""
        path = path_of(question)
        last: Answer = {}

        def ask(stop: threading.Event, heard: Heard) -> None:
            def tell(progress: Progress) -> None:
                heard(json.dumps({"progress": asdict(progress)}))

            with self._store() as store:  # belongs to this thread
                heard(json.dumps(work(Importer(self._room, store, path, stop, tell))))

        for piece in pieces(ask, name="import"):
            last = json.loads(piece) if piece else {"progress": last.get("progress")}
            yield last


def _told(one: Import) -> Answer:
    return asdict(one) | {
        "began_at": one.began_at.isoformat(),
        "ended_at": None if one.ended_at is None else one.ended_at.isoformat(),
    }
