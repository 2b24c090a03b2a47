"""A small picture shows the front window and nothing else."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from gum_app.daemon.looks import Episode, Frame
from gum_app.daemon.thumbnail import SIZE, thumbnail
from gum_app.records import Monitor, Rect, Surroundings, Window
from tests.builders import NOON
from tests.daemon.watching import MONITOR, WHOLE, picture, window

PLACE = Rect(x=100, y=100, width=400, height=400)
SECOND = Monitor(index=1, rect=Rect(x=1000, y=0, width=1000, height=800))


def shown(*visible: Window, painted: tuple[Rect, ...] = (), front: Window | None = None) -> Image.Image | None:
    front = front or window(rect=PLACE)
    image = picture("red", (PLACE, "white"))
    frame = Frame(
        at=NOON,
        monitor=MONITOR,
        image=image,
        regions=(WHOLE,),
        surroundings=Surroundings(foreground=front, visible=visible, monitors=(MONITOR,)),
        episode=Episode(window=front, started_at=NOON, ended_at=NOON),
    )
    jpeg = thumbnail(frame, painted)
    return None if jpeg is None else Image.open(BytesIO(jpeg))


def brightness(image: Image.Image | None, x: int, y: int) -> int:
    assert image is not None
    pixel = image.convert("L").getpixel((x, y))
    assert isinstance(pixel, int)
    return pixel


def test_what_is_around_the_window_is_left_out() -> None:
    image = shown(window(rect=PLACE))
    assert image is not None
    assert image.size == (300, 300), "no larger than it has to be"
    assert image.width <= SIZE[0]
    assert image.height <= SIZE[1]
    assert min(brightness(image, x, y) for x in range(0, 300, 20) for y in range(0, 300, 20)) > 240


def test_what_was_cut_out_of_the_words_is_black() -> None:
    image = shown(window(rect=PLACE), painted=(Rect(x=100, y=100, width=200, height=200),))
    assert brightness(image, 50, 50) < 20
    assert brightness(image, 250, 250) > 240


def test_a_window_that_lies_above_is_black() -> None:
    above = window("player", "Song", rect=Rect(x=300, y=300, width=200, height=200))
    image = shown(above, window(rect=PLACE))
    assert brightness(image, 250, 250) < 20
    assert brightness(image, 50, 50) > 240


def test_without_knowing_what_else_it_would_show_none_is_kept() -> None:
    somewhere = window(rect=None)
    assert shown(somewhere, window("chat", "Team", rect=None), front=somewhere) is None
    assert shown(somewhere, front=somewhere) is not None, "alone on the only monitor"
    assert shown(front=window(rect=SECOND.rect)) is None, "it is on another monitor"
