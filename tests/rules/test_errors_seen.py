from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.rules.errors_seen import Trouble, troubles
from gum_app.rules.layout import segments
from tests.builders import NOON
from tests.screens import a_row, rows


def found(*texts: str) -> list[Trouble]:
    return troubles(segments(rows(*texts)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("--- FAIL: TestRebalanceKeepsLeases (0.41s)", "TestRebalanceKeepsLeases"),
        ("FAILED tests/test_x.py::test_the_sum - assert 1 == 2", "tests/test_x.py::test_the_sum"),
        ("error[E0502]: cannot borrow `a` as mutable twice", "cannot borrow a as mutable twice"),
        ("ModuleNotFoundError: No module named yaml", "ModuleNotFoundError: No module named yaml"),
        ("Log-in failed (ESV-4021)", "Log-in failed (ESV-4021)"),
        ("df: /mnt/survey: Stale file handle", "Stale file handle"),
        ("Pipeline #8841 failed", "Pipeline #8841 failed"),
        ("#N/A", "#N/A"),
    ],
)
def test_what_goes_wrong_is_named_by_what_stays_the_same(text: str, name: str) -> None:
    assert [trouble.name for trouble in found(text)] == [name]


@pytest.mark.parametrize("text", ["require.NoError(t, err)", "0 failed, 12 passed", "We failed to agree on lunch"])
def test_what_goes_right_is_no_trouble(text: str) -> None:
    assert found(text) == []


def test_the_same_trouble_has_one_key_whatever_its_numbers_and_quoted_parts() -> None:
    one = found("error[E0502]: cannot borrow `a.b` as mutable twice")[0].key
    assert found("error [E9502]: cannot borrow `x` as mutable twice")[0].key == one
    assert found("Pipeline #1 failed")[0].key == found("Pipeline #2 failed")[0].key


def test_it_counts_how_often_one_screen_shows_it() -> None:
    (trouble,) = found(*["--- FAIL: TestX (0.4s)"] * 4)
    assert (trouble.times, trouble.is_test) == (4, True)


def test_what_is_read_again_in_a_later_look_has_happened_again() -> None:
    lines = [a_row("Export failed", x=50, y=880, at=NOON + timedelta(minutes=n)) for n in range(3)]
    assert [trouble.times for trouble in troubles(segments(lines))] == [3]


def test_a_counter_of_attempts_is_believed_for_log_ins() -> None:
    (trouble,) = found("Log-in failed (ESV-4021)", "The certificate expired. Attempt 3 of 5")
    assert trouble.times == 3
