"""Nothing is done that nobody agreed to."""

from __future__ import annotations

import io

import pytest

from gum_app.agreeing import agree
from gum_app.errors import BadInput


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "agreed"), [("yes\n", True), (" YES \n", True), ("y\n", False), ("\n", False), ("", False)]
)
def test_only_yes_is_yes(monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    if agreed:
        agree("This will go.")
    else:
        with pytest.raises(BadInput, match="Nothing was done"):
            agree("This will go.")


def test_without_a_terminal_it_must_be_said_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    with pytest.raises(BadInput, match="Say --yes to agree"):
        agree("This will go.")
