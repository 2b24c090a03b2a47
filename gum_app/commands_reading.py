"""The commands that only read: what is believed, what was seen, what was left out, and how well it is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime

from gum_app import reports
from gum_app.clock import SystemClock
from gum_app.errors import BadInput, GumError, LinkLost
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.records import CURRENT, STATES, PropositionId
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.world import keys

MOST_ROWS = 100_000
LARGEST_ID = 2**63 - 1


def propositions(home: Home, options: argparse.Namespace) -> int:
    states = frozenset(STATES) if options.all else CURRENT
    query = PropositionQuery(search=options.search, states=states)
    with reading(home) as (store, now):
        found = store.propositions(query, now=now, limit=MOST_ROWS)
        reports.print_propositions(sys.stdout, store, found, now, as_json=options.json, searched=options.search)
    return 0


def observations(home: Home, options: argparse.Namespace) -> int:
    with reading(home) as (store, _):
        found = store.observations(limit=MOST_ROWS, with_lines=options.json)
        reports.print_observations(sys.stdout, found, as_json=options.json)
    return 0


def skips(home: Home, options: argparse.Namespace) -> int:
    with reading(home) as (store, _):
        reports.print_skips(sys.stdout, store.skips(limit=MOST_ROWS), as_json=options.json)
    return 0


def rulings(home: Home, options: argparse.Namespace) -> int:
    with reading(home) as (store, _):
        reports.print_tallies(sys.stdout, store.tallies(), as_json=options.json)
    return 0


def inspect(home: Home, options: argparse.Namespace) -> int:
    with reading(home) as (store, now):
        found = store.proposition(PropositionId(options.id)) if 0 < options.id <= LARGEST_ID else None
        if found is None:
            raise BadInput(f"There is no proposition {options.id}: `gum-app propositions` lists them.")
        reports.print_story(sys.stdout, found, now, as_json=options.json)
    return 0


def calibration(home: Home, options: argparse.Namespace) -> int:
    with reading(home) as (store, _):
        reports.print_calibration(sys.stdout, store.spot_checks(), store.curves(), as_json=options.json)
    return 0


def doctor(home: Home, options: argparse.Namespace) -> int:
    from gum_app import examination

    answer = ask_once(home, {"do": "status"}) if answers(home) else None
    try:
        key = key_of(home)
    except GumError:
        key = None  # which the examination tells in its own words
    findings = examination.examine(home, answer=answer, key=key)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(("✓ " if finding.fine else "✗ ") + finding.sentence)
    return 0 if all(finding.fine for finding in findings) else 1


@contextmanager
def reading(home: Home) -> Iterator[tuple[ReadingStore, datetime]]:
    """The home's database and its clock, which in a replayed home is the recording's."""
    with closing(ReadingStore(home.database, key_of(home))) as store:
        yield store, store.replayed_until() or SystemClock().now()


def key_of(home: Home) -> bytes:
    """From the daemon, or from where it is kept. Raises KeyMissing, KeyLocked."""
    try:
        return bytes.fromhex(ask_once(home, {"do": "key"})["key"])
    except LinkLost:
        return keys.open_key(home)
