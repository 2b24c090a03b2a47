"""Records become rows and records again, whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from gum_app.records import PERSON, Feedback, PrivacyRule, PropositionId, Skip
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON, an_observation, some_evidence, some_lines
from tests.store.life import a_sighting, believe, resting_on, see

MORNING_IN_TOKYO = datetime(2026, 3, 11, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))


def test_an_observation_comes_back_whole(store: Store, reading: ReadingStore) -> None:
    seen = an_observation(
        source="notification",
        url="https://example.org/ä?x=1#y",
        started_at=MORNING_IN_TOKYO,
        ended_at=MORNING_IN_TOKYO + timedelta(minutes=3),
        keys=12,
        fullscreen=True,
        in_call=True,
        dark_share=0.25,
        lines=some_lines("the router\nis up 😀", at=MORNING_IN_TOKYO, monitor=1),
    )
    id_ = store.open_observation(seen)
    kept = reading.observation(id_)
    assert kept == replace(seen, id=id_)
    assert kept is not None
    assert kept.started_at.hour == 9, "the wall clock of the person, not of Greenwich"


def test_what_is_unknown_stays_unknown(store: Store, reading: ReadingStore) -> None:
    id_ = store.open_observation(an_observation(url=None, keys=None, dark_share=None))
    kept = reading.observation(id_)
    assert kept is not None
    assert (kept.url, kept.keys, kept.dark_share) == (None, None, None)


def test_a_sighting_comes_back_whole(store: Store) -> None:
    id_ = see(store, "due 30 March")
    sighting = a_sighting(
        id_,
        "due 30 March",
        at=MORNING_IN_TOKYO,
        value="2026-03-30",
        supports=False,
        weight=0.5,
        seconds=7.5,
        detail={"who": "Ann", "ä": "“"},
    )
    store.digest([id_], sightings=[sighting], revisions=[], at=NOON)
    assert store.sightings([sighting.topic]) == {sighting.topic: [sighting]}


def test_a_revision_and_its_evidence_come_back_whole(store: Store, reading: ReadingStore) -> None:
    id_ = see(store, "parcel router")
    revision = replace(
        resting_on((id_, "parcel router"), at=MORNING_IN_TOKYO, value="v", made_by="model:x"),
        evidence=(some_evidence("a stranger's words", observation_id=id_, supports=False, weight=0.25, app="x"),),
    )
    (proposition_id,) = store.add_revisions([revision])
    proposition = reading.proposition(proposition_id)
    assert proposition is not None
    (kept,) = proposition.revisions
    assert kept == replace(revision, id=kept.id, proposition_id=proposition_id)


def test_skips_feedback_and_privacy_rules_come_back_whole(store: Store, reading: ReadingStore) -> None:
    skip = Skip(started_at=MORNING_IN_TOKYO, ended_at=MORNING_IN_TOKYO, rule="private window", count=3)
    store.add_skip(skip)
    assert reading.skips() == [skip]
    proposition = believe(store, (see(store, "parcel router"), "parcel router"))
    feedback = Feedback(
        at=MORNING_IN_TOKYO, proposition_id=proposition, verdict="partly", confidence_shown=0.6, made_by=PERSON
    )
    store.add_feedback(feedback)
    assert reading.feedback() == [feedback]
    rule = PrivacyRule(name="bank", app=None, title="(?i)bank", address=None)
    store.add_privacy_rule(rule)
    assert reading.privacy_rules() == (rule,)


def test_ids_are_not_given_twice(store: Store) -> None:
    first = see(store, "one")
    store._database.run("DELETE FROM observations")
    assert see(store, "two") > first, "a thought under way about the first must not come to mean the second"
    proposition = believe(store, (see(store, "parcel router"), "parcel router"))
    store._database.run("DELETE FROM propositions")
    assert believe(store, (see(store, "parcel router"), "parcel router")) > proposition
    assert proposition == PropositionId(1)
