"""Pages about the person: a profile under their name, a confirmation addressed to them, a course and its progress."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gum_app.records import Kind, Person
from gum_app.rules.days import DayNamed, days_in
from gum_app.rules.identity import first_name, greets, is_person
from gum_app.rules.layout import Segment, is_noise
from gum_app.rules.strangers import is_quotation
from gum_app.rules.wording import folded

_LABELS: dict[str, tuple[Kind, str]] = {
    r"role|job title|position|title|occupation|function": ("task", "Works as “{value}”"),
    r"team|department|unit|group|faculty|ward": ("relationship", "Belongs to the team or department “{value}”"),
    r"manager|line manager|supervisor|advisor|reports to|head": ("relationship", "Has {value} as {label}"),
    r"buddy|mentor|tutor|coach": ("relationship", "Has {value} as {label}"),
    r"first day|start date|started|joined|member since"
    r"|employed since": ("schedule", "Started or starts on “{value}”"),
    r"background|experience|education|degree|studies|course of study": ("skill", "Has this background: “{value}”"),
    r"location|office|desk|city|campus": ("relationship", "Is based at “{value}”"),
    r"languages?": ("skill", "Speaks {value}"),
}
_ROWS = tuple(
    (re.compile(rf"^(?P<label>{pattern})\s*:?$", re.IGNORECASE), kind, text)
    for pattern, (kind, text) in _LABELS.items()
)

Deed = Literal["arranged", "cancelled", "signed up", "submitted", "finished"]
_DEEDS: tuple[tuple[Deed, re.Pattern[str]], ...] = (
    (
        "cancelled",
        re.compile(
            r"\b(?:subscription|renewal|plan|booking|order|membership|contract|appointment)\b.{0,30}\bcancel+ed\b",
            re.IGNORECASE,
        ),
    ),
    (
        "signed up",
        re.compile(
            r"\b(?:plan|subscription|membership|account|trial) is (?:now )?active\b|\byou(?:['’]re"
            r"| are) (?:now )?(?:registered|enrolled|subscribed)\b"
            r"|\bsuccessfully (?:registered|enrolled|subscribed|signed up)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "arranged",
        re.compile(
            r"\byou(?:['’]re| are) going\b|\byour (?:booking|reservation|appointment|order|ticket|seat|request|table"
            r"|slot|visit)\b.{0,40}"
            r"\b(?:confirmed|changed|moved|booked|placed|received|reserved|accepted|scheduled)\b|\b(?:booking"
            r"|reservation|order|appointment) confirmed\b"
            r"|\breserved until\b|\bthank you for your (?:order|booking|reservation)\b|\brsvp\b.{0,20}\byes\b",
            re.IGNORECASE,
        ),
    ),
    (
        "submitted",
        re.compile(
            r"\bsubmitted\b.{0,24}\b(?:waiting|pending|approval|review|successfully|\d{1,2}:\d{2})\b"
            r"|\b(?:application|request|form|report|return|paper|assignment)"
            r" (?:has been |was )?(?:submitted|sent|filed|received)\b|\bwaiting for approval\b",
            re.IGNORECASE,
        ),
    ),
)
_UNIT = r"(?:modules?|lessons?|exercises?|units?|lectures?|quizzes|levels?)"
_PROGRESS = re.compile(
    rf"\b\d{{1,3}}\s*(?:of|/)\s*\d{{1,3}}\s*{_UNIT}\s+(?:are\s+)?(?:done|completed?|finished|passed)\b"
    rf"|\b(?:exercise|lesson)\s+\d{{1,3}}\s*(?:of|/)\s*\d{{1,3}}\b"
    rf"|\b(?:you(?:['’]ve| have)|your)\b.{{0,30}}\b\d{{1,3}}\s*(?:of|/|%)\s*\d{{0,3}}\s*{_UNIT}?"
    r"|\b\d{1,4}[- ]day streak\b|\b\d{1,3} ?% complete\b",
    re.IGNORECASE,
)
_BAR = re.compile(r"^\W*progress\b.{0,90}?\b(?P<done>\d{1,4})\s*/\s*(?P<all>\d{1,4})\b", re.IGNORECASE)
_WHEN = re.compile(
    r"^\W*(?:from|pick-?up|arrival|arrive|date|when|start|check-?in|departure|appointment|delivery)\b", re.I
)
_TITLE_BAR = re.compile(r"(?:Firefox|Chrom\w+|Edge|Safari|Opera|Brave)$")
_SEPARATOR = re.compile(r"\s+[·•|–—-]\s+")
_DATE_LABEL = re.compile(
    r"^(?:last day|due(?: date)?|deadline|until|valid until|expires?|ends?|starts?|appointment|interview|viva|exam"
    r"|defen[cs]e|departure|arrival|pick-?up|check-?in|submission|hand-?in|closing date|decision by|reply by|return by"
    r"|renewal)\s*:?$",
    re.IGNORECASE,
)
SAME_ROW = 12
FARTHEST_VALUE = 420


@dataclass(frozen=True, kw_only=True)
class ProfileLine:
    label: str
    value: str
    kind: Kind
    text: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What a page confirms to the person, and for when, where it says so."""

    deed: Deed
    quote: str
    text: str
    day: DayNamed | None
    day_quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    text: str
    quote: str


def profile_of(look: Sequence[Segment], title_parts: Sequence[str], person: Person) -> list[ProfileLine]:
    """Labelled facts on a page that carries the person's own name as its title. Empty for pages about others."""
    if not person.name or not any(is_person(part, person) for part in title_parts):
        return []
    found = []
    for part in look:
        for pattern, kind, text in _ROWS:
            match = pattern.match(part.text.strip())
            value = _value_beside(part, look) if match else None
            if match and value is not None:
                shown = value.text.split(" · ")[0].strip(" .;")
                found.append(
                    ProfileLine(
                        label=match["label"].lower(),
                        value=shown,
                        kind=kind,
                        text=text.format(value=shown, label=match["label"].lower()) + ".",
                        quote=value.quote,
                    )
                )
    return found


