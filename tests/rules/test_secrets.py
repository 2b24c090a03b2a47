from __future__ import annotations

import logging
import random
import time

import pytest

from gum_app.records import Line, Rect
from gum_app.rules.secrets import CUT, cut, cut_text, find
from tests.builders import a_line, some_lines

CARD = "4242 4242 4242 4242"


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_secret_becomes_one_word_and_the_rest_of_the_line_stays() -> None:
    clean, painted, kinds = cut([a_line(f"pay with {CARD} today")])
    assert texts(clean) == [f"pay with {CUT} today"]
    assert len(painted) == 4
    assert kinds == ("card",)


def test_the_cut_word_covers_all_words_it_stands_for() -> None:
    (line,), painted, _ = cut([a_line(CARD, x=100, y=50)])
    assert line.words[0].rect == Rect(x=100, y=50, width=190, height=20)
    assert all(line.words[0].rect.covers(rect) for rect in painted)


def test_a_secret_over_several_boxes_is_cut_in_each_of_them() -> None:
    boxes = [a_line(part, x=70 * n) for n, part in enumerate(CARD.split())]
    clean, painted, _ = cut(boxes)
    assert texts(clean) == [CUT] * 4
    assert len(painted) == 4


def test_lines_without_a_secret_are_returned_as_they_are() -> None:
    lines = tuple(some_lines("The meeting moves to Tuesday\nat 14:00 in room 4021"))
    assert cut(lines) == (lines, (), ())


def test_no_lines_no_findings() -> None:
    assert cut([]) == ((), (), ())
    assert find([Line(words=())]) == ()


def test_a_label_that_was_read_before_explains_a_value_that_was_read_now() -> None:
    label, value = a_line("Enter the security code", y=0), a_line("559 038", y=40)
    assert texts(cut([value])[0]) == ["559 038"]
    clean, _, _ = cut([value], around=[label])
    assert texts(clean) == [CUT]


def test_a_private_key_is_cut_from_its_beginning_to_its_end() -> None:
    begin, end = "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----"
    key = f"notes\n{begin}\nb3BlbnNzaC1rZXktdjEAAAAA\nBG5vbmUAAAAEbm9uZQ\n{end}\ndone"
    assert texts(cut(some_lines(key))[0]) == ["notes", CUT, CUT, CUT, CUT, "done"]


def test_a_finding_names_its_kind_its_place_and_never_its_words() -> None:
    (finding,) = find([a_line("Hello"), a_line(f"card {CARD}", y=40)])
    assert finding.kind == "card"
    assert [(spot.line, spot.word) for spot in finding.spots] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert "4242" not in repr(finding)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        cut([a_line(CARD)])
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("MVBANK: Your code is 604 318. Never share it.", f"MVBANK: Your code is {CUT} Never share it."),
        ("Your security code\n559038", f"Your security code\n{CUT}"),
        (
            "https://x.example/reset?token=a8f5f167f44f4964&lang=en",
            f"https://x.example/reset?token={CUT}&lang=en",
        ),
        ("postgres://router:tulip-31@db:5432/x", f"postgres://{CUT}@db:5432/x"),
        ("my card  4242 4242 4242 4242  ends 2028", f"my card  {CUT}  ends 2028"),
        ("Nothing   secret here,\n\n  not even 2026", "Nothing   secret here,\n\n  not even 2026"),
        ("", ""),
        ("https://wiki.example/page?id=2187&lang=en", "https://wiki.example/page?id=2187&lang=en"),
    ],
)
def test_secrets_are_cut_from_text(text: str, clean: str) -> None:
    assert cut_text(text) == clean


NOISE = str.maketrans({"0": "O", "1": "l", "5": "S", "8": "B"})


@pytest.mark.parametrize(
    "secret", [CARD, "DE89 3704 0044 0532 0130 00", "5555 5555 5555 4444", "GB82 WEST 1234 5698 7654 32"]
)
def test_a_number_with_one_misread_character_is_still_cut(secret: str) -> None:
    for position, character in enumerate(secret):
        misread = secret[:position] + character.translate(NOISE) + secret[position + 1 :]
        assert texts(cut([a_line(misread)])[0]) == [CUT], "a misread character must not save it"


@pytest.mark.parametrize("seed", range(20))
def test_a_number_broken_at_any_place_into_two_boxes_is_still_cut(seed: int) -> None:
    number = "4242424242424242"
    cut_at = random.Random(seed).randint(3, 13)
    first = a_line(number[:cut_at])
    second = a_line(number[cut_at:], x=first.rect.right + 10)
    assert texts(cut([first, second])[0]) == [CUT, CUT]


ORDINARY = """
Order 4711-0815-2026 was sent on 12/03/2026 at 14:05:33
Call 0800 555 0142 or +49 30 901820, Monday to Friday
ROUTE-418 moved to done in PR #2187, commit a83c2d4
parcel-router v2026.11.3 needs Go 1.24.1 and 16 GB
Total €1,248.60 of 29,400.00, VAT 23 %, invoice BJ-0412
Flight DUB - FNC, Sat 24 Oct 10:35, gate 214
192.168.1.20:8080 answered after 1337 ms, 64 of 64
The lease ran out 150 ms after 2026-03-10T08:43:20+01:00
61 000 results, 4 021 of them in 2025
ISBN 978-3-16-148410-0, EAN 4006381333931
Meeting id 845 9021 3377
"""


def test_ordinary_numbers_stay() -> None:
    lines = some_lines(ORDINARY.strip())
    assert texts(cut(lines)[0]) == texts(lines)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "A1" * 10_000,
        "1 " * 10_000,
        "your code is 1234 " * 1000,
        "password: x1! " * 1500,
        "code\n1234\n" * 1500,
    ],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    started = time.process_time()
    cut_text(text)
    assert time.process_time() - started < 3
