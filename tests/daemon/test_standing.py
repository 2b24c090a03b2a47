"""Which words stand on a monitor, after only a part of it was read."""

from __future__ import annotations

from gum_app.daemon.looks import Episode, Frame
from gum_app.daemon.standing import Standing, Words
from gum_app.records import Line, Monitor, Rect, Surroundings, Window
from tests.builders import NOON, a_line
from tests.daemon.watching import MONITOR, WHOLE, picture, window

LEFT, RIGHT = Rect(x=0, y=0, width=500, height=800), Rect(x=500, y=0, width=500, height=800)
LETTER, PLAN = window("mail", "Letter", rect=LEFT), window(rect=RIGHT)
TOP = Rect(x=0, y=0, width=1000, height=100)


def a_frame(*regions: Rect, front: Window = PLAN, beside: Window = LETTER, monitor: Monitor = MONITOR) -> Frame:
    return Frame(
        at=NOON,
        monitor=monitor,
        image=picture(),
        regions=regions or (WHOLE,),
        surroundings=Surroundings(foreground=front, visible=(front, beside), monitors=(monitor,)),
        episode=Episode(window=front, started_at=NOON, ended_at=NOON),
    )


def told(windows: list[Words]) -> list[tuple[str, list[str], list[str]]]:
    def texts(lines: tuple[Line, ...]) -> list[str]:
        return [line.text for line in lines]

    return [(words.window.title, texts(words.new), texts(words.around)) for words in windows]


def test_what_did_not_change_still_stands_around_what_is_new() -> None:
    standing = Standing()
    standing.renew(a_frame(), [a_line("head", x=600, y=20), a_line("body", x=600, y=400), a_line("Dear", x=20, y=400)])
    assert told(standing.renew(a_frame(TOP), [a_line("new head", x=600, y=20)])) == [
        ("plan.md", ["new head"], ["body"])
    ]


def test_a_window_in_which_nothing_is_new_says_nothing_but_the_one_in_front() -> None:
    standing = Standing()
    standing.renew(a_frame(), [a_line("body", x=600, y=400), a_line("Dear", x=20, y=400)])
    assert told(standing.renew(a_frame(TOP), [a_line("Subject", x=20, y=20)])) == [
        ("plan.md", [], ["body"]),
        ("Letter", ["Subject"], ["Dear"]),
    ]


def test_words_are_explained_by_their_neighbours_also_when_another_window_came_to_the_front() -> None:
    standing = Standing()
    standing.renew(a_frame(), [a_line("balance", x=20, y=400)])
    words = standing.renew(a_frame(TOP, front=LETTER, beside=PLAN), [a_line("40.00", x=20, y=20)])
    assert told(words) == [("Letter", ["40.00"], ["balance"])]


def test_a_part_of_a_monitor_of_which_nothing_is_known_cannot_be_judged() -> None:
    standing = Standing()
    assert standing.renew(a_frame(TOP), [a_line("40.00", x=20, y=20)]) == []
    standing.renew(a_frame(), [a_line("balance", x=20, y=400)])
    standing.forget(MONITOR.index)
    assert standing.renew(a_frame(TOP), [a_line("40.00", x=20, y=20)]) == []


def test_words_are_told_where_they_stand_on_the_desktop_and_when_they_were_read() -> None:
    left = Monitor(index=1, rect=Rect(x=-1000, y=0, width=1000, height=800))
    front = window(rect=left.rect)
    (words,) = Standing().renew(a_frame(front=front, beside=front, monitor=left), [a_line("hello", x=30, y=40)])
    (line,) = words.new
    assert (line.rect.x, line.rect.y, line.monitor, line.at) == (-970, 40, 1, NOON)
