"""Words that say what to do about something that goes wrong: a pinned message, a guideline, an answer.

Found by what they share with the trouble and by how they are put; whether they are right, nobody here knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gum_app.rules.wording import stems

_DO = re.compile(
    r"(?:^|[.!?;–-]\s+|\b(?:then|first|please|you (?:can|could|need to|must|have to|should|only need to)|better"
    r"|to fix (?:it|this),?)\s+)"
    r"(?:sudo|try|use|run|set|add|remove|install|restart|reboot|unmount|umount|mount|renew|collect|replace|reset|wrap"
    r"|re-?start|clear|delete|check|update|upgrade|change|move|call|drop|wait|log (?:out|in)|sign (?:out|in)"
    r"|re-?connect|close|open|enable|disable|export|import|rename|convert|make sure|turn (?:on|off))\b"
    r"|\bsudo \w+",
    re.IGNORECASE,
)
# What fetches and runs something, or takes something away for good, is quoted to nobody as advice.
_DANGER = re.compile(
    r"https?:|\bwww\.|\b(?:curl|wget|irm|iex|eval|exec|base64|powershell|invoke-\w+|rm|dd|mkfs|chmod|chown|crontab)\b"
    r"|\b(?:pip|npm|pipx|cargo|brew|gem) install\b|\|\s*(?:ba|z|da)?sh\b|>\s*/|\bpasswords?\b|\bpins?\b|\bcodes? to\b"
    r"|\bdisable (?:the )?(?:firewall|antivirus|selinux|checks?)\b|\bpay\b|\btransfer\b",
    re.IGNORECASE,
)
_ASKED_ONLY = re.compile(r"\?\W*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(])")
CODE = re.compile(r"\b(?:[A-Z]{1,6}-?\d{3,6})\b")
_HEAD = 5  # letters by which "expired" and "expiry" are the same
ENOUGH = 2  # words in common
LONGEST = 220
SHORT = 40  # a shorter sentence needs the one before it

_LITTLE = """
error fail failed failing again found cannot could unable invalid missing attempt test file line code type value name
time
"""
_SAYING_LITTLE = frozenset(stem[:_HEAD] for word in _LITTLE.split() for stem in (word, *stems(word)))


def about(texts: Iterable[str]) -> frozenset[str]:
    """What a trouble is about, as it is compared: heads of its words, and its codes."""
    found = set()
    for text in texts:
        found |= {stem[:_HEAD] for stem in stems(text) if len(stem) >= 4 and not stem.isdigit()}
        found |= {code.casefold() for code in CODE.findall(text)}
    return frozenset(found - _SAYING_LITTLE)


def remedy_in(paragraph: str, wanted: frozenset[str], *, code_is_near: bool = False) -> str | None:
    """The part of a paragraph that says what to do, where it is about the same; at most two sentences.

    `code_is_near`: the trouble's own code stands beside it, so that one word in common will do.
    """
    text = " ".join(paragraph.split())
    if _DANGER.search(text) or _ASKED_ONLY.search(text):
        return None
    in_common = about([text]) & wanted
    if len(in_common) < (1 if code_is_near else ENOUGH):
        return None
    parts = _SENTENCE.split(text)
    begin = next((number for number, part in enumerate(parts) if _DO.search(part)), None)
    if begin is None:
        return None
    said = parts[begin]
    if len(said) < SHORT and begin:
        said = f"{parts[begin - 1]} {said}"
    for part in parts[begin + 1 :]:
        if not _DO.search(part) or len(said) + len(part) >= LONGEST:
            break
        said = f"{said} {part}"
    return said[:LONGEST]
