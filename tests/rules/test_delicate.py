from __future__ import annotations

import pytest

from gum_app.rules.delicate import is_delicate


@pytest.mark.parametrize(
    "text",
    [
        "I think it was a panic attack",
        "heart racing at night symptoms",
        "I want to separate after Christmas",
        "start-up loan without security",
        "MRI scan, Thursday",
        "I hand in my notice on Monday",
        "pay_review_2026.pdf: pay review",
    ],
)
def test_matters_that_are_nobody_s_business_are_delicate(text: str) -> None:
    assert is_delicate(text)


@pytest.mark.parametrize(
    "text",
    [
        "Choir rehearsal at St Nicholas’",
        "I eat everything that is not meat.",
        "payroll is yours, the VAT is mine",
        "Dentist",
    ],
)
def test_ordinary_life_is_not(text: str) -> None:
    assert not is_delicate(text)
