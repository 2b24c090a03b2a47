from __future__ import annotations

import pytest

from gum_app.records import Person
from gum_app.rules.identity import (
    account_names,
    first_name,
    fits,
    found_names,
    greets,
    initials,
    is_person,
    known_names,
    without_initials,
)
from tests.screens import ANNA


@pytest.mark.parametrize("name", ["Anna Berger", "anna berger (you)", "You", "aberger", "Ana Bergor", "anna.berger"])
def test_the_person_is_known_by_name_and_handle_even_when_read_a_little_wrong(name: str) -> None:
    assert is_person(name, ANNA)


@pytest.mark.parametrize("name", ["Anna Lind", "Berger & Sons Ltd", "", "Hannah Brugger", "Jo"])
def test_other_names_are_not_the_person(name: str) -> None:
    assert not is_person(name, ANNA)


def test_nobody_is_the_person_while_no_name_is_known() -> None:
    assert not is_person("Anna Berger", Person())
    assert known_names(Person()) == []


def test_user_names_are_made_of_a_name_the_way_organisations_make_them() -> None:
    assert {"aberger", "annab", "anna.berger"} <= set(account_names("Anna Berger"))
    assert account_names("Cher") == []


def test_a_page_greets_by_the_first_name_only_as_a_word() -> None:
    assert greets("You’re going, Anna!", ANNA)
    assert not greets("Annabel is going", ANNA)


def test_the_initials_of_a_round_picture_are_no_part_of_a_name() -> None:
    assert without_initials("DR Dagny Roth") == "Dagny Roth"
    assert without_initials("me Maasvast Rentals") == "Maasvast Rentals"
    assert without_initials("de Vries Hout") == "de Vries Hout"
    assert (initials(ANNA), first_name(ANNA)) == ("AB", "Anna")


def test_the_screen_tells_which_names_are_the_person_s_own() -> None:
    texts = [
        "Anna Berger (you)",
        "Eva Lind",
        "To: anna.berger@school.example",
        "From Anna Berger <anna.berger@school.example>",
    ]
    found = found_names("Inbox – anna.berger@school.example", texts, writing=True, reading_mail=True, terminal=False)
    assert set(found) == {"Anna Berger", "anna.berger@school.example"}


def test_a_shell_prompt_tells_the_user_name_in_a_terminal_only() -> None:
    assert found_names("", ["anna@box:~$ ls"], writing=False, reading_mail=False, terminal=True) == ["anna"]
    assert found_names("", ["anna@box:~$ ls"], writing=False, reading_mail=False, terminal=False) == []


def test_the_label_from_may_stand_for_itself() -> None:
    texts = ["Anna Berger <anna@x.example>", "From", "Eva Lind <eva@x.example>", "To"]
    assert found_names("", texts, writing=True, reading_mail=False, terminal=False) == ["Anna Berger", "anna@x.example"]


def test_a_handle_fits_a_name_of_which_it_is_made() -> None:
    own = ("ann", "berger.school", "a.berger@x.example", "hello@anna-berger.example", "bergera", "anna@x.example")
    others = ("Eva Lind", "Anna Lind", "mallory", "anna.lind@x.example", "ab", "root")
    assert [handle for handle in own if not fits(handle, ANNA)] == []
    assert [handle for handle in others if fits(handle, ANNA)] == []
    assert fits("Eva Lind", Person()), "no name is known yet"
