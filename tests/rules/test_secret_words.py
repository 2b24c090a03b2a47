from __future__ import annotations

from importlib import import_module

import pytest

from gum_app.rules import secret_words as words
from gum_app.rules.folding import folded


@pytest.mark.parametrize(
    "text",
    [
        "Your code is",
        "Your security code is",
        "We sent a code to your phone",
        "Enter the 6-digit code from your card reader",
        "Ihr Bestätigungscode lautet",
        "mTAN",
        "Votre code de vérification",
        "Tu código de verificación",
        "Il tuo codice di sicurezza",
        "Je verificatiecode is",
        "Seu código de segurança",
        "Twój kod weryfikacyjny",
        "Din verifieringskod",
        "Din bekræftelseskode",
        "Din bekreftelseskode",
        "Vahvistuskoodi",
        "Ověřovací kód",
        "TOTP:",
    ],
)
def test_a_code_is_announced_in_many_languages(text: str) -> None:
    assert words.CODE_COMING.search(folded(text))


@pytest.mark.parametrize(
    "text",
    [
        "exit code 1",
        "status code 404",
        "error code ESV-4021",
        "the source code is open",
        "enter the promo code",
        "code review at 14:00",
        "postal code 3024",
        "QR code",
        "your discount code is SPRING",
    ],
)
def test_other_codes_announce_nothing(text: str) -> None:
    assert words.CODE_COMING.search(folded(text)) is None


@pytest.mark.parametrize("text", ["Password", "New password:", "Passwort", "Mot de passe", "Wachtwoord", "Wi-Fi key"])
def test_labels_of_passwords(text: str) -> None:
    assert words.PASSWORD_LABEL.search(text)


@pytest.mark.parametrize("text", ["password_hash", "password()", "clavecin", "passwords"])
def test_words_with_password_in_them_are_no_labels(text: str) -> None:
    assert words.PASSWORD_LABEL.search(text) is None


@pytest.mark.parametrize("name", sorted({name for _, modules in words.IDENTITY for name in modules}))
def test_every_national_number_can_be_checked(name: str) -> None:
    assert callable(import_module(f"stdnum.{name}").is_valid)
