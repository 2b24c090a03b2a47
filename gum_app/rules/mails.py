"""Mails: what the person writes in a compose window or below a mail, and who sent the one that is being read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gum_app.records import Person
from gum_app.rules.days import days_in, weekday_number
from gum_app.rules.identity import ADDRESS, first_name, is_person, without_initials
from gum_app.rules.layout import SAME_COLUMN, Segment, is_noise
from gum_app.rules.speech import Utterance
from gum_app.rules.strangers import begins_quotation, is_quotation

_LABEL = re.compile(r"^\W*(?P<label>from|to|cc|subject|von|an|betreff)\b\W*(?P<rest>.*)$", re.IGNORECASE)
_SENDER = re.compile(
    rf"(?P<name>[^\W\d_][\w .,'’&()-]{{1,40}}?)\W*<\s?(?P<address>{ADDRESS.pattern}|[^<>@\s]+\s?[^<>\s]*@[^<>\s]+)"
)
_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’&-]*){0,4}"
_PLAIN_NAME = re.compile(_NAME)
_FROM_TO = re.compile(rf"^(?P<name>{_NAME}?) (?:to|an) (?P<to>me|mich|{_NAME})(?=\W|$)")
_TO_ME = re.compile(r"^(?:to me|an mich)\b", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[rs]?)\b[^.!?]{0,30}[,!]?$", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^(?:kind|best|warm|many)?\W*(?:regards|wishes|thanks|thank you|cheers|best|sincerely|yours(?: \w+)?|talk soon"
    r"|see you|ciao)\W*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"^[-–—_]{1,3}$")
_SENT = re.compile(r"^\W*(?:date|sent|received|datum|gesendet|envoy[ée]|fecha)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|gestern|hier|ayer)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
HEAD_ABOVE, HEAD_BELOW = 60, 80  # pixels from the row of the sender, between which the date of a mail stands
WORDS_OF_A_DATE = 12
GREATEST_GAP = 90  # between two paragraphs of one mail


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail on the screen. `sender` is empty where it cannot be read; `signature` is what follows the closing."""

    said: Utterance | None
    sender: str = ""
    to: str = ""
    signature: tuple[Segment, ...] = ()


def composed(look: Sequence[Segment], person: Person) -> Mail | None:
    """What stands in a compose window; None where its labels To and Subject are not to be seen."""
    labels = {m["label"].lower(): (part, m["rest"] or _beside(part, look)) for part in look if (m := _label(part))}
    subject, to = labels.get("subject"), labels.get("to")
    if subject is None or to is None:
        return None
    return _written(look, subject[0], to[1], person)


def replied(look: Sequence[Segment], person: Person) -> Mail | None:
    """A reply that is being written below the mail it answers: a second To, to somebody else."""
    for part in look:
        match = _label(part)
        if match and match["label"].lower() in {"to", "an"} and ADDRESS.search(match["rest"]):
            address = ADDRESS.search(match["rest"])
            above = [p for p in look if p.rect.y < part.rect.y and ADDRESS.search(p.text)]
            if address and above and not is_person(address.group(), person) and _is_greeted(look, part):
                return _written(look, part, match["rest"], person)
    return None


def read_mail(look: Sequence[Segment], person: Person) -> Mail | None:
    """The mail that a reading pane shows: the sender with an address or before the person's name, and the words."""
    heads = [(part, name) for part in look if (name := _sender(part, look, person))]
    if not heads:
        return None
    head, name = min(heads, key=lambda pair: pair[0].rect.y)
    under = [p for p in look if p.rect.y > head.rect.bottom and p.rect.x >= head.rect.x - 60 and not is_noise(p.text)]
    # An answer that is being written below begins with its own To.
    end = next((n for n, part in enumerate(under) if n and _label(part) and ADDRESS.search(part.text)), len(under))
    rows = _before_quotation([part for part in under[:end] if not _label(part)])
    when = sent_on(look, head)
    said = (
        Utterance(author="other", medium="mail", rows=tuple(rows), name=name, at=head.at, said_on=when)
        if rows
        else None
    )
    return Mail(said=said, sender=name)


def sent_on(look: Sequence[Segment], head: Segment) -> date | None:
    """The day that stands at the head of a mail. None where none does, or one that is still to come."""
    if head.at is None:
        return None
    above, below = head.rect.y - HEAD_ABOVE, head.rect.bottom + HEAD_BELOW
    for part in [head, *(p for p in look if p is not head and above <= p.rect.y <= below)]:
        dated = len(part.words) <= WORDS_OF_A_DATE and (_SENT.search(part.text) or _CLOCK.search(part.text))
        if dated and (day := _day_sent(part.text, head.at)) is not None:
            return day
    return None


