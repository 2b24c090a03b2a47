"""The command line: what each command prints, with a running daemon and without one."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gum_app import commands, engine
from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.errors import BadInput, EngineMissing, GumError, KeyMissing, LinkLost
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.records import PropositionId, Skip
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision, an_observation, some_evidence
from tests.daemon.days import Day
from tests.daemon.running import running
from tests.desktop import until
from tests.engines import Tools, an_engine
from tests.tiny_models import needs_engine

Run = Callable[..., str]

pytestmark = pytest.mark.usefixtures("hooks_put_back")


@pytest.fixture
def lived(home: Home) -> Home:
    """Two observations of today, and two beliefs that rest on them."""
    now = SystemClock().now()
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    for app, text in (("firefox", "I would love some tea"), ("editor", "The parcel router is late")):
        seen = an_observation(app=app, title=f"{app} window", text=text, started_at=now, ended_at=now)
        id_ = store.open_observation(seen)
        store.close_observation(id_)
        evidence = some_evidence(text, observation_id=id_, app=app, at=now)
        belief = a_revision(text=f"Believes: {text}.", topic=app, evidence=(evidence,), at=now)
        store.digest([id_], sightings=(), revisions=[belief], at=now)
    store.add_skip(Skip(started_at=now, ended_at=now, rule="banking page"))
    store.close()
    return home


@pytest.fixture(params=[False, True], ids=["nothing runs", "a daemon runs"])
def with_or_without(lived: Home, request: pytest.FixtureRequest) -> Iterator[Home]:
    if not request.param:
        yield lived
        return
    with running(Daemon(lived)):
        until(lambda: answers(lived) and ask_once(lived, {"do": "status"})["key"] == "ready", "the daemon")
        yield lived


@pytest.fixture
def run(home: Home, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process. Gives what it printed."""

    def run(*arguments: object, status: int = 0) -> str:
        capsys.readouterr()
        assert commands.run(["--home", str(home.root), *map(str, arguments)]) == status
        return capsys.readouterr().out

    return run


