"""The commands for suggestions and reminders: what is offered and why, a click on it, and what one is reminded of."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gum_app.agreeing import agree
from gum_app.clock import SystemClock
from gum_app.link import Answer, ask_once
from gum_app.own_daemon import ask_or_do
from gum_app.paths import Home
from gum_app.rules.durations import clock_time
from gum_app.rules.plain import visible
from gum_app.rules.silences import SENTENCES

MOST_LISTED = 1000
ANSWERS = {"later": "later", "no": "dismissed"}


def suggestions(home: Home, options: argparse.Namespace) -> int:
    if options.do is not None:
        return _do(home, options)
    if options.why is not None:
        (one,) = ask_or_do(home, {"do": "suggestions", "id": options.why})["suggestions"]
        _print(options, one, _story(one))
        return 0
    question = _question(options)
    if question is not None:
        answer = ask_or_do(home, question)
        _print(options, answer, [answer.get("said") or answer.get("result") or ""])
        return 0
    if options.can:
        answer = ask_or_do(home, {"do": "abilities"})
        _print(options, answer, ["It can:", *_listed(answer["can"]), "", "It cannot:", *_listed(answer["cannot"])])
        return 0
    list_suggestions(home, all_of_them=options.all, as_json=options.json)
    return 0


def list_suggestions(home: Home, *, all_of_them: bool, as_json: bool) -> None:
    states = [] if all_of_them else ["shown", "waiting"]
    answer = ask_or_do(home, {"do": "suggestions", "states": states, "limit": MOST_LISTED})
    if as_json:
        print(json.dumps(answer, ensure_ascii=True))
        return
    if until := answer["watching_until"]:
        print(f"It only watches until {_time(until)}; then it may offer something.")
    for one in answer["suggestions"]:
        print(f"{one['id']:>5}  {one['state']:<9}  {one['kind']:<9}  {visible(one['title'])}")
        print(f"{'':7}{visible(one['why_now'])}")
        if one["silence"] and one["state"] in {"waiting", "refused", "withdrawn", "expired"}:
            print(f"{'':7}{SENTENCES[one['silence']]}")
    if not answer["suggestions"]:
        print("There is nothing to suggest.")


def remind(home: Home, options: argparse.Namespace) -> int:
    kept = ask_or_do(home, {"do": "reminder_add", "text": options.text, "at": options.at})
    _print(options, kept, [f"You will be reminded: {_time(kept['due_at'])}."])
    return 0


def reminders(home: Home, options: argparse.Namespace) -> int:
    if options.done is not None:
        _print(options, ask_or_do(home, {"do": "reminder_done", "id": options.done}), ["Seen to."])
        return 0
    if options.later is not None:
        kept = ask_or_do(home, {"do": "reminder_later", "id": options.later})
        _print(options, kept, [f"You will be reminded: {_time(kept['due_at'])}."])
        return 0
    answer = ask_or_do(home, {"do": "reminders", "done": options.all})
    lines = [
        f"{one['id']:>5}  {_time(one['due_at']):<18}  {visible(one['text'])}{'  (seen to)' if one['seen_to'] else ''}"
        for one in answer["reminders"]
    ]
    _print(options, answer, lines or ["There is nothing to remind you of."])
    return 0


def _do(home: Home, options: argparse.Namespace) -> int:
    """By the running daemon alone: what is begun must also be ended."""
    shown = ask_once(home, {"do": "suggestion_preview", "id": options.do})
    told = "\n".join(part for part in (visible(shown["sentence"]), visible(shown["text"])) if part)
    if not options.yes:
        agree(told)
    done = ask_once(home, {"do": "suggestion_do", "id": options.do, "fingerprint": shown["fingerprint"]})
    undo = f"`gum-app suggestions --undo {options.do}` takes it back." if done["undo"] else ""
    _print(options, done, [" ".join(part for part in (visible(done["result"]), undo) if part)])
    return 0


def _question(options: argparse.Namespace) -> dict[str, Any] | None:
    """What was asked for besides the list."""
    for name, answer in ANSWERS.items():
        if (id_ := getattr(options, name)) is not None:
            return {"do": "suggestion_answer", "id": id_, "answer": answer}
    if options.undo is not None:
        return {"do": "suggestion_undo", "id": options.undo}
    if options.take_back is not None:
        return {"do": "suggestion_unanswer", "id": options.take_back}
    if options.never or options.again:
        return {"do": "suggestion_never", "kind": options.never or options.again, "never": bool(options.never)}
    return None


def _story(one: Answer) -> list[str]:
    lines = [visible(one["title"]), visible(one["why_now"]), "", visible(one["can"]), visible(one["ends"])]
    if one["wanted"] is not None:
        speaks = f"{one['wanted']:.0%} sure that you want it. Worth of speaking {one['speak']:.2f}"
        lines.append(f"{speaks}, of silence {one['silent']:.2f}.")
    lines += ["", f"It is {one['state']}."] if not one["deed"] else ["", visible(one["deed"]["result"])]
    if one["because"]:
        lines += ["", "Because of:"]
        lines += [f"{each['id']:>5}  {each['confidence']:4.0%}  {visible(each['text'])}" for each in one["because"]]
    if one["silences"]:
        lines += ["", "Why it kept silent:"]
        lines += [f"  {each['sentence']} ({each['count']} times)" for each in one["silences"]]
    return lines


def _listed(sentences: Iterable[str]) -> list[str]:
    return [f"  {sentence}" for sentence in sentences]


def _time(at: str) -> str:
    return clock_time(datetime.fromisoformat(at), SystemClock().now())


def _print(options: argparse.Namespace, answer: Answer, lines: Iterable[str]) -> None:
    if options.json:
        print(json.dumps(answer, ensure_ascii=True))
    else:
        print("\n".join(lines))
