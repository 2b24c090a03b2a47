from __future__ import annotations

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_offer import LONGEST_TITLE, offer, quoted
from gum_app.records import Person
from gum_app.suggestions import Act
from tests.builders import NOON, an_observation


def test_words_of_the_screen_stand_in_quotation_marks_on_one_line() -> None:
    assert quoted('say “hello”\nnow, "please"') == "“say ‘hello’ now, ’please’”"
    assert len(quoted("word " * 100)) < 100
    assert "\u202e" not in quoted("turned \u202eround")


def test_an_offer_has_the_numbers_of_its_kind_and_a_short_title() -> None:
    scene = Scene(an_observation(3), Person())
    made = offer(
        "clash",
        topic="clash:x",
        title="T" * 200,
        why_now="Why.",
        act=Act(kind="gather", title="x"),
        seen=[scene, scene],
        belief=1.7,
        good_until=NOON,
        rule="clash",
    )
    assert (made.benefit, made.cost_wrong, made.cost_silent) == (7, 3, 6)
    assert len(made.title) <= LONGEST_TITLE
    assert made.seen_in == (3,) and made.belief == 1.0 and made.made_by == "rule:clash"
