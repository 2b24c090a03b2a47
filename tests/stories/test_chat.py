"""The person asks about a life that was lived through: real processes, the real command, a server that thinks. What is
sent is what was shown; and whatever breaks off in the middle costs a sentence.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from gum_app.commands_asking import UNFINISHED
from gum_app.errors import LinkLost
from gum_app.link import Asking, Refused, ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world import keys
from tests.desktop import until
from tests.stories.asked import SECONDS, Ask, a_daemon, asking, sentence, use
from tests.stories.processes import a_home, command, run
from tests.tiny_models import needs_engine
from tests.world.openai_double import OpenAiDouble


@dataclass(frozen=True)
class Asked:
    home: Home
    double: OpenAiDouble
    ask: Ask


@pytest.fixture(scope="module")
def life(demo_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(copytree(demo_home.root, tmp_path_factory.mktemp("chat") / "demo"))


@pytest.fixture(scope="module")
def served(life: Home) -> Iterator[Asked]:
    """A daemon of that life, with a server that thinks for it."""
    with OpenAiDouble() as double, a_daemon(life), asking(life) as ask:
        think_with(double, ask)
        yield Asked(life, double, ask)


@pytest.fixture
def asked(served: Asked) -> Asked:
    served.double.bodies.clear()
    served.double.busy.clear()
    served.double.gone.clear()
    return served


def think_with(double: OpenAiDouble, ask: Ask) -> None:
    ask("endpoint", url=double.url, model="tiny", embedding_model="")
    until(lambda: bool(ask("chat_context", text="What?")["model"]), "the model", SECONDS)


def lines(home: Home, *words: str) -> str:
    """What `gum-app ask` prints where no model answers."""
    done = run(home, "ask", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_a_model_three_questions_get_what_fits_and_are_told_so(demo_copy: Home) -> None:
    day = lines(demo_copy, "What was I doing yesterday?")
    assert day.startswith("Without a model I can only show what fits.\nWhat was in front then, in the order of time")
    times = [row.partition("2026, ")[2][:5] for row in day.splitlines() if " in front" in row and "] Thursday" in row]
    assert len(times) > 10
    assert times == sorted(times)
    screen = lines(demo_copy, "help me with this section")
    assert "[1] On the screen now, last seen 17:01: Text Editor, monday.txt" in screen
    assert "16:00 Freya, nasty questions about contracts" in screen
    person = lines(demo_copy, "what do you know about Freya?")
    assert "Writes with Freya Nilsen (Element)." in person
    assert "Says “freya”." in person


def test_a_model_is_shown_the_lines_that_the_person_sees_and_cites_them(asked: Asked) -> None:
    for question, rests_on in (
        ("What was I doing yesterday?", "planting_statement.odt — LibreOffice Writer"),
        ("help me with this section", "Freya, nasty questions about contracts"),
        ("what do you know about Freya?", "Writes with Freya Nilsen (Element)."),
    ):
        asked.double.bodies.clear()
        asked.double.answers = lambda body, rests_on=rests_on: f"That is so {number_of(body, rests_on)}."
        listed = [row for row in lines(asked.home, question, "--lines").splitlines() if row.startswith("[")]
        answer = lines(asked.home, question)
        (body,) = asked.double.bodies
        names = [line["name"] for line in asked.ask("chat_context", text=question)["lines"]]
        whole = asked.ask("chat_prompt", text=question, lines=names)
        assert [said_by(message) for message in body["messages"]] == [whole["system"], whole["text"]], "to the letter"
        fence = whole["text"].partition("<facts>\n")[2].partition("\n</facts>")[0]
        assert fence.splitlines() == listed
        number = number_of(body, rests_on)
        assert answer.startswith(f"That is so {number}.\n\n{number} ")
        assert rests_on in answer.splitlines()[2], "with its time and program"


def number_of(body: dict[str, Any], words: str) -> str:
    """“[7]”: of the line with these words that was sent."""
    row = next(row for row in said_by(body["messages"][-1]).split("\n") if words in row)
    return row.partition(" ")[0]


def said_by(message: dict[str, Any]) -> str:
    content = message["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def test_a_server_that_breaks_off_leaves_what_had_come(asked: Asked) -> None:
    asked.double.answers = None
    asked.double.then("break")
    done = run(asked.home, "ask", "What was I doing yesterday?")
    assert done.returncode == 1
    assert done.stdout.endswith(f"\n{UNFINISHED}\n")
    assert asked.double.where in done.stderr
    assert "Traceback" not in done.stderr
    assert asked.ask("status")["model"]["state"] != "thinking"


def test_who_leaves_in_the_middle_leaves_the_model_to_others(asked: Asked) -> None:
    asked.double.then("hang")
    leaving = subprocess.Popen(command(asked.home, "ask", "What was I doing?"), stdout=subprocess.PIPE)
    assert asked.double.busy.wait(SECONDS)
    leaving.kill()
    leaving.communicate()
    assert asked.double.gone.wait(SECONDS)
    assert asked.ask("chat", text="And now?", lines=[])["answer"]


def test_what_is_forgotten_in_the_middle_is_not_answered(asked: Asked) -> None:
    question = "what do you know about Freya?"
    names = [line["name"] for line in asked.ask("chat_context", text=question)["lines"]]
    asked.double.then("hang")
    said: list[str] = []

    def wait() -> None:
        with asking(asked.home) as other:
            said.append(sentence(other, "chat", text=question, lines=names))

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert asked.double.busy.wait(SECONDS)
    assert run(asked.home, "forget", "--app", "element", "--yes").returncode == 0
    waiting.join(SECONDS)
    assert said == ["The question was stopped."]
    told = [line["text"] for line in asked.ask("chat_lines", lines=names)["lines"]]
    assert told
    assert not any("Element" in text for text in told)


def test_a_daemon_that_goes_away_in_the_middle_is_told(tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    keys.make_key(home, "file")
    with OpenAiDouble() as double:
        process = subprocess.Popen(command(home, "daemon"), stderr=subprocess.DEVNULL)
        try:
            until(lambda: answers(home) and "state" in ask_once(home, {"do": "status"}), "the daemon answers", SECONDS)
            with asking(home) as ask:
                think_with(double, ask)
            double.then("hang")
            heard: list[dict[str, Any]] = []
            with Asking(home, timeout_seconds=SECONDS) as line, pytest.raises(LinkLost, match="has ended while"):
                for answer in line.ask({"do": "chat", "text": "What was I doing?", "lines": []}):
                    heard.append(answer)
                    if answer.get("piece"):
                        process.kill()
            assert any(answer.get("piece") for answer in heard)
        finally:
            process.kill()
            process.wait()


@needs_engine
def test_a_model_of_ones_own_is_asked_in_the_words_that_were_shown(demo_copy: Home, tiny: Path) -> None:
    """Its weights are noise: only what it was asked is looked at, as the daemon prints it."""
    question = {"text": "what do you know about Freya?", "also": "Freya is my trainee."}
    with a_daemon(demo_copy) as (_daemon, shown), asking(demo_copy) as ask:
        use(ask, tiny / "qwen3vl.gguf", tiny / "qwen3vl-mmproj.gguf")
        until(lambda: bool(ask("chat_context", text="What?")["model"]), "the model", SECONDS)
        names = [line["name"] for line in ask("chat_context", text=question["text"])["lines"]]
        whole = ask("chat_prompt", lines=names, **question)
        with suppress(Refused):  # an answer without end is cut off
            ask("chat", lines=names, **question)
        assert "The person adds: Freya is my trainee." in whole["text"]
        until(lambda: whole["system"] in shown.text and whole["text"] in shown.text, "what was asked", SECONDS)
