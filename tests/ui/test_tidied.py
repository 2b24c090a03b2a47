"""What was tidied, as a sentence and as a list in which each change can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PropositionId
from gum_app.rules.merging import merged
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.tidied import Entry, TidiedDialog, TidiedNote, look_up_tidied, told
from tests.builders import a_revision
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW

NIGHT = NOW.replace(hour=3)


@pytest.fixture
def tidy_world(world: World) -> World:
    """One merged and one set aside, in the night."""
    with Store(world.home.database, KEY, fold=fold) as store:
        one, two = (store.proposition(PropositionId(n)) for n in (1, 2))
        assert one is not None
        assert two is not None
        store.add_together(merged(one, two, why="They say the same.", made_by="rule:tidying", at=NIGHT))
        store.add_together(
            [
                a_revision(
                    "retired",
                    proposition_id=PropositionId(3),
                    made_by="rule:tidying",
                    at=NIGHT,
                    text="Had a meeting.",
                    why="Its day is over.",
                )
            ]
        )
        store.put_tidied_at(NIGHT)
    return world


def test_one_sentence_says_what_was_done_and_when(tidy_world: World) -> None:
    with Store(tidy_world.home.database, KEY, fold=fold) as store:
        entries = look_up_tidied(store, NOW)
        assert told(entries, NOW) == "Tidied last night: 1 merged, 1 set aside"
        assert entries[0].sentence == "Set aside: “Had a meeting.”"
        assert entries[1].sentence.startswith("Merged “") and "” into “" in entries[1].sentence
        assert look_up_tidied(store, NOW + timedelta(days=9)) == (), "that is no news any more"
        assert look_up_tidied(store, NIGHT - timedelta(days=1)) == (), "the clock jumped back"


def test_by_day_it_says_when() -> None:
    entry = Entry(deed=1, at=NOW.replace(hour=14, minute=5), is_merge=True, sentence="", why="")
    assert told([entry], NOW) == "Tidied 14:05: 1 merged"
    assert told([], NOW) == ""


def test_the_note_shows_itself_only_when_there_is_something(tidy_world: World, qtbot: QtBot) -> None:
    note = TidiedNote(tidy_world.reader, tidy_world.deeds, lambda: NOW)
    qtbot.addWidget(note)
    qtbot.waitUntil(lambda: bool(note.text()))
    dialog = note.open()
    qtbot.addWidget(dialog)
    assert len(dialog.undos) == 2
    deed = note.entries[0].deed
    with qtbot.waitSignal(tidy_world.deeds.done):
        dialog.undos[deed].click()
    assert dialog.undos[deed].text() == "Taken back"
    note.refresh()
    qtbot.waitUntil(lambda: note.text() == "Tidied last night: 1 merged")


def test_nothing_tidied_is_nothing_said(world: World, qtbot: QtBot) -> None:
    note = TidiedNote(world.reader, world.deeds, lambda: NOW)
    qtbot.addWidget(note)
    heard: list[object] = []
    world.reader.read(lambda store: store.version(), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert note.isHidden()


def test_the_list_closes(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    entry = Entry(deed=1, at=NIGHT, is_merge=False, sentence="Set aside: “A.”", why="Over.")
    taken: list[int] = []
    dialog = TidiedDialog([entry], taken.append, NOW, parent)
    dialog.undos[1].click()
    assert taken == [1]
