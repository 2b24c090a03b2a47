"""Records become rows and records again, whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from gum_app.records import PERSON, ObservationId, PrivacyRule, PropositionId, Skip
from gum_app.store import rows
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON, a_verdict, an_observation, some_evidence, some_lines
from tests.store.life import a_call, a_frame, a_sighting, an_account, believe, resting_on, see
from tests.store.test_instants import instants

texts = some.text(max_size=40)

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
    feedback = a_verdict("partly", 0.6, at=MORNING_IN_TOKYO, proposition_id=proposition, made_by=PERSON)
    store.add_feedback(feedback)
    assert reading.feedback() == [feedback]
    rule = PrivacyRule(name="bank", app=None, title="(?i)bank", address=None)
    store.add_privacy_rule(rule)
    assert reading.privacy_rules() == (rule,)


@given(texts, some.lists(texts), some.lists(texts), instants, texts)
def test_an_account_comes_back_whole(
    did: str, theirs: list[str], others: list[str], at: datetime, made_by: str
) -> None:
    account = an_account(ObservationId(7), did, theirs=tuple(theirs), others=tuple(others), at=at, made_by=made_by)
    assert rows.account_of(rows.account_values(account)) == account


def test_what_the_model_is_given_and_told_and_costs_comes_back_whole(store: Store, reading: ReadingStore) -> None:
    id_ = see(store)
    frame = a_frame(id_, bytes(range(256)), at=MORNING_IN_TOKYO)
    store.put_frames(id_, [frame])
    (kept,) = store.frames_of(id_)
    assert (kept, kept.at.hour) == (frame, 9)
    account = an_account(id_, "Schrieb „Grüße“ 😀", theirs=("a", ""), others=('"',), at=MORNING_IN_TOKYO)
    store.keep_account(account, id_, NOON)
    assert reading.account(id_) == account
    call = a_call(
        at=MORNING_IN_TOKYO,
        prompt_tokens=1,
        reused_tokens=2,
        answer_tokens=3,
        pictures=4,
        pictures_reused=5,
        milliseconds=6,
        outcome="gave way",
    )
    store.add_call(call)
    assert reading.calls() == [call]


def test_ids_are_not_given_twice(store: Store) -> None:
    first = see(store, "one")
    store._database.run("DELETE FROM observations")
    assert see(store, "two") > first, "a thought under way about the first must not come to mean the second"
    proposition = believe(store, (see(store, "parcel router"), "parcel router"))
    store._database.run("DELETE FROM propositions")
    assert believe(store, (see(store, "parcel router"), "parcel router")) > proposition
    assert proposition == PropositionId(1)