def own_dates(look: Sequence[Segment], title_parts: Sequence[str], person: Person, seen_at: datetime) -> list[Segment]:
    """Rows with a day ahead on a page that carries the person's own name as its title."""
    if not person.name or not any(is_person(part, person) for part in title_parts):
        return []
    today = seen_at.date()
    return [
        part
        for part in look
        if len(part.words) >= 4
        and not is_quotation(part.text)
        and any(day.day > today for day in days_in(part.text, seen_at))
    ]


def confirmations(look: Sequence[Segment], seen_at: datetime) -> list[Confirmation]:
    """What the page confirms as done by whoever uses it, with the day that stands with it; one of each deed."""
    found: dict[Deed, Segment] = {}
    for part in look:
        deed = next((name for name, pattern in _DEEDS if pattern.search(part.text)), None)
        cut_off = part.text.rstrip().endswith(("...", "…"))  # the title of a tab
        if deed is None or is_quotation(part.text) or cut_off:
            continue
        if deed not in found or len(part.text) > len(found[deed].text):
            found[deed] = part
    return [_confirmation(deed, part, look, seen_at) for deed, part in found.items()]


def _confirmation(deed: Deed, part: Segment, look: Sequence[Segment], seen_at: datetime) -> Confirmation:
    day, where = _day_near(part, look, seen_at)
    return Confirmation(deed=deed, quote=part.quote, text=without_mark(part.text), day=day, day_quote=where)


def self_lines(look: Sequence[Segment], person: Person) -> list[Segment]:
    """Rows that begin with the person's name and say more: "Tamsin O. · British Sign Language, Level 1"."""
    first, last = folded(first_name(person)), folded(person.name).split()[-1:]
    if not first or not last:
        return []
    found = []
    for part in look:
        parts = _SEPARATOR.split(part.text, maxsplit=1)
        name = folded(parts[0]).rstrip(".")
        own = is_person(parts[0], person) or name in {first, f"{first} {last[0][0]}"}
        if own and len(parts) == 2 and len(parts[1].split()) >= 2 and not _TITLE_BAR.search(part.text):
            found.append(part)
    return found


def labelled_dates(
    look: Sequence[Segment], person: Person, seen_at: datetime
) -> list[tuple[Segment, Segment, DayNamed]]:
    """Days ahead with a label ("Last day: Friday 15 May 2026") on a page that names the person among its values."""
    if not any(_names_person(part, person) for part in look):
        return []
    today, found = seen_at.date(), []
    for part in look:
        if not _DATE_LABEL.match(part.text.strip()):
            continue
        value = _value_beside(part, look)
        ahead = [day for day in days_in(value.text, seen_at) if day.day > today] if value else []
        if value and ahead:
            found.append((part, value, ahead[-1]))
    return found


def _names_person(part: Segment, person: Person) -> bool:
    return bool(person.name) and folded(person.name) in folded(part.text)


def progress_of(look: Sequence[Segment]) -> Progress | None:
    """How far somebody is in a course: "2 of 5 modules done", "41-day streak"."""
    for part in look:
        if _PROGRESS.search(part.text) and not is_quotation(part.text):
            return Progress(text=" ".join(part.text.split()), quote=part.quote)
    return None


def bar_of(look: Sequence[Segment]) -> Progress | None:
    """The progress bar of a program in a terminal: "Progress: [####>----] 41/94"."""
    for part in look:
        if match := _BAR.search(part.text):
            return Progress(text=f"{match['done']}/{match['all']}", quote=part.quote)
    return None


def without_mark(text: str) -> str:
    """A line without the check mark or box before it, which the reader takes for a letter or a sign."""
    return re.sub(r"^(?:[^\w“\"]+|(?![AI]\s)\w{1,2}\s+(?=[A-Z]))+", "", text)


def addressed(look: Sequence[Segment], person: Person) -> bool:
    """Whether the page greets the person or shows them signed in."""
    return any(greets(part.text, person) and len(part.words) <= 8 for part in look)


def _value_beside(label: Segment, look: Sequence[Segment]) -> Segment | None:
    right = [
        part
        for part in look
        if abs(part.rect.y - label.rect.y) <= SAME_ROW
        and 0 < part.rect.x - label.rect.right <= FARTHEST_VALUE
        and not is_noise(part.text)
    ]
    return min(right, key=lambda part: part.rect.x, default=None)


def _day_near(part: Segment, look: Sequence[Segment], seen_at: datetime) -> tuple[DayNamed | None, str]:
    """The last day named in the line itself, else the nearest day ahead in the lines around it."""
    today = seen_at.date()
    own = [day for day in days_in(part.text, seen_at) if day.day >= today]
    if own:
        return own[-1], part.quote
    around = sorted(
        (
            other
            for other in look
            if abs(other.rect.y - part.rect.y) <= 16 * max(part.height, 12) and abs(other.rect.x - part.rect.x) <= 160
        ),
        key=lambda other: (_WHEN.match(other.text) is None, abs(other.rect.y - part.rect.y)),
    )
    for other in around:
        ahead = [day for day in days_in(other.text, seen_at) if day.day >= today]
        if ahead:
            # "From Monday to Tuesday" begins on Monday; otherwise the first of two is often the struck-out one.
            return ahead[0] if other.text.startswith("From") else ahead[-1], other.quote
    return None, ""
