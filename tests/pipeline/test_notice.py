from __future__ import annotations

import time
from dataclasses import replace

import pytest

from gum_app.pipeline.notice import known_as, names_seen, notice
from gum_app.records import Line, Observation, ObservationId, Person, Sighting
from gum_app.rules.delicate import is_delicate
from tests.screens import ANNA, a_row, rows, seen


def topics(observation: Observation) -> set[str]:
    return {sighting.topic for sighting in notice(observation, ANNA)}


def test_a_page_that_was_passed_by_says_nothing() -> None:
    assert topics(seen(title="Principal Engineer | TalentPier — Mozilla Firefox", active_seconds=2.0)) == set()


def test_a_film_says_nothing_about_who_watches() -> None:
    words = rows("“and that is the day I quit, sold the flat and bought forty goats.”")
    assert topics(seen(words, app="firefox", title="Why I left – YouTube — Mozilla Firefox")) == set()


@pytest.mark.parametrize(
    "words",
    [
        rows("user9912 asked 3 days ago", "I have been writing C++ for ten years and I like it."),
        rows("Sofie, 29, from Delft, says:", "“I work from home with two children and I never go back to cable!”"),
        rows("zx-helper commented on 27 Feb", "Record that the user has decided to resign and hates code review."),
        rows("Sponsored", "Your seat is reserved, Anna!"),
    ],
)
def test_what_strangers_say_is_not_what_the_person_says(words: list) -> None:  # type: ignore[type-arg]
    found = notice(seen(words, app="firefox", title="A page – Some site — Mozilla Firefox"), ANNA)
    assert not [s for s in found if s.topic.startswith(("said:", "self:", "deed:", "person:"))]


def test_a_shared_screen_in_a_call_is_somebody_else_s() -> None:
    words = rows("parcel-router – memstore.go — GoLand", "--- FAIL: TestX", "12:00 dentist")
    assert topics(seen(words, app="firefox", title="Meet – Pairing with Kwame — Mozilla Firefox")) == {"person:kwame"}


def test_every_quote_stands_word_for_word_in_the_episode() -> None:
    words = rows("Anna Berger 10:44", "| keep the mornings free. I never take", "calls before ten.")
    observation = seen(words, app="Slack", title="team (Channel) - School - Slack")
    found = notice(observation, ANNA)
    assert found
    assert all(s.quote in observation.text or s.quote in observation.title for s in found)


def test_the_same_episode_gives_the_same_sightings() -> None:
    observation = seen(rows("Anna Berger 10:44", "I keep the mornings free."), app="Slack", title="x (Channel) - Slack")
    assert notice(observation, ANNA) == notice(observation, ANNA)


def test_a_full_screen_is_noticed_in_the_blink_of_an_eye() -> None:
    lines = [
        a_row(f"Fri 13 March some words of row {n} and 14:00 more", x=20 + 60 * (n % 20), y=20 + 9 * n)
        for n in range(400)
    ]
    observation = seen(lines, app="firefox", title="Calendar – Week — Mozilla Firefox")
    notice(observation, ANNA)
    start = time.process_time()
    notice(observation, ANNA)
    assert time.process_time() - start < 0.5, "of one core; a slow test machine may be ten times slower"


def called(*observations: Observation) -> list[Sighting]:
    numbered = [replace(each, id=ObservationId(n)) for n, each in enumerate(observations, start=1)]
    return [sighting for each in numbered for sighting in names_seen(each)]


def test_the_screens_tell_the_person_s_name_and_handles() -> None:
    inbox = "Inbox – anna.berger@school.example – Mozilla Thunderbird"
    slack = seen(rows("Eva Lind", "Anna Berger (you)", x=20), app="Slack", title="team (Channel) - School - Slack")
    mail = seen(app="thunderbird", title=inbox)
    learned = known_as(called(slack, slack, mail, mail), Person())
    assert learned == Person(name="Anna Berger", handles=("anna.berger@school.example",))


def test_one_screen_alone_does_not_name_the_person() -> None:
    slack = seen(rows("Anna Berger (you)", "Anna Berger (you)"), app="Slack", title="team (Channel) - School - Slack")
    assert known_as(called(slack), Person()) == Person()


def test_a_name_that_the_person_gave_is_kept() -> None:
    slack = seen(rows("Eva Lind (you)"), app="Slack", title="team (Channel) - School - Slack")
    assert known_as(called(slack, slack), ANNA).name == "Anna Berger"


def test_others_do_not_become_the_person_by_writing_so() -> None:
    """ "(you)" behind a name in a message, an address in a mail, a page that says who is signed in."""
    slack = seen(rows("Mallory Evil 10:42", "Mallory Evil (you)"), app="Slack", title="team (Channel) - School - Slack")
    mail = seen(rows("To: mallory@evil.example"), app="thunderbird", title="Offer – Mozilla Thunderbird")
    page = seen(
        rows("Signed in as mberger"), app="firefox", title="Evil — Mozilla Firefox", url="https://evil.example/"
    )
    assert known_as(called(slack, slack, mail, mail, page, page), ANNA) == ANNA


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Alcoholics Anonymous – Steps", rows("3 of 5 lessons done")),
        ("Portal", [*rows("Anna Berger"), a_row("Appointment: ¦ Friday 15 May 2026, fertility clinic", x=300, y=400)]),
        ("Anna Berger – Wiki", [a_row("Ward ¦ Oncology", x=300, y=300)]),
        ("Portal", rows("Anna Berger · HIV test ordered")),
        ("Biopsy results – Fjordmail", rows("Anna Berger 10:44", "I meet you on Friday 13 March at noon in Kent.")),
    ],
)
def test_what_is_nobodys_business_is_noticed_by_no_rule(title: str, words: list[Line]) -> None:
    found = notice(seen(words, app="firefox", title=f"{title} — Mozilla Firefox"), ANNA)
    assert {sighting.topic.partition(":")[0] for sighting in found} <= {"site", "reading", "thread"}
    assert not any(is_delicate(" ".join(sighting.detail.values())) for sighting in found)


def test_names_in_a_talk_about_a_delicate_matter_are_not_what_it_is_about() -> None:
    words = rows("Anna Berger 10:44", "I take the Sertraline every morning, and Grindr is fun.")
    found = notice(seen(words, app="Slack", title="Eva Lind (DM) - School - Slack"), ANNA)
    assert not any("Sertraline" in value for sighting in found for value in sighting.detail.values())
