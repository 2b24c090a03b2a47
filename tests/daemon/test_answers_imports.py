"""Looking at a file, bringing it in, stopping in the midst and taking it back, over the real link."""

# ruff: noqa: F811 - fixtures are named where they are used

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gum_app.daemon import importer, streaming
from gum_app.daemon.answers import Answers
from gum_app.daemon.room import Room
from gum_app.link import Asking, LinkServer
from gum_app.paths import Home
from gum_app.store.store import Store
from tests.brought import WEEK_EPISODES, a_calendar, a_gum_db, a_week_of_work, an_entry
from tests.daemon.test_answers import Ask, ask, refusal, room, store  # noqa: F401 - fixtures
from tests.desktop import until

DENTIST = an_entry("a", "Dentist", ":20260312T150000Z")


def test_it_is_looked_at_brought_in_listed_and_taken_back(ask: Ask, store: Store, tmp_path: Path) -> None:
    path = str(a_calendar(tmp_path / "work.ics", DENTIST))
    found = ask("import_preview", path=path)
    assert (found["kind"], found["name"], found["new"]) == ("calendar", "work.ics", 1)
    assert found["groups"] == [{"name": "Work", "count": 1, "seconds": 0}]
    assert ask("imports") == {"imports": []}
    came = ask("import_run", path=path)
    assert came == found | {"id": 1}
    (listed,) = ask("imports")["imports"]
    assert (listed["id"], listed["name"], listed["kept"]) == (1, "work.ics", 1)
    going = ask("forget", **{"import": 1, "preview": True})
    assert going["observations"] == 1
    assert ask("forget", **{"import": 1}) == going
    assert ask("imports") == {"imports": []}
    assert store.observations() == []


def test_where_nothing_is_new_there_is_no_number(ask: Ask, store: Store, tmp_path: Path) -> None:
    path = str(a_calendar(tmp_path / "work.ics"))
    assert ask("import_run", path=path)["id"] is None


def test_what_gum_app_exported_is_named(ask: Ask, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"gum_export": 1}\n')
    assert ask("import_preview", path=str(path)) == {"kind": "gum-app", "name": "export.jsonl"}


@pytest.mark.parametrize("verb", ["import_preview", "import_run"])
def test_what_cannot_be_brought_in_is_told_in_a_sentence(ask: Ask, store: Store, tmp_path: Path, verb: str) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text('{"buckets": {"a": {"events": [')
    (tmp_path / "empty").mkdir()
    for path in (odd, tmp_path / "empty", tmp_path / "nowhere", "aw.json", None):
        refusal(ask, verb, path=path if path is None else str(path))
    refusal(ask, "forget", **{"import": "all"})


def test_a_locked_database_brings_in_nothing(ask: Ask, tmp_path: Path) -> None:
    refusal(ask, "import_run", path=str(a_gum_db(tmp_path / "gum.db", [])))


@pytest.mark.parametrize("leaving", [False, True], ids=["stop is said", "the window is closed"])
def test_in_the_midst_it_can_be_stopped_and_what_came_stays(
    room: Room, store: Store, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaving: bool
) -> None:
    monkeypatch.setattr(importer, "BATCH", 3)
    monkeypatch.setattr(importer, "TOLD_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.01)
    path = str(a_week_of_work(tmp_path / "aw.json"))
    question: dict[str, Any] = {"do": "import_run", "path": path}
    answers = Answers(room)
    if leaving:
        with room.pen:  # nothing is written before
            one = answers.answer(question)
            next(one)
        one.close()  # as the link does when nobody listens any more
        answers.close()
    else:
        with closing(answers), closing(LinkServer(home, answers.answer)), Asking(home) as line, room.pen:
            said = line.ask(question)
            next(said)
            line.stop()
            assert list(said)[-1] == {"stopped": True}
        until(lambda: all(one.name != "import" for one in threading.enumerate()), "it has ended")
    kept = len(store.observations())
    assert kept < WEEK_EPISODES
    assert sum(one.kept for one in store.imports()) == kept
    with closing(Answers(room)) as again:
        came = list(again.answer(question))[-1]
    assert came["new"] + kept == WEEK_EPISODES
    assert len(store.imports()) == 1
