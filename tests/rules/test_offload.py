"""How many layers go onto a card: never more than it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.offload import RESERVE_BYTES, layers_that_fit

GB = 1_000_000_000
QWEN_4B = {
    "layers": 36,
    "weights_bytes": 2_497_281_664,
    "projector_bytes": 453_974_304,
    "kv_bytes_per_token": 147_456,
    "context_tokens": 8192,
    "working_bytes": 900_000_000,
}


def test_a_large_card_takes_all_of_it_and_the_output_too() -> None:
    assert layers_that_fit(**QWEN_4B, free_bytes=12 * GB) == 37


def test_a_small_card_takes_a_part() -> None:
    assert layers_that_fit(**QWEN_4B, free_bytes=4 * GB) == 19
    assert layers_that_fit(**QWEN_4B, free_bytes=2 * GB) == 0


def test_a_longer_context_leaves_less_room() -> None:
    assert layers_that_fit(**(QWEN_4B | {"context_tokens": 32_768}), free_bytes=6 * GB) < layers_that_fit(
        **QWEN_4B, free_bytes=6 * GB
    )


def test_a_card_that_does_not_tell_gets_nothing() -> None:
    assert layers_that_fit(**QWEN_4B, free_bytes=None) == 0
    assert layers_that_fit(**(QWEN_4B | {"layers": 0}), free_bytes=12 * GB) == 0


@given(
    layers=st.integers(1, 200),
    weights=st.integers(1, 100 * GB),
    projector=st.integers(0, 2 * GB),
    kv=st.integers(0, 1_000_000),
    context=st.integers(0, 131_072),
    free=st.integers(0, 200 * GB),
)
def test_what_is_put_there_always_fits(
    layers: int, weights: int, projector: int, kv: int, context: int, free: int
) -> None:
    count = layers_that_fit(
        layers=layers,
        weights_bytes=weights,
        projector_bytes=projector,
        kv_bytes_per_token=kv,
        context_tokens=context,
        working_bytes=0,
        free_bytes=free,
    )
    assert 0 <= count <= layers + 1
    if count:
        share = min(count, layers) / layers
        assert (weights + kv * context) * share + projector + RESERVE_BYTES <= free
