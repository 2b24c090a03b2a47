"""Suggestions of the made-up life: two that are open, one held back, and what became of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gum_app.records import PropositionId
from gum_app.store.store import Store
from gum_app.suggestions import Act, Answered, Deed, Offer, Reminder, ReminderId, Suggestion, SuggestionId
from tests.ui.life import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CHECKLIST = """Playground, before 30 April

- [ ] Acer campestre, 12
- [ ] Ask Tomasz for the soil report
- [ ] Stone work: over budget by 2,850
"""

REPORT = Offer(
    kind="deadline",
    topic="deadline:drainage sections",
    title="Tomasz asked for the drainage sections before Tuesday’s meeting",
    why_now="You have just opened his mail again, and no answer was seen.",
    act=Act(kind="reminder", title="Send the drainage sections to Tomasz", at=NOW + timedelta(hours=16)),
    because=(PropositionId(3), PropositionId(4)),
    belief=0.82,
    benefit=7,
    cost_wrong=4,
    cost_silent=6,
    good_until=NOW + 2 * DAY,
    made_by="rule:question",
)
PLAYGROUND = replace(
    REPORT,
    topic="deadline:playground",
    title="The playground has to be finished before 30 April",
    why_now="Seven weeks are left, and three points in the plan are still open.",
    act=Act(kind="checklist", title="Playground, before 30 April", text=CHECKLIST),
    because=(PropositionId(2),),
    belief=0.7,
    benefit=5,
    made_by="rule:deadline",
)
DRAINS = replace(
    REPORT,
    kind="trouble",
    topic="trouble:no valid geometry",
    title="“layer 'drains' has no valid geometry” came up again",
    why_now="It was the same error twice within four minutes.",
    act=Act(kind="gather", title="layer drains has no valid geometry"),
    because=(PropositionId(6),),
    belief=0.6,
    made_by="rule:trouble",
)


def offer_help(store: Store) -> None:
    """Within the made-up life, as the daemon would have done it."""
    shown = _add(store, REPORT, NOW - 6 * MINUTE)
    store.put_suggestion(
        replace(shown, state="shown", shown_at=NOW - 5 * MINUTE, changed_at=NOW - 5 * MINUTE, wanted=0.49)
    )
    waits = _add(store, PLAYGROUND, NOW - HOUR)
    for minutes, silence in ((50, "call"), (40, "typing"), (30, "typing"), (6, "one at a time")):
        held = replace(waits, wanted=0.41, silence=silence)  # type: ignore[arg-type]
        store.keep_silent(held, NOW - minutes * MINUTE)
    for days, answer, state in ((0.05, "taken", "taken"), (1, "dismissed", "dismissed"), (2, "ignored", "ignored")):
        at = NOW - days * DAY
        old = _add(store, replace(DRAINS, topic=f"trouble:{days}"), at)
        store.put_suggestion(replace(old, state=state, shown_at=at, changed_at=at, wanted=0.5))  # type: ignore[arg-type]
        store.add_suggestion_answer(Answered(kind="trouble", answer=answer, at=at, suggestion_id=old.id))  # type: ignore[arg-type]
        if answer == "taken":
            result = "Written to drains.md in the outbox folder."
            store.add_deed(Deed(suggestion_id=old.id, act="gather", at=at, result=result, path="/home/ines/drains.md"))
    for days in (3, 2):
        store.add_suggestion_answer(Answered(kind="break", answer="dismissed", at=NOW - days * DAY))
    store.add_reminder(
        Reminder(id=ReminderId(0), text="Call Noa about the garden", due_at=NOW + 18 * HOUR, made_at=NOW)
    )


def _add(store: Store, offer: Offer, at: datetime) -> Suggestion:
    kept = store.suggestion(store.add_offer(offer, at))
    assert kept is not None
    return kept


def the_first(store: Store) -> SuggestionId:
    """The one that is shown."""
    return store.suggestions({"shown"})[0].id
