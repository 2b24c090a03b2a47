"""Bringing in files from the command line: shown first, asked, done, listed and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app import commands
from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.errors import BadInput, GumError
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world import keys
from tests.brought import a_calendar, a_gum_db, an_entry
from tests.daemon.running import running
from tests.desktop import until

pytestmark = pytest.mark.usefixtures("hooks_put_back")

Run = Callable[..., str]


@pytest.fixture(params=[False, True], ids=["nothing runs", "a daemon runs"])
def run(home: Home, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    keys.make_key(home, "file")

    def run(*arguments: object) -> str:
        capsys.readouterr()
        assert commands.run(["--home", str(home.root), *map(str, arguments)]) == 0
        return capsys.readouterr().out

    if not request.param:
        yield run
        return
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield run


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    ahead = SystemClock().now() + timedelta(days=10)
    return a_calendar(
        tmp_path / "work.ics",
        an_entry("a", "Conference talk", f":{ahead:%Y%m%d}T100000Z"),
        an_entry("b", "My biopsy", f":{ahead:%Y%m%d}T120000Z"),
    )


def test_from_the_first_look_to_taking_it_back(run: Run, calendar: Path) -> None:
    shown = run("import", calendar, "--preview")
    assert shown.startswith("work.ics holds calendar entries. Titles, days, hours and places.")
    assert "2 entries to bring in." in shown and "  Work: 2 entries" in shown
    assert "  1: health, without its words" in shown and "biopsy" not in shown
    assert run("imports") == "Nothing has been brought in.\n"
    with pytest.raises(BadInput, match="Say --yes to agree"):
        run("import", calendar)
    assert run("import", calendar, "--yes") == "2 brought in.\nTo be rid of it: gum-app forget --import 1\n"
    assert run("import", calendar, "--yes") == "2 were here already.\n"
    assert run("imports").startswith("   1  work.ics: calendar entries, on ")
    assert [one["kept"] for one in json.loads(run("imports", "--json"))] == [2]
    assert "2 observations" in run("forget", "--import", "1", "--yes")
    assert run("imports") == "Nothing has been brought in.\n"


def test_programs_get_json(run: Run, tmp_path: Path) -> None:
    path = a_gum_db(tmp_path / "gum.db", ["The user likes tea."], at=SystemClock().now())
    found: dict[str, Any] = json.loads(run("import", path, "--preview", "--json"))
    assert (found["kind"], found["new"]) == ("gum", 1)
    assert json.loads(run("import", path, "--yes", "--json")) == found | {"id": 1}


def test_an_export_of_our_own_is_looked_at_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    run("export", path)
    assert run("import", path, "--preview").startswith("It is an export of gum-app itself")
    assert json.loads(run("import", path, "--preview", "--json")) == {"kind": "gum-app"}


def test_what_cannot_be_brought_in_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd").write_text("hello")
    with pytest.raises(GumError, match=r"nothing that can be brought in.*\.$"):
        run("import", tmp_path / "odd", "--yes")
