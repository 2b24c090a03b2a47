"""Whether what truth.json says can be read in the frames and events that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Texts = Mapping[str, Sequence[str]]  # the visible words of each frame, one entry a block


def bare(text: str) -> str:
    return "".join(text.split())


def quotes(truth: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    for row in (*truth["facts"], *truth["changes"], *truth["traps"]):
        for quote in row["quotes"]:
            if not any(quote["text"] in block for block in texts[quote["frame"]]):
                yield f"{row['id']}: “{quote['text']}” cannot be read in {quote['frame']}"


def private(truth: Mapping[str, Any], texts: Texts, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Private strings may run over several blocks (a code in six boxes), so blanks do not count."""
    for row in truth["private"]:
        seen = [bare("".join(texts[frame])) for frame in row["frames"]]
        for text in row["strings"]:
            if not any(bare(text) in words for words in seen):
                yield f"{row['id']}: “{text}” stands in none of its frames"
        for at in row.get("events", ()):
            told = [str(event.get("body")) for event in rows if event["at"] == at]
            if not any(text in body for body in told for text in row["strings"]):
                yield f"{row['id']}: no event at {at} tells it"


def fact_events(truth: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    instants = {row["at"] for row in rows}
    for row in truth["facts"]:
        yield from (f"{row['id']}: there is no event at {at}" for at in row.get("events", ()) if at not in instants)


def unreadable(truth: Mapping[str, Any], texts: Texts, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """One sentence for each promise of `truth` that the recording does not keep."""
    return [*quotes(truth, texts), *private(truth, texts, rows), *fact_events(truth, rows)]
