from __future__ import annotations

import re

from gum_app.records import Line
from gum_app.rules.secret_page import Page
from tests.builders import a_line

LABEL = re.compile("Label")


def values(*lines: Line) -> list[str]:
    page = Page(lines)
    ((index, match),) = page.each(LABEL)
    return [text.strip() for _, _, text in page.values(index, match) if text.strip()]


def test_the_value_stands_behind_its_label() -> None:
    assert values(a_line("Label: here")) == [": here"]


def test_the_value_stands_in_the_next_column() -> None:
    assert values(a_line("Label"), a_line("here", x=260)) == ["here"]


def test_the_value_stands_under_its_label() -> None:
    assert values(a_line("Label"), a_line("here", y=40)) == ["here"]


def test_of_several_fields_in_a_row_the_one_under_the_label_counts() -> None:
    assert values(a_line("Expiry Label"), a_line("11/27 406", y=40)) == ["406"]


def test_what_stands_far_below_or_above_is_not_its_value() -> None:
    assert values(a_line("far", y=0), a_line("Label", y=100), a_line("far", y=300)) == []


def test_a_pattern_is_found_in_each_row_where_it_stands() -> None:
    page = Page([a_line("Label Label"), a_line("Label", y=40)])
    assert [index for index, _ in page.each(LABEL)] == [0, 0, 1]
