from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests import measuring

TRUTH: dict[str, Any] = {
    "facts": [
        {"id": "f1", "text": "She eats no meat.", "salience": 3, "shown": ["I eat everything that is not meat."]},
        {"id": "f2", "text": "She sings.", "salience": 2, "shown": ["Choir rehearsal on Wednesday"]},
    ],
    "traps": [{"id": "t1", "wrong": "She plans a cruise.", "shown": ["your Caribbean cruise is waiting!"]}],
    "private": [{"id": "p1", "strings": ["714 206"]}],
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return measuring.load()


def believed(text: str, quote: str, confidence: float = 0.8, state: str = "active") -> dict[str, Any]:
    evidence = [{"quote": quote, "at": "2026-03-10T12:00:00+01:00", "observation_id": 1}]
    return {"text": text, "kind": "preference", "state": state, "confidence": confidence, "evidence": evidence}


def scored(script: ModuleType, *propositions: dict[str, Any], **verdicts: Any) -> Any:
    read = {text: script.Verdict(true=true, clears_traps=bool(true)) for text, true in verdicts.items()}
    titles = {"close.ods — calc"}
    return script.score(TRUTH, list(propositions), titles=titles, verdicts=read, shown_from=0.5)


def test_a_fact_is_found_by_its_words(script: ModuleType) -> None:
    result = scored(script, believed("Says: …", "| eat everything that is not meat."))
    assert list(result.found) == ["f1"]
    assert result.true == ["Says: …"]


def test_what_is_not_shown_finds_nothing(script: ModuleType) -> None:
    weak = believed("Says: …", "I eat everything that is not meat.", confidence=0.4)
    assert scored(script, weak, {**weak, "state": "doubted", "confidence": 0.9}).found == {}


def test_what_follows_from_the_windows_is_true_and_the_rest_is_unjudged(script: ModuleType) -> None:
    result = scored(script, believed("Works on close.ods.", "close.ods — calc"), believed("Likes tea.", "tea"))
    assert result.true == ["Works on close.ods."]
    assert result.unjudged == ["Likes tea."]


def test_a_verdict_counts_more_than_the_rules(script: ModuleType) -> None:
    result = scored(script, believed("Cooks", "I eat everything that is not meat."), Cooks=False)
    assert (result.false, result.found) == (["Cooks"], {})


def test_a_trap_is_sprung_by_its_words_above_one_half(script: ModuleType) -> None:
    trap = believed("Plans a cruise.", "Maeve, your Caribbean cruise is waiting!")
    assert list(scored(script, trap).traps) == ["t1"]
    assert scored(script, {**trap, "confidence": 0.5}).traps == {}


def test_a_private_string_is_found_across_boxes_and_in_any_state(script: ModuleType) -> None:
    assert scored(script, believed("x", "code 7 1 4 2 0 6", state="rejected")).private == ["714 206"]


def test_how_sure_is_held_against_how_right_among_the_judged(script: ModuleType) -> None:
    cooks, sings = believed("Cooks", "nothing known", 0.9), believed("Sings", "nothing known", 0.6)
    result = scored(script, cooks, sings, believed("Unjudged", "nothing known"), Cooks=True, Sings=False)
    head, *parts = script.reliability_told(script.points_of(result))
    assert head == "Brier: 0.185 over 2 judged; always saying 50 %: 0.250"
    assert parts[-1].endswith("Of what was shown as 90 % to 100 % sure, 1 of 1 was right.")
    assert script.reliability_told([]) == []


def test_the_report_is_written_from_files(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "truth.json").write_text(json.dumps(TRUTH))
    event = {"at": "2026-03-10T12:00:00+01:00", "kind": "window", "app": "x", "title": "A window"}
    (tmp_path / "events.jsonl").write_text(json.dumps(event) + "\n")
    export = tmp_path / "export.json"
    export.write_text(json.dumps([believed("Says: …", "I eat everything that is not meat.")]))
    monkeypatch.setattr(sys, "argv", ["measure_recording", str(tmp_path), str(export)])
    script.main()
    assert "facts found: 1 of 2 (50 %)" in capsys.readouterr().out


def test_a_change_is_noticed_by_what_names_the_one_before(script: ModuleType) -> None:
    words = "The choir rehearses on Thursday from now on"
    change = {"id": "c1", "before": "Wednesday", "after": "Thursday", "facts": ["f2"], "quotes": [{"text": words}]}
    truth = TRUTH | {"changes": [change, {**change, "id": "c2", "quotes": []}, {**change, "id": "c3"}]}
    since = believed("Has choir on Thursday.", words) | {"revisions": [{"kind": "created", "other": 4}]}
    other = believed("Has choir on Wednesday.", "Choir rehearsal on Wednesday") | {
        "revisions": [{"kind": "reworded", "other": None}]
    }
    plain = believed("Says: …", words) | {"revisions": [{"kind": "created", "other": None}]}
    args = {"titles": set(), "verdicts": {}, "shown_from": 0.5}
    assert list(script.score(truth, [since], **args).changes) == ["c1", "c3"]
    assert list(script.score(truth, [other], **args).changes) == ["c2"], "by the words of its fact"
    assert script.score(truth, [plain], **args).changes == {}
    named = args | {"verdicts": {"Says: …": script.Verdict(true=True, changes=("c2",))}}
    result = script.score(truth, [plain], **named)
    assert list(result.changes) == ["c2"]
    assert "changes noticed: 1 of 3" in script.report(truth, result)
