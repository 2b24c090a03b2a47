"""A picture shows the front window and nothing else."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from gum_app.daemon.looks import Episode, Frame
from gum_app.daemon.pictures import SIZE, STILL_PIXELS, still, thumbnail
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


def test_a_still_is_as_large_as_can_be_read_and_hides_the_same() -> None:
    large = Rect(x=0, y=0, width=3840, height=2160)
    monitor = Monitor(index=0, rect=large)
    front = window(rect=large)
    frame = Frame(
        at=NOON,
        monitor=monitor,
        image=Image.new("RGB", (large.width, large.height), "white"),
        regions=(large,),
        surroundings=Surroundings(foreground=front, visible=(front,), monitors=(monitor,)),
        episode=Episode(window=front, started_at=NOON, ended_at=NOON),
    )
    jpeg = still(frame, [Rect(x=0, y=0, width=1920, height=1080)])
    assert jpeg is not None
    image = Image.open(BytesIO(jpeg))
    assert 0.99 * STILL_PIXELS < image.width * image.height <= STILL_PIXELS
    assert abs(image.width / image.height - 16 / 9) < 0.01
    assert brightness(image, image.width // 4, image.height // 4) < 20
    assert brightness(image, image.width * 3 // 4, image.height // 4) > 240


def test_a_small_window_is_not_enlarged() -> None:
    front = window(rect=PLACE)
    frame = Frame(
        at=NOON,
        monitor=MONITOR,
        image=picture("white"),
        regions=(WHOLE,),
        surroundings=Surroundings(foreground=front, visible=(front,), monitors=(MONITOR,)),
        episode=Episode(window=front, started_at=NOON, ended_at=NOON),
    )
    jpeg = still(frame, ())
    assert jpeg is not None
    assert Image.open(BytesIO(jpeg)).size == (PLACE.width, PLACE.height)
