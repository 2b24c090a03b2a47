from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gum_app.rules.layout import segments
from gum_app.rules.terms import leads_in, open_by, terms_in
from tests.builders import a_line, some_lines

THURSDAY = datetime(2026, 4, 23, 12, tzinfo=UTC)


def found(text: str) -> list[tuple[str, date]]:
    return [(term.sort, term.day) for term in terms_in(segments(some_lines(text)), THURSDAY)]


@pytest.mark.parametrize(
    ("text", "sort", "day"),
    [
        ("Your plan renews on Thursday 30 April 2026", "renews", date(2026, 4, 30)),
        ("Reserved until Sunday 26 April, 20:00. Confirm with a deposit of €80.", "reserved", date(2026, 4, 26)),
        ("The trial ends on 29 April", "ends", date(2026, 4, 29)),
        ("Valid until 2026-05-01", "ends", date(2026, 5, 1)),
        ("Submission due Friday 24 April, 17:00", "due", date(2026, 4, 24)),
    ],
)
def test_terms_are_known_by_their_words(text: str, sort: str, day: date) -> None:
    assert found(text) == [(sort, day)]


def test_a_label_may_stand_above_or_before_its_value() -> None:
    below = (a_line("Renews on", y=0, block=1), a_line("Thursday 30 April 2026", y=26, block=1))
    beside = (a_line("Last day", y=0, block=1), a_line("Friday 15 May 2026", x=220, y=0, block=2))
    assert [term.text for term in terms_in(segments(below), THURSDAY)] == ["Renews on Thursday 30 April 2026"]
    assert [(term.sort, term.day) for term in terms_in(segments(beside), THURSDAY)] == [("due", date(2026, 5, 15))]


@pytest.mark.parametrize(
    "text",
    [
        "Your subscription is cancelled, the plan ends on 30 April",
        "Paid, due on 30 April",
        "The offer ended on 3 April",
        "Rent is due on the 1st, every month on 1 May",
        "The renewal of the old town, a book of 30 April",
        "We meet on Thursday 30 April",
        "Please order by Monday 27 April",
    ],
)
def test_what_is_done_over_or_no_term_is_none(text: str) -> None:
    assert found(text) == []


def test_a_note_that_something_is_open_by_a_day() -> None:
    friday = open_by("still open: security training 3 of 5 modules, by FRIDAY", THURSDAY)
    assert friday is not None and friday.day == date(2026, 4, 24)
    assert open_by("must send the list until 28 April", THURSDAY) is not None
    assert open_by("train by Friday", THURSDAY) is None, "nothing is said to be open"
    assert open_by("still open: the choir on Friday", THURSDAY) is None, "a day, and no term"
    assert open_by("todo by Friday: done", THURSDAY) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Did you order it? They need three weeks", 21),
        ("it takes about 10 days", 10),
        ("Delivery takes 5 working days", 7),
        ("allow 2 weeks for the permit", 14),
    ],
)
def test_how_long_something_takes(text: str, days: int) -> None:
    assert [lead for lead, _ in leads_in(text)] == [timedelta(days=days)]


def test_no_lead_time_is_made_of_other_spans() -> None:
    assert not list(leads_in("I was in Rome for three weeks"))
    assert not list(leads_in("It takes a day"))
