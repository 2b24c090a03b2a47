"""The command line: for people, scripts and tests. It asks the running daemon, or reads a home where none runs."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from gum_app import __version__, engine, reports
from gum_app.agreeing import agree
from gum_app.clock import SystemClock
from gum_app.commands_asking import ask_
from gum_app.commands_digest import digest, focus
from gum_app.commands_imports import bring_in, imports
from gum_app.commands_programs import USUAL_DAYS, disclosures, grant, mcp, revoke, who
from gum_app.commands_reading import (
    MOST_ROWS,
    calibration,
    doctor,
    inspect,
    observations,
    propositions,
    reading,
    rulings,
    skips,
)
from gum_app.commands_suggestions import list_suggestions, remind, reminders, suggestions
from gum_app.errors import BadInput, GumError, LinkLost
from gum_app.link import ask_once
from gum_app.own_daemon import OwnDaemon, answers, ask_or_do
from gum_app.paths import Home, shipped, usual_home
from gum_app.records import KINDS, STATES, PrivacyRule
from gum_app.rules.durations import clock_time, minutes_of
from gum_app.rules.shipped_rules import SHIPPED
from gum_app.store.listing import PropositionQuery
from gum_app.suggestions import OFFER_KINDS
from gum_app.world import keys

Command = Callable[[Home, argparse.Namespace], int]

INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    home = Home(Path(options.home).expanduser().resolve()) if options.home else usual_home()
    command: Command = options.command
    return command(home, options)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="gum-app",
        description="A private, local model of how you use your computer. Without a command it opens the tray.",
    )
    top.add_argument("--version", action="version", version=f"gum-app {__version__}")
    top.add_argument("--home", metavar="DIR", help="keep everything in this folder instead of the usual one")
    top.set_defaults(command=tray, hidden=False, window=False)
    top.add_argument("--hidden", action="store_true", help="open only the tray, no window (used at login)")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Command, help_: str, *, prints: bool = False) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_, description=help_)
        sub.set_defaults(command=command)
        sub.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if prints:
            sub.add_argument("--json", action="store_true", help="print JSON")
        return sub

    sub = add("demo", demo, "open a made-up life, in a temporary home of its own")
    sub.add_argument("--headless", action="store_true", help="no window: play it and print what is concluded")
    sub.add_argument("--json", action="store_true", help="with --headless: print JSON")
    sub = add("replay", replay, "live a recording again, as fast as it goes", prints=True)
    sub.add_argument("recording", type=Path, metavar="RECORDING", help="a folder with events.jsonl")
    sub.add_argument("--weights", type=Path, metavar="FILE", help="think with this model as well (GGUF)")
    sub.add_argument("--projector", type=Path, metavar="FILE", help="with which that model sees pictures")
    sub.add_argument("--endpoint", metavar="URL", help="or think with a server that speaks OpenAI's protocol")
    sub.add_argument("--endpoint-model", metavar="NAME", default="", help="what the server calls the model")
    sub.add_argument("--confirmed", metavar="WORDS", default="", help="“send to HOST:PORT”, for a server elsewhere")
    sub.add_argument("--suggestions", action="store_true", help="print what would have been offered instead")
    sub.add_argument("--from-the-first-hour", action="store_true", help="offer on the first day too, to measure it")
    sub = add("record", record, "make a recording of your own: pictures and windows, into a folder")
    sub.add_argument("folder", type=Path, metavar="DIR")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    add("status", status, "what gum-app is doing now", prints=True)
    sub = add("pause", pause, "stop looking for a while")
    sub.add_argument("minutes", nargs="?", default="15", metavar="MIN", help="minutes (15), or like 2h")
    add("resume", resume, "look again")
    sub = add(
        "digest", digest, "what other programs showed: what deserved attention, what could wait, why", prints=True
    )
    sub.add_argument("--day", default="today", metavar="DAY", help="like 2026-03-10, or yesterday (default: today)")
    opinion = sub.add_mutually_exclusive_group()
    opinion.add_argument("--right", type=int, metavar="ID", help="this one was judged rightly")
    opinion.add_argument("--wrong", type=int, metavar="ID", help="this one was judged wrongly")
    opinion.add_argument("--undo", type=int, metavar="ID", help="take back what you said of this one")
    sub = add("focus", focus, "do not be disturbed for a while; end it early, or ask how it is", prints=True)
    sub.add_argument("what", nargs="?", default="status", metavar="MIN", help="minutes, or like 2h, or stop, or status")
    sub = add("propositions", propositions, "what is believed about you", prints=True)
    sub.add_argument("--search", default="", metavar="Q")
    sub.add_argument("--all", action="store_true", help="also the rejected and retired ones")
    sub = add("search", search, "find what is believed: by words, meaning and time", prints=True)
    sub.add_argument("words", metavar="WORDS", nargs="*", help="like: router yesterday afternoon")
    sub.add_argument("--kind", action="append", choices=KINDS, metavar="KIND", help="only this kind; may be repeated")
    sub.add_argument("--app", metavar="APP", help="only what was seen in this app")
    sub.add_argument("--since", metavar="TIME", help="like 2026-03-01, “last week”, or 3d for three days back")
    sub.add_argument("--until", metavar="TIME")
    sub.add_argument("--all", action="store_true", help="also the rejected and retired ones")
    sub.add_argument("--limit", type=int, default=20, metavar="N")
    sub = add(
        "ask", ask, "ask about yourself: the model answers from what is known, or what fits is shown", prints=True
    )
    sub.add_argument("words", metavar="WORDS", nargs="*", help="like: What was I doing on Tuesday?")
    sub.add_argument("--window", action="store_true", help="open the page “Ask”: for a key of your desktop")
    sub.add_argument("--lines", action="store_true", help="only show what the model would be shown, and ask nothing")
    sub.add_argument("--without", type=int, action="append", default=[], metavar="N", help="without this line")
    sub.add_argument("--also", default="", metavar="TEXT", help="something that you add, for this question only")
    sub.add_argument("--screen", action="store_true", help="also with what was in front last, whatever the words say")
    add("observations", observations, "what was seen", prints=True)
    add("skips", skips, "when nothing was looked at or kept, and by which rule", prints=True)
    add("rulings", rulings, "what was cut or left out of what was read: kind, rule, program, how often", prints=True)
    sub = add("inspect", inspect, "the whole story of one proposition", prints=True)
    sub.add_argument("id", type=int, metavar="ID")
    sub = add("say", say, "say that a proposition is right or wrong")
    sub.add_argument("id", type=int, metavar="ID")
    sub.add_argument("verdict", choices=["right", "wrong", "partly"])
    add("calibration", calibration, "how sure it was, and how right: held against your verdicts", prints=True)
    sub = add("note", note, "tell gum-app something about yourself")
    sub.add_argument("text", metavar="TEXT")
    add("tidy", tidy, "set aside what is over and merge what says the same, at once instead of by night", prints=True)
    sub = add("forget", forget, "forget without a trace", prints=True)
    scope = sub.add_mutually_exclusive_group(required=True)
    scope.add_argument("--last", metavar="SPAN", help="like 10m or 1h")
    scope.add_argument("--app", metavar="APP")
    scope.add_argument("--day", metavar="DAY", help="like 2026-03-10")
    scope.add_argument("--proposition", type=int, metavar="ID")
    scope.add_argument("--import", dest="import_id", type=int, metavar="ID", help="all that came with an import")
    scope.add_argument("--all", action="store_true")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    sub = add("export", export, "write everything to a file, as open JSON lines")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub = add(
        "import",
        bring_in,
        "bring in an export of ActivityWatch, a gum.db, calendars, or what gum-app has exported",
        prints=True,
    )
    sub.add_argument("file", type=Path, metavar="FILE_OR_FOLDER", help="what it is, is told by what is in it")
    sub.add_argument("--preview", action="store_true", help="only show what would come, and what would be left out")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    add("imports", imports, "what was brought in: which file, when, and how much of it is here", prints=True)
    sub = add("mcp", mcp, "answer an assistant that speaks the Model Context Protocol over stdio, which starts this")
    sub.add_argument("--name", required=True, metavar="NAME", help="what you call that assistant")
    sub = add("grant", grant, "let another program, such as an assistant, be told what is believed about you")
    sub.add_argument("name", metavar="NAME", help="as it calls itself")
    sub.add_argument("--kind", action="append", choices=KINDS, metavar="KIND", help="only this kind; may be repeated")
    sub.add_argument("--days", type=int, default=USUAL_DAYS, metavar="N", help=f"how far back (default {USUAL_DAYS})")
    sub.add_argument("--quotes", action="store_true", help="also the words from your screen that it rests on")
    sub.add_argument("--activity", action="store_true", help="also which windows were in front, by program and title")
    sub.add_argument("--pseudonyms", action="store_true", help="other people under pseudonyms")
    sub = add("revoke", revoke, "let it be told nothing any more")
    sub.add_argument("name", metavar="NAME")
    sub = add("disclosures", disclosures, "which programs may be told what, and what they were told", prints=True)
    sub.add_argument("--limit", type=int, default=50, metavar="N")
    sub.add_argument("--clear", action="store_true", help="clear the list; what each program may be told stays")
    sub = add("who", who, "the names behind the pseudonyms that a program was told, which it cannot find out itself")
    sub.add_argument("name", metavar="NAME", help="of the program")
    sub.add_argument("words", metavar="WORDS", nargs="+", help="with pseudonyms in them, like P-k3t9qa")
    add("doctor", doctor, "what is missing, in sentences", prints=True)
    sub = add("suggestions", suggestions, "what might help you now, why, and what became of it", prints=True)
    sub.add_argument("--all", action="store_true", help="also those that are over, and those that were held back")
    what = sub.add_mutually_exclusive_group()
    what.add_argument("--why", type=int, metavar="ID", help="all there is to say about one")
    what.add_argument("--do", type=int, metavar="ID", help="show exactly what would happen, ask, and do it")
    what.add_argument("--undo", type=int, metavar="ID", help="take back what was done")
    what.add_argument("--later", type=int, metavar="ID")
    what.add_argument("--no", type=int, metavar="ID", help="not this one, and fewer of its kind")
    what.add_argument("--take-back", type=int, metavar="ID", help="what you said about one last")
    what.add_argument("--never", choices=OFFER_KINDS, metavar="KIND", help=f"none of: {', '.join(OFFER_KINDS)}")
    what.add_argument("--again", choices=OFFER_KINDS, metavar="KIND", help="lift that")
    what.add_argument("--can", action="store_true", help="what it can do, and what it cannot")
    sub.add_argument("--yes", action="store_true", help="with --do: do not ask")
    sub = add("remind", remind, "be reminded of something", prints=True)
    sub.add_argument("text", metavar="TEXT")
    sub.add_argument("--at", required=True, metavar="TIME", help="like 17:30, “tomorrow 9:00”, “friday 14:00” or 20m")
    sub = add("reminders", reminders, "what you will be reminded of", prints=True)
    sub.add_argument("--all", action="store_true", help="also what you have seen to")
    what = sub.add_mutually_exclusive_group()
    what.add_argument("--done", type=int, metavar="ID", help="you have seen to it")
    what.add_argument("--later", type=int, metavar="ID", help="remind again in ten minutes")
    sub = add("engine", engine_, "llama.cpp, which runs language models on this computer: look, build it, remove it")
    sub.add_argument("do", nargs="?", choices=["status", "build", "remove"], default="status")
    sub.add_argument("--gpu", choices=["cuda", "vulkan", "metal"], help="build: for a graphics card of this kind")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    sub = add("daemon", daemon, "the process that looks and thinks (started by the tray)")
    sub.add_argument("--headless", action="store_true", help="watch without a tray; says so loudly")
    sub.add_argument("--replay", type=Path, metavar="RECORDING", help=argparse.SUPPRESS)
    sub = add("uninstall", uninstall, "remove the entry that starts gum-app at login, and with --purge every trace")
    sub.add_argument("--purge", action="store_true", help="also all data, the key, logs and caches")
    sub.add_argument("--yes", action="store_true", help="do not ask")
    return top


# The tray and the daemon


def ask(home: Home, options: argparse.Namespace) -> int:
    if not options.window:
        return ask_(home, options)
    if options.words:
        raise BadInput("With --window the question is written there: leave the words away.")
    return tray(home, options)


def tray(home: Home, options: argparse.Namespace) -> int:
    if not _has_display():
        raise GumError(
            "There is no display to open a window on: try `gum-app demo --headless`, or `gum-app replay RECORDING`."
        )
    home.prepare()
    with OwnDaemon(home):
        return _window(home, hidden=options.hidden, ask=options.window)


def _window(home: Home, *, hidden: bool, made_up: bool = False, ask: bool = False) -> int:
    from gum_app.ui.app import run as open_window  # Qt takes its time: only who wants a window pays for it
    from gum_app.world.platform import open_shortcut

    return open_window(home, hidden=hidden, made_up=made_up, ask=ask, shortcut=open_shortcut)


def demo(_home: Home, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="gum-app-demo-") as folder:
        home = Home(Path(folder) / "home")
        home.prepare()
        recording = shipped("resources/demo")
        keys.make_key(home, "file")  # a made-up life in a folder that goes when the demo ends
        if options.headless or not _has_display():
            if not options.headless:
                print("There is no display: playing the demo without a window.", file=sys.stderr)
            return _play(home, recording, options)
        with OwnDaemon(home, ["--replay", str(recording)]):
            return _window(home, hidden=False, made_up=True)


def replay(home: Home, options: argparse.Namespace) -> int:
    if options.home is None:
        home = Home(Path(tempfile.mkdtemp(prefix="gum-app-replay-")) / "home")
        print(f"Replaying into {home.root}; remove it when you no longer need it.", file=sys.stderr)
    home.prepare()
    if not home.key_file.exists() and not home.database.exists():
        keys.make_key(home, "file")
        print(f"The key of {home.root} lies in that folder: this is no place for a life of your own.", file=sys.stderr)
    recording = options.recording.expanduser().resolve()
    if (question := _model_named(options)) is not None:
        from gum_app import in_process

        in_process.think_with(home, recording, question)
    return _play(home, recording, options)


def _model_named(options: argparse.Namespace) -> dict[str, Any] | None:
    """As windows would choose it. Raises BadInput."""
    if options.weights and options.endpoint:
        raise BadInput("Name a file with --weights or a server with --endpoint, not both.")
    if options.weights:
        files = {name: str(path) if (path := getattr(options, name)) else "" for name in ("weights", "projector")}
        return {"do": "model_files", **files}
    if options.endpoint:
        server = {"url": options.endpoint, "model": options.endpoint_model, "confirmed": options.confirmed}
        return {"do": "endpoint", **server}
    if options.projector or options.endpoint_model or options.confirmed:
        raise BadInput("Name the model itself too: a file with --weights, or a server with --endpoint.")
    return None


def _play(home: Home, recording: Path, options: argparse.Namespace) -> int:
    from gum_app import in_process

    ended = in_process.replay(home, recording, skips_first_day=getattr(options, "from_the_first_hour", False))
    if getattr(options, "suggestions", False):
        list_suggestions(home, all_of_them=True, as_json=options.json)
    else:
        with reading(home) as (store, now):
            found = store.propositions(PropositionQuery(), now=now, limit=MOST_ROWS)
            reports.print_propositions(sys.stdout, store, found, now, as_json=options.json)
    if not ended:
        print("Stopped before the end; the same command with --home goes on from here.", file=sys.stderr)
    return 0 if ended else INTERRUPTED


def daemon(home: Home, options: argparse.Namespace) -> int:
    from gum_app import in_process

    if options.headless:
        print(
            "gum-app watches this screen WITHOUT A TRAY until you stop it (Ctrl+C), once it has its key and you have"
            " agreed to it; `gum-app` asks for both.",
            file=sys.stderr,
        )
    in_process.watch(home, headless=options.headless, recording=options.replay)
    return 0


def record(home: Home, options: argparse.Namespace) -> int:
    folder = options.folder.expanduser().resolve()
    if not options.yes:
        agree(
            f"Pictures of your screen and the titles of your windows will be written to {folder}, NOT encrypted, "
            "until you press Ctrl+C. What your privacy rules hide is left out."
        )
    from gum_app.daemon.recording_writer import record_into

    rules = _rules(home)
    print(f"Recording into {folder}; stop with Ctrl+C.", file=sys.stderr)
    frames = record_into(folder, rules)
    print(f"{frames} pictures are in {folder}.", file=sys.stderr)
    return 0


def _rules(home: Home) -> tuple[PrivacyRule, ...]:
    """The shipped ones and the person's own, which must be known before anything is recorded."""
    if not home.database.exists():
        return SHIPPED
    with reading(home) as (store, _):
        return (*SHIPPED, *store.privacy_rules())


