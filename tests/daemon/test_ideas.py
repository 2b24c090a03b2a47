"""A model is asked what else could be offered: seldom, within the budget, and only what holds is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.ideas import Ideas
from gum_app.daemon.mind import Mind
from gum_app.daemon.recorder import Present
from gum_app.errors import ModelDied
from gum_app.records import Person, PrivacyRule
from gum_app.rules.budget import Circumstances
from gum_app.settings import Settings
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Moment
from gum_app.world.model import Prompt, Said
from tests.builders import NOON, an_offer
from tests.pipeline.test_suggest_asked import an_answer
from tests.store.life import see
from tests.world.scripted_model import ScriptedModel

NOTE = "Dentist on Friday at 12:30, ask Dr Ames\nTeam lunch on Friday at 12:30"
IDEA = {"offers": [an_answer(statements=[], text="Hello,\nFriday does not suit me.")]}
NOTHING: dict[str, Any] = {"offers": []}


@dataclass
class Life:
    store: Store
    settings: Settings = field(default_factory=Settings)
    leaves: bool = False
    on_battery: bool = False
    told: int = 0

    def __post_init__(self) -> None:
        self.clock = SetClock(NOON)
        self.mind = Mind(self.clock, self.store.add_call)
        self.ideas = Ideas(
            self.store,
            self.mind,
            self.clock,
            settings=lambda: self.settings,
            person=lambda: Person(name="Ada"),
            circumstances=lambda: Circumstances(idle=False, on_battery=self.on_battery, battery_percent=20.0),
            leaves=lambda: self.leaves,
            pen=threading.RLock(),
            kept=self._tell,
            rules=self.store.privacy_rules,
        )

    def _tell(self) -> None:
        self.told += 1

    def write(self, text: str = NOTE, minutes: float = 30) -> None:
        """Something new in the person's own notes, and time passes."""
        assert isinstance(self.clock, SetClock)
        self.clock.put(self.clock.now() + timedelta(minutes=minutes))
        more: dict[str, Any] = {"app": "code", "title": "notes.md — work — Visual Studio Code", "keys": 90}
        see(self.store, text, at=self.clock.now(), active_seconds=120.0, **more)

    def think(
        self, *answers: object, before: Callable[[Prompt], None] = lambda _p: None, **moment: Any
    ) -> ScriptedModel:
        model = ScriptedModel(*answers, before=before)
        self.mind.think_with(model)
        self.ideas.think(Present(moment=Moment(at=self.clock.now(), **moment), front=None))
        return model

    @property
    def offered(self) -> list[str]:
        return [each.offer.title for each in self.store.suggestions()]


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


def test_what_a_model_finds_is_kept_and_waits_to_be_judged(life: Life) -> None:
    life.write()
    model = life.think(IDEA)
    assert life.offered == ["Team lunch and Dentist are both on Friday"] and life.told == 1
    (kept,) = life.store.suggestions()
    assert kept.state == "waiting" and kept.offer.made_by.startswith("model:scripted suggest ")
    (part,) = model.asked[0].parts
    assert isinstance(part, Said) and "Dentist on Friday" in part.text
    assert [call.step for call in life.store.calls()] == ["suggest"]


def test_it_is_asked_seldom_and_only_after_something_new(life: Life) -> None:
    life.write()
    assert len(life.think(NOTHING).asked) == 1
    assert not life.think().asked, "nothing new"
    life.write(minutes=5)
    assert not life.think().asked, "it was asked five minutes ago"
    life.write(minutes=16)
    assert len(life.think(NOTHING).asked) == 1
    assert not life.offered and not life.told


def test_the_same_idea_is_kept_once_and_told_to_the_model(life: Life) -> None:
    life.write()
    life.think(IDEA)
    life.write(f"{NOTE}\nmore")
    model = life.think(IDEA)
    assert len(life.offered) == 1
    (part,) = model.asked[0].parts
    assert isinstance(part, Said) and "- Team lunch and Dentist" in part.text


@pytest.mark.parametrize("failure", ["no JSON", ModelDied("It ended."), {"offers": [an_answer(quote="never seen")]}])
def test_a_failure_is_no_offer(life: Life, failure: object) -> None:
    life.write()
    life.think(failure)
    assert not life.offered and not life.told


@pytest.mark.parametrize("moment", ["away", "locked", "paused", "private", "in_call", "sharing"])
def test_nobody_is_there_or_nothing_may_be_known_nothing_is_asked(life: Life, moment: str) -> None:
    life.write()
    given: dict[str, Any] = {moment: True}
    assert not life.think(**given).asked


def test_not_where_help_is_off_or_the_machine_has_no_room_for_it(life: Life) -> None:
    life.write()
    life.on_battery = True
    assert not life.think().asked
    life.on_battery, life.settings = False, Settings(suggestions=False)
    assert not life.think().asked
    life.settings = Settings()
    life.ideas.think(None)
    assert len(life.think(NOTHING).asked) == 1


def test_what_is_forgotten_while_it_is_asked_comes_to_nothing(life: Life) -> None:
    life.write()

    def forget(_prompt: Prompt) -> None:
        life.ideas.forget()
        life.store.forget(ForgetScope(everything=True), at=life.clock.now())

    life.think(IDEA, before=forget)
    assert not life.offered


def test_what_may_be_private_does_not_leave(life: Life) -> None:
    life.leaves = True
    life.write(f"{NOTE}\nMy salary is 3,000 a month")
    model = life.think(NOTHING)
    (part,) = model.asked[0].parts
    assert isinstance(part, Said) and "Dentist" in part.text and "salary" not in part.text


def test_what_a_rule_hides_by_now_is_shown_to_no_model(life: Life) -> None:
    life.write()
    life.store.add_privacy_rule(PrivacyRule(name="notes", title="notes.md"))
    assert life.think().asked == []


def test_what_was_offered_and_may_be_private_does_not_leave_either(life: Life) -> None:
    life.store.add_offer(an_offer(seen_in=(see(life.store, "x"),), title="The biopsy is on Monday"), NOON)
    life.write()
    assert "biopsy" in str(life.think(NOTHING).asked[0].parts)
    life.leaves = True
    life.write("Another note about the garden\nand one more")
    assert "biopsy" not in str(life.think(NOTHING).asked[0].parts)
