"""For whoever works on the prompts: with GUM_SHOW_MODEL=1 each question and answer is shown on stderr, as it comes.

Nowhere else, and never in a log: both hold what was on the screen. Of a picture only the size is told.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from gum_app.errors import GumError
from gum_app.world.model import Pictured, Prompt, Said

SWITCH = "GUM_SHOW_MODEL"
COMMANDS = {code: "�" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


@contextmanager
def shown(model: str, prompt: Prompt, heard: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """What is to hear the answer instead of `heard`, for as long as `model` is asked.

    `model` is its name. Where nothing is to be shown this is `heard` itself.
    """
    if os.environ.get(SWITCH) != "1":
        yield heard
        return
    _show(
        f"\n=== {model} is asked by {prompt.step}, at most {prompt.most_tokens} tokens\n{_whole(prompt)}\n--- answer\n"
    )

    def both(piece: str) -> None:
        _show(piece)
        heard(piece)

    try:
        yield both
    except GumError as error:
        _show(f"\n--- {type(error).__name__}: {error}\n")
        raise
    _show("\n--- end\n")


def show_texts(model: str, texts: Sequence[str]) -> None:
    """What is handed to a model that compares by meaning."""
    if os.environ.get(SWITCH) == "1":
        _show("\n".join((f"\n=== {model} compares", *texts, "--- end\n")))


def _whole(prompt: Prompt) -> str:
    return "\n".join((prompt.system, "---", *(_part(part) for part in prompt.parts)))


def _part(part: Said | Pictured) -> str:
    return part.text if isinstance(part, Said) else f"[a picture of {len(part.data):,} bytes]"


def _show(text: str) -> None:
    """A page chooses its words, and a model its answers: no sign among them may command the terminal."""
    sys.stderr.write(text.translate(COMMANDS))
    sys.stderr.flush()
