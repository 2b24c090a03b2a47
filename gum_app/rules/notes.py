"""What a notification of ours says, and which buttons it has. Nothing private ever stands in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gum_app.rules.abilities import label, says_it_all, would
from gum_app.rules.delicate import may_be_private
from gum_app.rules.durations import clock_time
from gum_app.suggestions import Offer, Reminder

DO, LATER, NO, WHY, DONE, UNDO = "do", "later", "no", "why", "done", "undo"
OPENED = "default"  # the notification itself was clicked; without a label no desktop draws a button for it
LATE = timedelta(minutes=5)  # after its time
OPEN_TO_ANSWER = "Open gum-app to answer."
OPEN_TO_READ = "Open gum-app to read it."


@dataclass(frozen=True, kw_only=True)
class Note:
    summary: str
    body: str
    actions: Mapping[str, str] = field(default_factory=dict)  # key to label


def suggestion_note(offer: Offer, now: datetime, *, has_buttons: bool) -> Note:
    """Where the button does it at once, the text tells the whole of what will happen."""
    act = offer.act
    if may_be_private(" ¦ ".join((offer.title, offer.why_now, act.title, act.text))):
        return Note(summary="A suggestion is waiting", body=OPEN_TO_READ, actions={WHY: "Open", OPENED: ""})
    body = f"{offer.why_now} {would(act, now)}" if says_it_all(act) else offer.why_now
    if not has_buttons:
        return Note(summary=offer.title, body=f"{body} {OPEN_TO_ANSWER}")
    actions = {DO: label(act), LATER: "Later", NO: "Not this", WHY: "Why", OPENED: ""}
    return Note(summary=offer.title, body=body, actions=actions)


def reminder_note(reminder: Reminder, now: datetime, *, sharing: bool, has_buttons: bool) -> Note:
    """While the screen is shared, others read along. One that was missed, as nobody was there, says when it was due."""
    actions = {DONE: "Done", LATER: "In 10 minutes", OPENED: ""} if has_buttons else {}
    if sharing or may_be_private(reminder.text):
        return Note(summary="A reminder of yours is due", body=OPEN_TO_READ, actions=actions)
    missed = f", due {clock_time(reminder.due_at, now)}" if now - reminder.due_at >= LATE else ""
    return Note(summary=f"Reminder{missed}", body=reminder.text, actions=actions)


def done_note(result: str, *, can_undo: bool) -> Note:
    return Note(summary="Done", body=result, actions={UNDO: "Undo"} if can_undo else {})
