"""The script that measures the audit: what counts as cut, what as cut wrongly, and that the report is written."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "measure_audit.py"
CARD = "My card 4242424242424242 expires"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("measure_audit", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before
    del sys.modules[spec.name]


def test_a_secret_counts_as_cut_where_nearly_all_of_it_is(script: ModuleType) -> None:
    assert script.covered((0, 10), [(0, 9)]) == 0.9
    assert script.covered((0, 10), [(20, 30)]) == 0


def test_what_is_cut_beside_a_secret_is_cut_wrongly_and_a_date_of_birth_is_not(script: ModuleType) -> None:
    card = {"entity_type": "CREDIT_CARD", "start_position": 8, "end_position": 24}
    born = {"entity_type": "DATE_TIME", "start_position": 12, "end_position": 20}
    sentences = [
        {"full_text": CARD, "spans": [card]},
        {"full_text": "She was born 8/5/1989", "spans": [born]},
        {"full_text": "nothing here", "spans": []},
    ]
    good = script.on_sentences(sentences[:1], script.ours)
    assert (good.recall, good.wrong) == (1.0, [])
    greedy = script.on_sentences(sentences, lambda text: [(0, len(text))])
    assert greedy.born == 1
    assert greedy.wrong == ["nothing here"]


def test_tokens_are_drawn_the_same_each_time_and_found(script: ModuleType) -> None:
    assert script.drawn() == script.drawn()
    assert min(script.on_drawn(script.ours).values()) >= 0.95
    assert max(script.on_drawn(script.by_patterns).values()) < 0.5
    assert [text for text in script.HARMLESS if script.ours(text)] == []


def test_the_report_is_written_with_and_without_the_sentences(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["measure_audit.py", str(tmp_path)])
    script.main()
    assert "only our own material" in capsys.readouterr().out
    card = {"entity_type": "CREDIT_CARD", "start_position": 8, "end_position": 24}
    (tmp_path / "pii_dev.json").write_text(json.dumps([{"full_text": CARD, "spans": [card]}]))
    script.main()
    told = capsys.readouterr().out
    assert "recall 1.000" in told
    assert "private lines, the other half" in told
