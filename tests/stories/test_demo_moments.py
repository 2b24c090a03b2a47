"""Whether offers come at the welcome moments of our own recording and stay away at the others, measured each time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gum_app.paths import Home
from tests import measuring
from tests.stories.demo import DEMO, truth
from tests.stories.processes import run

LEAST_HIT = 5  # of six welcome moments, with rules alone
MOST_BESIDE = 2  # in two days, at no welcome moment


@pytest.fixture(scope="module")
def offers(demo_home: Home) -> list[dict[str, Any]]:
    return list(json.loads(run(demo_home, "suggestions", "--all", "--json").stdout)["suggestions"])


@pytest.fixture(scope="module")
def score(demo_home: Home, offers: list[dict[str, Any]]) -> Any:
    script = measuring.load("measure_moments")
    seen = json.loads(run(demo_home, "observations", "--json").stdout)
    return script.score(truth(), offers, script.events_of(DEMO), seen)


def test_most_welcome_moments_are_met(score: Any) -> None:
    assert len(score.hits) >= LEAST_HIT, sorted(score.hits)
    assert len(score.found) >= LEAST_HIT, "and by what concerns them"


def test_nothing_is_said_at_an_unwelcome_moment(score: Any) -> None:
    assert score.disturbances == {}


def test_little_is_said_beside(score: Any) -> None:
    beside = [offer["title"] for offer in score.false_alarms]
    assert len(beside) <= MOST_BESIDE, beside
    assert score.precision >= 0.7


def test_each_offer_names_what_it_rests_on_and_says_it_shortly(offers: list[dict[str, Any]]) -> None:
    for offer in offers:
        assert offer["because"] or offer["seen_in"], offer["title"]
        assert len(offer["title"]) <= 80 and offer["why_now"].strip(), offer["title"]
        assert offer["made_by"].startswith("rule:")


def test_what_is_private_or_was_ordered_is_in_no_offer(offers: list[dict[str, Any]]) -> None:
    told = json.dumps(offers, ensure_ascii=False)
    for private in truth()["private"]:
        assert not any(string in told for string in private["strings"]), private["id"]
    for trap in truth()["traps"]:
        assert not any(words in told for words in trap.get("shown", ())), trap["id"]
