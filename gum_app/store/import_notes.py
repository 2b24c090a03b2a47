"""What is brought in from files of other programs. A part of `Store`, for the daemon alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.records import Imported, ImportId, ImportKind, ObservationId
from gum_app.store import imports
from gum_app.store.imports import Known
from gum_app.store.reading import ReadingStore


class ImportNotes(ReadingStore):
    def begin_import(self, kind: ImportKind, name: str, at: datetime) -> ImportId:
        """One of the same file that was stopped in the midst goes on under its number."""
        with self._database.transaction():
            return imports.begin(self._database, kind, name, at)

    def end_import(self, id: ImportId, *, left_out: int, at: datetime) -> None:  # noqa: A002
        with self._database.transaction():
            imports.end(self._database, id, left_out=left_out, at=at)

    def known_imported(self, fingerprints: Iterable[str]) -> dict[str, Known]:
        """Those of these things that came before."""
        return imports.known(self._database, fingerprints)

    def add_imported(self, id: ImportId, thing: Imported, at: datetime) -> ObservationId:  # noqa: A002
        """The `id` of its observation does not count."""
        with self._database.transaction():
            return imports.add(self._database, id, thing, at)

    def change_imported(self, id: ImportId, old: ObservationId, thing: Imported, at: datetime) -> None:  # noqa: A002
        """What is kept of it says what the file says now, and is thought about anew."""
        with self._database.transaction():
            imports.change(self._database, id, old, thing, at)

    def watched(self, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """When something was watched here, within the span, in order."""
        return imports.watched(self._database, since, until)
