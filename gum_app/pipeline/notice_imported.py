"""What an entry of a calendar, or a claim of another program, that was brought in says.

An entry of the person's own calendar is as good as one that stood on their screen. A claim is hearsay: another program
concluded it, from what we have not seen. It weighs little, stays below one half by itself, and changes nothing else.
How lasting that program called it is not known (`world.import_gum`): like any rumour it fades within weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gum_app.pipeline.notice_dates import is_anothers, is_public
from gum_app.pipeline.scene import Scene
from gum_app.records import Kind, Sighting
from gum_app.rules.delicate import is_delicate
from gum_app.rules.entry_words import entry_of_lines
from gum_app.rules.imports import CALENDAR_APP, CLAIM_TITLE, GUM_APP
from gum_app.rules.wording import slug

HEARSAY_WEIGHT = 0.2
MOST_TOPIC_STEMS = 8
_KIND_OF_VERB: tuple[tuple[str, Kind], ...] = (
    (r"prefers?|likes?|enjoys?|loves?|values?|dislikes?|avoids?", "preference"),
    (r"plans?|intends?|wants?|hopes?|aims?|prepares?", "plan"),
    (r"uses?|relies|configures?", "tool"),
    (r"struggles?|troubleshoots?|debugs?", "struggle"),
    (r"usually|often|regularly|always|tends|frequently", "habit"),
    (r"works? on|writes?|develops?|builds?|manages?|edits?", "task"),
    (r"works? with|collaborates?|communicates?|corresponds?|talks?|chats?", "relationship"),
)


def notice_imported(scene: Scene) -> Iterator[Sighting]:
    """Nothing for a window that was brought in: it is noticed like one that was seen."""
    observation = scene.observation
    rows = [line.text for line in observation.lines]
    if observation.app == CALENDAR_APP:
        yield from _entry(scene, rows)
    elif observation.app == GUM_APP and observation.title == CLAIM_TITLE and rows:
        yield from _claim(scene, rows[0])


def _entry(scene: Scene, rows: list[str]) -> Iterator[Sighting]:
    entry = entry_of_lines(rows)
    if entry is None or not slug(entry.title):
        return
    if is_anothers(entry.title, scene) or is_public(entry.title) or is_delicate(entry.title):
        return
    first = entry.days[0].isoformat()
    yield scene.sighting(
        f"event:{slug(entry.title)}",
        "schedule",
        entry.title,
        detail={
            "title": entry.title,
            "days": ",".join(day.isoformat() for day in entry.days),
            "range": "yes" if entry.spans else "",
            "start": entry.start,
            "end": entry.end,
            "zone": entry.zone,
            "place": entry.place,
            # A look at a calendar shows a whole week; an entry only tells of itself.
            "first": first,
            "last": first,
            "imported": "yes",
        },
    )


def _claim(scene: Scene, text: str) -> Iterator[Sighting]:
    topic = slug(text, MOST_TOPIC_STEMS)
    if topic and not is_delicate(text):
        yield scene.sighting(f"claim:{topic}", _kind_of(text), text, detail={"text": text}, weight=HEARSAY_WEIGHT)


def _kind_of(text: str) -> Kind:
    for words, kind in _KIND_OF_VERB:
        if re.match(rf"(?:\w+ly |is )?(?:{words})\b", text, re.IGNORECASE):
            return kind
    return "interest"
