"""Each reason to keep silent has its sentence: calm, and with the reason in it."""

from __future__ import annotations

from gum_app.rules.silences import SENTENCES
from gum_app.suggestions import SILENCES


def test_each_silence_has_one_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(SILENCES)
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    for silence, sentence in SENTENCES.items():
        assert sentence.startswith(("Held back because ", "Not shown because ")), silence
        assert sentence.endswith(".") and "!" not in sentence and len(sentence) < 100, silence
