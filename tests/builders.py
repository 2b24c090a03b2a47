"""Test records with good defaults: a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from gum_app.records import (
    Evidence,
    Feedback,
    Line,
    Observation,
    ObservationId,
    Proposition,
    PropositionId,
    Rect,
    Revision,
    SpotCheck,
    SpotCheckId,
    Window,
    Word,
)
from gum_app.suggestions import Act, Moment, Offer, OfferKind, Suggestion, SuggestionId

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def a_line(text: str, *, x: int = 0, y: int = 0, block: int = 0, **more: Any) -> Line:
    """One line of words, 10 pixels a letter, 20 high."""
    words = []
    for part in text.split():
        words.append(Word(text=part, rect=Rect(x=x, y=y, width=10 * len(part), height=20)))
        x += 10 * (len(part) + 1)
    return Line(words=tuple(words), block=block, **more)


def some_lines(text: str, **more: Any) -> tuple[Line, ...]:
    return tuple(a_line(row, y=30 * n, block=n, **more) for n, row in enumerate(text.splitlines()) if row.strip())


def a_window(app: str = "firefox", title: str = "A page — Mozilla Firefox", **more: Any) -> Window:
    return Window(app=app, title=title, **more)


def an_observation(id: int = 1, text: str = "", **more: Any) -> Observation:  # noqa: A002
    defaults: dict[str, Any] = {
        "source": "screen",
        "app": "firefox",
        "title": "A page — Mozilla Firefox",
        "started_at": NOON,
        "ended_at": NOON,
        "active_seconds": 60.0,
        "lines": some_lines(text),
    }
    return Observation(id=ObservationId(id), **{**defaults, **more})


def some_evidence(quote: str = "I work on it", **more: Any) -> Evidence:
    defaults: dict[str, Any] = {"observation_id": ObservationId(1), "at": NOON, "app": "firefox"}
    return Evidence(quote=quote, **{**defaults, **more})


def a_revision(kind: str = "created", **more: Any) -> Revision:
    defaults: dict[str, Any] = {
        "at": NOON,
        "text": "Works on the parcel router.",
        "why": "Seen in the editor.",
        "made_by": "rule:project",
        "confidence_raw": 0.5,
        "ceiling": 0.9,
        "half_life_days": 14.0,
        "topic": "project:parcel-router",
        "proposition_kind": "task",
    }
    return Revision(kind=kind, **{**defaults, **more})  # type: ignore[arg-type]


def a_proposition(id: int = 1, **more: Any) -> Proposition:  # noqa: A002
    defaults: dict[str, Any] = {
        "text": "Works on the parcel router.",
        "kind": "task",
        "state": "active",
        "topic": "project:parcel-router",
        "value": "",
        "confidence": 0.6,
        "confidence_evidence": more.get("confidence", 0.6),
        "confidence_raw": 0.5,
        "ceiling": 0.9,
        "half_life_days": 14.0,
        "created_at": NOON,
        "last_supported_at": NOON,
    }
    return Proposition(id=PropositionId(id), **{**defaults, **more})


def a_verdict(verdict: str = "right", confidence: float = 0.7, **more: Any) -> Feedback:
    """Given unasked, of proposition 1, unless said otherwise."""
    defaults: dict[str, Any] = {
        "at": NOON,
        "proposition_id": PropositionId(1),
        "confidence_shown": confidence,
        "confidence_evidence": confidence,
        "made_by": "rule:project",
    }
    return Feedback(verdict=verdict, **{**defaults, **more})  # type: ignore[arg-type]


def a_spot_check(id: int = 1, confidence: float = 0.7, **more: Any) -> SpotCheck:  # noqa: A002
    defaults: dict[str, Any] = {
        "drawn_at": NOON,
        "proposition_id": PropositionId(id),
        "made_by": "rule:project",
        "stratum": 2,
        "stratum_size": 20,
        "confidence_shown": confidence,
        "confidence_evidence": confidence,
    }
    return SpotCheck(id=SpotCheckId(id), **{**defaults, **more})


def an_offer(kind: OfferKind = "deadline", **more: Any) -> Offer:
    """Rests on nothing unless `because` or `seen_in` is given: then it cannot be kept."""
    defaults: dict[str, Any] = {
        "topic": "deadline:van",
        "title": "The van is booked for Saturday, the keys come on Monday",
        "why_now": "The mail about the keys has just been opened.",
        "act": Act(kind="reminder", title="Move the van", at=NOON + timedelta(hours=1)),
        "belief": 0.8,
        "benefit": 6,
        "cost_wrong": 4,
        "cost_silent": 5,
        "good_until": NOON + timedelta(hours=4),
        "made_by": "rule:deadline",
    }
    return Offer(kind=kind, **{**defaults, **more})


def a_suggestion(id: int = 1, offer: Offer | None = None, **more: Any) -> Suggestion:  # noqa: A002
    """Found at noon, waiting."""
    defaults: dict[str, Any] = {"made_at": NOON, "changed_at": more.get("shown_at") or NOON}
    return Suggestion(id=SuggestionId(id), offer=offer or an_offer(), **{**defaults, **more})


def a_moment(**more: Any) -> Moment:
    """A pause at noon, with nothing in the way."""
    defaults: dict[str, Any] = {
        "at": NOON,
        "app": "firefox",
        "title": "A page — Mozilla Firefox",
        "keys_a_minute": 10.0,
        "busy_share": 0.2,
        "in_front_seconds": 60.0,
    }
    return Moment(**{**defaults, **more})
