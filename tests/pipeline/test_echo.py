"""What is left of an episode in which our own words stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from gum_app.pipeline.echo import MOST_LOOKUPS, without_echoes
from gum_app.records import Observation
from tests.builders import NOON, a_line, an_observation

OURS = "Works on the repository parcel-router, mostly in the terminal."


def believed(_words: str) -> Iterable[str]:
    return [OURS]


def left(observation: Observation) -> str:
    return without_echoes(observation, believed).text


def test_the_paragraph_of_ours_goes_and_the_rest_stays() -> None:
    seen = an_observation(text=f"Minutes of Tuesday\n{OURS}\nI prefer the train.")
    assert left(seen) == "Minutes of Tuesday\nI prefer the train."


def test_a_sentence_that_is_wrapped_is_one() -> None:
    first, second = "Works on the repository", "parcel-router, mostly in the terminal."
    lines = (a_line("Hello.", block=0), a_line(first, y=30, block=1), a_line(second, y=60, block=1))
    assert left(an_observation(lines=lines)) == "Hello."


def test_nothing_is_taken_of_an_open_export() -> None:
    assert left(an_observation(text='{"gum_export": 1}\nI prefer the train.')) == ""


def test_what_the_person_notes_is_theirs() -> None:
    note = an_observation(text=OURS, source="note")
    assert without_echoes(note, believed) is note


def test_where_nothing_is_ours_nothing_changes() -> None:
    seen = an_observation(text="Works on Tuesdays only.\nI prefer the train.")
    assert without_echoes(seen, lambda _words: []) is seen
    assert without_echoes(seen, believed) is seen


def test_of_a_long_list_of_ours_not_every_line_is_looked_up() -> None:
    asked: list[str] = []

    def nearest(words: str) -> list[str]:
        asked.append(words)
        return [words]

    rows = "\n".join(f"Works on project number{n} in the terminal." for n in range(3 * MOST_LOOKUPS))
    seen = an_observation(text=f"{rows}\nI prefer the train.")
    assert without_echoes(seen, nearest).text == "I prefer the train."
    assert len(asked) == MOST_LOOKUPS


def test_what_was_answered_goes_and_the_lines_beside_it_stay() -> None:
    seen = an_observation(text="Minutes of Tuesday\nYou prefer the train.\nI prefer the bus.")

    def spoken(lines: Sequence[str]) -> Iterable[int]:
        return [number for number, line in enumerate(lines) if line == "You prefer the train."]

    assert without_echoes(seen, lambda _words: [], spoken).text == "Minutes of Tuesday\nI prefer the bus."


def test_what_the_command_printed_goes_look_by_look() -> None:
    lines = (
        a_line("I prefer the bus.", at=NOON),
        a_line("gum-app ask Why?", y=30, at=NOON, block=1),
        a_line("I prefer the train.", y=60, at=NOON, block=2),
        a_line("I prefer the bike.", at=NOON + timedelta(minutes=1), block=3),
    )
    left_over = without_echoes(an_observation(lines=lines), lambda _words: [])
    assert left_over.text == "I prefer the bus.\nI prefer the bike."
