"""The verbs of suggestions, over the real link and on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gum_app.daemon.room import Room
from gum_app.records import PropositionId
from gum_app.store.store import Store
from gum_app.suggestions import Act, SuggestionId
from tests.builders import NOON, an_offer
from tests.daemon.test_answers import Ask, ask, refusal, room, store, tea  # noqa: F401 - fixtures

HOUR = timedelta(hours=1)


@pytest.fixture
def offered(store: Store, tea: PropositionId) -> SuggestionId:  # noqa: F811
    return store.add_offer(an_offer(because=(tea,), act=Act(kind="draft", title="Tea", text="Dear Ann")), NOON)


def put(store: Store, id_: SuggestionId, **more: Any) -> None:  # noqa: F811
    kept = store.suggestion(id_)
    assert kept is not None
    store.put_suggestion(replace(kept, **more))


def told(ask: Ask, id_: SuggestionId) -> dict[str, Any]:  # noqa: F811
    (one,) = ask("suggestions", id=id_)["suggestions"]
    found: dict[str, Any] = one
    return found


def test_a_suggestion_is_told_with_all_its_reasons(ask: Ask, store: Store, offered: SuggestionId, tea: int) -> None:  # noqa: F811
    kept = store.suggestion(offered)
    assert kept is not None
    store.keep_silent(replace(kept, silence="call", wanted=0.5), NOON)
    one = told(ask, offered)
    assert [(each["id"], each["text"]) for each in one["because"]] == [(tea, "Likes tea.")]
    assert (one["wanted"], one["speak"], one["silent"]) == (0.5, 1.0, -2.5)
    assert [(each["silence"], each["count"]) for each in one["silences"]] == [("call", 1)]
    assert one["silences"][0]["sentence"] == "Held back because you are in a call."
    assert one["can"].endswith(".") and one["ends"].endswith(".")
    assert one["deed"] is None


def test_before_it_is_judged_there_are_no_numbers(ask: Ask, offered: SuggestionId) -> None:  # noqa: F811
    one = told(ask, offered)
    assert (one["wanted"], one["speak"], one["silent"]) == (None, None, None)


def test_the_list_can_be_narrowed(ask: Ask, store: Store, offered: SuggestionId) -> None:  # noqa: F811
    assert [each["id"] for each in ask("suggestions", states=["waiting"])["suggestions"]] == [offered]
    assert ask("suggestions", states=["shown"])["suggestions"] == []
    put(store, offered, state="shown", shown_at=NOON)
    assert ask("suggestions")["today"] == 1
    assert ask("suggestions")["a_day"] == 6


def test_on_the_first_day_it_says_that_it_only_watches(ask: Ask, store: Store) -> None:  # noqa: F811
    assert ask("suggestions")["watching_until"] is None
    store.put_setting("consented_at", (NOON - HOUR).isoformat())
    assert ask("suggestions")["watching_until"] == (NOON + 23 * HOUR).isoformat()
    store.put_setting("consented_at", (NOON - 25 * HOUR).isoformat())
    assert ask("suggestions")["watching_until"] is None


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        ("dismissed", "dismissed", "Fewer of these: dates that come near. The last one was not wanted; after two"),
        ("later", "waiting", "It waits until 14:00"),
        ("liked", "shown", "More of these"),
        ("disliked", "shown", "Fewer of these"),
        ("never", "dismissed", "No more of these"),
    ],
)
def test_an_answer_is_kept_says_what_it_changes_and_can_be_taken_back(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    offered: SuggestionId,
    answer: str,
    state: str,
    said: str,
) -> None:
    put(store, offered, state="shown", shown_at=NOON)
    assert ask("suggestion_answer", id=offered, answer=answer)["said"].startswith(said)
    assert told(ask, offered)["state"] == state
    assert [each.answer for each in store.suggestion_answers()] == [answer]
    assert store.settings().never_offered == (["deadline"] if answer == "never" else [])
    ask("suggestion_unanswer", id=offered)
    assert (told(ask, offered)["state"], store.suggestion_answers()) == ("shown", [])
    assert store.settings().never_offered == []
    assert "taken back" in refusal(ask, "suggestion_unanswer", id=offered)


def test_later_takes_minutes(ask: Ask, offered: SuggestionId) -> None:  # noqa: F811
    ask("suggestion_answer", id=offered, answer="later", minutes=15)
    assert told(ask, offered)["not_before"] == (NOON + timedelta(minutes=15)).isoformat()


def test_never_such_can_be_set_and_lifted_without_a_suggestion(ask: Ask, store: Store) -> None:  # noqa: F811
    ask("suggestion_never", kind="break")
    ask("suggestion_never", kind="break")
    assert store.settings().never_offered == ["break"]
    ask("suggestion_never", kind="break", never=False)
    assert store.settings().never_offered == []


def test_a_click_on_what_was_shown_does_it_and_it_can_be_undone(ask: Ask, room: Room, offered: SuggestionId) -> None:  # noqa: F811
    shown = ask("suggestion_preview", id=offered)
    assert shown["text"] == "Dear Ann" and shown["undo"]
    done = ask("suggestion_do", id=offered, fingerprint=shown["fingerprint"])
    assert (done["undo"], done["text"]) == (True, "Dear Ann")
    one = told(ask, offered)
    assert one["state"] == "taken" and one["deed"]["path"].startswith(str(room.home.outbox))
    ask("suggestion_undo", id=offered)
    assert told(ask, offered)["state"] == "undone"
    assert list(room.home.outbox.iterdir()) == []


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("suggestions", {"states": "shown"}),
        ("suggestions", {"states": ["asleep"]}),
        ("suggestions", {"limit": 0}),
        ("suggestions", {"limit": True}),
        ("suggestions", {"id": 99}),
        ("suggestion_answer", {"id": 1, "answer": "taken"}),
        ("suggestion_answer", {"id": 1, "answer": ["never"]}),
        ("suggestion_answer", {"id": 1, "answer": "later", "minutes": -1}),
        ("suggestion_answer", {"id": 1, "answer": "later", "minutes": True}),
        ("suggestion_answer", {"answer": "later"}),
        ("suggestion_answer", {"id": 99, "answer": "later"}),
        ("suggestion_unanswer", {"id": 99}),
        ("suggestion_never", {"kind": "everything"}),
        ("suggestion_never", {"kind": ["break"]}),
        ("suggestion_never", {"kind": "break", "never": "yes"}),
        ("suggestion_preview", {"id": 99}),
        ("suggestion_do", {"id": 1}),
        ("suggestion_do", {"id": 1, "fingerprint": None}),
        ("suggestion_undo", {"id": 1}),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(
    ask: Ask,  # noqa: F811
    offered: SuggestionId,
    verb: str,
    fields: dict[str, Any],
) -> None:
    assert offered == 1
    assert refusal(ask, verb, **fields).endswith(".")


def test_what_is_over_takes_no_answer(ask: Ask, store: Store, offered: SuggestionId) -> None:  # noqa: F811
    put(store, offered, state="withdrawn")
    assert "is over" in refusal(ask, "suggestion_answer", id=offered, answer="dismissed")
    assert store.suggestion_answers() == []


def test_what_it_can_and_cannot_do_is_told(ask: Ask) -> None:  # noqa: F811
    listed = ask("abilities")
    assert any("sends nothing" in each for each in listed["cannot"])
    assert len(listed["can"]) == 7
