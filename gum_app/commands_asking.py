"""The command that asks about oneself: the model's answer as it comes, or what fits where there is no model."""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection
from typing import Any

from gum_app.errors import BadInput, GumError
from gum_app.link import Answer, ask, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.plain import visible

UNFINISHED = "Unfinished: this is what had come until then."
LONG_SECONDS = 600.0  # a model may have to be loaded first; it says so meanwhile


def ask_(home: Home, options: argparse.Namespace) -> int:
    if not options.words:
        raise BadInput("There is no question: write one, like “What was I doing on Tuesday?”")
    question: dict[str, Any] = {"text": " ".join(options.words)}
    found = _context(home, {"do": "chat_context"} | question | ({"screen": True} if options.screen else {}))
    lines: list[Answer] = found["lines"]
    without = _names(lines, options.without)
    if not found["model"] or options.lines:
        _tell_lines(found, options.without, as_json=options.json)
        return 0
    names = {"lines": [line["name"] for line in lines], "without": without, "also": options.also}
    last = _answer(home, {"do": "chat"} | question | names, shown=not options.json)
    if options.json:
        print(json.dumps(found | last, ensure_ascii=True))
    else:
        _tell_sources(last)
    return 0


def _answer(home: Home, question: dict[str, Any], *, shown: bool) -> Answer:
    """The last word; what comes before it is printed as it comes. Raises what breaks it off, marked where it does."""
    last: Answer = {}
    has_begun = False
    try:
        for last in ask(home, question, timeout_seconds=LONG_SECONDS):
            if shown and last.get("piece"):
                print(visible(last["piece"]), end="", flush=True)
                has_begun = True
    except (GumError, KeyboardInterrupt):
        if has_begun:
            print(f"\n{UNFINISHED}", flush=True)
        raise
    return last


def _context(home: Home, question: dict[str, Any]) -> Answer:
    if answers(home):
        return ask_once(home, question, timeout_seconds=LONG_SECONDS)
    from gum_app import in_process

    return in_process.do_here(home, question)


def _names(lines: list[Answer], numbers: Collection[int]) -> list[str]:
    """Raises BadInput for a number that no line has."""
    if unknown := set(numbers) - {line["number"] for line in lines}:
        raise BadInput(f"There is no line {min(unknown)}: `gum-app ask --lines` shows them with their numbers.")
    return [line["name"] for line in lines if line["number"] in numbers]


def _tell_lines(found: Answer, without: Collection[int], *, as_json: bool) -> None:
    lines = [line for line in found["lines"] if line["number"] not in without]
    if as_json:
        print(json.dumps(found | {"lines": lines}, ensure_ascii=True))
        return
    if found["why_not"]:
        print(visible(found["why_not"]))
    if found["told"]:
        print(visible(found["told"]))
    for line in lines:
        print(f"[{line['number']}] {visible(line['text'])}")
        print(f"     {visible(line['why'])}")
    if not lines:
        print("Nothing fits.")


def _tell_sources(last: Answer) -> None:
    print("\n")
    for line in last["cited"]:
        print(f"[{line['number']}] {visible(line['text'])}")
    print(" ".join(visible(part) for part in (last["sentence"], last["kept"]) if part))
