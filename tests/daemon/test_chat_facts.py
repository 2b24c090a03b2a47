"""Which lines a question is answered from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from gum_app.daemon.answers_search import query_of
from gum_app.daemon.chat_facts import FROM_A_FILE, IN_ORDER, MOST_SEEN, NOT_ON_SCREEN, NOTHING_SAID_IT, ChatFacts, Found
from gum_app.paths import Home
from gum_app.records import PrivacyRule, Skip
from gum_app.rules.privacy import OWN_WINDOW
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, an_observation
from tests.daemon.watching import KEY
from tests.store.life import believe, see

YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with closing(Store(home.database, KEY, fold=fold)) as store:
        yield store


def found(store: Store, text: str, *, leaves: bool = False, **more: Any) -> Found:
    more = {"meaning": None, "widely": False} | more
    return ChatFacts(store, leaves=leaves).find(query_of({"text": text}, NOON), now=NOON, **more)


def told(store: Store, text: str, **more: Any) -> list[str]:
    return [fact.text for fact in found(store, text, **more).facts]


def test_a_question_about_a_matter_finds_what_says_it(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router"), "parcel router"), topic="a")
    believe(store, (see(store, "tea"), "tea"), text="Likes tea.", topic="b")
    (fact,) = found(store, "what do you know about the router?").facts
    assert (fact.name, fact.proposition, fact.why) == (f"p{id_}", id_, "Says “router”.")
    assert fact.text.endswith("Works on the parcel router.")


def test_a_question_about_a_time_finds_what_was_seen_then(store: Store) -> None:
    see(store, title="Tea — Mozilla Firefox", at=YESTERDAY)
    see(store, title="Soup — Mozilla Firefox", at=NOON)
    (line,) = told(store, "What was I doing yesterday?")
    assert "Monday 9 March 2026" in line
    assert line.endswith("Tea — Mozilla Firefox")
    assert told(store, "What was I doing?") == []


def test_a_meeting_of_a_calendar_that_was_brought_in_is_told_as_that_and_one_ahead_is_not(store: Store) -> None:
    """It stands under the moment at which it was read: nobody did anything then."""
    for title, hours in (("Design review", 1), ("Ahead", 0)):
        meeting = an_observation(
            source="import",
            app="Calendar",
            title=title,
            text=f"{title}\nOn 2026-03-09",
            started_at=YESTERDAY,
            ended_at=YESTERDAY + timedelta(hours=hours),
            active_seconds=0.0,
        )
        store.close_observation(store.open_observation(meeting))
    (fact,) = found(store, "What was I doing yesterday?").facts
    assert "Design review" in fact.text and fact.why == FROM_A_FILE


def test_where_nothing_says_it_a_model_is_shown_the_surest_and_it_is_told(store: Store) -> None:
    believe(store, (see(store, "tea"), "tea"), text="Likes tea.", topic="b")
    assert found(store, "zanzibar?").facts == (), "a person would take it for what fits"
    assert found(store, "zanzibar?", widely=True).note == NOTHING_SAID_IT
    assert told(store, "zanzibar?", widely=True)[0].endswith("Likes tea.")
    assert told(store, "zanzibar today?")[-1].endswith("Likes tea."), "it was seen then"


def test_a_person_reads_the_time_they_asked_for_first_and_a_model_what_stays_the_same(store: Store) -> None:
    believe(store, (see(store, "tea", title="Tea", at=YESTERDAY), "tea"), text="Likes tea.", topic="b")
    assert [fact.name[0] for fact in found(store, "yesterday").facts] == ["o"]
    see(store, title="Soup", at=NOON)
    assert [fact.name[0] for fact in found(store, "today").facts] == ["o", "p"]
    assert found(store, "today").note == IN_ORDER
    assert [fact.name[0] for fact in found(store, "today", widely=True).facts] == ["p", "o"]


JUST_NOW = NOON - timedelta(minutes=2)


def on_screen(store: Store, **more: Any) -> tuple[str, str]:
    """The line of what is on the screen, and what is told of it."""
    day = found(store, "help me with this section", screen=True, **more)
    return "".join(fact.text for fact in day.facts if fact.name[0] == "s"), day.note


def test_what_was_in_front_last_is_what_is_on_the_screen_with_its_words(store: Store) -> None:
    see(store, "Old words", title="Old", at=NOON - timedelta(minutes=9), source="window")
    id_ = see(store, "Boil the water", title="Tea recipe", at=JUST_NOW, source="window")
    see(store, "A message", at=NOON, source="notification")
    believe(store, (see(store, "tea"), "tea"), text="Works on the tea recipe.", topic="b")
    line, note = on_screen(store)
    assert line == "On the screen now, last seen 11:58: Firefox, Tea recipe. Its words: Boil the water"
    assert note == ""
    day = found(store, "help me with this section", screen=True)
    believe(store, (see(store, "tea"), "tea"), text="Keeps another recipe.", topic="c")
    day = found(store, "help me with this section", screen=True)
    assert [fact.text.rpartition(": ")[2] for fact in day.facts[1:]] == ["Works on the tea recipe."], "by its name"
    widely = found(store, "help me with this section", screen=True, widely=True)
    assert [fact.name[0] for fact in widely.facts] == ["p", "p", "s"], "a model may need the others too"
    (again,) = ChatFacts(store, leaves=False).named([f"s{id_}"])
    assert again is not None
    assert (again.text, again.day) == (line, NOON.date())


def test_why_nothing_on_the_screen_is_told(store: Store) -> None:
    assert on_screen(store) == ("", NOT_ON_SCREEN)
    see(store, title="Tea", at=NOON - timedelta(hours=2), source="window")
    assert on_screen(store) == ("", NOT_ON_SCREEN)
    see(store, title="Tea", at=JUST_NOW, source="window")
    store.add_skip(Skip(started_at=JUST_NOW, ended_at=NOON, rule=OWN_WINDOW))
    assert on_screen(store)[0], "our own window is where the question is written"
    store.add_skip(Skip(started_at=JUST_NOW, ended_at=NOON, rule="banking page"))
    assert on_screen(store) == ("", "What was in front last is not looked at: banking page.")


def test_a_rule_that_came_later_hides_the_screen_too(store: Store) -> None:
    id_ = see(store, title="Tea", at=JUST_NOW, source="window")
    store.add_privacy_rule(PrivacyRule(name="tea", app=None, title="Tea", address=None))
    assert on_screen(store) == ("", "What was in front last is not looked at: a privacy rule of yours.")
    assert ChatFacts(store, leaves=False).named([f"s{id_}"]) == [None]


def test_a_screen_that_may_be_private_does_not_leave(store: Store) -> None:
    see(store, "Could it be the loan?", title="Tea", at=JUST_NOW, source="window")
    see(store, "Let us talk about the chemo", title="Tea", at=JUST_NOW, source="window")
    assert "chemo" not in on_screen(store)[0], "nobody's business: no model is shown it"
    day = found(store, "this page", screen=True, leaves=True)
    assert all("loan" not in fact.text for fact in day.facts)


def test_of_a_long_day_what_was_in_front_longest_is_told_in_order_and_the_rest_counted(store: Store) -> None:
    for minute in range(MOST_SEEN + 5):
        at = YESTERDAY + timedelta(minutes=minute)
        see(store, title=f"Page {minute:02}", at=at, active_seconds=60.0 if minute >= 5 else 10.0)
    see(store, title="Page 05", at=YESTERDAY + timedelta(hours=2), active_seconds=9.0)
    day = found(store, "yesterday?")
    assert [fact.text[-7:] for fact in day.facts] == [f"Page {n:02}" for n in range(5, MOST_SEEN + 5)]
    assert day.not_shown == 5


def test_what_may_be_private_stays_on_this_computer(store: Store) -> None:
    see(store, title="Antidepressants and sleep", at=YESTERDAY, source="note", text="My antidepressants and sleep")
    see(store, title="Tea", at=YESTERDAY)
    assert any("antidepressants" in line for line in told(store, "yesterday"))
    day = found(store, "yesterday", leaves=True)
    assert [fact.text[-3:] for fact in day.facts] == ["Tea"]
    assert day.stays_here == 1
    (private,) = set(fact.name for fact in found(store, "yesterday").facts) - {fact.name for fact in day.facts}
    assert ChatFacts(store, leaves=True).named([private]) == [None]


def test_what_a_rule_hides_is_no_line_also_by_its_name(store: Store) -> None:
    see(store, title="Tea", at=YESTERDAY)
    (fact,) = found(store, "yesterday").facts
    store.add_privacy_rule(PrivacyRule(name="tea", app=None, title="Tea", address=None))
    assert told(store, "yesterday") == []
    assert ChatFacts(store, leaves=False).named([fact.name]) == [None]


def test_lines_are_read_anew_by_their_names(store: Store) -> None:
    id_ = believe(store, (see(store, "tea"), "tea"), text="Likes tea.", topic="b")
    (before,) = ChatFacts(store, leaves=False).named([f"p{id_}"])
    assert before is not None
    assert before.text == told(store, "tea")[0]
    store.add_revisions([a_revision("rejected", proposition_id=id_, made_by="person")])
    assert ChatFacts(store, leaves=False).named([f"p{id_}", "p999", "o999"]) == [None, None, None]
