from __future__ import annotations

from gum_app.pipeline.suggest_numbers import WORTH
from gum_app.suggestions import OFFER_KINDS


def test_each_kind_has_its_numbers_and_their_reason() -> None:
    assert set(WORTH) == set(OFFER_KINDS)
    for worth in WORTH.values():
        assert all(1 <= number <= 10 for number in (worth.benefit, worth.cost_wrong, worth.cost_silent))
        assert worth.why.endswith(".")


def test_no_kind_is_offered_on_a_guess() -> None:
    """Speaking pays from this probability on: nothing comes below a third, which is where five of ten each would be."""
    for kind, worth in WORTH.items():
        least = worth.cost_wrong / (worth.benefit + worth.cost_silent + worth.cost_wrong)
        assert 0.15 <= least <= 0.55, kind
