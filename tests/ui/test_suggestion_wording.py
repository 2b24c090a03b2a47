"""What is said of a suggestion, without a screen."""

from __future__ import annotations

from dataclasses import replace

from gum_app.rules.taste import Taste
from gum_app.suggestions import Deed, Kept, Suggestion, SuggestionId
from gum_app.ui.suggestion_lookup import Learned, Shown
from gum_app.ui.suggestion_wording import became, explained, found_by, held_back, laters, learned, sure
from tests.builders import an_offer
from tests.ui.life import NOW

ONE = Suggestion(id=SuggestionId(1), offer=an_offer(), made_at=NOW, changed_at=NOW, wanted=0.4)
TASTE = Taste(rate=0.5, answers=3, resting_until=None, tried_from=None)


def test_how_sure_is_said_with_the_least_that_is_worth_saying() -> None:
    assert sure(ONE) == "You may want this: 40 %. Worth saying from 27 %"
    assert sure(replace(ONE, wanted=None)) == "Not judged yet"


def test_each_number_is_explained() -> None:
    shown = Shown(suggestion=ONE, because=(), silences=(), deed=None, rated=None, answered=True)
    said = "\n".join(explained(shown))
    assert "something to help with: 80 %" in said
    assert "helps: 6 of 10" in said
    assert "disturbs: 4 of 10" in said
    assert "costs: 5 of 10" in said
    assert "You want it: 40 %, as you take 50 % of such offers." in said
    assert "To say it is worth +0.0, to keep silent -2.0." in said
    assert "50 % of such offers are taken; of you it is not known yet" in explained(replace(shown, answered=False))[4]
    assert len(explained(replace(shown, suggestion=replace(ONE, wanted=None)))) == 4


def test_what_became_of_it() -> None:
    deed = Deed(suggestion_id=ONE.id, act="draft", at=NOW, result="Written to van.txt in the outbox folder.")
    assert became(replace(ONE, state="taken"), deed, NOW) == "Written to van.txt in the outbox folder. (16:42)"
    assert became(replace(ONE, state="undone"), replace(deed, undone_at=NOW), NOW) == "Done, and taken back, 16:42"
    refused = replace(ONE, state="refused", silence="not worth it")
    assert became(refused, None, NOW) == "Not shown because it would more likely disturb than help, 16:42"


def test_why_it_was_held_back() -> None:
    kept = Kept(suggestion_id=ONE.id, silence="call", first_at=NOW, last_at=NOW, count=3)
    assert held_back(kept, NOW) == "Held back because you are in a call: 3 times, last 16:42."


def test_later_is_always_later_and_in_the_evening_not_this_evening() -> None:
    assert [text for text, _ in laters(NOW.replace(hour=10))] == [
        "In half an hour",
        "In 2 hours",
        "This evening, 18:00",
        "Tomorrow, 09:00",
    ]
    assert [text for text, _ in laters(NOW)] == ["In half an hour", "In 2 hours", "Tomorrow, 09:00"]
    assert dict(laters(NOW))["Tomorrow, 09:00"] == 16 * 60 + 18


def test_what_was_learned_of_a_kind() -> None:
    one = Learned(
        kind="break", offered=2, taken=0, taste=TASTE, told="Fewer of these: breaks after long work.", never=False
    )
    assert learned(one) == "Answered twice, taken never. The next is taken with 50 %. Fewer of these."
    assert learned(replace(one, never=True)).endswith("taken with 50 %. You never want these.")


def test_who_found_it() -> None:
    assert found_by("rule:clash") == "Found by the rule “clash”."
    assert found_by("model:Qwen3-VL-4B suggest 3f2a91c0") == "Thought of by the model Qwen3-VL-4B."
