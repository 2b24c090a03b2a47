"""What `doctor` says: what works, what is missing, and what to do about it, one sentence each. It changes nothing."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum_app import engine
from gum_app.errors import GumError
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore
from gum_app.world import keys, platform
from gum_app.world.bus import Bus, session_address
from gum_app.world.do_not_disturb import find_do_not_disturb
from gum_app.world.reading import TesseractReader

LEAST_FREE_MB = 200
RUNNING = frozenset({"watching", "idle", "paused", "private", "session_locked", "asleep", "replaying", "replayed"})


@dataclass(frozen=True)
class Finding:
    fine: bool
    sentence: str


def examine(home: Home, *, answer: dict[str, Any] | None, key: bytes | None) -> list[Finding]:
    """`answer`: the running daemon's status, None where none runs. `key`: None where it cannot be had now."""
    findings = [_home(home), _space(home), _key(home), _database(home, key), _reader(), _engine(home), _daemon(answer)]
    findings += [*_model(answer), _focus()]
    findings += [Finding(False, sentence) for sentence in (answer or {}).get("trouble", [])]
    findings += [Finding(False, sentence) for sentence in platform.what_is_missing()]
    return findings


def _home(home: Home) -> Finding:
    here = _nearest(home.root)
    if not here.is_dir() or not os.access(here, os.R_OK | os.W_OK | os.X_OK):
        return Finding(False, f"{home.root} cannot be used: make it a folder of yours, or choose another with --home.")
    return Finding(True, f"Everything {'is' if here == home.root else 'will be'} kept in {home.root}.")


def _space(home: Home) -> Finding:
    free_mb = shutil.disk_usage(_nearest(home.root)).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return Finding(False, f"Only {free_mb} MB are free on the disk: make room, at least {LEAST_FREE_MB} MB.")
    return Finding(True, f"{free_mb} MB are free on the disk.")


def _nearest(folder: Path) -> Path:
    """The folder, or what is there of the way to it. What may not be looked into counts as not there."""
    return next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))


def _key(home: Home) -> Finding:
    try:
        state = keys.state(home)
    except GumError as error:
        return Finding(False, str(error))
    sentences = {
        "ready-to-ask": "The key to the database can be had without asking you.",
        "needs passphrase": "The key to the database is wrapped with your passphrase.",
        "not chosen": "No key has been chosen yet: start gum-app to choose how it is kept.",
    }
    return Finding(state != "not chosen", sentences[state])


def _database(home: Home, key: bytes | None) -> Finding:
    if not os.access(home.database, os.F_OK):
        return Finding(True, "There is no database yet.")
    if key is None:
        return Finding(True, "The database is locked, so it was not looked into.")
    try:
        with ReadingStore(home.database, key) as store:
            faults = store.schema_faults()
    except GumError as error:
        return Finding(False, str(error))
    return Finding(False, faults[0]) if faults else Finding(True, "The database opens, and is made as it should be.")


def _reader() -> Finding:
    try:
        with closing(TesseractReader()) as reader:
            return Finding(True, f"Words on the screen are read with {reader.engine}.")
    except GumError as error:
        return Finding(False, str(error))


def _engine(home: Home) -> Finding:
    """Without it everything but the model works, so that it is missing is no fault."""
    found = engine.find(home)
    if found is None:
        return Finding(True, f"{engine.told(home)} Without it gum-app counts and compares, and asks no model.")
    try:
        computed = [device.description or device.name for device in engine.devices(found) if device.kind != "cpu"]
    except GumError as error:
        return Finding(False, str(error))
    cards = f"It can compute on {' and '.join(computed)}." if computed else "It computes on the processor."
    return Finding(True, f"{engine.told(home)} {cards}")


def _model(answer: dict[str, Any] | None) -> list[Finding]:
    """What thinks, on what, and whether words leave the computer for it."""
    told = (answer or {}).get("model")
    if told is None or told["state"] == "off":
        return []
    findings = [Finding(told["state"] != "resting", f"The model: {told['sentence']}")]
    if told.get("in_use"):
        findings.append(Finding(True, f"In use: {told['in_use']}."))
    if told["remote"]:
        findings.append(Finding(True, f"Words and pictures go to {told['remote']}, as you allowed."))
    return findings


def _focus() -> Finding:
    """A desktop without one is no fault of anybody's."""
    found = find_do_not_disturb(lambda: Bus(session_address()))
    if found is None:
        return Finding(True, "This desktop has no do not disturb that a focus time could switch on.")
    more = "" if found.shows_critical else " It then shows nothing at all, not even what matters."
    return Finding(True, f"A focus time switches on do not disturb of {found.name}.{more}")


def _daemon(answer: dict[str, Any] | None) -> Finding:
    if answer is None:
        return Finding(False, "gum-app is not running: start it with `gum-app`.")
    return Finding(answer["state"] in RUNNING, f"gum-app runs. {answer['sentence']}")
