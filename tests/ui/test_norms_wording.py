from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import MATTERS, Matter
from gum_app.rules.norms import RELUCTANT, Norms
from gum_app.store.rulings import Tally
from gum_app.ui.norms_wording import choices, listed_as, name_of, reason, tightened, told, usual
from tests.ui.life import NOW

PAY = Tally(
    matter="pay",
    keeping="without detail",
    rule="its title",
    app="evince",
    whose="others",
    count=3,
    first_at=NOW - timedelta(hours=2),
    last_at=NOW - timedelta(hours=1),
)


def test_a_ruling_is_told_by_kind_rule_program_time_and_how_often() -> None:
    assert listed_as(PAY) == "Pay and employment, without its words"
    assert reason(PAY, NOW) == "Told by its title · about somebody else · Evince · 3 times, last 15:42"


def test_a_secret_is_told_by_its_kind() -> None:
    card = Tally(**{**vars(PAY), "matter": "credentials", "rule": "card", "count": 1})
    assert listed_as(card) == "Card, cut out"
    assert reason(card, NOW) == "about somebody else · Evince · once, last 15:42"
    assert listed_as(Tally(**{**vars(card), "rule": "health"})) == "Answer in a form about health, cut out"


def test_a_kind_of_page_is_told_as_one_and_nobody_is_not_told() -> None:
    page = Tally(**{**vars(PAY), "rule": "page: pay or employment record", "whose": "nobody"})
    assert reason(page, NOW) == "Told by the kind of page: pay or employment record · Evince · 3 times, last 15:42"


def test_what_holds_is_told_with_its_reason_and_how_often_it_came_up() -> None:
    said = told("pay", Norms(), [PAY], NOW)
    assert said == "It came up 3 times, last 15:42 in Evince.", "the choice itself says the rest"
    stricter = told("legal", Norms(reluctance={"legal": RELUCTANT}), [PAY], NOW)
    assert stricter.startswith("Nothing is kept") and "Stricter than usual" in stricter
    assert stricter.endswith("It has not come up yet.")
    assert "cannot be loosened" in told("credentials", Norms(), [], NOW)


def test_the_usual_choice_says_what_it_comes_to() -> None:
    assert usual("pay", Norms(said={"pay": "keep"})) == "Usual: without detail"
    assert usual("pay", Norms(reluctance={"pay": RELUCTANT})) == "Usual: keep nothing"
    assert usual("children", Norms()) == "Usual: keep nothing"


@pytest.mark.parametrize("matter", MATTERS)
def test_each_kind_has_a_name_and_choices_and_only_secrets_cannot_be_kept(matter: Matter) -> None:
    assert name_of(matter)[0].isupper()
    assert ("keep" in choices(matter)) == (matter != "credentials")


def test_only_what_became_stricter_asks_for_what_is_kept_already() -> None:
    assert tightened("health", "keep", "drop")
    assert not tightened("health", "drop", "keep")
    assert not tightened("credentials", "without detail", "drop")
