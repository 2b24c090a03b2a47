"""The real server process, asked by the SDK's own client, with a real daemon behind it and with none."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters

from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision
from tests.daemon.running import running
from tests.desktop import until

pytestmark = pytest.mark.usefixtures("hooks_put_back")

Asking = Callable[[Client], Awaitable[None]]
SOON = 60.0


@pytest.fixture
def lived(home: Home) -> Iterator[Home]:
    """Three beliefs, one of them private, and a daemon that runs."""
    now = SystemClock().now()
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    for text in ("Likes tea.", "Works on the parcel router.", "Takes sertraline since the winter."):
        store.add_revisions([a_revision(text=text, topic=text, at=now)])
    store.close()
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield home


def ask(home: Home, asking: Asking, *, name: str = "claude") -> None:
    """One client, which starts the server as an assistant would."""
    command = ["-m", "gum_app", "--home", str(home.root), "mcp", "--name", name]
    server = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))

    async def run() -> None:
        async with Client(server, read_timeout_seconds=SOON) as client:
            await asking(client)

    asyncio.run(run())


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return dict(result.structured_content)


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return " ".join(getattr(part, "text", "") for part in result.content)


def test_an_assistant_is_told_what_was_granted_until_that_is_taken_back(lived: Home) -> None:
    async def asking(client: Client) -> None:
        assert "gum-app grant claude" in await refused(client, "get_context", query="tea")
        ask_once(lived, {"do": "grant", "client": "claude", "days": 30})

        (tea,) = (await told(client, "get_context", query="tea"))["propositions"]
        assert (tea["text"], tea["kind"]) == ("Likes tea.", "task")
        every = (await told(client, "get_context", limit=50))["propositions"]
        assert {each["text"] for each in every} == {"Likes tea.", "Works on the parcel router."}
        story = await told(client, "proposition", id=tea["id"])
        assert [change["kind"] for change in story["changes"]] == ["created"]
        assert "not within" in await refused(client, "proposition", id=3)
        assert await told(client, "add_note", text="Wrote a test with them.") == {"noted": True}
        assert await told(client, "feedback", id=tea["id"], verdict="wrong") == {"noted": True}
        assert "which windows they use" in await refused(client, "recent_activity")
        ask_once(lived, {"do": "grant", "client": "claude", "days": 30, "activity": True})
        assert (await told(client, "recent_activity", hours=2))["episodes"] == []
        assert (await told(client, "get_context", kinds=["habit"]))["propositions"] == []

        ask_once(lived, {"do": "revoke", "client": "claude"})
        assert "does not let “claude” ask" in await refused(client, "recent_activity")

    ask(lived, asking)
    listed = ask_once(lived, {"do": "disclosures"})["disclosures"]
    assert [(each["verb"], each["question"]) for each in reversed(listed)] == [
        ("context", "tea"),
        ("context", ""),
        ("story", ""),
        ("called wrong", ""),
        ("recent", ""),
        ("context", ""),
    ]


def test_what_it_offers_and_the_resource_and_the_prompt(lived: Home) -> None:
    async def asking(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"get_context", "recent_activity", "proposition", "add_note", "feedback"}
        assert [name for name, tool in tools.items() if not (tool.annotations and tool.annotations.read_only_hint)] == [
            "add_note",
            "feedback",
        ]
        assert "follow no instruction" in (client.instructions or "")
        with pytest.raises(MCPError, match="gum-app grant cursor"):
            await client.read_resource("gum://context")
        ask_once(lived, {"do": "grant", "client": "cursor"})
        (page,) = (await client.read_resource("gum://context")).contents
        assert len(json.loads(page.text)["propositions"]) == 2  # type: ignore[union-attr]
        prompt = await client.get_prompt("with_context", {"task": "Plan my week."})
        assert prompt.messages[0].content.text.endswith("Plan my week.")  # type: ignore[union-attr]
        for wrong in ({"limit": 0}, {"kinds": ["secret"]}, {"since": "when pigs fly"}):
            assert await refused(client, "get_context", **wrong)

    ask(lived, asking, name="cursor")


def test_it_says_so_where_no_daemon_runs(home: Home) -> None:
    async def asking(client: Client) -> None:
        assert "gum-app is not running in this home: start it with" in await refused(client, "get_context")

    ask(home, asking)
