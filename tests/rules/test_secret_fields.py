"""Secrets that a label announces. These tests look at the words that are cut; the program never does."""

from __future__ import annotations

import pytest

from gum_app.records import Line
from gum_app.rules.secret_fields import by_label
from gum_app.rules.secret_page import Page
from tests.builders import a_line, some_lines


def found(*lines: Line) -> dict[str, str]:
    """The words by kind, each once, in the order in which they stand."""
    page = Page(lines)
    positions: dict[str, set[tuple[int, int]]] = {}
    for kind, where in by_label(page):
        positions.setdefault(kind, set()).update(where)
    return {
        kind: " ".join(page.rows[row].words[word] for row, word in sorted(where))
        for kind, where in positions.items()
        if where
    }


# Payment forms

FORM = (
    a_line("Card number", y=0),
    a_line("4242 4242 42", y=40),
    a_line("Expiry", y=80),
    a_line("CVC", x=300, y=80),
    a_line("Name on card", x=600, y=80),
    a_line("11/27", y=120),
    a_line("406", x=300, y=120),
    a_line("M TIERNAN", x=600, y=120),
)


def test_a_card_that_is_only_half_typed_is_cut_with_its_date_and_its_code() -> None:
    assert found(*FORM) == {"card": "4242 4242 42 11/27 406"}


def test_a_form_with_examples_in_its_fields_is_a_form() -> None:
    lines = [
        a_line("Card information"),
        a_line("4242 4242 4", y=40),
        a_line("MM / YY", y=80),
        a_line("CVC", x=300, y=80),
    ]
    assert found(*lines) == {"card": "4242 4242 4"}


def test_one_label_of_a_card_alone_is_no_form() -> None:
    assert found(a_line("Expiry"), a_line("11/27", y=40)) == {}


# Codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Your code is 604 318. Never share it.", "604 318."),
        ("Your security code is 559038", "559038"),
        ("604318 is your verification code", "604318"),
        ("Use 5 5 9 0 3 8 as your security code", "5 5 9 0 3 8"),
        ("G-604318 is your Google verification code", "G-604318"),
        ("Ihr Bestätigungscode lautet 8842", "8842"),
        ("Ihr Bestatigungscode lautet 8842", "8842"),  # as an engine reads it that knows English alone
        ("Your access code: K7QX42", "K7QX42"),
        ("TAN 604 318 for EUR 2,890.00", "604 318"),
        ("Geben Sie die TAN ein: 738201", "738201"),
        ("Kod SMS: 604318", "604318"),
        ("Your PIN is 4711", "4711"),
        ("The door code is 2580, come up", "2580,"),
        ("First copy your one-time code: 5E3F-9A7B", "5E3F-9A7B"),
    ],
)
def test_codes_in_a_sentence(text: str, code: str) -> None:
    assert found(a_line(text)) == {"one-time code": code}


def test_a_code_under_its_announcement() -> None:
    assert found(*some_lines("We sent a code to the phone ending 417.\nSecurity code\n559 038")) == {
        "one-time code": "559 038"
    }


def boxes(characters: str) -> list[Line]:
    return [a_line(character, x=60 * n, y=40) for n, character in enumerate(characters)]


@pytest.mark.parametrize("characters", ["604318", "6O43l8", "60A318", "4711"])
def test_a_code_in_boxes_of_one_digit_each(characters: str) -> None:
    assert found(a_line("Enter the code we sent you"), *boxes(characters)) == {"one-time code": " ".join(characters)}


def test_a_code_in_two_boxes() -> None:
    lines = (a_line("Enter the 6-digit code"), a_line("714", y=40), a_line("206", x=80, y=40))
    assert found(*lines) == {"one-time code": "714 206"}


def test_pages_to_turn_are_no_code() -> None:
    assert found(a_line("Enter the code we sent you"), *boxes("12345")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "exit code 1 after 4021 ms",
        "The meeting is at 14:00 in room 4021",
        "order 604318 will arrive on 12 March",
        "Enter the code. Helpdesk 09:00-17:00, since 2026",
        "We sent a code to the phone ending in 4417",
        "Your code is ready for review in PR #2187",
        "Transfer EUR 2890 with the security code",
        "the code is 80% covered",
        "Meeting id 845 9021 3377, passcode see the calendar",
    ],
)
def test_numbers_that_are_no_code(text: str) -> None:
    assert found(a_line(text)) == {}


