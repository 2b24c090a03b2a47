"""A question and a text are spelled alike in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gum_app.store.spelling import folded, letters, spelled, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Routers", "router"),
        ("ZÜRICH", "zurich"),
        ("Łódź", "Łódź".lower()),
        ("Straße", "STRASSE"),
        ("книги", "книга"),
        ("हिन्दी", "हिन्दी"),
        ("كِتَاب", "كتاب"),
        ("λόγος", "ΛΌΓΟΣ"),
        ("ﬁle", "file"),
        ("ﾗｰﾒﾝ", "ラーメン"),
        ("e\u0301tude", "étude"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert spelled(one) == spelled(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("й", "и"), ("बात", "बत"), ("c", "c++"), ("C#", "c"), ("ก้าว", "กาว"), ("v2", "v3")]
)
def test_what_is_another_word_stays_one(one: str, other: str) -> None:
    assert spelled(one) != spelled(other)


def test_scripts_without_blanks_become_pairs_and_the_last_letter() -> None:
    assert spelled("東京都へ go!") == "東京 京都 都へ へ go"
    assert spelled("猫") == "猫"
    assert spelled("한국어를") == "한국 국어 어를 를"


def test_a_letter_keeps_its_marks() -> None:
    assert letters("น้ำดื่ม") == ["น้", "ำ", "ดื่", "ม"]
    assert "हिन्द" in spelled("हिन्दी में")


def test_signs_part_words_except_where_they_name_a_language() -> None:
    assert spelled("parcel-router_v2 (C++, c#) page#top a+b") == "parcel router v2 c++ c# page top a b"


def test_only_words_are_stemmed() -> None:
    assert (stem("running"), stem("running2"), stem("c++")) == ("run", "running2", "c++")


@given(some.text())
def test_tokens_are_parted_by_single_blanks_and_spelling_them_again_changes_no_case(text: str) -> None:
    tokens = spelled(text).split(" ")
    assert tokens == [""] or all(token and not token.isspace() for token in tokens)
    assert folded(spelled(text)) == spelled(text)
