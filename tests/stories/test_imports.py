"""Files of three other programs are brought in by the real program, while its real daemon runs; it thinks about them
like about what it sees, and forgets each as a whole. And it is killed in the midst.
"""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.clock import SystemClock
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world import keys
from tests.brought import WEEK_EPISODES, a_calendar, a_gum_db, a_week_of_work, an_entry
from tests.desktop import until
from tests.stories.asked import SECONDS, a_daemon
from tests.stories.processes import a_home, command, run
from tests.stories.test_nothing_private import texts_of


@pytest.fixture
def own_home(short_folder: Path) -> Home:
    home = a_home(short_folder / "home")
    keys.make_key(home, "file")
    return home


def files(folder: Path) -> list[Path]:
    now = SystemClock().now()
    ahead = now + timedelta(days=20)
    return [
        a_week_of_work(folder / "aw.json", now),
        a_gum_db(
            folder / "gum.db",
            ["Ada King prefers zanzibar tea over coffee.", "Ada King uses Vim.", "Ada King is addicted to gambling."],
            at=now - timedelta(days=2),
        ),
        a_calendar(
            folder / "work.ics",
            an_entry("a", "Conference in Ludlow", f";VALUE=DATE:{ahead:%Y%m%d}"),
            an_entry(
                "b", "Standup", f";TZID=Europe/Berlin:{now - timedelta(days=21):%Y%m%d}T100000", "RRULE:FREQ=WEEKLY"
            ),
        ),
    ]


def believed(home: Home) -> dict[str, float]:
    with ReadingStore(home.database, keys.open_key(home)) as store:
        found = store.propositions(PropositionQuery(), now=SystemClock().now(), limit=1000)
        return {row.text: row.confidence for row in found}


def test_three_programs_are_brought_in_thought_about_and_taken_back(own_home: Home, tmp_path: Path) -> None:
    with a_daemon(own_home):
        for path in files(tmp_path):
            came = run(own_home, "import", path, "--yes", "--json")
            assert came.returncode == 0, came.stderr
            assert json.loads(came.stdout)["id"] is not None

        def is_thought_about() -> bool:
            return bool(ask_once(own_home, {"do": "status"})["undigested"] == 0)

        until(is_thought_about, "all is thought about", SECONDS)
        found = believed(own_home)
        assert any("parcel-router" in text for text in found)
        assert any("“Conference in Ludlow” in the calendar on" in text for text in found)
        assert any("“Standup” in the calendar every" in text for text in found)
        claims = {text: sure for text, sure in found.items() if text.startswith("The program gum claims: ")}
        assert len(claims) == 2 and all(sure < 0.5 for sure in claims.values())
        everything = "\n".join(texts_of(own_home))
        assert "gambling" not in everything and "Bank of Nowhere" not in everything
        assert "zanzibar tea" in everything
        assert "A transcript with" not in everything, "words of screens of which no window is known"

        assert run(own_home, "forget", "--import", "2", "--yes").returncode == 0
        assert "zanzibar" not in "\n".join(texts_of(own_home))
        for number in (1, 3):
            assert run(own_home, "forget", "--import", number, "--yes").returncode == 0
        assert believed(own_home) == {}
        assert ask_once(own_home, {"do": "imports"}) == {"imports": []}


def test_killed_in_the_midst_it_leaves_whole_batches_and_goes_on(own_home: Home, tmp_path: Path) -> None:
    path = a_week_of_work(tmp_path / "aw.json", SystemClock().now())
    slow = (
        "import sys\nfrom gum_app.daemon import importer\nfrom gum_app.__main__ import main\n"
        "importer.BATCH = 7\n"
        "usual = importer.Importer._write\n"
        "def write(self, batch):\n"
        "    came = usual(self, batch)\n"
        "    print('written', file=sys.stderr, flush=True)\n"
        "    sys.stdin.readline()\n"
        "    return came\n"
        "importer.Importer._write = write\nsys.exit(main())\n"
    )
    arguments = [command(own_home)[0], "-c", slow, "--home", str(own_home.root), "import", str(path), "--yes"]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stderr is not None
        for _ in range(3):  # goes on after each batch that it is told to go on
            assert process.stderr.readline() == "written\n"
            process.stdin.write("\n")
            process.stdin.flush()
        process.kill()
    assert not answers(own_home)
    with Store(own_home.database, keys.open_key(own_home), fold=fold) as store:
        (stopped,) = store.imports()
        assert stopped.ended_at is None and 7 < stopped.kept < WEEK_EPISODES
        assert len(store.observations(limit=1000)) == stopped.kept
    came = json.loads(run(own_home, "import", path, "--yes", "--json").stdout)
    assert came["id"] == stopped.id and came["new"] == WEEK_EPISODES - stopped.kept
    with Store(own_home.database, keys.open_key(own_home), fold=fold) as store:
        starts = [seen.started_at for seen in store.observations(limit=1000)]
        assert len(starts) == len(set(starts)) == WEEK_EPISODES
        assert store.integrity() == []
