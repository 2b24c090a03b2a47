"""How many layers of a model go onto a graphics card. Cautious: a card that runs full ends the model's process."""

from __future__ import annotations

RESERVE_BYTES, RESERVE_SHARE = 600_000_000, 0.1  # for the screen itself, and for what other programs take meanwhile
OUTPUT_SHARE = 0.15  # of the weights: the table from the last layer to the words, which counts as one layer more


def layers_that_fit(
    *,
    layers: int,
    weights_bytes: int,
    projector_bytes: int,
    kv_bytes_per_token: int,
    context_tokens: int,
    working_bytes: int,
    free_bytes: int | None,
) -> int:
    """0: none, the processor does it all. `layers` + 1: everything, as llama.cpp counts the output as a layer.

    `free_bytes` of the card; None, where it is not told, gives 0. The projector and what is computed in lie on the
    card in any case, the cache of a layer beside the layer.
    """
    if free_bytes is None or layers <= 0:
        return 0
    room = free_bytes - max(RESERVE_BYTES, int(free_bytes * RESERVE_SHARE)) - projector_bytes - working_bytes
    one = -(-(weights_bytes + kv_bytes_per_token * context_tokens) // layers)
    fitting = max(0, room // max(1, one))
    if fitting < layers:
        return fitting
    return layers + 1 if room >= one * layers + int(weights_bytes * OUTPUT_SHARE) else layers
