"""An answer of this program that stands on the screen, in a terminal or where it was pasted, is evidence of nothing."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from textwrap import wrap

import pytest

from gum_app.clock import SystemClock
from gum_app.daemon.daemon import Daemon
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.settings import ENDPOINT
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import an_observation
from tests.daemon.running import running
from tests.desktop import until
from tests.test_commands import Run, lived, run  # noqa: F401 - fixtures
from tests.world.openai_double import OpenAiDouble

SAYS = """Twice this stood there [1]:
error: Export failed: no space left on device
You wrote: I prefer the train to the car."""
NEW = "error: Upload failed: the network is unreachable"  # stands beside the answer, and is the person's own trouble
TIMES = 5  # so often an error is a struggle


@pytest.mark.usefixtures("hooks_put_back")
def test_an_answer_on_the_screen_is_no_evidence(run: Run, lived: Home) -> None:
    with OpenAiDouble() as double:
        double.answers = lambda _body: SAYS
        with closing(Store(lived.database, keys.open_key(lived), fold=fold)) as store:
            for name, value in (("endpoint_url", double.url), ("endpoint_model", "tiny"), ("model", ENDPOINT)):
                store.put_setting(name, value)
        with running(Daemon(lived)) as daemon:
            until(lambda: answers(lived) and ask_once(lived, {"do": "status"})["key"] == "ready", "the daemon")
            until(lambda: bool(ask_once(lived, {"do": "chat_context", "text": "router?"})["model"]), "the model")
            printed = run("ask", "What", "goes", "wrong?")
            assert "Export failed" in printed
            scrolled = [row for line in printed.splitlines()[1:4] for row in wrap(line, 36)]
            with closing(Store(lived.database, keys.open_key(lived), fold=fold)) as store, daemon.room.pen:
                for number in range(TIMES):
                    see(store, number, "xterm", "anna@heron: ~", [*scrolled, NEW])
                    see(store, number, "mousepad", "pasted.txt - Mousepad", SAYS.splitlines())
            daemon.room.something_to_think_about.set()
            until(lambda: ask_once(lived, {"do": "status"})["undigested"] == 0, "all is thought about")
        with closing(Store(lived.database, keys.open_key(lived), fold=fold)) as store:
            texts = [row.text for row in store.propositions(PropositionQuery(), now=SystemClock().now())]
    assert any("Upload failed" in text for text in texts), "what stands beside it is understood as ever"
    assert any("pasted.txt" in text for text in texts)
    assert not any(words in text for text in texts for words in ("Export failed", "train"))


def see(store: Store, number: int, app: str, title: str, rows: list[str]) -> None:
    at = SystemClock().now() - timedelta(hours=number + 1)
    more = {"started_at": at, "ended_at": at + timedelta(minutes=10), "active_seconds": 600.0, "keys": 900}
    id_ = store.open_observation(
        an_observation(source="window", app=app, title=title, text="\n".join(rows), **more)  # type: ignore[arg-type]
    )
    store.close_observation(id_)
