"""The world changed, or somebody erred: decided by when each was seen."""

from datetime import timedelta

import pytest

from gum_app.records import Evidence, ObservationId
from gum_app.rules.changes import judge, only_moved, says_that_it_changed
from tests.builders import NOON, some_evidence


def seen(*days: float, quote: str = "words", first_id: int = 1) -> list[Evidence]:
    return [
        some_evidence(quote, observation_id=ObservationId(first_id + n), at=NOON + timedelta(days=day))
        for n, day in enumerate(days)
    ]


def test_several_episodes_before_and_several_since_are_a_change() -> None:
    judged = judge(seen(0, 1, 2), seen(5, 6, first_id=50), kind="habit")
    assert (judged.what, judged.why) == (
        "changed",
        "Seen so 3 times before, and 2 times otherwise since: this has changed.",
    )


def test_once_otherwise_is_a_doubt_and_no_change() -> None:
    assert judge(seen(0, 1, 2), seen(5, first_id=50), kind="habit").what == "otherwise"
    assert judge(seen(0), seen(5, 6, first_id=50), kind="habit").what == "otherwise"


def test_many_words_of_one_episode_are_one_sight() -> None:
    once = [
        some_evidence(f"words {n}", observation_id=ObservationId(50), at=NOON + timedelta(days=5)) for n in range(4)
    ]
    assert judge(seen(0, 1), once, kind="habit").what == "otherwise"


def test_what_was_seen_in_the_same_time_stands_against_each_other() -> None:
    assert judge(seen(0, 4), seen(3, 5, first_id=50), kind="plan").what == "conflict"


def test_an_appointment_needs_to_be_seen_at_its_new_day_once() -> None:
    assert judge(seen(0), seen(1, first_id=50), kind="plan").what == "changed"


def test_words_that_tell_of_a_change_make_it_one() -> None:
    assert judge(seen(0), seen(1, quote="We have moved to Linear", first_id=50), kind="tool").what == "changed"


def test_what_speaks_against_is_no_sight_of_it() -> None:
    against = [some_evidence("no", supports=False, at=NOON + timedelta(days=9))]
    assert judge([*seen(0, 1), *against], seen(5, 6, first_id=50), kind="habit").what == "changed"


@pytest.mark.parametrize(
    "words",
    ["moves from Saturday 28 March to Monday 30 March", "Now Thu 12 March, 11:00–11:30 (was Wed 15:00)", "postponed"],
)
def test_words_of_change(words: str) -> None:
    assert says_that_it_changed([words])
    assert not says_that_it_changed(["Handover of the keys", "The move itself", "Where is now the map?"])


def test_the_same_but_for_the_day() -> None:
    old, new = "Has the handover of keys on Saturday 28 March.", "Has the handover of keys on Monday 30 March at 09:30."
    assert only_moved(old, new, NOON)
    assert only_moved(new, old, NOON)
    assert not only_moved(old, old, NOON)
    assert not only_moved(old, "Has the dentist on Monday 30 March.", NOON)
    assert not only_moved("Has choir every Friday 13 March.", "Has choir every Friday 20 March.", NOON)
