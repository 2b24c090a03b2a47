"""What the tests of the windows share: a made-up life, copied for each test, and a small daemon that answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.ui.asking import Asker, Reader
from gum_app.ui.deeds import Deeds
from gum_app.ui.theme import dress
from tests.desktop import PATIENCE_SECONDS
from tests.ui.answering import Answering, served
from tests.ui.life import KEY, fill


@pytest.fixture(autouse=True, scope="session")
def _patient_windows() -> Iterator[None]:
    """By itself pytest-qt waits for five seconds, which is little where several tests run at a time."""
    with pytest.MonkeyPatch.context() as patched:
        for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
            defaults = (wait.__kwdefaults__ or {}) | {"timeout": int(PATIENCE_SECONDS * 1000)}
            patched.setattr(wait, "__kwdefaults__", defaults)
        yield


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the made-up life, made once."""
    home = Home(tmp_path_factory.mktemp("life") / "gum")
    home.prepare()
    fill(home)
    return home.database


@pytest.fixture
def lived(home: Home, filled: Path) -> Home:
    """A home of its own with the made-up life in it."""
    shutil.copyfile(filled, home.database)
    return home


@pytest.fixture(autouse=True)
def _dressed(qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    dress(qapp, "light")


@dataclass
class World:
    home: Home
    answering: Answering
    reader: Reader
    asker: Asker
    deeds: Deeds


@pytest.fixture
def world(lived: Home, qtbot: QtBot) -> Iterator[World]:
    """The life, the daemon that answers for it, and what the windows read and ask with."""
    with served(lived) as answering:
        asker = Asker(lived)
        reader = Reader(lived, KEY)
        yield World(home=lived, answering=answering, reader=reader, asker=asker, deeds=Deeds(asker))
        asker.close()
        reader.close()
    assert qtbot is not None


@pytest.fixture
def answering(lived: Home) -> Iterator[Answering]:
    with served(lived) as one:
        yield one
