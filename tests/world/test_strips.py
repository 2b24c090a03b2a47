from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pytest
from PIL import ImageDraw

from gum_app.world.strips import find_strips
from tests.world.pictures import a_screen, gray

MESSAGE = "The meeting moves to Tuesday at nine"


def test_an_empty_screen_has_no_writing() -> None:
    assert find_strips(gray(a_screen())) == ()


def test_a_picture_of_one_pixel_has_no_writing() -> None:
    assert find_strips(np.zeros((1, 1), np.uint8)) == ()


@pytest.mark.parametrize(("ink", "paper"), [("black", "white"), ("white", "black"), ("#999", "#222"), ("#c33", "#fff")])
def test_a_line_is_found_in_any_colours(ink: str, paper: str) -> None:
    strips = find_strips(gray(a_screen((40, 60, MESSAGE), ink=ink, paper=paper)))
    assert len(strips) == 1
    assert 38 <= strips[0].rect.x <= 42
    assert 55 <= strips[0].rect.y <= 70
    assert strips[0].rect.width > 200


def test_a_side_bar_is_not_glued_to_the_message_beside_it() -> None:
    strips = find_strips(gray(a_screen((20, 60, "announcements"), (200, 60, MESSAGE))))
    assert len(strips) == 2
    assert strips[0].block != strips[1].block


def test_a_label_and_its_value_are_two_lines_of_one_block() -> None:
    label, value = find_strips(gray(a_screen((20, 60, "Password"), (125, 60, "Kinderdijk"))))
    assert label.block == value.block
    assert label.rect.right < value.rect.x


def test_lines_of_a_paragraph_share_a_block_and_the_next_paragraph_does_not() -> None:
    strips = find_strips(gray(a_screen((20, 20, MESSAGE), (20, 40, MESSAGE), (20, 160, MESSAGE))))
    assert [strip.block for strip in strips] == [0, 0, 1]


def test_a_dash_between_words_and_the_dot_at_the_end_belong_to_the_line() -> None:
    (strip,) = find_strips(gray(a_screen((20, 60, "alpha - beta ."))))
    (without,) = find_strips(gray(a_screen((20, 60, "alpha"))))
    assert strip.rect.width > 2 * without.rect.width


def test_the_edges_of_a_box_are_not_part_of_the_writing_in_it() -> None:
    image = a_screen((30, 66, "Security code"))
    ImageDraw.Draw(image).rectangle((20, 55, 400, 95), outline="gray")
    strips = [strip for strip in find_strips(gray(image)) if strip.rect.width > 20]
    assert len(strips) == 1
    assert strips[0].rect.x >= 28
    assert strips[0].rect.height < 25


def test_grid_lines_of_a_spreadsheet_do_not_make_its_lines_taller() -> None:
    image = a_screen((44, 63, "Quay Street Coffee"))
    draw = ImageDraw.Draw(image)
    for x in (40, 300):
        draw.line((x, 58, x, 82), fill="lightgray")
    (strip,) = (strip for strip in find_strips(gray(image)) if strip.rect.width > 20)
    assert strip.rect.height < 20


def test_a_screen_of_twice_the_resolution_gives_the_same_lines() -> None:
    image = a_screen((40, 60, MESSAGE), (40, 300, MESSAGE), size=(1920, 1080))
    twice = image.resize((3840, 2160))
    assert len(find_strips(gray(twice))) == len(find_strips(gray(image))) == 2


def test_noise_without_end_is_bounded() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1080, 1920), np.uint8)
    started = time.process_time()
    find_strips(noise)
    assert time.process_time() - started < 5


def test_lines_that_stand_tightly_are_lines_each_and_share_no_pixels() -> None:
    texts = [(20, 20 + 17 * n, "gypsy quality jumping by day") for n in range(5)]
    strips = find_strips(gray(a_screen(*texts)))
    assert len(strips) == 5
    for upper, lower in pairwise(strips):
        assert upper.rect.bottom + upper.room_below <= lower.rect.y
        assert lower.rect.y - lower.room_above >= upper.rect.bottom


def test_a_line_alone_has_room_for_accents() -> None:
    (strip,) = find_strips(gray(a_screen((40, 60, MESSAGE))))
    assert (strip.room_above, strip.room_below) == (4, 4)


def test_an_underscore_does_not_part_a_name() -> None:
    assert len(find_strips(gray(a_screen((20, 60, "JWT_SECRET_KEY=tulip"))))) == 1
