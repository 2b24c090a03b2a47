"""Made-up screens for the tests of noticing: words put where a program would put them, in the pixels of one screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gum_app.records import Line, Observation, ObservationId, Person, Rect, Sighting, Word
from gum_app.rules.layout import Segment, segments
from tests.builders import NOON, an_observation

ANNA = Person(name="Anna Berger", handles=("anna.berger@school.example", "aberger"))
LETTER, HEIGHT = 7, 12  # the size of ordinary words on a screen


def a_row(text: str, *, x: int, y: int, block: int = 0, at: datetime | None = None, sure: float = 0.95) -> Line:
    """One row of words; a wide gap is written as a bar with spaces: "Manager | Eva Lind"."""
    words = []
    for part in text.split():
        if part == "¦":
            x += 120
            continue
        words.append(Word(text=part, rect=Rect(x=x, y=y, width=LETTER * len(part), height=HEIGHT), confidence=sure))
        x += LETTER * len(part) + 6
    return Line(words=tuple(words), block=block, at=at or NOON)


def rows(*texts: str, x: int = 300, y: int = 200, step: int = 20, at: datetime | None = None) -> list[Line]:
    """Rows below each other; an empty text leaves a gap."""
    return [a_row(text, x=x, y=y + n * step, block=n, at=at) for n, text in enumerate(texts) if text]


def a_screen(*groups: list[Line]) -> tuple[Segment, ...]:
    parts = segments(line for group in groups for line in group)
    return tuple(sorted(parts, key=lambda part: (part.rect.y, part.rect.x)))


def seen(*groups: list[Line], **more: Any) -> Observation:
    """An episode of some minutes with these words."""
    defaults: dict[str, Any] = {
        "started_at": NOON,
        "ended_at": NOON + timedelta(minutes=5),
        "active_seconds": 300.0,
        "keys": 200,
        "lines": tuple(line for group in groups for line in group),
    }
    return an_observation(**{**defaults, **more})


def a_week(
    first_number: int, *, x: int = 300, y: int = 180, step: int = 220, names: str = "MON TUE WED THU FRI SAT SUN"
) -> list[Line]:
    """The head of a week: the names of the days, and below them their numbers from `first_number` on."""
    head = [a_row(name, x=x + n * step, y=y, block=n) for n, name in enumerate(names.split())]
    numbers = [a_row(str(first_number + n), x=x + n * step, y=y + 24, block=20 + n) for n in range(7)]
    return [*head, *numbers]


def hours(*, x: int = 120, y: int = 260, step: int = 60, first: int = 8, last: int = 20) -> list[Line]:
    return [
        a_row(f"{hour:02}:00", x=x, y=y + (hour - first) * step, block=60 + hour) for hour in range(first, last + 1)
    ]


def in_week(day: int, hour: float, *texts: str, x: int = 250, y: int = 260, step: int = 220) -> list[Line]:
    """An entry in the column of a day (0 is the first), at an hour of the axis that `hours` draws."""
    top = y + 6 + round((hour - 8) * 60) + 7
    return rows(*texts, x=x + day * step, y=top, step=16)


def a_sighting(topic: str = "tool:slack", number: int = 1, **more: Any) -> Sighting:
    """A sighting in an episode of its own, `number` hours after noon."""
    defaults: dict[str, Any] = {
        "topic": topic,
        "kind": "tool",
        "observation_id": ObservationId(number),
        "at": NOON + timedelta(hours=number),
        "app": "Slack",
        "quote": f"words of episode {number}",
        "seconds": 300.0,
    }
    return Sighting(**{**defaults, **more})
