"""A model is asked about what the rules could not decide, within the budget; where it fails the rules' word stands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.mind import Mind
from gum_app.daemon.second_thought import SecondThought
from gum_app.daemon.triage import Triage
from gum_app.digest import DigestId, DigestItem
from gum_app.errors import ModelDied
from gum_app.pipeline.answers import MOST_TRIAGED
from gum_app.records import Person
from gum_app.rules.budget import Circumstances
from gum_app.settings import Settings
from gum_app.store.store import ForgetScope, Store
from gum_app.world.model import Prompt
from tests.builders import NOON
from tests.pipeline.test_triage import answer, words
from tests.store.test_digesting import show
from tests.world.scripted_model import ScriptedModel


@dataclass
class Thinking:
    store: Store
    mind: Mind
    second: SecondThought
    changed: list[DigestId]
    clock: SetClock = field(default_factory=lambda: SetClock(NOON))

    def judged(self, *texts: str, **more: object) -> list[DigestId]:
        """By the rules; a message of nobody known is undecided."""
        ids = [show(self.store, text, **more) for text in texts]  # type: ignore[arg-type]
        settings = Settings(triage_notifications=True)
        Triage(self.store, self.clock, settings=lambda: settings, pen=threading.RLock()).judge_some()
        return ids

    def think(self, *answers: object, before: Callable[[Prompt], None] = lambda _prompt: None) -> ScriptedModel:
        model = ScriptedModel(*answers, before=before)
        self.mind.think_with(model)
        self.second.think(lambda: False)
        return model

    def item(self, id_: DigestId) -> DigestItem:
        item = self.store.digest_item(id_)
        assert item is not None
        return item

    def attention(self, id_: DigestId) -> str:
        judgement = self.item(id_).judgement
        assert judgement is not None
        return judgement.attention


def a_thinking(store: Store, *, on: bool = True, leaves: bool = False, battery: bool = False) -> Thinking:
    clock, changed = SetClock(NOON), list[DigestId]()
    mind = Mind(clock, store.add_call)
    second = SecondThought(
        store,
        mind,
        clock,
        settings=lambda: Settings(triage_notifications=on),
        person=lambda: Person(name="Ada"),
        circumstances=lambda: Circumstances(idle=False, on_battery=battery),
        leaves=lambda: leaves,
        pen=threading.RLock(),
        changed=changed.append,
    )
    return Thinking(store, mind, second, changed, clock)


@pytest.fixture
def thinking(store: Store) -> Thinking:
    return a_thinking(store)


def test_what_is_undecided_is_asked_about_once_and_moved(thinking: Thinking) -> None:
    gate, party = thinking.judged("Freya\nI am at the gate", "Class 4\nwho wants my bunk bed?")
    model = thinking.think(answer("now", "later"))
    assert [thinking.attention(each) for each in (gate, party)] == ["now", "later"]
    assert thinking.changed == [gate]
    assert "I am at the gate" in words(model.asked[0])
    assert [call.step for call in thinking.store.calls()] == ["triage"]
    assert thinking.think().asked == [], "and not again"


def test_many_are_asked_about_a_few_at_a_time(thinking: Thinking) -> None:
    thinking.judged(*(f"Sender {chr(97 + n)}\nhello" for n in range(MOST_TRIAGED + 2)))
    assert len(thinking.think(answer(*["later"] * MOST_TRIAGED), answer("later", "later")).asked) == 2


@pytest.mark.parametrize("wrong", ["nonsense", answer("now", "now"), ModelDied("It died.")])
def test_where_it_fails_the_rules_word_stands_and_it_is_not_asked_again(thinking: Thinking, wrong: object) -> None:
    (id_,) = thinking.judged("Freya\nI am at the gate")
    thinking.think(wrong)
    thinking.mind.wake()
    assert thinking.think().asked == []
    assert (thinking.attention(id_), thinking.changed) == ("later", [])


def test_what_is_decided_is_not_asked_about(thinking: Thinking) -> None:
    thinking.judged("Backup finished\n2 GB", app="Backups")
    (said,) = thinking.judged("Freya\nhello")
    thinking.store.put_opinion(said, "right", NOON)
    thinking.judged("Freya\nhello again")
    assert thinking.think().asked == []


@pytest.mark.parametrize("more", [{"on": False}, {"battery": True}])
def test_where_it_may_not_nothing_is_asked(store: Store, more: dict[str, bool]) -> None:
    thinking = a_thinking(store, **more)
    thinking.judged("Freya\nI am at the gate")
    assert thinking.think().asked == []


def test_nothing_that_may_be_private_leaves_this_computer(store: Store) -> None:
    for leaves, asked in ((True, 0), (False, 1)):
        thinking = a_thinking(store, leaves=leaves)
        thinking.judged("Freya\nthe doctor says it is the solicitor’s business")
        assert len(thinking.think(*[answer("later")] * asked).asked) == asked


def test_what_is_old_is_read_in_the_digest_by_then(thinking: Thinking) -> None:
    thinking.judged("Freya\nI am at the gate")
    thinking.clock.put(NOON + timedelta(hours=2))
    assert thinking.think().asked == []


def test_what_is_forgotten_or_said_meanwhile_stays_as_it_is(thinking: Thinking) -> None:
    first, second = thinking.judged("Freya\nI am at the gate", "Owen\nI am at the door")

    def meanwhile(_prompt: Prompt) -> None:
        seen = thinking.item(first).observation_id
        assert seen is not None
        thinking.store.forget(ForgetScope(observation_ids=(seen,)), at=NOON)
        thinking.store.put_opinion(second, "right", NOON)

    thinking.think(answer("now", "now"), before=meanwhile)
    assert thinking.store.digest_item(first) is None
    assert (thinking.attention(second), thinking.changed) == ("later", [])


def test_after_a_forgetting_the_answer_comes_to_nothing(thinking: Thinking) -> None:
    (id_,) = thinking.judged("Freya\nI am at the gate")
    thinking.think(answer("now"), before=lambda _prompt: thinking.second.forget())
    assert (thinking.attention(id_), thinking.changed) == ("later", [])
