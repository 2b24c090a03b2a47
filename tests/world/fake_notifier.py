"""A Notifier without a desktop: keeps what was shown, and lets a test press a button or close it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from gum_app.records import Urgency
from gum_app.world.notifications import Answer


@dataclass(frozen=True, kw_only=True)
class ShownNote:
    summary: str
    body: str
    actions: Mapping[str, str]
    urgency: Urgency


class FakeNotifier:
    def __init__(self, *, buttons: bool = True) -> None:
        self._buttons = buttons
        self._answers: deque[Answer] = deque()
        self._next_id = 1
        self.on_screen: dict[int, ShownNote] = {}

    def has_buttons(self) -> bool:
        return self._buttons

    def show(
        self, summary: str, body: str, actions: Mapping[str, str] | None = None, *, urgency: Urgency = "normal"
    ) -> int:
        buttons = dict(actions or {}) if self._buttons else {}
        shown, self._next_id = self._next_id, self._next_id + 1
        self.on_screen[shown] = ShownNote(summary=summary, body=body, actions=buttons, urgency=urgency)
        return shown

    def withdraw(self, id: int) -> None:  # noqa: A002
        self.on_screen.pop(id, None)

    def answer(self, timeout_seconds: float) -> Answer | None:  # noqa: ARG002 - nothing waits
        return self._answers.popleft() if self._answers else None

    def close(self) -> None:
        self.on_screen.clear()

    # What a person does

    def press(self, id: int, action: str) -> None:  # noqa: A002
        assert action in self.on_screen.pop(id).actions, f"there is no button {action}"
        self._answers.append(Answer(id=id, action=action))

    def dismiss(self, id: int) -> None:  # noqa: A002
        del self.on_screen[id]
        self._answers.append(Answer(id=id, action=None))
