from __future__ import annotations

from gum_app.rules.chats import bubbles, messages, peer_above
from gum_app.rules.speech import Utterance, sentences
from tests.screens import ANNA, a_row, a_screen, rows


def told(said: list[Utterance]) -> list[tuple[str, str, str]]:
    return [(u.author, u.name, " ".join(s.text for s in sentences(u))) for u in said]


def test_a_message_belongs_to_the_name_above_it() -> None:
    look = a_screen(
        rows(
            "Eva Lind 10:42", "I am in Lisbon from the 19th on.", "", "Anna Berger 10:44", "I keep the mornings free."
        ),
    )
    assert told(messages(look, ANNA)) == [
        ("other", "Eva Lind", "I am in Lisbon from the 19th on."),
        ("person", "Anna Berger", "I keep the mornings free."),
    ]


def test_other_forms_of_heads_are_heads_too() -> None:
    look = a_screen(
        rows(
            "Eva Lind Today at 10:42 AM", "Who is in?", "", "aberger commented on 2 Feb", "I take this one, it is mine."
        ),
    )
    assert [author for author, _, _ in told(messages(look, ANNA))] == ["other", "person"]


def test_a_comment_tells_what_its_author_did() -> None:
    look = a_screen(rows("dlind requested changes 11:24", "Raising a timeout is not a fix."))
    assert [(u.name, u.act) for u in messages(look, ANNA)] == [("dlind", "requested changes")]


def test_what_stands_in_the_box_for_a_comment_is_the_person_s_own() -> None:
    look = a_screen(rows("Write Preview", "You are right, I guessed.", "Comment"))
    assert told(messages(look, ANNA)) == [("person", "you", "You are right, I guessed.")]


def test_the_side_bar_is_no_part_of_a_message() -> None:
    look = a_screen(
        rows("Anna Berger 10:44", "I keep the mornings free.", x=300), rows("Channels", "# random", "Eva Lind", x=20)
    )
    assert told(messages(look, ANNA)) == [("person", "Anna Berger", "I keep the mornings free.")]


def bubble_chat() -> list[tuple[str, int, int]]:
    return [
        ("are we doing it? 19:02", 400, 200),
        ("we are. | want a bed and no telephone 19:10", 900, 240),
        ("direct or nothing 13:52", 400, 280),
        ("I do not do stopovers any more 13:53", 940, 320),
    ]


def test_in_a_bubble_chat_the_right_side_is_the_person_s() -> None:
    look = a_screen(*[[a_row(text, x=x, y=y)] for text, x, y in bubble_chat()])
    assert [author for author, _, _ in told(bubbles(look, to="Aoife"))] == ["other", "person", "other", "person"]
    assert bubbles(look, to="Aoife")[1].to == "Aoife"


def test_a_bubble_may_have_its_time_below() -> None:
    look = a_screen(
        rows("Did you find the albums?", "Mum - 14:50", x=400, y=200),
        rows("In the attic! We come on Friday evening", "and stay until Sunday", "15:31", x=800, y=260),
        rows("And how is it?", "Mum - 15:33", x=400, y=340),
    )
    assert told(bubbles(look, to="Mum")) == [
        ("other", "Mum", "Did you find the albums?"),
        ("person", "", "In the attic! We come on Friday evening and stay until Sunday"),
        ("other", "Mum", "And how is it?"),
    ]


def test_a_page_with_times_on_one_side_only_is_no_chat() -> None:
    look = a_screen(rows("opens 09:00", "closes 17:00"))
    assert bubbles(look) == []


def test_whom_a_bubble_chat_is_with_stands_above_it_and_in_the_list() -> None:
    look = a_screen(
        [a_row("A", x=430, y=100)],  # a round picture
        [a_row("Aoife", x=430, y=120)],
        [a_row("Aoife", x=84, y=230)],
        *[[a_row(text, x=x, y=y)] for text, x, y in bubble_chat()],
    )
    assert peer_above(look, bubbles(look)) == "Aoife"
