from __future__ import annotations

import pytest

from gum_app.pipeline.integrity import added_up, is_software, judge_name, judge_rows, judge_text
from gum_app.records import Line, Ruling
from gum_app.rules.norms import Norms
from gum_app.rules.secrets import CUT
from gum_app.rules.titles import place_of
from tests.builders import a_line, some_lines

NORMS = Norms()


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_rows_that_touch_nothing_private_stay_as_they_are() -> None:
    lines = some_lines("The meeting moves to Tuesday\nI order the willows")
    assert judge_rows(lines, NORMS).lines == lines


def test_a_private_row_is_cut_painted_and_listed_without_its_words() -> None:
    judged = judge_rows(some_lines("Lunch at noon\nMy biopsy was on Monday\nBring the plans"), NORMS)
    assert texts(judged.lines) == ["Lunch at noon", CUT, "Bring the plans"]
    assert len(judged.painted) == 5
    assert [(r.matter, r.keeping, r.whose) for r in judged.rulings] == [("health", "without detail", "person")]
    assert "biopsy" not in repr(judged.rulings)


def test_what_is_dropped_leaves_no_row() -> None:
    judged = judge_rows(some_lines("Lunch at noon\nOur son has eczema"), NORMS)
    assert texts(judged.lines) == ["Lunch at noon"]
    assert judged.rulings[0].keeping == "drop"


def test_what_the_person_loosened_is_kept() -> None:
    lines = some_lines("My biopsy was on Monday")
    assert judge_rows(lines, Norms(said={"health": "keep"})).lines == lines


def test_a_sentence_is_cut_as_far_as_it_runs() -> None:
    rows = ["Yesterday I told Tom that my", "biopsy was bad and that it", "goes on.", "See you at noon"]
    lines = [a_line(text, y=25 * n, block=1) for n, text in enumerate(rows)]
    assert texts(judge_rows(lines, NORMS).lines) == [CUT, CUT, CUT, "See you at noon"]


def test_the_value_beside_a_label_goes_with_it_also_where_one_of_them_was_read_before() -> None:
    label, value = a_line("Salary now", y=40), a_line("£29,850", x=400, y=40)
    other = a_line("Room 12", x=400, y=200)
    assert texts(judge_rows([label, value, other], NORMS).lines) == [CUT, CUT, "Room 12"]
    assert texts(judge_rows([value, other], NORMS, [label]).lines) == [CUT, "Room 12"]


def test_under_a_heading_of_pay_the_amounts_of_the_column_go() -> None:
    cells = [a_line("Name", y=0), a_line("Salary", x=300, y=0)]
    for n, (name, amount) in enumerate((("Ada", "41,200"), ("Ben", "39,900"), ("Cem", "€ 52.100")), 1):
        cells += [a_line(name, y=40 * n, block=n), a_line(amount, x=300, y=40 * n, block=n)]
    kept = texts(judge_rows(cells, NORMS).lines)
    assert not any(c.isdigit() for text in kept for c in text)
    assert {"Name", "Ada", "Ben", "Cem"} <= set(kept)


def test_a_window_whose_rows_are_mostly_about_it_keeps_none_of_its_words() -> None:
    judged = judge_rows(some_lines("I had a biopsy\nMy chemo starts on Monday\nThe tumour is small\nBye, Ada"), NORMS)
    assert judged.lines == ()
    assert judged.whole is not None
    assert (judged.whole.matter, judged.whole.count) == ("health", 3)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("pay_review_nilsen_2026.pdf", None),
        ("Symptoms of asthma — Mozilla Firefox", None),
        ("A page", "https://x.example/conditions/asthma"),
        ("A page", "https://x.example/?q=my+biopsy+results"),
    ],
)
def test_a_title_or_an_address_may_say_it_of_the_whole_window(title: str, url: str | None) -> None:
    assert judge_name(title, url, NORMS) is not None
    assert judge_name("Kestrel Park, stage 2", "https://x.example/plans", NORMS) is None


def test_where_software_is_written_names_of_things_are_no_matter_of_anybody() -> None:
    place = place_of("code", "salary.py - payroll - Visual Studio Code", None)
    assert is_software(place)
    assert judge_rows(some_lines("salary = base * 1.2"), NORMS, software=True).rulings == ()
    assert judge_rows(some_lines("My salary was cut"), NORMS, software=True).rulings != ()


def test_a_text_by_itself_is_judged_row_by_row() -> None:
    assert judge_text("Hello\nnothing here", NORMS) is None
    ruling = judge_text("Dr. Winter\nYour biopsy results are here", NORMS)
    assert ruling is not None
    assert ruling.matter == "health"


def test_equal_rulings_are_counted() -> None:
    one = Ruling(matter="health", keeping="drop", rule="r")
    assert added_up([one, one, Ruling(matter="pay", keeping="drop", rule="r")])[0].count == 2
