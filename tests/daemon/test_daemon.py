"""The whole daemon in this process: its key, its threads, its link. On a real display where it watches."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gum_app.clock import SystemClock
from gum_app.daemon import daemon as module
from gum_app.daemon.daemon import Daemon
from gum_app.errors import AlreadyRunning, BadInput, DatabaseDamaged, DiskFull, KeyLocked, KeyMissing
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.records import Observation, PropositionId
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import NOON, a_revision, an_observation
from tests.daemon.days import Day
from tests.daemon.running import running
from tests.desktop import PATIENCE_SECONDS, Desktop, until
from tests.world.openai_double import OpenAiDouble

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def state(home: Home) -> str:
    return str(ask(home, "status")["state"])


def ask(home: Home, verb: str, **fields: Any) -> dict[str, Any]:
    return ask_once(home, {"do": verb, **fields}, timeout_seconds=PATIENCE_SECONDS)


def until_state(home: Home, wanted: str) -> dict[str, Any]:
    until(lambda: answers(home), "the link")
    until(lambda: state(home) == wanted, f"the state {wanted}")
    return ask(home, "status")


def seen_in(home: Home) -> list[Observation]:
    with ReadingStore(home.database, keys.open_key(home)) as store:
        return store.observations(with_lines=True)


def just_seen(text: str) -> Observation:
    now = SystemClock().now()
    return an_observation(text=text, started_at=now, ended_at=now)


def lived_in(home: Home, change: Callable[[Store], object] = lambda _store: None) -> None:
    """A home with a key and a database that has watched a live screen."""
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    store.close_observation(store.open_observation(just_seen("I would love some tea")))
    change(store)
    store.close()


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """Without pictures: nothing has to be read."""
    day = Day(tmp_path / "day").event("unlock")
    day.window("libreoffice-writer", "report.odt — LibreOffice Writer").work(300)
    return day.event("lock")


def test_a_verdict_teaches_while_it_runs_and_undoing_it_unteaches(home: Home) -> None:
    lived_in(home, lambda store: store.add_revisions([a_revision(), a_revision(topic="other", text="Sings.")]))
    with running(Daemon(home)), ReadingStore(home.database, keys.open_key(home)) as store:
        until_state(home, "needs_consent")

        def shown() -> float:
            belief = store.proposition(PropositionId(2))
            assert belief is not None
            return belief.confidence

        ask(home, "say", id=1, verdict="wrong")
        until(lambda: shown() < 0.5, "what the verdict teaches")
        ask(home, "undo")
        until(lambda: shown() == 0.5, "what undoing it unteaches")


# One per home, and its key


def test_a_second_one_in_the_same_home_is_refused(home: Home) -> None:
    with running(Daemon(home)):
        until_state(home, "needs_key")
        with pytest.raises(AlreadyRunning):
            Daemon(home).run()
        assert state(home) == "needs_key", "the first one has not noticed"


def test_the_link_is_up_before_the_key_and_a_window_chooses_it(home: Home) -> None:
    with running(Daemon(home)):
        assert until_state(home, "needs_key")["key"] == "not chosen"
        ask(home, "choose_key", how="file")
        until(lambda: state(home) == "needs_consent", "the database")
    with running(Daemon(home)):
        until_state(home, "needs_consent")


def test_a_passphrase_is_waited_for(home: Home) -> None:
    keys.make_key(home, "passphrase", "open sesame")
    with running(Daemon(home)):
        assert until_state(home, "needs_key")["key"] == "needs passphrase"
        ask(home, "unlock", passphrase="open sesame")
        until(lambda: state(home) == "needs_consent", "the database")


def spoil(home: Home) -> None:
    lived_in(home)
    home.database.write_bytes(b"this is no database")


def lose_key(home: Home) -> None:
    lived_in(home)
    home.key_file.write_text("{}")


@pytest.mark.parametrize(("harm", "error"), [(spoil, DatabaseDamaged), (lose_key, KeyMissing)])
def test_what_is_wrong_is_shown_in_the_window_and_without_one_ends_it(
    home: Home, harm: Callable[[Home], None], error: type[Exception]
) -> None:
    harm(home)
    with running(Daemon(home)):
        said = until_state(home, "needs_key")
        until(lambda: ask(home, "status")["key"] == "trouble", "the trouble")
        said = ask(home, "status")
        assert len(said["trouble"]) == 1
    with pytest.raises(error):
        Daemon(home, needs_light=False).run()


def test_a_replay_that_nobody_watches_does_not_wait_for_a_passphrase(home: Home, day: Day) -> None:
    keys.make_key(home, "passphrase", "open sesame")
    with pytest.raises(KeyLocked):
        Daemon(home, recording=day.folder, stay=False).run()


# Replays


def test_a_replay_without_a_window_ends_with_the_recording(home: Home, day: Day) -> None:
    keys.make_key(home, "file")
    Daemon(home, recording=day.folder, stay=False).run()
    assert [seen.title for seen in seen_in(home)] == ["report.odt — LibreOffice Writer"]


def test_a_replayed_home_goes_on_answering_by_the_clock_of_the_recording(home: Home, day: Day) -> None:
    keys.make_key(home, "file")
    with running(Daemon(home, recording=day.folder)):
        said = until_state(home, "replayed")
        assert datetime.fromisoformat(said["now"]) == day.at
    with running(Daemon(home)) as later:
        said = until_state(home, "replayed")
        assert datetime.fromisoformat(said["now"]) == day.at
        assert later.room.recorder is None, "nothing is watched there"
        ask(home, "note", text="I prefer to be called after ten.")
        until(lambda: ask(home, "status")["undigested"] == 0, "the note to be thought about")
        assert len(seen_in(home)) == 2
        assert ask(home, "forget", last_minutes=10)["observations"] == 2, "the last minutes of the recording"


def test_a_model_thinks_about_a_note_though_the_clock_of_a_replayed_home_stands_still(home: Home, day: Day) -> None:
    keys.make_key(home, "file")
    Daemon(home, recording=day.folder, stay=False).run()
    with OpenAiDouble() as double, running(Daemon(home)):
        until_state(home, "replayed")
        ask(home, "endpoint", url=double.url, model="tiny", embedding_model="")
        ask(home, "note", text="I prefer to be called after ten.")
        until(lambda: ask(home, "model")["calls"], "the note to be thought about")
        until(lambda: ask(home, "model")["waiting"] == 0, "all to be thought about")
    assert any("called after ten" in str(body) for body in double.bodies)


def test_what_is_told_is_found_by_meaning_too(home: Home, day: Day) -> None:
    keys.make_key(home, "file")
    Daemon(home, recording=day.folder, stay=False).run()
    with OpenAiDouble() as double, running(Daemon(home)):
        until_state(home, "replayed")
        ask(home, "endpoint", url=double.url, model="", embedding_model="tiny")
        for text in ("Sings in a choir.", "Likes green tea."):  # the second comes when there is nothing else to do
            ask(home, "add", text=text, kind="preference")
            until(lambda: "each proposition means is told" in ask(home, "model")["comparing"], "the meanings")
        answer = ask(home, "search", text="Likes green tea.")
    assert answer["by_meaning"]
    assert answer["hits"][0]["parts"]["meaning"] > 0.9


def test_a_home_with_a_life_of_its_own_refuses_a_replay(home: Home, day: Day) -> None:
    lived_in(home)
    with pytest.raises(BadInput, match="really seen"):
        Daemon(home, recording=day.folder, stay=False).run()
    assert len(seen_in(home)) == 1


# Without a display


def test_a_display_that_is_not_there_is_said_and_the_rest_works(home: Home) -> None:
    lived_in(home, lambda store: store.put_setting("consented_at", NOON.isoformat()))
    with running(Daemon(home)):
        said = until_state(home, "trouble")
        assert len(said["trouble"]) == 1
        until(lambda: ask(home, "status")["undigested"] == 0, "the thinking goes on")


def test_what_a_crash_left_open_is_closed_and_thought_about(home: Home) -> None:
    lived_in(home, lambda store: store.open_observation(just_seen("still going on")))
    with running(Daemon(home)):
        until_state(home, "needs_consent")
        until(lambda: len(seen_in(home)) == 2 and ask(home, "status")["undigested"] == 0, "both to be thought about")


def test_old_words_go_when_it_starts(home: Home) -> None:
    long_ago = an_observation(text="long ago", started_at=LONG_AGO, ended_at=LONG_AGO)
    lived_in(home, lambda store: store.open_observation(long_ago))
    with running(Daemon(home)):
        until(lambda: [seen.text for seen in seen_in(home)] == ["I would love some tea"], "the old words to go")


def test_traces_that_were_left_are_wiped_by_and_by(home: Home) -> None:
    lived_in(home)
    with running(Daemon(home)) as daemon:
        until_state(home, "needs_consent")
        store = daemon.room.open_store()
        with daemon.room.pen:  # what is due at the start may come only now
            store.discard_observation(store.observations()[0].id)
            assert store.is_forgetting_unfinished()
        daemon.room.expire_soon()
        until(lambda: not store.is_forgetting_unfinished(), "the wipe")
        store.close()


def test_by_night_what_is_believed_is_tidied_when_nobody_is_there(home: Home) -> None:
    plan = a_revision(text="Has the dentist on Monday 16 March 2020.", proposition_kind="plan")
    lived_in(home, lambda store: store.add_revisions([plan]))
    with running(Daemon(home)) as daemon:
        until_state(home, "needs_consent")
        store = daemon.room.open_store()
        daemon.room.night_soon()
        until(lambda: not daemon.room.night_due.is_set(), "the thinker to look")
        assert store.tidied_at() is None, "somebody may be there"
        daemon.room.gate.away = True
        daemon.room.night_soon()
        until(lambda: store.tidied_at() is not None, "the tidying")
        (revision,) = store.tidied(LONG_AGO)
        assert (revision.kind, revision.text) == ("retired", plan.text)
        store.close()


# Trouble


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(DiskFull("There is no room left."), "There is no room left."), (IndexError("x"), "fault of gum-app")],
)
def test_trouble_is_said_while_it_lasts_and_a_fault_is_reported(
    home: Home, monkeypatch: pytest.MonkeyPatch, trouble: Exception, said: str
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.0)
    monkeypatch.setattr(module, "FAULT_RETRY_SECONDS", 0.0)
    daemon = Daemon(home)
    failures = iter([trouble] * 3)
    sentences: list[str | None] = []

    def work() -> None:
        for failure in failures:
            raise failure

    daemon._try_again(work, sentences.append)
    assert len(sentences) == 3
    assert all(said in str(sentence) for sentence in sentences)
    assert len(list(home.crashes.iterdir())) == (3 if isinstance(trouble, IndexError) else 0)


def test_it_stops_trying_when_it_is_time_to_quit(home: Home) -> None:
    daemon = Daemon(home)

    def work() -> None:
        daemon.room.quit()
        raise DiskFull("There is no room left.")

    daemon._try_again(work, lambda _sentence: None)


# On a real display


@pytest.mark.desktop
def test_a_live_screen_is_watched_paused_and_forgotten(
    home: Home, desk: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enter(monkeypatch)
    lived_in(home, lambda store: store.put_setting("consented_at", NOON.isoformat()))
    say = ("-fa", "DejaVu Sans Mono", "-fs", "20", "-e", "sh", "-c", "echo The parcel router is late; exec cat")
    with desk.xterm("parcels", *say) as window, running(Daemon(home, needs_light=False)):
        desk.xdo("windowactivate", "--sync", window)
        until_state(home, "watching")
        until(lambda: "parcel router" in " ".join(seen.text for seen in seen_in(home)), "the words")
        assert "parcels" in {seen.title for seen in seen_in(home)}
        ask(home, "pause", minutes=15)
        until_state(home, "paused")
        ask(home, "forget", all=True)
        assert seen_in(home) == []
        ask(home, "resume")
        until_state(home, "watching")
        until(lambda: seen_in(home), "another episode")


@pytest.mark.desktop
def test_a_display_that_comes_back_is_watched_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.2)
    lived_in(home, lambda store: store.put_setting("consented_at", NOON.isoformat()))
    with Desktop() as own:
        own.enter(monkeypatch)
        with own.xterm("parcels"), running(Daemon(home, needs_light=False)):
            until(lambda: "parcels" in {seen.title for seen in seen_in(home)}, "the window")
            own.kill_display()
            until_state(home, "trouble")
            own.start_display_again()
            until(lambda: state(home) != "trouble", "the display")


# Signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_it_to_quit_and_the_handlers_before_are_put_back(home: Home, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    daemon = Daemon(home)
    with daemon.stopped_by_signals():
        signal.raise_signal(number)
        assert daemon.room.quitting.wait(PATIENCE_SECONDS)
    assert signal.getsignal(number) is before
    daemon.run()  # which quits at once
