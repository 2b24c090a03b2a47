"""What the tables of the digest mean: what other programs showed, what was judged of it, and why."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from gum_app.store.columns import a_key, a_real, a_text, a_whole, an_id, counted, made_of


class DigestRow(SQLModel, table=True):
    """One notification, or several that came at once. Its words stand in its observation, with which it goes."""

    __tablename__ = "digest"
    __table_args__ = counted(
        Index("digest_by_time", "at"),
        Index("digest_by_observation", "observation_id"),
        Index("digest_with_opinion", "opinion_at", sqlite_where=sql("opinion IS NOT NULL")),
    )
    id: int | None = an_id()
    observation_id: int | None = a_key("observations.id")  # NULL: nothing is kept of it, and `rule` says why
    at: int = a_whole()
    utc_offset: int = a_whole()
    urgency: str = a_text()  # as its program claims
    count: int = a_whole()
    rule: str = a_text()  # empty: it is kept
    attention: str | None = a_text()  # NULL: not judged
    probability: float | None = a_real()  # NULL: not judged
    shown_at: int | None = a_whole()  # NULL: it was not shown again
    opinion: str | None = a_text()  # NULL: the person has not said
    opinion_at: int | None = a_whole()


class DigestGroundRow(SQLModel, table=True):
    """What moved a judgement, the weightiest first: names of rules and propositions, no words."""

    __tablename__ = "digest_grounds"
    __table_args__ = made_of(Index("digest_grounds_by_proposition", "proposition_id"))
    digest_id: int = a_key("digest.id", primary_key=True)
    number: int = a_whole(primary_key=True)
    name: str = a_text()
    weight: float = a_real()
    proposition_id: int | None = a_key("propositions.id")  # NULL: it rests on none


DECLARED = (DigestRow, DigestGroundRow)
