"""An export read in: checked line by line, added to what is here, nothing twice; all of it or nothing.

What `exchange.py` writes, it takes; ids of the file get new ids here. What comes in is not for the model: it need not
chew the past of another home, and the pictures are not there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from gum_app.errors import BadInput
from gum_app.records import Observation, ObservationId, PropositionId, Revision, RevisionId, SpotCheckId
from gum_app.settings import Settings
from gum_app.store import beliefs, deeds, rows, rulings, suggesting
from gum_app.store.beliefs import Fold
from gum_app.store.connect import Database
from gum_app.store.exchange import (
    ACCOUNT,
    ANSWERED,
    FEEDBACK,
    FORMAT,
    INQUIRY,
    OBSERVATION,
    PRIVACY_RULE,
    REMINDER,
    REVISION,
    RULING,
    SIGHTING,
    SKIP,
    SPOT_CHECK,
    STAYS_HERE,
    Fields,
)
from gum_app.store.instants import micros
from gum_app.store.lines import PackedLine, pack, unpacked_line


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
        self._deeds: dict[int, int] = {}
        self._spot_checks: dict[int, int] = {}
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
            "account": self._take_account,
            "sighting": self._take_sighting,
            "revision": self._take_revision,
            "spot_check": self._take_spot_check,
            "feedback": self._take_feedback,
            "inquiry": self._take_inquiry,
            "skip": self._take_skip,
            "answer": self._take_answer,
            "reminder": self._take_reminder,
            "ruling": self._take_ruling,
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
        seen = _closed(OBSERVATION, fields)
        key = (micros(seen.started_at), seen.source, seen.app, seen.title)
        if key in self._known_observations:
            self._observations[seen.id] = self._known_observations[key]
            return False
        values = rows.observation_values(seen)
        values |= {"is_open": False, "digested_at": more.digested_at, "attempts": more.attempts}
        values |= {"observed_at": values["ended_at"], "proposed_at": values["ended_at"]}
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

    def _take_account(self, fields: Fields) -> bool:
        account = _closed(ACCOUNT, fields)
        if account.observation_id not in self._new_observations:
            return False
        values = rows.account_values(replace(account, observation_id=self._observations[account.observation_id]))
        return self._add_unless_known("accounts", values, ("observation_id",))

    def _take_sighting(self, fields: Fields) -> bool:
        sighting = _closed(SIGHTING, fields)
        if sighting.observation_id not in self._new_observations:
            return False
        values = rows.sighting_values(replace(sighting, observation_id=self._observations[sighting.observation_id]))
        self._database.run(rows.insert("sightings", values), values)
        return True

    def _take_revision(self, fields: Fields) -> bool:
        revision = _closed(REVISION, {"other": None, "deed": None} | fields)  # older exports know of neither
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
        other = None if revision.other is None else self._propositions.get(revision.other)
        deed = revision.deed
        if deed is not None:
            deed = self._deeds.setdefault(deed, deeds.next_number(self._database) + len(self._deeds))
        return replace(revision, evidence=evidence, undoes=undoes, other=other, deed=deed)

    def _take_spot_check(self, fields: Fields) -> bool:
        check = _closed(SPOT_CHECK, fields)
        _check_shares(check.confidence_shown, check.confidence_evidence)
        here = self._propositions.get(check.proposition_id)
        if here is None:
            return False
        values = rows.spot_check_values(replace(check, proposition_id=here))
        known = self._database.value(
            "SELECT id FROM spot_checks WHERE proposition_id = :proposition_id AND drawn_at = :drawn_at", values
        )
        added = known is None
        self._spot_checks[check.id] = known if known else self._database.add(rows.insert("spot_checks", values), values)
        return added

    def _take_inquiry(self, fields: Fields) -> bool:
        """What was asked once is not asked again here."""
        inquiry = _closed(INQUIRY, fields)
        here = self._propositions.get(inquiry.proposition_id)
        against = None if inquiry.revision_id is None else self._revisions[inquiry.revision_id]
        if here is None:
            return False
        values = rows.inquiry_values(replace(inquiry, proposition_id=here, revision_id=against))
        return self._add_unless_known("inquiries", values, ("proposition_id", "asked_at"))

    def _take_feedback(self, fields: Fields) -> bool:
        # An export from before there was calibration: what was shown is what evidence made of it.
        fields = {"confidence_evidence": fields["confidence_shown"], "spot_check": None} | fields
        feedback = _closed(FEEDBACK, fields)
        _check_shares(feedback.confidence_shown, feedback.confidence_evidence)
        here = self._propositions.get(feedback.proposition_id)
        if here is None:
            return False
        draw = None if feedback.spot_check is None else SpotCheckId(self._spot_checks[feedback.spot_check])
        values = rows.feedback_values(replace(feedback, proposition_id=here, spot_check=draw))
        return self._add_unless_known("feedback", values, ("proposition_id", "at", "verdict"))

    def _take_skip(self, fields: Fields) -> bool:
        return self._add_unless_known("skips", rows.skip_values(_closed(SKIP, fields)), ("started_at", "rule"))

    def _take_answer(self, fields: Fields) -> bool:
        """What it was said to is not here."""
        values = suggesting.answer_values(replace(_closed(ANSWERED, fields), suggestion_id=None))
        return self._add_unless_known("suggestion_answers", values, ("kind", "answer", "at"))

    def _take_reminder(self, fields: Fields) -> bool:
        values = suggesting.reminder_values(replace(_closed(REMINDER, fields), suggestion_id=None))
        return self._add_unless_known("reminders", values, ("text", "made_at"))

    def _take_ruling(self, fields: Fields) -> bool:
        listed = _closed(RULING, fields)
        values = rulings.values_of(replace(listed, observation_id=self._observations.get(listed.observation_id or 0)))
        return self._add_unless_known("rulings", values, ("started_at", "matter", "rule", "app"))

    def _take_privacy_rule(self, fields: Fields) -> bool:
        rule = _closed(PRIVACY_RULE, fields)
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
    _check_shares(revision.confidence_raw, revision.ceiling, *(item.weight for item in revision.evidence))
    if revision.half_life_days <= 0:
        raise ValueError("a number out of its range")
    if revision.id is None or revision.proposition_id is None:
        raise ValueError("an exported revision has ids")


def _check_shares(*shares: float) -> None:
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("a number out of its range")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of ours")
