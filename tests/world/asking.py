"""What tests ask models, and how they load the tiny ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gum_app.paths import shipped
from gum_app.world.llama_session import Options
from gum_app.world.model import Part, Pictured, Prompt, Said, Schema

SOON = 60.0  # seconds

SHORT: Schema = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 24},
        "kind": {"enum": ["letter", "bill"]},
        "sure": {"type": "integer", "minimum": 1, "maximum": 10},
    },
    "required": ["title", "kind", "sure"],
    "additionalProperties": False,
}
LONG: Schema = {  # some thousand tokens, and no model gets around them
    "type": "object",
    "properties": {"words": {"type": "array", "minItems": 700, "maxItems": 700, "items": {"enum": ["one", "two"]}}},
    "required": ["words"],
    "additionalProperties": False,
}


def a_prompt(*parts: Part | str, **more: Any) -> Prompt:
    """The `parts`, of which texts may stand as they are. Asks for SHORT."""
    said = tuple(Said(part) if isinstance(part, str) else part for part in parts or ("What is this?",))
    return Prompt(
        **{"step": "observe", "fingerprint": "f", "system": "Answer briefly.", "schema": SHORT, **more, "parts": said}
    )


def a_long_prompt() -> Prompt:
    """Its answer takes long enough for something to happen meanwhile."""
    return a_prompt(schema=LONG, most_tokens=7000)


def a_frame(number: int = 1) -> Pictured:
    """A screenshot of 1600 × 900, 1 to 22."""
    return Pictured(shipped(f"resources/demo/frames/{number:04}.png").read_bytes())


def tiny_options(tiny: Path, name: str, **more: Any) -> Options:
    """One of `tiny_models.VISION`, with its projector."""
    whole: dict[str, Any] = {"weights": tiny / f"{name}.gguf", "projector": tiny / f"{name}-mmproj.gguf", "threads": 1}
    return Options(**{**whole, **more})


def tiny_embedder_options(tiny: Path) -> Options:
    return Options(weights=tiny / "bert-embed.gguf", embeds=True, threads=1, context_tokens=512)


def until(happens: Callable[[], bool]) -> None:
    """Waits for it; it has to happen."""
    pause, deadline = threading.Event(), time.monotonic() + SOON
    while not happens():
        assert not pause.wait(0.002) and time.monotonic() < deadline, "it never happened"


@contextmanager
def when(happens: Callable[[], bool], do: Callable[[], object]) -> Iterator[None]:
    """Meanwhile, as soon as something happens, do something about it. It has to happen."""
    done = threading.Event()

    def watch() -> None:
        until(happens)
        do()
        done.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        watcher.join()
    assert done.is_set()
