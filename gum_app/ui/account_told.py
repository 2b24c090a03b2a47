"""What the person did in an episode, as the model tells it, marked as its words: what is theirs, what is others'."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gum_app.records import Account
from gum_app.ui.belief_wording import maker
from gum_app.ui.pieces import Prose, column, muted

LEAD = "What you did, as the model tells it"


def told(account: Account) -> str:
    """In one line, for a tool tip."""
    return f"{LEAD}: {account.did}"


def in_a_row(account: Account) -> str:
    """For a list, behind a title: short, and still named as the model's."""
    return f"the model tells: “{account.did}”"


def listed_under(name: str, things: tuple[str, ...]) -> str:
    """A heading and a line for each; empty where there are none."""
    return "\n".join([f"{name}:", *(f"• {thing}" for thing in things)]) if things else ""


class AccountTold(QWidget):
    def __init__(self, account: Account) -> None:
        super().__init__()
        parts: list[QWidget] = [muted(f"{LEAD}:"), Prose(f"“{account.did}”")]
        for name, things in (("Yours", account.theirs), ("From others", account.others)):
            if things:
                parts.append(Prose(listed_under(name, things), size=0.92))
        parts.append(muted(f"Told by {maker(account.made_by)}; it may be wrong."))
        self.setLayout(column(*parts, spacing=3))
