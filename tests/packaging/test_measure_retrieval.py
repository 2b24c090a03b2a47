"""The script that measures searching asks each question once and scores it as the data's own scoring does."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests import measuring

SCORING = """
def measure(ranked, gold_of, gold):
    found = [place for place, doc in enumerate(ranked, 1) if gold_of(doc) & gold]
    return {"R@1": float(found[:1] == [1]), "MRR": 1 / found[0] if found else 0.0}
"""
TALK = {
    "turns": [
        {"id": "t1", "speaker": "Ann", "text": "I fixed the parcel router."},
        {"id": "t2", "speaker": "Bob", "text": "I drink tea."},
    ],
    "props": [
        {"text": "Ann repairs machines.", "dt": "2023-05-08T13:56:00", "ev": ["t1"]},
        {"text": "Bob likes tea.", "dt": "2023-06-08T13:56:00", "ev": ["t2"]},
    ],
    "qs": [
        {"q": "Who fixed the router?", "ev": ["t1"], "cat": 1},
        {"q": "What does Bob drink?", "ev": ["t2"], "cat": 2},
        {"q": "What does nobody drink?", "ev": ["t2"], "cat": 5},
    ],
}
PREFERENCES = [
    {"pref": f"I like {one}.", "q": f"Which {one} is best?"} for one in (f"thing{number}" for number in range(25))
]
MEMORIES = {
    "memories": {"7": {"event": "Bart danced."}, "9": {"event": "Bart swam."}},
    "dialogues": [
        {"dialogue": ["<BOD>", "<Bart>: I danced", "<Assistant>: swam?", "<EOD>"], "test-turn": [3], "relevant-id": [7]}
    ],
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return measuring.load("measure_retrieval")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in (("locomo", [TALK]), ("prefeval", PREFERENCES), ("madial", MEMORIES)):
        (tmp_path / f"{name}_dev.json").write_text(json.dumps(data))
    (tmp_path / "baselines.py").write_text(SCORING)
    return tmp_path


def scores(script: ModuleType, folder: Path, case: object, vectors: object = None) -> list[dict[str, float]]:
    return list(script.asked(case, script._measure(folder), vectors))


@pytest.mark.parametrize("dated", [False, True])
def test_a_question_is_answered_by_the_statement_or_by_what_it_rests_on(
    script: ModuleType, folder: Path, dated: bool
) -> None:
    (case,) = script.locomo(folder, dated=dated)
    assert [row["MRR"] for row in scores(script, folder, case)] == [1.0, 1.0]
    assert len(case.questions) == 2, "the adversarial ones are left out"
    assert (case.statements[0].at < case.statements[1].at) == dated


def test_memories_are_asked_with_what_the_person_said(script: ModuleType, folder: Path) -> None:
    (case,) = script.madial(folder)
    assert case.questions == [("<Bart>: I danced", {7})]
    assert scores(script, folder, case)[0]["R@1"] == 1.0


def test_vectors_are_compared_where_they_are_given(script: ModuleType, folder: Path, tmp_path: Path) -> None:
    case = next(iter(script.prefeval(folder)))
    case = script.Case(
        statements=case.statements,
        covers=case.covers,
        questions=[("nothing in common", gold) for _, gold in case.questions[:1]],
    )
    texts = [each.text for each in case.statements] + ["nothing in common"]
    rows = np.eye(len(texts), 64, dtype=np.float32)
    rows[-1] = rows[0]
    np.savez(tmp_path / "some.npz", texts=np.array(texts, object), vectors=rows)
    assert scores(script, folder, case)[0]["MRR"] == 0.0
    vectors = script.vectors_of(str(tmp_path / "some.npz"))
    assert scores(script, folder, case, vectors)[0]["MRR"] == 1.0
