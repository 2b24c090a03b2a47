"""Everything out as lines of JSON. The lines speak of the nouns, not of tables: they outlive the tables.

The first line is `{"gum_export": 1}`; each further one has one key, the noun, and its fields. `arrival.py` reads them.

Consent does not travel, nor what other programs may be told and were told. Nor do pictures that wait for the model:
they are let go within two hours, and the file has no key and stays. Nor what asking the model cost, which tells of one
computer. Nor vectors, which are told anew. Nor what was judged of other programs' notifications: those themselves are
observations like others. Nor suggestions, which are found anew; but what was said to them is, for it is learned from,
and so are reminders.

What was brought in from other programs goes out as what it has become; the fingerprints by which its files would be
known again stay here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from gum_app.records import (
    Account,
    Feedback,
    Inquiry,
    ListedRuling,
    Observation,
    PrivacyRule,
    Revision,
    Sighting,
    Skip,
    SpotCheck,
)
from gum_app.store import beliefs, observing, rows, rulings, suggesting
from gum_app.store.connect import Database, Row
from gum_app.store.lines import packed_line
from gum_app.suggestions import Answered, Reminder

FORMAT = 1
# Said of one computer. Among them whatever names a server: a file from elsewhere must not decide where words are sent.
STAYS_HERE = {
    *("consented_at", "paused_until", "start_at_login"),
    *("focus_since", "focus_until", "focus_before"),
    *("model", "model_weights", "model_projector", "embedding_model"),
    *("endpoint_url", "endpoint_model", "endpoint_embedding_model", "endpoint_confirmed"),
    "endpoint_has_key",
    *("context_tokens", "gpu_layers", "model_threads", "download_mirror", "download_proxy"),
}
AT_ONCE = 200  # rows that are read at once: nobody waits for a long export

Fields = dict[str, Any]

OBSERVATION = TypeAdapter(Observation)
ACCOUNT = TypeAdapter(Account)
SIGHTING = TypeAdapter(Sighting)
REVISION = TypeAdapter(Revision)
SPOT_CHECK = TypeAdapter(SpotCheck)
FEEDBACK = TypeAdapter(Feedback)
INQUIRY = TypeAdapter(Inquiry)
SKIP = TypeAdapter(Skip)
RULING = TypeAdapter(ListedRuling)
PRIVACY_RULE = TypeAdapter(PrivacyRule)
ANSWERED = TypeAdapter(Answered)
REMINDER = TypeAdapter(Reminder)


def export_lines(database: Database) -> Iterator[str]:
    """What changes while the lines are read may be among them or not; nothing waits for the reader."""
    yield json.dumps({"gum_export": FORMAT})
    for row in _rows(database, "observations"):
        yield _line("observation", _observation_fields(database, row))
    for row in _rows(database, "thumbnails", "observation_id"):
        jpeg = base64.b64encode(row["jpeg"]).decode("ascii")
        yield _line("thumbnail", {"observation_id": row["observation_id"], "at": row["at"], "jpeg": jpeg})
    yield from _records("account", ACCOUNT, rows.account_of, _rows(database, "accounts", "observation_id"))
    yield from _records("sighting", SIGHTING, rows.sighting_of, _rows(database, "sightings"))
    yield from _records("revision", REVISION, partial(beliefs.revision, database), _rows(database, "revisions"))
    yield from _records("spot_check", SPOT_CHECK, rows.spot_check_of, _rows(database, "spot_checks"))
    yield from _records("feedback", FEEDBACK, rows.feedback_of, _rows(database, "feedback"))
    yield from _records("inquiry", INQUIRY, rows.inquiry_of, _rows(database, "inquiries"))
    yield from _records("skip", SKIP, rows.skip_of, _rows(database, "skips"))
    yield from _records("answer", ANSWERED, suggesting.answered_of, _rows(database, "suggestion_answers"))
    yield from _records("reminder", REMINDER, suggesting.reminder_of, _rows(database, "reminders"))
    yield from _records("ruling", RULING, rulings.ruling_of, _rows(database, "rulings"))
    for row in database.all("SELECT * FROM privacy_rules ORDER BY rowid"):
        yield _line("privacy_rule", PRIVACY_RULE.dump_python(rows.privacy_rule_of(row), mode="json"))
    for row in database.all("SELECT * FROM settings ORDER BY name"):
        if row["name"] not in STAYS_HERE:
            yield _line("setting", {"name": row["name"], "value": json.loads(row["value"])})


def _observation_fields(database: Database, row: Row) -> Fields:
    lines = observing.lines_of(database, row)
    fields: Fields = OBSERVATION.dump_python(rows.observation_of(row), mode="json")
    return fields | {
        "digested_at": row["digested_at"],
        "attempts": row["attempts"],
        "lines": [packed_line(line) for line in lines],
    }


def _records(
    noun: str, adapter: TypeAdapter[Any], record_of: Callable[[Row], Any], found: Iterator[Row]
) -> Iterator[str]:
    for row in found:
        yield _line(noun, adapter.dump_python(record_of(row), mode="json"))


def _rows(database: Database, table: str, key: str = "id") -> Iterator[Row]:
    last = -1
    while found := database.all(f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {AT_ONCE}", (last,)):
        yield from found
        last = found[-1][key]


def _line(noun: str, fields: Fields) -> str:
    return json.dumps({noun: fields}, ensure_ascii=False)
