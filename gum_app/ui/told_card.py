"""What other programs were told and said, the newest first; it can be cleared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from gum_app.records import CALLED, Disclosure, Grant
from gum_app.store.reading import ReadingStore
from gum_app.ui.deeds import Deeds
from gum_app.ui.pieces import Place, Prose, column, muted, row, rule
from gum_app.ui.theme import SPACE
from gum_app.ui.wording import counted, moment

MOST_LISTED = 30  # of the newest
MOST_TEXTS = 6  # of one disclosure; the number counts all
CLEAR, SURELY = "Clear this list", "Clear it for good"
CLEARED = "The list is cleared. What each program may be told stays as it is."


@dataclass(frozen=True, kw_only=True)
class Told:
    """A disclosure, with the propositions as they read now, and the titles of windows."""

    disclosure: Disclosure
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Programs:
    grants: tuple[Grant, ...]
    told: tuple[Told, ...]

    @property
    def asking(self) -> tuple[str, ...]:
        """Who waits for an answer."""
        return tuple(grant.client for grant in self.grants if grant.given_at is None)


def look_up_programs(store: ReadingStore) -> Programs:
    found = store.disclosures(limit=MOST_LISTED)
    texts = store.texts_of(id_ for each in found for id_ in each.propositions)
    titles = store.titles_of(id_ for each in found for id_ in each.seen)
    told = (
        Told(
            disclosure=each,
            texts=(
                *(texts[id_] for id_ in each.propositions if id_ in texts),
                *(titles[seen] for seen in each.seen if seen in titles),
            ),
        )
        for each in found
    )
    return Programs(grants=tuple(store.grants()), told=tuple(told))


def told_line(told: Told, now: datetime) -> str:
    """“claude asked “tea”, just now”"""
    one = told.disclosure
    if one.verb in CALLED:
        did = f"called this {'partly right' if CALLED[one.verb] == 'partly' else CALLED[one.verb]}"
    elif one.verb == "recent":
        did = "asked which windows you used"
    else:
        did = f"{'watches' if one.verb == 'watch' else 'asked'}{f' “{one.question}”' if one.question else ''}"
    return f"{one.client} {did}, {moment(one.at, now)}"


def told_what(told: Told) -> str:
    one = told.disclosure
    if one.verb in CALLED:
        return told.texts[0] if told.texts else "It is forgotten."
    count = one.episodes if one.verb == "recent" else len(told.texts)
    if not count:
        return "Nothing was told, or it is forgotten."
    quotes = ", with words they rest on" if one.with_quotes and one.verb != "recent" else ""
    people = ", people under pseudonyms" if one.with_pseudonyms else ""
    more = " …" if len(told.texts) > MOST_TEXTS else ""
    words = (" · " if one.verb == "recent" else " ").join(told.texts[:MOST_TEXTS])
    noun = "window" if one.verb == "recent" else "proposition"
    return f"{counted(count, noun)}{quotes}{people}{f': {words}{more}' if words else ', forgotten since.'}"


class ToldCard(Place):
    def __init__(self, deeds: Deeds, now: Callable[[], datetime]) -> None:
        super().__init__(muted("Nothing so far.", 1.0), spacing=SPACE + 2)
        self._deeds, self._now = deeds, now
        self._shown: tuple[Told, ...] = ()
        self.clear: QPushButton | None = None  # there is something to clear

    def show_told(self, told: tuple[Told, ...]) -> None:
        if told == self._shown:
            return
        self._shown, self.clear = told, None
        items: list[QWidget | QLayout | int] = []
        for each in told:
            line = column(Prose(told_line(each, self._now()), weight=Prose.BOLD), muted(told_what(each)), spacing=1)
            items += [*([rule()] if items else []), line]
        if len(told) == MOST_LISTED:
            items.append(muted("Those before: gum-app disclosures."))
        if told:
            self.clear = QPushButton(CLEAR)
            self.clear.clicked.connect(self._clear)
            items.append(row(self.clear, -1))
        self.put(*items or [muted("Nothing so far.", 1.0)])

    def _clear(self) -> None:
        """The first press asks whether, the second does it: nothing brings the list back."""
        assert self.clear is not None, "it was pressed"
        if self.clear.text() == CLEAR:
            self.clear.setText(SURELY)
            self.clear.setProperty("look", "danger")
            self.clear.style().polish(self.clear)
        else:
            self._deeds.do({"do": "disclosures_clear"}, CLEARED)
