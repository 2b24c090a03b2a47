"""Rows into records and back: the only place where names of columns and names of fields meet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from gum_app.records import (
    Account,
    Call,
    Curve,
    Evidence,
    Feedback,
    Inquiry,
    InquiryId,
    Line,
    Observation,
    ObservationId,
    PrivacyRule,
    PropositionId,
    Revision,
    RevisionId,
    Sighting,
    Skip,
    SpotCheck,
    SpotCheckId,
    StillFrame,
    Verdict,
)
from gum_app.store.connect import Row
from gum_app.store.instants import instant, micros, utc_offset

Values = dict[str, Any]


def insert(table: str, values: Values) -> str:
    """The statement that adds such values by name."""
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(':' + name for name in values)})"


def observation_values(observation: Observation) -> Values:
    return {
        "source": observation.source,
        "app": observation.app,
        "title": observation.title,
        "url": observation.url,
        "started_at": micros(observation.started_at),
        "ended_at": micros(observation.ended_at),
        "utc_offset": utc_offset(observation.started_at),
        "active_seconds": observation.active_seconds,
        "keys": observation.keys,
        "fullscreen": observation.fullscreen,
        "in_call": observation.in_call,
        "dark_share": observation.dark_share,
    }


def observation_of(row: Row, lines: tuple[Line, ...] = ()) -> Observation:
    return Observation(
        id=ObservationId(row["id"]),
        source=row["source"],
        app=row["app"],
        title=row["title"],
        url=row["url"],
        started_at=instant(row["started_at"], row["utc_offset"]),
        ended_at=instant(row["ended_at"], row["utc_offset"]),
        active_seconds=row["active_seconds"],
        keys=row["keys"],
        fullscreen=bool(row["fullscreen"]),
        in_call=bool(row["in_call"]),
        dark_share=row["dark_share"],
        lines=lines,
    )


def frame_values(frame: StillFrame) -> Values:
    return {
        "observation_id": frame.observation_id,
        "at": micros(frame.at),
        "utc_offset": utc_offset(frame.at),
        "jpeg": frame.jpeg,
    }


def frame_of(row: Row) -> StillFrame:
    return StillFrame(
        observation_id=ObservationId(row["observation_id"]),
        at=instant(row["at"], row["utc_offset"]),
        jpeg=row["jpeg"],
    )


def account_values(account: Account) -> Values:
    return {
        "observation_id": account.observation_id,
        "did": account.did,
        "theirs": json.dumps(account.theirs, ensure_ascii=False),
        "others": json.dumps(account.others, ensure_ascii=False),
        "at": micros(account.at),
        "utc_offset": utc_offset(account.at),
        "made_by": account.made_by,
    }


def account_of(row: Row) -> Account:
    return Account(
        observation_id=ObservationId(row["observation_id"]),
        did=row["did"],
        theirs=tuple(json.loads(row["theirs"])),
        others=tuple(json.loads(row["others"])),
        at=instant(row["at"], row["utc_offset"]),
        made_by=row["made_by"],
    )


def call_values(call: Call) -> Values:
    return {
        "at": micros(call.at),
        "utc_offset": utc_offset(call.at),
        "step": call.step,
        "model": call.model,
        "prompt_tokens": call.prompt_tokens,
        "reused_tokens": call.reused_tokens,
        "answer_tokens": call.answer_tokens,
        "pictures": call.pictures,
        "pictures_reused": call.pictures_reused,
        "milliseconds": call.milliseconds,
        "outcome": call.outcome,
    }


def call_of(row: Row) -> Call:
    return Call(
        at=instant(row["at"], row["utc_offset"]),
        step=row["step"],
        model=row["model"],
        prompt_tokens=row["prompt_tokens"],
        reused_tokens=row["reused_tokens"],
        answer_tokens=row["answer_tokens"],
        pictures=row["pictures"],
        pictures_reused=row["pictures_reused"],
        milliseconds=row["milliseconds"],
        outcome=row["outcome"],
    )


def sighting_values(sighting: Sighting) -> Values:
    return {
        "topic": sighting.topic,
        "kind": sighting.kind,
        "observation_id": sighting.observation_id,
        "at": micros(sighting.at),
        "utc_offset": utc_offset(sighting.at),
        "app": sighting.app,
        "quote": sighting.quote,
        "value": sighting.value,
        "supports": sighting.supports,
        "weight": sighting.weight,
        "seconds": sighting.seconds,
        "detail": json.dumps(sighting.detail, ensure_ascii=False),
    }


def sighting_of(row: Row) -> Sighting:
    return Sighting(
        topic=row["topic"],
        kind=row["kind"],
        observation_id=ObservationId(row["observation_id"]),
        at=instant(row["at"], row["utc_offset"]),
        app=row["app"],
        quote=row["quote"],
        value=row["value"],
        supports=bool(row["supports"]),
        weight=row["weight"],
        seconds=row["seconds"],
        detail=json.loads(row["detail"]),
    )


def revision_values(revision: Revision) -> Values:
    return {
        "proposition_id": revision.proposition_id,
        "kind": revision.kind,
        "at": micros(revision.at),
        "utc_offset": utc_offset(revision.at),
        "text": revision.text,
        "why": revision.why,
        "made_by": revision.made_by,
        "confidence_raw": revision.confidence_raw,
        "ceiling": revision.ceiling,
        "half_life_days": revision.half_life_days,
        "topic": revision.topic,
        "value": revision.value,
        "proposition_kind": revision.proposition_kind,
        "undoes": revision.undoes,
        "other_id": revision.other,
        "deed": revision.deed,
    }


def revision_of(row: Row, evidence: Iterable[Evidence] = ()) -> Revision:
    return Revision(
        id=RevisionId(row["id"]),
        proposition_id=PropositionId(row["proposition_id"]),
        kind=row["kind"],
        at=instant(row["at"], row["utc_offset"]),
        text=row["text"],
        why=row["why"],
        made_by=row["made_by"],
        confidence_raw=row["confidence_raw"],
        ceiling=row["ceiling"],
        half_life_days=row["half_life_days"],
        topic=row["topic"],
        value=row["value"],
        proposition_kind=row["proposition_kind"],
        evidence=tuple(evidence),
        undoes=row["undoes"],
        other=row["other_id"],
        deed=row["deed"],
    )


def evidence_values(evidence: Evidence, revision_id: int) -> Values:
    return {
        "revision_id": revision_id,
        "observation_id": evidence.observation_id,
        "quote": evidence.quote,
        "supports": evidence.supports,
        "at": micros(evidence.at),
        "utc_offset": utc_offset(evidence.at),
        "app": evidence.app,
        "weight": evidence.weight,
    }


def evidence_of(row: Row) -> Evidence:
    return Evidence(
        observation_id=row["observation_id"],
        quote=row["quote"],
        supports=bool(row["supports"]),
        at=instant(row["at"], row["utc_offset"]),
        app=row["app"],
        weight=row["weight"],
    )


def inquiry_values(inquiry: Inquiry) -> Values:
    return {
        "proposition_id": inquiry.proposition_id,
        "revision_id": inquiry.revision_id,
        "asked_at": micros(inquiry.asked_at),
        "expires_at": micros(inquiry.expires_at),
        "utc_offset": utc_offset(inquiry.asked_at),
        "answer": inquiry.answer,
    }


def inquiry_of(row: Row) -> Inquiry:
    return Inquiry(
        id=InquiryId(row["id"]),
        proposition_id=PropositionId(row["proposition_id"]),
        revision_id=row["revision_id"],
        asked_at=instant(row["asked_at"], row["utc_offset"]),
        expires_at=instant(row["expires_at"], row["utc_offset"]),
        answer=row["answer"],
    )


def skip_values(skip: Skip) -> Values:
    return {
        "started_at": micros(skip.started_at),
        "ended_at": micros(skip.ended_at),
        "utc_offset": utc_offset(skip.started_at),
        "rule": skip.rule,
        "count": skip.count,
    }


def skip_of(row: Row) -> Skip:
    return Skip(
        started_at=instant(row["started_at"], row["utc_offset"]),
        ended_at=instant(row["ended_at"], row["utc_offset"]),
        rule=row["rule"],
        count=row["count"],
    )


def feedback_values(feedback: Feedback) -> Values:
    return {
        "proposition_id": feedback.proposition_id,
        "at": micros(feedback.at),
        "utc_offset": utc_offset(feedback.at),
        "verdict": feedback.verdict,
        "confidence_shown": feedback.confidence_shown,
        "confidence_evidence": feedback.confidence_evidence,
        "made_by": feedback.made_by,
        "spot_check_id": feedback.spot_check,
    }


def feedback_of(row: Row) -> Feedback:
    return Feedback(
        at=instant(row["at"], row["utc_offset"]),
        proposition_id=PropositionId(row["proposition_id"]),
        verdict=row["verdict"],
        confidence_shown=row["confidence_shown"],
        confidence_evidence=row["confidence_evidence"],
        made_by=row["made_by"],
        spot_check=row["spot_check_id"],
    )


def spot_check_values(check: SpotCheck) -> Values:
    """Without its id, and without its verdict, which stands in `feedback`."""
    return {
        "drawn_at": micros(check.drawn_at),
        "utc_offset": utc_offset(check.drawn_at),
        "proposition_id": check.proposition_id,
        "made_by": check.made_by,
        "stratum": check.stratum,
        "stratum_size": check.stratum_size,
        "confidence_shown": check.confidence_shown,
        "confidence_evidence": check.confidence_evidence,
        "skipped": check.skipped,
    }


def spot_check_of(row: Row, verdict: Verdict | None = None) -> SpotCheck:
    return SpotCheck(
        id=SpotCheckId(row["id"]),
        drawn_at=instant(row["drawn_at"], row["utc_offset"]),
        proposition_id=PropositionId(row["proposition_id"]),
        made_by=row["made_by"],
        stratum=row["stratum"],
        stratum_size=row["stratum_size"],
        confidence_shown=row["confidence_shown"],
        confidence_evidence=row["confidence_evidence"],
        skipped=bool(row["skipped"]),
        verdict=verdict,
    )


def curve_of(row: Row) -> Curve:
    return Curve(source=row["source"], slope=row["slope"], intercept=row["intercept"], verdicts=row["verdicts"])


def privacy_rule_of(row: Row) -> PrivacyRule:
    return PrivacyRule(name=row["name"], app=row["app"], title=row["title"], address=row["address"])
