"""Reasons, as they are read."""

from __future__ import annotations

from typing import get_args

from gum_app.digest import Ground, GroundName, Judgement
from gum_app.records import PropositionId
from gum_app.rules.triage_wording import SAYS, named_in, reason, short_reason, taught

FREYA = Ground(name="known sender", weight=1.2, proposition=PropositionId(35))
MESSAGE = Ground(name="message", weight=-0.8)
NOW = Judgement(attention="now", probability=0.72, grounds=(FREYA, MESSAGE))
LATER = Judgement(attention="later", probability=0.3, grounds=(MESSAGE,))
TEXTS = {PropositionId(35): "Writes with Freya Nilsen (Element)."}


def test_a_reason_names_what_it_rests_on() -> None:
    assert reason(NOW, TEXTS) == (
        "Deserved attention now (72 %): it comes from somebody you know "
        "(proposition 35: “Writes with Freya Nilsen (Element).”)."
    )
    assert named_in(NOW) == [35]
    assert reason(LATER, {}) == "Could wait (70 %): most messages can wait."


def test_what_was_forgotten_is_not_named() -> None:
    assert reason(NOW, {}) == "Deserved attention now (72 %): it comes from somebody you know."


def test_the_short_one_tells_nothing_that_is_believed() -> None:
    assert short_reason(NOW) == "It comes from somebody you know."
    assert short_reason(LATER) == ""


def test_orders_are_always_told() -> None:
    ordered = Judgement(attention="later", probability=0.3, grounds=(MESSAGE, Ground(name="orders", weight=0.0)))
    assert "it orders software about" in reason(ordered, {})


def test_each_ground_has_its_words_both_ways() -> None:
    assert set(SAYS) == set(get_args(GroundName))
    assert all(len(both) == 2 for both in SAYS.values())


def test_what_a_verdict_teaches() -> None:
    assert taught("now", "right") == taught("later", "wrong") == "Noted: such as this deserve attention."
    assert taught("now", "wrong") == taught("later", "right") == "Noted: such as this can wait."
