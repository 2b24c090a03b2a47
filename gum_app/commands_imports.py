"""The commands that bring in files: of gum-app itself, and of other programs, which are shown before."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from gum_app import reports
from gum_app.agreeing import agree
from gum_app.commands_reading import reading
from gum_app.link import Answer, ask
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.import_wording import (
    brings_something,
    group_lines,
    import_line,
    left_out_lines,
    progress_line,
    ruling_lines,
    what_came,
    what_comes,
    what_it_is,
)
from gum_app.rules.plain import visible

LONG_SECONDS = 600.0  # a word of progress comes each second; what is written at once may wait for a forgetting
OWN = "gum-app"  # the kind of what gum-app has exported itself


def bring_in(home: Home, options: argparse.Namespace) -> int:
    path = str(options.file.expanduser().absolute())
    found = _asked(home, {"do": "import_preview", "path": path})
    if found["kind"] == OWN:
        return _own(home, path, options)
    if options.preview or not options.yes:
        _tell(found, as_json=options.json and options.preview)
    if options.preview:
        return 0
    if not options.yes and brings_something(found):
        agree("It is kept and thought about like what is seen here, and can be forgotten as a whole.")
    came = _asked(home, {"do": "import_run", "path": path})
    if options.json:
        print(json.dumps(came))
        return 0
    print(what_came(came))
    if came["id"] is not None:
        print(f"To be rid of it: gum-app forget --import {came['id']}")
    return 0


def imports(home: Home, options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps(_asked(home, {"do": "imports"})["imports"]))
        return 0
    with reading(home) as (store, _):
        found = store.imports()
    for one in found:
        print(f"{one.id:>4}  {visible(one.name)}: {import_line(one)}")
    if not found:
        print("Nothing has been brought in.")
    return 0


def _own(home: Home, path: str, options: argparse.Namespace) -> int:
    if options.preview:
        told = "It is an export of gum-app itself: what is here already is left out when it is read back."
        print(json.dumps({"kind": OWN}) if options.json else told)
        return 0
    answer = _asked(home, {"do": "import", "path": path})
    if options.json:
        print(json.dumps(answer))
    else:
        known = f"; {answer['left_out']} lines were here already" if answer["left_out"] else ""
        print(f"Read: {reports.counted(answer['added'])}{known}.")
    return 0


def _tell(found: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found))
        return
    print(visible(what_it_is(found)))
    print(visible(what_comes(found)))
    for heading, lines in (
        ("", group_lines(found)),
        ("Left out:", left_out_lines(found)),
        ("Decided of what is kept:", ruling_lines(found)),
    ):
        if lines and heading:
            print(heading)
        for line in lines:
            print(f"  {visible(line)}")


def _asked(home: Home, question: dict[str, Any]) -> Answer:
    """The last answer; how far it is meanwhile is told on a terminal."""
    last: Answer = {}
    is_told = False
    for last in _answers(home, question):
        if "progress" in last and sys.stderr.isatty():
            is_told = True
            print(f"\r{progress_line(last['progress']):<60}", end="", file=sys.stderr, flush=True)
    if is_told:
        print(file=sys.stderr)
    return last


def _answers(home: Home, question: dict[str, Any]) -> Iterator[Answer]:
    """The running daemon does it; where none runs, this process does it in its place."""
    if answers(home):
        return ask(home, question, timeout_seconds=LONG_SECONDS)
    from gum_app import in_process

    return in_process.answers_here(home, question)
