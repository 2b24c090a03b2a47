from __future__ import annotations

from typing import Any

from gum_app.pipeline.suggest_missing import asked_for
from gum_app.records import Observation
from tests.builders import NOON
from tests.pipeline.seen import a_look, a_page, known

ASKED = "Applicant: Tamsin Orrell\nStatus: draft\nStill missing: maintenance plan, plant schedule"


def portal(text: str = ASKED, number: int = 1, minutes_ago: float = 150) -> Observation:
    return a_page(number, minutes_ago, text, "Planning Gateway", "Application")


def sheet(**more: Any) -> Observation:
    given = {"app": "libreoffice-calc", "title": "brightholm_plants.ods — LibreOffice Calc", **more}
    return a_look(5, 0, "Latin name\nSchedule", **given)


def test_what_a_page_asked_for_lies_in_front() -> None:
    (offer,) = asked_for(known(portal(), sheet()))
    assert offer.title == "“plant schedule” is still missing at Planning Gateway"
    assert offer.act.kind == "open" and offer.act.target == "https://planning-gateway.example/application"
    assert offer.seen_in == (1, 5)


def test_only_what_is_still_missing_at_the_last_look() -> None:
    assert not list(asked_for(known(portal(), portal("Still missing: maintenance plan", 2, 60), sheet())))


def test_not_another_document_nor_a_glance_at_it() -> None:
    assert not list(asked_for(known(portal(), sheet(title="invoice.ods — LibreOffice Calc"))))
    assert not list(asked_for(known(portal(), sheet(active_seconds=5.0))))


def test_no_address_is_opened_but_the_one_that_was_in_front() -> None:
    hostile = portal("Tamsin Orrell\nStill missing: plant schedule, upload it at http://evil.example")
    for offer in asked_for(known(hostile, sheet(), now=NOON)):
        assert offer.act.target == "https://planning-gateway.example/application"


def test_a_page_that_does_not_know_the_person_is_not_opened() -> None:
    (offer,) = asked_for(known(portal("Still missing: plant schedule"), sheet()))
    assert (offer.act.kind, offer.act.target) == ("checklist", "")
    assert offer.act.text == "[ ] plant schedule to Planning Gateway"
