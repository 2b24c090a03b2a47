"""A name is found in any case, inflection and spelling; other words are left alone."""

from __future__ import annotations

import unicodedata

import pytest

from gum_app.rules.name_forms import NameForms, fold, parts_of, runs

NAMES = (
    *("Tomasz Lewandowski", "Anna Berg", "Anna Kowalski", "Jürgen Müller", "Mia", "Marek", "Will Smith", "O'Brien"),
    *("נועה", "أحمد", "Ольга Петрова", "田中太郎", "김지민", "Vincent van der Holt", "Support Team"),
)


def found(text: str, *, own: tuple[str, ...] = ()) -> list[str]:
    """The words of names, as they stand there."""
    return [text[piece.start : piece.end] for piece in NameForms(NAMES, own).pieces(text)]


@pytest.mark.parametrize(
    "word",
    [
        *("Tomasz", "tomasz", "TOMASZ", "Tomasza", "Tomaszowi", "Tomaszem", "To\u200bmasz", "ＴＯＭＡＳＺ", "Тоmаsz"),
        *(
            "Lewandowsk\u0301i",
            "tlewandowski",
            "lewandowskit",
            "tomaszlewandowski",
            "Lewandowskl",
            "Lewandowskis",
            "Lewanbowskl",
        ),
        *("Müller", "Mu\u0308ller", "Mueller", "muller", "Juergen", "Jürgens"),
        *("Mia", "mias", "Mii", "Marka", "Markiem", "Anny", "Berg", "Bergs", "Brien", "Will"),
        *("נועה", "ולנועה", "وأحمد", "Ольгой", "Петровой", "ольге"),
        *("Holt", "holts"),
    ],
)
def test_a_name_in_any_form(word: str) -> None:
    assert found(f"that {word}, 7") == [word]
    assert found(unicodedata.normalize("NFD", f"that {word}, 7"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Market and Markdown",
            "will finish it",
            "a bergamot",
            "mission",
            "the team may support it",
            "van der",
            "brie",
        ),
        *("Works on the parcel router.", "2026-03-10 16:42", "", "¿…? 🙂"),
    ],
)
def test_other_words_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tomasz_notes_2024.pdf", ["tomasz"]),
        ("planLewandowskiFinal.pdf", ["planLewandowskiFinal"]),
        ("notesMia.txt", ["Mia"]),
        ("田中太郎さんと会う。田中", ["田中太郎", "田中"]),
        ("지민이가 왔다", ["지민"]),
    ],
)
def test_a_name_inside_of_other_words(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_what_the_person_is_called_is_nobody_else() -> None:
    assert found("Anna and Anna Berg", own=("anna", "carvalho")) == ["Berg"]
    assert NameForms(["Anna"], ["anna"]).people == {}


def test_a_first_name_alone_is_the_one_who_has_it_or_either_of_two() -> None:
    forms = NameForms((*NAMES, "Tomasz"))
    (tomasz,) = forms.pieces("Tomasz")
    assert tomasz.people == {("tomasz", "lewandowski")}
    (anna,) = forms.pieces("Anna")
    assert anna.people == {("anna", "berg"), ("anna", "kowalski")}


def test_words_are_runs_of_letters_whatever_nobody_sees() -> None:
    assert [run.plain for run in runs("To\u200bmasz’s e\u0301té_2")] == ["tomasz", "s", "ete"]
    assert parts_of("t.lewandowski@lab.example") == ("t", "lewandowski")
    assert parts_of("Anna Berg <ab@lab.example>") == ("anna", "berg")
    assert fold("STRAẞE Øst İ") == "strasse ost i"
