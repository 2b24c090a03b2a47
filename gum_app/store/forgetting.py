"""Forgetting: afterwards the words are in no table, index, journal or free page. What is left is folded again.

What was seen in the span goes whole. Evidence goes with what it quotes; a revision that rested on nothing else goes
with its evidence; so does a text that says what only the forgotten words said (`traces.py`). A proposition that nothing
carries any more goes. Privacy rules and settings stay: forgetting them would unprotect what comes next.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gum_app.errors import DiskFull, GumError
from gum_app.records import ImportId, ObservationId, PropositionId
from gum_app.store import imports, vectors
from gum_app.store.beliefs import Fold, drop, refold
from gum_app.store.connect import Database
from gum_app.store.instants import MICROS_PER_MINUTE, day_start, micros
from gum_app.store.migrations import DROP_INDEX_OF_WORDS, INDEX_OF_WORDS, drop_copies
from gum_app.store.names import keep_names_that_stand
from gum_app.store.traces import Decision, json_ids, what_stays

THESE = "(SELECT value FROM json_each(?))"
MANY = 300  # propositions
PATIENCE_SECONDS = 60.0  # how long a reader of an old state may hold up the end of a forgetting


class ForgettingUnfinished(GumError):
    """The words are deleted, but a reader of an old state or a full disk keeps the last traces from being wiped."""


@dataclass(frozen=True, kw_only=True)
class ForgetScope:
    """What to forget: everything, one proposition, or what was seen. Of the latter all that is set must hold."""

    since: datetime | None = None
    until: datetime | None = None
    app: str | None = None  # compared without case
    day: date | None = None  # as the wall clock showed it
    proposition_id: PropositionId | None = None
    observation_ids: tuple[ObservationId, ...] = ()
    import_id: ImportId | None = None  # all that came with it, also what has expired since
    everything: bool = False

    @property
    def has_span(self) -> bool:
        return self.since is not None or self.until is not None or self.day is not None

    @property
    def is_empty(self) -> bool:
        """It names nothing, which must never be taken for everything."""
        named = self.app is not None or self.proposition_id is not None or self.import_id is not None
        return not (self.has_span or named or bool(self.observation_ids) or self.everything)


@dataclass(kw_only=True)
class ForgetReport:
    """How many rows went; `propositions_changed` are those that stay with less behind them."""

    observations: int = 0
    propositions: int = 0
    propositions_changed: int = 0
    revisions: int = 0
    evidence: int = 0
    thumbnails: int = 0
    skips: int = 0
    sightings: int = 0
    frames: int = 0
    accounts: int = 0
    rulings: int = 0
    suggestions: int = 0  # with their reminders
    reminders: int = 0  # that the person made by themselves
    untold: int = 0  # episodes that stay without their words
    rows: int = 0  # of words that were cut out of episodes that stay


class OnlyLooking(Exception):
    """Takes a transaction back."""


def preview(database: Database, fold: Fold, scope: ForgetScope) -> ForgetReport:
    report = ForgetReport()
    try:
        with database.transaction():
            report = take_away(database, fold, scope)
            raise OnlyLooking
    except OnlyLooking:
        return report


def forget(
    database: Database, fold: Fold, scope: ForgetScope, at: datetime, *, patience_seconds: float = PATIENCE_SECONDS
) -> ForgetReport:
    with database.transaction():
        report = take_away(database, fold, scope)
        database.run("INSERT OR REPLACE INTO marks (name, value) VALUES ('forgetting', ?)", (micros(at),))
    finish(database, patience_seconds=patience_seconds)
    return report


def discard(database: Database, fold: Fold, id_: ObservationId) -> None:
    """Forget one episode within whatever transaction is under way. Its traces are wiped by the next `finish`.

    What the audit decided of it stays listed: that is no word of it.
    """
    with database.transaction():
        database.run("UPDATE rulings SET observation_id = NULL WHERE observation_id = ?", (id_,))
        take_away(database, fold, ForgetScope(observation_ids=(id_,)))
        database.run("INSERT OR IGNORE INTO marks (name, value) VALUES ('forgetting', 0)")


def finish(database: Database, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Wipe what deleting leaves behind; nothing to do where no forgetting waits for it.

    SQLite overwrites what it deletes, but when it moves rows between pages old copies stay in the gaps (seen with about
    one word of a hundred). Only writing the whole file anew is sure to leave none.
    """
    if not is_unfinished(database):
        return
    drop_copies(database.path)
    try:
        database.rewrite()
    except DiskFull as error:
        raise ForgettingUnfinished(
            f"It is deleted, but wiping the last traces needs room for two copies of {database.path}: free some disk"
            " space. It is tried again when gum-app starts."
        ) from error
    deadline = time.monotonic() + patience_seconds
    while not database.empty_journal():
        if time.monotonic() > deadline:
            raise ForgettingUnfinished(
                "It is deleted, but a program still reads an older state of the database: close the other windows of"
                " gum-app. The last traces go then, at the latest when gum-app starts again."
            )
    database.run("DELETE FROM marks WHERE name = 'forgetting'")


