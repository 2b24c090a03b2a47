"""Draws answers at random, with a model's vocabulary but without the model: all that a grammar admits happens."""

from __future__ import annotations

from contextlib import closing

import numpy as np

from gum_app.world.llama_sampling import Chooser
from gum_app.world.llama_weights import Weights

LIKES_TO_END = 2.0  # so that strings and lists do not always take all the room they have


def drawn(weights: Weights, grammar: str, *, seed: int, most_tokens: int = 4000) -> str:
    chance = np.random.default_rng(seed)
    liking = np.zeros(weights.tokens_known, np.float32)
    liking[weights.tokens('"')] = liking[weights.tokens("]")] = LIKES_TO_END
    with closing(Chooser(weights, grammar, temperature=1.0, least_likely=0.0, seed=seed)) as chooser:
        answer = ""
        for _ in range(most_tokens):
            token = chooser.choose(liking + chance.normal(size=len(liking)).astype(np.float32))
            if weights.ends_answer(token):
                return answer
            answer += chooser.take(token)
            if chooser.is_complete:
                return answer
    raise AssertionError(f"no end after {most_tokens} tokens: {answer[:200]!r}")
