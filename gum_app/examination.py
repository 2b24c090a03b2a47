"""What `doctor` says: what works, what is missing, and what to do about it, one sentence each."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from gum_app.errors import GumError
from gum_app.paths import Home
from gum_app.world import keys, platform
from gum_app.world.reading import TesseractReader

LEAST_FREE_MB = 200


@dataclass(frozen=True)
class Finding:
    fine: bool
    sentence: str


def examine(home: Home, *, answer: dict[str, Any] | None) -> list[Finding]:
    """`answer`: the running daemon's status, None where none runs."""
    findings = [_home(home), _room(home), _key(home), _reader(), _daemon(answer)]
    findings += [Finding(False, sentence) for sentence in (answer or {}).get("trouble", [])]
    findings += [Finding(False, sentence) for sentence in platform.what_is_missing()]
    return findings


def _home(home: Home) -> Finding:
    try:
        home.prepare()
    except GumError as error:
        return Finding(False, str(error))
    return Finding(True, f"Everything is kept in {home.root}, readable by you only.")


def _room(home: Home) -> Finding:
    free_mb = shutil.disk_usage(home.root if home.root.exists() else home.root.anchor).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return Finding(False, f"Only {free_mb} MB are free on the disk: make room, at least {LEAST_FREE_MB} MB.")
    return Finding(True, f"{free_mb} MB are free on the disk.")


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


def _reader() -> Finding:
    try:
        with closing(TesseractReader()) as reader:
            return Finding(True, f"Words on the screen are read with {reader.engine}.")
    except GumError as error:
        return Finding(False, str(error))


def _daemon(answer: dict[str, Any] | None) -> Finding:
    if answer is None:
        return Finding(False, "gum-app is not running: start it with `gum-app`.")
    return Finding(answer["state"] in ("watching", "idle", "paused", "private"), f"gum-app runs. {answer['sentence']}")
