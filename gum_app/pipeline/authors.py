"""Whether words that bear the person's name are the person's: who made the window, and whether the keys were pressed.

Anybody can write the person's name above words: a page that looks like a chat, a mail within a mail, a message that
looks like two. Nobody else can press the person's keys. So where keys are counted, words are the person's where as many
were pressed; what they wrote earlier was noticed when they wrote it. Where none are counted, the window must vouch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gum_app.pipeline.scene import Scene
from gum_app.rules.speech import Utterance
from gum_app.rules.titles import PlaceKind

_TALKED_IN: frozenset[PlaceKind] = frozenset({"chat", "call", "compose"})


def as_witnessed(scene: Scene, said: Sequence[Utterance]) -> list[Utterance]:
    """The same, in the order in which they stand; what the person cannot be known to have written is another's.

    The newest stand lowest: keys are counted for them first.
    """
    if scene.observation.source == "note" or scene.beside_without_address:
        return list(said)
    left = scene.observation.keys
    judged: list[Utterance] = []
    typed: dict[str, bool] = {}  # the same words may have been looked at more than once
    for utterance in reversed(said):
        words = "".join(word.text for row in utterance.rows for word in row.words)
        if utterance.author == "person" and words not in typed:
            typed[words] = _is_theirs(scene, utterance, len(words), left)
            if left is not None and utterance.medium != "notes":
                left -= len(words)
        theirs = utterance.author == "other" or typed[words]
        judged.append(utterance if theirs else replace(utterance, author="other"))
    return judged[::-1]


def _is_theirs(scene: Scene, utterance: Utterance, letters: int, left: int | None) -> bool:
    if scene.imitates or (utterance.medium == "notes" and not scene.vouched):
        return False
    if left is None:
        return scene.vouched and scene.place.kind in _TALKED_IN
    is_a_form = scene.place.kind == "compose" and not scene.place.web  # a window of its own, begun earlier perhaps
    return is_a_form or left >= letters
