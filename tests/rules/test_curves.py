"""What evidence makes and what is shown: one monotone curve between them, and rules that no track record can lift."""

from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import Curve, Evidence, ObservationId
from gum_app.rules.confidence import evidence_confidence
from gum_app.rules.curves import HIGHEST, LOWEST, curve_of, lineage, shown
from tests.builders import some_evidence

MODEL = "model:Qwen3-VL-4B propose 3f2a91c0"

shares = st.floats(0, 1)
curves = st.builds(Curve, source=st.just("rule"), slope=st.floats(0.1, 3), intercept=st.floats(-4, 4))


@given(shares)
def test_without_a_track_record_the_evidence_is_shown_as_it_is(evidence: float) -> None:
    assert shown(evidence, 0.95, Curve(source="")) == min(max(evidence, LOWEST), HIGHEST)


@given(shares, shares, shares, curves)
def test_more_evidence_is_never_shown_as_less_sure(one: float, other: float, ceiling: float, curve: Curve) -> None:
    low, high = sorted((one, other))
    assert LOWEST <= shown(low, 1.0, curve) <= shown(high, 1.0, curve) <= HIGHEST
    assert shown(low, ceiling, curve) <= shown(high, ceiling, curve)


pieces = st.builds(
    lambda n, supports, weight: some_evidence(observation_id=ObservationId(n), supports=supports, weight=weight),
    st.integers(1, 6),
    st.booleans(),
    shares,
)


@given(shares, shares, st.lists(pieces, max_size=8), pieces, curves)
def test_support_never_lowers_what_is_shown_and_what_speaks_against_it_never_raises_it(
    raw: float, ceiling: float, evidence: list[Evidence], one_more: Evidence, curve: Curve
) -> None:
    before = shown(evidence_confidence(raw, ceiling, evidence), ceiling, curve)
    after = shown(evidence_confidence(raw, ceiling, [*evidence, one_more]), ceiling, curve)
    assert after >= before - 1e-9 if one_more.supports else after <= before + 1e-9


@given(st.floats(0.02, 0.99), curves)
def test_what_is_in_doubt_is_shown_as_less_sure_than_before(evidence: float, curve: Curve) -> None:
    before, after = shown(evidence, 0.95, curve), shown(evidence / 2, 0.95, curve)
    assert after < before or before == LOWEST or after == HIGHEST


@given(shares, st.floats(0, 0.5), curves)
def test_a_strangers_claim_stays_below_its_ceiling_whatever_the_track_record(
    evidence: float, ceiling: float, curve: Curve
) -> None:
    assert shown(evidence, ceiling, curve) <= ceiling


def test_a_track_record_can_carry_an_inference_beyond_what_its_rule_dared() -> None:
    modest = Curve(source="rule:project", intercept=1.5)
    assert shown(0.8, 0.8, modest) > 0.9


def test_the_nearest_track_record_counts() -> None:
    any_source, models, own = Curve(source=""), Curve(source="model"), Curve(source=MODEL)
    known = {"": any_source, "model": models, MODEL: own}
    assert lineage(MODEL) == (MODEL, "model", "")
    assert curve_of(MODEL, known) is own
    assert curve_of("model:Qwen3-VL-4B propose 99999999", known) is models, "another version of the question"
    assert curve_of("rule:project", known) is any_source
    assert curve_of("rule", known) is any_source
    assert curve_of(MODEL, {}) == Curve(source="")
