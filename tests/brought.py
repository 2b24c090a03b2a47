"""Small real files of other programs, as these write them."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.records import Person, PrivacyRule
from gum_app.rules.norms import Norms
from gum_app.rules.privacy import SHIPPED
from gum_app.world.imports import Around, Source, Thing
from tests.builders import NOON

Event = dict[str, Any]


def everything(source: Source) -> list[Thing]:
    return list(source.things(lambda _done, _of: None))


def around(now: datetime = NOON, *, back: int = 90, ahead: int = 365) -> Around:
    return Around(since=now - timedelta(days=back), until=now + timedelta(days=ahead), now=now)


@contextmanager
def local_zone(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """This computer stands elsewhere."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


# ActivityWatch


def an_event(at: datetime, seconds: float, **data: Any) -> Event:
    return {"timestamp": at.astimezone(UTC).isoformat(), "duration": seconds, "data": data}


def a_bucket(type_: str, events: Iterable[Event], *, host: str = "laptop", client: str = "") -> dict[str, Any]:
    """As the server writes it: the names of the fields in order, the newest event first."""
    newest_first = sorted(events, key=lambda event: str(event["timestamp"]), reverse=True)
    name = {"currentwindow": "window", "afkstatus": "afk"}.get(type_, client or type_)
    bucket = {
        "client": client or f"aw-watcher-{name}",
        "created": "2026-01-01T00:00:00+00:00",
        "events": newest_first,
        "hostname": host,
        "id": f"aw-watcher-{name}_{host}",
        "type": type_,
    }
    return dict(sorted(bucket.items()))


def an_export(path: Path, *buckets: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"buckets": {bucket["id"]: bucket for bucket in buckets}}), encoding="utf-8")
    return path


WEEK_EPISODES, WEEK_AT_THE_BANK = 70, 35  # of the week below


def a_week_of_work(path: Path, now: datetime = NOON) -> Path:
    """Seven days: two hours at one project, with a look at a page of the bank, and a lunch of which nothing counts."""
    windows, there = [], []
    for days in range(1, 8):
        begin = (now - timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
        for n in range(40):
            app, title = ("Code", "router.rs — parcel-router — Visual Studio Code")
            if n % 8 == 7:
                app, title = ("firefox", "Your accounts — Bank of Nowhere online banking — Mozilla Firefox")
            windows.append(an_event(begin + timedelta(minutes=3 * n), 180, app=app, title=title))
        windows.append(an_event(begin + timedelta(hours=2), 3600, app="Code", title="lunch.md — Visual Studio Code"))
        there.append(an_event(begin, 7200, status="not-afk"))
        there.append(an_event(begin + timedelta(hours=2), 3600, status="afk"))
    return an_export(path, a_bucket("currentwindow", windows), a_bucket("afkstatus", there))


# The reference


def a_gum_db(path: Path, texts: Sequence[str], *, at: datetime = NOON, transcripts: int = 2, more: str = "") -> Path:
    """The tables of the reference (its models.py), with a proposition for each text, all resting on all observations.

    `more`: SQL that is run at the end.
    """
    stamp = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """CREATE TABLE observations (id INTEGER NOT NULL PRIMARY KEY, observer_name VARCHAR(100) NOT NULL,
                content TEXT NOT NULL, content_type VARCHAR(50) NOT NULL,
                created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
                updated_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL);
            CREATE TABLE propositions (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL, reasoning TEXT NOT NULL,
                confidence INTEGER, decay INTEGER, created_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
                updated_at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL, revision_group VARCHAR(36) NOT NULL,
                version INTEGER DEFAULT '1' NOT NULL);
            CREATE TABLE observation_proposition (observation_id INTEGER NOT NULL REFERENCES observations (id)
                ON DELETE CASCADE, proposition_id INTEGER NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
                PRIMARY KEY (observation_id, proposition_id));
            CREATE VIRTUAL TABLE propositions_fts USING fts5 (text, reasoning, content='propositions',
                content_rowid='id', tokenize='porter ascii');"""
        )
        for number in range(1, transcripts + 1):
            words = (number, "Screen", "A transcript with the zanzibar password", "input_text", stamp, stamp)
            database.execute("INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?)", words)
        for number, text in enumerate(texts, 1):
            row = (number, text, "Because it was on the screen.", 9, 8, stamp, stamp, f"group {number}", 1)
            database.execute("INSERT INTO propositions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            links = [(seen, number) for seen in range(1, transcripts + 1)]
            database.executemany("INSERT INTO observation_proposition VALUES (?, ?)", links)
        database.executescript(more)
        database.commit()
    return path


# Calendars


def an_entry(uid: str, title: str, begins: str, *lines: str) -> str:
    """`begins`: what follows DTSTART, such as “:20260312T150000Z” or “;VALUE=DATE:20260312”."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART{begins}", *lines, "END:VEVENT"])


def a_calendar(path: Path, *entries: str, name: str = "Work") -> Path:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", f"X-WR-CALNAME:{name}"]
    path.write_bytes(("\r\n".join([*head, *entries, "END:VCALENDAR"]) + "\r\n").encode())
    return path


# Judging


def judging(**more: Any) -> dict[str, Any]:
    rules: tuple[PrivacyRule, ...] = SHIPPED
    usual: dict[str, Any] = {
        "rules": rules,
        "norms": Norms(),
        "person": Person(),
        "now": NOON,
        "since": NOON - timedelta(days=90),
    }
    return usual | more


def unreadable(path: Path) -> bool:
    """Whether taking the rights away keeps this user from reading; not the administrator."""
    path.chmod(0)
    return not os.access(path, os.R_OK)
