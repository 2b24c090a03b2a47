"""The commands about other programs' notifications: a focus time, and the digest of what was shown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from gum_app.clock import SystemClock
from gum_app.commands_reading import MOST_ROWS, reading
from gum_app.digest import DigestItem
from gum_app.errors import BadInput
from gum_app.link import ask_once
from gum_app.paths import Home
from gum_app.records import PropositionId
from gum_app.reports import plain, print_json
from gum_app.rules.durations import clock_time, minutes_of
from gum_app.rules.triage_wording import named_in, reason


def digest(home: Home, options: argparse.Namespace) -> int:
    for opinion, id_ in (("right", options.right), ("wrong", options.wrong), (None, options.undo)):
        if id_ is not None:
            answer = ask_once(home, {"do": "digest_say", "id": id_, "opinion": opinion})
            print(json.dumps(answer, ensure_ascii=False) if options.json else answer["said"])
            return 0
    with reading(home) as (store, now):
        midnight = _midnight(options.day, now)
        found = store.digest_items(since=midnight, until=midnight + timedelta(days=1), limit=MOST_ROWS)
        texts = store.texts_of(id_ for item in found if item.judgement is not None for id_ in named_in(item.judgement))
        if options.json:
            print_json(sys.stdout, [_fields(item, texts) for item in found])
            return 0
        if not store.settings().triage_notifications:
            print("Nothing is judged: switch it on, on the page “Digest” of the window.", file=sys.stderr)
    for item in found:
        print(plain(f"{item.id:>5}  {_told(item)}"))
        if item.judgement is not None:
            said = f" You said: {item.opinion}." if item.opinion is not None else ""
            print(plain(f"       {reason(item.judgement, texts)}{said}"))
    return 0


def _midnight(day: str, now: datetime) -> datetime:
    """Raises BadInput."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    back = {"today": 0, "yesterday": 1}.get(day.casefold())
    if back is not None:
        return midnight - timedelta(days=back)
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise BadInput(f"“{day}” is no day: write it like 2026-03-10, today or yesterday.") from error
    return midnight.replace(year=wanted.year, month=wanted.month, day=wanted.day)


def _told(item: DigestItem) -> str:
    many = f" (and {item.count - 1} more)" if item.count > 1 else ""
    again = ", shown again" if item.shown_at is not None else ""
    what = f"not read: {item.rule}" if item.rule else f"{item.app}: {item.title}"
    return f"{item.at:%H:%M}  {what}{many}{again}"


def _fields(item: DigestItem, texts: Mapping[PropositionId, str]) -> dict[str, Any]:
    """For programs. The names are a promise."""
    judged = item.judgement
    return {
        "id": item.id,
        "at": item.at.isoformat(),
        "app": item.app,
        "title": item.title,
        "text": item.text,
        "urgency": item.urgency,
        "count": item.count,
        "rule": item.rule,
        "attention": judged.attention if judged is not None else None,
        "probability": round(judged.probability, 4) if judged is not None else None,
        "reason": reason(judged, texts) if judged is not None else None,
        "propositions": named_in(judged) if judged is not None else [],
        "shown_at": item.shown_at.isoformat() if item.shown_at is not None else None,
        "opinion": item.opinion,
        "observation_id": item.observation_id,
    }


def focus(home: Home, options: argparse.Namespace) -> int:
    question: dict[str, object] = {"do": "focus"}
    if options.what == "stop":
        question["stop"] = True
    elif options.what != "status":
        question["minutes"] = minutes_of(options.what, bare="minutes")
    answer = ask_once(home, question)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif answer.get("ended"):
        print(answer["ended"])
    elif answer["until"] is None:
        print("There is no focus time.")
    else:
        until = clock_time(datetime.fromisoformat(answer["until"]), SystemClock().now())
        print(f"Focus time until {until}. {answer['note']}".strip())
    return 0
