"""Text that must not become a belief: it addresses machines, it sells, it phishes, or it is somebody else's on show."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gum_app.rules.layout import SAME_COLUMN, Segment
from gum_app.rules.orders import MARK, gives_orders
from gum_app.rules.plain import as_read

_TO_MACHINES = re.compile(
    r"\b(?:AI|LLM) (?:assistants?|agents?|models?|systems?|readers?)\b|\blanguage models?\b"
    r"|\bscreen readers?\b.*\bnote\b"
    r"|\b(?:ignore|disregard|forget|override) (?:(?:all|any|every|your|the|these|of) )*"
    r"(?:(?:previous|earlier|prior|other|above|preceding) )*(?:instructions?|rules|prompts?|guidelines)\b"
    r"|\b(?:dear|attention,?|(?:note|message) (?:to|for)) (?:the |all |any )?(?:AIs?|LLMs?|assistants?|chatbots?)\b"
    r"|\bignoriere\b.{0,30}\banweisungen\b|\bignore[zr]?\b.{0,20}\bconsignes\b|\bignora\b.{0,20}\binstrucciones\b"
    r"|[\[<]/?(?:system|assistant|inst)[\]>]"
    r"|\b(?:record|note|remember|conclude|write down|store) that the (?:user|reader|person|owner)\b"
    r"|\b(?:add|save|write|commit) (?:this |it )?to (?:your |the |its )?memory\b"
    r"|\bsystem prompt\b",
    re.IGNORECASE,
)
_SELLS = re.compile(
    r"^\W*(?:sponsored|advert(?:isement)?|promoted|anzeige|werbung|ad)\b(?!\s*\w+@)|\b(?:book|order|buy|subscribe"
    r"|join|enrol|shop) now\b"
    r"|\bbook your\b|\blimited (?:time|offer)\b|\bfrom [€$£]\s?\d|\b\d+ ?% off\b|\bfree trial\b|\bis waiting!?\b"
    r"|\byou may also like\b"
    r"|\brecommended for you\b|\bup next\b|\bautoplay\b|\bseat is reserved\b",
    re.IGNORECASE,
)
_PHISHES = re.compile(
    r"\bthis message comes from outside\b|\bis junk mail\b|\bmarked as (?:spam|junk)\b"
    r"|\bthe sender has never written to you\b"
    r"|\bwithin \d+ (?:hours|minutes|h)\b.*\b(?:confirm|sign in|verify|suspended)\b|\b(?:confirm"
    r"|verify) your (?:identity|account|password)\b"
    r"|\b(?:lottery|inheritance|wire transfer|gift cards?)\b|\bsender address does not match\b|\bnot junk\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*(?:[>|]\s|[“\"„«]).*")
_WROTE = re.compile(r"^\W*(?:On|Am|Le)\b.*\b(?:wrote|schrieb|a écrit)\s*:", re.IGNORECASE)


def addresses_machines(text: str) -> bool:
    """Whether a text gives orders to programs that read the screen, or may. Nothing of it is ever evidence."""
    return MARK in text or _TO_MACHINES.search(as_read(text)) is not None or gives_orders(text)


def sells(text: str) -> bool:
    return _SELLS.search(as_read(text)) is not None


def looks_like_phishing(texts: Sequence[str]) -> bool:
    """Whether a mail or page shows a warning of its own program, or asks for secrets in haste."""
    return any(_PHISHES.search(as_read(text)) for text in texts)


def begins_quotation(text: str) -> bool:
    """Whether from here on a mail repeats what was written before."""
    return _WROTE.search(text) is not None


def is_quotation(text: str) -> bool:
    """Whether a whole line stands in quotation marks or behind a quotation bar: somebody else's words."""
    return _QUOTED.match(text) is not None


def trustworthy(look: Sequence[Segment]) -> tuple[Segment, ...]:
    """One look without what sells or addresses machines, each with the rows around it in the same column."""
    tainted = [part for part in look if sells(part.text) or addresses_machines(part.text)]
    if not tainted:
        return tuple(look)
    return tuple(part for part in look if not any(_beside(part, bad) for bad in tainted))


def _beside(part: Segment, bad: Segment) -> bool:
    near = abs(part.rect.y - bad.rect.y) <= 6 * max(part.height, bad.height, 12)
    same_column = abs(part.rect.x - bad.rect.x) <= 4 * SAME_COLUMN or bad.rect.meet(part.rect) is not None
    return near and same_column
