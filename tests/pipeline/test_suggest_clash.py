from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.suggest_clash import clashes
from tests.builders import NOON
from tests.pipeline.seen import a_belief, a_look, known

TWICE = a_belief(
    4,
    "clash:2026-03-12:1-1-henrik:review",
    "Has two things at once on Thursday 12 March 2026 at 11:00: “1:1 Henrike” and “Incident review”.",
    kind="schedule",
)
CALENDAR = a_look(1, 1, "Thu 12", app="org.gnome.Calendar", title="March 2026 – Calendar")


def test_two_things_at_once_are_told_while_the_calendar_is_at_hand() -> None:
    (offer,) = clashes(known(CALENDAR, beliefs=(TWICE,)))
    assert offer.title == "Two things at once on Thursday 12 March at 11:00"
    assert offer.act.kind == "draft" and "“" not in offer.act.text and "1:1 Henrike" in offer.act.text
    assert (offer.because, offer.seen_in, offer.belief) == ((4,), (1,), 0.7)


def test_what_was_seen_long_ago_or_is_over_is_not() -> None:
    assert not list(clashes(known(CALENDAR, beliefs=(TWICE,), now=NOON + timedelta(minutes=40))))
    assert not list(clashes(known(CALENDAR, beliefs=(TWICE,), now=NOON + timedelta(days=2))))
