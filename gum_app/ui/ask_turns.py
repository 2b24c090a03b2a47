"""What was asked and answered earlier in this conversation, the newest first. In memory alone."""

from __future__ import annotations

from dataclasses import dataclass

from gum_app.ui.pieces import Card, Place, Prose, muted, section
from gum_app.ui.theme import SPACE

MOST_TOLD = 3  # earlier questions that are told along


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A question that was answered, and the names of the lines that the answer may rest on."""

    question: str
    answer: str
    names: frozenset[str]


class AskTurns(Place):
    def __init__(self) -> None:
        self._turns: list[Turn] = []  # the oldest first
        super().__init__(spacing=SPACE)
        self.hide()

    def __len__(self) -> int:
        return len(self._turns)

    @property
    def history(self) -> list[dict[str, str]]:
        """The last ones, as the daemon takes them."""
        return [{"question": turn.question, "answer": turn.answer} for turn in self._turns[-MOST_TOLD:]]

    @property
    def told(self) -> list[str]:
        """The same, as they are shown among the lines."""
        return [f"Asked: {turn.question} Answered: {turn.answer}" for turn in self._turns[-MOST_TOLD:]]

    @property
    def names(self) -> frozenset[str]:
        """Of all the lines that any of the answers may rest on."""
        return frozenset().union(*(turn.names for turn in self._turns))

    def add(self, turn: Turn) -> None:
        self._turns.append(turn)
        self._show()

    def clear(self) -> None:
        self._turns = []
        self._show()

    def _show(self) -> None:
        cards = [Card(muted(turn.question), Prose(turn.answer), spacing=SPACE) for turn in reversed(self._turns)]
        self.put(section("Earlier in this conversation"), *cards)
        self.setVisible(bool(cards))
