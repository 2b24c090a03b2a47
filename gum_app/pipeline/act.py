"""What a click does, told exactly and beforehand. What is previewed is done, to the letter, or nothing is.

Words of the screen come in as they are and stay words: nothing here or behind it takes them for a command.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gum_app.records import Observation, Proposition
from gum_app.rules.abilities import would
from gum_app.rules.plain import visible
from gum_app.rules.secrets import cut_text
from gum_app.rules.wording import stems
from gum_app.suggestions import Act, ActKind, SuggestionId

WRITTEN: frozenset[ActKind] = frozenset({"draft", "checklist", "summary", "gather"})  # into a file
MOST_BELIEFS = 16
MOST_LINES = 20
LONGEST_LINE = 200
LEAST_WORDS = 2  # of a line that is quoted


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`act` is what will be done, with its whole text. `fingerprint` stands for all of it."""

    sentence: str
    act: Act
    fingerprint: str

    @property
    def ending(self) -> str:
        return ".txt" if self.act.kind == "draft" else ".md"


def preview(id_: SuggestionId, act: Act, now: datetime, *, gathered: str = "") -> Preview:
    """`gathered`: of an act that gathers, what was found."""
    if act.kind == "gather":
        act = replace(act, text=gathered)
    at = act.at.isoformat() if act.at is not None else None
    whole = [id_, act.kind, act.title, act.text, act.target, at, act.minutes]
    fingerprint = hashlib.sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()
    return Preview(sentence=would(act, now), act=act, fingerprint=fingerprint)


def gathered(
    topic: str, beliefs: Sequence[Proposition], seen: Sequence[Observation], now: datetime, *, found: str = ""
) -> str:
    """What is known about a topic, as Markdown: what is believed, how surely, and the words that were read of it.

    `found`: what the suggestion itself has found, which comes first.
    """
    parts = [f"# {_line(topic)}", f"As known on {now:%Y-%m-%d %H:%M}."]
    if found.strip():
        parts.append("\n".join(f"> {_line(row)}".rstrip() for row in found.strip().splitlines()))
    believed = [
        f"- {_line(each.text)} ({each.confidence:.0%}, last seen {_when(each.last_supported_at, now)})"
        for each in beliefs[:MOST_BELIEFS]
    ]
    read = list(dict.fromkeys(_read(topic, seen, now)))[:MOST_LINES]
    if believed:
        parts += ["## What is believed", "\n".join(believed)]
    if read:
        parts += ["## What was on the screen", "\n".join(read)]
    if not (believed or read or found.strip()):
        parts.append("Nothing more is known about it.")
    return "\n\n".join(parts) + "\n"


def _read(topic: str, seen: Iterable[Observation], now: datetime) -> Iterable[str]:
    """The latest first: where it was read, and the lines that speak of the topic."""
    wanted = set(stems(topic))
    for each in sorted(seen, key=lambda one: one.ended_at, reverse=True):
        where = f"{_when(each.ended_at, now)}, {_line(each.app)}"
        speaking = [line for line in each.lines if len(line.words) >= LEAST_WORDS and wanted & set(stems(line.text))]
        for text in [line.text for line in speaking] or [each.title]:
            if told := _line(text):
                yield f"- {where}: {told}"


def _line(text: str) -> str:
    """On one line, without what nobody sees, secrets, and what Markdown would take for more than words."""
    plain = " ".join(visible(cut_text(text)).split())[:LONGEST_LINE]
    return plain.translate({ord(sign): f"\\{sign}" for sign in "\\`*_[]<>#|"})


def _when(at: datetime, now: datetime) -> str:
    at = at.astimezone(now.tzinfo)
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%Y-%m-%d %H:%M}"