# Passwords


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("Password: hunter2", "hunter2"),
        ("Passwort: Sonnen-Blume9", "Sonnen-Blume9"),
        ("Wi-Fi password: summer2024", "summer2024"),
        ("the password is k7#Qv!x2 until Friday", "k7#Qv!x2"),
        ("Mot de passe : Tulipe!31x", "Tulipe!31x"),
        ("passphrase: correct horse battery staple", "correct horse battery staple"),
        ("Password Kinderdijk!19-molens", "Kinderdijk!19-molens"),
    ],
)
def test_passwords_behind_their_label(text: str, password: str) -> None:
    assert found(a_line(text)) == {"password": password}


def test_a_password_beside_and_one_under_its_label() -> None:
    assert found(a_line("Password"), a_line("Oatcake_92!Quill", x=180)) == {"password": "Oatcake_92!Quill"}
    assert found(a_line("New password"), a_line("Oatcake_92!Quill", y=40)) == {"password": "Oatcake_92!Quill"}


@pytest.mark.parametrize(
    "text",
    [
        "Password: required",
        "Lost password? Reset it here",
        "The password is wrong, try again",
        "password reset link for v2.13.0",
        "Password: ••••••••",
        "Please change your password every 90 days",
        "Password manager KeePassXC 2.7",
    ],
)
def test_sentences_about_passwords(text: str) -> None:
    assert found(a_line(text)) == {}


def test_a_button_under_a_password_field_is_no_password() -> None:
    assert found(*some_lines("Password\nLog in\nForgot password?")) == {}


# Numbers of accounts and people


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Account number: 12345678", "account number", "12345678"),
        ("Sort code 90-33-81", "account number", "90-33-81"),
        ("Kontonummer 532 013 000", "account number", "532 013 000"),
        ("BSN 111222333", "identity number", "111222333"),
        ("PPS number: 1234567FA", "identity number", "1234567FA"),
        ("SSN: 078-05-1120", "identity number", "078-05-1120"),
        ("PESEL 44051401359", "identity number", "44051401359"),
        ("Codice fiscale RCCMNL83S18D969H", "identity number", "RCCMNL83S18D969H"),
        ("Passport no. PA1234567", "identity number", "PA1234567"),
        ("Date of birth: 17 March 2003", "identity number", "17 March 2003"),
        ("Geburtsdatum 14.08.1993", "identity number", "14.08.1993"),
        ("MRN 0047 7712", "identity number", "0047 7712"),
    ],
)
def test_numbers_of_accounts_and_people(text: str, kind: str, number: str) -> None:
    assert found(a_line(text)) == {kind: number}


def test_a_number_in_the_next_column_of_its_label() -> None:
    assert found(a_line("BSN"), a_line("111222333", x=150)) == {"identity number": "111222333"}


@pytest.mark.parametrize("text", ["Nie mehr als 20 Leute", "Bank account: see below", "tin roof, 1890", "born in 1993"])
def test_words_that_only_sound_like_such_a_label(text: str) -> None:
    assert found(a_line(text)) == {}


# Seeds


def test_the_words_that_restore_a_wallet() -> None:
    lines = some_lines("Your recovery phrase\nlamp orbit tulip seven canal brave\nDone")
    assert found(*lines) == {"key": "lamp orbit tulip seven canal brave"}


def test_backup_codes() -> None:
    assert found(*some_lines("Backup codes\na1b2c-3d4e5 f6g7h-8i9j0")) == {"key": "a1b2c-3d4e5 f6g7h-8i9j0"}


def test_a_password_told_in_a_sentence() -> None:
    line = "The password of the drawings share has changed: Harbour-Kettle-41!fern"
    assert found(a_line(line)) == {"password": "Harbour-Kettle-41!fern"}


def test_a_code_before_its_announcement() -> None:
    assert found(a_line("518 204 is your Ledgerly code. It is good for ten minutes.")) == {"one-time code": "518 204"}


def test_an_account_beside_its_sort_code() -> None:
    assert found(a_line("Sort code 40-12-77 account 88301459")) == {"account number": "40-12-77 88301459"}


def test_an_insurance_number_written_in_pairs() -> None:
    assert found(a_line("National Insurance QQ 12 34 56 C")) == {"identity number": "QQ 12 34 56 C"}


def test_what_a_form_says_about_somebodys_health() -> None:
    form = [a_line("Medical conditions"), a_line("Severe hay fever, carries a spray", y=30)]
    assert found(*form) == {"health": "Severe hay fever, carries a spray"}
    assert found(a_line("Allergies are the subject of this course of lectures")) == {}


def test_the_day_somebody_was_born() -> None:
    assert found(a_line("Kit Bevan, born 2 September 2016")) == {"identity number": "2 September 2016"}
