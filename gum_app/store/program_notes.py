"""What other programs may be told, and that they were told it. A part of `Store`, for the daemon alone."""

from __future__ import annotations

from gum_app.records import Disclosure, DisclosureId, Grant
from gum_app.store import programs
from gum_app.store.reading import ReadingStore


class ProgramNotes(ReadingStore):
    def put_grant(self, grant: Grant) -> None:
        """Instead of what the program of this name might be told before."""
        with self._database.transaction():
            programs.put_grant(self._database, grant)

    def add_disclosure(self, disclosure: Disclosure) -> DisclosureId:
        """Its `id` does not count."""
        with self._database.transaction():
            return programs.add_disclosure(self._database, disclosure)

    def clear_disclosures(self) -> int:
        """What was told is listed no more; what each program may be told stays. Answers how many there were."""
        with self._database.transaction():
            return programs.clear(self._database)
