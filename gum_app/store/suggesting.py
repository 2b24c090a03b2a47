"""What was offered, why it was held back, what became of it, what was done, and what is to be reminded of."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from gum_app.records import ObservationId, PropositionId
from gum_app.store import rows
from gum_app.store.at_hand import Newest
from gum_app.store.connect import Database, Row
from gum_app.store.instants import instant, micros, utc_offset
from gum_app.store.observing import ForgottenMeanwhile
from gum_app.suggestions import (
    Act,
    Answer,
    Answered,
    Deed,
    Kept,
    Offer,
    Reminder,
    ReminderId,
    Suggestion,
    SuggestionId,
    SuggestionState,
)


@dataclass(frozen=True, kw_only=True)
class SuggestMark:
    """When it was last looked for something to offer and judged what waits, and what was newest then."""

    at: datetime
    newest: Newest


def mark(database: Database) -> SuggestMark | None:
    found = database.all("SELECT name, value FROM marks WHERE name GLOB 'suggest_*'")
    kept = {row["name"].removeprefix("suggest_"): int(row["value"]) for row in found}
    if not kept:
        return None
    return SuggestMark(
        at=instant(kept["at"], kept["offset"]),
        newest=Newest(kept["observation"], kept["revision"]),
    )


def put_mark(database: Database, mark: SuggestMark) -> None:
    values = {
        "at": micros(mark.at),
        "offset": utc_offset(mark.at),
        "observation": mark.newest.observation,
        "revision": mark.newest.revision,
    }
    for name, value in values.items():
        database.run("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", (f"suggest_{name}", value))


def add(database: Database, offer: Offer, at: datetime) -> SuggestionId:
    """Raises ForgottenMeanwhile where something that it rests on is gone, or where it rests on nothing."""
    _make_sure_of_what_it_rests_on(database, offer)
    values = {
        "kind": offer.kind,
        "topic": offer.topic,
        "title": offer.title,
        "why_now": offer.why_now,
        "act": _act_kept(offer.act),
        "belief": offer.belief,
        "benefit": offer.benefit,
        "cost_wrong": offer.cost_wrong,
        "cost_silent": offer.cost_silent,
        "good_until": micros(offer.good_until),
        "made_by": offer.made_by,
        "made_at": micros(at),
        "utc_offset": utc_offset(at),
        "state": "waiting",
        "changed_at": micros(at),
    }
    id_ = database.add(rows.insert("suggestions", values), values)
    for table, column, rests_on in _links(offer):
        for each in dict.fromkeys(rests_on):
            database.run(f"INSERT INTO {table} (suggestion_id, {column}) VALUES (?, ?)", (id_, each))
    return SuggestionId(id_)


def put(database: Database, suggestion: Suggestion) -> None:
    """What was decided about it and became of it; its words never change. Raises ForgottenMeanwhile."""
    changed = database.run(
        """UPDATE suggestions SET state = ?, changed_at = ?, wanted = ?, silence = ?, shown_at = ?, not_before = ?
           WHERE id = ?""",
        (
            suggestion.state,
            micros(suggestion.changed_at),
            suggestion.wanted,
            suggestion.silence,
            _micros(suggestion.shown_at),
            _micros(suggestion.not_before),
            suggestion.id,
        ),
    )
    if not changed:
        raise ForgottenMeanwhile


def one(database: Database, id_: SuggestionId) -> Suggestion | None:
    found = _whole(database, database.all("SELECT * FROM suggestions WHERE id = ?", (id_,)))
    return found[0] if found else None


def listing(
    database: Database, states: Collection[SuggestionState], since: datetime | None, limit: int
) -> list[Suggestion]:
    """`states` empty: whatever it is; `since`: changed since then. The one that changed last comes first."""
    found = database.all(
        """SELECT * FROM suggestions WHERE (:all OR state IN (SELECT value FROM json_each(:states)))
           AND changed_at >= :since ORDER BY changed_at DESC, id DESC LIMIT :limit""",
        {
            "all": not states,
            "states": json.dumps(sorted(states)),
            "since": -(2**62) if since is None else micros(since),
            "limit": limit,
        },
    )
    return _whole(database, found)


# Silence


def keep_silent(database: Database, kept: Suggestion, at: datetime) -> None:
    """Counts one more time that it was held back for its `silence`."""
    database.run(
        """INSERT INTO silences (suggestion_id, silence, first_at, last_at, utc_offset, count)
           VALUES (:id, :silence, :at, :at, :offset, 1)
           ON CONFLICT (suggestion_id, silence) DO UPDATE SET last_at = :at, utc_offset = :offset, count = count + 1""",
        {"id": kept.id, "silence": kept.silence, "at": micros(at), "offset": utc_offset(at)},
    )


def silences(database: Database, id_: SuggestionId) -> list[Kept]:
    """Of one suggestion, the latest first."""
    found = database.all("SELECT * FROM silences WHERE suggestion_id = ? ORDER BY last_at DESC, silence", (id_,))
    return [
        Kept(
            suggestion_id=SuggestionId(row["suggestion_id"]),
            silence=row["silence"],
            first_at=instant(row["first_at"], row["utc_offset"]),
            last_at=instant(row["last_at"], row["utc_offset"]),
            count=row["count"],
        )
        for row in found
    ]


# Answers


def answer_values(answered: Answered) -> rows.Values:
    return {
        "suggestion_id": answered.suggestion_id,
        "kind": answered.kind,
        "answer": answered.answer,
        "at": micros(answered.at),
        "utc_offset": utc_offset(answered.at),
    }


def add_answer(database: Database, answered: Answered) -> None:
    values = answer_values(answered)
    database.run(rows.insert("suggestion_answers", values), values)


def answers(database: Database, since: datetime | None) -> list[Answered]:
    """The oldest first."""
    found = database.all(
        "SELECT * FROM suggestion_answers WHERE at >= ? ORDER BY at, id",
        (-(2**62) if since is None else micros(since),),
    )
    return [answered_of(row) for row in found]


def take_back_answer(database: Database, id_: SuggestionId, of: Collection[Answer]) -> Answered | None:
    """The last of these answers to this suggestion, which is gone then as if it had not been given."""
    row = database.one(
        """SELECT * FROM suggestion_answers WHERE suggestion_id = ? AND answer IN (SELECT value FROM json_each(?))
           ORDER BY id DESC LIMIT 1""",
        (id_, json.dumps(sorted(of))),
    )
    if row is None:
        return None
    database.run("DELETE FROM suggestion_answers WHERE id = ?", (row["id"],))
    return answered_of(row)


def answered_of(row: Row) -> Answered:
    return Answered(
        kind=row["kind"],
        answer=row["answer"],
        at=instant(row["at"], row["utc_offset"]),
        suggestion_id=None if row["suggestion_id"] is None else SuggestionId(row["suggestion_id"]),
    )


# Deeds


def add_deed(database: Database, deed: Deed) -> None:
    values = {
        "suggestion_id": deed.suggestion_id,
        "reminder_id": deed.reminder_id,
        "act": deed.act,
        "at": micros(deed.at),
        "utc_offset": utc_offset(deed.at),
        "result": deed.result,
        "path": deed.path,
        "fingerprint": deed.fingerprint,
    }
    database.run(rows.insert("suggestion_deeds", values), values)


def deed(database: Database, id_: SuggestionId) -> Deed | None:
    """The last that was done for this suggestion, whether or not it was taken back."""
    row = database.one("SELECT * FROM suggestion_deeds WHERE suggestion_id = ? ORDER BY id DESC LIMIT 1", (id_,))
    if row is None:
        return None
    return Deed(
        suggestion_id=SuggestionId(row["suggestion_id"]),
        act=row["act"],
        at=instant(row["at"], row["utc_offset"]),
        result=row["result"],
        path=row["path"],
        fingerprint=row["fingerprint"],
        reminder_id=None if row["reminder_id"] is None else ReminderId(row["reminder_id"]),
        undone_at=_instant(row["undone_at"], row["utc_offset"]),
    )


def drop_deed(database: Database, id_: SuggestionId) -> None:
    """The last one: it could not be done after all."""
    database.run(
        "DELETE FROM suggestion_deeds WHERE id = (SELECT max(id) FROM suggestion_deeds WHERE suggestion_id = ?)", (id_,)
    )


def mark_undone(database: Database, id_: SuggestionId, at: datetime) -> None:
    database.run(
        "UPDATE suggestion_deeds SET undone_at = ? WHERE suggestion_id = ? AND undone_at IS NULL", (micros(at), id_)
    )


# Reminders


def reminder_values(reminder: Reminder) -> rows.Values:
    return {
        "suggestion_id": reminder.suggestion_id,
        "text": reminder.text,
        "due_at": micros(reminder.due_at),
        "made_at": micros(reminder.made_at),
        "utc_offset": utc_offset(reminder.due_at),
        "fired_at": _micros(reminder.fired_at),
        "done": int(reminder.done),
    }


def add_reminder(database: Database, reminder: Reminder) -> ReminderId:
    """Its `id` does not count."""
    values = reminder_values(reminder)
    return ReminderId(database.add(rows.insert("reminders", values), values))


def put_reminder(database: Database, reminder: Reminder) -> None:
    """Raises ForgottenMeanwhile."""
    changed = database.run(
        "UPDATE reminders SET due_at = ?, utc_offset = ?, fired_at = ?, done = ? WHERE id = ?",
        (
            micros(reminder.due_at),
            utc_offset(reminder.due_at),
            _micros(reminder.fired_at),
            int(reminder.done),
            reminder.id,
        ),
    )
    if not changed:
        raise ForgottenMeanwhile


def reminders(database: Database, *, done: bool) -> list[Reminder]:
    """The next one first. `done`: also those that are."""
    found = database.all("SELECT * FROM reminders WHERE done <= ? ORDER BY due_at, id", (int(done),))
    return [reminder_of(row) for row in found]


def reminder(database: Database, id_: ReminderId) -> Reminder | None:
    row = database.one("SELECT * FROM reminders WHERE id = ?", (id_,))
    return None if row is None else reminder_of(row)


def reminder_of(row: Row) -> Reminder:
    offset = row["utc_offset"]
    return Reminder(
        id=ReminderId(row["id"]),
        text=row["text"],
        due_at=instant(row["due_at"], offset),
        made_at=instant(row["made_at"], offset),
        suggestion_id=None if row["suggestion_id"] is None else SuggestionId(row["suggestion_id"]),
        fired_at=_instant(row["fired_at"], offset),
        done=bool(row["done"]),
    )


# Rows into records


def _make_sure_of_what_it_rests_on(database: Database, offer: Offer) -> None:
    if not offer.because and not offer.seen_in:
        raise ForgottenMeanwhile
    for table, ids in (("propositions", offer.because), ("observations", offer.seen_in)):
        wanted = sorted(set(ids))
        found = database.value(
            f"SELECT count(*) FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
        )
        if found != len(wanted):
            raise ForgottenMeanwhile


def _links(offer: Offer) -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    return (
        ("suggestion_because", "proposition_id", offer.because),
        ("suggestion_seen", "observation_id", offer.seen_in),
    )


def _whole(database: Database, found: Iterable[Row]) -> list[Suggestion]:
    """With what each rests on, in the order in which it was named."""
    kept = list(found)
    ids = json.dumps([row["id"] for row in kept])
    rests: dict[str, dict[int, list[int]]] = {}
    for table, column in (("suggestion_because", "proposition_id"), ("suggestion_seen", "observation_id")):
        rests[table] = {row["id"]: [] for row in kept}
        for row in database.all(
            f"SELECT * FROM {table} WHERE suggestion_id IN (SELECT value FROM json_each(?)) ORDER BY rowid", (ids,)
        ):
            rests[table][row["suggestion_id"]].append(row[column])
    return [
        _suggestion_of(
            row,
            tuple(PropositionId(id_) for id_ in rests["suggestion_because"][row["id"]]),
            tuple(ObservationId(id_) for id_ in rests["suggestion_seen"][row["id"]]),
        )
        for row in kept
    ]


def _suggestion_of(row: Row, because: tuple[PropositionId, ...], seen_in: tuple[ObservationId, ...]) -> Suggestion:
    offset = row["utc_offset"]
    return Suggestion(
        id=SuggestionId(row["id"]),
        offer=Offer(
            kind=row["kind"],
            topic=row["topic"],
            title=row["title"],
            why_now=row["why_now"],
            act=_act_of(row["act"]),
            because=because,
            seen_in=seen_in,
            belief=row["belief"],
            benefit=row["benefit"],
            cost_wrong=row["cost_wrong"],
            cost_silent=row["cost_silent"],
            good_until=instant(row["good_until"], offset),
            made_by=row["made_by"],
        ),
        made_at=instant(row["made_at"], offset),
        state=row["state"],
        changed_at=instant(row["changed_at"], offset),
        wanted=row["wanted"],
        silence=row["silence"],
        shown_at=_instant(row["shown_at"], offset),
        not_before=_instant(row["not_before"], offset),
    )


def _act_kept(act: Act) -> str:
    fields = {"kind": act.kind, "title": act.title, "text": act.text, "target": act.target, "minutes": act.minutes}
    at = None if act.at is None else act.at.isoformat()
    return json.dumps({name: value for name, value in {**fields, "at": at}.items() if value}, ensure_ascii=False)


def _act_of(kept: str) -> Act:
    fields = json.loads(kept)
    at = fields.pop("at", None)
    return Act(at=None if at is None else datetime.fromisoformat(at), **fields)


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _instant(at: int | None, offset: int) -> datetime | None:
    return None if at is None else instant(at, offset)
