"""Old words, pictures and numbers go by rule. What was concluded from them stays, with the words it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_app.store.connect import PAGE_BYTES, Database
from gum_app.store.instants import micros
from gum_app.store.names import keep_names_that_stand
from gum_app.store.waiting import CALLS_KEPT, FRAMES_KEPT, drop_frames

ANSWERS_KEPT = timedelta(days=730)  # to offers; without a word, and what was learned of them has faded by then
AT_ONCE = 50  # episodes, or waiting pictures, that go before the size is looked at again


@dataclass(kw_only=True)
class ExpireReport:
    observations: int = 0
    thumbnails: int = 0
    skips: int = 0
    frames: int = 0
    accounts: int = 0
    calls: int = 0
    rulings: int = 0
    disclosures: int = 0
    suggestions: int = 0  # whose time is long over; those that go with an episode are not counted
    reminders: int = 0  # that were seen to


def expire(
    database: Database,
    *,
    at: datetime,
    words_before: datetime,
    thumbnails_before: datetime,
    told_before: datetime | None,
    max_bytes: int,
) -> ExpireReport:
    """Episodes that ended before `words_before` go; then pictures that wait for the model, then the oldest episodes,
    until what is used fits into `max_bytes`. What programs were told before `told_before` goes from the
    list; None: nothing does.

    Evidence keeps its quote and loses its observation; sightings, accounts and pictures go with theirs.
    """
    report = ExpireReport()
    with database.transaction():
        report.frames = drop_frames(database, at - FRAMES_KEPT)
        report.calls = database.run("DELETE FROM calls WHERE at < ?", (micros(at - CALLS_KEPT),))
        report.thumbnails = database.run("DELETE FROM thumbnails WHERE at < ?", (micros(thumbnails_before),))
        report.skips = database.run("DELETE FROM skips WHERE ended_at < ?", (micros(words_before),))
        database.run("DELETE FROM digest WHERE at < ?", (micros(words_before),))
        report.rulings = database.run("DELETE FROM rulings WHERE ended_at < ?", (micros(words_before),))
        # A reminder that is still to come keeps its suggestion.
        report.suggestions = database.run(
            """DELETE FROM suggestions WHERE changed_at < ? AND state NOT IN ('waiting', 'shown')
               AND id NOT IN (SELECT suggestion_id FROM reminders WHERE NOT done AND suggestion_id IS NOT NULL)""",
            (micros(words_before),),
        )
        report.reminders = database.run("DELETE FROM reminders WHERE done AND due_at < ?", (micros(words_before),))
        database.run("DELETE FROM suggestion_answers WHERE at < ?", (micros(at - ANSWERS_KEPT),))
        # That a program was told something stays listed; what it asked are words like others.
        database.run("UPDATE disclosures SET question = '' WHERE at < ? AND question <> ''", (micros(words_before),))
        if told_before is not None:
            report.disclosures = database.run("DELETE FROM disclosures WHERE at < ?", (micros(told_before),))
        _let_go(database, report, "ended_at < ?", (micros(words_before),))
    while used_bytes(database) > max_bytes:
        with database.transaction():
            if not (_let_frames_go(database, report) or _let_the_oldest_go(database, report)):
                break
    with database.transaction():
        keep_names_that_stand(database)
    if report != ExpireReport():
        database.all("PRAGMA incremental_vacuum")
        database.empty_journal()  # where a reader is busy, the next one does it
    return report


def used_bytes(database: Database) -> int:
    pages = database.value("PRAGMA page_count") - database.value("PRAGMA freelist_count")
    return int(pages) * PAGE_BYTES


def _let_frames_go(database: Database, report: ExpireReport) -> int:
    gone = database.run("DELETE FROM frames WHERE id IN (SELECT id FROM frames ORDER BY at LIMIT ?)", (AT_ONCE,))
    report.frames += gone
    return gone


def _let_the_oldest_go(database: Database, report: ExpireReport) -> int:
    oldest = "id IN (SELECT id FROM observations WHERE NOT is_open ORDER BY started_at LIMIT ?)"
    return _let_go(database, report, oldest, (AT_ONCE,))


def _let_go(database: Database, report: ExpireReport, condition: str, values: tuple[int, ...]) -> int:
    # Quotes of one episode count once. Without it they share its instant instead, so that they still do.
    database.run(
        f"""UPDATE evidence SET at = (
                SELECT max(other.at) FROM evidence AS other
                WHERE other.observation_id = evidence.observation_id AND other.supports = evidence.supports
            ) WHERE observation_id IN (SELECT id FROM observations WHERE {condition})""",
        values,
    )
    these = f"observation_id IN (SELECT id FROM observations WHERE {condition})"
    # A suggestion goes with its episode, and a reminder with its suggestion where that is forgotten. But that words are
    # old is no reason to break a promise: what the person asked to be reminded of stays without what it came from.
    database.run(
        f"""UPDATE reminders SET suggestion_id = NULL
            WHERE NOT done AND suggestion_id IN (SELECT suggestion_id FROM suggestion_seen WHERE {these})""",
        values,
    )
    report.thumbnails += int(database.value(f"SELECT count(*) FROM thumbnails WHERE {these}", values))
    report.accounts += int(database.value(f"SELECT count(*) FROM accounts WHERE {these}", values))
    report.frames += database.run(f"DELETE FROM frames WHERE {these}", values)
    gone = database.run(f"DELETE FROM observations WHERE {condition}", values)
    report.observations += gone
    return gone
