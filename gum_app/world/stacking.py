"""Which of several windows, lying on each other, can be seen. Pure: rectangles in, windows out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from gum_app.records import Monitor, Rect


class Layer(Protocol):
    @property
    def rect(self) -> Rect: ...

    @property
    def solid(self) -> Sequence[Rect]:
        """Where nothing shines through, for certain. Only asked for where it matters, since asking takes time."""
        ...


AnyLayer = TypeVar("AnyLayer", bound=Layer)


def seen(layers: Sequence[AnyLayer], monitors: Sequence[Monitor]) -> list[AnyLayer]:
    """Those layers (given topmost first) that show on a monitor and are not wholly covered by *one* layer above.

    Two windows side by side that together hide a third are not worked out: the third counts as seen, which errs on
    the side of not looking.
    """
    return [layer for place, layer in enumerate(layers) if _shows(layer, layers[:place], monitors)]


def monitor_of(rect: Rect, monitors: Sequence[Monitor]) -> int:
    """The index of the monitor that holds most of it; 0 where none does."""
    shares = [(part.area, monitor.index) for monitor in monitors if (part := rect.meet(monitor.rect)) is not None]
    return max(shares, key=lambda share: share[0])[1] if shares else 0


def _shows(layer: Layer, above: Sequence[Layer], monitors: Sequence[Monitor]) -> bool:
    parts = [part for monitor in monitors if (part := layer.rect.meet(monitor.rect)) is not None]
    return any(not _covered(part, above) for part in parts)


def _covered(part: Rect, above: Sequence[Layer]) -> bool:
    return any(layer.rect.covers(part) and any(area.covers(part) for area in layer.solid) for layer in above)
