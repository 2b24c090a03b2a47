"""Propositions, whole, with their history; and the fold of that history into the row and the words that lists show.

The fold itself is a rule and is given in: this room does not know the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from gum_app.records import JUST_MADE, Curve, Evidence, Proposition, PropositionId, Revision, RevisionId
from gum_app.store import rows, vectors
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros, utc_offset
from gum_app.store.spelling import spelled

Fold = Callable[[Sequence[Revision], Mapping[str, Curve]], Proposition]

MOST_INDEXED_CHARACTERS = 2000  # of the words a proposition rests on, the newest are searched


def whole(database: Database, row: Row) -> Proposition:
    """A row of `propositions` with its evidence and its revisions."""
    revisions = revisions_of(database, row["id"])
    standing = standing_ids(revisions)
    return Proposition(
        id=PropositionId(row["id"]),
        text=row["text"],
        kind=row["kind"],
        state=row["state"],
        topic=row["topic"],
        value=row["value"],
        confidence=row["confidence"],
        confidence_evidence=row["confidence_evidence"],
        confidence_raw=row["confidence_raw"],
        ceiling=row["ceiling"],
        half_life_days=row["half_life_days"],
        created_at=instant(row["created_at"], row["utc_offset"]),
        last_supported_at=instant(row["last_supported_at"], row["utc_offset"]),
        pinned=bool(row["pinned"]),
        edited=bool(row["edited"]),
        confirmed=bool(row["confirmed"]),
        evidence=tuple(item for revision in revisions if revision.id in standing for item in revision.evidence),
        revisions=tuple(revisions),
        made_by=row["made_by"],
    )


def curves(database: Database) -> dict[str, Curve]:
    """What was learned of each source; empty before the first verdict."""
    return {row["source"]: rows.curve_of(row) for row in database.all("SELECT * FROM curves ORDER BY source")}


def revisions_of(database: Database, proposition_id: int) -> list[Revision]:
    """In the order they were added."""
    found = database.all("SELECT * FROM revisions WHERE proposition_id = ? ORDER BY id", (proposition_id,))
    evidence = _evidence(database, [row["id"] for row in found])
    return [rows.revision_of(row, evidence[row["id"]]) for row in found]


def revision(database: Database, row: Row) -> Revision:
    """A row of `revisions` with its evidence."""
    return rows.revision_of(row, _evidence(database, [row["id"]])[row["id"]])


def standing_ids(revisions: Sequence[Revision]) -> set[int]:
    """The revisions that count: neither taken back nor the taking back itself. The newest word counts."""
    gone: set[int] = set()
    standing: set[int] = set()
    for item in reversed(revisions):
        assert item.id is not None
        if item.id in gone:
            continue
        if item.kind != "undone":
            standing.add(item.id)
        elif item.undoes is not None:
            gone.add(item.undoes)
    return standing


def add_revisions(database: Database, fold: Fold, revisions: Iterable[Revision]) -> list[PropositionId]:
    """The proposition of each revision, in the order given. Call it within a transaction.

    Raises ValueError where JUST_MADE stands before anything was made.
    """
    ids: list[PropositionId] = []
    made: PropositionId | None = None
    for item in revisions:
        pointed = _pointed(item, made)
        id_ = pointed.proposition_id
        if id_ is None:
            id_ = made = new_proposition(database, pointed)
        add_revision(database, pointed, id_)
        ids.append(id_)
    for id_ in dict.fromkeys(ids):
        refold(database, fold, id_)
    return ids


def _pointed(item: Revision, made: PropositionId | None) -> Revision:
    """With the id that the proposition made just before has."""
    if JUST_MADE not in (item.proposition_id, item.other):
        return item
    if made is None:
        raise ValueError("nothing was made before")
    return replace(
        item,
        proposition_id=made if item.proposition_id == JUST_MADE else item.proposition_id,
        other=made if item.other == JUST_MADE else item.other,
    )


def refold(database: Database, fold: Fold, proposition_id: PropositionId) -> None:
    """Write what the revisions amount to now. A proposition of which nothing stands any more goes."""
    revisions = revisions_of(database, proposition_id)
    if not standing_ids(revisions):
        drop(database, fold, proposition_id)
        return
    belief = fold(revisions, curves(database))
    if database.value("SELECT text FROM propositions WHERE id = ?", (belief.id,)) != belief.text:
        vectors.drop(database, [belief.id])
    _write_row(database, belief)
    _index(database, belief)


def _index(database: Database, belief: Proposition) -> None:
    """Its words, where they have changed: writing them anew without a trace of the old takes milliseconds."""
    text, words = spelled(belief.text), spelled(indexed_words(belief.evidence))
    known = database.one("SELECT text, words FROM proposition_words WHERE rowid = ?", (belief.id,))
    if known is not None and (known["text"], known["words"]) == (text, words):
        return
    database.run("DELETE FROM proposition_words WHERE rowid = ?", (belief.id,))
    database.run(
        "INSERT INTO proposition_words (rowid, text, words) VALUES (?, ?, ?)",
        (belief.id, text, words),
    )


def drop(database: Database, fold: Fold, proposition_id: int) -> None:
    """With its revisions, their evidence the feedback on it and its draws, which hang on it by their keys.

    What was merged into it stands by itself again.
    """
    pointing = database.all(
        "SELECT DISTINCT proposition_id FROM revisions WHERE other_id = ? AND proposition_id <> ?",
        (proposition_id, proposition_id),
    )
    database.run("DELETE FROM proposition_words WHERE rowid = ?", (proposition_id,))
    vectors.drop(database, [proposition_id])
    database.run("DELETE FROM propositions WHERE id = ?", (proposition_id,))
    for row in pointing:
        refold(database, fold, PropositionId(row["proposition_id"]))


def about(database: Database, topic: str) -> list[Proposition]:
    """Those of the topic, oldest first, and those that have taken the place of one of them since."""
    waiting = [row["id"] for row in database.all("SELECT id FROM propositions WHERE topic = ? ORDER BY id", (topic,))]
    found: dict[int, Proposition] = {}
    while waiting:
        id_ = waiting.pop(0)
        row = None if id_ in found else database.one("SELECT * FROM propositions WHERE id = ?", (id_,))
        if row is not None:
            found[id_] = belief = whole(database, row)
            waiting += successors(database, belief) if belief.state == "replaced" else []
    return list(found.values())


def successors(database: Database, belief: Proposition) -> list[PropositionId]:
    """Into which it was merged, or split."""
    counts = standing_ids(belief.revisions)
    last = next((r for r in reversed(belief.revisions) if r.id in counts and r.kind in {"absorbed", "divided"}), None)
    if last is None or last.other is None:
        return []
    if last.kind == "absorbed":
        return [last.other]
    parts = database.all(
        """SELECT DISTINCT proposition_id FROM revisions WHERE other_id = ? AND kind = 'split'
           ORDER BY proposition_id""",
        (belief.id,),
    )
    return [PropositionId(row["proposition_id"]) for row in parts]


def indexed_words(evidence: Sequence[Evidence]) -> str:
    """The quotes, each once, the last added first, up to a bound."""
    quotes = dict.fromkeys(item.quote for item in reversed(evidence))
    kept: list[str] = []
    size = 0
    for quote in quotes:
        size += len(quote)
        if size > MOST_INDEXED_CHARACTERS and kept:
            break
        kept.append(quote[:MOST_INDEXED_CHARACTERS])
    return "\n".join(kept)


def row_values(belief: Proposition) -> rows.Values:
    """What the table of propositions says about it."""
    return {
        "id": belief.id,
        "text": belief.text,
        "kind": belief.kind,
        "state": belief.state,
        "topic": belief.topic,
        "value": belief.value,
        "confidence": belief.confidence,
        "confidence_evidence": belief.confidence_evidence,
        "confidence_raw": belief.confidence_raw,
        "ceiling": belief.ceiling,
        "half_life_days": belief.half_life_days,
        "created_at": micros(belief.created_at),
        "last_supported_at": micros(belief.last_supported_at),
        "utc_offset": utc_offset(belief.created_at),
        "pinned": belief.pinned,
        "edited": belief.edited,
        "confirmed": belief.confirmed,
        "evidence_count": len(belief.evidence),
        "made_by": belief.made_by,
    }


def _write_row(database: Database, belief: Proposition) -> None:
    values = row_values(belief)
    changes = ", ".join(f"{name} = :{name}" for name in values if name != "id")
    database.run(f"UPDATE propositions SET {changes} WHERE id = :id", values)


def new_proposition(database: Database, first: Revision) -> PropositionId:
    """A row for revisions to hang on; the fold fills it in before the transaction ends."""
    values = {
        "text": first.text,
        "kind": first.proposition_kind,
        "state": "active",
        "topic": first.topic,
        "value": first.value,
        "confidence": first.confidence_raw,
        "confidence_raw": first.confidence_raw,
        "ceiling": first.ceiling,
        "half_life_days": first.half_life_days,
        "created_at": micros(first.at),
        "last_supported_at": micros(first.at),
        "utc_offset": utc_offset(first.at),
        "pinned": False,
        "edited": False,
        "confirmed": False,
        "evidence_count": 0,
    }
    return PropositionId(database.add(rows.insert("propositions", values), values))


def add_revision(database: Database, item: Revision, proposition_id: PropositionId) -> RevisionId:
    """Add it and its evidence, without folding."""
    values = rows.revision_values(item) | {"proposition_id": proposition_id}
    revision_id = RevisionId(database.add(rows.insert("revisions", values), values))
    for evidence in item.evidence:
        values = rows.evidence_values(evidence, revision_id)
        database.run(rows.insert("evidence", values), values)
    return revision_id


def _evidence(database: Database, revision_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    ids = ",".join(str(int(id_)) for id_ in revision_ids)
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in database.all(f"SELECT * FROM evidence WHERE revision_id IN ({ids}) ORDER BY id"):
        found[row["revision_id"]].append(rows.evidence_of(row))
    return found
