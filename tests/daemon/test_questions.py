"""Whatever comes over the link is checked; what cannot be used costs one sentence and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.daemon.questions import (
    parts_of,
    passphrase_of,
    path_of,
    pause_of,
    proposition_id_of,
    scope_of,
    statement_of,
    text_of,
)
from gum_app.errors import BadInput
from gum_app.store.store import ForgetScope
from tests.builders import NOON

LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ({"last_minutes": 10}, ForgetScope(since=NOON - timedelta(minutes=10))),
        ({"app": " firefox "}, ForgetScope(app="firefox")),
        ({"day": "2026-03-10"}, ForgetScope(day=date(2026, 3, 10))),
        ({"proposition": 7}, ForgetScope(proposition_id=7)),  # type: ignore[arg-type]
        ({"observations": [1, "2"]}, ForgetScope(observation_ids=(1, 2))),  # type: ignore[arg-type]
        ({"since": NOON.isoformat(), "until": LATER.isoformat()}, ForgetScope(since=NOON, until=LATER)),
        ({"import": 3}, ForgetScope(import_id=3)),  # type: ignore[arg-type]
        ({"all": True}, ForgetScope(everything=True)),
    ],
)
def test_a_scope_is_understood(question: dict[str, Any], scope: ForgetScope) -> None:
    assert scope_of(question, NOON) == scope


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"app": "firefox", "all": True},
        {"last_minutes": 0},
        {"last_minutes": -5},
        {"last_minutes": "soon"},
        {"last_minutes": float("inf")},
        {"last_minutes": float("nan")},
        {"last_minutes": 1e300},
        {"app": ""},
        {"app": None},
        {"app": ["firefox"]},
        {"day": "yesterday"},
        {"day": "9999-12-31"},
        {"day": 20260310},
        {"proposition": "x"},
        {"proposition": 0},
        {"proposition": True},
        {"proposition": 1.5},
        {"proposition": 10**30},
        {"observations": []},
        {"observations": "123"},
        {"observations": [1, None]},
        {"since": NOON.isoformat()},
        {"since": LATER.isoformat(), "until": NOON.isoformat()},
        {"since": "2026-03-10T12:00:00", "until": "2026-03-10T13:00:00"},
        {"all": False},
        {"all": "yes"},
    ],
    ids=str,
)
def test_what_is_not_understood_is_never_taken_for_anything(question: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        scope_of(question, NOON)


@pytest.mark.parametrize("given", [None, "", "  ", 7, ["x"], "x" * 1001])
def test_a_text_is_words_and_not_too_many(given: object) -> None:
    with pytest.raises(BadInput):
        text_of({"text": given})
    assert text_of({"text": "  I like tea. "}) == "I like tea."


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(BadInput, match="no letters"):
        text_of({"text": "caf\udce9"})


@pytest.mark.parametrize("given", [None, "x", 0, -1, 10**30, 2.5, [1], float("inf")])
def test_a_proposition_is_named_by_its_number(given: object) -> None:
    with pytest.raises(BadInput, match="which proposition"):
        proposition_id_of({"id": given})
    assert proposition_id_of({"id": "7"}) == 7


@pytest.mark.parametrize("given", [None, 0, -1, "soon", 10_081, float("nan"), float("inf"), []])
def test_a_pause_is_a_week_at_most(given: object) -> None:
    with pytest.raises(BadInput, match="from 1 to 10080"):
        pause_of({"minutes": given})
    assert pause_of({"minutes": 15}) == timedelta(minutes=15)


@pytest.mark.parametrize("given", [None, "", "export.jsonl", "./here", 7])
def test_a_file_is_named_with_its_whole_path(given: object) -> None:
    with pytest.raises(BadInput, match="whole path"):
        path_of({"path": given})
    assert path_of({"path": "/tmp/export.jsonl"}) == Path("/tmp/export.jsonl")
    assert path_of({"path": "~/export.jsonl"}) == Path.home() / "export.jsonl"


def test_a_passphrase_is_a_text_or_none() -> None:
    assert passphrase_of({}) is None
    assert passphrase_of({"passphrase": ""}) is None
    assert passphrase_of({"passphrase": "open sesame"}) == "open sesame"
    with pytest.raises(BadInput):
        passphrase_of({"passphrase": 1234})


@pytest.mark.parametrize(
    "secret", ["The password is hunter2Xy!9", "Pays with 4111 1111 1111 1111", "Account DE89 3704 0044 0532 0130 00"]
)
def test_no_secret_becomes_a_sentence_about_the_person(secret: str) -> None:
    with pytest.raises(BadInput) as refused:
        statement_of({"text": secret})
    assert secret.split()[-1] not in str(refused.value)
    with pytest.raises(BadInput):
        parts_of({"parts": [{"text": "Likes tea."}, {"text": secret}]})
    assert statement_of({"text": " Works on ROUTE-418 with Anna. "}) == "Works on ROUTE-418 with Anna."
