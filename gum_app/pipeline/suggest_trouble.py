"""The same thing goes wrong again and again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gum_app.pipeline.scene import Scene
from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_offer import offer, quoted
from gum_app.rules.delicate import is_delicate
from gum_app.rules.errors_seen import Trouble, troubles
from gum_app.suggestions import Act, Offer

OFTEN = 3
GOOD_FOR = timedelta(hours=2)


def repeated_trouble(known: Known) -> Iterator[Offer]:
    """What has just been seen to go wrong, and had gone wrong at least twice before in what was seen lately."""
    fresh = {trouble.key: trouble for scene in known.just_now for trouble in _in(scene)}
    if not fresh:
        return
    seen: dict[str, list[tuple[Scene, Trouble]]] = {key: [] for key in fresh}
    for scene in known.scenes:
        for trouble in _in(scene):
            if trouble.key in seen:
                seen[trouble.key].append((scene, trouble))
    for key, found in seen.items():
        times = sum(trouble.times for _, trouble in found)
        if times < OFTEN:
            continue
        name = fresh[key].name
        yield offer(
            "trouble",
            topic=f"trouble:{key}",
            title=f"{quoted(name, 50)} again",
            why_now=f"{quoted(name)} was seen {times} times since {found[0][0].observation.started_at:%A %H:%M}.",
            act=Act(kind="gather", title=name),
            seen=[scene for scene, _ in found],
            belief=min(0.4 + 0.05 * times, 0.7),
            good_until=known.now + GOOD_FOR,
            rule="trouble",
        )


def _in(scene: Scene) -> list[Trouble]:
    """Of the person's own work: not of a call, a mail or a chat, and not of what a notification claims."""
    if scene.called or scene.beside or scene.observation.source == "notification":
        return []
    if scene.place.kind not in {"terminal", "editor", "page", "office", "other"}:
        return []
    return [trouble for trouble in troubles(scene.parts) if not is_delicate(trouble.name)]
