"""A sentence says what made the hit, and nothing that did not."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from gum_app.records import PropositionId
from gum_app.store.hits import fields, whole_words, why
from gum_app.store.listing import PropositionRow
from gum_app.store.retrieving import Hit
from tests.builders import NOON


def a_hit(**more: Any) -> Hit:
    row = PropositionRow(
        id=PropositionId(7),
        text="Works on the parcel router.",
        kind="task",
        state="active",
        confidence=0.8,
        confidence_raw=0.7,
        half_life_days=14.0,
        created_at=NOON,
        last_supported_at=NOON,
        pinned=False,
        edited=False,
        confirmed=False,
        evidence_count=2,
    )
    defaults: dict[str, Any] = {
        **{"row": row, "score": 0.5, "words": (), "by_words": 0.0, "by_text": False, "by_meaning": None},
        **{"means_it": False, "freshness": 1.0, "seen": None},
    }
    return Hit(**{**defaults, **more})


@pytest.mark.parametrize(
    ("hit", "sentence"),
    [
        ({}, "Fresh and sure."),
        ({"words": ("parcel",), "by_text": True}, "Says “parcel”."),
        ({"words": ("parcel", "tea")}, "Its evidence says “parcel” and “tea”."),
        ({"words": tuple("abcde"), "by_text": True}, "Says “a”, “b”, “c”, “d” and more."),
        ({"by_meaning": 0.4, "means_it": True}, "Close in meaning."),
        (
            {"by_meaning": 0.9, "means_it": True, "words": ("tea",)},
            "Its evidence says “tea”, says almost the same.",
        ),
        ({"by_meaning": 0.1}, "Nothing nearer was found."),
        ({"by_words": 0.01}, "Nothing nearer was found."),
        ({"seen": (NOON, NOON)}, "Seen 10 March 2026."),
        ({"seen": (NOON, NOON + timedelta(days=2))}, "Seen 10–12 March 2026."),
        ({"seen": (NOON, NOON + timedelta(days=30))}, "Seen 10 March 2026 to 9 April 2026."),
    ],
)
def test_why(hit: dict[str, Any], sentence: str) -> None:
    assert why(a_hit(**hit)) == sentence


def test_letters_that_were_asked_in_pairs_are_told_as_they_were_written() -> None:
    assert whole_words(("ラー", "ーメ", "メン", "東京", "tea")) == ("ラーメン", "東京", "tea")


def test_the_fields_are_json() -> None:
    told = fields(a_hit(words=("parcel",), by_words=0.25, by_text=True, by_meaning=0.5, seen=(NOON, NOON)))
    assert json.loads(json.dumps(told)) == told
    assert told["parts"] == {"words": 0.25, "meaning": 0.5, "freshness": 1.0, "confidence": 0.8}
    assert told["seen"] == ["2026-03-10T12:00:00+00:00", "2026-03-10T12:00:00+00:00"]
