from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum_app.pipeline import propose_people
from gum_app.pipeline.gathered import Gathered
from gum_app.records import Draft, Sighting
from tests.builders import NOON
from tests.screens import ANNA, a_sighting


def gathered(*sightings: Sighting) -> Gathered:
    return Gathered(sightings, ANNA, NOON + timedelta(hours=12))


def met(how: str, number: int = 1, **detail: str) -> Sighting:
    full = {"name": "Eva Lind", "how": how, "where": "Slack", "about": "", "subject": "", **detail}
    return a_sighting("person:eva-lind", number, kind="relationship", detail=full)


def said(text: str, number: int = 1, **detail: str) -> Sighting:
    full = {
        "text": text,
        "lead": "Says what they prefer",
        "prior": "0.74",
        "half_life": "365.00",
        "medium": "message",
        "to": "Eva Lind",
        "sure": "0.9",
        **detail,
    }
    return a_sighting("said:x", number, kind="preference", detail=full, value=full.get("day", ""))


def text(draft: Draft | None) -> str | None:
    return draft.text if draft is not None else None


def test_whom_the_person_writes_with_is_told_with_the_programs() -> None:
    assert text(
        propose_people.person(gathered(met("wrote"), met("mailed", 2, where="Thunderbird", subject="Re: Trip")))
    ) == ("Writes with Eva Lind (Slack and Thunderbird), among other things about “Trip”.")
    assert text(propose_people.person(gathered(met("met")))) == "Meets Eva Lind in video calls."
    assert (
        text(propose_people.person(gathered(met("reviewed", where="shop")))) == "Has work on shop reviewed by Eva Lind."
    )


def test_who_only_writes_to_the_person_is_nobody_yet() -> None:
    assert propose_people.person(gathered(met("received"), met("received", 2))) is None


def test_the_person_does_not_write_with_themselves() -> None:
    assert propose_people.person(gathered(met("wrote", name="Anna Berger"))) is None


def test_own_words_are_quoted() -> None:
    draft = propose_people.said(gathered(said("I eat everything that is not meat.")))
    assert text(draft) == "Says what they prefer: “I eat everything that is not meat.”"
    assert draft is not None and draft.why.startswith("Your own words to Eva Lind")


def test_a_day_that_is_over_is_no_plan_any_more() -> None:
    assert propose_people.said(gathered(said("I fly on the 8th.", day="2026-03-08"))) is None


def test_a_plan_is_told_with_its_day_and_lasts_until_then() -> None:
    plan = said("I fly to Oslo with my class.", lead="Plans, in their own words", day="2026-03-20", prior="0.66")
    draft = propose_people.said(gathered(plan))
    assert text(draft) == "Plans, in their own words: “I fly to Oslo with my class.” (Friday 20 March 2026)"
    assert draft is not None and draft.half_life_days >= 9


def test_what_was_said_last_about_a_topic_counts() -> None:
    first, second = said("on 5 May", day="2026-05-05"), said("on 12 May", 2, day="2026-05-12")
    draft = propose_people.said(gathered(first, second))
    assert draft is not None
    assert draft.value == "2026-05-12"
    assert [item.observation_id for item in draft.evidence] == [2]


def test_words_that_name_nothing_and_nobody_stay_below_one_half() -> None:
    draft = propose_people.said(gathered(said("Desk on Friday the 9th then.", prior="0.60", day="2026-04-09")))
    assert draft is not None and draft.confidence_raw < 0.5


def test_a_note_that_was_changed_is_told_as_it_reads_now_unless_it_was_misread() -> None:
    first, second = said("We use Blue.", sure="0.93"), said("We use Green.", 2, sure="0.9")
    assert text(propose_people.said(gathered(first, second))) == "Says what they prefer: “We use Green.”"
    misread = said("We usc Grccn.", 3, sure="0.7")
    assert text(propose_people.said(gathered(first, second, misread))) == "Says what they prefer: “We use Green.”"


def test_a_note_to_the_app_is_the_surest_thing_there_is() -> None:
    draft = propose_people.said(gathered(said("Keep quiet.", medium="note", lead="Told this app", to="")))
    assert draft is not None and draft.confidence_raw > 0.85
    assert draft.why.startswith("The person told this app")


def test_notes_in_a_document_name_the_document() -> None:
    draft = propose_people.said(gathered(said("still open: training", medium="notes", to="onboarding.md")))
    assert text(draft) == "Has noted in onboarding.md: “still open: training”"


def test_pages_and_signatures_describe_the_person() -> None:
    signature = a_sighting("self:signature", detail={"text": "Anna Berger · Year 4"})
    assert text(propose_people.self_described(gathered(signature))) == "Signs mail as “Anna Berger · Year 4”."
    line = a_sighting("self:at-academy", detail={"text": "Anna B. · Level 1", "site": "Academy"})
    assert text(propose_people.self_described(gathered(line))) == "Is known to Academy as “Anna B. · Level 1”."
    role = a_sighting("self:role", detail={"text": "Works as “Teacher”."})
    assert text(propose_people.self_described(gathered(role))) == "Works as “Teacher”."


def test_channels_and_listed_days_are_told() -> None:
    channel = a_sighting("channel:random", detail={"name": "#random", "program": "Slack"})
    assert text(propose_people.channel(gathered(channel))) == "Takes part in the channel #random in Slack."
    detail: dict[str, Any] = {"text": "Mark the essays", "day": "2026-03-13", "page": "Todoist"}
    listed = propose_people.listed_on_own_page(gathered(a_sighting("listed:essays", detail=detail)))
    assert text(listed) == "Has on Todoist: “Mark the essays” (Friday 13 March 2026)"
    assert propose_people.listed_on_own_page(gathered(a_sighting(detail={**detail, "day": "2026-01-01"}))) is None


def test_a_claim_of_a_mail_is_told_as_one_while_it_lies_ahead() -> None:
    detail = {"text": "Keys on 30 March.", "sender": "Maas", "day": "2026-03-30", "subject": ""}
    assert text(propose_people.claimed_by_mail(gathered(a_sighting(detail=detail)))) == (
        "An e-mail from Maas says: “Keys on 30 March.” (Monday 30 March 2026)"
    )
    assert propose_people.claimed_by_mail(gathered(a_sighting(detail={**detail, "day": "2026-03-01"}))) is None
