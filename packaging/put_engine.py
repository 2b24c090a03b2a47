"""Puts llama.cpp among the libraries of the Python that runs this. It is built once and kept, for that takes minutes.

    .venv/bin/python packaging/put_engine.py [FOLDER]

It is kept in ~/.cache/gum-app, or in the folder that GUM_ENGINE_CACHE names, under a name that changes with whatever
the result depends on. Without a compiler it says so, and nothing is put: the tests of the engine are then skipped.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
import sysconfig
import threading
from pathlib import Path

from gum_app.engine import MODULE, VERSION
from gum_app.engine_build import COST, build_into, compiler, defines, told_on, usual_gpu
from gum_app.engine_trouble import NO_COMPILER
from gum_app.errors import GumError
from gum_app.paths import shipped


def main() -> int:
    found = compiler()
    if found is None:
        print(f"{NO_COMPILER} The tests of the engine are skipped.", file=sys.stderr)
        return 0
    kept = cache() / f"engine-{key(found)}"
    try:
        if not kept.exists():
            build(kept)
    except GumError as error:
        print(error, file=sys.stderr)
        return 1
    put(kept, Path(sys.argv[1] if len(sys.argv) > 1 else sysconfig.get_path("purelib")))
    return 0


def cache() -> Path:
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gum-app"
    return Path(os.environ.get("GUM_ENGINE_CACHE") or usual)


def key(compiler_name: str) -> str:
    hook = shipped("resources/engine.cmake")
    flags = [f"{name}={value}" for name, value in defines(usual_gpu()).items() if value != str(hook)]
    made_of = [
        *(VERSION, *flags, hook.read_text(encoding="utf-8"), os.environ.get("CMAKE_ARGS", "")),
        *(compiler_name, platform.system(), platform.machine()),
    ]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]


def build(kept: Path) -> None:
    print(f"{COST} It is kept in {kept}.", file=sys.stderr)
    build_into(kept, log=kept.with_suffix(".log"), progress=told_on(sys.stderr), stop=threading.Event())


def put(kept: Path, libraries: Path) -> None:
    """What it needs is among the libraries already: the lock file names it."""
    for folder in (MODULE, f"{MODULE}_python-{VERSION}.dist-info"):
        if (libraries / folder).exists():
            shutil.rmtree(libraries / folder)
        shutil.copytree(kept / folder, libraries / folder)


if __name__ == "__main__":
    sys.exit(main())
