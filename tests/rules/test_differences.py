from __future__ import annotations

from decimal import Decimal

from gum_app.rules.differences import amounts_in, difference_in, explained_by
from gum_app.rules.layout import segments
from tests.builders import a_line


def test_the_amount_below_or_beside_the_word() -> None:
    below = (a_line("Difference", x=700, y=200, block=1), a_line("€ 186.40", x=700, y=225, block=2))
    beside = (a_line("Unreconciled", x=0, y=0, block=1), a_line("-1,186.40", x=200, y=2, block=2))
    assert difference_in(segments(below)) == Decimal("186.40")
    assert difference_in(segments(beside)) == Decimal("1186.40")


def test_no_difference_is_none() -> None:
    nothing = (a_line("Difference", x=700, y=200, block=1), a_line("€ 0.00", x=700, y=225, block=2))
    assert difference_in(segments(nothing)) is None
    assert difference_in(segments((a_line("The difference between us"), a_line("12.00", y=24)))) is None


def test_amounts_are_read_without_signs_and_dates_are_none() -> None:
    assert amounts_in("02/09 -1,118.40 and € 93.20") == [Decimal("1118.40"), Decimal("93.20")]
    assert amounts_in("30.04.2026, 1.2.3, 12") == []


def test_twice_an_entry_tells_more_than_the_same() -> None:
    seen = [Decimal("93.20"), Decimal("186.40"), Decimal("12.00")]
    assert explained_by(Decimal("186.40"), seen) == (Decimal("93.20"), 2)
    assert explained_by(Decimal("12.00"), seen) == (Decimal("12.00"), 1)
    assert explained_by(Decimal("7.00"), seen) is None
