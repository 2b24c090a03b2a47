"""One typed letter is news; a clock that ticks is not, after a while."""

from __future__ import annotations

from PIL import Image, ImageDraw

from gum_app.rules.sameness import Baseline, changed_regions

SIZE = (1920, 1080)


def a_page(*words: tuple[int, int, str]) -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(page)
    for x, y, word in words:
        draw.text((x, y), word, fill="black")
    return page


def looked_at(*pages: Image.Image) -> Baseline:
    baseline = None
    for page in pages:
        baseline = changed_regions(baseline, page).baseline
    assert baseline is not None
    return baseline


def test_the_first_picture_and_one_of_another_size_are_read_whole() -> None:
    first = changed_regions(None, a_page())
    assert [(r.width, r.height) for r in first.regions] == [SIZE]
    other = changed_regions(first.baseline, Image.new("RGB", (800, 600)))
    assert [(r.width, r.height) for r in other.regions] == [(800, 600)]


def test_nothing_changed_means_nothing_to_read() -> None:
    assert changed_regions(looked_at(a_page((400, 500, "hello"))), a_page((400, 500, "hello"))).regions == ()


def test_one_letter_more_is_seen_and_read_with_its_line() -> None:
    (region,) = changed_regions(looked_at(a_page((400, 500, "hell"))), a_page((400, 500, "hello"))).regions
    assert region.x <= 400 and region.right >= 430
    assert region.y <= 500 <= region.bottom
    assert region.height <= 160, "the rest of the page is not read again"


def clocks(*times: str, text: str = "hello") -> list[Image.Image]:
    return [a_page((1800, 5, time), (400, 500, text)) for time in times]


def test_a_clock_that_ticks_alone_is_left_out_after_a_few_looks() -> None:
    pages = clocks(*(f"09:{minute:02d}" for minute in range(10, 17)))
    assert changed_regions(looked_at(*pages[:-1]), pages[-1]).regions == ()


def test_a_ticking_clock_does_not_hide_what_is_typed() -> None:
    pages = clocks(*(f"09:{minute:02d}" for minute in range(10, 17)))
    (typed,) = clocks("09:17", text="hello world")
    regions = changed_regions(looked_at(*pages), typed).regions
    assert any(region.y <= 500 <= region.bottom for region in regions)


def test_slow_typing_in_one_place_is_read_at_the_latest_when_it_is_calm() -> None:
    steps = [a_page((400, 500, "abcdefgh"[:n])) for n in range(1, 9)]
    baseline, read = looked_at(steps[0]), []
    for step in [*steps[1:], *[steps[-1]] * 4]:
        changed = changed_regions(baseline, step)
        baseline = changed.baseline
        read.append(bool(changed.regions))
    assert not all(read[:7]), "a thing that changes at each look is not read at each look"
    assert any(read[7:]), "what it came to is not missed"
    assert changed_regions(baseline, steps[-1]).regions == ()


def test_two_far_changes_are_two_regions_and_do_not_overlap() -> None:
    before, after = a_page(), a_page((100, 100, "one"), (100, 900, "two"))
    regions = changed_regions(looked_at(before), after).regions
    assert len(regions) == 2
    assert regions[0].meet(regions[1]) is None


def test_many_small_changes_become_few_regions() -> None:
    rows = [(100, y, "row") for y in range(40, 1060, 120)]
    assert 1 <= len(changed_regions(looked_at(a_page()), a_page(*rows)).regions) <= 4


def test_a_change_too_faint_to_read_is_none() -> None:
    faint = Image.new("RGB", SIZE, (252, 252, 252))
    assert changed_regions(looked_at(Image.new("RGB", SIZE, "white")), faint).regions == ()


def test_another_page_is_read_whole() -> None:
    assert len(changed_regions(looked_at(a_page()), Image.new("RGB", SIZE, "black")).regions) == 1


LONG = "this line goes on and on for quite a while, much further than what was typed into the middle of it"


def test_a_change_in_a_line_reads_the_line_whole_and_not_the_column_beside_it() -> None:
    before = a_page((300, 500, LONG), (1300, 500, "another column"))
    after = a_page((300, 500, LONG.replace("quite", "QUITE")), (1300, 500, "another column"))
    (region,) = changed_regions(looked_at(before), after).regions
    ink = ImageDraw.Draw(before).textbbox((300, 500), LONG)
    assert region.x <= ink[0] and region.right >= ink[2]
    assert region.y <= ink[1] and region.bottom >= ink[3]
    assert region.right < 1300


def test_no_line_is_cut_in_its_height() -> None:
    rows = [(300, y, "words in a paragraph") for y in range(400, 600, 18)]
    changed = [(x, y, text if y != 490 else "words in a CHANGED") for x, y, text in rows]
    (region,) = changed_regions(looked_at(a_page(*rows)), a_page(*changed)).regions
    for x, y, text in rows:
        top, bottom = ImageDraw.Draw(a_page()).textbbox((x, y), text)[1::2]
        assert bottom <= region.y or top >= region.bottom or (region.y <= top and bottom <= region.bottom)


def test_the_edge_of_a_window_beside_a_line_does_not_make_it_endless() -> None:
    def framed(text: str) -> Image.Image:
        page = a_page((300, 500, text))
        ImageDraw.Draw(page).rectangle((200, 20, 1900, 1060), outline="gray")
        return page

    (region,) = changed_regions(looked_at(framed("hell")), framed("hello")).regions
    assert region.height <= 160
    assert region.width <= 400
