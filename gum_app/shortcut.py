"""A combination of keys that opens a page from anywhere: as the person writes it, and who listens for it.

Written like Ctrl+Alt+G: at least one of Ctrl, Alt and Super, or a function key alone. Anything less would take a key
away from all that is typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gum_app.errors import BadInput

MODIFIERS = ("Ctrl", "Alt", "Shift", "Super")  # in the order in which they are written
_OTHER_NAMES = {"control": "Ctrl", "strg": "Ctrl", "meta": "Super", "win": "Super", "windows": "Super", "cmd": "Super"}
_NAMED = ("Space", "Home", "End", "Insert", "Pause", *(f"F{number}" for number in range(1, 25)))
HOW = "write it like Ctrl+Alt+G, Super+Space or F9"


@dataclass(frozen=True, kw_only=True)
class Combination:
    modifiers: frozenset[str]  # of MODIFIERS
    key: str  # a capital letter, a digit, or a name such as Space or F9

    def __str__(self) -> str:
        return "+".join((*(name for name in MODIFIERS if name in self.modifiers), self.key))


def combination_of(text: str) -> Combination | None:
    """None for an empty text: no shortcut. Raises BadInput."""
    if not text.strip():
        return None
    *before, last = (part.strip() for part in text.split("+"))
    modifiers = frozenset(_modifier(part, text) for part in before)
    key = _key(last, text)
    if not modifiers - {"Shift"} and not (key[0] == "F" and len(key) > 1):
        raise BadInput(f"“{text}” would be pressed while one types: {HOW}.")
    return Combination(modifiers=modifiers, key=key)


class Shortcut(Protocol):
    """Belongs to one thread. Raises ScreenLost when the display goes away: close it then."""

    def grab(self, combination: Combination | None) -> None:
        """From now on this one alone; None: none. Raises ShortcutTaken, BadInput for a key this keyboard lacks."""
        ...

    def pressed(self) -> bool:
        """Whether it was pressed since the last question. Does not wait."""
        ...

    def fileno(self) -> int:
        """Becomes readable when there may be something to ask for."""
        ...

    def close(self) -> None: ...


def _modifier(part: str, text: str) -> str:
    name = _OTHER_NAMES.get(part.casefold(), part.capitalize())
    if name not in MODIFIERS:
        raise BadInput(f"“{text}” names no keys that I know: {HOW}.")
    return name


def _key(part: str, text: str) -> str:
    if len(part) == 1 and part.isascii() and part.isalnum():
        return part.upper()
    if part.capitalize() in _NAMED:
        return part.capitalize()
    raise BadInput(f"“{text}” names no key that I know: {HOW}.")
