"""What was done together is taken back together: a merge, a split, an answer, a step of tidying.

Each revision of a deed bears its number. Taking back adds revisions, and takes none away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gum_app.records import PERSON, Evidence, PropositionId, Revision
from gum_app.store import beliefs, inquiries
from gum_app.store.beliefs import Fold
from gum_app.store.connect import Database
from gum_app.store.instants import micros

NOT_TAKEN_BACK = "kind <> 'undone' AND id NOT IN (SELECT undoes FROM revisions WHERE undoes IS NOT NULL)"
SEEN_MEANWHILE = "Seen while it was split."


def next_number(database: Database) -> int:
    """For a new deed."""
    # Not max(): that would read the index from end to end.
    newest = database.value("SELECT deed FROM revisions WHERE deed IS NOT NULL ORDER BY deed DESC LIMIT 1")
    return int(newest or 0) + 1


def standing_of(database: Database, deed: int) -> list[Revision]:
    """The revisions of a deed that nobody has taken back, in the order they were made."""
    found = database.all(f"SELECT * FROM revisions WHERE deed = ? AND {NOT_TAKEN_BACK} ORDER BY id", (deed,))
    return [beliefs.revision(database, row) for row in found]


def take_back(database: Database, fold: Fold, last: Revision, at: datetime) -> list[Revision]:
    """With all that was done together with it, the last first. Call it within a transaction."""
    done = [last] if last.deed is None else standing_of(database, last.deed)
    number = None if last.deed is None else next_number(database)
    moved, back = _from_parts(database, done, at)
    undone = [_undone(revision, at, number) for revision in (*reversed(done), *back)]
    # What goes to the whole comes first: its parts go when nothing of them stands.
    beliefs.add_revisions(database, fold, [*(replace(each, deed=number) for each in moved), *undone])
    if last.deed is not None:
        inquiries.open_again(database, last.deed)
    for revision in done:  # the verdict that came with it counts no more
        database.run(
            "DELETE FROM feedback WHERE proposition_id = ? AND at = ?", (revision.proposition_id, micros(revision.at))
        )
    return undone


def _undone(revision: Revision, at: datetime, deed: int | None) -> Revision:
    return replace(
        revision,
        id=None,
        kind="undone",
        at=at,
        why="You took it back.",
        made_by=PERSON,
        evidence=(),
        undoes=revision.id,
        other=None,
        deed=deed,
    )


def _from_parts(database: Database, done: Sequence[Revision], at: datetime) -> tuple[list[Revision], list[Revision]]:
    """What was seen of a part since the split, as support for the whole; and what of the part goes for it."""
    moved: list[Revision] = []
    back: list[Revision] = []
    ids = {revision.id for revision in done}
    for part in (revision for revision in done if revision.kind == "split" and revision.other is not None):
        assert part.proposition_id is not None
        since = beliefs.revisions_of(database, part.proposition_id)
        counts = beliefs.standing_ids(since) - {id_ for id_ in ids if id_ is not None}
        later = [revision for revision in since if revision.id in counts]
        back += later
        evidence = tuple(item for revision in later for item in revision.evidence)
        if evidence:
            moved.append(_support(database, part.other, evidence, at))
    return moved, back


def _support(database: Database, id_: PropositionId | None, evidence: tuple[Evidence, ...], at: datetime) -> Revision:
    assert id_ is not None
    whole = beliefs.revisions_of(database, id_)[0]
    return replace(
        whole,
        id=None,
        kind="supported",
        at=at,
        why=SEEN_MEANWHILE,
        made_by="rule:undo",
        evidence=evidence,
        undoes=None,
        other=None,
    )
