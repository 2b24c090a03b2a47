"""What the person can have the daemon do: one small verb each. All run away from the window and end in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from gum_app.digest import DigestId, Opinion
from gum_app.records import InquiryId, Kind, PropositionId, RevisionId, Verdict
from gum_app.ui.asking import Answer, Asker, Asking

SAID: dict[Verdict, str] = {
    "right": "Marked as right. It stands, whatever else is seen.",
    "wrong": "Marked as wrong. It is remembered not to be believed.",
    "partly": "Noted as partly right. Edit it to say what is so.",
}
Undo = dict[str, Any]  # a question to the daemon
LAST_CHANGE: Undo = {"do": "undo"}  # of a proposition
LONG_SECONDS = 120.0  # for what may take a while: a large export, forgetting everything


class Deeds(QObject):
    """Every deed is followed by `done` or `failed`; after `done` the windows read again what they show."""

    done = Signal(str, object)  # a sentence, and the question that takes it back; None: nothing does
    failed = Signal(str)
    busy = Signal(bool)

    def __init__(self, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.asker = asker
        asker.went.connect(lambda number: self.busy.emit(number > 0))

    def say(self, id: PropositionId, verdict: Verdict) -> None:  # noqa: A002
        self.do({"do": "say", "id": id, "verdict": verdict}, SAID[verdict], can_undo=verdict != "partly")

    def edit(self, id: PropositionId, text: str) -> None:  # noqa: A002
        self.do({"do": "edit", "id": id, "text": text}, "Changed to your words. They stay.", can_undo=True)

    def pin(self, id: PropositionId, pinned: bool) -> None:  # noqa: A002
        said = "Pinned: it stays as it is." if pinned else "Unpinned."
        self.do({"do": "pin", "id": id, "pinned": pinned}, said, can_undo=True)

    def add(self, text: str, kind: Kind) -> None:
        self.do({"do": "add", "text": text, "kind": kind}, "Added. Your word counts as it is.", can_undo=True)

    def note(self, text: str) -> None:
        """Where it touches a private matter the person is told; it is kept all the same."""
        self.ask({"do": "note", "text": text}, lambda answer: self.done.emit(_noted(answer), None))

    def answer(self, id: InquiryId, answer: str, text: str) -> None:  # noqa: A002
        """Of a question: yes, no, changed (to this text), or never."""
        said = "It is not asked again." if answer == "never" else "Answered. Your word counts."
        question = {"do": "answer", "inquiry": id, "answer": answer, "text": text}
        self.do(question, said, can_undo=answer != "never")

    def lift(self, id: PropositionId) -> None:  # noqa: A002
        self.do({"do": "lift", "id": id}, "Lifted: it may be believed again.", can_undo=True)

    def merge(self, kept: PropositionId, gone: PropositionId) -> None:
        self.do({"do": "merge", "id": kept, "with": gone}, "Merged: one says it now.", can_undo=True)

    def split(self, id: PropositionId, parts: list[dict[str, object]], count: int) -> None:  # noqa: A002
        """`count`: how many pieces of evidence it had when the parts were chosen."""
        question = {"do": "split", "id": id, "parts": parts, "count": count}
        self.do(question, "Split. Your words stay.", can_undo=True)

    def take_back(self, id: PropositionId, change: RevisionId) -> None:  # noqa: A002
        self.do({"do": "take_back", "id": id, "revision": change}, "Taken back: it is as it was.")

    def undo_deed(self, deed: int) -> None:
        self.do({"do": "undo_deed", "deed": deed}, "Taken back: it is as it was.")

    def undo(self, undo: Undo = LAST_CHANGE) -> None:
        """Take back what `done` told of."""
        said = "The last change is taken back." if undo == LAST_CHANGE else "Taken back."
        self.ask(undo, lambda answer: self.done.emit(_undone(answer, said), None))

    def pause(self, minutes: int) -> None:
        self.do({"do": "pause", "minutes": minutes}, "Paused. Nothing is looked at.")

    def pause_until_tomorrow(self) -> None:
        self.do({"do": "pause", "until_tomorrow": True}, "Paused until tomorrow. Nothing is looked at.")

    def resume(self) -> None:
        self.do({"do": "resume"}, "Watching again.")

    def focus(self, minutes: int) -> None:
        """What the desktop does meanwhile is said."""
        self.ask({"do": "focus", "minutes": minutes}, lambda answer: self.done.emit(_focused(answer), None))

    def end_focus(self) -> None:
        self.ask({"do": "focus", "stop": True}, lambda answer: self.done.emit(str(answer["ended"]), None))

    def opine(self, id: DigestId, opinion: Opinion | None) -> None:  # noqa: A002
        """Whether a notification was judged rightly; None takes back what was said."""
        question = {"do": "digest_say", "id": id, "opinion": opinion}
        self.ask(question, lambda answer: self.done.emit(str(answer["said"]), None))

    def set(self, name: str, value: object, *, called: str = "") -> None:
        """`called`: as the window names it; what is refused is told with that."""
        asking = self.asker.ask({"do": "set", "name": name, "value": value})
        asking.answered.connect(lambda _answer: self.done.emit("Saved.", None))
        asking.failed.connect(
            lambda sentence, _lost: self.failed.emit(sentence.replace(f" {name}:", f" “{called or name}”:"))
        )

    def add_rule(self, rule: dict[str, str | None]) -> None:
        self.do({"do": "rule_add", "rule": rule}, f"The rule “{rule['name']}” holds from now on.")

    def remove_rule(self, name: str) -> None:
        self.do({"do": "rule_remove", "name": name}, f"The rule “{name}” is gone.")

    def export(self, path: str) -> None:
        self.do({"do": "export", "path": path}, f"Written to {path}. That file is not encrypted.", LONG_SECONDS)

    def bring(self, path: str) -> None:
        self.do({"do": "import", "path": path}, f"Brought in from {path}.", LONG_SECONDS)

    def ask(self, question: dict[str, Any], then: Callable[[Answer], None], *, timeout_seconds: float = 10.0) -> Asking:
        """For what a window wants to know; what fails is told like everything else that fails."""
        asking = self.asker.ask(question, timeout_seconds=timeout_seconds)
        asking.answered.connect(then)
        asking.failed.connect(self._tell)
        return asking

    def do(
        self, question: dict[str, Any], said: str, timeout_seconds: float = 10.0, *, can_undo: bool = False
    ) -> Asking:
        """Have it done, and say so. `can_undo`: it is a change of a proposition."""
        asking = self.asker.ask(question, timeout_seconds=timeout_seconds)
        asking.answered.connect(lambda _answer: self.done.emit(said, LAST_CHANGE if can_undo else None))
        asking.failed.connect(self._tell)
        return asking

    def _tell(self, sentence: str, _lost: bool) -> None:
        self.failed.emit(sentence)


def _noted(answer: Answer) -> str:
    return f"Noted. {answer.get('warning') or 'It is read like everything else you do.'}"


def _undone(answer: Answer, said: str) -> str:
    """`said`: where the daemon has no words of its own for it."""
    return str(answer.get("result") or answer.get("said") or said)


def _focused(answer: Answer) -> str:
    return f"Focus time has begun. {answer.get('note', '')}".strip()
