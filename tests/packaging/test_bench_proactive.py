"""The script that measures help on public data scores as it says, and nothing of a trace judges that trace."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.measuring import load


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    yield load("bench_proactive")
    del sys.modules["bench_proactive"]


def numbers(*values: float) -> Any:
    return np.array(values, dtype=np.float64)


def a_row(events: list[str], task: str | None, *, taken: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "obs": [{"time": str(n * 60.0), "event": event} for n, event in enumerate(events)],
        "pred_task": task,
        "valid": taken,
        "help_needed": "error" in events[-1],
        "annotation": [taken, taken, not taken],
        **more,
    }


def a_trace(number: int) -> dict[str, Any]:
    events = ["The user opens the editor.", "The user types code.", "An error is shown.", "The user searches the web."]
    rows = [a_row(events[: n + 1], f"Explain step {10 + n} of {number}", taken=n == 2) for n in range(len(events))]
    return {"trace": number, "rows": [*rows, a_row(events[:3], None)]}


def test_scores_by_hand(script: ModuleType) -> None:
    told, truth = numbers(0.9, 0.8, 0.7, 0.1), numbers(1, 0, 1, 0)
    assert script.auc(told, truth) == 0.75
    assert script.average_precision(told, truth) == pytest.approx((1 + 2 / 3) / 2)
    assert script.auc(numbers(0.5, 0.5), numbers(1, 0)) == 0.5
    assert script.average_precision(numbers(0.5, 0.5, 0.5), numbers(1, 0, 0)) == pytest.approx(1 / 3)
    assert script.f1(told > 0.75, truth) == 0.5
    assert script.f1(told > 1, truth) == 0.0
    assert script.surest(told, 0.5).tolist() == [True, True, False, False]


def test_a_trace_is_judged_by_the_others_alone(script: ModuleType) -> None:
    rows = numbers(*range(8)).reshape(-1, 1)
    truth, traces = numbers(0, 0, 1, 1, 0, 0, 1, 1), [1, 1, 1, 1, 2, 2, 2, 2]
    turned = truth.copy()
    turned[:4] = 1 - turned[:4]
    assert script.left_out(rows, truth, traces)[:4].tolist() == script.left_out(rows, turned, traces)[:4].tolist()
    assert script.left_out(rows, truth, traces)[4:].tolist() != script.left_out(rows, turned, traces)[4:].tolist()


def test_only_earlier_states_of_the_same_trace_are_the_past(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "proactive_dev.json"
    path.write_text(json.dumps([a_trace(1), a_trace(2)]))
    states, proposals = script.read(path)
    assert (len(states), len(proposals)) == (8, 8)
    rates = script.tastes(proposals)
    assert rates[:4].tolist() == rates[4:].tolist(), "one trace is no past of the other"
    assert rates[0] > rates[1] > rates[2] and rates[3] > rates[2]
    assert not script.repeated(proposals).any()
    same = [*proposals[:3], *(script.Proposal(**{**vars(each), "task": proposals[0].task}) for each in proposals[3:4])]
    assert script.repeated(same).tolist() == [False, False, False, True]
    assert script.human(proposals).startswith("F1 ")


def test_typing_is_the_one_hindrance_that_sentences_tell(script: ModuleType) -> None:
    def state(event: str) -> Any:
        return script.State(trace=1, events=(event,), seconds=None, needed=False)

    assert script.hindered(state("The user types 'import os'."))
    assert not script.hindered(state("The user reads a page."))
    assert len(script.of_state(state("The user reads a page."))) == len(script.HELP)


def test_the_report_is_written_from_a_file(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proactive_dev.json"
    path.write_text(json.dumps([a_trace(n) for n in range(4)]))
    monkeypatch.setattr(script, "BOOTSTRAPS", 10)
    monkeypatch.setattr(sys, "argv", ["bench_proactive", str(path)])
    assert script.main() == 0
    told = capsys.readouterr().out
    assert "is help needed? 16 states, 4 traces, 25.0% yes" in told
    assert "is an offer taken? 16 offers, 25.0% are" in told
    assert "Where help is needed 1.000 of 4 offers are taken." in told


def test_without_the_file_it_says_so(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_proactive", "nowhere.json"])
    assert script.main() == 2
    assert capsys.readouterr().err == "There is no file nowhere.json: nothing was measured.\n"
