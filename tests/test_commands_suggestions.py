"""The commands about suggestions and reminders, with a running daemon and without one."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app import commands
from gum_app.clock import SystemClock
from gum_app.errors import BadInput, GumError
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.suggestions import Act
from gum_app.world import keys
from tests.builders import an_offer
from tests.daemon.days import a_troubled_day
from tests.test_commands import Run, as_json, lived, run, with_or_without  # noqa: F401 - fixtures

pytestmark = pytest.mark.usefixtures("hooks_put_back")


@pytest.fixture(autouse=True)
def offered(lived: Home) -> None:
    now = SystemClock().now()
    store = Store(lived.database, keys.open_key(lived), fold=fold)
    seen, belief = store.observations()[0].id, 1
    act = Act(kind="draft", title="Router", text="Dear Ann,\nthe router …")
    offer = an_offer(
        act=act, seen_in=(seen,), because=(belief,), title="The router\x1b[31m", good_until=now + timedelta(hours=4)
    )
    store.add_offer(offer, now)
    store.close()


@pytest.mark.usefixtures("with_or_without")
def test_what_is_offered_is_listed_answered_and_taken_back(run: Run) -> None:
    told = run("suggestions")
    assert told.startswith("    1  waiting    deadline   The router[31m\n")
    assert "\x1b" not in told
    (one,) = as_json(run, "suggestions")["suggestions"]
    assert one["act"]["text"] == "Dear Ann,\nthe router …"
    told = run("suggestions", "--why", "1")
    assert "Because of:\n    1  " in told and "It goes away by itself at " in told
    assert run("suggestions", "--no", "1").startswith("Fewer of these")
    assert run("suggestions") == "There is nothing to suggest.\n"
    assert "dismissed" in run("suggestions", "--all")
    assert run("suggestions", "--take-back", "1").startswith("Taken back")
    assert run("suggestions", "--later", "1").startswith("It waits until")


@pytest.mark.usefixtures("with_or_without")
def test_kinds_are_switched_off_and_on_again(run: Run) -> None:
    assert run("suggestions", "--never", "break") == "No more of these: breaks after long work.\n"
    assert run("suggestions", "--again", "break") == "Offered again: breaks after long work.\n"


@pytest.mark.usefixtures("with_or_without")
def test_what_it_can_and_cannot_do(run: Run) -> None:
    assert "It cannot:\n  It sends nothing" in run("suggestions", "--can")


@pytest.mark.parametrize("with_or_without", [True], indirect=True)
def test_a_click_is_shown_first_done_and_undone(run: Run, with_or_without: Home) -> None:
    with pytest.raises(BadInput, match="into a new file in the outbox folder") as asked:
        run("suggestions", "--do", "1")
    assert "Dear Ann" in str(asked.value) and "Say --yes" in str(asked.value)
    told = run("suggestions", "--do", "1", "--yes")
    assert told == "Written into Router.txt in the outbox folder. `gum-app suggestions --undo 1` takes it back.\n"
    assert [path.name for path in with_or_without.outbox.iterdir()] == ["Router.txt"]
    assert "Written into Router.txt" in run("suggestions", "--why", "1")
    assert run("suggestions", "--undo", "1") == "The file is gone again.\n"
    assert list(with_or_without.outbox.iterdir()) == []


@pytest.mark.usefixtures("lived")
def test_nothing_is_done_where_no_daemon_runs(run: Run) -> None:
    with pytest.raises(GumError):
        run("suggestions", "--do", "1", "--yes")


@pytest.mark.usefixtures("with_or_without")
def test_one_is_reminded_of_what_one_wants(run: Run) -> None:
    assert run("reminders") == "There is nothing to remind you of.\n"
    assert run("remind", "Move the van", "--at", "2h").startswith("You will be reminded: ")
    assert "Move the van" in run("reminders")
    assert run("reminders", "--later", "1").startswith("You will be reminded: ")
    assert run("reminders", "--done", "1") == "Seen to.\n"
    assert run("reminders") == "There is nothing to remind you of.\n"
    assert "(seen to)" in run("reminders", "--all")
    with pytest.raises(GumError, match="is no time"):
        run("remind", "Move the van", "--at", "soon")


def test_a_replay_tells_what_it_would_have_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = a_troubled_day(tmp_path / "troubled")
    capsys.readouterr()
    arguments = ("replay", str(day.folder), "--suggestions", "--from-the-first-hour", "--json")
    assert commands.run(["--home", str(tmp_path / "replayed"), *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found["suggestions"], list)
    assert found["watching_until"] is None
