"""How long an assistant waits for context: `PYTHONPATH=. uv run python packaging/bench_mcp.py [PROPOSITIONS [CALLS]]`.

The real daemon and the real `gum-app mcp`, asked by the SDK's own client, one call after the other; then the same with
the names of 200 people under pseudonyms. Whether each of the answers is listed, and whether a program that is sent away
while it asks is told anything more.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mcp import Client, StdioServerParameters  # noqa: E402 - found only after the path is set

from gum_app.clock import SystemClock  # noqa: E402
from gum_app.link import ask_once  # noqa: E402
from gum_app.own_daemon import OwnDaemon, answers  # noqa: E402
from gum_app.paths import Home  # noqa: E402
from gum_app.rules.revisions import fold  # noqa: E402
from gum_app.store.reading import ReadingStore  # noqa: E402
from gum_app.store.store import Store  # noqa: E402
from gum_app.world import keys  # noqa: E402
from tests.builders import a_revision  # noqa: E402
from tests.desktop import until  # noqa: E402

NAME = "bench"
PEOPLE = 200
FIRST = ("Anna", "Bo", "Chidi", "Dagny", "Emre", "Fatima", "Goran", "Hana", "Ines", "Jun")
LAST = ("Okafor", "Lindqvist", "Moreau", "Novak", "Petrov", "Quist", "Rahman", "Sato", "Tamm", "Ueda")


def person(number: int) -> str:
    return f"{FIRST[number % 10]} {LAST[number // 10 % 10]}{'son' if number >= 100 else ''}"


async def ask(calls: int, propositions: int, client: Client) -> None:
    took: list[float] = []
    for n in range(calls):
        at = time.perf_counter()
        told = await client.call_tool("get_context", {"query": f"project {n % propositions}"})
        took.append((time.perf_counter() - at) * 1000)
        assert not told.is_error, told.content
    took.sort()
    print(f"{calls} calls: median {took[calls // 2]:.0f} ms, 99 % {took[calls * 99 // 100]:.0f}, worst {took[-1]:.0f}")


async def revoked_in_the_midst(home: Home, client: Client) -> int:
    """How many were still answered while it was being sent away. Whatever begins afterwards is refused."""
    begun: list[tuple[float, bool]] = []
    over = asyncio.Event()

    async def keep_asking() -> None:
        while not over.is_set():
            at = time.perf_counter()
            begun.append((at, (await client.call_tool("get_context", {"query": "project 7"})).is_error))

    asking = [asyncio.create_task(keep_asking()) for _ in range(4)]
    while len(begun) < 20:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(ask_once, home, {"do": "revoke", "client": NAME})
    revoked_at = time.perf_counter()
    count = len(begun)
    while len(begun) < count + 20:
        await asyncio.sleep(0.01)
    over.set()
    await asyncio.gather(*asking)
    after = [refused for at, refused in begun if at > revoked_at]
    print(f"sent away while four asked at once: of {len(after)} calls begun afterwards {sum(after)} are refused")
    return sum(not refused for _, refused in begun)


async def bench(home: Home, calls: int, propositions: int, count: Callable[[], int]) -> None:
    command = ["-m", "gum_app", "--home", str(home.root), "mcp", "--name", NAME]
    server = StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))
    began = time.perf_counter()
    async with Client(server, read_timeout_seconds=60) as client:
        print(f"connected after {time.perf_counter() - began:.1f} s, protocol {client.protocol_version}")
        answered = 0
        for pseudonyms in (False, True):
            print(f"{PEOPLE} people under pseudonyms:" if pseudonyms else "people by name:")
            ask_once(home, {"do": "grant", "client": NAME, "days": 30, "pseudonyms": pseudonyms})
            await ask(calls, propositions, client)
            answered += calls
        answered += await revoked_in_the_midst(home, client)
        print(f"{count()} answers are listed, of {answered}")


def fill(store: Store, propositions: int, now: datetime) -> None:
    with store.transaction():
        for n in range(propositions):
            text = f"Works on project {n} of the router with {person(n % PEOPLE)}."
            store.add_revisions([a_revision(text=text, topic=f"t{n}", at=now)])
        for n in range(PEOPLE):
            text, kind = f"Writes with {person(n)} (Slack).", "relationship"
            store.add_revisions([a_revision(text=text, topic=f"p{n}", proposition_kind=kind, at=now)])


def main(propositions: int = 1000, calls: int = 1000) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home, now = Home(Path(folder) / "home"), SystemClock().now()
        home.prepare()
        key = keys.make_key(home, "file")
        with Store(home.database, key, fold=fold) as store:
            fill(store, propositions, now)
        with OwnDaemon(home):
            until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon", 30.0)
            with ReadingStore(home.database, key) as reading:
                asyncio.run(bench(home, calls, propositions, lambda: len(reading.disclosures(limit=4 * calls))))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
