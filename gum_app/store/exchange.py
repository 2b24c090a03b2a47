"""Everything out as lines of JSON. The lines speak of the nouns, not of tables: they outlive the tables.

The first line is `{"gum_export": 1}`; each further one has one key, the noun, and its fields. Consent does not travel.
`arrival.py` reads them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from gum_app.records import Feedback, Observation, PrivacyRule, Revision, Sighting, Skip
from gum_app.store import beliefs, observing, rows
from gum_app.store.connect import Database, Row
from gum_app.store.lines import packed_line

FORMAT = 1
STAYS_HERE = {"consented_at", "paused_until", "start_at_login"}  # said of one computer
AT_ONCE = 200  # rows that are read at once: nobody waits for a long export

Fields = dict[str, Any]

OBSERVATION = TypeAdapter(Observation)
SIGHTING = TypeAdapter(Sighting)
REVISION = TypeAdapter(Revision)
FEEDBACK = TypeAdapter(Feedback)
SKIP = TypeAdapter(Skip)
PRIVACY_RULE = TypeAdapter(PrivacyRule)


def export_lines(database: Database) -> Iterator[str]:
    """What changes while the lines are read may be among them or not; nothing waits for the reader."""
    yield json.dumps({"gum_export": FORMAT})
    for row in _rows(database, "observations"):
        yield _line("observation", _observation_fields(database, row))
    for row in _rows(database, "thumbnails", "observation_id"):
        jpeg = base64.b64encode(row["jpeg"]).decode("ascii")
        yield _line("thumbnail", {"observation_id": row["observation_id"], "at": row["at"], "jpeg": jpeg})
    for row in _rows(database, "sightings"):
        yield _line("sighting", SIGHTING.dump_python(rows.sighting_of(row), mode="json"))
    for row in _rows(database, "revisions"):
        yield _line("revision", REVISION.dump_python(beliefs.revision(database, row), mode="json"))
    for row in _rows(database, "feedback"):
        yield _line("feedback", FEEDBACK.dump_python(rows.feedback_of(row), mode="json"))
    for row in _rows(database, "skips"):
        yield _line("skip", SKIP.dump_python(rows.skip_of(row), mode="json"))
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


def _rows(database: Database, table: str, key: str = "id") -> Iterator[Row]:
    last = -1
    while found := database.all(f"SELECT * FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {AT_ONCE}", (last,)):
        yield from found
        last = found[-1][key]


def _line(noun: str, fields: Fields) -> str:
    return json.dumps({noun: fields}, ensure_ascii=False)
