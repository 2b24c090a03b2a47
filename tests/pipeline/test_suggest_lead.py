from __future__ import annotations

from gum_app.pipeline.suggest_lead import begun_in_time
from gum_app.records import Observation
from tests.builders import NOON
from tests.pipeline.seen import a_look, a_page, known

TALK = "Did you order the internet? They need three weeks\nNot yet. Fibre from Deltanet, from 31 March"
PAGE = a_page(2, 0, "Fibre 1000", "Deltanet", "Fibre")


def a_chat(text: str = TALK, minutes_ago: float = 4) -> Observation:
    return a_look(1, minutes_ago, text, app="signal-desktop", title="Mila — Signal")


def test_what_takes_so_long_that_it_has_to_be_begun_now() -> None:
    (offer,) = begun_in_time(known(a_chat(), PAGE))
    assert offer.title == "To be there on Tuesday 31 March, it has to be ordered today"
    assert "“need three weeks”" in offer.why_now and offer.act.kind == "reminder"
    assert offer.belief < 0.5, "others said how long it takes"


def test_not_in_the_midst_of_the_talk() -> None:
    assert not list(begun_in_time(known(a_chat(minutes_ago=0))))


def test_not_where_there_is_time_or_it_is_too_late_anyway() -> None:
    assert not list(begun_in_time(known(a_chat(TALK.replace("31 March", "30 April")), PAGE)))
    assert not list(begun_in_time(known(a_chat(TALK.replace("31 March", "16 March")), PAGE)))
    assert not list(begun_in_time(known(a_chat(minutes_ago=60), PAGE, now=NOON)))


def test_not_of_what_comes_every_week_or_is_another_talk() -> None:
    assert not list(begun_in_time(known(a_chat(TALK.replace("from 31 March", "every Tuesday from 31 March")), PAGE)))
    assert not list(begun_in_time(known(a_chat("Fibre from 31 March\nThey need three weeks"), PAGE))), "said before it"
