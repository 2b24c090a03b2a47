"""What it can do is told in sentences, for each deed there is, and no deed is left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.rules.abilities import CAN, CANNOT, NAMES, OF_ACT, ends, label, says_it_all, would
from gum_app.suggestions import ACT_KINDS, OFFER_KINDS, Act, ActKind
from tests.builders import NOON, an_offer


def test_each_kind_is_told() -> None:
    assert set(OF_ACT) == set(ACT_KINDS)
    assert set(NAMES) == set(OFFER_KINDS)
    assert all(sentence.endswith(".") for sentence in (*CAN, *CANNOT))


@pytest.mark.parametrize("kind", ACT_KINDS)
def test_each_deed_has_a_button_and_a_sentence(kind: ActKind) -> None:
    act = Act(kind=kind, title="Keys", target="/home/ann/keys.txt", at=NOON + timedelta(hours=2), minutes=25)
    assert label(act)
    assert would(act, NOON).endswith(".")


def test_what_a_reminder_does_is_said_whole() -> None:
    assert would(Act(kind="reminder", title="Move the van", at=NOON + timedelta(hours=2)), NOON) == (
        f"Reminds you: “Move the van”, {NOON + timedelta(hours=2):%H:%M}."
    )
    assert [kind for kind in ACT_KINDS if says_it_all(Act(kind=kind, title=""))] == ["reminder", "focus"]


def test_what_cannot_be_undone_says_so_beforehand() -> None:
    assert "cannot be undone" in would(Act(kind="open", title="Lease", target="https://a.example"), NOON)


def test_when_it_goes_away_is_said() -> None:
    assert f"{NOON + timedelta(hours=4):%H:%M}" in ends(an_offer(), NOON)
