"""What a proposition has to do with others: what came before and after it, what it was merged with or split from.

Told as sentences with their days: "Until 3 March: …" "Since 5 March: …"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gum_app.records import Proposition, PropositionId, Revision, State
from gum_app.rules.revisions import standing
from gum_app.store.reading import ReadingStore
from gum_app.ui.pieces import Card, Prose, column, row, section
from gum_app.ui.wording import day_name

Relation = Literal["before", "after", "from", "into", "whole", "part", "against"]

# By its own revisions, and by those of another that name it.
OWN: dict[str, Relation] = {
    "ended": "after",
    "absorbed": "into",
    "merged": "from",
    "split": "whole",
    "doubted": "against",
    "contradicted": "against",
}
THEIRS: dict[str, Relation] = {
    "ended": "before",
    "absorbed": "from",
    "split": "part",
    "divided": "whole",
    "doubted": "against",
    "contradicted": "against",
}
SENTENCES: dict[Relation, str] = {
    "before": "Until {until}",
    "after": "Since {since}",
    "from": "Merged into this one",
    "into": "Merged into",
    "whole": "Split off from",
    "part": "Split into",
    "against": "Speaks against this one",
}


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Another proposition. `since` and `until`: the first and the last evidence for it."""

    id: PropositionId
    relation: Relation
    text: str
    state: State
    since: datetime
    until: datetime


def look_up_linked(store: ReadingStore, belief: Proposition) -> tuple[Linked, ...]:
    """In the order of time. What was forgotten is not among them."""
    relations = relations_of(belief, store.pointing_at(belief.id))
    found = [(store.proposition(id_), relation) for id_, relation in relations.items()]
    linked = [
        Linked(
            id=other.id,
            relation=relation,
            text=other.text,
            state=other.state,
            since=_first_seen(other),
            until=other.last_supported_at,
        )
        for other, relation in found
        if other is not None
    ]
    return tuple(sorted(linked, key=lambda each: (each.since, each.id)))


def relations_of(belief: Proposition, pointing: Sequence[Revision]) -> dict[PropositionId, Relation]:
    """`pointing`: the revisions of others that count and name this one. A later word replaces an earlier one."""
    found: dict[PropositionId, Relation] = {}
    for revision in standing(belief.revisions):
        if revision.other is not None and revision.kind in OWN:
            found[revision.other] = OWN[revision.kind]
    for revision in pointing:
        if revision.proposition_id is not None and revision.kind in THEIRS:
            found[revision.proposition_id] = THEIRS[revision.kind]
    return found


def told(linked: Linked, now: datetime) -> str:
    """Before its words: "Until 3 March"."""
    return SENTENCES[linked.relation].format(
        since=day_name(linked.since.date(), now.date()), until=day_name(linked.until.date(), now.date())
    )


def own_time(belief: Proposition, linked: Sequence[Linked], now: datetime) -> str:
    """How long this one held, where another came before or after it; else empty."""
    relations = {each.relation for each in linked}
    since, until = (
        day_name(_first_seen(belief).date(), now.date()),
        day_name(belief.last_supported_at.date(), now.date()),
    )
    if "after" in relations:
        return f"Until {until}"
    return f"Since {since}" if "before" in relations else ""


def chapters(
    belief: Proposition, linked: Sequence[Linked], now: datetime, choose: Callable[[PropositionId], None]
) -> QVBoxLayout:
    """The card of what it has to do with others, each with a way to it."""
    lines: list[QWidget] = []
    own = own_time(belief, linked, now)
    for each in linked:
        if own and each.relation == "after":
            lines.append(_line(f"{own}: {belief.text}"))
            own = ""
        lines.append(_way(each, now, choose))
    if own:
        lines.append(_line(f"{own}: {belief.text}"))
    return column(section("Before, after and beside it"), Card(*lines))


def _line(text: str) -> Prose:
    return Prose(text, weight=Prose.BOLD)


def _way(linked: Linked, now: datetime, choose: Callable[[PropositionId], None]) -> QWidget:
    show = QPushButton("Show")
    show.setProperty("look", "link")
    show.setAccessibleName(f"Show: {linked.text}")
    show.clicked.connect(partial(choose, linked.id))
    line = QWidget()
    line.setLayout(row(Prose(f"{told(linked, now)}: {linked.text}", middle=True), show))
    return line


def _first_seen(belief: Proposition) -> datetime:
    return min((item.at for item in belief.evidence if item.supports), default=belief.created_at)
