"""Taking gum-app away again. Only what carries our names is removed: a home may have been put among other things."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import platformdirs

from gum_app import engine
from gum_app.catalogue import load_catalogue
from gum_app.daemon.lock import HomeLock
from gum_app.errors import BadInput, GumError, HomeUnusable, KeyLocked
from gum_app.link import address_of
from gum_app.paths import Home, usual_home
from gum_app.store.reading import ReadingStore
from gum_app.world import keys
from gum_app.world.endpoint_key import drop_api_key
from gum_app.world.login_item import login_item
from gum_app.world.shelf import Shelf

Sentences = list[str]

MARKS = ("gum.db", "key.json", "link.key", "daemon.lock")  # a folder without any of these is none of ours
OURS = ("gum.db*", "key.json", ".key-*", "link.*", "window.lock*", "show-window", ".writable", "daemon.lock")
OUR_FOLDERS = {
    "logs": ("*.log*", "*.faults"),
    "crashes": ("crash-*.txt",),
    "models": ("files.json",),
    "outbox": ("*.txt", "*.md"),
}


def remove_login_item(home: Home) -> Sentences:
    """No longer started at login; everything else stays."""
    removed = login_item().turn_off(home)
    return ["gum-app no longer starts when you log in." if removed else "gum-app was not started at login."]


def purge(home: Home) -> Sentences:
    """Every trace of this home: data, key, logs, reports, the entry at login. Says what went, and what could not.

    Raises BadInput for a folder that is not a home, AlreadyRunning, HomeUnusable.
    """
    done = remove_login_item(home)
    if home.root.exists():
        if not any((home.root / mark).exists() for mark in MARKS):
            raise BadInput(f"{home.root} is not a folder of gum-app: nothing in it was removed.")
        with HomeLock(home):
            done += _remove_server_key(home)
            done += _remove_key(home)
            done += _remove_home(home)
    else:
        done.append(f"There was no data in {home.root}.")
    if home == usual_home():
        done += _remove_caches()
    return done


def _remove_server_key(home: Home) -> Sentences:
    """It lies in the keyring too, and which server it is for is known to the database alone: before that is gone."""
    if not home.database.exists():
        return []
    try:
        with ReadingStore(home.database, keys.open_key(home)) as store:
            settings = store.settings()
        if not settings.endpoint_has_key:
            return []
        drop_api_key(home, settings.endpoint_url)
    except GumError:
        return ["If you gave gum-app the API key of a server, it is still in your keyring, under the name gum-app."]
    return ["The API key of the server is gone from your keyring."]


def _remove_key(home: Home) -> Sentences:
    """The key first: from then on the database opens for nobody, whatever else fails."""
    if not home.key_file.exists():
        return []
    try:
        keys.forget_key(home)
    except KeyLocked as trouble:
        return [f"{trouble} The key is still in the keyring, under the name gum-app; it opens nothing any more."]
    return ["The key of the database is gone."]


def _remove_home(home: Home) -> Sentences:
    _remove_models(home)
    try:
        socket = Path(address_of(home))
        for path in [*_ours(home), socket]:
            path.unlink(missing_ok=True)
        for folder in (*(home.root / name for name in OUR_FOLDERS), home.root, socket.parent):
            with suppress(OSError):  # not empty, or gone already
                folder.rmdir()
    except OSError as error:
        raise HomeUnusable(f"{home.root} could not be removed ({error.strerror}): see that it is yours.") from error
    if not home.root.exists():
        return [f"{home.root} is gone, with all that was known, and its logs and reports."]
    left = ", ".join(sorted(path.name for path in home.root.iterdir()))
    return [f"All that was known is gone. {home.root} stays, for this in it is not gum-app's: {left}."]


def _remove_models(home: Home) -> None:
    """Those that were fetched, and what runs them; files of the person's own lie elsewhere and stay."""
    catalogue = load_catalogue()
    shelf = Shelf(home.models, catalogue)
    for entry in catalogue.entries:
        shelf.delete(entry.id)
    engine.remove(home)


def _ours(home: Home) -> Iterator[Path]:
    """A mark comes last: a purge that was cut short can be run again."""
    for name, patterns in OUR_FOLDERS.items():
        for pattern in patterns:
            yield from (home.root / name).glob(pattern)
    for pattern in OURS:
        yield from home.root.glob(pattern)


def _remove_caches() -> Sentences:
    """What libraries may have kept under our name."""
    kinds = (platformdirs.user_cache_dir, platformdirs.user_config_dir, platformdirs.user_state_dir)
    gone = []
    for folder in {Path(kind("gum-app", appauthor=False)) for kind in kinds}:
        if folder.is_dir():
            shutil.rmtree(folder)
            gone.append(f"{folder} is gone.")
    return sorted(gone)
