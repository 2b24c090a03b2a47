"""Which looks at an episode are worth a picture for the model: the first, and those that bring much that is new.

Pictures are what thinking costs most: one alone takes as many tokens as a page of words. Three are enough to see how
something began, went on and ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

MOST_STILLS = 3
MUCH_NEW_WORDS = 60  # since the last picture; a paragraph, a page that was turned, an answer that came

Still = TypeVar("Still")


def take_still(taken: int, new_words: int) -> Literal["no", "add", "replace the last"]:
    """`new_words`: how many were read since the last picture that was taken."""
    if taken and new_words < MUCH_NEW_WORDS:
        return "no"
    return "add" if taken < MOST_STILLS else "replace the last"


def most_telling(stills: Sequence[Still], most: int) -> list[Still]:
    """At most so many, in order of time. How it ended tells most, and how it began is furthest from that.

    What lies between was taken because much was new too: it is left out first. Raises ValueError for none at all.
    """
    if most < 1:
        raise ValueError("a look without pictures is none")
    if len(stills) <= most:
        return list(stills)
    return [*stills[: most - 1], stills[-1]]