def is_unfinished(database: Database) -> bool:
    return database.value("SELECT value FROM marks WHERE name = 'forgetting'") is not None


def take_away(database: Database, fold: Fold, scope: ForgetScope) -> ForgetReport:
    """Within a transaction. Raises ValueError for a scope that names nothing."""
    if scope.is_empty:
        raise ValueError("a scope that names nothing")
    if scope.everything:
        return _everything(database)
    report, suggested = ForgetReport(), _suggestions(database)
    if scope.proposition_id is not None:
        _one_proposition(database, fold, scope.proposition_id, report)
    if scope.import_id is not None:
        _one_import(database, fold, scope.import_id, report)
    if scope.has_span or scope.app is not None or scope.observation_ids:
        _what_was_seen(database, fold, scope, report)
    if scope.has_span and scope.app is None:
        condition, values = _span(scope, "made_at", "made_at")
        report.reminders = database.run(f"DELETE FROM reminders WHERE suggestion_id IS NULL AND {condition}", values)
    keep_names_that_stand(database)
    report.suggestions = suggested - _suggestions(database)  # they go by themselves with what they rest on
    return report


def _everything(database: Database) -> ForgetReport:
    # With their reminders; files that were written are the person's.
    suggestions = database.run("DELETE FROM suggestions")
    reminders = database.run("DELETE FROM reminders")
    database.run("DELETE FROM suggestion_answers")
    hanging_on = ("thumbnails", "sightings", "frames", "accounts")
    report = ForgetReport(**{table: database.run(f"DELETE FROM {table}") for table in hanging_on})
    database.run("DELETE FROM names_of_others")
    report.suggestions, report.reminders = suggestions, reminders
    report.evidence = database.run("DELETE FROM evidence")
    report.revisions = database.run("DELETE FROM revisions")
    for statement in (DROP_INDEX_OF_WORDS, *INDEX_OF_WORDS):  # deleting row by row takes a millisecond for each
        database.run(statement)
    vectors.drop_all(database)
    report.propositions = database.run("DELETE FROM propositions")
    report.observations = database.run("DELETE FROM observations")
    report.skips = database.run("DELETE FROM skips")
    database.run("DELETE FROM digest")  # what is kept has gone with its episode; what is not kept tells who was here
    database.run("DELETE FROM curves")  # what was learned from verdicts that have gone with their propositions
    report.rulings = database.run("DELETE FROM rulings")
    database.run("DELETE FROM reluctance")
    database.run("DELETE FROM imports")  # with the fingerprints of all that came
    database.run("DELETE FROM disclosures")  # what each program may be told stays, like a setting
    database.run("DELETE FROM calls")  # numbers, and not counted; but they tell when somebody was here
    return report


