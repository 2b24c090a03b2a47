"""What the recorder looks at, when, and what it leaves alone; and whose time it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from gum_app.daemon.gate import Gate
from gum_app.daemon.recorder import MOVED_ON
from gum_app.records import PrivacyRule, Rect
from gum_app.rules.privacy import OWN_WINDOW, PRIVATE_WINDOW, UNKNOWN_WINDOW
from gum_app.store.store import Store
from gum_app.world.hands import (
    Active,
    Ended,
    Happening,
    Idle,
    Locked,
    MonitorsChanged,
    Noted,
    Notified,
    Slept,
    StateChanged,
    Unlocked,
    Woke,
)
from tests.builders import NOON
from tests.daemon.watching import Watch, picture, read_lines, seconds_of, window
from tests.world.scripted_reader import ScriptedReader

LEFT_HALF, RIGHT_HALF = Rect(x=0, y=0, width=500, height=800), Rect(x=500, y=0, width=500, height=800)


@pytest.fixture
def reader() -> ScriptedReader:
    return ScriptedReader()


@pytest.fixture
def watch(store: Store, reader: ScriptedReader) -> Iterator[Watch]:
    watch = Watch(store, reader)
    yield watch
    watch.desk.close()


def will_read(reader: ScriptedReader, *texts: str, x: int = 40) -> None:
    reader._answers.append(read_lines(*texts, x=x))


# What is looked at


def test_a_new_window_is_looked_at_once_it_has_drawn_itself(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    assert watch.hands.grabs == 0
    watch.wait(1)
    assert watch.hands.grabs == 1
    assert watch.words() == ["chapter one"]


def test_a_hidden_window_is_not_even_looked_at_and_leaves_one_skip(watch: Watch) -> None:
    watch.switch(window("keepassxc", "my secrets"))
    watch.wait(30)
    assert watch.hands.grabs == 0
    assert watch.kept() == []
    assert [(skip.rule, skip.count) for skip in watch.skips()] == [("password manager", 1)]
    assert "my secrets" not in watch.everything()


@pytest.mark.parametrize(
    ("front", "rule"),
    [
        (None, UNKNOWN_WINDOW),
        (window("firefox", "News", private=True), PRIVATE_WINDOW),
        (window("gum-app", "What is believed"), OWN_WINDOW),
    ],
)
def test_unknown_private_and_own_windows_are_left_alone(watch: Watch, front: object, rule: str) -> None:
    watch.switch(front)  # type: ignore[arg-type]
    watch.work(20)
    assert watch.hands.grabs == 0
    assert watch.kept() == []
    assert watch.skipped() == [rule]
    assert watch.recorder.private_rule == rule


def test_a_rule_that_was_just_added_holds_at_once(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "dear diary")
    watch.switch(window(title="diary.txt"))
    watch.wait(1)
    watch.rules.append(PrivacyRule(name="diary", title="diary"))
    watch.recorder.look_again()
    watch.work(60)
    assert watch.hands.grabs == 1
    assert watch.recorder.private_rule == "diary"
    assert watch.skipped() == ["diary"]


def test_what_must_not_be_seen_beside_the_front_window_is_black_before_it_is_read(
    watch: Watch, reader: ScriptedReader
) -> None:
    will_read(reader, "chapter one")
    secret = window("keepassxc", "secrets", rect=RIGHT_HALF)
    seen = []
    read = reader.read
    reader.read = lambda image, region: seen.append(image) or read(image, region)  # type: ignore[method-assign, func-returns-value]
    watch.switch(window(rect=LEFT_HALF), secret, image=picture("white", (RIGHT_HALF, "red")))
    watch.wait(1)
    assert seen[0].getpixel((750, 400)) == (0, 0, 0)
    assert seen[0].getpixel((250, 400)) == (255, 255, 255)
    assert watch.titles() == ["plan.md"]


def test_a_window_that_comes_while_we_look_costs_the_picture(watch: Watch) -> None:
    watch.switch(window())
    watch.hands.while_grabbing = window("firefox", "My bank")
    watch.recorder.step()
    assert watch.hands.grabs == 1
    assert watch.skipped() == [MOVED_ON]
    assert watch.words() == []


def test_after_a_picture_was_lost_it_looks_again_soon(watch: Watch, reader: ScriptedReader) -> None:
    watch.switch(window())
    watch.hands.while_grabbing = window("terminal", "make")
    watch.recorder.step()
    will_read(reader, "all is built")
    watch.wait(1)
    assert watch.words() == ["all is built"]
    assert watch.titles() == ["plan.md", "make"]


def test_the_first_pause_after_activity_and_a_longest_interval_make_it_look(
    watch: Watch, reader: ScriptedReader
) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.wait(10)
    assert watch.hands.grabs == 1, "nothing was done since, so nothing can be new"
    watch.touch()
    watch.wait(4)
    assert watch.hands.grabs == 2, "the first pause"
    watch.work(watch.settings.look_interval_seconds + 2)
    assert watch.hands.grabs == 3, "while somebody works on and on"


def test_nothing_new_on_the_screen_is_not_read(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(120)
    assert watch.hands.grabs > 3
    assert len(reader.regions) == 1


def test_new_monitors_are_read_anew(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.wait(1)
    will_read(reader, "chapter one")
    watch.happen(MonitorsChanged(at=watch.clock.now()))
    watch.wait(1)
    assert len(reader.regions) == 2


# When nothing is looked at


def test_nothing_is_looked_at_before_consent_and_nothing_is_noted_about_it(watch: Watch) -> None:
    watch.gate._consented = False
    watch.switch(window())
    watch.work(60)
    assert watch.hands.asked == 0, "not even the names of windows"
    assert watch.everything().count("\n") == 0


def test_consent_starts_it_without_another_change_of_window(watch: Watch, reader: ScriptedReader) -> None:
    watch.gate._consented = False
    watch.switch(window())
    watch.wait(5)
    will_read(reader, "chapter one")
    watch.gate.consent()
    watch.wait(2)
    assert watch.words() == ["chapter one"]


def test_no_light_within_thirty_seconds_ends_the_looking_and_the_counting(store: Store, reader: ScriptedReader) -> None:
    watch = Watch(store, reader)
    gate = watch.recorder._gate = Gate(needs_light=True)
    gate.consent()
    gate.light_seen(0)
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(120)
    (seen,) = watch.kept()
    assert 30 <= (seen.ended_at - NOON).total_seconds() <= 32
    assert watch.skipped() == ["no tray to show that it watches"]
    gate.light_seen(watch.clock.monotonic_seconds())
    watch.work(10)
    assert watch.titles() == ["plan.md", "plan.md"]


def test_a_pause_ends_what_was_going_on_and_the_end_of_the_pause_begins_it_anew(
    watch: Watch, reader: ScriptedReader
) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(20)
    asked = watch.hands.asked
    watch.gate.pause(watch.clock.now() + timedelta(minutes=1))
    watch.recorder.look_again()
    watch.work(50)
    assert watch.hands.asked == asked
    assert watch.skipped() == ["paused"]
    watch.work(30)
    first, second = watch.kept()
    assert (first.ended_at - NOON).total_seconds() == pytest.approx(20, abs=1.5)
    assert (second.started_at - NOON).total_seconds() == pytest.approx(80, abs=1.5)


@pytest.mark.parametrize(
    ("shut", "open_", "rule"),
    [
        (Locked(at=NOON), Unlocked(at=NOON), "locked"),
        (Slept(at=NOON), Woke(at=NOON), "asleep"),
        (StateChanged(at=NOON, sharing=True), StateChanged(at=NOON, sharing=False), "screen shared"),
    ],
)
def test_a_locked_sleeping_or_shared_screen_is_left_alone_as_one_stretch(
    watch: Watch, reader: ScriptedReader, shut: Happening, open_: Happening, rule: str
) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(20)
    watch.happen(replace(shut, at=watch.clock.now()))
    grabs = watch.hands.grabs
    watch.work(300)
    assert watch.hands.grabs == grabs
    assert [skip.rule for skip in watch.skips()] == [rule]
    watch.happen(replace(open_, at=watch.clock.now()))
    watch.work(20)
    watch.switch(None)
    assert watch.titles() == ["plan.md", "plan.md"]
    assert sum(seconds_of(watch.kept())) == pytest.approx(40, abs=3)


def test_the_windows_of_a_locked_screen_get_no_title_into_the_notes(watch: Watch) -> None:
    watch.happen(Locked(at=NOON))
    watch.switch(window("swaylock", "Private thing"))
    watch.work(10)
    assert "Private thing" not in watch.everything()


def test_two_causes_must_both_end(watch: Watch) -> None:
    watch.happen(Locked(at=NOON), Slept(at=NOON))
    watch.happen(Woke(at=NOON))
    watch.switch(window())
    assert watch.kept() == []
    watch.happen(Unlocked(at=NOON))
    assert watch.titles() == ["plan.md"]


# Whose time it is


def test_an_episode_lasts_from_its_window_to_the_next(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    will_read(reader, "all is built")
    watch.switch(window())
    watch.work(60)
    watch.switch(window("terminal", "make"), image=picture("black"))
    watch.work(30)
    watch.switch(None)
    plan, make = watch.kept()
    assert (plan.started_at, plan.title, make.title) == (NOON, "plan.md", "make")
    assert plan.ended_at == make.started_at
    assert seconds_of([plan, make]) == pytest.approx([60, 30], abs=1.5)
    assert make.dark_share == 1.0
    assert plan.dark_share == 0.0


def test_time_away_is_not_counted_and_coming_back_is_a_new_episode(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(60)
    watch.wait(600)
    watch.work(30)
    watch.switch(None)
    before, after = watch.kept()
    assert seconds_of([before, after]) == pytest.approx([60, 30], abs=2)
    assert (before.ended_at - NOON).total_seconds() == pytest.approx(60, abs=1.5)
    assert (after.started_at - NOON).total_seconds() == pytest.approx(660, abs=3)
    assert watch.skipped() == [UNKNOWN_WINDOW], "being away is no look that was missed"


def test_nobody_looks_while_nobody_is_there(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.wait(60 + watch.settings.idle_after_seconds)
    grabs = watch.hands.grabs
    watch.wait(3600)
    assert watch.hands.grabs == grabs


def test_a_recording_tells_itself_who_was_there(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    at = [NOON + timedelta(seconds=s) for s in (0, 100, 200, 800, 830)]
    watch.happen(
        Active(at=at[1], keys=10),
        Active(at=at[2], keys=5),
        Idle(at=at[3], seconds=580),
        Active(at=at[4], keys=1),
        Ended(at=at[4]),
    )
    first, second = watch.kept()
    assert (first.active_seconds, first.keys) == (220, 15), "up to the last touch, 580 seconds before the idle was told"
    assert (second.started_at, second.keys) == (at[4], 1)


def test_an_episode_is_cut_after_ten_minutes(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(700)
    assert len(watch.kept()) == 2


def test_an_unread_count_in_a_title_begins_no_new_episode(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "hello")
    watch.switch(window("chat", "(1) Team"))
    watch.work(5)
    watch.switch(window("chat", "(2) Team"))
    watch.work(5)
    assert len(watch.kept()) == 1


def test_a_call_is_an_episode_of_its_own(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "hello")
    watch.switch(window("chat", "Team"))
    watch.work(30)
    watch.happen(StateChanged(at=watch.clock.now(), call=True))
    watch.work(30)
    assert [seen.in_call for seen in watch.kept()] == [False, True]


class Sleeper:
    """A clock whose wall time can jump, while what never jumps goes on evenly."""

    def __init__(self, watch: Watch) -> None:
        self.jumped = timedelta()
        clock = watch.clock
        now, monotonic, put = clock.now, clock.monotonic_seconds, clock.put
        clock.now = lambda: now() + self.jumped  # type: ignore[method-assign]
        clock.put = lambda at: put(at - self.jumped)  # type: ignore[method-assign]
        clock.monotonic_seconds = monotonic  # type: ignore[method-assign]


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(hours=-1)], ids=["a sleep nobody told of", "put back"])
def test_a_clock_that_jumps_ends_what_was_going_on(watch: Watch, reader: ScriptedReader, jump: timedelta) -> None:
    sleeper = Sleeper(watch)
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(30)
    sleeper.jumped = jump
    watch.work(30)
    watch.switch(None)
    before, after = sorted(watch.kept(), key=lambda seen: seen.id)
    assert (before.ended_at - NOON).total_seconds() == pytest.approx(30, abs=2)
    assert seconds_of([before, after]) == pytest.approx([30, 30], abs=3)
    assert (after.started_at - NOON) == pytest.approx(jump + timedelta(seconds=30), abs=timedelta(seconds=3))


# What comes by itself


def test_a_note_is_kept_whatever_the_gate_says(watch: Watch) -> None:
    watch.happen(Locked(at=NOON), Noted(at=NOON, text="I like tea."))
    assert watch.words() == ["I like tea."]


@pytest.mark.parametrize("locked", [False, True])
def test_notifications_are_read_unless_something_is_in_the_way(watch: Watch, locked: bool) -> None:
    if locked:
        watch.happen(Locked(at=NOON))
    watch.happen(Notified(at=NOON, app="calendar", summary="Dentist at nine", body="tomorrow"))
    assert watch.words() == ([] if locked else ["Dentist at nine", "tomorrow"])
    assert watch.skipped() == (["locked"] if locked else [])


def test_notifications_are_left_alone_where_the_person_wants_that(watch: Watch) -> None:
    watch.settings = watch.settings.with_value("read_notifications", False)
    watch.happen(Notified(at=NOON, app="calendar", summary="Dentist at nine", body=""))
    assert watch.everything().count("\n") == 0


def test_a_notification_of_a_hidden_program_leaves_a_skip_without_its_words(watch: Watch) -> None:
    watch.happen(Notified(at=NOON, app="keepassxc", summary="Copied password of bank", body=""))
    assert watch.skipped() == ["password manager"]
    assert "bank" not in watch.everything()


def test_of_several_sources_side_by_side_nothing_is_lost(watch: Watch, reader: ScriptedReader) -> None:
    for number in range(5):
        will_read(reader, f"page {number}")
        watch.switch(window(title=f"chapter {number}.md"), image=picture(("white", "silver")[number % 2]))
        watch.happen(
            Notified(at=watch.clock.now(), app="mail", summary=f"letter {number}", body=""),
            Noted(at=watch.clock.now(), text=f"thought {number}"),
            Notified(at=watch.clock.now(), app="chat", summary=f"message {number}", body=""),
        )
        watch.wait(5)
    for what in ("page", "letter", "thought", "message"):
        assert [word for word in watch.words() if word.startswith(what)] == [f"{what} {number}" for number in range(5)]


# Forgetting


def test_after_forgetting_nothing_of_the_screen_is_remembered(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window())
    watch.work(10)
    watch.recorder.forget()
    will_read(reader, "chapter one")
    watch.work(5)
    assert len(reader.regions) == 2, "the same picture is new again"
    assert len(watch.kept()) == 2, "and belongs to a new episode"


# What goes on, for who wants to know whether the moment is a good one


def test_what_goes_on_is_told_without_the_words_of_the_window(watch: Watch, reader: ScriptedReader) -> None:
    will_read(reader, "chapter one")
    watch.switch(window(title="plan.md", fullscreen=True))
    watch.work(90)
    present = watch.recorder.present
    assert present is not None
    moment = present.moment
    assert (moment.app, moment.title) == ("", "")
    assert [seen.id for seen in watch.kept()] == [present.front]
    assert moment.fullscreen and not moment.private
    assert moment.busy_share == pytest.approx(1.0, abs=0.05)
    assert moment.in_front_seconds == pytest.approx(90, abs=2)
    assert moment.strain_seconds == pytest.approx(90, abs=2)


def test_calls_sharing_locks_and_private_windows_are_told(watch: Watch, reader: ScriptedReader) -> None:
    for _ in range(20):
        will_read(reader, "chapter one")

    def told() -> set[str]:
        present = watch.recorder.present
        assert present is not None
        names = ("in_call", "sharing", "locked", "away", "paused", "do_not_disturb", "private")
        return {name for name in names if getattr(present.moment, name)}

    watch.switch(window())
    watch.touch()
    assert told() == set()
    watch.happen(StateChanged(at=watch.clock.now(), call=True, dnd=True))
    assert told() == {"in_call", "do_not_disturb"}
    watch.happen(StateChanged(at=watch.clock.now(), call=False, dnd=False, sharing=True))
    assert told() == {"sharing"}
    watch.happen(StateChanged(at=watch.clock.now(), sharing=False), Locked(at=watch.clock.now()))
    assert told() == {"locked"}
    watch.happen(Unlocked(at=watch.clock.now()))
    watch.switch(window("keepassxc", "my secrets"))
    assert told() == {"private"}
    assert watch.recorder.present is not None and watch.recorder.present.front is None
    watch.switch(window())
    watch.gate.pause(watch.clock.now() + timedelta(minutes=5))
    watch.touch()
    assert told() == {"paused"}
    watch.gate.resume()
    watch.wait(120)
    assert told() == {"away"}


def test_a_window_of_a_call_that_can_be_seen_is_a_call(watch: Watch, reader: ScriptedReader) -> None:
    for _ in range(9):
        will_read(reader, "chapter one")
    meeting = window("zoom", "Zoom Meeting", rect=RIGHT_HALF)
    watch.switch(window(rect=LEFT_HALF), meeting)
    assert watch.recorder.present is not None and watch.recorder.present.moment.in_call
    watch.switch(window(rect=LEFT_HALF))
    assert not watch.recorder.present.moment.in_call
