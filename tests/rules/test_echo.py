"""Our own words are known when they are seen again, wherever they stand."""

from __future__ import annotations

import json

import pytest

from gum_app.rules.echo import is_echo, is_our_export, like_ours

OURS = ["Works on the repository parcel-router, mostly in the terminal.", "Uses Slack to talk to people."]


@pytest.mark.parametrize(
    "line",
    [
        "Works on the repository parcel-router, mostly in the terminal.",
        "   12   80%  task          Works on the repository parcel-router, mostly in the terminal.",
        "• Works on the repository parcel-router, mostly in the terminal",
        "1. Works on the repository parcel-router, mostly in the terminal.",
        '"text": "Works on the repository parcel-router, mostly in the terminal.", "kind": "task"',
        "What I know about you: Works on the repository parcel-router, mostly in the terminal. Shall I go on?",
        "Works on the repositcry parcel-router, mostly in the terminal.",
        "Works on the repository parcel-router,",
    ],
)
def test_a_sentence_of_ours_is_one_in_a_list_an_answer_or_a_file(line: str) -> None:
    assert any(is_echo(piece, OURS) for piece in like_ours(line))


@pytest.mark.parametrize(
    "line",
    [
        "I work on the repository parcel-router, mostly in the terminal.",
        "Works on Tuesdays only.",
        "Uses Slack to send files to printers and to the moon.",
        "parcel-router — Code",
        "The router works on the parcel.",
    ],
)
def test_what_others_and_the_person_write_is_not_ours(line: str) -> None:
    assert not any(is_echo(piece, OURS) for piece in like_ours(line))


def test_what_does_not_begin_like_ours_needs_no_comparing() -> None:
    assert list(like_ours("def main(arguments: list[str]) -> int:")) == []
    assert list(like_ours("Dear all, please find the minutes attached.")) == []


def test_the_form_of_our_export_is_known() -> None:
    assert is_our_export('{"gum_export": 1}')
    assert is_our_export(json.dumps({"revision": {"id": 3, "text": "Likes tea."}}))
    assert is_our_export('"half_life_days": 14.0, "topic": "x"')
    assert not is_our_export('{"revision": "abc123", "author": "Ann"}')
    assert not is_our_export("The revision of the text is done.")