def _one_proposition(database: Database, fold: Fold, id_: PropositionId, report: ForgetReport) -> None:
    """With what was merged into it or split into it, which say the same words; and what others got from it."""
    for row in database.all(
        """SELECT proposition_id AS id FROM revisions WHERE other_id = :id AND kind = 'absorbed'
           UNION SELECT other_id FROM revisions WHERE proposition_id = :id AND kind = 'split' AND other_id IS NOT NULL
           EXCEPT SELECT id FROM propositions WHERE state <> 'replaced'""",
        {"id": id_},
    ):
        if row["id"] != id_:
            _one_proposition(database, fold, PropositionId(row["id"]), report)
    lent = database.all(
        """SELECT id FROM evidence WHERE revision_id IN (SELECT id FROM revisions WHERE other_id = :id
           AND proposition_id <> :id AND kind IN ('merged', 'ended', 'doubted', 'contradicted'))""",
        {"id": id_},
    )
    take_evidence(database, fold, [row["id"] for row in lent], report)
    report.evidence += _count(
        database, "evidence WHERE revision_id IN (SELECT id FROM revisions WHERE proposition_id = ?)", id_
    )
    report.revisions += _count(database, "revisions WHERE proposition_id = ?", id_)
    report.propositions += _count(database, "propositions WHERE id = ?", id_)
    drop(database, fold, id_)


def _one_import(database: Database, fold: Fold, id_: ImportId, report: ForgetReport) -> None:
    take_evidence(database, fold, imports.expired_evidence(database, id_), report)
    if observations := imports.observations_of(database, id_):
        _what_was_seen(database, fold, ForgetScope(observation_ids=tuple(observations)), report)
    database.run("DELETE FROM imports WHERE id = ?", (id_,))


def _what_was_seen(database: Database, fold: Fold, scope: ForgetScope, report: ForgetReport) -> None:
    observations = _observations(database, scope)
    report.rulings += _rulings(database, scope, observations)
    take_what_hangs_on(database, fold, observations, report, scope)
    _fingerprints(database, scope, observations)
    report.observations += database.run(f"DELETE FROM observations WHERE id IN {THESE}", (json_ids(observations),))
    if scope.has_span and scope.app is None:
        condition, values = _span(scope, "at", "at")
        database.run(f"UPDATE disclosures SET question = '' WHERE {condition}", values)
        condition, values = _span(scope, "started_at", "ended_at")
        report.skips += database.run(f"DELETE FROM skips WHERE {condition}", values)
        condition, values = _span(scope, "at", "at")
        database.run(f"DELETE FROM digest WHERE {condition}", values)


def take_what_hangs_on(
    database: Database, fold: Fold, observations: list[int], report: ForgetReport, scope: ForgetScope | None = None
) -> None:
    """Evidence, what rests on it, pictures, accounts and sightings of these episodes, within a transaction."""
    take_evidence(database, fold, _evidence(database, scope, observations), report)
    ids = json_ids(observations)
    report.thumbnails += _count(database, f"thumbnails WHERE observation_id IN {THESE}", ids)
    report.sightings += _count(database, f"sightings WHERE observation_id IN {THESE}", ids)
    report.frames += _count(database, f"frames WHERE observation_id IN {THESE}", ids)
    report.accounts += _count(database, f"accounts WHERE observation_id IN {THESE}", ids)
    for table in ("thumbnails", "sightings", "frames", "accounts"):
        database.run(f"DELETE FROM {table} WHERE observation_id IN {THESE}", (ids,))


def take_evidence(database: Database, fold: Fold, evidence: list[int], report: ForgetReport) -> None:
    """These rows, and what rests on nothing else; before the words that they quote go."""
    decisions = what_stays(database, evidence)
    report.evidence += database.run(f"DELETE FROM evidence WHERE id IN {THESE}", (json_ids(evidence),))
    with _index_kept_up(database, len(decisions)):
        for decision in decisions:
            _carry_out(database, fold, decision, report)


