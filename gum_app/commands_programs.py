"""The commands for other programs: the server they ask, who may be told what, and what was told."""

from __future__ import annotations

import argparse
import json
import sys

from gum_app import reports
from gum_app.commands_reading import reading
from gum_app.errors import BadInput
from gum_app.link import ask_once
from gum_app.paths import Home
from gum_app.rules.leaving import LONGEST_NAME, ONLY_A_CLAIM, is_name, told_standing

USUAL_DAYS = 30
MOST_LISTED = 10_000


def mcp(home: Home, options: argparse.Namespace) -> int:
    if not is_name(options.name):
        raise BadInput(f"A name has at most {LONGEST_NAME} letters without accents, digits and signs: choose another.")
    from gum_app.mcp_server import serve  # the SDK takes its time: only who wants it pays for it

    serve(home, options.name)
    return 0


def grant(home: Home, options: argparse.Namespace) -> int:
    scope = {"kinds": options.kind or [], "days": options.days}
    scope |= {name: getattr(options, name) for name in ("quotes", "activity", "pseudonyms")}
    ask_once(home, {"do": "grant", "client": options.name, **scope})
    with reading(home) as (store, _):
        found = store.grant(options.name)
    if found is not None:
        print(f"{found.client}: {told_standing(found)} {ONLY_A_CLAIM}")
    return 0


def revoke(home: Home, options: argparse.Namespace) -> int:
    ask_once(home, {"do": "revoke", "client": options.name})
    print(f"{options.name} is told nothing any more.")
    return 0


def who(home: Home, options: argparse.Namespace) -> int:
    """The words with the names that stand behind the pseudonyms of one program."""
    told = ask_once(home, {"do": "who", "client": options.name, "text": " ".join(options.words)})["text"]
    print(reports.plain(told))  # an assistant chose the words
    return 0


def disclosures(home: Home, options: argparse.Namespace) -> int:
    if options.clear:
        gone = ask_once(home, {"do": "disclosures_clear"})["cleared"]
        print(f"Cleared: {gone} {'entry' if gone == 1 else 'entries'}. What each program may be told stays.")
        return 0
    if not 0 < options.limit <= MOST_LISTED:
        raise BadInput(f"Say how many to list, from 1 to {MOST_LISTED}.")
    if options.json:
        print(json.dumps(ask_once(home, {"do": "disclosures"}), ensure_ascii=False))
        return 0
    with reading(home) as (store, _):
        reports.print_programs(sys.stdout, store, limit=options.limit)
    return 0
