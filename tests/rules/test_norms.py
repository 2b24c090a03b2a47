from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import KEEPINGS, MATTERS, Keeping, Matter, Whose
from gum_app.rules.norms import (
    RELUCTANT,
    SHIPPED,
    Norms,
    effect,
    step_stricter,
    stricter,
    untold_matter,
    untold_title,
)

matters = st.sampled_from(MATTERS)
keepings = st.sampled_from(KEEPINGS)
whose = st.sampled_from(["person", "others", "children", "nobody"])
some_norms = st.builds(
    Norms,
    said=st.dictionaries(matters, keepings),
    reluctance=st.dictionaries(matters, st.integers(min_value=0, max_value=5)),
)


def test_as_shipped_words_of_private_matters_are_cut_and_of_children_nothing_is_kept() -> None:
    assert Norms().of("health") == "without detail"
    assert Norms().of("children") == "drop"
    assert set(SHIPPED) == set(MATTERS)


def test_the_person_may_loosen_and_tighten() -> None:
    norms = Norms(said={"health": "keep", "pay": "drop"})
    assert norms.keeping("health", "person") == "keep"
    assert norms.keeping("pay", "person") == "drop"
    assert norms.why("health") == "You set this."


@given(keepings)
def test_what_opens_accounts_cannot_be_loosened(said: Keeping) -> None:
    assert Norms(said={"credentials": said}).of("credentials") != "keep"


def test_who_rejected_or_forgot_twice_is_kept_more_strictly_unless_they_say_otherwise() -> None:
    assert Norms(reluctance={"health": RELUCTANT - 1}).of("health") == "without detail"
    assert Norms(reluctance={"health": RELUCTANT}).of("health") == "drop"
    assert "2 times" in Norms(reluctance={"health": RELUCTANT}).why("health")
    assert Norms(said={"health": "keep"}, reluctance={"health": 9}).of("health") == "keep"


def test_what_is_told_of_others_is_as_private_as_their_affairs() -> None:
    norms = Norms(said={"health": "keep"})
    assert norms.keeping("health", "others") == "without detail"
    assert norms.keeping("health", "children") == "drop"


@given(some_norms, matters, whose)
def test_whom_it_is_about_never_loosens(norms: Norms, matter: Matter, about: Whose) -> None:
    assert stricter(norms.of(matter), norms.keeping(matter, about)) == norms.keeping(matter, about)


@given(some_norms, matters, whose)
def test_no_model_is_shown_a_private_matter_whatever_is_kept(norms: Norms, matter: Matter, about: Whose) -> None:
    shown = norms.for_models.keeping(matter, about)
    assert shown != "keep"
    assert stricter(shown, norms.keeping(matter, about)) == shown


@given(keepings, keepings)
def test_the_stricter_of_two_is_one_of_them(one: Keeping, other: Keeping) -> None:
    assert stricter(one, other) in {one, other}
    assert stricter(one, other) == stricter(other, one)
    assert stricter(one, step_stricter(one)) == step_stricter(one)


@pytest.mark.parametrize("matter", MATTERS)
def test_an_untold_episode_is_known_by_its_title_and_each_effect_is_said(matter: Matter) -> None:
    assert untold_matter(untold_title(matter)) == matter
    assert untold_matter("A matter of taste") is None
    assert all(effect(matter, keeping).endswith(".") for keeping in KEEPINGS)
