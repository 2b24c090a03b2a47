"""A real screen, real programs, the started app: what they showed becomes statements about a person in two minutes."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.world.keys import make_key
from tests.desktop import Desktop, skip_without, until

VISIT_SECONDS = 12.0  # less than eight is a glance, from which nothing is concluded
MOST_ROUNDS = 5  # of two visits each: two minutes
WORDS = "Plant the birches before winter. "


@pytest.mark.desktop
def test_two_minutes_of_work_become_statements_with_evidence_in_the_window(tmp_path: Path) -> None:
    skip_without("trayer", "mousepad")
    home = Home(tmp_path / "gum")
    home.prepare()
    key = make_key(home, "file")
    garden = tmp_path / "garden.txt"
    garden.write_text("", encoding="utf-8")
    with Desktop(tray=True) as desk:
        app = desk.spawn(sys.executable, "-m", "gum_app", "--home", str(home.root), more_env={"QT_QPA_PLATFORM": "xcb"})
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        assert ask_once(home, {"do": "status"})["state"] == "needs_consent", "nothing is watched before Start"
        ask_once(home, {"do": "start", "name": "", "start_at_login": False})
        window = desk.wait_window("--name", "^gum-app$")
        desk.xdo("windowminimize", window)
        desk.spawn("mousepad", str(garden))
        editor = desk.wait_window("--name", "garden.txt")
        with (
            desk.xterm("nursery", "-e", "bash", "--norc") as terminal,
            closing(ReadingStore(home.database, key)) as store,
        ):

            def is_enough() -> bool:
                return store.count_propositions(PropositionQuery()) >= 3

            for _ in range(MOST_ROUNDS):
                if is_enough():
                    break
                for each, typed in ((editor, WORDS), (terminal, "ordr birches\n")):
                    _work(desk, each, typed)
            until(is_enough, "three propositions after two minutes of work")
            rows = store.propositions(PropositionQuery(), now=store.observations(limit=1)[0].ended_at)
            beliefs = [belief for row in rows if (belief := store.proposition(row.id)) is not None]
            assert all(belief.evidence for belief in beliefs)
            assert any("garden.txt" in belief.text for belief in beliefs)
            assert not any("gum-app" in item.quote for belief in beliefs for item in belief.evidence)
        assert ask_once(home, {"do": "status"})["state"] in ("watching", "private")
        ask_once(home, {"do": "quit"})
        until(lambda: not home.link_address.exists() or app.poll() is not None, "the end of the daemon")


def _work(desk: Desktop, window: int, typed: str) -> None:
    """Go to a window and type there for some seconds, as people do."""
    desk.xdo("windowactivate", "--sync", window)
    end = time.monotonic() + VISIT_SECONDS
    while time.monotonic() < end:
        desk.xdo("type", "--delay", 100, typed)
