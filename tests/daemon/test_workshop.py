from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app import engine_build
from gum_app.daemon.workshop import Job, Workshop
from gum_app.errors import BadInput
from gum_app.paths import Home
from gum_app.settings import Settings
from tests.desktop import until
from tests.world.file_server import FileServer
from tests.world.small_shelf import FILES, REVISION, small_catalogue, small_server


class Changes:
    def __init__(self) -> None:
        self.count = 0
        self.faults: list[Exception] = []

    def note(self) -> None:
        self.count += 1


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def server(tiny: Path) -> Iterator[FileServer]:
    with small_server(tiny) as server:
        yield server


@pytest.fixture
def workshop(home: Home, tiny: Path, changes: Changes) -> Iterator[Workshop]:
    workshop = Workshop(home, small_catalogue(tiny), changed=changes.note, report=changes.faults.append)
    yield workshop
    workshop.close()


def ended(job: Job) -> Job:
    assert job.thread is not None
    job.thread.join(60)
    assert not job.is_under_way
    return job


def from_here(server: FileServer) -> Settings:
    return Settings(download_mirror=server.url(""))


def test_a_model_is_fetched_and_whoever_needs_it_is_told(
    workshop: Workshop, server: FileServer, changes: Changes
) -> None:
    workshop.fetch("sees", from_here(server))
    job = ended(workshop.download("sees"))
    assert job.trouble == ""
    assert workshop.shelf.standing("sees").state == "ready"
    assert changes.count == 1
    assert job.fetched is not None
    assert job.fetched.done_bytes == job.fetched.total_bytes


def test_a_pause_keeps_what_has_come_and_it_goes_on(workshop: Workshop, server: FileServer, changes: Changes) -> None:
    server.manners.pauses_at = 100_000
    workshop.fetch("sees", from_here(server))
    assert server.paused.wait(60)
    workshop.pause("sees")
    assert not workshop.download("sees").is_under_way
    assert workshop.download("sees").trouble == "", "a pause is no trouble"
    assert workshop.shelf.standing("sees").state == "paused"
    assert changes.count == 0
    server.manners.pauses_at = None
    server.go_on.set()
    workshop.fetch("sees", from_here(server))
    ended(workshop.download("sees"))
    assert workshop.shelf.standing("sees").state == "ready"


def test_what_fails_is_told_in_a_sentence(workshop: Workshop, server: FileServer, changes: Changes) -> None:
    server.manners.always = (403, {})
    workshop.fetch("sees", from_here(server))
    assert ended(workshop.download("sees")).trouble.endswith(".")
    assert changes.count == 0
    assert changes.faults == []


def test_two_models_are_fetched_one_after_the_other(workshop: Workshop, server: FileServer) -> None:
    server.manners.pauses_at = 10
    workshop.fetch("sees", from_here(server))
    assert server.paused.wait(60)
    workshop.fetch("embeds", from_here(server))
    assert all(FILES["words"] not in asked.path for asked in server.asked), REVISION
    server.manners.pauses_at = None
    server.go_on.set()
    for id_ in ("sees", "embeds"):
        ended(workshop.download(id_))
        assert workshop.shelf.standing(id_).state == "ready"


def test_asking_twice_is_asking_once(workshop: Workshop, server: FileServer) -> None:
    server.manners.pauses_at = 10
    workshop.fetch("sees", from_here(server))
    first = workshop.download("sees")
    workshop.fetch("sees", from_here(server))
    assert workshop.download("sees") is first


def test_deleting_stops_the_fetching_first(workshop: Workshop, server: FileServer, changes: Changes) -> None:
    server.manners.pauses_at = 100_000
    workshop.fetch("sees", from_here(server))
    assert server.paused.wait(60)
    workshop.delete("sees")
    assert workshop.shelf.standing("sees").state == "absent"
    assert workshop.shelf.disk_bytes() < 1000, "the record of what came stays"
    assert changes.count == 0, "what was in use was switched off before: nothing new can be used"


def test_files_that_are_checked_are_used_no_more_where_they_have_changed(
    workshop: Workshop, server: FileServer, changes: Changes
) -> None:
    workshop.fetch("sees", from_here(server))
    ended(workshop.download("sees"))
    workshop.check("sees")
    assert ended(workshop.download("sees")).fetched is not None
    weights = workshop.shelf.standing("sees").weights
    assert weights is not None, "they are what came"
    weights.write_bytes(bytes(weights.stat().st_size))
    workshop.check("sees")
    ended(workshop.download("sees"))
    assert workshop.shelf.standing("sees").state == "broken"
    assert changes.count == 2, "what uses it is told, and only that"


def test_what_waits_for_its_turn_is_paused_and_deleted_at_once(workshop: Workshop, server: FileServer) -> None:
    """The one before it may take hours."""
    server.manners.pauses_at = 10
    workshop.fetch("sees", from_here(server))
    assert server.paused.wait(60)
    workshop.fetch("embeds", from_here(server))
    workshop.pause("embeds")
    assert not workshop.download("embeds").is_under_way
    workshop.fetch("embeds", from_here(server))
    workshop.delete("embeds")
    assert workshop.shelf.standing("embeds").state == "absent"
    assert workshop.download("sees").is_under_way


def test_a_model_that_is_not_in_the_list_is_refused(workshop: Workshop) -> None:
    with pytest.raises(BadInput, match="no model"):
        workshop.fetch("other", Settings())


def test_closing_stops_all(workshop: Workshop, server: FileServer) -> None:
    server.manners.pauses_at = 10
    workshop.fetch("sees", from_here(server))
    assert server.paused.wait(60)
    workshop.close()
    assert not workshop.download("sees").is_under_way


def test_a_build_that_cannot_be_tells_why(
    workshop: Workshop, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")  # no compiler, no installer
    workshop.build_engine()
    job = ended(workshop.building)
    assert job.trouble
    assert changes.count == 0
    assert changes.faults == []


def test_a_fault_of_our_own_is_reported_and_said(workshop: Workshop, changes: Changes) -> None:
    """A folder where a file should be is nothing that the person did."""

    def work() -> None:
        raise ZeroDivisionError

    job = Job()
    workshop._start(job, work, "work")
    assert "reported" in ended(job).trouble
    assert [type(fault) for fault in changes.faults] == [ZeroDivisionError]


def test_building_twice_at_once_is_refused(workshop: Workshop) -> None:
    go_on = threading.Event()
    workshop._start(workshop.building, lambda: go_on.wait(60), "work")
    until(lambda: workshop.building.is_under_way, "the work begins")
    with pytest.raises(BadInput, match="already"):
        workshop.build_engine()
    go_on.set()


def test_building_tells_what_it_costs() -> None:
    assert "minutes" in engine_build.COST
