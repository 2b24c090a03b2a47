"""The verb `focus`: a focus time begins, ends, or is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gum_app.daemon.focus import LONGEST_MINUTES, FocusState
from gum_app.daemon.room import Room
from gum_app.errors import BadInput
from gum_app.link import Answer, Question

ASK = f"Say for how many minutes to focus, from 1 to {LONGEST_MINUTES:.0f}, or “stop” or “status”."


class FocusAnswers:
    def __init__(self, room: Room) -> None:
        self._room = room
        self.verbs: dict[str, Callable[[Question], Iterator[Answer]]] = {"focus": self._focus}

    def _focus(self, question: Question) -> Iterator[Answer]:
        """`minutes`: it begins, or goes on, for so long from now. `stop`: it ends. Neither: how it is."""
        if question.get("stop"):
            ended = self._room.focus.stop()
            if ended is None:
                raise BadInput("There is no focus time to end.")
            yield {"until": None, "ended": ended.told}
            return
        if "minutes" in question:
            try:
                minutes = float(question["minutes"])
            except (TypeError, ValueError, OverflowError) as error:
                raise BadInput(ASK) from error
            yield told(self._room.focus.start(minutes))
            return
        yield told(self._room.focus.state())


def told(state: FocusState) -> Answer:
    return {
        "since": state.since.isoformat() if state.since is not None else None,
        "until": state.until.isoformat() if state.until is not None else None,
        "note": state.note,
    }
