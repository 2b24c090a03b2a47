"""Whether what an answer rests on still stands: kept, changed by the person or by what was seen, or gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gum_app.records import CURRENT, ObservationId, PropositionId
from gum_app.store.reading import ReadingStore


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Of an episode only that it is there; of a proposition also what it says."""

    text: str = ""
    is_edited: bool = False  # `text` is the person's own
    is_believed: bool = True
    verdict: str = ""  # what the person said of it, as a short sentence
    revisions: int = 0


Standings = Mapping[str, Standing | None]  # by the names of lines; None: it is gone


def look_up_standings(store: ReadingStore, names: Collection[str]) -> Standings:
    return {name: _of(store, name) for name in names}


def are_gone(before: Standings, now: Standings) -> bool:
    """Whether something of it was forgotten or has expired: revisions become fewer by forgetting alone."""
    return any(
        found is None or ((known := before.get(name)) is not None and found.revisions < known.revisions)
        for name, found in now.items()
    )


def _of(store: ReadingStore, name: str) -> Standing | None:
    number = int(name[1:])
    if name[0] != "p":
        return Standing() if store.observation(ObservationId(number)) is not None else None
    belief = store.proposition(PropositionId(number))
    if belief is None:
        return None
    if belief.state == "rejected":
        verdict = "You said that it is wrong."
    elif belief.edited:
        verdict = "These are your words."
    elif belief.confirmed:
        verdict = "You said that it is right."
    else:
        verdict = ""
    return Standing(
        text=belief.text,
        is_edited=belief.edited,
        is_believed=belief.state in CURRENT,
        verdict=verdict,
        revisions=len(belief.revisions),
    )
