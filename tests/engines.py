"""Stand-ins for what builds llama.cpp, and for what comes out: minutes of compiling that a test does not wait for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import psutil
import pytest

from gum_app.engine import VERSION

PLAYS = {
    "works": "",
    "does not end": "while echo '[1/3] c++ and so on'; do sleep 0.05; done",
    "fails": "echo 'g++: fatal error: Killed signal terminated program cc1plus'; exit 1",
}


def an_engine(folder: Path, *, version: str = VERSION, code: str = "", back_ends: tuple[str, ...] = ("cpu",)) -> Path:
    """What looks like an engine. `code` runs where the real one would load its library."""
    package = folder / "llama_cpp"
    (package / "lib").mkdir(parents=True)
    (package / "__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    (package / "_ggml.py").write_text(code or "raise NotImplementedError", encoding="utf-8")
    for name in ("libllama.so", "libggml.so", "libggml-base.so", *(f"libggml-{name}.so" for name in back_ends)):
        (package / "lib" / name).touch()
    return folder


class Tools:
    """A compiler and a uv of our own, first on the PATH. What uv installs is a copy of `gives`."""

    def __init__(self, folder: Path, gives: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir(parents=True)
        self.gives = gives
        self.calls = folder / "calls"
        self.pids = folder / "pids"
        self._put("c++", "echo 'c++ (stand-in) 1.2'")
        self.play("works")

    def play(self, what: str) -> None:
        self._put(
            "uv",
            f"""echo "$@" >>{self.calls}
echo $$ >>{self.pids}
while [ $# -gt 0 ]; do [ "$1" = --target ] && target=$2; shift; done
for n in 1 2 3; do echo "  [$n/3] c++ and so on"; done
{PLAYS[what]}
mkdir "$target" && cp -R {self.gives}/. "$target"
""",
        )

    def _put(self, name: str, script: str) -> None:
        file = self.bin / name
        file.write_text(f"#!{shutil.which('sh')}\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    def running(self) -> list[int]:
        """Those stand-ins that have not ended."""
        numbers = self.pids.read_text(encoding="utf-8").split() if self.pids.exists() else []
        return [number for number in map(int, numbers) if _runs(number)]


def _runs(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    tools = Tools(tmp_path / "tools", tmp_path / "tools" / "engine")
    monkeypatch.setenv("PATH", f"{tools.bin}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("CXX", raising=False)
    return tools
