"""A search in the list: its hits by words at once, and by meaning too as soon as the daemon has told what is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from gum_app.rules.time_words import time_asked
from gum_app.store.hits import why
from gum_app.store.listing import PropositionQuery, PropositionRow
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import MOST_HITS, Query, query_of
from gum_app.ui.asking import Answer, Asker

LOADING_SECONDS = 60.0  # a model that has to be loaded first may take so long to tell


def found(
    store: ReadingStore, query: PropositionQuery, now: datetime, meant: Answer | None = None
) -> list[PropositionRow]:
    """The hits, best first, each with the reason why it is one. `meant` is what the daemon has told of the words."""
    meaning = None
    if meant is not None and meant.get("vector"):
        from gum_app.store.meanings import meaning_told  # numpy: not before meanings are compared

        meaning = meaning_told(meant)
    hits = store.retrieve(asked(query, now), now=now, meaning=meaning, limit=MOST_HITS)
    return [replace(hit.row, why=why(hit)) for hit in hits]


def asked(query: PropositionQuery, now: datetime) -> Query:
    """Words for a time count as a time, where none is chosen beside them."""
    wanted = query_of(query)
    if query.since is not None or query.until is not None:
        return wanted
    named = time_asked(query.search, now)
    if named.since is None and named.until is None:
        return wanted
    return replace(wanted, text=named.rest, since=named.since, until=named.until)


class Meant(QObject):
    """Asks what the words of a search mean; only the newest words are told of."""

    told = Signal(object)  # the answer: dict

    def __init__(self, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asker = asker
        self._newest = 0

    def ask(self, text: str) -> None:
        self._newest += 1
        if text.strip():
            asking = self._asker.ask({"do": "meaning", "text": text}, timeout_seconds=LOADING_SECONDS)
            asking.answered.connect(partial(self._tell, self._newest))

    def _tell(self, number: int, answer: Answer) -> None:
        if number == self._newest and (answer.get("vector") or answer.get("trouble")):
            self.told.emit(answer)
