from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import KEEPINGS, MATTERS, Keeping, Matter, Whose
from gum_app.rules.norms import (
    RELUCTANT,
    SHIPPED,
    Norms,
    Receiver,
    effect,
    step_stricter,
    stricter,
    untold_matter,
    untold_title,
)

matters = st.sampled_from(MATTERS)
keepings = st.sampled_from(KEEPINGS)
whose = st.sampled_from(["person", "others", "children", "nobody"])
receivers = st.sampled_from(["here", "local model", "server", "assistant"])
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


@given(some_norms, matters, whose, receivers)
def test_nobody_gets_more_than_is_kept_here(norms: Norms, matter: Matter, about: Whose, receiver: Receiver) -> None:
    here = norms.keeping(matter, about)
    assert stricter(here, norms.keeping(matter, about, receiver)) == norms.keeping(matter, about, receiver)


@given(some_norms, matters, whose, st.sampled_from(["server", "assistant"]))
def test_no_private_matter_leaves_the_computer(norms: Norms, matter: Matter, about: Whose, receiver: Receiver) -> None:
    assert norms.keeping(matter, about, receiver) != "keep"


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
