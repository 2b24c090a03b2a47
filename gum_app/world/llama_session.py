"""One loaded model of llama.cpp: asked one thing at a time, inside the model's process.

Nothing here starts or watches a process, and nothing is logged. llama.cpp can still abort the process it runs in: this
module belongs into a child (`model_child`). It is not for two threads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gum_app.world.model import Answered, Prompt


@dataclass(frozen=True, kw_only=True)
class Options:
    """What to load, and how."""

    weights: Path
    projector: Path | None = None  # what makes it see; None: text only
    embeds: bool = False  # an embedding model: `embed` instead of `ask`
    context_tokens: int = 8192
    gpu_layers: int = 0  # how many of the layers go to the GPU, where llama.cpp was built for one; -1: all
    threads: int = 0  # 0: the physical cores but one, at least one
    batch_tokens: int = 512
    most_picture_tokens: int = 0  # a picture is made smaller until it needs no more; 0: the model's own cap
    pictures_kept: int = 6  # encoded pictures that are remembered


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What was loaded, and where it runs."""

    name: str  # as its file calls it, with the quantization
    context_tokens: int
    layers: int
    layers_on_gpu: int
    device: str  # "" where the CPU does everything
    flash_attention: bool
    sees: bool
    load_ms: float


class Session:
    """A model in memory. Everything that is broken about its files shows in the constructor.

    Raises EngineMissing where llama.cpp cannot be imported, ModelUnusable for files that cannot be used.
    """

    loaded: Loaded

    def __init__(self, options: Options) -> None:
        raise NotImplementedError

    def ask(self, prompt: Prompt, *, stop: Callable[[], bool], heard: Callable[[str], None]) -> Answered:
        """`heard` gets the answer piece by piece; `stop` is asked often and ends it at once.

        Raises PromptTooLong, PictureBroken, AnswerUnfit, ModelUnusable (pictures for a model that does not see), GaveWay.
        ValueError for a schema that is no closed shape. After any of these the session goes on.
        """
        raise NotImplementedError

    def embed(self, texts: Sequence[str], *, stop: Callable[[], bool]) -> NDArray[np.float32]:
        """One row a text, each of length 1. A text that is too long is cut. Raises ModelUnusable, GaveWay."""
        raise NotImplementedError

    def close(self) -> None:
        """Gives the memory back. May be called twice."""
        raise NotImplementedError
