from __future__ import annotations

import pytest

from gum_app.errors import GaveWay
from gum_app.world.model import Pictured, Prompt, Said
from gum_app.world.model_shown import SWITCH, show_texts, shown

PROMPT = Prompt(
    step="observe",
    fingerprint="f",
    system="Say what is seen.",
    parts=(Said("A letter\x1b[2J to Ada"), Pictured(b"x" * 1234)),
)


def test_nothing_is_shown_unless_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    pieces: list[str] = []
    with shown("a model", PROMPT, pieces.append) as heard:
        heard("yes")
    show_texts("a model", ["one"])
    assert pieces == ["yes"]
    assert capsys.readouterr() == ("", "")


def test_the_question_and_the_answer_are_shown_on_stderr_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    pieces: list[str] = []
    with shown("a model", PROMPT, pieces.append) as heard:
        heard("ye")
        heard("s")
    out, err = capsys.readouterr()
    assert not out
    assert pieces == ["ye", "s"]
    for words in ("a model is asked by observe", "Say what is seen.", "A letter", "a picture of 1,234 bytes", "yes"):
        assert words in err


def test_no_sign_of_a_page_commands_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    with shown("a model", PROMPT, lambda _piece: None) as heard:
        heard("\x9b31m")
    show_texts("a model", ["\x1b]0;title\x07"])
    assert not {"\x1b", "\x9b", "\x07"} & set(capsys.readouterr().err)


def test_why_there_was_no_answer_is_shown_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SWITCH, "1")
    with pytest.raises(GaveWay), shown("a model", PROMPT, lambda _piece: None):
        raise GaveWay("It gave way.")
    assert "GaveWay: It gave way." in capsys.readouterr().err
