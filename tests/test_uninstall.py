from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app import logs, uninstall
from gum_app.catalogue import load_catalogue
from gum_app.daemon.lock import HomeLock
from gum_app.daemon.outbox import write_new
from gum_app.errors import AlreadyRunning, BadInput, KeyMissing
from gum_app.link import address_of
from gum_app.paths import Home, usual_home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from gum_app.world.chests import How, chest_for
from gum_app.world.endpoint_key import api_key, keep_api_key
from gum_app.world.login_item import login_item
from tests.engines import an_engine
from tests.world.keyrings import a_keyring


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        yield


def lived_in(home: Home, how: How = "file") -> Home:
    """A home with one of everything that the app writes."""
    home.prepare()
    keys.make_key(home, how)
    for name in ("gum.db", "gum.db-wal", "gum.db-shm", "link.key", "daemon.lock", "window.lock", "show-window"):
        (home.root / name).write_bytes(b"noise")
    for name in ("daemon.log", "daemon.log.1", "daemon.faults"):
        (home.logs / name).write_text("a line\n", encoding="utf-8")
    model = home.models / load_catalogue().entries[0].id
    model.mkdir(parents=True)
    (model / "weights.gguf").write_bytes(b"noise")
    an_engine(home.engine)
    write_new(home.outbox, "Keys.txt", "Dear Ann")
    logs.report_crash(home, "daemon", ValueError(), thread="thinker")
    Path(address_of(home)).touch()
    login_item().turn_on(home)
    return home


def everything_of_the_person(tmp_path: Path) -> set[Path]:
    return set((tmp_path / "person").rglob("*"))


@pytest.mark.usefixtures("keyring")
def test_after_a_purge_no_trace_is_left(tmp_path: Path) -> None:
    before = everything_of_the_person(tmp_path)
    home = lived_in(usual_home(), "keyring")
    cache = tmp_path / "person" / "xdg_cache_home" / "gum-app"
    (cache / "pictures").mkdir(parents=True)
    entry = keys._read(home)
    assert entry is not None

    said = uninstall.purge(home)

    assert everything_of_the_person(tmp_path) == before
    with pytest.raises(KeyMissing):
        chest_for("keyring", None, 20).take(entry)
    assert said == [
        "gum-app no longer starts when you log in.",
        "If you gave gum-app the API key of a server, it is still in your keyring, under the name gum-app.",
        "The key of the database is gone.",
        f"{home.root} is gone, with all that was known, and its logs and reports.",
        f"{cache} is gone.",
    ]


@pytest.mark.usefixtures("keyring")
def test_the_key_of_a_server_leaves_the_keyring_too(home: Home) -> None:
    url = "https://gpu.example.org/v1"
    home.prepare()
    with Store(home.database, keys.make_key(home, "file"), fold=fold) as store:
        store.put_setting("endpoint_url", url)
        store.put_setting("endpoint_has_key", True)
    keep_api_key(home, url, "sk-1")
    assert "The API key of the server is gone from your keyring." in uninstall.purge(home)
    assert api_key(home, url) == ""
    assert not home.root.exists()


def test_purging_one_home_leaves_the_others_alone(home: Home) -> None:
    other = lived_in(usual_home())
    kept = set(other.root.rglob("*"))
    uninstall.purge(lived_in(home))
    assert not home.root.exists()
    assert set(other.root.rglob("*")) == kept
    assert login_item().is_on(other)


def test_a_folder_that_is_no_home_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "logs").mkdir(parents=True)
    (folder / "logs" / "work.log").touch()
    with pytest.raises(BadInput, match="not a folder of gum-app"):
        uninstall.purge(Home(folder))
    assert (folder / "logs" / "work.log").exists()


def test_what_is_not_ours_stays_and_is_named(home: Home) -> None:
    lived_in(home)
    (home.root / "letter.odt").touch()
    (home.logs / "diary.txt").touch()
    said = uninstall.purge(home)
    assert {path.name for path in home.root.rglob("*")} == {"letter.odt", "logs", "diary.txt"}
    assert said[-1].endswith("letter.odt, logs.")


def test_a_running_daemon_is_not_robbed_of_its_home(home: Home) -> None:
    lived_in(home)
    with HomeLock(home), pytest.raises(AlreadyRunning):
        uninstall.purge(home)
    assert home.database.exists()
    assert home.key_file.exists()


def test_a_keyring_out_of_reach_is_said_and_the_rest_goes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_keyring(unlocked=True) as environment:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environment["DBUS_SESSION_BUS_ADDRESS"])
        lived_in(home, "keyring")
    said = uninstall.purge(home)
    assert not home.root.exists()
    assert any("still in the keyring" in sentence for sentence in said)


def test_a_home_whose_path_is_too_long_for_a_socket_leaves_nothing_elsewhere(
    home: Home, short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(short_folder))
    home = lived_in(Home(home.root / ("long" * 30)))
    socket = Path(address_of(home))
    assert socket.parent.parent == short_folder
    uninstall.purge(home)
    assert not socket.parent.exists()


def test_purging_twice_is_no_error() -> None:
    uninstall.purge(lived_in(usual_home()))
    assert uninstall.purge(usual_home()) == [
        "gum-app was not started at login.",
        f"There was no data in {usual_home().root}.",
    ]


def test_without_purge_only_the_entry_at_login_goes() -> None:
    home = lived_in(usual_home())
    kept = set(home.root.rglob("*"))
    assert uninstall.remove_login_item(home) == ["gum-app no longer starts when you log in."]
    assert set(home.root.rglob("*")) == kept
    assert uninstall.remove_login_item(home) == ["gum-app was not started at login."]


def test_a_home_that_never_had_a_key_is_purged_without_speaking_of_one(home: Home) -> None:
    home.lock_file.touch()
    said = uninstall.purge(home)
    assert not home.root.exists()
    assert not any("key" in sentence for sentence in said)
