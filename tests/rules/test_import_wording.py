"""What is told of a file: counts and rules, in sentences."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.records import Import, ImportId
from gum_app.rules.import_wording import (
    MOST_GROUPS,
    MOST_REASONS,
    brings_something,
    group_lines,
    import_line,
    left_out_lines,
    progress_line,
    ruling_lines,
    what_came,
    what_comes,
    what_it_is,
)
from tests.builders import NOON


def told(**more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "kind": "activitywatch",
        "name": "aw.json",
        "new": 1204,
        "changed": 0,
        "gone": 0,
        "already": 0,
        "first_at": (NOON - timedelta(days=7)).isoformat(),
        "last_at": NOON.isoformat(),
        "groups": [{"name": "Code", "count": 1000, "seconds": 36_000}, {"name": "foot", "count": 1, "seconds": 90}],
        "more_groups": 0,
        "left_out": [{"reason": "private windows", "count": 12}],
        "rulings": [{"matter": "health", "keeping": "without detail", "rule": "its title", "count": 3}],
    }
    return usual | more


def test_what_it_is_and_what_comes_of_it() -> None:
    assert what_it_is(told()).startswith("aw.json holds an export of ActivityWatch. ")
    assert what_comes(told()) == "1,204 episodes to bring in. From Tuesday 3 March 2026 to Tuesday 10 March 2026."
    nothing = told(new=0, already=5, first_at=None, last_at=None)
    assert what_comes(nothing) == "Nothing new to bring in, 5 already here."
    assert not brings_something(nothing)
    more = told(new=1, changed=2, gone=3, first_at=NOON.isoformat())
    assert what_comes(more) == (
        "1 episode to bring in, 2 changed since you brought it in, 3 to be taken away again, since it is not to be kept"
        " any more. Of Tuesday 10 March 2026."
    )


def test_a_claim_says_that_it_is_one() -> None:
    assert "none of them is believed by more than one half" in what_it_is(told(kind="gum"))


def test_what_came() -> None:
    assert what_came(told(already=2)) == "1,204 brought in, 2 were here already."
    assert what_came(told(new=0)) == "Nothing was brought in."


def test_programs_by_their_hours_and_at_most_so_many() -> None:
    assert group_lines(told()) == ["Code: 1,000 episodes, 10.0 hours", "foot: 1 episode, 2 minutes"]
    many = [{"name": str(n), "count": 2, "seconds": 0} for n in range(MOST_GROUPS + 3)]
    lines = group_lines(told(kind="calendar", groups=many, more_groups=4))
    assert (lines[0], lines[-1]) == ("0: 2 entries", "and 7 more")


def test_what_is_left_out_by_its_rule() -> None:
    assert left_out_lines(told()) == ["12: private windows"]
    many = [{"reason": str(n), "count": 1} for n in range(MOST_REASONS + 2)]
    assert left_out_lines(told(left_out=many))[-1] == "2: other rules"
    assert ruling_lines(told()) == ["3: health, without its words"]


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (None, "Reading …"),
        ({"done": 1, "of": 4, "things": 2000}, "Reading: 25 %, 2,000 looked at"),
        ({"done": 0, "of": 0, "things": 0}, "Reading: 0 looked at"),
    ],
)
def test_how_far_it_is(progress: dict[str, int] | None, line: str) -> None:
    assert progress_line(progress) == line


def test_an_import_in_a_list() -> None:
    one = Import(id=ImportId(1), kind="calendar", name="work.ics", began_at=NOON, ended_at=NOON, kept=104, left_out=12)
    assert import_line(one) == "calendar entries, on Tuesday 10 March 2026: 104 here, 12 left out"
    assert import_line(Import(id=ImportId(1), kind="gum", name="gum.db", began_at=NOON)).endswith(
        "0 here (stopped before its end)"
    )
