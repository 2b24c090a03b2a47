"""Questions to the person: what is open, what was asked before, and what may be asked. Each is asked once."""

from __future__ import annotations

from datetime import datetime

from gum_app.records import Inquiry, InquiryId, Proposition, PropositionId, RevisionId
from gum_app.store import beliefs, rows
from gum_app.store.connect import Database
from gum_app.store.instants import micros
from gum_app.store.listing import rows_of

FRESHEST = 400  # of what is neither sure nor unlikely, so many are weighed


def open_ones(database: Database, now: datetime) -> list[Inquiry]:
    """Not answered and not expired, about what is still believed; the oldest first."""
    found = database.all(
        """SELECT inquiries.* FROM inquiries JOIN propositions ON propositions.id = proposition_id
           WHERE answer IS NULL AND expires_at > ? AND state IN ('active', 'doubted') ORDER BY inquiries.id""",
        (micros(now),),
    )
    return [rows.inquiry_of(row) for row in found]


def one(database: Database, id_: InquiryId) -> Inquiry | None:
    row = database.one("SELECT * FROM inquiries WHERE id = ?", (id_,))
    return None if row is None else rows.inquiry_of(row)


def count_unsure_since(database: Database, at: datetime) -> int:
    """How many were asked because we were unsure. What speaks against the person's word is no such question."""
    return int(
        database.value("SELECT count(*) FROM inquiries WHERE revision_id IS NULL AND asked_at > ?", (micros(at),))
    )


def contradicted(database: Database) -> list[tuple[PropositionId, RevisionId]]:
    """What speaks against the person's word and was never asked about: once for each pair of propositions."""
    found = database.all(
        """SELECT proposition_id, min(id) AS id FROM revisions AS r
           WHERE kind = 'contradicted' AND NOT EXISTS (
               SELECT 1 FROM inquiries JOIN revisions AS asked ON asked.id = inquiries.revision_id
               WHERE inquiries.proposition_id = r.proposition_id AND asked.other_id IS r.other_id
           ) GROUP BY proposition_id, other_id ORDER BY id"""
    )
    return [(PropositionId(row["proposition_id"]), RevisionId(row["id"])) for row in found]


def askable(database: Database, least: float, most: float) -> list[Proposition]:
    """Those that are unsure, were never asked about and never judged: the freshest."""
    found = database.all(
        """SELECT p.id FROM (
               SELECT id FROM propositions INDEXED BY propositions_to_list
               WHERE state IN ('active', 'doubted') AND confidence BETWEEN ? AND ?
               ORDER BY last_supported_at DESC, id LIMIT ?
           ) AS found JOIN propositions AS p ON p.id = found.id
           WHERE p.evidence_count > 1 AND NOT p.edited AND NOT p.confirmed AND p.made_by <> 'person'
           AND NOT EXISTS (SELECT 1 FROM inquiries WHERE proposition_id = p.id)
           AND NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.proposition_id = p.id) ORDER BY p.id""",
        (least, most, FRESHEST),
    )
    return [beliefs.whole(database, row) for row in rows_of(database, [row["id"] for row in found])]


def add(database: Database, inquiry: Inquiry) -> InquiryId:
    values = rows.inquiry_values(inquiry)
    return InquiryId(database.add(rows.insert("inquiries", values), values))


def put_answer(database: Database, id_: InquiryId, answer: str, deed: int | None) -> None:
    database.run("UPDATE inquiries SET answer = ?, deed = ? WHERE id = ?", (answer, deed, id_))


def open_again(database: Database, deed: int) -> None:
    """What was answered with a deed that is taken back."""
    database.run("UPDATE inquiries SET answer = NULL, deed = NULL WHERE deed = ?", (deed,))
