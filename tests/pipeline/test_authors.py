"""Words under the person's name that somebody else put there: on a page, in a mail, in a message, in a document."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from gum_app.pipeline.notice import notice
from gum_app.pipeline.notice_speech import said_by_all
from gum_app.pipeline.propose_counted import propose_counted
from gum_app.pipeline.quotes import Readable
from gum_app.pipeline.scene import TYPED_KEYS, Scene
from gum_app.records import Line, Observation, Sighting
from gum_app.rules.confidence import evidence_confidence
from tests.builders import NOON
from tests.screens import ANNA, a_row, a_week, in_week, rows, seen

FORGED = "I never eat anything but raw meat."
CHAT = rows("Eva Lind 10:42", "What do you eat?", "", "Anna Berger 10:44", FORGED)
SLACK = "random (Channel) - School - Slack"
A_PAGE = {"app": "firefox", "title": f"{SLACK} — Mozilla Firefox", "url": "https://evil.example/x"}


def most_believed(observation: Observation) -> float:
    """By rules alone, of all that they conclude from it."""
    drafts = [
        draft
        for sighting in notice(observation, ANNA)
        for draft in propose_counted([sighting], person=ANNA, now=NOON + timedelta(hours=1))
    ]
    return max((evidence_confidence(d.confidence_raw, d.ceiling, d.evidence) for d in drafts), default=0.0)


def theirs(observation: Observation) -> list[str]:
    said, _ = said_by_all(Scene(observation, ANNA))
    return [" ".join(row.text for row in each.rows) for each in said if each.author == "person"]


@pytest.mark.parametrize(
    "more",
    [
        A_PAGE,  # its name is Slack and its address is not, however much is typed there
        A_PAGE | {"title": "WhatsApp — Mozilla Firefox", "keys": 900},
        A_PAGE | {"title": "A forum – Evil — Mozilla Firefox", "keys": 3},  # comments under a post
        A_PAGE | {"title": "team – Mattermost — Mozilla Firefox", "keys": 3},
        A_PAGE | {"url": None, "keys": 3},  # nothing is known of its address
        A_PAGE | {"url": None, "keys": 0, "fullscreen": True},
        A_PAGE | {"url": None, "keys": None},
        {"app": "evince", "title": "chat.pdf", "keys": 3},
        {"app": "eog", "title": "Image Viewer", "keys": None},
        {"app": "foot", "title": "less chat.txt", "keys": 5},
        {"app": "Slack", "title": SLACK, "keys": 3},  # a message that looks like two
        {"app": "", "title": "", "url": "https://evil.example/x", "keys": None},  # on another monitor
    ],
)
def test_words_under_the_person_s_name_are_theirs_only_where_they_typed(more: dict[str, Any]) -> None:
    observation = seen(CHAT, **more)
    assert theirs(observation) == []
    assert most_believed(observation) < 0.5
    found = Readable(Scene(observation, ANNA)).find(FORGED)  # by a model that is fooled
    assert found is None or found.whose == "others"


@pytest.mark.parametrize(
    "more",
    [
        {"app": "Slack", "title": SLACK},
        {"app": "Slack", "title": SLACK, "keys": None},  # where no keys are counted, the program vouches
        A_PAGE | {"url": "https://app.slack.com/client/T1"},
        A_PAGE | {"url": "https://app.slack.com/client/T1", "keys": None},
        A_PAGE | {"title": "team – Mattermost — Mozilla Firefox", "url": "https://chat.school.example/team"},
        A_PAGE | {"url": None},
    ],
)
def test_what_the_person_typed_is_theirs(more: dict[str, Any]) -> None:
    assert theirs(seen(CHAT, **more)) == [FORGED]


def a_letter(*body: str) -> list[Line]:
    head = [
        a_row("To ¦ Eva Lind <eva@x.example>", x=600, y=225),
        a_row("Subject ¦ Friday", x=600, y=260),
    ]
    return [*head, *rows(*body, x=604, y=300)]


def test_a_letter_within_a_mail_is_not_the_person_s() -> None:
    body = a_letter("I move to Oslo on 9 May.", "", "Kind regards,", "Anna Berger", "--", "Director · Acme")
    assert most_believed(seen(body, app="thunderbird", title="Offer – Thunderbird", keys=2)) < 0.5
    gmail = A_PAGE | {"title": "Inbox – Gmail — Mozilla Firefox"}
    assert most_believed(seen(body, **gmail)) < 0.5
    assert most_believed(seen(body, app="thunderbird", title="Write: Friday – Thunderbird", keys=2)) > 0.5


def test_as_many_keys_as_letters_and_the_newest_first() -> None:
    said = rows(
        "Anna Berger 10:44", "I never take calls before noon.", "", "Anna Berger 10:50", "I work best at night."
    )
    assert theirs(seen(said, app="Slack", title=SLACK, keys=25)) == ["I work best at night."]
    again = [*said, *rows("Anna Berger 10:50", "I work best at night.", at=NOON + timedelta(minutes=2))]
    assert set(theirs(seen(again, app="Slack", title=SLACK, keys=25))) == {"I work best at night."}


def test_a_page_that_calls_itself_a_document_holds_no_notes_of_the_person() -> None:
    page = A_PAGE | {"title": "My plans - Google Docs — Mozilla Firefox"}
    assert theirs(seen(rows("I move to Oslo on 9 May, for good."), **page)) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Anna Berger – School Wiki", [a_row("Manager ¦ Mallory Evil", x=300, y=300)]),
        ("Your trip", rows("Your booking to Minsk is confirmed", "Friday 13 March 2026")),
        ("Portal", rows("Anna Berger · Member of the Evil Party")),
        ("Portal", [*rows("Anna Berger"), a_row("Last day: ¦ Friday 15 May 2026", x=300, y=400)]),
        ("Lesson – Evil Academy", rows("3 of 5 lessons done")),
    ],
)
def test_what_a_page_says_of_the_person_is_its_claim_where_they_did_nothing(title: str, words: list[Line]) -> None:
    page = A_PAGE | {"title": f"{title} — Mozilla Firefox"}
    assert most_believed(seen(words, **page, keys=2)) < 0.5
    assert most_believed(seen(words, **page, keys=40)) > 0.5, "or the rule finds nothing at all"


def test_a_link_that_looks_like_a_search_is_no_search() -> None:
    page = A_PAGE | {"title": "how to hide money — Mozilla Firefox", "url": "https://evil.example/?q=hide+my+money"}
    assert most_believed(seen(rows("Results"), **page, keys=0)) < 0.5
    google = page | {"url": "https://www.google.com/search?q=hide+my+money"}
    assert most_believed(seen(rows("Results"), **google, keys=0)) < 0.5, "a page may lead there"
    assert most_believed(seen(rows("Results"), **google, keys=14)) > 0.5


ALL_OF_IT = [
    *CHAT,
    *rows("Your booking RV-77120 is confirmed for Friday 13 March 2026", "Anna Berger · Member of Evil Club", y=320),
    *rows("3 of 5 lessons done", "Error: payment to Mallory failed", "ROUTE-666: pay Mallory", y=380),
    *rows(
        '"workbench.colorTheme": "Evil Dark"', "-- INSERT --", "=VLOOKUP(A1)", "~/src/evil $", "~/src/evil $ ls", y=460
    ),
    a_row("Manager ¦ Mallory Evil", x=300, y=600),
    a_row("Last day: ¦ Friday 15 May 2026", x=300, y=640),
    *a_letter("I move to Minsk on Friday 13 March.", "Kind regards,", "Anna"),
    *a_week(9, y=800),
    *in_week(4, 10, "Pay Mallory", y=860),
]
NAMES = (
    *("Anna Berger – School Wiki", "general (Channel) - School - Slack", "WhatsApp", "Inbox – Gmail", "Evil – Teams"),
    *("Write: loan – Fjordmail", "Todoist", "Calendar – March 2026", "Evil.docx - Google Docs", "Evil – Search"),
    *("evil/router: Issue #3 · ROUTE-666", "Meet – Pairing with Mallory", "notes.md - Obsidian", "Mallory Corp Loan"),
    *("Unit 3 – Evil Academy", "code - Visual Studio Code", "Terminal"),
)


ELSEWHERE = (
    ("thunderbird", "Mallory offer – Mozilla Thunderbird"),
    ("Slack", "Mallory Evil (DM) - School - Slack"),
    ("evince", "evil.pdf"),
    ("eog", "evil.png"),
    ("libreoffice-writer", "evil.odt — LibreOffice Writer"),
    ("foot", "ssh evil.example"),
    ("zoom", "Zoom Meeting"),
)


def believed_in(observations: list[Observation]) -> set[str]:
    """Without what only says that a page or a program was in front, which is so."""
    known: dict[str, list[Sighting]] = {}
    for observation in observations:
        for sighting in notice(observation, ANNA):
            known.setdefault(sighting.topic, []).append(sighting)
    return {
        draft.text
        for sightings in known.values()
        for draft in propose_counted(sightings, person=ANNA, now=sightings[-1].at)
        if evidence_confidence(draft.confidence_raw, draft.ceiling, draft.evidence) >= 0.5
        and draft.made_by not in {"rule:reading", "rule:tool"}
    }


def days_of(*windows: dict[str, Any]) -> list[Observation]:
    made = []
    for number, (day, window) in enumerate(product(range(3), windows), start=1):
        at = NOON + timedelta(days=day, minutes=5 * number)
        made.append(seen(ALL_OF_IT, id=number, started_at=at, ended_at=at + timedelta(minutes=5), **window))
    return made


@pytest.mark.parametrize("url", ["https://evil.example/x", "https://evil.example/?q=how+to+cheat", None])
@pytest.mark.parametrize("keys", [0, TYPED_KEYS - 1, None])
def test_days_of_a_page_that_tries_everything_plant_nothing(url: str | None, keys: int | None) -> None:
    page = {"app": "firefox", "url": url, "keys": keys}
    assert believed_in(days_of(*(page | {"title": f"{name} — Mozilla Firefox"} for name in NAMES))) == set()


@pytest.mark.parametrize("keys", [0, TYPED_KEYS - 1])
def test_days_of_mails_messages_and_documents_that_try_everything_plant_nothing(keys: int) -> None:
    windows = [{"app": app, "title": title, "keys": keys} for app, title in ELSEWHERE]
    assert believed_in(days_of(*windows)) == set()
    assert believed_in(days_of(*(window | {"keys": 900} for window in windows))), "or the rules find nothing at all"
