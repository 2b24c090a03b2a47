"""The script that measures bringing in, with few events: nothing comes twice, and all of it goes again."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bench_import.py"


@pytest.fixture
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("bench_import", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_it_measures_what_it_says(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    script.bench(200)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("200 events, ")
    assert [line.strip().partition(":")[0] for line in lines[1:]] == [
        *("looked at", "brought in", "again", "thought about", "forgotten"),
    ]
    assert "episodes" in lines[1] and ", 0 new" in lines[3] and "propositions" in lines[4]
