from __future__ import annotations

from datetime import timedelta

from gum_app.pipeline.gathered import MOST_EVIDENCE, Gathered
from gum_app.records import Sighting
from tests.builders import NOON
from tests.screens import ANNA, a_sighting


def gathered(*sightings: Sighting) -> Gathered:
    return Gathered(sightings, ANNA, NOON + timedelta(days=2))


def test_an_episode_counts_once_however_often_its_words_were_read() -> None:
    known = gathered(a_sighting(seconds=60.0), a_sighting(seconds=300.0), a_sighting(number=2, seconds=120.0))
    assert len(known.episodes) == 2
    assert known.seconds == 420.0
    assert known.counted() == "2 episodes on 1 day, 7 minutes in all"


def test_the_strongest_sighting_stands_for_its_episode() -> None:
    known = gathered(a_sighting(weight=0.3, quote="weak"), a_sighting(weight=1.0, quote="strong"))
    assert [item.quote for item in known.evidence()] == ["strong"]


def test_keys_that_are_not_counted_are_unknown_and_not_none() -> None:
    assert gathered(a_sighting(detail={"keys": ""})).keys is None
    assert gathered(a_sighting(detail={"keys": "0"})).keys == 0


def test_evidence_is_bounded_and_in_the_order_of_time() -> None:
    evidence = gathered(*[a_sighting(number=n) for n in range(1, 30)]).evidence()
    assert len(evidence) == MOST_EVIDENCE
    assert [item.at for item in evidence] == sorted(item.at for item in evidence)


def test_what_took_longest_comes_first() -> None:
    known = gathered(
        a_sighting(seconds=60.0, detail={"file": "a.go"}), a_sighting(number=2, seconds=600.0, detail={"file": "b.go"})
    )
    assert known.most("file") == ["b.go", "a.go"]


def test_a_draft_carries_topic_rule_and_evidence() -> None:
    draft = gathered(a_sighting()).draft("Uses  Slack.", kind="tool", raw=1.4, half_life_days=9, why="w", rule="tool")
    assert (draft.text, draft.topic, draft.made_by, draft.confidence_raw) == (
        "Uses Slack.",
        "tool:slack",
        "rule:tool",
        1.0,
    )
