"""The small picture of an episode, for who switched that on: the front window alone, without what was cut out of it."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from gum_app.pipeline.audit import paint
from gum_app.records import Rect, Surroundings, Window

if TYPE_CHECKING:
    from gum_app.daemon.looks import Frame

SIZE = (480, 300)
QUALITY = 70


def thumbnail(frame: Frame, painted: Iterable[Rect]) -> bytes | None:
    """A JPEG. `painted`: pixels of the desktop. None where it is not known what else the picture would show."""
    front = frame.surroundings.foreground
    place = _place(front, frame.surroundings, frame.monitor.rect) if front is not None else None
    if front is None or place is None:
        return None
    origin = frame.monitor.rect
    hidden = [*painted, *_above(front, frame.surroundings)]
    image = paint(frame.image, [rect.moved(-origin.x, -origin.y) for rect in hidden])
    x, y = place.x - origin.x, place.y - origin.y
    image = image.crop((x, y, x + place.width, y + place.height))
    image.thumbnail(SIZE)
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _place(front: Window, surroundings: Surroundings, monitor: Rect) -> Rect | None:
    if front.rect is not None:
        return front.rect.meet(monitor)
    alone = len(surroundings.monitors) == 1 and len(surroundings.visible) <= 1
    return monitor if alone else None


def _above(front: Window, surroundings: Surroundings) -> list[Rect]:
    """Windows are listed from the top: what comes before the front window covers it, or may."""
    above = []
    for window in surroundings.visible:
        if (window.app, window.title, window.rect) == (front.app, front.title, front.rect):
            break
        above.append(window)
    return [window.rect for window in above if window.rect is not None]
