"""Asking about oneself on the command line, with a model and without one."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gum_app import commands
from gum_app.commands_asking import UNFINISHED
from gum_app.daemon.answers_chat import KEPT_NOWHERE, NO_MODEL
from gum_app.daemon.daemon import Daemon
from gum_app.errors import BadInput, GumError
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.settings import ENDPOINT
from gum_app.store.store import Store
from gum_app.world import keys
from tests.daemon.running import running
from tests.desktop import until
from tests.test_commands import Run, as_json, lived, run, with_or_without  # noqa: F401 - fixtures
from tests.world.openai_double import OpenAiDouble

pytestmark = pytest.mark.usefixtures("hooks_put_back")


@pytest.mark.usefixtures("with_or_without")
def test_without_a_model_what_fits_is_shown_and_that_is_said(run: Run) -> None:
    told = run("ask", "Where", "is", "the", "router?")
    assert told.startswith(f"{NO_MODEL}\n[1] task")
    assert "Believes: The parcel router is late." in told
    assert "Says “router”." in told
    (line,) = as_json(run, "ask", "router?")["lines"]
    assert line["proposition"] == 2


@pytest.fixture
def double(lived: Home) -> Iterator[OpenAiDouble]:
    """A daemon runs whose model it is."""
    with OpenAiDouble() as double:
        double.answers = lambda _body: "It is late [1].\x1b[2J"
        with Store(lived.database, keys.open_key(lived), fold=fold) as store:
            for name, value in {
                "endpoint_url": double.url,
                "endpoint_model": "qwen3-vl:4b",
                "model": ENDPOINT,
            }.items():
                store.put_setting(name, value)
        with running(Daemon(lived)):
            question = {"do": "chat_context", "text": "router?"}
            until(lambda: answers(lived) and ask_once(lived, {"do": "status"})["key"] == "ready", "the daemon")
            until(lambda: bool(ask_once(lived, question)["model"]), "the model")
            yield double


@pytest.mark.usefixtures("double")
def test_the_model_answers_from_the_lines_that_are_left(run: Run) -> None:
    told = run("ask", "router?")
    assert told.startswith("It is late [1].")
    assert "\n[1] task" in told
    assert told.endswith(f"{KEPT_NOWHERE}\n")
    assert "\x1b" not in told
    assert as_json(run, "ask", "router?")["cited"][0]["proposition"] == 2
    assert as_json(run, "ask", "router?", "--without", "1")["cited"] == []
    assert run("ask", "router?", "--lines").startswith("[1] task")
    assert run("ask", "router?", "--lines", "--screen").startswith("What was in front last is not looked at")
    with pytest.raises(BadInput, match="no line 9"):
        run("ask", "router?", "--without", "9")


def test_what_is_added_is_told_and_what_breaks_off_is_marked(
    double: OpenAiDouble, capsys: pytest.CaptureFixture[str], lived: Home
) -> None:
    def run(*words: str) -> int:
        return commands.run(["--home", str(lived.root), "ask", *words])

    assert run("router?", "--also", "It rained.") == 0
    assert "The person adds: It rained." in str(double.bodies[-1])
    capsys.readouterr()
    double.then("error in stream")
    with pytest.raises(GumError) as broken:
        run("router?")
    assert str(broken.value).endswith(".")
    assert capsys.readouterr().out.endswith(f"\n{UNFINISHED}\n")


def test_the_window_is_opened_by_the_same_command_and_a_question_is_needed_without_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a key of the desktop. Words would stand in a file on the way to the window that runs already."""
    with pytest.raises(BadInput, match="no question"):
        run("ask")
    with pytest.raises(BadInput, match="leave the words away"):
        run("ask", "--window", "router?")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(GumError, match="no display"):
        run("ask", "--window")
