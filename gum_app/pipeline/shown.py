"""What of an episode a model is shown in words: which window, when, and a fair part of what was read in it.

Without what sells, gives orders to machines, or is nobody's business. All of it is data written by strangers.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from gum_app.pipeline.notice_speech import said_by_all
from gum_app.pipeline.prompts import harmless_line
from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Person, Rect
from gum_app.rules.days import day_text
from gum_app.rules.delicate import is_delicate
from gum_app.rules.layout import is_noise
from gum_app.rules.strangers import addresses_machines
from gum_app.rules.titles import shown_name
from gum_app.rules.wording import folded, shortened

LONGEST_ROW = 200  # characters
LONGEST_TITLE = 160
LONGEST_ADDRESS = 120
MOST_HANDLES = 4
TWIN = 90  # of 100: two readings of one row
TWINS_AMONG = 250  # of the last rows; further back, only the very same row is one
UNSURE = 0.35  # the reader's own confidence, 0–1, below which a row is a guess
LEFT_OUT = "…"
OWN, OTHER = "[own] ", "[other] "  # before a row; the prompts say what they mean
_MARK = re.compile(r"^(?:[\[(［【]\s*(?:own|other)\s*[\])］】]\s*)+", re.IGNORECASE)


def window_facts(observation: Observation) -> str:
    """What the window was, a line each: in strangers' words, for a title may say anything."""
    title, address = observation.title, _address(observation.url) if observation.url else ""
    lines = {
        "Program": shown_name(observation.app) if observation.app else "",
        "Title": "" if _is_unfit(title) else shortened(title, LONGEST_TITLE),
        "Address": "" if _is_unfit(address) else shortened(address, LONGEST_ADDRESS),
    }
    return "\n".join(f"{name}: {harmless_line(value)}" for name, value in lines.items() if value)


def when(observation: Observation) -> str:
    """When it was, how long, and what kind of look: our own words."""
    start, end = observation.started_at, observation.ended_at
    span = f"{start:%H:%M}" if f"{start:%H:%M}" == f"{end:%H:%M}" else f"{start:%H:%M} to {end:%H:%M}"
    return ", ".join(part for part in (day_text(start.date()), span, _how(observation)) if part)


def whose_screen(person: Person) -> str:
    if not person.name and not person.handles:
        return "The name of the person is not known."
    handles = ", ".join(harmless_line(shortened(handle, 60)) for handle in person.handles[:MOST_HANDLES])
    called = f"The person is called {harmless_line(person.name)}." if person.name else ""
    also = f"Names of theirs on screens: {handles}." if handles else ""
    return " ".join(part for part in (called, also) if part)


def words_shown(observation: Observation, person: Person, limit: int) -> str:
    """Rows that were read, each once, in the order of reading; at most `limit` characters.

    A message or mail is marked as the person's own or as another's where that can be told. Where the rows are too many,
    the first and the last stay (what it was, and where it ended), of those between the person's own and the longest.
    """
    rows = _rows(Scene(observation, person))
    if _length(rows) > limit:
        rows = [row for row in rows if len(row.split()) > 1]  # a word alone is a menu or a button
    if _length(rows) <= limit:
        return "\n".join(rows)
    kept = _chosen(rows, limit)
    shown: list[str] = []
    for number, row in enumerate(rows):
        if number in kept:
            shown.append(row)
        elif not shown or shown[-1] != LEFT_OUT:
            shown.append(LEFT_OUT)
    return "\n".join(shown)[:limit]


def without_mark(quote: str) -> str:
    """A quote from such a row as it stood on the screen."""
    return _MARK.sub("", quote)


def _rows(scene: Scene) -> list[str]:
    own_note = scene.observation.source == "note"
    marks = _marks(scene)
    kept = {folded(scene.observation.title): ""}  # it is told already
    recent = deque(kept, maxlen=TWINS_AMONG)
    for part in scene.parts:
        text = harmless_line(shortened(part.text, LONGEST_ROW))
        if is_noise(text) or part.confidence < UNSURE or (is_delicate(text) and not own_note):
            continue
        key = folded(text)
        if key not in kept and process.extractOne(key, recent, scorer=fuzz.ratio, score_cutoff=TWIN) is None:
            recent.append(key)
            kept[key] = marks.get(part.rect, "") + _MARK.sub("", text)
    return [row for row in kept.values() if row]


def _marks(scene: Scene) -> dict[Rect, str]:
    """By where a row stands: whose words it is, for messages, mails and comments."""
    if scene.observation.source in {"notification", "note"}:
        return {}
    said, _ = said_by_all(scene)
    return {
        row.rect: OWN if utterance.author == "person" else OTHER
        for utterance in said
        if utterance.medium != "notes"
        for row in utterance.rows
    }


def _length(rows: Sequence[str]) -> int:
    return sum(len(row) + 1 for row in rows)


def _chosen(rows: Sequence[str], limit: int) -> set[int]:
    """A sixth of the room for the first, a quarter for the last, the rest for the person's own and the longest."""
    kept: set[int] = set()
    spent = 0
    telling = sorted(range(len(rows)), key=lambda n: (not rows[n].startswith(OWN), -len(rows[n]), n))
    for order, until in ((range(len(rows)), limit // 6), (range(len(rows))[::-1], limit * 5 // 12), (telling, limit)):
        for number in order:
            cost = 0 if number in kept else len(rows[number]) + len(LEFT_OUT) + 2
            if spent + cost <= until:
                kept.add(number)
                spent += cost
            elif order is not telling:
                break  # what it was and where it ended has no holes; of what tells, a shorter row may still fit
    return kept


def _address(url: str) -> str:
    """Host and path: what follows a question mark says little, and may say too much."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.hostname or ''}{parts.path}"


def _is_unfit(text: str) -> bool:
    return is_delicate(text) or addresses_machines(text)


def _how(observation: Observation) -> str:
    match observation.source:
        case "notification":
            return "a notification"
        case "note":
            return "a note that the person wrote to this app"
        case "import" if observation.lines:
            return "from a file that the person brought in"
    if not observation.app and not observation.title:
        return "a window beside the one in use"
    keys = f", {observation.keys} keys pressed" if observation.keys else ""
    called = ", during a call" if observation.in_call else ""
    return f"{_spent(observation.active_seconds)} in front{keys}{called}"


def _spent(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