# Asking the daemon


def status(home: Home, options: argparse.Namespace) -> int:
    try:
        answer = ask_once(home, {"do": "status"})
    except LinkLost:
        answer = {"state": "not running", "sentence": "gum-app is not running in this home.", "trouble": []}
    reports.print_status(sys.stdout, answer, as_json=options.json)
    return 0


def pause(home: Home, options: argparse.Namespace) -> int:
    answer = ask_once(home, {"do": "pause", "minutes": minutes_of(options.minutes, bare="minutes")})
    until = datetime.fromisoformat(answer["paused_until"])
    print(f"Paused until {clock_time(until, SystemClock().now())}.")
    return 0


def resume(home: Home, _options: argparse.Namespace) -> int:
    ask_once(home, {"do": "resume"})
    print("Watching again.")
    return 0


def say(home: Home, options: argparse.Namespace) -> int:
    ask_or_do(home, {"do": "say", "id": options.id, "verdict": options.verdict})
    print("Noted.")
    return 0


def note(home: Home, options: argparse.Namespace) -> int:
    ask_or_do(home, {"do": "note", "text": options.text})
    print("Noted.")
    return 0


def forget(home: Home, options: argparse.Namespace) -> int:
    question: dict[str, Any] = {"do": "forget"}
    if options.last is not None:
        question["last_minutes"] = minutes_of(options.last)
    elif options.app is not None:
        question["app"] = options.app
    elif options.day is not None:
        question["day"] = options.day
    elif options.proposition is not None:
        question["proposition"] = options.proposition
    elif options.import_id is not None:
        question["import"] = options.import_id
    else:
        question["all"] = True
    if not options.yes:
        going = ask_or_do(home, question | {"preview": True})
        agree(f"This will go without a trace, and cannot be undone: {reports.counted(going)}.")
    gone = ask_or_do(home, question)
    if options.json:
        print(json.dumps(gone))
    else:
        print(f"Forgotten: {reports.counted(gone)}.")
    return 0


