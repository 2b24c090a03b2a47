"""Everything out as lines of JSON, and in again. The lines speak of the nouns, not of tables: they outlive the tables.

The first line is `{"gum_export": 1}`; each further one has one key, the noun, and its fields. Consent does not travel.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from gum_app.errors import BadInput
from gum_app.records import (
    Feedback,
    Observation,
    ObservationId,
    PrivacyRule,
    PropositionId,
    Revision,
    RevisionId,
    Sighting,
    Skip,
)
from gum_app.settings import Settings
from gum_app.store import beliefs, observing, rows
from gum_app.store.beliefs import Fold
from gum_app.store.connect import Database, Row
from gum_app.store.instants import micros
from gum_app.store.lines import PackedLine, pack, packed_line, unpacked_line

FORMAT = 1
STAYS_HERE = {"consented_at"}  # consent was given to one computer
AT_ONCE = 200  # rows that are read at once: nobody waits for a long export

Fields = dict[str, Any]


@dataclass(kw_only=True)
class ImportReport:
    """How many of each noun were added, and how many lines were here already or stand for nothing."""

    added: dict[str, int] = field(default_factory=dict)
    left_out: int = 0


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class _SeenFields(_Closed):
    """What a line says about an observation beside the observation itself."""

    digested_at: int | None  # microseconds since 1970; None: still to be thought about
    attempts: int = Field(ge=0)
    lines: list[PackedLine]


class _Picture(_Closed):
    observation_id: int
    at: int
    jpeg: str


class _Setting(_Closed):
    name: str
    value: Any


_observation = TypeAdapter(Observation)
_sighting = TypeAdapter(Sighting)
_revision = TypeAdapter(Revision)
_feedback = TypeAdapter(Feedback)
_skip = TypeAdapter(Skip)
_privacy_rule = TypeAdapter(PrivacyRule)


def export_lines(database: Database) -> Iterator[str]:
    """What changes while the lines are read may be among them or not; nothing waits for the reader."""
    yield json.dumps({"gum_export": FORMAT})
    for row in _rows(database, "observations"):
        yield _line("observation", _observation_fields(database, row))
    for row in _rows(database, "thumbnails", "observation_id"):
        jpeg = base64.b64encode(row["jpeg"]).decode("ascii")
        yield _line("thumbnail", {"observation_id": row["observation_id"], "at": row["at"], "jpeg": jpeg})
    for row in _rows(database, "sightings"):
        yield _line("sighting", _sighting.dump_python(rows.sighting_of(row), mode="json"))
    for row in _rows(database, "revisions"):
        yield _line("revision", _revision.dump_python(beliefs.revision(database, row), mode="json"))
    for row in _rows(database, "feedback"):
        yield _line("feedback", _feedback.dump_python(rows.feedback_of(row), mode="json"))
    for row in _rows(database, "skips"):
        yield _line("skip", _skip.dump_python(rows.skip_of(row), mode="json"))
    for row in database.all("SELECT * FROM privacy_rules ORDER BY rowid"):
        yield _line("privacy_rule", _privacy_rule.dump_python(rows.privacy_rule_of(row), mode="json"))
    for row in database.all("SELECT * FROM settings ORDER BY name"):
        if row["name"] not in STAYS_HERE:
            yield _line("setting", {"name": row["name"], "value": json.loads(row["value"])})


def import_lines(database: Database, fold: Fold, lines: Iterable[str]) -> ImportReport:
    """All of the lines, or none and BadInput with the number of the first line that cannot be used."""
    with database.transaction():
        arrival = _Arrival(database)
        for number, text in enumerate(lines, start=1):
            try:
                arrival.take(number, text)
            except (ValueError, KeyError, OverflowError, BadInput) as error:
                # Among them pydantic's ValidationError, whose own text would quote what the line says.
                raise BadInput(
                    f"Line {number} of the file is not what gum-app exports: nothing was imported."
                ) from error
        if not arrival.began:
            raise BadInput("The file is empty: nothing was imported.")
        for id_ in sorted(arrival.touched):
            beliefs.refold(database, fold, id_)
    return arrival.report


def _observation_fields(database: Database, row: Row) -> Fields:
    lines = observing.lines_of(database, row)
    fields: Fields = _observation.dump_python(rows.observation_of(row), mode="json")
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


class _Arrival:
    """An import under way: ids of the file and the ids that they have here."""

    def __init__(self, database: Database) -> None:
        self.report = ImportReport()
        self.began = False
        self.touched: set[PropositionId] = set()
        self._database = database
        self._observations: dict[int, ObservationId] = {}
        self._new_observations: set[int] = set()
        self._propositions: dict[int, PropositionId] = {}
        self._revisions: dict[int, RevisionId] = {}
        self._known_observations = {
            (row["started_at"], row["source"], row["app"], row["title"]): ObservationId(row["id"])
            for row in database.all("SELECT id, started_at, source, app, title FROM observations")
        }
        self._known_revisions = {
            (row["at"], row["kind"], row["made_by"], row["text"]): row
            for row in database.all("SELECT id, proposition_id, at, kind, made_by, text FROM revisions")
        }
        self._takers: dict[str, Callable[[Any], bool]] = {
            "observation": self._take_observation,
            "thumbnail": self._take_thumbnail,
            "sighting": self._take_sighting,
            "revision": self._take_revision,
            "feedback": self._take_feedback,
            "skip": self._take_skip,
            "privacy_rule": self._take_privacy_rule,
            "setting": self._take_setting,
        }

    def take(self, number: int, text: str) -> None:
        """Raises ValueError, KeyError, OverflowError or BadInput where the line is not one of ours."""
        parsed = json.loads(text, parse_constant=_refuse)
        if number == 1:
            if parsed != {"gum_export": FORMAT}:
                raise ValueError("not an export, or one of another version")
            self.began = True
            return
        if not isinstance(parsed, dict) or len(parsed) != 1:
            raise ValueError("not one noun")
        ((noun, fields),) = parsed.items()
        if not isinstance(fields, dict):
            raise ValueError("not the fields of a noun")
        if self._takers[noun](fields):
            self.report.added[noun] = self.report.added.get(noun, 0) + 1
        else:
            self.report.left_out += 1

    def _take_observation(self, fields: Fields) -> bool:
        more = _SeenFields.model_validate({name: fields.pop(name) for name in _SeenFields.model_fields})
        seen = _closed(_observation, fields)
        key = (micros(seen.started_at), seen.source, seen.app, seen.title)
        if key in self._known_observations:
            self._observations[seen.id] = self._known_observations[key]
            return False
        values = rows.observation_values(seen)
        values |= {"is_open": False, "digested_at": more.digested_at, "attempts": more.attempts}
        id_ = ObservationId(self._database.add(rows.insert("observations", values), values))
        lines = [unpacked_line(line, values["utc_offset"]) for line in more.lines]
        if lines:
            self._database.run(
                "INSERT INTO readings (observation_id, number, lines) VALUES (?, 0, ?)", (id_, pack(lines))
            )
        self._observations[seen.id] = id_
        self._new_observations.add(seen.id)
        return True

    def _take_thumbnail(self, fields: Fields) -> bool:
        picture = _Picture.model_validate(fields)
        if picture.observation_id not in self._new_observations:
            return False
        jpeg = base64.b64decode(picture.jpeg, validate=True)
        self._database.run(
            "INSERT INTO thumbnails (observation_id, at, jpeg) VALUES (?, ?, ?)",
            (self._observations[picture.observation_id], picture.at, jpeg),
        )
        return True

    def _take_sighting(self, fields: Fields) -> bool:
        sighting = _closed(_sighting, fields)
        if sighting.observation_id not in self._new_observations:
            return False
        values = rows.sighting_values(replace(sighting, observation_id=self._observations[sighting.observation_id]))
        self._database.run(rows.insert("sightings", values), values)
        return True

    def _take_revision(self, fields: Fields) -> bool:
        revision = _closed(_revision, fields)
        _check(revision)
        known = self._known_revisions.get((micros(revision.at), revision.kind, revision.made_by, revision.text))
        if known is not None:
            self._revisions[revision.id] = RevisionId(known["id"])
            self._propositions[revision.proposition_id] = PropositionId(known["proposition_id"])
            return False
        here = self._propositions.get(revision.proposition_id)
        if here is None:
            here = self._propositions[revision.proposition_id] = beliefs.new_proposition(self._database, revision)
        self._revisions[revision.id] = beliefs.add_revision(self._database, self._at_home(revision), here)
        self.touched.add(here)
        return True

    def _at_home(self, revision: Revision) -> Revision:
        """With the ids that its observations and revisions have here."""
        evidence = tuple(
            replace(item, observation_id=self._observations.get(item.observation_id or 0)) for item in revision.evidence
        )
        undoes = None if revision.undoes is None else self._revisions[revision.undoes]
        return replace(revision, evidence=evidence, undoes=undoes)

    def _take_feedback(self, fields: Fields) -> bool:
        feedback = _closed(_feedback, fields)
        here = self._propositions.get(feedback.proposition_id)
        if here is None:
            return False
        values = rows.feedback_values(replace(feedback, proposition_id=here))
        return self._add_unless_known("feedback", values, ("proposition_id", "at", "verdict"))

    def _take_skip(self, fields: Fields) -> bool:
        return self._add_unless_known("skips", rows.skip_values(_closed(_skip, fields)), ("started_at", "rule"))

    def _take_privacy_rule(self, fields: Fields) -> bool:
        rule = _closed(_privacy_rule, fields)
        values = {"name": rule.name, "app": rule.app, "title": rule.title, "address": rule.address}
        return self._add_unless_known("privacy_rules", values, ("name",))

    def _take_setting(self, fields: Fields) -> bool:
        setting = _Setting.model_validate(fields)
        if setting.name in STAYS_HERE:
            return False
        kept = getattr(Settings().with_value(setting.name, setting.value), setting.name)
        return self._add_unless_known("settings", {"name": setting.name, "value": json.dumps(kept)}, ("name",))

    def _add_unless_known(self, table: str, values: Fields, key: tuple[str, ...]) -> bool:
        same = " AND ".join(f"{name} = :{name}" for name in key)
        if self._database.value(f"SELECT 1 FROM {table} WHERE {same}", values) is not None:
            return False
        self._database.run(rows.insert(table, values), values)
        return True


def _closed(adapter: TypeAdapter[Any], fields: Fields) -> Any:
    """The record, where the line has exactly its fields."""
    record = adapter.validate_python(fields)
    if set(fields) != set(record.__dataclass_fields__) - ({"lines"} if isinstance(record, Observation) else set()):
        raise ValueError("a field too many or too few")
    return record


def _check(revision: Revision) -> None:
    shares = [revision.confidence_raw, revision.ceiling, *(item.weight for item in revision.evidence)]
    if revision.half_life_days <= 0 or not all(0 <= share <= 1 for share in shares):
        raise ValueError("a number out of its range")
    if revision.id is None or revision.proposition_id is None:
        raise ValueError("an exported revision has ids")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of ours")