def as_json(run: Run, *arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_help_lists_all_commands() -> None:
    told = commands.parser().format_help()
    for name in (
        *("demo", "replay", "record", "status", "pause", "resume", "propositions", "search", "ask", "observations"),
        *(
            "skips",
            "rulings",
            "inspect",
            "say",
            "calibration",
            "note",
            "suggestions",
            "remind",
            "reminders",
            "tidy",
            "forget",
            "export",
            "import",
            "imports",
            "doctor",
            "engine",
            "daemon",
        ),
        "uninstall",
    ):
        assert f"\n    {name}" in told


def test_the_home_may_be_named_before_or_after_the_command(lived: Home, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--home", str(lived.root), "propositions"], ["propositions", "--home", str(lived.root)]):
        assert commands.run(arguments) == 0
        assert "parcel router" in capsys.readouterr().out


# Reading


@pytest.mark.usefixtures("with_or_without")
def test_a_search_says_why_each_was_found(run: Run) -> None:
    told = run("search", "the", "parcels")
    assert "Believes: The parcel router is late." in told
    assert "Says “parcels”." in told
    (hit,) = as_json(run, "search", "parcels", "--limit", "1", "--since", "2020-01-01")["hits"]
    assert hit["why"].startswith("Says “parcels”, seen ")
    assert run("search", "parcels", "--app", "none") == run("search", "parcels", "--until", "2020-01-01")
    assert run("search", "elephants") == "Nothing fits.\n"


@pytest.mark.parametrize(
    "command", [["propositions"], ["observations"], ["skips"], ["note", "x"], ["say", "1", "right"]]
)
def test_a_home_that_is_none_is_told_and_not_made(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(KeyMissing, match="start gum-app"):
        commands.run(["--home", str(tmp_path / "new"), *command])
    assert not (tmp_path / "new").exists()


# Asking


def test_the_status_of_a_home_where_nothing_runs_is_no_error(run: Run) -> None:
    assert run("status") == "gum-app is not running in this home.\n"
    assert as_json(run, "status")["state"] == "not running"


def test_the_status_of_a_running_daemon(lived: Home, run: Run) -> None:
    with running(Daemon(lived)):
        until(lambda: answers(lived) and as_json(run, "status")["state"] == "needs_consent", "the daemon")
        assert "Not started yet" in run("status")


def test_pausing_needs_a_daemon_and_is_told_with_its_end(lived: Home, run: Run) -> None:
    with pytest.raises(LinkLost, match="not running"):
        run("pause", 5)
    with running(Daemon(lived)):
        until(lambda: answers(lived) and as_json(run, "status")["key"] == "ready", "the daemon")
        assert run("pause", "1h30m").startswith("Paused until ")
        assert run("resume") == "Watching again.\n"
        with pytest.raises(BadInput):
            run("pause", "a while")
        with pytest.raises(GumError, match="from 1 to"):
            run("pause", "30d")


# Writing


def test_the_persons_word_counts(with_or_without: Home, run: Run) -> None:
    assert run("say", 1, "right") == "Noted.\n"
    assert as_json(run, "inspect", 1)["confidence"] > 0.95
    with pytest.raises(GumError, match="may have been forgotten"):
        run("say", 99, "right")


def test_a_note_is_taken(with_or_without: Home, run: Run) -> None:
    assert run("note", "I prefer to be called after ten.") == "Noted.\n"
    assert "I prefer to be called after ten." in {seen["text"] for seen in as_json(run, "observations")}


def test_what_is_believed_is_tidied_at_once(with_or_without: Home, run: Run) -> None:
    assert run("tidy").startswith("Tidied: ")
    assert as_json(run, "tidy") == {"set_aside": 0, "merged": 0, "whole": True}


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (("--last", "10m"), 0),
        (("--app", "firefox"), 1),
        (("--day", f"{SystemClock().now():%Y-%m-%d}"), 0),
        (("--all",), 0),
        (("--proposition", 1), 2),
    ],
    ids=str,
)
def test_what_is_to_be_forgotten_is_gone_and_counted(
    with_or_without: Home, run: Run, scope: tuple[object, ...], left: int
) -> None:
    assert "1 proposition" in run("forget", *scope, "--yes") or left == 0
    assert len(as_json(run, "observations")) == left
    assert len(as_json(run, "propositions")) == min(left, 1)


def test_forgetting_as_json(lived: Home, run: Run) -> None:
    assert json.loads(run("forget", "--app", "firefox", "--yes", "--json"))["observations"] == 1
    assert run("forget", "--app", "firefox", "--yes") == "Forgotten: nothing.\n"


@pytest.mark.parametrize(
    "scope", [("--last", "soon"), ("--last", "0m"), ("--day", "2026-13-01"), ("--app", ""), ("--proposition", -1)]
)
def test_a_scope_that_is_none_forgets_nothing(lived: Home, run: Run, scope: tuple[object, ...]) -> None:
    with pytest.raises(BadInput):
        run("forget", *scope, "--yes")
    assert len(as_json(run, "observations")) == 2


class Typed:
    def __init__(self, answer: str | None) -> None:
        self.answer = answer

    def isatty(self) -> bool:
        return self.answer is not None

    def readline(self) -> str:
        return self.answer or ""


@pytest.mark.parametrize(("typed", "left"), [("yes\n", 1), ("no\n", 2), ("", 2), (None, 2)])
def test_it_asks_before_it_forgets(
    lived: Home, run: Run, monkeypatch: pytest.MonkeyPatch, typed: str | None, left: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(typed))
    if left == 2:
        with pytest.raises(BadInput, match=r"Nothing was done|--yes"):
            run("forget", "--app", "firefox")
    else:
        run("forget", "--app", "firefox")
    assert len(as_json(run, "observations")) == left


def test_what_goes_out_comes_in_again(with_or_without: Home, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    assert "NOT encrypted" in run("export", file)
    with pytest.raises(GumError, match="exists already"):
        run("export", file)
    assert run("import", file).startswith("Read: nothing; ")
    run("forget", "--all", "--yes")
    assert "2 observations" in run("import", file)
    assert len(as_json(run, "observations")) == 2
    with pytest.raises(GumError, match="cannot be found"):
        run("import", tmp_path / "nowhere")


# Playing


@pytest.fixture
def day(tmp_path: Path) -> Day:
    day = Day(tmp_path / "day")
    return day.window("libreoffice-writer", "report.odt — LibreOffice Writer").work(300).event("lock")


def test_a_replay_prints_what_it_concludes(home: Home, run: Run, day: Day) -> None:
    assert "report.odt" in run("replay", day.folder)
    assert "report.odt" in str(as_json(run, "replay", day.folder)), "and again, which changes nothing"
    assert home.key_file.exists()


def test_a_replay_without_a_home_says_where_it_went(
    day: Day, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, short_folder: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short_folder))
    assert commands.run(["replay", str(day.folder)]) == 0
    told = capsys.readouterr()
    assert "report.odt" in told.out
    assert f"Replaying into {short_folder}" in told.err


def test_a_replayed_home_forgets_by_its_own_clock(home: Home, run: Run, day: Day) -> None:
    run("replay", day.folder)
    assert json.loads(run("forget", "--last", "10m", "--yes", "--json"))["observations"] == 1


def test_a_live_home_refuses_a_replay(lived: Home, run: Run, day: Day) -> None:
    with pytest.raises(BadInput, match="really seen"):
        run("replay", day.folder)


def test_a_live_home_that_refuses_a_replay_keeps_its_model(lived: Home, run: Run, day: Day) -> None:
    with pytest.raises(BadInput, match="really seen"):
        run("replay", day.folder, "--endpoint", "http://127.0.0.1:9/v1", "--endpoint-model", "m")
    with closing(ReadingStore(lived.database, keys.open_key(lived))) as store:
        assert store.settings().model == ""


def test_a_second_daemon_is_refused(lived: Home, run: Run) -> None:
    with running(Daemon(lived)):
        until(lambda: lived.link_address.exists(), "the daemon")
        with pytest.raises(GumError, match="already running"):
            run("daemon")


def test_without_a_display_there_is_no_window(run: Run) -> None:
    with pytest.raises(GumError, match="no display"):
        run()


# Around it


def test_the_engine_is_built_after_a_yes_told_and_removed(
    home: Home, run: Run, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("no\n"))
    with pytest.raises(BadInput, match="Nothing was done"):
        run("engine", "build")
    assert not tools.calls.exists()
    tools.play("fails")
    with pytest.raises(EngineMissing, match="more memory"):
        run("engine", "build", "--gpu", "cuda", "--yes")
    assert "cmake.define.GGML_CUDA=ON" in tools.calls.read_text(encoding="utf-8")
    an_engine(home.engine)
    assert run("engine").endswith(f"(0.3.36, cpu) is built for gum-app, in {home.engine}.\n")
    assert str(home.engine) not in run("engine", "remove")
    with pytest.raises(BadInput, match="none was removed"):
        run("engine", "remove")


@needs_engine
def test_building_the_engine_says_how_far_it_is(
    home: Home, run: Run, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(engine.need(home).folder / engine.MODULE, tools.gives / engine.MODULE)
    assert commands.run(["--home", str(home.root), "engine", "build", "--yes"]) == 0
    told = capsys.readouterr()
    assert told.err.startswith("Fetching llama.cpp.\nCompiling llama.cpp: 1 of 3.\n")
    assert "is built for gum-app" in told.out


def test_uninstalling_wants_a_quiet_home_and_a_yes(lived: Home, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(None))
    with pytest.raises(BadInput, match="--yes"):
        run("uninstall", "--purge")
    with running(Daemon(lived)):
        until(lambda: answers(lived) and ask_once(lived, {"do": "status"})["key"] == "ready", "the daemon")
        with pytest.raises(BadInput, match="quit it first"):
            run("uninstall", "--purge", "--yes")
    assert "not started at login" in run("uninstall")
    assert lived.database.exists()
    run("uninstall", "--purge", "--yes")
    assert not lived.root.exists()


def test_recording_asks_first_and_needs_the_rules(lived: Home, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(None))
    folder = lived.root / "recording"
    with pytest.raises(BadInput, match="NOT encrypted"):
        run("record", folder)
    lived.key_file.unlink()
    with pytest.raises(KeyMissing):
        run("record", folder, "--yes")
    assert not folder.exists()


def test_an_id_is_a_number() -> None:
    with pytest.raises(SystemExit):
        commands.parser().parse_args(["inspect", "seven"])
    assert commands.parser().parse_args(["inspect", "7"]).id == PropositionId(7)
