"""Letting another program ask, and seeing what it was told, from the command line and with a running daemon."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from gum_app import commands
from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.errors import BadInput, LinkLost
from gum_app.link import Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision
from tests.daemon.running import running
from tests.desktop import until

pytestmark = pytest.mark.usefixtures("hooks_put_back")


@pytest.fixture
def lived(home: Home) -> Iterator[Home]:
    """A belief, and a daemon that runs."""
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    store.add_revisions([a_revision(text="Likes tea.", at=SystemClock().now())])
    store.close()
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield home


def test_from_the_first_question_to_the_last(lived: Home, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> str:
        assert commands.run(["--home", str(lived.root), *arguments]) == 0
        return capsys.readouterr().out

    assert run("disclosures") == "No other program has asked.\n"
    with pytest.raises(Refused, match="gum-app grant claude") as refusal:
        ask_once(lived, {"do": "context", "client": "claude", "text": "tea"})
    assert refusal.value.kind == "NotGranted"
    assert run("disclosures").startswith("claude: Has asked, and waits for your answer.")

    said = run("grant", "claude", "--kind", "task", "--kind", "preference", "--days", "7")
    assert said.startswith("claude: May be told: task and preference, of the last 7 days, without the words")
    assert "nothing proves it" in said
    (told,) = ask_once(lived, {"do": "context", "client": "claude", "text": "tea"})["propositions"]
    assert told["text"] == "Likes tea."
    listed = run("disclosures")
    assert "claude asked “tea” and was told 1:\n  #1 Likes tea.\n" in listed
    assert json.loads(run("disclosures", "--json"))["disclosures"][0]["propositions"] == [1]

    ask_once(lived, {"do": "program_verdict", "client": "claude", "id": 1, "verdict": "partly"})
    assert "claude called it partly right:\n  #1 Likes tea.\n" in run("disclosures")
    said = run("grant", "claude", "--activity", "--pseudonyms")
    assert "the words they rest on; also which windows you had in front; other people under pseudonyms." in said
    ask_once(lived, {"do": "recent", "client": "claude"})
    assert "claude asked what you did and was told of 0 windows:" in run("disclosures")
    assert run("who", "claude", "Ask", "P-bcdfgh") == "Ask P-bcdfgh\n", "who is nobody stays as it is"
    assert run("who", "claude", "Ask\x1b[2J \u202eP-bcdfgh") == "Ask�[2J �P-bcdfgh\n", "an assistant chose the words"
    assert run("disclosures", "--clear") == "Cleared: 3 entries. What each program may be told stays.\n"
    assert run("disclosures").endswith("it is another.\n")

    assert run("revoke", "claude") == "claude is told nothing any more.\n"
    with pytest.raises(Refused, match="does not let “claude” ask"):
        ask_once(lived, {"do": "context", "client": "claude", "text": "tea"})
    with pytest.raises(BadInput, match="from 1 to"):
        run("disclosures", "--limit", "0")


def test_without_a_daemon_nobody_could_ask(home: Home) -> None:
    with pytest.raises(LinkLost, match="start it"):
        commands.run(["--home", str(home.root), "grant", "claude"])


def test_a_name_that_could_be_mistaken_for_another_is_refused_before_anything_starts(home: Home) -> None:
    with pytest.raises(BadInput, match="choose another"):
        commands.run(["--home", str(home.root), "mcp", "--name", "cl\u0430ude"])


def test_no_other_command_pays_for_the_sdk() -> None:
    program = "import gum_app.commands, gum_app.in_process, sys; sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
