"""What may be drawn, when it is offered, and how new curves reach what is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gum_app.records import PERSON, Curve, PropositionId, SpotCheckId
from gum_app.rules.curves import curve_of, shown
from gum_app.store import verdicts
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, a_spot_check, a_verdict

TODAY = NOON + timedelta(days=8)
HARSH = {"": Curve(source="", intercept=-1.0), "rule:kind": Curve(source="rule:kind", intercept=0.5)}


def believe_many(store: Store, number: int = 12, **more: Any) -> list[PropositionId]:
    return store.add_revisions(a_revision(text=f"Likes tea {n}.", topic=f"tea:{n}", **more) for n in range(number))


def show(made_by: str, evidence: float, ceiling: float) -> float:
    return shown(evidence, ceiling, curve_of(made_by, HARSH))


def learn(store: Store) -> None:
    store.put_curves(list(HARSH.values()))
    while store.recalibrate(show):
        pass


def test_only_what_is_inferred_and_was_not_judged_lately_may_be_drawn(store: Store) -> None:
    ids = believe_many(store, 8)
    for id_, kind in zip(ids, ("confirmed", "edited", "rejected"), strict=False):
        store.add_revisions([a_revision(kind, proposition_id=id_, made_by=PERSON)])
    store.add_revisions([a_revision("retired", proposition_id=ids[3])])
    store.add_feedback(a_verdict("partly", proposition_id=ids[4]))
    store.add_spot_checks([a_spot_check(proposition_id=ids[5], skipped=True)])
    store.add_revisions([a_revision("doubted", proposition_id=ids[6])])
    told = store.add_revisions([a_revision(made_by=PERSON, topic="told", text="Sings.")])[0]
    assert [each.id for each in store.candidates(TODAY)] == [ids[6], ids[7]]
    later = [each.id for each in store.candidates(NOON + timedelta(days=91))]
    assert later == ids[4:] and told not in later


def test_a_spot_check_is_offered_once_a_week_and_only_when_there_is_enough_to_judge(store: Store) -> None:
    believe_many(store, 9)
    assert not store.spot_check_is_welcome(TODAY)
    store.add_revisions([a_revision(text="Likes coffee.", topic="coffee")])
    assert not store.spot_check_is_welcome(NOON + timedelta(days=6)), "nothing is a week old"
    assert store.spot_check_is_welcome(TODAY)
    store.put_spot_check_offered(TODAY)
    assert not store.spot_check_is_welcome(TODAY + timedelta(days=6))
    assert store.spot_check_is_welcome(TODAY + timedelta(days=7))
    store.add_spot_checks([a_spot_check(drawn_at=TODAY + timedelta(days=7))])
    assert not store.spot_check_is_welcome(TODAY + timedelta(days=8))


def test_new_curves_reach_what_is_shown_in_batches_and_what_is_added_meanwhile_follows_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "AT_ONCE", 5)
    ids = [*believe_many(store), *believe_many(store, 1, made_by="rule:kind")]
    store.put_curves(list(HARSH.values()))
    assert store.recalibrate(show)
    new = store.add_revisions([a_revision(topic="new", text="Sings.")])[0]
    assert store.integrity() == [], "those that wait are not compared"
    batches = 1
    while store.recalibrate(show):
        batches += 1
    assert batches == 3
    now = {id_: store.proposition(id_) for id_ in (ids[0], ids[-1], new)}
    assert [each.confidence for each in now.values() if each] == [
        show("rule:project", 0.5, 0.9),
        show("rule:kind", 0.5, 0.9),
        show("rule:project", 0.5, 0.9),
    ]
    assert all(each is not None and each.confidence_evidence == 0.5 for each in now.values())
    assert store.integrity() == []
    assert not store.recalibrate(show), "it is done"


def test_the_persons_word_is_not_recalibrated(store: Store) -> None:
    told = store.add_revisions([a_revision(made_by=PERSON, topic="told", text="Sings.")])[0]
    (seen,) = believe_many(store, 1)
    store.add_revisions([a_revision("confirmed", proposition_id=seen, made_by=PERSON)])
    learn(store)
    for id_ in (told, seen):
        belief = store.proposition(id_)
        assert belief is not None and belief.confidence == 0.99
    assert store.integrity() == []


def test_a_number_that_does_not_follow_from_revisions_and_curves_is_found(store: Store) -> None:
    believe_many(store, 3)
    learn(store)
    store.put_curves([Curve(source="")])
    while store.recalibrate(lambda *_: 0.123):
        pass
    assert len(store.integrity()) == 3


def test_forgetting_a_proposition_takes_its_verdicts_and_its_draws(store: Store) -> None:
    gone, kept = believe_many(store, 2)
    store.add_spot_checks([a_spot_check(proposition_id=gone), a_spot_check(proposition_id=kept)])
    store.add_feedback(a_verdict(proposition_id=gone, spot_check=SpotCheckId(1)))
    store.forget(ForgetScope(proposition_id=gone), at=NOON)
    assert [check.proposition_id for check in store.spot_checks()] == [kept]
    assert store.feedback() == []
    learn(store)
    store.forget(ForgetScope(everything=True), at=NOON)
    assert (store.spot_checks(), store.curves()) == ([], {})
