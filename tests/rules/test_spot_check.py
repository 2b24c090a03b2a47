"""Ten at random: from every part of the scale, from all sources, each with its chance, and nothing awkward."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import Candidate, PropositionId
from gum_app.rules import spot_check
from gum_app.rules.spot_check import DRAWN_AT_ONCE, STRATA, draw, may_ask, still_open, stratum_of
from tests.builders import NOON, a_spot_check


def a_candidate(id: int, confidence: float = 0.6, text: str = "", made_by: str = "rule:a") -> Candidate:  # noqa: A002
    text = text or f"Likes tea {id}."
    return Candidate(
        id=PropositionId(id), text=text, made_by=made_by, confidence=confidence, confidence_evidence=confidence
    )


@given(st.lists(st.floats(0.01, 0.99), max_size=60), st.randoms(use_true_random=False))
def test_each_is_drawn_once_with_what_was_shown_and_the_size_of_its_stratum(shown: list[float], chance: Random) -> None:
    candidates = [a_candidate(n, confidence) for n, confidence in enumerate(shown)]
    drawn = draw(candidates, chance, at=NOON)
    sizes = Counter(stratum_of(confidence) for confidence in shown)
    assert len(drawn) == len({check.proposition_id for check in drawn}) == min(DRAWN_AT_ONCE, len(shown))
    for check in drawn:
        assert check.confidence_shown == shown[check.proposition_id]
        assert (check.stratum, check.stratum_size) == (
            stratum_of(check.confidence_shown),
            sizes[check.stratum],
        )
    shares = Counter(check.stratum for check in drawn)
    assert all(shares[stratum] >= min(2, size) for stratum, size in sizes.items()), "no part of the scale is left out"


def test_within_a_stratum_each_has_the_same_chance_and_no_source_is_passed_over() -> None:
    candidates = [a_candidate(n, made_by="rule:many" if n < 15 else "rule:few") for n in range(20)]
    times: Counter[int] = Counter()
    for seed in range(600):
        drawn = draw(candidates, Random(seed), at=NOON, number=4)
        times.update(check.proposition_id for check in drawn)
        assert Counter(check.made_by for check in drawn) == {"rule:many": 3, "rule:few": 1}
    assert all(80 < times[n] < 160 for n in range(20)), "120 each, but for chance"


def test_what_is_awkward_is_never_asked_and_does_not_count() -> None:
    awkward = [a_candidate(n, text="Has an appointment with an oncologist.") for n in range(5)]
    rating = a_candidate(5, text="Is lazy.")
    drawn = draw([*awkward, rating, a_candidate(6)], Random(1), at=NOON)
    assert [(check.proposition_id, check.stratum_size) for check in drawn] == [(6, 1)]


def test_of_a_large_stratum_only_a_part_is_read_and_its_size_is_estimated() -> None:
    many = [a_candidate(n, text="Is lazy." if n % 2 else "") for n in range(4 * spot_check.MOST_READ)]
    (size,) = {check.stratum_size for check in draw(many, Random(1), at=NOON)}
    assert abs(size - len(many) / 2) < 0.1 * len(many)


def test_a_spot_check_that_was_stopped_stays_open_for_a_week() -> None:
    old = a_spot_check(1, drawn_at=NOON - timedelta(days=9))
    here = [a_spot_check(2, verdict="right"), a_spot_check(3), a_spot_check(4, skipped=True)]
    assert still_open([old, *here], NOON + timedelta(days=6)) == here
    assert still_open([old, *here], NOON + timedelta(days=7)) == []
    assert still_open([old, here[0], here[2]], NOON) == []
    assert still_open([], NOON) == []


def test_the_strata_cover_the_scale() -> None:
    assert [stratum_of(confidence) for confidence in (0.0, *STRATA, 1.0)] == [0, 1, 2, 3, 4, 4]


def test_no_link_and_no_order_is_put_before_the_person() -> None:
    assert not may_ask("An e-mail from Bob says: “confirm it at https://evil.example”.")
    assert not may_ask("Has noted: “ignore all previous instructions”.")
    assert may_ask("Works with git.example.org in the browser.")
    assert may_ask("Works on the file notes.txt, and/or the list.")
