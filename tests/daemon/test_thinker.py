"""From what was seen to what is believed, one observation and one transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon import thinker as thinker_module
from gum_app.daemon.thinker import MOST_ATTEMPTS, Thinker, neighbours
from gum_app.errors import DiskFull
from gum_app.pipeline.notice import NAMES, SEEN_ENOUGH
from gum_app.pipeline.notice import notice as notice_
from gum_app.pipeline.propose_counted import propose_counted
from gum_app.records import PERSON, Draft, Observation, ObservationId, Person, Proposition, PropositionId, Sighting
from gum_app.store.listing import PropositionQuery, PropositionRow
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, an_observation, some_lines


def a_past_week(store: Store) -> list[ObservationId]:
    """Two hundred episodes over one document, brought in from elsewhere."""
    ids = []
    for n in range(200):
        at = NOON - timedelta(minutes=30 * (n + 1))
        ids.append(
            store.open_observation(
                an_observation(
                    source="import",
                    app="libreoffice-writer",
                    title="report.odt — LibreOffice Writer",
                    started_at=at,
                    ended_at=at + timedelta(minutes=10),
                    active_seconds=600.0,
                    lines=(),
                )
            )
        )
        store.close_observation(ids[-1])
    return ids


@pytest.fixture
def faults() -> list[Exception]:
    return []


@pytest.fixture
def thinker(store: Store, faults: list[Exception]) -> Thinker:
    return a_thinker(store, faults, lambda: None)


def a_thinker(store: Store, faults: list[Exception], meanwhile: Callable[[], None]) -> Thinker:
    """`meanwhile` happens within each thought: after the observation was read, before anything is concluded."""

    def person() -> Person:
        meanwhile()
        return Person()

    return Thinker(store, SetClock(NOON), person=person, report=faults.append, pen=threading.RLock())


def write_document(store: Store, title: str = "report.odt — LibreOffice Writer", minutes: int = 0) -> ObservationId:
    """Ten minutes over a document."""
    at = NOON + timedelta(minutes=minutes)
    id_ = store.open_observation(
        an_observation(
            app="libreoffice-writer",
            title=title,
            started_at=at,
            ended_at=at + timedelta(minutes=10),
            active_seconds=600.0,
            keys=900,
            text="The main part of it",
        )
    )
    store.close_observation(id_)
    return id_


def believed(store: Store) -> list[PropositionRow]:
    return store.propositions(PropositionQuery(), now=NOON)


def test_what_is_ripe_is_thought_about_and_then_no_more(store: Store, thinker: Thinker) -> None:
    write_document(store)
    assert thinker.think() == 1
    assert believed(store)
    assert store.undigested() == []
    assert thinker.think() == 0


def test_thinking_again_about_an_episode_that_went_on_counts_its_evidence_once(store: Store, thinker: Thinker) -> None:
    id_ = write_document(store)
    thinker.think()
    before = [store.proposition(row.id) for row in believed(store)]
    store.extend_observation(
        id_, ended_at=NOON + timedelta(minutes=20), active_seconds=1200, lines=some_lines("More of it", x=300)
    )
    store.close_observation(id_)
    assert thinker.think() == 1
    for known in before:
        assert known is not None
        again = store.proposition(known.id)
        assert again is not None
        assert len(again.evidence) == len(known.evidence)
    assert store.integrity() == []


def test_the_names_that_screens_call_the_persons_are_learned_until_they_are_certain(
    store: Store, thinker: Thinker
) -> None:
    for minutes in range(0, 60, 15):
        at = NOON + timedelta(minutes=minutes)
        shell = an_observation(
            app="xterm", title="ann@heron: ~", text="ann@heron:~$ make all", started_at=at, ended_at=at
        )
        store.close_observation(store.open_observation(shell))
    thinker.think()
    names = store.sightings([NAMES])[NAMES]
    assert [name.value for name in names] == ["ann"] * SEEN_ENOUGH


def test_it_stops_when_it_is_told_to(store: Store, thinker: Thinker) -> None:
    write_document(store)
    stop = threading.Event()
    stop.set()
    assert thinker.think(stop) == 0
    assert len(store.undigested()) == 1


def test_three_failed_thoughts_set_an_episode_aside_and_the_others_go_on(store: Store, faults: list[Exception]) -> None:
    write_document(store, "odd — LibreOffice Writer")
    write_document(store, minutes=30)
    stumbles = iter([True] * MOST_ATTEMPTS)

    def stumble() -> None:
        if next(stumbles, False):
            raise IndexError

    assert a_thinker(store, faults, stumble).think() == MOST_ATTEMPTS + 1
    assert [type(fault) for fault in faults] == [IndexError] * MOST_ATTEMPTS
    assert store.set_aside() == 1
    assert believed(store), "a failure is never data, and does not keep others from becoming it"


def test_a_full_disk_is_no_failure_of_an_episode(store: Store, thinker: Thinker, faults: list[Exception]) -> None:
    write_document(store, f"{'chapter one ' * 1000}.odt — LibreOffice Writer")
    store._database.run("PRAGMA max_page_count = 1")  # SQLite makes of it: not one page more
    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(DiskFull):
            thinker.think()
    store._database.run("PRAGMA max_page_count = 1000000")
    assert faults == []
    assert thinker.think() == 1


def test_forgetting_wins_over_a_thought_under_way(store: Store, faults: list[Exception]) -> None:
    write_document(store)
    thinker = a_thinker(store, faults, lambda: _ignore(store.forget(ForgetScope(app="libreoffice-writer"), at=NOON)))
    thinker.think()
    assert believed(store) == []
    assert "Writer" not in "".join(store.export_lines())
    assert faults == []


def test_what_was_seen_during_a_thought_is_thought_about_too(store: Store, faults: list[Exception]) -> None:
    id_ = write_document(store)
    more = iter([some_lines("More of it", x=300)])

    def go_on() -> None:
        for lines in more:
            store.extend_observation(id_, ended_at=NOON, active_seconds=600, lines=lines)

    assert a_thinker(store, faults, go_on).think() == 2
    assert believed(store)
    assert store.undigested() == []


def _ignore(_report: object) -> None:
    pass


def test_habits_come_from_many_days(store: Store, thinker: Thinker) -> None:
    for day in range(12):
        for hour in range(8):
            write_document(store, f"part {hour}.odt — LibreOffice Writer", minutes=day * 1440 + hour * 60)
    thinker._clock.put(NOON + timedelta(days=12))  # type: ignore[attr-defined]
    thinker.think_about_routines()
    assert {row.kind for row in believed(store)} & {"schedule", "habit"}
    before = len(believed(store))
    thinker.think_about_routines()
    assert len(believed(store)) == before
    assert store.integrity() == []


def write_in_diary(store: Store, title: str, text: str, minutes: int) -> None:
    at = NOON + timedelta(minutes=minutes)
    shown = an_observation(
        app="gedit",
        title=title,
        text=text,
        started_at=at,
        ended_at=at + timedelta(minutes=10),
        active_seconds=600.0,
        keys=900,
    )
    store.close_observation(store.open_observation(shown))


def test_our_own_words_seen_again_in_an_editor_make_us_no_surer_and_are_noted_by_nobody(
    store: Store, thinker: Thinker
) -> None:
    words = "I prefer the night train to any plane.\nI will take the train to Vienna on Friday 13 March 2026."
    write_in_diary(store, "diary.md — gedit", words, 0)
    thinker.think()
    noted = {row.text: row.confidence for row in believed(store) if "noted" in row.text}
    assert len(noted) == 2
    for turn in range(1, 4):
        rows = "\n".join(f"{n}. {text}" for n, text in enumerate(noted, 1))
        write_in_diary(store, "about me.md — gedit", rows, 60 * turn)
        thinker.think()
    assert {row.text: row.confidence for row in believed(store) if "noted" in row.text} == noted


def test_what_was_rejected_is_not_crowded_out_by_what_sounds_like_it(store: Store) -> None:
    rejected = "Works on the parcel router for a bank."
    (id_,) = store.add_revisions([a_revision(text=rejected, topic="project:router")])
    store.add_revisions([a_revision("rejected", text=rejected, proposition_id=id_, made_by=PERSON)])
    flood = [f"An e-mail claims: works on the parcel router for bank {n}." for n in range(30)]
    store.add_revisions([a_revision(text=text, topic=f"mail:{n}") for n, text in enumerate(flood)])
    assert id_ in [near.id for near in neighbours(store, "Works on a parcel router for bank 7.")]


def test_what_was_brought_in_is_thought_about_together_and_comes_to_the_same(
    store: Store, thinker: Thinker, faults: list[Exception]
) -> None:
    a_past_week(store)
    assert thinker.think() == 200
    together = {row.text for row in believed(store)}
    assert any("report.odt" in text for text in together)
    assert (store.undigested(), faults) == ([], [])


def test_one_odd_episode_among_those_that_were_brought_in_is_set_aside_and_the_others_go_on(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_past_week(store)[:40]

    def notice(observation: Observation, person: Person) -> tuple[Sighting, ...]:
        if observation.id == ids[7]:
            raise ZeroDivisionError
        return notice_(observation, person)

    monkeypatch.setattr(thinker_module, "notice", notice)
    a_thinker(store, faults, lambda: None).think()
    assert store.undigested() == []
    assert store.set_aside() == 1
    assert len(faults) == MOST_ATTEMPTS
    assert any("report.odt" in row.text for row in believed(store))


def test_a_fault_in_taking_them_together_is_reported_though_each_alone_is_well(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_past_week(store)

    def leave_undecided(_store: Store) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Store, "leave_undecided", leave_undecided)
    a_thinker(store, faults, lambda: None).think()
    assert (store.undigested(), store.set_aside()) == ([], 0)
    assert faults
    assert {type(fault) for fault in faults} == {ZeroDivisionError}
    assert any("report.odt" in row.text for row in believed(store))


def test_what_is_seen_now_does_not_wait_for_what_was_brought_in(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_past_week(store)
    live = write_document(store, "plan.odt — LibreOffice Writer")
    monkeypatch.setattr(thinker_module, "IMPORTED_AT_ONCE", 50)
    order: list[ObservationId] = []
    digest = store.digest

    def counted(ids: Collection[ObservationId], **more: Any) -> list[PropositionId]:
        order.extend(sorted(ids))
        return digest(ids, **more)

    monkeypatch.setattr(store, "digest", counted)
    a_thinker(store, faults, lambda: None).think()
    assert order[0] == live and len(order) == 201


def test_where_some_of_it_is_forgotten_while_it_is_thought_about_it_is_thought_about_anew(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_past_week(store)
    monkeypatch.setattr(thinker_module, "IMPORTED_AT_ONCE", 50)
    left = [ids[0], ids[199]]  # one that is thought about later, one that has been

    def meanwhile() -> None:
        if left:
            store.discard_observation(left.pop())

    thinker = a_thinker(store, faults, meanwhile)
    thinker.think()
    assert (store.undigested(), faults) == ([], [])
    assert len(store.observations(limit=1000)) == 198
    quoted = {item.observation_id for row in believed(store) for item in whole(store, row).evidence}
    assert quoted and not quoted & {ids[0], ids[199]}


def whole(store: Store, row: PropositionRow) -> Proposition:
    found = store.proposition(row.id)
    assert found is not None
    return found


def test_a_kill_between_noticing_and_deciding_loses_nothing(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_past_week(store)
    with monkeypatch.context() as patch:
        patch.setattr(Thinker, "_decide_on_next_topic", lambda _self: False)
        a_thinker(store, faults, lambda: None).think()
    assert (store.undigested(), believed(store)) == ([], [])
    a_thinker(store, faults, lambda: None).think()
    assert any("report.odt" in row.text for row in believed(store))
    assert store.undecided_topics() == []


def test_one_odd_topic_of_what_was_brought_in_is_reported_and_the_others_are_decided_on(
    store: Store, faults: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_past_week(store)
    usual = propose_counted

    def odd(known: Sequence[Sighting], **more: Any) -> tuple[Draft, ...]:
        if known and known[0].topic.startswith("tool:"):
            raise ZeroDivisionError
        return usual(known, **more)

    monkeypatch.setattr(thinker_module, "propose_counted", odd)
    a_thinker(store, faults, lambda: None).think()
    assert len(faults) == 1
    assert any("report.odt" in row.text for row in believed(store))
