from __future__ import annotations

from datetime import date

import pytest

from gum_app.rules.layout import Segment
from gum_app.rules.mails import composed, read_mail, replied
from gum_app.rules.speech import sentences
from tests.screens import ANNA, a_row, a_screen, rows


def a_compose_window(*body: str) -> tuple[Segment, ...]:
    return a_screen(
        [a_row("From ¦ Anna Berger <anna.berger@school.example>", x=600, y=190)],
        [a_row("To ¦ Eva Lind <eva@x.example>", x=600, y=225)],
        [a_row("Subject ¦ Friday", x=600, y=260)],
        rows(*body, x=604, y=300),
        rows("5 companies are looking for you", "Dear Anna, we close the shop", x=250, y=300),
    )


def test_a_compose_window_holds_the_person_s_own_words_without_greeting_and_closing() -> None:
    mail = composed(
        a_compose_window("Hi Eva,", "", "Friday is fine. I never work on Mondays.", "", "Kind regards,", "Anna"), ANNA
    )
    assert mail is not None and mail.said is not None
    assert [s.text for s in sentences(mail.said)] == ["Friday is fine.", "I never work on Mondays."]
    assert (mail.to, mail.said.author) == ("Eva Lind", "person")


def test_what_stands_below_the_own_name_is_the_signature() -> None:
    mail = composed(
        a_compose_window("Friday is fine.", "", "Anna", "", "Anna Berger · Year 4", "No calls before 10 please"), ANNA
    )
    assert mail is not None
    assert [row.text for row in mail.signature] == ["Anna Berger · Year 4", "No calls before 10 please"]


def test_what_was_written_before_is_left_out() -> None:
    mail = composed(a_compose_window("Yes.", "On 3 May 2026, Eva Lind wrote:", "I moved to Spain."), ANNA)
    assert mail is not None and mail.said is not None
    assert [s.text for s in sentences(mail.said)] == ["Yes."]


def test_a_screen_without_the_fields_of_a_mail_is_no_compose_window() -> None:
    assert composed(a_screen(rows("Dear diary,", "today I slept.")), ANNA) is None


def test_the_mail_that_is_read_is_the_sender_s() -> None:
    look = a_screen(
        [a_row("Maas Rentals <info@maas.example>", x=700, y=150)],
        [a_row("to anna.berger@school.example", x=700, y=172)],
        rows("Dear Ms Berger,", "the keys are handed over on 28 March.", x=702, y=210),
    )
    mail = read_mail(look, ANNA)
    assert mail is not None and mail.said is not None
    assert (mail.sender, mail.said.author) == ("Maas Rentals", "other")


def test_the_sender_may_stand_before_the_person_s_name_or_above_me() -> None:
    for head in (["Eva Lind to Anna Berger · Wed 17:48"], ["Eva Lind", "to me"]):
        mail = read_mail(a_screen(rows(*head, "the site visit stands.", x=700)), ANNA)
        assert mail is not None
        assert mail.sender == "Eva Lind"


def test_an_answer_below_the_mail_is_the_person_s() -> None:
    look = a_screen(
        [a_row("Maas Rentals <info@maas.example>", x=700, y=150)],
        rows("Please confirm by reply.", x=702, y=210),
        rows("To: info@maas.example", "Dear Ms Maas,", "Monday 30 March is fine for us.", x=700, y=500),
    )
    answer, read = replied(look, ANNA), read_mail(look, ANNA)
    assert answer is not None and answer.said is not None
    assert [s.text for s in sentences(answer.said)] == ["Monday 30 March is fine for us."]
    assert read is not None and read.said is not None
    assert [s.text for s in sentences(read.said)] == ["Please confirm by reply."]


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("Mon 2 March 2026, 14:05", date(2026, 3, 2)),
        ("Date: 2026-03-02", date(2026, 3, 2)),
        ("Sent: Monday, March 2, 2026 14:05", date(2026, 3, 2)),
        ("Wed 17:48", date(2026, 3, 4)),
        ("Yesterday 09:12", date(2026, 3, 9)),
        ("Gesendet: gestern", date(2026, 3, 9)),
        ("Tuesday 17 March 2026, 09:00", None),  # still to come: no day on which it was sent
        ("The visit is on 2 March", None),  # neither a clock nor a label: it may be what the mail is about
    ],
)
def test_the_day_of_a_mail_stands_at_its_head(row: str, day: date | None) -> None:
    look = a_screen(
        [a_row("Eva Lind <eva@x.example>", x=700, y=150)],
        [a_row(row, x=1200, y=150)],
        rows("Dear Anna,", "we come next Friday.", x=702, y=260),
    )
    mail = read_mail(look, ANNA)
    assert mail is not None and mail.said is not None
    assert mail.said.said_on == day
