from __future__ import annotations

from gum_app.pipeline.suggest_difference import unexplained
from gum_app.records import Line, Observation
from tests.builders import a_line
from tests.pipeline.seen import a_look, known


def bank(number: int, minutes_ago: float, amount: str = "186.40") -> Observation:
    lines: tuple[Line, ...] = (
        a_line("Difference", x=700, y=200, block=1),
        a_line(amount, x=700, y=225, block=2),
        a_line("CARD FEES W1-2", x=0, y=300, block=3),
        a_line("-93.20", x=400, y=300, block=4),
        a_line("CARD FEES W3-4", x=0, y=330, block=5),
        a_line("-93.20", x=400, y=330, block=6),
    )
    title = "Coffee – Bank rec | LedgerNest — Mozilla Firefox"
    return a_look(number, minutes_ago, title=title, url="https://ledgernest.example/rec", lines=lines)


SCRATCH = a_look(3, 0, "find the 186.40", app="libreoffice-calc", title="scratch.ods — LibreOffice Calc")


def test_a_difference_that_is_twice_an_entry() -> None:
    (offer,) = unexplained(known(bank(1, 30), bank(2, 15), SCRATCH))
    assert offer.title == "186.40 is twice 93.20, which stands in 2 rows"
    assert "- CARD FEES W1-2 · -93.20" in offer.act.text
    assert offer.seen_in == (1, 2, 3)


def test_not_at_once_not_in_one_window_and_not_where_nothing_explains_it() -> None:
    assert not list(unexplained(known(bank(2, 10), SCRATCH)))
    assert not list(unexplained(known(bank(1, 40), bank(2, 0))))
    assert not list(unexplained(known(bank(1, 30, "180.00"), bank(2, 15, "180.00"), SCRATCH)))
    assert not list(unexplained(known(bank(1, 30), bank(2, 15, "0.00"))))
