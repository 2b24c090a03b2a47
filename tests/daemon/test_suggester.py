"""Rounds: what is found is kept, judged, shown or held back with a reason, and learned from. On a real database, with
the real rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.gate import Gate
from gum_app.daemon.offers_kept import keep_offers
from gum_app.daemon.recorder import Present
from gum_app.daemon.room import Room
from gum_app.daemon.suggester import Suggester
from gum_app.paths import Home
from gum_app.pipeline.suggest import Known
from gum_app.records import ObservationId, Person
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Act, Answered, Moment, Suggestion, SuggestionId
from tests.builders import NOON, an_offer
from tests.daemon.test_answers import store  # noqa: F401 - a fixture
from tests.store.life import believe, see

MINUTE = timedelta(minutes=1)
FAILS = "ERROR: the depot server cannot be reached"


class Life:
    """Somebody at work whom we have known for a week; time passes by hand."""

    def __init__(self, room: Room, store: Store) -> None:  # noqa: F811
        self.room, self.store = room, store
        self.quiet = False
        self.asked_whether_quiet = 0
        self.speaks = False
        self.suggester = Suggester(room, store, is_quiet=self._is_quiet, is_in_call=lambda: self.speaks)
        self.front: ObservationId | None = None
        self.moment: dict[str, Any] = {"keys_a_minute": 5.0, "in_front_seconds": 60.0}
        store.put_setting("consented_at", (NOON - timedelta(days=7)).isoformat())

    def _is_quiet(self) -> bool:
        self.asked_whether_quiet += 1
        return self.quiet

    def work(self, text: str = FAILS, **more: Any) -> ObservationId:
        self.front = see(
            self.store, text, **{"app": "foot", "title": "~/code — foot", "at": self.room.clock.now(), **more}
        )
        return self.front

    def fail_again_and_again(self) -> None:
        for _ in range(7):
            self.work()
            self.wait(minutes=2)
        self.work()
        self.wait(seconds=20)

    def wait(self, *, minutes: float = 0, seconds: float = 0) -> None:
        assert isinstance(self.room.clock, SetClock)
        self.room.clock.put(self.room.clock.now() + minutes * MINUTE + timedelta(seconds=seconds))

    def round(self, **moment: Any) -> list[SuggestionId]:
        now = Moment(at=self.room.clock.now(), **(self.moment | moment))
        return self.suggester.suggest_if_due(Present(moment=now, front=self.front))

    def offer(self, **more: Any) -> SuggestionId:
        """One that waits already, of whatever kind."""
        seen = see(self.store, "the van", at=self.room.clock.now())
        return self.store.add_offer(an_offer(**{"seen_in": (seen,), "belief": 0.9, **more}), self.room.clock.now())

    def of(self, id_: SuggestionId) -> Suggestion:
        kept = self.store.suggestion(id_)
        assert kept is not None
        return kept

    def reasons(self, id_: SuggestionId) -> list[str]:
        return [each.silence for each in self.store.silences(id_)]


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def life(room: Room, store: Store) -> Life:  # noqa: F811
    return Life(room, store)


def test_what_goes_wrong_again_and_again_is_offered(life: Life) -> None:
    life.fail_again_and_again()
    (id_,) = life.round()
    kept = life.of(id_)
    assert (kept.offer.kind, kept.state, kept.shown_at) == ("trouble", "shown", life.room.clock.now())
    assert kept.wanted is not None and kept.silence is None
    assert set(kept.offer.seen_in) <= {each.id for each in life.store.observations()}


def test_the_same_is_not_found_twice(life: Life) -> None:
    life.fail_again_and_again()
    assert len(life.round()) == 1
    life.wait(minutes=2)
    life.work()
    assert life.round() == []
    assert len(life.store.suggestions()) == 1


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ({"in_call": True}, "call"),
        ({"sharing": True}, "sharing"),
        ({"fullscreen": True}, "full screen"),
        ({"private": True}, "private"),
        ({"keys_a_minute": 300.0}, "typing"),
        ({"keys_a_minute": None}, "typing"),
        ({"in_front_seconds": 1.0}, "just arrived"),
        ({"do_not_disturb": True}, "do not disturb"),
    ],
)
def test_a_bad_moment_holds_it_back_and_a_better_one_lets_it_out(
    life: Life, moment: dict[str, Any], reason: str
) -> None:
    life.work("reading")
    id_ = life.offer()
    assert life.round(**moment) == []
    assert (life.of(id_).state, life.of(id_).silence, life.reasons(id_)) == ("waiting", reason, [reason])
    life.wait(minutes=1)
    assert life.round() == [id_]
    assert life.reasons(id_) == [reason], "why it waited is still told"


def test_the_desktop_is_asked_whether_it_may_be_disturbed_only_where_something_would_be_shown(life: Life) -> None:
    life.work("reading")
    life.round()
    assert life.asked_whether_quiet == 0
    id_ = life.offer()
    life.wait(minutes=1)
    life.round(in_call=True)
    assert life.asked_whether_quiet == 0
    life.quiet = True
    life.wait(minutes=1)
    assert life.round() == []
    assert (life.asked_whether_quiet, life.reasons(id_)[0]) == (1, "do not disturb")


def test_who_speaks_into_the_microphone_is_in_a_call_whatever_can_be_seen(life: Life) -> None:
    life.work("reading")
    id_ = life.offer()
    life.speaks = True
    assert (life.round(), life.reasons(id_)) == ([], ["call"])


def test_on_the_first_day_it_only_watches(life: Life) -> None:
    life.store.put_setting("consented_at", (NOON - timedelta(hours=2)).isoformat())
    life.fail_again_and_again()
    assert life.round() == []
    (kept,) = life.store.suggestions()
    assert life.reasons(kept.id) == ["first day"]


def test_switched_off_nothing_is_looked_for(life: Life) -> None:
    life.store.put_setting("suggestions", False)
    life.fail_again_and_again()
    assert (life.round(), life.store.suggestions()) == ([], [])


def test_one_at_a_time(life: Life) -> None:
    life.work("reading")
    life.store.put_setting("suggestions_an_hour", 12)
    first, second = life.offer(benefit=9), life.offer(topic="keys", title="The keys are with Bob")
    assert life.round() == [first], "the most useful one"
    assert life.reasons(second) == ["one at a time"]


@pytest.mark.parametrize("moment", [{"away": True}, {"locked": True}, {"paused": True}])
def test_while_nobody_is_there_nothing_is_read_or_written(life: Life, moment: dict[str, Any]) -> None:
    life.fail_again_and_again()
    life.offer()
    before = list(life.store.export_lines())
    for _ in range(3):
        assert life.round(**moment) == []
        life.wait(minutes=2)
    assert list(life.store.export_lines()) == before
    assert all(not life.store.silences(each.id) for each in life.store.suggestions())


def test_without_anything_new_what_waits_is_judged_once_a_minute_and_no_more(life: Life) -> None:
    life.work("reading")
    id_ = life.offer()
    life.round(in_call=True)
    for _ in range(6):
        life.wait(seconds=20)
        life.round(in_call=True)
    (kept,) = life.store.silences(id_)
    assert kept.count == 3


def test_a_time_that_is_over_expires(life: Life) -> None:
    life.work("reading")
    id_ = life.offer(good_until=NOON + 5 * MINUTE)
    life.round(in_call=True)
    life.wait(minutes=6)
    assert life.round() == []
    assert life.of(id_).state == "expired"


def test_what_is_not_believed_any_more_is_withdrawn(life: Life) -> None:
    seen = life.work("reading")
    belief = believe(life.store, (seen, "reading"), text="Reads.")
    id_ = life.offer(because=(belief,))
    believe(life.store, proposition_id=belief, kind="rejected", made_by="person", why="You said so.")
    life.wait(minutes=1)
    assert life.round() == []
    assert life.of(id_).state == "withdrawn"


def test_never_such_is_final(life: Life) -> None:
    life.work("reading")
    id_ = life.offer()
    life.store.put_setting("never_offered", ["deadline"])
    life.round()
    assert (life.of(id_).state, life.reasons(id_)) == ("refused", ["never such"])


def test_dismissed_kinds_fade(life: Life) -> None:
    life.work("reading")
    for days in (3, 2, 1):
        at = NOON - timedelta(days=days) / 4
        life.store.add_suggestion_answer(Answered(kind="deadline", answer="dismissed", at=at))
    id_ = life.offer()
    assert life.round() == []
    assert life.reasons(id_) == ["lately refused"]


def test_what_the_person_does_already_is_withdrawn(life: Life) -> None:
    id_ = life.offer(act=Act(kind="draft", title="Move the van booking to Monday"), title="Move the van booking")
    life.work("Your van booking was moved to Monday", app="firefox", title="Vans — Mozilla Firefox")
    assert life.round() == []
    assert (life.of(id_).state, life.reasons(id_)) == ("withdrawn", ["already done"])
    assert life.store.suggestion_answers() == [], "it was never offered"


def test_what_they_did_by_themselves_within_the_hour_is_an_answer(life: Life) -> None:
    life.work("reading")
    id_ = life.offer(act=Act(kind="draft", title="Move the van booking to Monday"), title="Move the van booking")
    assert life.round() == [id_]
    life.wait(minutes=10)
    life.work("Your van booking was moved to Monday", app="firefox", title="Vans — Mozilla Firefox")
    life.round()
    assert life.of(id_).state == "withdrawn"
    assert [each.answer for each in life.store.suggestion_answers()] == ["did it"]
    life.wait(minutes=2)
    life.round()
    assert len(life.store.suggestion_answers()) == 1


def test_what_they_did_much_later_is_none(life: Life) -> None:
    life.work("reading")
    act = Act(kind="draft", title="Move the van booking to Monday")
    id_ = life.offer(act=act, title="Move the van booking", good_until=NOON + timedelta(hours=8))
    assert life.round() == [id_]
    life.wait(minutes=70)
    life.work("Your van booking was moved to Monday", app="firefox", title="Vans — Mozilla Firefox")
    life.round()
    assert (life.of(id_).state, life.store.suggestion_answers()) == ("shown", [])


def test_later_waits_until_then(life: Life) -> None:
    life.work("reading")
    id_ = life.offer()
    life.store.put_suggestion(replace(life.of(id_), not_before=NOON + 10 * MINUTE))
    assert life.round() == []
    assert life.reasons(id_) == ["later"]
    life.wait(minutes=11)
    assert life.round() == [id_]


# What is thought about while something changes


def thought_about(life: Life) -> Known:
    now = life.room.clock.now()
    return Known(
        now=now,
        person=Person(),
        moment=Moment(at=now),
        lately=tuple(life.store.observations(with_lines=True)),
        beliefs=tuple(life.store.beliefs_at_hand(now)),
    )


@pytest.mark.parametrize("change", ["forget", "untell", "reword"])
def test_what_rests_on_what_changed_meanwhile_is_not_kept(life: Life, change: str) -> None:
    seen = life.work("the van is red")
    belief = believe(life.store, (seen, "van"), text="Has a van.")
    known = thought_about(life)
    offers = [an_offer(seen_in=(seen,)), an_offer(because=(belief,), topic="b", title="Something else of it")]
    changes: dict[str, Callable[[], object]] = {
        "forget": lambda: life.store.forget(ForgetScope(observation_ids=(seen,)), at=NOON),
        "untell": lambda: life.store.untell_observation(seen, "a private matter"),
        "reword": lambda: believe(
            life.store, (seen, "van"), proposition_id=belief, kind="reworded", text="Has a red van."
        ),
    }
    changes[change]()
    kept = keep_offers(life.store, offers, known)
    assert len(kept) == (1 if change == "reword" else 0)


def test_what_is_unchanged_is_kept(life: Life) -> None:
    seen = life.work("the van is red")
    assert len(keep_offers(life.store, [an_offer(seen_in=(seen,))], thought_about(life))) == 1
    assert life.store.suggestions({"waiting"})


def test_words_of_a_suggestion_go_when_they_turn_out_to_be_private(life: Life) -> None:
    seen = life.work("the van is red")
    id_ = life.store.add_offer(an_offer(seen_in=(seen,)), NOON)
    life.store.untell_observation(seen, "a private matter")
    assert life.store.suggestion(id_) is None
