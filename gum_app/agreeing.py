"""Asks on the terminal before something is done that the person may not want."""

from __future__ import annotations

import sys

from gum_app.errors import BadInput


def agree(sentence: str) -> None:
    """Raises BadInput when the person does not say yes."""
    if not sys.stdin.isatty():
        raise BadInput(f"{sentence} Say --yes to agree.")
    print(sentence, file=sys.stderr)
    try:
        answer = input("Type yes to go on: ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() != "yes":
        raise BadInput("Nothing was done.")
