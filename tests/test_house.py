"""The rules of the house. Each says why when it fails."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gum_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT: dict[str, set[str]] = {
    "": set(),
    "rules": set(),
    "world": set(),
    "store": set(),
    "pipeline": {"rules", "world"},
    "daemon": {"rules", "world", "store", "pipeline"},
    "ui": {"rules", "store"},
}
# May import every room: the doors, and what stands beside them. `reports` prints what rules and store know,
# `examination` asks each room how it is, `in_process` is the daemon for a while, `uninstall` takes all of it away.
DOORS = {
    *("__main__.py", "commands.py", "commands_reading.py", "reports.py", "examination.py", "in_process.py"),
    *("commands_asking.py", "commands_imports.py", "commands_programs.py", "commands_digest.py"),
    *("commands_suggestions.py", "uninstall.py"),
}

# Reads a database of another program, which is no more than a file in an odd format.
READS_ANOTHERS = {"world/import_gum.py"}

# A source file without a test file of the same name, and why.
WITHOUT_TEST = {
    "__init__.py": "nothing to test",
    "digest.py": "values only; every test of the digest builds them",
    "errors.py": "names only",
    "records.py": "values only; every other test builds them",
    "world/hands.py": "a Protocol; its contract test stands in test_hands_contract.py",
    "world/model.py": "two Protocols; their contract test stands in test_model_contract.py",
}


def room_of_path(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def room_of_module(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and (PACKAGE / parts[1]).is_dir() else ""


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module named by an import statement, at any depth of the file."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write imports in full"
            module = node.module or ""
            found.append((module, node.lineno))
            if module == "gum_app" or (PACKAGE.parent / module.replace(".", "/")).is_dir():
                found += [(f"{module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    if room_of_path(path) == "" and path.name in DOORS:
        return
    room = room_of_path(path)
    for name, line in imports(path):
        where = f"{path.relative_to(ROOT)}:{line}"
        if name.startswith("PySide6"):
            assert room == "ui", f"{where}: only ui/ may know Qt: the rest must run without a screen"
        if name.split(".")[0] in {"sqlite3", "sqlcipher3", "sqlmodel", "sqlalchemy"}:
            ours = room == "store" or str(path.relative_to(PACKAGE)) in READS_ANOTHERS
            assert ours, f"{where}: only store/ may know SQL: every statement stands in one place"
        if name.startswith("gum_app."):
            target = room_of_module(name)
            assert target in {"", room} | MAY_IMPORT[room], f"{where}: {room or 'the ground'} may not import {name}"


def test_there_is_no_circle() -> None:
    """Circles make a module impossible to understand alone; every project of our field grew them."""
    graph: dict[str, set[str]] = {}
    for path in SOURCES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {target for target, _ in imports(path) if target.startswith("gum_app.")}
    known = set(graph)
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, "an import circle: " + " → ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for target in graph[name] & known:
            if target != name:
                walk(target, (*trail, name))
        done.add(name)

    for name in graph:
        walk(name, ())


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_source_file_has_its_test_file(path: Path) -> None:
    relative = path.relative_to(PACKAGE)
    test = ROOT / "tests" / relative.parent / f"test_{path.name}"
    excused = path.name if path.name == "__init__.py" else str(relative)
    if excused in WITHOUT_TEST:
        assert not test.exists(), f"{relative} has a test now: take it off the list"
    else:
        assert test.exists(), f"write {test.relative_to(ROOT)}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name != "__init__.py"], ids=lambda p: p.name)
def test_each_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path.name}: open with one to four lines"
