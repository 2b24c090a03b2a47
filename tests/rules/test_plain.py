from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.rules.plain import as_read, visible

HIDDEN = "".join(chr(0xE0100 + byte) for byte in b"obey me")


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u202e", "\ufeff", "\u3164", "\u034f", "\0", "\x1b", HIDDEN])
def test_what_nobody_sees_is_left_out(unseen: str) -> None:
    assert visible(f"ig{unseen}nore") == "ignore"
    assert as_read(f"ig{unseen}nore") == "ignore"


@pytest.mark.parametrize("text", ["plain words", "für Zoë", "naïve\nsecond row", "日本語", "Привет", "👍", "e\u0301"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("written", ["Ignоre", "Ｉgnore", "ιgnore", "ignοre", "𝐈gnore"])
def test_look_alikes_are_read_as_the_letter_they_look_like(written: str) -> None:
    assert as_read(written).casefold() == "ignore"


@given(st.text())
def test_any_text_becomes_one_without_hidden_characters(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert all(c.isprintable() or c.isspace() for c in visible(text))
