"""The commands about other programs' notifications: a focus time, and the digest of what was shown."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from gum_app.clock import SystemClock
from gum_app.link import ask_once
from gum_app.paths import Home
from gum_app.rules.durations import clock_time, minutes_of


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
