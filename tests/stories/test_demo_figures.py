"""How good the beliefs drawn from our own recording are, measured each time; the verdicts were given by a person.

`demo_verdicts.json` says of each sentence shown whether it is true of the demo's person. A sentence that has no verdict
counts as false here, so that a change of the rules must be read before it goes in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gum_app.paths import Home
from gum_app.rules.reliability import measured
from tests import measuring
from tests.stories.demo import DEMO, truth
from tests.stories.processes import run

VERDICTS = Path(__file__).parent / "demo_verdicts.json"
LEAST_TRUE, LEAST_FOUND = 0.7, 0.3
MOST_BRIER = 0.12


@pytest.fixture(scope="module")
def score(demo_home: Home) -> Any:
    script = measuring.load()
    propositions = json.loads(run(demo_home, "propositions", "--json").stdout)
    return script.score(
        truth(),
        propositions,
        titles=script.titles_of(DEMO),
        verdicts=script.read_verdicts(VERDICTS),
        shown_from=0.5,
    )


def test_most_of_what_is_shown_is_true(score: Any) -> None:
    judged = json.loads(VERDICTS.read_text(encoding="utf-8"))
    shown = [proposition["text"] for proposition in score.shown]
    assert len(shown) >= 20
    unread = [text for text in shown if text not in judged]
    assert sum(judged.get(text, False) for text in shown) / len(shown) >= LEAST_TRUE, f"not yet judged: {unread}"


def test_a_good_part_of_the_facts_is_found(score: Any) -> None:
    assert len(score.found) / len(truth()["facts"]) >= LEAST_FOUND


def test_no_trap_is_believed(score: Any) -> None:
    assert score.traps == {}


def test_how_sure_it_is_shown_is_not_far_from_how_right_it_is(score: Any) -> None:
    figures = measured(measuring.load().points_of(score))
    assert figures.brier is not None and figures.brier < MOST_BRIER, "few are false, so most of it is modesty"


def test_each_sentence_is_about_a_person_and_rests_on_words(score: Any) -> None:
    for proposition in score.shown:
        assert proposition["evidence"], proposition["text"]
        assert not proposition["text"].casefold().startswith(("the window", "a window", "the screen")), proposition[
            "text"
        ]
