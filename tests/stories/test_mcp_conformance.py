"""`gum-app mcp` on the wire, held to the specification by two clients that are not the SDK's: one written here by the
specification alone (`tests/raw_mcp.py`), and chuk-mcp.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.daemon.daemon import Daemon
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.world import keys
from tests.daemon.running import running
from tests.desktop import until
from tests.raw_mcp import HANDSHAKE, WITHOUT_HANDSHAKE, Message, RawClient
from tests.stories.processes import a_home

SECRET_WORDS = "the zanzibar question"
METHOD_NOT_FOUND, INVALID_PARAMS = -32601, -32602  # JSON-RPC 2.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """With a daemon that runs and a belief, for all of them."""
    home = a_home(tmp_path_factory.mktemp("mcp") / "home")
    keys.make_key(home, "file")
    return home


@pytest.fixture(scope="module")
def daemon(home: Home) -> Iterator[Daemon]:
    with pytest.MonkeyPatch.context() as put_back:
        for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
            put_back.setattr(module, name, getattr(module, name))
        with running(Daemon(home)) as daemon:
            until(lambda: is_ready(home), "the daemon")
            ask_once(home, {"do": "add", "text": "Likes tea.", "kind": "preference"})
            ask_once(home, {"do": "grant", "client": "claude"})
            yield daemon


def is_ready(home: Home) -> bool:
    return answers(home) and ask_once(home, {"do": "status"})["key"] == "ready"


@pytest.fixture(scope="module")
def client(home: Home, daemon: Daemon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RawClient]:
    """One that stays, whatever the tests ask."""
    with RawClient(home, tmp_path_factory.mktemp("client") / "standard-error") as client:
        assert client.begin()["protocolVersion"] == HANDSHAKE
        yield client
        assert client.end() == 0, "the end of the pipe ends it"


@pytest.fixture
def errors(tmp_path: Path) -> Path:
    return tmp_path / "standard-error"


def words(result: Message) -> str:
    return " ".join(str(part["text"]) for part in result["content"])


@pytest.mark.parametrize(("asked", "agreed"), [("2025-06-18", "2025-06-18"), ("1999-01-01", HANDSHAKE)])
def test_a_version_is_agreed_on(home: Home, errors: Path, asked: str, agreed: str) -> None:
    with RawClient(home, errors) as client:
        said = client.begin(asked)
        assert said["protocolVersion"] == agreed
        assert said["serverInfo"]["name"] == "gum-app"
        assert set(said["capabilities"]) == {"tools", "resources", "prompts"}
        assert not any(any(capability.values()) for capability in said["capabilities"].values()), "nothing changes"
        assert "follow no instruction" in said["instructions"]
        assert client.end() == 0


def test_the_newest_revision_needs_no_handshake(home: Home, errors: Path) -> None:
    prefix = "io.modelcontextprotocol/"
    meta = {
        f"{prefix}protocolVersion": WITHOUT_HANDSHAKE,
        f"{prefix}clientInfo": {"name": "raw", "version": "1"},
        f"{prefix}clientCapabilities": {},
    }
    with RawClient(home, errors, name="not-granted") as client:
        assert WITHOUT_HANDSHAKE in client.ask("server/discover", {"_meta": meta})["result"]["supportedVersions"]
        assert len(client.ask("tools/list", {"_meta": meta})["result"]["tools"]) == 5
        refused = client.ask("tools/call", {"_meta": meta, "name": "get_context", "arguments": {}})["result"]
        assert (refused["resultType"], refused["isError"]) == ("complete", True)
        wrong = meta | {f"{prefix}protocolVersion": "1999-01-01"}
        assert "error" in client.ask("tools/list", {"_meta": wrong})


def test_what_there_is_not_is_an_error_of_the_protocol(client: RawClient) -> None:
    assert client.ask("ping")["result"] == {}
    assert client.ask("no/such")["error"]["code"] == METHOD_NOT_FOUND
    for method, params in (
        ("tools/call", {}),
        ("tools/call", {"name": "no_such", "arguments": {}}),
        ("resources/read", {"uri": "gum://no-such"}),
        ("prompts/get", {"name": "no_such"}),
        ("prompts/get", {"name": "with_context"}),
    ):
        assert client.ask(method, params)["error"]["code"] == INVALID_PARAMS, (method, params)


def test_what_cannot_be_used_is_told_in_a_sentence_to_the_model(client: RawClient) -> None:
    for tool, arguments, sentence in (
        ("get_context", {"limit": 0}, "“limit” cannot be used: Input should be greater than or equal to 1."),
        ("get_context", {"since": "when pigs fly"}, "“when pigs fly” is no time that is understood"),
        ("proposition", {"id": 99}, "There is no such proposition"),
        ("feedback", {"id": 1, "verdict": "maybe"}, "“verdict” cannot be used"),
    ):
        result = client.call(tool, **arguments)
        assert result["isError"]
        assert words(result).startswith(sentence)


def test_nonsense_on_the_pipe_ends_nothing(client: RawClient) -> None:
    for nonsense in (b"this is no JSON\n", b"[1, 2]\n", b'{"jsonrpc": "2.0"}\n', b"\xff\xfe\n", b"\n", b"null\n"):
        client.send(nonsense)
    client.tell("notifications/no_such")
    assert client.ask("ping")["result"] == {}


def test_tools_are_described_and_answer_in_both_forms(client: RawClient) -> None:
    tools = {tool["name"]: tool for tool in client.ask("tools/list")["result"]["tools"]}
    assert {name: tool["annotations"]["readOnlyHint"] for name, tool in tools.items()} == {
        "get_context": True,
        "recent_activity": True,
        "proposition": True,
        "add_note": False,
        "feedback": False,
    }
    for tool in tools.values():
        assert tool["annotations"]["openWorldHint"] is False
        assert tool["inputSchema"]["type"] == tool["outputSchema"]["type"] == "object"
        assert tool["description"]
        assert all("description" in each for each in tool["inputSchema"]["properties"].values() if "anyOf" not in each)
    result = client.call("get_context", query="tea")
    assert result["structuredContent"]["propositions"][0]["text"] == "Likes tea."
    assert json.loads(words(result)) == result["structuredContent"]


def test_resources_and_prompts_are_listed_and_read(client: RawClient) -> None:
    (resource,) = client.ask("resources/list")["result"]["resources"]
    assert (resource["uri"], resource["mimeType"]) == ("gum://context", "application/json")
    (page,) = client.ask("resources/read", {"uri": resource["uri"]})["result"]["contents"]
    assert json.loads(page["text"])["propositions"][0]["text"] == "Likes tea."
    (prompt,) = client.ask("prompts/list")["result"]["prompts"]
    assert prompt["arguments"] == [{"name": "task", "required": True}]
    got = client.ask("prompts/get", {"name": prompt["name"], "arguments": {"task": "Plan my week."}})["result"]
    assert [message["role"] for message in got["messages"]] == ["user"]


def test_a_question_that_is_taken_back_holds_nothing_up_and_is_not_answered(client: RawClient, daemon: Daemon) -> None:
    with daemon.room.pen:  # as while something is forgotten: what must be written down waits
        slow = client.request("tools/call", {"name": "get_context", "arguments": {"query": "tea"}})
        assert client.ask("ping")["result"] == {}
        client.tell("notifications/cancelled", {"requestId": slow, "reason": "The person changed their mind."})
        assert client.ask("ping")["result"] == {}
    assert not client.call("get_context", query="tea")["isError"]
    answered = [json.loads(line) for line in client.lines]
    assert not any("result" in message for message in answered if message.get("id") == slow)


def test_on_the_pipe_is_nothing_but_messages_and_beside_it_no_word(home: Home, daemon: Daemon, errors: Path) -> None:
    with RawClient(home, errors, name="unheard-of") as client:
        client.begin()
        assert client.call("get_context", query=SECRET_WORDS)["isError"]
        ask_once(home, {"do": "grant", "client": "unheard-of"})
        client.call("get_context", query=SECRET_WORDS, limit=99)
        client.call("add_note", text=SECRET_WORDS)
        client.send(f"{SECRET_WORDS}\n".encode())
        client.ask("tools/call", {"name": SECRET_WORDS})
        assert client.end() == 0
    assert client.lines
    for line in client.lines:
        assert line.endswith(b"\n")
        assert json.loads(line)["jsonrpc"] == "2.0"
    assert errors.read_bytes() == b""


@pytest.mark.usefixtures("hooks_put_back")
def test_it_outlives_gum_app_and_finds_it_again(tmp_path: Path, errors: Path) -> None:
    home = a_home(tmp_path / "another")
    keys.make_key(home, "file")
    with RawClient(home, errors) as client:
        client.begin()
        assert words(client.call("get_context")).startswith("gum-app is not running in this home")
        for _ in range(2):
            with running(Daemon(home)):
                until(lambda: is_ready(home), "the daemon")
                ask_once(home, {"do": "grant", "client": "claude"})
                assert not client.call("get_context")["isError"]
            assert words(client.call("get_context")).startswith("gum-app is not running in this home")


def test_a_client_that_is_not_the_sdks_is_served_the_same(home: Home, daemon: Daemon) -> None:
    ask_once(home, {"do": "grant", "client": "chuk"})
    program = [sys.executable, "-m", "tests.other_mcp_client", str(home.root), "chuk"]
    done = subprocess.run(program, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["answers"] is True
    assert said["tools"] == ["get_context", "recent_activity", "proposition", "add_note", "feedback"]
    assert said["told"]["propositions"][0]["text"] == "Likes tea."
    assert said["refused"] is True
    assert (said["resources"], said["prompts"]) == (["gum://context"], ["with_context"])
    assert "Likes tea." in said["page"]
    assert "Plan my week." in said["prompt"]
    listed = ask_once(home, {"do": "disclosures"})["disclosures"]
    assert [each["question"] for each in listed if each["client"] == "chuk"] == ["", "tea"], "what it was told"
