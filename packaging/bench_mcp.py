"""How long an assistant waits for context: `PYTHONPATH=. uv run python packaging/bench_mcp.py [PROPOSITIONS [CALLS]]`.

The real daemon and the real `gum-app mcp`, asked by the SDK's own client, one call after the other; then, whether each
of the answers is listed, and whether a program that is sent away is told anything more.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
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


async def ask(home: Home, calls: int, propositions: int) -> None:
    command = ["-m", "gum_app", "--home", str(home.root), "mcp", "--name", NAME]
    begun = time.perf_counter()
    async with Client(
        StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ)), read_timeout_seconds=30
    ) as client:
        print(f"connected after {time.perf_counter() - begun:.1f} s, protocol {client.protocol_version}")
        took: list[float] = []
        for n in range(calls):
            at = time.perf_counter()
            told = await client.call_tool("get_context", {"query": f"project {n % propositions}"})
            took.append((time.perf_counter() - at) * 1000)
            assert not told.is_error, told.content
        took.sort()
        print(
            f"{calls} calls: median {took[calls // 2]:.0f} ms, 99 % {took[calls * 99 // 100]:.0f}, worst {took[-1]:.0f}"
        )
        ask_once(home, {"do": "revoke", "client": NAME})
        refused = [(await client.call_tool("get_context", {})).is_error for _ in range(10)]
        print(f"after it was sent away {sum(refused)} of {len(refused)} calls are refused")


def main(propositions: int = 1000, calls: int = 1000) -> int:
    with tempfile.TemporaryDirectory() as folder:
        home, now = Home(Path(folder) / "home"), SystemClock().now()
        home.prepare()
        key = keys.make_key(home, "file")
        store = Store(home.database, key, fold=fold)
        with store.transaction():
            for n in range(propositions):
                store.add_revisions([a_revision(text=f"Works on project {n} of the router.", topic=f"t{n}", at=now)])
        store.close()
        with OwnDaemon(home):
            until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon", 30.0)
            ask_once(home, {"do": "grant", "client": NAME, "days": 30})
            asyncio.run(ask(home, calls, propositions))
            with ReadingStore(home.database, key) as reading:
                print(f"{len(reading.disclosures(limit=2 * calls))} answers are listed")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
