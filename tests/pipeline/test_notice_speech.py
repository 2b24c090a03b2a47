from __future__ import annotations

import pytest

from gum_app.pipeline.notice_speech import notice_speech
from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Sighting
from tests.screens import ANNA, a_row, rows, seen


def noticed(observation: Observation) -> list[Sighting]:
    return list(notice_speech(Scene(observation, ANNA)))


def texts(found: list[Sighting]) -> list[str]:
    return [sighting.detail["text"] for sighting in found if sighting.topic.startswith("said:")]


def a_mail(*body: str) -> Observation:
    fields = [
        a_row("From ¦ Anna Berger <anna.berger@school.example>", x=600, y=190),
        a_row("To ¦ Eva Lind <eva@x.example>", x=600, y=225),
        a_row("Subject ¦ Friday", x=600, y=260),
    ]
    return seen(fields, rows(*body, x=604, y=300), app="thunderbird", title="Write: Friday – Thunderbird")


def test_a_note_to_the_app_weighs_most_and_is_always_kept() -> None:
    (sighting,) = noticed(
        seen([a_row("Between ten and twelve keep quiet.", x=0, y=0)], source="note", app="gum-app", title="")
    )
    assert (sighting.weight, sighting.detail["lead"]) == (1.0, "Told this app")


def test_own_messages_speak_and_those_of_others_do_not() -> None:
    words = rows("Eva Lind 10:42", "I like loud music.", "", "Anna Berger 10:44", "I eat everything that is not meat.")
    found = noticed(seen(words, app="Slack", title="random (Channel) - School - Slack"))
    assert texts(found) == ["I eat everything that is not meat."]
    assert [s.topic for s in found if s.topic.startswith("channel:")] == ["channel:random"]


def test_a_mail_tells_to_whom_and_what_and_when() -> None:
    found = noticed(a_mail("Hi Eva,", "I fly on Friday 13 March to Oslo.", "", "Kind regards,", "Anna"))
    assert texts(found) == ["I fly on Friday 13 March to Oslo."]
    assert [s.value for s in found if s.topic.startswith("said:")] == ["2026-03-13"]
    assert [s.detail["how"] for s in found if s.topic == "person:eva-lind"] == ["mailed"]


def test_a_moved_day_keeps_the_topic() -> None:
    first, second = (noticed(a_mail("", f"The visit is on {day} at ten for us."))[0] for day in ("5 May", "12 May"))
    assert first.topic == second.topic
    assert first.value != second.value


def test_a_day_that_is_taken_back_or_over_is_no_day_ahead() -> None:
    (sighting,) = [s for s in noticed(a_mail("", "Sinéad starts on the 12th, not the 11th.")) if s.value]
    assert sighting.value == "2026-03-12"
    assert not any(s.value for s in noticed(a_mail("", "I asked you on the 16th and the trays arrived on Tuesday.")))


def test_notes_in_a_document_count_when_something_is_written_in_it() -> None:
    words = rows("- next: histogram, staging by Fri 20 March", "func main() {")
    title = "tmux: main — nvim onboarding.md"
    assert texts(noticed(seen(words, app="foot", title=title))) == ["next: histogram, staging by Fri 20 March"]
    assert texts(noticed(seen(words, app="foot", title=title, keys=3))) == []
    assert texts(noticed(seen(words, app="xreader", title="contract.pdf"))) == []


def test_a_reply_is_written_to_the_sender_of_the_mail_above() -> None:
    words = [
        a_row("Maas Rentals <info@maas.example>", x=700, y=150),
        *rows("Please confirm by reply.", x=702, y=210),
        *rows("To: info@maas.example", "Dear Ms Maas,", "Monday 30 March is fine for us.", x=700, y=500),
    ]
    found = noticed(seen(words, app="firefox", title="CHANGE: keys – Fjordmail — Mozilla Firefox"))
    assert "person:maa-rental" in {s.topic for s in found}


def test_what_a_mail_claims_weighs_little_and_phishing_nothing() -> None:
    head = [a_row("Maas Rentals <info@maas.example>", x=700, y=150)]
    body = rows("The handover of keys moves to Monday 30 March.", x=702, y=210)
    title = "Keys – Fjordmail — Mozilla Firefox"
    (claim,) = noticed(seen(head, body, app="firefox", title=title))
    assert (claim.topic.split(":")[0], claim.weight) == ("mail", 0.3)
    warning = rows("This message comes from outside Fernwick.", x=702, y=400)
    assert noticed(seen(head, body, warning, app="firefox", title=title)) == []


def test_a_reviewer_is_named_in_full_where_the_page_shows_the_name() -> None:
    words = [
        *rows(
            "aberger opened 10:44",
            "This raises the timeout.",
            "",
            "dlind requested changes 11:24",
            "Measure first, please.",
        ),
        a_row("Dora Lind changes requested", x=1500, y=250),
    ]
    title = "Raise timeouts · routing/parcel-router — Mozilla Firefox"
    found = noticed(seen(words, app="firefox", title=title))
    assert [s.detail["name"] for s in found if s.detail.get("how") == "reviewed"] == ["Dora Lind"]


def test_a_message_from_somebody_is_weak_evidence_of_knowing_them() -> None:
    (sighting,) = noticed(seen(app="Signal", title="Mila", source="notification", active_seconds=0.0))
    assert (sighting.topic, sighting.weight) == ("person:mila", 0.3)


@pytest.mark.parametrize(
    ("sent", "day"),
    [("Sat 7 March 2026, 14:05", "2026-03-13"), ("Mon 2 March 2026, 14:05", ""), ("", "2026-03-13")],
)
def test_a_day_in_a_mail_is_reckoned_from_the_day_of_the_mail(sent: str, day: str) -> None:
    """It is Tuesday the 10th. "Next Friday" of a mail of last Monday has been."""
    head = [a_row("Eva Lind <eva@x.example>", x=700, y=150), *([a_row(sent, x=1200, y=150)] if sent else [])]
    body = rows("We hand over the keys next Friday.", x=702, y=260)
    found = noticed(seen(head, body, app="firefox", title="Keys – Fjordmail — Mozilla Firefox"))
    assert [s.detail["day"] for s in found if s.topic.startswith("mail:")] == ([day] if day else [])
