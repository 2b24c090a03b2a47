"""The script that scores a recording, as a module: it lies in packaging/ because people run it by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parents[1] / "packaging" / "measure_recording.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure_recording", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
