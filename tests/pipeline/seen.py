"""What somebody saw in the last hours, for tests of what could be offered: looks at windows, and beliefs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gum_app.pipeline.suggest_known import Known
from gum_app.records import Observation, Person, Proposition
from gum_app.suggestions import Moment
from tests.builders import NOON, a_proposition, an_observation

TAMSIN = Person(name="Tamsin Orrell")


def a_look(number: int, minutes_ago: float, text: str = "", **more: Any) -> Observation:
    """At a page, for five minutes, unless said otherwise."""
    at = NOON - timedelta(minutes=minutes_ago)
    given = {"source": "window", "started_at": at - timedelta(minutes=5), "ended_at": at, "active_seconds": 300.0}
    return an_observation(number, text, **{**given, **more})


def a_page(number: int, minutes_ago: float, text: str, site: str, name: str = "Page", **more: Any) -> Observation:
    url = f"https://{site.casefold().replace(' ', '-')}.example/{name.casefold()}"
    return a_look(number, minutes_ago, text, title=f"{name} – {site} — Mozilla Firefox", url=url, **more)


def a_belief(number: int, topic: str, text: str, value: str | date = "", **more: Any) -> Proposition:
    given = {"kind": "plan", "confidence": 0.7, "last_supported_at": NOON - timedelta(minutes=5)}
    return a_proposition(number, topic=topic, text=text, value=str(value), **{**given, **more})


def known(
    *lately: Observation,
    beliefs: tuple[Proposition, ...] = (),
    now: datetime = NOON,
    person: Person = TAMSIN,
    **moment: Any,
) -> Known:
    return Known(now=now, person=person, beliefs=beliefs, lately=lately, moment=Moment(at=now, **moment))
