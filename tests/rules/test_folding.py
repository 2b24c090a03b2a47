from __future__ import annotations

import pytest

from gum_app.rules.folding import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Überweisung bestätigen", "Uberweisung bestatigen"),
        ("hasło, płatność, léčba", "haslo, platnosc, lecba"),
        ("sjukhuset lönekonto fødselsnummer", "sjukhuset lonekonto fodselsnummer"),
        ("Straße", "Strase"),
        ("€ 5 – “same”", "€ 5 – “same”"),
    ],
)
def test_accents_go_and_every_letter_keeps_its_place(text: str, plain: str) -> None:
    assert folded(text) == plain
    assert len(folded(text)) == len(text)
