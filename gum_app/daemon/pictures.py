"""The pictures that are kept of an episode: of the front window alone, without what was cut out of it.

A thumbnail for who switched that on, and stills for the model, which are gone when it has seen them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from gum_app.pipeline.audit import paint
from gum_app.records import Rect, Surroundings, Window

if TYPE_CHECKING:
    from gum_app.daemon.looks import Frame

SIZE = (480, 300)  # of a thumbnail
QUALITY = 70
# A full HD screen becomes 1366 × 768: letters of 12 points stay legible, and a model that takes 32 pixels a token pays
# about a thousand tokens, the least with which it is said to find its way about a picture.
STILL_PIXELS = 1366 * 768
STILL_QUALITY = 85


def thumbnail(frame: Frame, painted: Iterable[Rect]) -> bytes | None:
    """A JPEG. `painted`: pixels of the desktop. None where it is not known what else the picture would show."""
    image = _front_alone(frame, painted)
    if image is None:
        return None
    image.thumbnail(SIZE)
    return _jpeg(image, QUALITY)


def still(frame: Frame, painted: Iterable[Rect]) -> bytes | None:
    """A JPEG that can be read, of at most STILL_PIXELS. None as for a thumbnail."""
    image = _front_alone(frame, painted)
    if image is None:
        return None
    shrink = math.sqrt(STILL_PIXELS / (image.width * image.height))
    if shrink < 1:
        size = (max(1, int(image.width * shrink)), max(1, int(image.height * shrink)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return _jpeg(image, STILL_QUALITY)


def _front_alone(frame: Frame, painted: Iterable[Rect]) -> Image.Image | None:
    front = frame.surroundings.foreground
    place = _place(front, frame.surroundings, frame.monitor.rect) if front is not None else None
    if front is None or place is None:
        return None
    origin = frame.monitor.rect
    hidden = [*painted, *_above(front, frame.surroundings)]
    image = paint(frame.image, [rect.moved(-origin.x, -origin.y) for rect in hidden])
    x, y = place.x - origin.x, place.y - origin.y
    return image.crop((x, y, x + place.width, y + place.height))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
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
