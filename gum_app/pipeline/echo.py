"""An episode without what is only our own words seen again: before anything is noticed in it or concluded from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from gum_app.records import Line, Observation
from gum_app.rules.echo import is_echo, is_our_export, like_ours
from gum_app.rules.spoken import printed_among

MOST_LOOKUPS = 60  # of one episode
A_LIST = 3  # so many sentences of ours in one episode: it shows a list of them, and what else sounds so is of it

Spoken = Callable[[Sequence[str]], Iterable[int]]
Nearest = Callable[[str], Iterable[str]]  # what is believed, in its own words, nearest to some words


def without_echoes(observation: Observation, nearest: Nearest, spoken: Spoken = lambda _lines: ()) -> Observation:
    """The same episode, without the paragraphs in which a sentence of ours stands, and without what we answered.

    What the person notes stays. `spoken` tells the places of the lines that stood in an answer of ours.
    """
    if observation.source == "note" or not observation.lines:
        return observation
    observation = without_spoken(observation, lambda texts: {*printed_among(texts), *spoken(texts)})
    if any(is_our_export(line.text) for line in observation.lines):
        return replace(observation, lines=())
    blocks: dict[tuple[object, ...], list[Line]] = {}
    for line in observation.lines:
        blocks.setdefault((line.at, line.monitor, line.block), []).append(line)
    ours = _echoes(blocks, nearest)
    if not ours:
        return observation
    return replace(
        observation, lines=tuple(line for line in observation.lines if (line.at, line.monitor, line.block) not in ours)
    )


def without_spoken(observation: Observation, spoken: Spoken) -> Observation:
    """Of each look by itself: an answer is read from top to bottom."""
    looks: dict[tuple[object, ...], list[int]] = {}
    for place, line in enumerate(observation.lines):
        looks.setdefault((line.at, line.monitor), []).append(place)
    ours: set[int] = set()
    for places in looks.values():
        texts = [observation.lines[place].text for place in places]
        ours.update(places[number] for number in spoken(texts))
    if not ours:
        return observation
    return replace(observation, lines=tuple(line for n, line in enumerate(observation.lines) if n not in ours))


def _echoes(blocks: dict[tuple[object, ...], list[Line]], nearest: Nearest) -> set[tuple[object, ...]]:
    sounding = {key: pieces for key, lines in blocks.items() if (pieces := _pieces(lines))}
    ours: set[tuple[object, ...]] = set()
    lookups = 0
    for key, pieces in sounding.items():
        for piece in pieces:
            if lookups >= MOST_LOOKUPS:
                return set(sounding) if len(ours) >= A_LIST else ours
            lookups += 1
            if is_echo(piece, nearest(piece)):
                ours.add(key)
                break
    return ours


def _pieces(lines: Sequence[Line]) -> list[str]:
    """Also over the end of a line: a long sentence is wrapped."""
    return list(dict.fromkeys(like_ours(" ".join(line.text for line in lines))))