def _fingerprints(database: Database, scope: ForgetScope, observations: list[int]) -> None:
    """By which what was brought in would be known again; and that of an import of which nothing else is left."""
    database.run(f"DELETE FROM imported WHERE observation_id IN {THESE}", (json_ids(observations),))
    if not scope.observation_ids:
        condition, values = _span(scope, "started_at", "ended_at")
        database.run(f"DELETE FROM imported WHERE observation_id IS NULL AND {condition}", values)
    database.run("DELETE FROM imports WHERE id NOT IN (SELECT import_id FROM imported)")


def _rulings(database: Database, scope: ForgetScope, observations: list[int]) -> int:
    """Those of these episodes, and those of the span that belong to none."""
    gone = database.run(f"DELETE FROM rulings WHERE observation_id IN {THESE}", (json_ids(observations),))
    if scope.observation_ids:
        return gone
    condition, values = _span(scope, "started_at", "ended_at")
    return gone + database.run(f"DELETE FROM rulings WHERE observation_id IS NULL AND {condition}", values)


def _carry_out(database: Database, fold: Fold, decision: Decision, report: ForgetReport) -> None:
    before = _count(database, "revisions WHERE proposition_id = ?", decision.proposition_id)
    report.evidence += _count(database, f"evidence WHERE revision_id IN {THESE}", json_ids(decision.going))
    decision.carry_out(database)
    refold(database, fold, decision.proposition_id)
    after = _count(database, "revisions WHERE proposition_id = ?", decision.proposition_id)
    report.revisions += before - after
    report.propositions += after == 0
    report.propositions_changed += after > 0


@contextmanager
def _index_kept_up(database: Database, changes: int) -> Iterator[None]:
    """Deleting from the index without a trace takes a millisecond a row; for many rows it is written anew instead."""
    if changes <= MANY:
        yield
        return
    set_up = "INSERT INTO proposition_words (proposition_words, rank) VALUES ('secure-delete', ?)"
    database.run(set_up, (0,))
    yield
    database.run("INSERT INTO proposition_words (proposition_words) VALUES ('rebuild')")
    database.run(set_up, (1,))


def _observations(database: Database, scope: ForgetScope) -> list[int]:
    condition, values = _span(scope, "started_at", "ended_at")
    if scope.observation_ids:
        condition += " AND id IN (SELECT value FROM json_each(:ids))"
    found = database.all(
        f"SELECT id FROM observations WHERE {condition}", values | {"ids": json_ids(scope.observation_ids)}
    )
    return [row["id"] for row in found]


def _evidence(database: Database, scope: ForgetScope | None, observations: list[int]) -> list[int]:
    """What quotes these observations, and quotes from the span whose observation had expired before."""
    found = database.all(f"SELECT id FROM evidence WHERE observation_id IN {THESE}", (json_ids(observations),))
    if scope is not None and not scope.observation_ids:
        condition, values = _span(scope, "at", "at")
        found += database.all(f"SELECT id FROM evidence WHERE observation_id IS NULL AND {condition}", values)
    return [row["id"] for row in found]


def _span(scope: ForgetScope, start: str, end: str) -> tuple[str, dict[str, int | str | None]]:
    """The condition for rows that touch the span, ends included, and belong to the app."""
    condition = "TRUE"
    values: dict[str, int | str | None] = {}
    if scope.app is not None:
        condition += " AND app = :app COLLATE NOCASE"
        values["app"] = scope.app
    if scope.since is not None:
        condition += f" AND {end} >= :since"
        values["since"] = micros(scope.since)
    if scope.until is not None:
        condition += f" AND {start} <= :until"
        values["until"] = micros(scope.until)
    if scope.day is not None:
        local = f" + utc_offset * {MICROS_PER_MINUTE}"
        condition += f" AND {end}{local} >= :midnight AND {start}{local} < :next_midnight"
        values["midnight"] = day_start(scope.day)
        values["next_midnight"] = day_start(scope.day + timedelta(days=1))
    return condition, values


def _suggestions(database: Database) -> int:
    return int(database.value("SELECT count(*) FROM suggestions"))


def _count(database: Database, what: str, parameter: int | str) -> int:
    return int(database.value(f"SELECT count(*) FROM {what}", (parameter,)))