def _day_sent(text: str, read_at: datetime) -> date | None:
    """ "Wed 17:48" at the head of a mail is the last Wednesday, not the next."""
    today = read_at.date()
    if _YESTERDAY.search(text):
        return today - timedelta(days=1)
    named = days_in(text, read_at)
    if not named:
        weekday = _WEEKDAY.search(text)
        number = weekday_number(weekday.group()) if weekday is not None else None
        return today - timedelta(days=(today.weekday() - number) % 7) if number is not None else None
    day = named[0].day
    if day > today and named[0].relative:
        day -= timedelta(days=7)
    return day if day <= today else None


def _sender(part: Segment, look: Sequence[Segment], person: Person) -> str:
    """Who wrote the mail at whose head this row stands; empty where it is no head."""
    if match := _SENDER.search(part.text):
        return without_initials(match["name"])
    match = _FROM_TO.match(part.text)
    if match and (match["to"].casefold() in {"me", "mich"} or _is_name_of(match["to"], person)):
        return without_initials(match["name"])
    if _TO_ME.match(part.text):
        above = [p for p in look if 0 < part.rect.y - p.rect.y <= 40 and abs(p.rect.x - part.rect.x) <= SAME_COLUMN]
        return _PLAIN_NAME.match(above[-1].text)[0] if above and _PLAIN_NAME.match(above[-1].text) else ""  # type: ignore[index]
    return ""


def _label(part: Segment) -> re.Match[str] | None:
    match = _LABEL.match(part.text)
    return match if match and (len(part.words) <= 14) else None


def _beside(label: Segment, look: Sequence[Segment]) -> str:
    """The field to the right of a label."""
    row = [p for p in look if abs(p.rect.y - label.rect.y) <= 8 and 0 < p.rect.x - label.rect.right < 200]
    return min(row, key=lambda part: part.rect.x).text if row else ""


def _is_greeted(look: Sequence[Segment], label: Segment) -> bool:
    return any(
        0 < part.rect.y - label.rect.y < 80 and abs(part.rect.x - label.rect.x) < 40 and _GREETING.match(part.text)
        for part in look
    )


def _written(look: Sequence[Segment], label: Segment, to: str, person: Person) -> Mail | None:
    under = [p for p in look if p.rect.y > label.rect.bottom and not is_noise(p.text)]
    first = min(
        (p for p in under if abs(p.rect.x - label.rect.x) <= 70 and p.rect.y - label.rect.bottom < 120),
        key=lambda p: p.rect.y,
        default=None,
    )
    name = _name(to)
    if first is None:
        return Mail(said=None, to=name)
    rows = [p for p in under if abs(p.rect.x - first.rect.x) <= 2 * SAME_COLUMN and p.rect.y >= first.rect.y]
    rows, signature = _split(_unbroken(rows), person)
    said = Utterance(author="person", medium="mail", rows=tuple(rows), to=name, at=label.at) if rows else None
    return Mail(said=said, to=name, signature=tuple(signature))


def _unbroken(rows: list[Segment]) -> list[Segment]:
    kept: list[Segment] = []
    for row in rows:
        if kept and row.rect.y - kept[-1].rect.bottom > GREATEST_GAP:
            break
        kept.append(row)
    return _before_quotation(kept)


def _before_quotation(rows: list[Segment]) -> list[Segment]:
    for n, row in enumerate(rows):
        if begins_quotation(row.text):
            return rows[:n]
    return [row for row in rows if not is_quotation(row.text)]


def _split(rows: list[Segment], person: Person) -> tuple[list[Segment], list[Segment]]:
    """The words without greeting, closing and name; and the signature below."""
    body: list[Segment] = []
    for n, row in enumerate(rows):
        named = n > 0 and len(row.words) <= 3 and _is_name_of(row.text, person)
        if named:
            return body, [r for r in rows[n + 1 :] if not _DASHES.match(r.text)]
        if _CLOSING.match(row.text) or _DASHES.match(row.text):
            rest = [r for r in rows[n + 1 :] if not _DASHES.match(r.text)]
            if rest and _is_own_name(rest[0], person):
                rest = rest[1:]
            return body, rest
        if not _GREETING.match(row.text):
            body.append(row)
    return body, []


def _is_name_of(text: str, person: Person) -> bool:
    plain = re.sub(r"[^\w\s-]+", "", text).strip()
    return is_person(plain, person) or (bool(first_name(person)) and plain == first_name(person))


def _is_own_name(row: Segment, person: Person) -> bool:
    return len(row.words) <= 2 or is_person(row.text, person)


def _name(text: str) -> str:
    """The name before an address, else what the address itself says before the @."""
    match = _SENDER.search(text)
    if match:
        return " ".join(match["name"].split())
    address = ADDRESS.search(text)
    return address.group() if address else " ".join(text.split())
