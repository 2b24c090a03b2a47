"""The script that asks what calibration would do: what is left out teaches nothing."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "measure_calibration.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("measure_calibration", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before
    del sys.modules[spec.name]


def known(script: ModuleType, true: int, false: int, evidence: float = 0.7) -> list[Any]:
    return [
        script.Known(evidence=evidence, ceiling=0.9, made_by="rule:project", is_true=n < true)
        for n in range(true + false)
    ]


def test_others_verdicts_mend_a_source_that_misjudges_itself_in_the_same_way(script: ModuleType) -> None:
    lives = [known(script, 19, 1), known(script, 20, 0), known(script, 18, 2)]
    before, after = script.left_out(lives, 2)
    assert before.verdicts == 20
    assert after.brier < before.brier - 0.03


def test_and_what_they_teach_may_be_wrong_for_another_life_which_is_told_too(script: ModuleType) -> None:
    lives = [known(script, 20, 0), known(script, 20, 0), known(script, 5, 15)]
    before, after = script.left_out(lives, 2)
    assert after.brier > before.brier
    assert "gain -0." in script.told("odd", before, after)


def test_the_report_is_written_from_files(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "truth.json").write_text(json.dumps({"facts": []}))
    (tmp_path / "events.jsonl").write_text("")
    belief = {
        **{"text": "Sings.", "kind": "habit", "state": "active", "confidence": 0.7, "confidence_evidence": 0.7},
        **{"ceiling": 0.9, "made_by": "rule:project", "evidence": []},
    }
    (tmp_path / "found.json").write_text(json.dumps([belief, belief | {"text": "Unjudged."}]))
    (tmp_path / "verdicts.json").write_text(json.dumps({"Sings.": True}))
    three = [str(tmp_path), str(tmp_path / "found.json"), str(tmp_path / "verdicts.json")]
    monkeypatch.setattr(sys, "argv", ["measure_calibration", *three, *three])
    assert script.main() == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert "1 judged, 100 % true (always saying so: 0.000); Brier 0.090, after learning" in first
    monkeypatch.setattr(sys, "argv", ["measure_calibration", *three])
    with pytest.raises(SystemExit):
        script.main()
