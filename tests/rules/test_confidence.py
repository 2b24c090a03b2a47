"""Evidence adds, contradiction takes, repeats within one episode count once."""

from hypothesis import given
from hypothesis import strategies as st

from gum_app.records import Evidence, ObservationId
from gum_app.rules.confidence import HEARSAY, evidence_confidence, is_hearsay
from tests.builders import some_evidence

pieces = st.builds(
    lambda n, supports, weight: some_evidence(observation_id=ObservationId(n), supports=supports, weight=weight),
    st.integers(1, 9),
    st.booleans(),
    st.floats(0.0, 1.0),
)


def test_a_second_episode_convinces_more_than_a_second_quote() -> None:
    once = [some_evidence(observation_id=ObservationId(1))]
    same_episode = [*once, some_evidence("again", observation_id=ObservationId(1))]
    other_episode = [*once, some_evidence("again", observation_id=ObservationId(2))]
    assert evidence_confidence(0.5, 0.95, once) == evidence_confidence(0.5, 0.95, same_episode) == 0.5
    assert evidence_confidence(0.5, 0.95, other_episode) > 0.6


def test_nothing_passes_what_such_evidence_can_carry() -> None:
    many = [some_evidence(observation_id=ObservationId(n)) for n in range(1000)]
    assert evidence_confidence(0.9, 0.45, many) == 0.45


@given(st.floats(0, 1), st.floats(0, 1), st.lists(pieces, max_size=12), pieces)
def test_support_never_lowers_and_doubt_never_raises(
    raw: float, ceiling: float, evidence: list[Evidence], one_more: Evidence
) -> None:
    before = evidence_confidence(raw, ceiling, evidence)
    after = evidence_confidence(raw, ceiling, [*evidence, one_more])
    assert after >= before - 1e-12 if one_more.supports else after <= before + 1e-12
    assert 0.0 <= after <= ceiling


def test_the_word_of_strangers_is_hearsay_however_often_it_is_seen() -> None:
    told = [some_evidence(f"words {n}", weight=HEARSAY) for n in range(3)]
    assert is_hearsay(told)
    assert not is_hearsay([*told, some_evidence(weight=0.5)])
    assert not is_hearsay([])
