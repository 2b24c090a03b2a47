"""Pictures of screens, drawn for a test with the font that comes with Pillow."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont


def a_screen(
    *texts: tuple[int, int, str],
    size: tuple[int, int] = (800, 400),
    ink: str = "black",
    paper: str = "white",
    px: int = 16,
) -> Image.Image:
    """Each text is x, y and the words."""
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(px)
    for x, y, words in texts:
        draw.text((x, y), words, fill=ink, font=font)
    return image


def gray(image: Image.Image) -> Any:
    return np.asarray(image.convert("L"))
