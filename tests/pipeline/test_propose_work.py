from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum_app.pipeline import propose_work
from gum_app.pipeline.gathered import Gathered
from gum_app.records import Sighting
from tests.builders import NOON
from tests.screens import ANNA, a_sighting


def known(topic: str, count: int = 3, seconds: float = 300.0, weight: float = 1.0, **detail: Any) -> Gathered:
    worked = {"keys": "200", "hour": "10", **{name: str(value) for name, value in detail.items()}}
    many = [a_sighting(topic, n + 1, seconds=seconds, weight=weight, detail=worked) for n in range(count)]
    return Gathered(tuple(many), ANNA, NOON + timedelta(days=1))


def text(draft: Any) -> str | None:
    return draft.text if draft is not None else None


def test_a_program_counts_after_some_time_in_front() -> None:
    assert text(propose_work.tool(known("tool:slack", name="Slack", kind="chat"))) == "Uses Slack to talk to people."
    assert propose_work.tool(known("tool:slack", 1, name="Slack", kind="chat")) is None


def test_a_document_counts_when_something_was_written() -> None:
    detail: dict[str, Any] = {"name": "close.ods", "program": "LibreOffice Calc", "ending": "ods"}
    assert text(propose_work.document(known("document:close.ods", **detail))) == (
        "Works on the spreadsheet close.ods in LibreOffice Calc."
    )
    assert propose_work.document(known("document:close.ods", **{**detail, "keys": 0})) is None


def test_a_repository_needs_work_in_it_and_not_only_its_pages() -> None:
    detail: dict[str, Any] = {"name": "parcel-router", "program": "Visual Studio Code"}
    assert text(propose_work.project(known("project:parcel-router", **detail))) == (
        "Works on the repository parcel-router, mostly in Visual Studio Code."
    )
    assert propose_work.project(known("project:clockwerk", weight=0.7, **detail)) is None


def test_a_ticket_is_finished_when_the_person_says_so() -> None:
    detail: dict[str, Any] = {"name": "ROUTE-418", "title": "Flaky test", "tracked": "yes"}
    assert (
        text(propose_work.ticket(known("ticket:route-418", **detail)))
        == "Works on the ticket ROUTE-418 (“Flaky test”)."
    )
    done = a_sighting("ticket:route-418", 9, value="done", detail=detail)
    sightings = (*known("ticket:route-418", **detail).sightings, done)
    draft = propose_work.ticket(Gathered(sightings, ANNA, NOON))
    assert draft is not None
    assert (draft.text, draft.value) == ("Has finished the ticket ROUTE-418 (“Flaky test”).", "done")


def test_a_number_that_only_looks_like_a_ticket_is_none() -> None:
    assert propose_work.ticket(known("ticket:w1-2", 2, name="W1-2", title="", tracked="")) is None


def test_a_language_of_the_evening_is_said_to_be_one() -> None:
    assert text(propose_work.language(known("language:rust", name="Rust", file="main.rs", hour=21))) == (
        "Writes Rust, mostly in the evening."
    )


def test_pages_with_little_typing_are_read_and_the_others_worked_with() -> None:
    page: dict[str, Any] = {"site": "Madeira Trails", "page": "Trail status", "name": "Madeira Trails"}
    assert text(propose_work.reading(known("reading:madeira", keys=3, **page))) == (
        "Reads about “Trail status” on Madeira Trails."
    )
    assert propose_work.reading(known("reading:madeira", keys=900, **page)) is None
    assert propose_work.site(known("site:madeira", keys=3, **page)) is None


def test_pages_of_own_affairs_are_not_reading() -> None:
    assert propose_work.reading(known("reading:x", keys=1, site="Vans", page="My booking RV-77120")) is None


def test_a_search_is_one() -> None:
    assert text(propose_work.search(known("search:vat", 1, name="reverse charge VAT"))) == (
        "Has looked up “reverse charge VAT”."
    )


def test_a_name_in_two_programs_is_something_the_person_is_busy_with() -> None:
    one = known("thread:corrib", name="Corrib Timber", where="Thunderbird", kind="mail").sightings
    two = known("thread:corrib", name="Corrib Timber", where="LedgerNest", kind="page").sightings
    other = [a_sighting("thread:corrib", 7 + n, detail=s.detail) for n, s in enumerate(two)]
    draft = propose_work.thread(Gathered((*one, *other), ANNA, NOON))
    assert text(draft) == "Is busy with “Corrib Timber” (Thunderbird and LedgerNest)."
    assert propose_work.thread(known("thread:anna", name="Anna Berger", where="Wiki", kind="page")) is None


def test_only_what_goes_wrong_again_is_a_trouble() -> None:
    detail: dict[str, Any] = {"name": "Pipeline #8 failed", "times": 1, "test": "", "where": "the terminal"}
    assert (
        text(propose_work.error(known("error:pipeline", **detail))) == "Has run into “Pipeline failed” again and again."
    )
    assert propose_work.error(known("error:pipeline", 2, **detail)) is None
    assert propose_work.error(known("error:n/a", 1, **{**detail, "times": 11})) is None


def test_tastes_in_tools_are_preferences() -> None:
    vim = propose_work.preference(known("preference:vim-keys", program="Visual Studio Code"))
    assert text(vim) == "Works with Vim keys in Visual Studio Code."
    theme: list[Sighting] = [a_sighting("preference:theme", detail={"name": "Gruvbox"})]
    assert text(propose_work.preference(Gathered(tuple(theme), ANNA, NOON))) == (
        "Has chosen the colour theme “Gruvbox” in the editor."
    )
    sheet = propose_work.preference(known("preference:formulas", 2, names="COUNTIF|XLOOKUP"))
    assert text(sheet) == "Builds spreadsheets with formulas such as COUNTIF and XLOOKUP."
