"""What becomes of a claim of another program: a sentence that says whose it is, and that stays below one half.

Only what is seen here can make it more: then it is another proposition, with evidence of its own.
"""

from __future__ import annotations

from gum_app.pipeline.gathered import Gathered
from gum_app.pipeline.propose_people import STRANGER_CEILING
from gum_app.records import Draft

HEARSAY_PRIOR = 0.35
HEARSAY_DAYS = 30.0  # half of its freshness: how lasting the other program called it is not known


def claimed(known: Gathered) -> Draft | None:
    text = known.newest.detail["text"]
    return known.draft(
        f"The program gum claims: {text[:1].lower()}{text[1:]}",
        kind=known.newest.kind,
        raw=HEARSAY_PRIOR,
        half_life_days=HEARSAY_DAYS,
        ceiling=STRANGER_CEILING,
        why="It stands in a gum.db that you brought in: what another program concluded, and was not seen here.",
        rule="hearsay",
    )
