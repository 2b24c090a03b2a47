"""Messages in chats and comments below posts, with their authors: by the name above, or by the side they hang on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gum_app.records import Person
from gum_app.rules.identity import initials, is_person, without_initials
from gum_app.rules.layout import Segment, goes_on, is_noise
from gum_app.rules.speech import Medium, Utterance

_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[AP]M)?"
_AGO = (
    r"(?:today|yesterday) at \d{1,2}[:.]\d{2}(?:\s?[AP]M)?|(?:\d+|an?|one)\s*(?:s|min(?:ute)?s?|h(?:ours?)?"
    r"|d(?:ays?)?|w(?:eeks?)?)\s+ago|yesterday"
    r"|just now"
)
_VERB = (
    r"(?:commented|opened(?: this)?|replied|requested\s*changes|approved(?: these changes)?|wrote|said|asked|answered"
    r"|reviewed)"
)
_NAME = r"[^\W\d_][\w.'’=-]*(?:[ ][^\W\d_][\w.'’-]*){0,4}"
_HEAD = re.compile(
    rf"^(?:(?:\d\w?|[^\w\s]\S{{0,2}})\s+)?[^\w\s]*(?P<name>{_NAME}?)(?:\s*\((?P<note>[^)]{{1,20}})\))?[\s·,=—–-]*"
    rf"(?:(?P<verb>{_VERB})[\s:]*(?:on\s+\d{{1,2}}\s+\w+|\w+\s+on\s+\d+\s+\w+|{_AGO}|{_CLOCK})?|(?P<time>{_CLOCK}"
    rf"|{_AGO}))"
    r"(?P<rest>(?:\s+\W*[A-Z][\w ]{0,16})?)\W*$",
    re.IGNORECASE,
)
_WRITE_BOX = re.compile(r"\bWrite\b.{0,4}\bPreview\b|^Add a comment\b|^Leave a comment\b")
_BUTTONS = re.compile(r"^\W*(?:comment|cancel|reply|send|submit|edited|close with comment)\b.{0,14}$", re.IGNORECASE)
_BUBBLE_END = re.compile(rf"(?P<text>.*?\S)\s+(?P<time>{_CLOCK})\s*(?:[^\w\s]|v|w|~|read|delivered)*$", re.IGNORECASE)
_TIME_ROW = re.compile(rf"^(?:[^\W\d_][\w.'’ -]{{0,24}}\s*[·•,|-]\s*)?{_CLOCK}\s*(?:[^\w\s]|v|w)*$", re.IGNORECASE)
_PILL = re.compile(
    r"^(?:today|yesterday|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b.{0,18}$"
    r"|^\d{1,2} \w+(?: \d{4})?$",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^\W*(?:online|last seen|typing|active|verified|message|type a message|search)\b", re.IGNORECASE)

ROW_GAP_IN_HEIGHTS = 3.4
NARROWEST_CHAT = 240
LEFT_OF_HEAD = 28
RIGHT_OF_HEAD = 95  # an avatar may have been read as part of the head


def messages(look: Sequence[Segment], person: Person, *, to: str = "", medium: Medium = "message") -> list[Utterance]:
    """Messages under a line "Name 10:42" or "name commented on 2 Feb", top to bottom."""
    heads = [(n, head) for n, part in enumerate(look) if (head := _head(part)) is not None]
    starts = {n for n, _ in heads}
    found = []
    for n, (name, act) in heads:
        rows = _rows_under(look, n, starts)
        if rows:
            mine = is_person(name, person) or _avatar_is_mine(look[n], name, person)
            found.append(
                Utterance(
                    author="person" if mine else "other",
                    medium=medium,
                    rows=tuple(rows),
                    name=name,
                    to=to,
                    act=act,
                    at=look[n].at,
                )
            )
    return found


def bubbles(look: Sequence[Segment], *, to: str = "") -> list[Utterance]:
    """Messages of a chat that hangs the person's own words on the right. Empty where no two sides are shown.

    A bubble ends with its time, behind its last word or in a row of its own.
    """
    groups = [rows for end in look if _ends_bubble(end) and (rows := _bubble_rows(end, look))]
    if len(groups) < 2:
        return []
    left = Counter(round(rows[0].rect.x / 4) * 4 for rows in groups).most_common(1)[0][0]
    right = max(row.rect.right for rows in groups for row in rows)
    groups = [rows for rows in groups if rows[0].rect.x >= left - 8 and not _is_pill(rows[0], left, right)]
    if right - left < NARROWEST_CHAT or len(groups) < 2:
        return []
    return [_bubble(rows, left, to) for rows in groups]


def peer_above(look: Sequence[Segment], said: Sequence[Utterance]) -> str:
    """The name in the head of a bubble chat: the highest short name above the bubbles that the list beside repeats."""
    if not said:
        return ""
    first = said[0].rows[0].rect
    left = min(u.rows[0].rect.x for u in said)
    names = [part for part in look if part.rect.x >= left - 25 and part.rect.x <= left + 120 and part.rect.y < first.y]
    beside = [part.text for part in look if part.rect.right < left]
    for part in sorted(names, key=lambda p: p.rect.y):
        name = _clean_name(part.text)
        if name and not _STATUS.match(name) and any(name in text for text in beside):
            return name
    return ""


def _head(part: Segment) -> tuple[str, str] | None:
    """The author that this line names as the head of a message, and what they did; None where it is no head."""
    if _WRITE_BOX.search(part.text) and len(part.words) <= 5:
        return "you", ""
    if len(part.text) > 70 or not (1 < len(part.words) <= 9):
        return None
    match = _HEAD.match(part.text)
    if match is None or not match["name"]:
        return None
    name = without_initials(match["name"].replace("=", ""))
    if not 2 <= len(name) <= 40 or _PILL.match(name):
        return None
    return name, " ".join((match["verb"] or "").casefold().split())


def _avatar_is_mine(head: Segment, name: str, person: Person) -> bool:
    """Initials beside the name help where the name itself was read badly."""
    mine = initials(person)
    if not mine or head.words[0].text.strip("()[]") != mine:
        return False
    own = person.name.replace(" ", "").lower()
    read = name.replace(" ", "").lower()
    return abs(len(own) - len(read)) <= 3 and sum(a in read for a in set(own)) >= 0.7 * len(set(own))


def _rows_under(look: Sequence[Segment], n: int, starts: set[int]) -> list[Segment]:
    head, rows, last = look[n], [], look[n]
    for m in range(n + 1, len(look)):
        part = look[m]
        if not head.rect.x - LEFT_OF_HEAD <= part.rect.x <= head.rect.x + RIGHT_OF_HEAD:
            continue
        if m in starts or part.rect.y - last.rect.bottom > ROW_GAP_IN_HEIGHTS * max(14, part.height):
            break
        if part.rect.y + part.height // 2 < head.rect.bottom or is_noise(part.text):
            continue
        if _BUTTONS.match(part.text):
            break
        rows += [part, *_rest_of_row(part, look)]
        last = part
    return rows


def _rest_of_row(part: Segment, look: Sequence[Segment]) -> list[Segment]:
    """What goes on to the right of it in the same row, behind an emoji or a marked word."""
    rest: list[Segment] = []
    for other in sorted(look, key=lambda p: p.rect.x):
        if other is not part and goes_on(rest[-1] if rest else part, other):
            rest.append(other)
    return rest


def _ends_bubble(part: Segment) -> bool:
    if _TIME_ROW.match(part.text):
        return True
    return len(part.words) > 1 and _BUBBLE_END.match(part.text) is not None


def _bubble_rows(end: Segment, look: Sequence[Segment]) -> list[Segment]:
    """The rows of the bubble that this one ends, top to bottom, without a row that holds the time only."""
    rows = [end]
    for part in reversed(look):
        gap = rows[0].rect.y - part.rect.bottom
        if part is end or abs(part.rect.x - end.rect.x) > 10 or not -4 <= gap <= 1.2 * max(part.height, 9):
            continue
        if _ends_bubble(part):
            break
        rows.insert(0, part)
    if _TIME_ROW.match(end.text):
        rows.remove(end)
    return [piece for row in rows for piece in (row, *_rest_of_row(row, look)) if not is_noise(piece.text)]


def _is_pill(part: Segment, left: int, right: int) -> bool:
    centred = abs((part.rect.x + part.rect.right) / 2 - (left + right) / 2) < 40
    return bool(_STATUS.match(part.text)) or (centred and bool(_PILL.match(part.text)))


def _bubble(rows: list[Segment], left: int, to: str) -> Utterance:
    mine = abs(rows[0].rect.x - left) > 14
    return Utterance(
        author="person" if mine else "other",
        medium="message",
        rows=tuple(_without_time(row) for row in rows),
        name="" if mine else to,
        to=to if mine else "",
        at=rows[0].at,
    )


def _without_time(row: Segment) -> Segment:
    match = _BUBBLE_END.match(row.quote)
    if match is None:
        return row
    keep = len(match["text"].split())
    kept = row.words[:keep]
    return Segment(
        quote=" ".join(word.text for word in kept),
        text=" ".join(row.text.split()[:keep]),
        rect=row.rect,
        words=kept,
        at=row.at,
        monitor=row.monitor,
        confidence=row.confidence,
    )


def _clean_name(text: str) -> str:
    name = re.sub(r"\([^)]*\)|[^\w\s.'’-]|\d", "", text).strip()
    # One letter is a round picture, badly read.
    return name if len(name) > 1 and len(name.split()) <= 4 and name[:1].isupper() else ""
