"""What can be wrong with a machine costs one sentence that says what to do: no traceback, and nothing that is kept."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from gum_app import commands
from gum_app.clock import SystemClock
from gum_app.errors import GumError
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision, an_observation, some_evidence
from tests.daemon.days import Day
from tests.desktop import until
from tests.stories.processes import a_home, command, one_sentence, run

pytestmark = pytest.mark.usefixtures("hooks_put_back")

COMMANDS = ("propositions", "observations", "skips", "note x", "say 1 right", "forget --all --yes", "inspect 1")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Many windows, and nothing to read."""
    day = Day(tmp_path_factory.mktemp("recording") / "day").event("unlock")
    for number in range(30):
        title = f"report {number}.odt — LibreOffice Writer"
        day.window("libreoffice-writer", title).work(60)
    return day.event("lock")


@pytest.fixture(scope="module")
def lived_once(tmp_path_factory: pytest.TempPathFactory, day: Day) -> Home:
    home = a_home(tmp_path_factory.mktemp("lived"))
    assert run(home, "replay", day.folder).returncode == 0
    return home


@pytest.fixture
def lived(tmp_path: Path, lived_once: Home) -> Home:
    """A copy of it, to be harmed."""
    return Home(copytree(lived_once.root, tmp_path / "gum"))


@contextmanager
def opened(home: Home) -> Iterator[Store]:
    store = Store(home.database, keys.open_key(home), fold=fold)
    yield store
    store.close()


# The home


@pytest.mark.parametrize("arguments", ["replay {day}", "daemon --headless", "daemon"])
def test_a_home_that_cannot_be_used(tmp_path: Path, day: Day, arguments: str) -> None:
    (tmp_path / "file").touch()
    home = Home(tmp_path / "file" / "gum")
    done = run(home, *arguments.format(day=day.folder).split())
    (sentence,) = [line for line in done.stderr.splitlines() if "WITHOUT A TRAY" not in line]
    assert sentence.endswith("make it writable for you, or choose another with --home.")
    assert done.returncode == 1


def test_a_second_one_in_the_same_home(lived: Home, day: Day) -> None:
    with subprocess.Popen(command(lived, "daemon")) as first:
        until(lambda: answers(lived) and "state" in ask_once(lived, {"do": "status"}), "the daemon")
        for arguments in (["daemon"], ["replay", str(day.folder)]):
            assert "use that one, or choose another folder" in one_sentence(run(lived, *arguments))
        assert run(lived, "status").returncode == 0, "the first one has not noticed"
        ask_once(lived, {"do": "quit"})
        assert first.wait(60) == 0


# The database and its key


def tear(home: Home) -> None:
    """A block in the middle was overwritten by something else."""
    with home.database.open("r+b") as file:
        file.seek(8 * 4096 + 100)
        file.write(b"x" * 20_000)
    home.database.with_name("gum.db-wal").unlink(missing_ok=True)


def cut(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:5000])


def overwrite(home: Home) -> None:
    home.database.write_bytes(b"something else altogether")


def take_the_key_of_another_home(home: Home) -> None:
    other = a_home(home.root.parent / "other")
    keys.make_key(other, "file")
    home.key_file.write_bytes(other.key_file.read_bytes())


def lose_the_key(home: Home) -> None:
    home.key_file.unlink()


def break_the_key(home: Home) -> None:
    home.key_file.write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (cut, "damaged"),
        (overwrite, "damaged"),
        (take_the_key_of_another_home, "does not open"),
        (lose_the_key, "No key has been chosen"),
        (break_the_key, "key.json is damaged"),
    ],
)
def test_a_database_that_does_not_open(lived: Home, day: Day, harm: Callable[[Home], None], says: str) -> None:
    harm(lived)
    assert says in one_sentence(run(lived, "propositions"))
    for arguments in ("note x", f"replay {day.folder}"):
        with pytest.raises(GumError, match=says):
            commands.run(["--home", str(lived.root), *arguments.split()])


def test_a_database_that_is_torn_inside(lived: Home) -> None:
    """Not every command comes across the torn pages; each that does says so, and none shows a traceback."""
    tear(lived)
    told = []
    for arguments in COMMANDS:
        try:
            commands.run(["--home", str(lived.root), *arguments.split()])
        except GumError as error:
            told.append(str(error))
    assert any("damaged" in sentence for sentence in told)


# The disk


def no_file_larger_than(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_a_full_disk_stops_a_replay_in_a_sentence_and_with_room_it_goes_on(tmp_path: Path, day: Day) -> None:
    home = a_home(tmp_path / "gum")
    keys.make_key(home, "file")
    with opened(home):
        pass
    size = home.database.stat().st_size
    sentence = one_sentence(run(home, "replay", day.folder, preexec_fn=no_file_larger_than(size + 30_000)))
    assert "room" in sentence or "limit" in sentence
    with opened(home) as store:
        assert store.integrity() == []
        assert 0 < store.position() < 100
    assert run(home, "replay", day.folder).returncode == 0
    with opened(home) as store:
        assert len(store.observations()) == 30
        assert store.integrity() == []


def test_a_full_disk_refuses_an_export_whole(lived: Home, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    sentence = one_sentence(run(lived, "export", file, preexec_fn=no_file_larger_than(5_000)))
    assert str(file) in sentence or "limit" in sentence
    assert not file.exists()


# The clock


def test_a_recording_whose_time_goes_back(tmp_path: Path) -> None:
    day = Day(tmp_path / "day").window("editor", "plan.md").work(200)
    events = day.folder / "events.jsonl"
    rows = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    rows[5]["at"] = "2020-01-01T00:00:00+00:00"
    events.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert "line 6: the time goes back" in one_sentence(run(a_home(tmp_path / "gum"), "replay", day.folder))


def test_a_home_from_the_future_is_read_and_forgotten_like_any_other(tmp_path: Path) -> None:
    """The clock was put back after it was lived in."""
    home = a_home(tmp_path / "gum")
    keys.make_key(home, "file")
    later = SystemClock().now() + timedelta(days=3)
    with opened(home) as store:
        seen = an_observation(started_at=later, ended_at=later, text="I would love some tea")
        store.close_observation(store.open_observation(seen))
        store.add_revisions([a_revision(at=later, evidence=(some_evidence(at=later),))])
    assert "A page" in run(home, "observations").stdout
    (belief,) = json.loads(run(home, "propositions", "--json").stdout)
    assert belief["freshness"] == 1.0
    assert "1 observation" in run(home, "forget", "--last", "10m", "--yes").stdout
    assert run(home, "observations").stdout == "", "the last ten minutes, and whatever claims to be later"
