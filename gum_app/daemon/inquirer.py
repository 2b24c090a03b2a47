"""Asks the person what is worth asking: what speaks against their word, and a few things that one answer would settle.

Asked means: it stands in the window, with a number beside it. Nobody is disturbed.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from gum_app.records import Inquiry, InquiryId, PropositionId, RevisionId
from gum_app.rules.inquiries import STAYS_OPEN, SURE, WEEK, most_worth
from gum_app.rules.spot_check import may_ask
from gum_app.store.store import Store

AGAINST_STAYS_OPEN = 4 * STAYS_OPEN  # the person's word is theirs: there is time


def inquire(store: Store, now: datetime, *, pen: AbstractContextManager[object]) -> int:
    """How many questions are new."""
    with pen, store.transaction():
        against = [(id_, revision) for id_, revision in store.contradicted() if _is_harmless(store, id_, revision)]
        for id_, revision in against:
            store.add_inquiry(_an_inquiry(id_, now, revision))
        asked = store.count_unsure_since(now - WEEK)
        unsure = store.askable(least=SURE[0], most=SURE[1])
        worthy = most_worth(unsure, asked_this_week=asked, now=now)
        for each in worthy:
            store.add_inquiry(_an_inquiry(each.id, now, None))
    return len(against) + len(worthy)


def _is_harmless(store: Store, id_: PropositionId, revision: RevisionId) -> bool:
    """Their word may be about what is nobody's business: it is theirs to tell, and not ours to ask about."""
    belief = store.proposition(id_)
    against = next((each for each in belief.revisions if each.id == revision), None) if belief is not None else None
    if belief is None or against is None:
        return False
    other = store.proposition(against.other) if against.other is not None else None
    said = [belief.text, *(item.quote for item in against.evidence), *([other.text] if other is not None else [])]
    return all(may_ask(text) for text in said)


def _an_inquiry(id_: PropositionId, now: datetime, revision: RevisionId | None) -> Inquiry:
    stays = STAYS_OPEN if revision is None else AGAINST_STAYS_OPEN
    return Inquiry(
        id=InquiryId(0), proposition_id=id_, revision_id=revision, asked_at=now, expires_at=now + stays, answer=None
    )
