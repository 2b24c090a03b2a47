"""What is secret by its looks, and what only looks like it. Numbers are public test numbers or made up."""

from __future__ import annotations

import pytest

from gum_app.rules.secret_shapes import ACCOUNT, CARD, IDENTITY, KEY, PASSWORD, digits_of, is_card, looks_random, shapes


def kinds(text: str) -> set[str]:
    return {span.kind for span in shapes(text)}


def cut_out(text: str) -> list[str]:
    return [text[span.start : span.end] for span in shapes(text)]


def test_the_digits_that_were_meant() -> None:
    assert digits_of("4O0o l2S5 B|") == "400012558" + "1"


@pytest.mark.parametrize(
    "text",
    [
        "4242 4242 4242 4242",
        "4242424242424242",
        "4242-4242-4242-4242",
        "pay with 5555 5555 5555 4444 please",
        "3782 822463 10005",
        "378282246310005",
        "4OOO O566 5566 5556",
        "4000 0566 5566 555G",
        "4000 0566 5566 5551",  # one digit misread: the check fails, the fours remain
        "Visa 4242 4242 4242 4242 12/28",
    ],
)
def test_cards(text: str) -> None:
    assert CARD in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026 2027 2028 2029",
        "4000 4500 5000 5500",
        "1741600000123456",
        "order 4711 0815 2026",
        "tel 0800 555 0142 0143",
        "+49 30 1234 5678 9012",
        "1234567890123456",
        "0000 0000 0000 0000",
    ],
)
def test_numbers_that_are_no_cards(text: str) -> None:
    assert CARD not in kinds(text)


def test_a_card_beside_another_number_is_found_alone() -> None:
    assert cut_out("17 4242 4242 4242 4242") == ["4242 4242 4242 4242"]


def test_no_card_has_all_digits_alike() -> None:
    assert not is_card("5555 5555 5555 5555")


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "my iban is gb82west12345698765432",
        "IBAN: GB82 WEST 1234 5698 7654 32",
        "IEO8 LIFM 9033 8155 5012 87",  # O for 0
        "NL91 ABNA 0417 1643 OO",
        "to FR14 2004 1010 0505 0001 3M02 606, please",
        "NO93 8601 1117 947",
        "AL35 2021 1109 0000 0000 0123 4567.",
        "DE89 3704 0044 0532 0130 01",  # the check fails: misread, and still an account
    ],
)
def test_accounts(text: str) -> None:
    assert ACCOUNT in kinds(text)


@pytest.mark.parametrize(
    "text", ["IE 3127744NH", "DE12 parts", "NL40 km", "PR12 3456", "GB82 reports of 2026", "IT20 2026"]
)
def test_what_begins_like_an_account_is_none(text: str) -> None:
    assert ACCOUNT not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "glpat-abcdEFGH1234ijklMNOP",
        "xoxb-1234567890-abcdefghij",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w",
        "Authorization: Bearer abcDEF123456ghiJKL789",
        "fwk_pat_7Qm2xV9dLr4TzB8nKc1Hw",
        "DB_URL=postgres://router:tulip-31-Vb9@db.internal:5432/router",
        "DB_URL=postgres: //router_rw: tulip-31-Vb9@db. internal",  # as it is read
        "https://x.example/cb?state=1&access_token=a8f5f167f44f4964e6c998dee827110c",
        "API_KEY=tulip",
        "STRIPE SECRET KEY=sk Live 51H8x7dKa9Zp2Lm4Rt6Yw",  # the lines below were read as spaces
        'JWT SECRET="n4Tz8Bq2Lw6Xc9Vd"',
        'api_key: "9f86D081884c7d659A2feaa0"',
        "client_secret = Zq7-Xw9_LmP4",
        "Xk3Jq9ZpL0vB7nT5wR2yM8cD1fG6",
    ],
)
def test_keys_and_tokens(text: str) -> None:
    assert KEY in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "commit a83c2d4",
        "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "5d0c1d0e-77a3-4c0e-9f6b-0b5d4c8f21aa",
        "h1:Tl6aQ9ZpL0vB7nT5wR2yM8cD1fG6Xk3J=",
        "sha256:9f86d081884c7d659a2feaa0c55ad015",
        "TestRebalanceKeepsLeases2026AndAfter",
        "2026-09_OMaille_TillRolls.pdf",
        "/home/teo/src/parcel-router/internal/lease",
        "https://git.fernwick.dev/routing/parcel-router/pulls/2187/files",
        "token := r.Header.Get(name)",
        "password: str = Form(...)",
        "secret=os.environ['SECRET']",
        "token: String,",
        "api_key = None",
        "the key: look at ROUTE-377",
        "export +AWS_ACCESS_KEY_ID +AWS_PROFILE",
        "SECRET_KEY=${SECRET_KEY}",
        "see http://localhost:8080/x and mail me@example.org",
        "version 2026.11.3-rc1",
        "TOKEN=$(cat token.txt)",
        "THE SECRET OF KELLS",
        "iPhone15ProMax256GB",
        "MacBookPro18and2026",
        "?page=2&sort=price",
        "max_tokens=4096",
    ],
)
def test_what_is_no_key(text: str) -> None:
    assert kinds(text) == set()


def test_a_password_given_to_a_command() -> None:
    assert PASSWORD in kinds("mysql --password=tulip99 shop")
    assert PASSWORD in kinds("curl -u teo:tulip99 https://x.example")
    assert kinds("mysql --password=$PW shop") == set()


def test_a_social_security_number_is_known_by_its_dashes() -> None:
    assert IDENTITY in kinds("078-05-1120")
    assert kinds("000-12-3456") == set()
    assert kinds("555-0142-77") == set()


@pytest.mark.parametrize("word", ["Oatcake_Lighthouse_92!Quill", "k7#Qv!x2", "tulip99X", "hunter2A"])
def test_words_no_one_writes(word: str) -> None:
    assert looks_random(word)


@pytest.mark.parametrize(
    "word",
    [
        "Lighthouse",
        "IntelliJ",
        "ROUTE-418",
        "v2.13.0",
        "2026-03-10",
        "10:30–11:00",
        "maeve@example.ie",
        "https://x.example/a1",
        "main.go",
        "€29,400.00",
        "a83c2d4",
        "3rd",
    ],
)
def test_words_people_write(word: str) -> None:
    assert not looks_random(word)
