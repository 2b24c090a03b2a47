"""No log call is handed words from the screen: every one in gum_app/ is read, and the names it uses are compared."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "gum_app"
LOGGERS = {"log", "logger", "logging"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
WORDS = {"text", "title", "quote", "url", "lines", "summary", "body"}  # what records call the words of the screen
HARMLESS = {"len", "bool", "type"}  # they give a number or a kind


def log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if name.strip("_") in LOGGERS:
                yield node


def words_in(node: ast.AST) -> Iterator[str]:
    """Names, attributes and keys that may hold what was read, at any depth."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in HARMLESS:
        return
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            if name in WORDS:
                yield name
    for child in ast.iter_child_nodes(node):
        yield from words_in(child)


def told(source: str) -> list[str]:
    return [
        word
        for call in log_calls(ast.parse(source))
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        for word in words_in(argument)
    ]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_log_call_is_handed_words_from_the_screen(path: Path) -> None:
    found = told(path.read_text(encoding="utf-8"))
    assert not found, f"{path.name} logs {found}: log a count, an id or a kind instead"


@pytest.mark.parametrize(
    "line",
    [
        "log.info('seen %s', window.title)",
        "self._log.debug(f'seen {title}')",
        "logging.warning('seen ' + question['text'])",
        "logger.log(10, 'seen %s', [o.url for o in seen])",
        "log.error('seen', extra={'x': note.body[:20]})",
        "log.info('seen %s', len(window.title) and window.title)",
    ],
)
def test_the_check_sees_words_in_every_form_of_call(line: str) -> None:
    assert told(line)


@pytest.mark.parametrize(
    "line", ["log.info('read %d lines', len(page.lines))", "log.info('title')", "page.error(title)", "title = log"]
)
def test_the_check_lets_counts_and_other_calls_pass(line: str) -> None:
    assert not told(line)
