"""The script that measures tidying, with few propositions: it tidies what it says that it fills in."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bench_tidying.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("bench_tidying", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.A_DAYS_WORK = 10  # type: ignore[attr-defined]
    yield module
    del sys.modules[spec.name]


def test_a_hundred_are_tidied_as_the_script_says(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    script.bench(100)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("100 propositions, filled in")
    assert "32 set aside" in lines[1] and "1 merged" in lines[1]
    assert "nothing new" in lines[2] and " 0 set aside" in lines[2]
    assert "after a day" in lines[3] and "10 set aside" in lines[3]
