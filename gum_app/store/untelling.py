"""Words that are kept, and are not to be kept any more: cut out of an episode that stays, with all that rests on them.

It is a forgetting like any other: what was concluded from the words goes with them, and no trace is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gum_app.records import Line, ObservationId, PropositionId
from gum_app.store.beliefs import Fold
from gum_app.store.connect import Database
from gum_app.store.forgetting import (
    ForgetReport,
    ForgetScope,
    OnlyLooking,
    take_away,
    take_evidence,
    take_what_hangs_on,
)
from gum_app.store.lines import pack
from gum_app.store.names import keep_names_that_stand
from gum_app.store.observing import lines_of
from gum_app.store.search import words_in

UNFINISHED = "INSERT OR IGNORE INTO marks (name, value) VALUES ('forgetting', 0)"


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """What becomes of one episode: all of it goes; or its words do, and `title` says so; or some rows of them."""

    id: ObservationId
    goes: bool = False
    title: str | None = None
    lines: tuple[Line, ...] = ()  # what stays of its words, where it has no new title


def untell(database: Database, fold: Fold, id_: ObservationId, title: str) -> ForgetReport:
    """Its words, pictures and all that was concluded from them go; that there was an episode stays, under this title.

    Its traces are wiped by the next `finish`.
    """
    report = ForgetReport(untold=1)
    with database.transaction():
        take_what_hangs_on(database, fold, [id_], report)
        take_suggestions(database, id_, report)
        database.run("DELETE FROM readings WHERE observation_id = ?", (id_,))
        database.run(
            """UPDATE observations SET title = ?, url = NULL, observed_at = coalesce(observed_at, ended_at),
               proposed_at = coalesce(proposed_at, ended_at) WHERE id = ?""",
            (title, id_),
        )
        keep_names_that_stand(database)
        database.run(UNFINISHED)
    return report


def cut(
    database: Database,
    fold: Fold,
    cuttings: Iterable[Cutting],
    beliefs: Iterable[PropositionId] = (),
    *,
    preview: bool,
) -> ForgetReport:
    """All of them, and these propositions, or nothing. Its traces are wiped by the next `finish`.

    `preview`: counted, and taken back.
    """
    total = ForgetReport()
    try:
        with database.transaction():
            for each in cuttings:
                _add_up(total, _cut_one(database, fold, each))
            for id_ in beliefs:
                _add_up(total, take_away(database, fold, ForgetScope(proposition_id=id_)))
            if preview:
                raise OnlyLooking
            database.run(UNFINISHED)
    except OnlyLooking:
        pass
    return total


def _cut_one(database: Database, fold: Fold, cutting: Cutting) -> ForgetReport:
    if cutting.goes:
        database.run("UPDATE rulings SET observation_id = NULL WHERE observation_id = ?", (cutting.id,))
        return take_away(database, fold, ForgetScope(observation_ids=(cutting.id,)))
    if cutting.title is not None:
        return untell(database, fold, cutting.id, cutting.title)
    return _cut_rows(database, fold, cutting)


def _cut_rows(database: Database, fold: Fold, cutting: Cutting) -> ForgetReport:
    """Pictures go whole: they cannot be painted over any more. So does what a model told of them."""
    report = ForgetReport()
    row = database.one("SELECT * FROM observations WHERE id = ?", (cutting.id,))
    if row is None:
        return report
    before = lines_of(database, row)
    stays = {line.text for line in cutting.lines}
    report.rows = sum(line.text not in stays for line in before)
    standing = " ".join(words_in(" ".join([row["title"], *(line.text for line in cutting.lines)])))
    quoted = database.all("SELECT id, quote FROM evidence WHERE observation_id = ?", (cutting.id,))
    gone = [each["id"] for each in quoted if " ".join(words_in(each["quote"])) not in standing]
    take_evidence(database, fold, gone, report)
    seen = database.all("SELECT id, quote FROM sightings WHERE observation_id = ?", (cutting.id,))
    lost = [(each["id"],) for each in seen if " ".join(words_in(each["quote"])) not in standing]
    report.sightings = len(lost)
    database.many("DELETE FROM sightings WHERE id = ?", lost)
    keep_names_that_stand(database)
    take_suggestions(database, cutting.id, report)
    for table in ("thumbnails", "frames", "accounts", "readings"):
        count = database.run(f"DELETE FROM {table} WHERE observation_id = ?", (cutting.id,))
        if table != "readings":
            setattr(report, table, count)
    if cutting.lines:
        database.run(
            "INSERT INTO readings (observation_id, number, lines) VALUES (?, 0, ?)", (cutting.id, pack(cutting.lines))
        )
    return report


def take_suggestions(database: Database, id_: ObservationId, report: ForgetReport) -> None:
    """Their words come from all that they rest on, and nobody can tell which from where."""
    report.suggestions += database.run(
        "DELETE FROM suggestions WHERE id IN (SELECT suggestion_id FROM suggestion_seen WHERE observation_id = ?)",
        (id_,),
    )


def _add_up(total: ForgetReport, more: ForgetReport) -> None:
    for name, count in vars(more).items():
        setattr(total, name, getattr(total, name) + count)
