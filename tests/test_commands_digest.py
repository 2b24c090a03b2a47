"""The commands about other programs' notifications."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from gum_app import commands
from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.digest import DigestId
from gum_app.errors import BadInput, LinkLost
from gum_app.link import Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world.keys import make_key, open_key
from tests.builders import an_observation
from tests.daemon.running import running
from tests.desktop import until
from tests.store.test_digesting import LATER


@pytest.fixture
def running_home(home: Home) -> Iterator[Home]:
    make_key(home, "file")
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield home


def run(home: Home, *arguments: str) -> int:
    return commands.run(["--home", str(home.root), *arguments])


def test_a_focus_time_by_command(running_home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(running_home, "focus") == 0
    assert capsys.readouterr().out == "There is no focus time.\n"
    assert run(running_home, "focus", "1h30m") == 0
    told = capsys.readouterr().out
    assert told.startswith("Focus time until ")
    assert "This desktop has no do not disturb that gum-app can switch" in told
    assert run(running_home, "focus", "status", "--json") == 0
    assert json.loads(capsys.readouterr().out)["until"] is not None
    assert run(running_home, "focus", "stop") == 0
    assert capsys.readouterr().out.startswith("Your focus time is over after 1 minute.")


def test_what_is_no_span_is_said(running_home: Home) -> None:
    with pytest.raises(BadInput, match="is no span of time"):
        run(running_home, "focus", "soon")
    with pytest.raises(Refused, match="no focus time to end"):
        run(running_home, "focus", "stop")


def test_without_a_daemon_there_is_none(home: Home) -> None:
    with pytest.raises(LinkLost):
        run(home, "focus", "45")


@pytest.fixture
def shown(running_home: Home) -> list[DigestId]:
    """Two of now and one that was not read; one of yesterday."""
    now = SystemClock().now()
    with closing(Store(running_home.database, open_key(running_home), fold=fold)) as store, store.transaction():
        ids = []
        for app, title, at in (("Mail", "old", now - timedelta(days=1)), ("Mail", "\x1b[2JAda", now), ("", "", now)):
            seen = an_observation(app=app, title=title, text=title, source="notification", started_at=at, ended_at=at)
            kept = store.open_observation(seen) if app else None
            ids.append(store.add_to_digest(at=at, urgency="normal", observation_id=kept, rule="" if app else "locked"))
        for id_ in ids[:2]:
            store.put_judgement(id_, LATER)
    return ids


def test_the_digest_is_printed_and_judged(
    running_home: Home, shown: list[DigestId], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(running_home, "digest") == 0
    said = capsys.readouterr()
    assert "Nothing is judged: switch it on" in said.err
    unread, ada, why = said.out.splitlines()
    assert unread.endswith("not read: locked")
    assert ada.endswith("Mail: �[2JAda"), "no sign of it commands the terminal"
    assert why.strip() == "Could wait (80 %): most messages can wait."
    assert run(running_home, "digest", "--wrong", str(shown[1])) == 0
    assert capsys.readouterr().out == "Noted: such as this deserve attention.\n"
    assert run(running_home, "digest", "--json") == 0
    fields = json.loads(capsys.readouterr().out)
    assert [(each["id"], each["rule"], each["opinion"], each["attention"]) for each in fields] == [
        (shown[2], "locked", None, None),
        (shown[1], "", "wrong", "later"),
    ]
    assert run(running_home, "digest", "--undo", str(shown[1])) == 0
    assert capsys.readouterr().out == "Taken back.\n"


def test_other_days_are_listed_by_name_or_date(
    running_home: Home, shown: list[DigestId], capsys: pytest.CaptureFixture[str]
) -> None:
    yesterday = (SystemClock().now() - timedelta(days=1)).date()
    for day in ("yesterday", yesterday.isoformat()):
        assert run(running_home, "digest", "--day", day, "--json") == 0
        assert [each["id"] for each in json.loads(capsys.readouterr().out)] == shown[:1]
    with pytest.raises(BadInput, match="is no day"):
        run(running_home, "digest", "--day", "soon")
