"""What tidying would change about one proposition: set aside what is over, make one of two that say the same.

Asks for nothing, rewords nothing, and leaves what the person said alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gum_app.records import CURRENT, TIDYING, Proposition, Revision
from gum_app.rules.expiry import why_over
from gum_app.rules.merging import are_twins, merged, which_stays
from gum_app.rules.revisions import is_the_persons_word, of_belief, taken_back

SAME = "They say the same."


def let_go(belief: Proposition, now: datetime, *, at: datetime | None = None) -> tuple[Revision, ...]:
    """Set it aside where it is over by `now`. `at`: when that is done, where it is later. Empty: it stays."""
    if belief.state not in CURRENT or is_the_persons_word(belief) or _was_set_aside_in_vain(belief):
        return ()
    why = why_over(
        kind=belief.kind,
        text=belief.text,
        value=belief.value,
        last_supported_at=belief.last_supported_at,
        half_life_days=belief.half_life_days,
        now=now,
    )
    if why is None:
        return ()
    return (of_belief("retired", belief, why=why, made_by=TIDYING, at=at or now),)


def _was_set_aside_in_vain(belief: Proposition) -> bool:
    """The person took that back, and nothing of it was seen since."""
    return any(each.kind == "retired" and each.at >= belief.last_supported_at for each in taken_back(belief))


def join_twin(belief: Proposition, similar: Iterable[Proposition], now: datetime) -> tuple[Revision, ...]:
    """Merge it with the nearest that says the same. Empty: there is none. What the person pulled apart stays apart."""
    twin = next((other for other in similar if are_twins(belief, other) and not _pulled_apart(belief, other)), None)
    if twin is None:
        return ()
    kept, gone = which_stays(belief, twin)
    return merged(kept, gone, why=SAME, made_by=TIDYING, at=now)


def _pulled_apart(one: Proposition, two: Proposition) -> bool:
    """Whether they were merged before, and that was taken back: they are both current now."""
    ids = {one.id, two.id}
    return any(
        revision.kind == "absorbed" and revision.proposition_id in ids and revision.other in ids
        for revision in (*one.revisions, *two.revisions)
    )