def tidy(home: Home, options: argparse.Namespace) -> int:
    done = ask_or_do(home, {"do": "tidy"})
    if options.json:
        print(json.dumps(done))
        return 0
    more = "" if done["whole"] else "; there is more to tidy: do it again"
    print(f"Tidied: {done['merged']} merged, {done['set_aside']} set aside{more}.")
    return 0


def export(home: Home, options: argparse.Namespace) -> int:
    path = options.file.expanduser().resolve()
    answer = ask_or_do(home, {"do": "export", "path": str(path)})
    print(f"{answer['exported']} lines written to {path}, NOT encrypted and readable by you only.")
    return 0


# Reading


def search(home: Home, options: argparse.Namespace) -> int:
    question: dict[str, Any] = {"do": "search", "text": " ".join(options.words), "limit": options.limit}
    question |= {name: value for name in ("app", "since", "until") if (value := getattr(options, name)) is not None}
    if options.kind:
        question["kinds"] = options.kind
    if options.all:
        question["states"] = list(STATES)
    answer = ask_or_do(home, question)
    reports.print_hits(sys.stdout, answer, as_json=options.json)
    return 0


def engine_(home: Home, options: argparse.Namespace) -> int:
    if options.do == "build":
        from gum_app.engine_build import COST, build, told_on

        if not options.yes:
            agree(COST)
        build(home, gpu=options.gpu, progress=told_on(sys.stderr), stop=threading.Event())
    elif options.do == "remove" and not engine.remove(home):
        raise BadInput("No engine was built for this home, so none was removed.")
    print(engine.told(home))
    return 0


def uninstall(home: Home, options: argparse.Namespace) -> int:
    from gum_app.uninstall import purge, remove_login_item

    if answers(home):
        raise BadInput("gum-app is running: quit it first.")
    if not options.purge:
        for sentence in remove_login_item(home):
            print(sentence)
        return 0
    if not options.yes:
        agree(f"Everything gum-app knows, in {home.root}, will be gone for ever, and its key with it.")
    for sentence in purge(home):
        print(sentence)
    return 0


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
