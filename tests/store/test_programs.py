"""What programs may be told and were told, on a real file; and that forgetting takes the words along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gum_app.records import Disclosure, Grant, PropositionId
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON
from tests.store.life import a_sighting, believe, see

ASKED = Grant(client="claude", asked_at=NOON)
GIVEN = Grant(
    client="claude",
    asked_at=NOON,
    given_at=NOON + timedelta(minutes=1),
    kinds=frozenset({"task", "plan"}),
    days=30,
    quotes=True,
    activity=True,
    pseudonyms=True,
)


@pytest.fixture
def router(store: Store) -> PropositionId:
    return believe(store, (see(store, "parcel router"), "parcel router"))


def tell(store: Store, *told: PropositionId, question: str = "router") -> None:
    store.add_disclosure(Disclosure(client="claude", at=NOON, verb="context", question=question, propositions=told))


def test_a_grant_takes_the_place_of_the_one_before(store: Store) -> None:
    assert (store.grants(), store.grant("claude")) == ([], None)
    store.put_grant(ASKED)
    assert store.grants() == [ASKED]
    store.put_grant(GIVEN)
    assert store.grants() == [GIVEN]
    assert store.grant("Claude") is None, "a name is not guessed at"


def test_it_holds_from_the_giving_to_the_taking_back() -> None:
    revoked = Grant(client="claude", asked_at=NOON, given_at=NOON, revoked_at=NOON)
    assert [grant.holds for grant in (ASKED, GIVEN, revoked)] == [False, True, False]


def test_disclosures_tell_who_was_told_what_the_newest_first(store: Store, router: PropositionId) -> None:
    tell(store, router)
    tell(store, question="tea")
    assert [(each.question, each.propositions, each.at) for each in store.disclosures()] == [
        ("tea", (), NOON),
        ("router", (router,), NOON),
    ]
    assert [each.question for each in store.disclosures(limit=1)] == ["tea"]


def test_texts_are_read_as_they_are_now(store: Store, router: PropositionId) -> None:
    assert store.texts_of([router, router, PropositionId(99)]) == {router: "Works on the parcel router."}


def test_the_question_goes_with_what_was_told_for_it(store: Store, router: PropositionId) -> None:
    tea = believe(store, (see(store, "a pot of tea"), "a pot of tea"), text="Likes tea.", topic="tea")
    tell(store, router, tea, question="zanzibar router")
    store.forget(ForgetScope(proposition_id=router), at=NOON)
    (left,) = store.disclosures()
    assert (left.question, left.propositions, left.client) == ("", (tea,), "claude")
    assert store.schema_faults() == []


def test_what_was_asked_in_a_forgotten_hour_is_forgotten_too(store: Store) -> None:
    tell(store)
    store.forget(ForgetScope(since=NOON + timedelta(hours=1)), at=NOON)
    assert store.disclosures()[0].question == "router"
    store.forget(ForgetScope(since=NOON - timedelta(hours=1)), at=NOON)
    assert store.disclosures()[0].question == ""


def test_forgetting_everything_leaves_only_what_each_may_be_told(store: Store, router: PropositionId) -> None:
    store.put_grant(GIVEN)
    tell(store, router)
    store.forget(ForgetScope(everything=True), at=NOON)
    assert (store.disclosures(), store.grants()) == ([], [GIVEN])


def test_episodes_are_listed_until_they_go_and_counted_for_ever(store: Store) -> None:
    seen = see(store, "parcel router")
    told = Disclosure(client="claude", at=NOON, verb="recent", seen=(seen,), with_pseudonyms=True)
    store.add_disclosure(told)
    (listed,) = store.disclosures()
    assert (listed.seen, listed.episodes, listed.with_pseudonyms) == ((seen,), 1, True)
    store.forget(ForgetScope(observation_ids=(seen,)), at=NOON)
    (left,) = store.disclosures()
    assert (left.seen, left.episodes) == ((), 1)
    assert store.clear_disclosures() == 1
    assert store.disclosures() == []


def test_names_are_those_that_the_screen_calls_others(store: Store) -> None:
    id_ = see(store, "a mail")
    said = {"to": "Mia", "medium": "message"}
    sightings = [
        a_sighting(id_, topic="person:bo", detail={"name": "Bo Li"}),
        a_sighting(id_, topic="mail:report", detail={"sender": "Dagny Roth"}),
        a_sighting(id_, topic="said:lunch", detail=said),
        a_sighting(id_, topic="said:page", detail={"to": "A page", "medium": "comment"}),
        a_sighting(id_, topic="persona", detail={"name": "Nobody"}),
    ]
    store.digest([id_], sightings=sightings, revisions=[], at=NOON)
    believe(store, (id_, "a mail"), text="Meets Ann in video calls.", topic="ann", proposition_kind="relationship")
    assert store.names_of_others() == (["Bo Li", "Dagny Roth", "Mia"], ["Meets Ann in video calls."])
    store.forget(ForgetScope(observation_ids=(id_,)), at=NOON)
    assert store.names_of_others() == ([], [])


def test_the_words_that_a_program_was_told_are_read_as_they_are_now(store: Store, router: PropositionId) -> None:
    seen = see(store, title="drains — QGIS")
    tell(store, router)
    store.add_disclosure(Disclosure(client="claude", at=NOON, verb="recent", seen=(seen,)))
    assert set(store.words_told("claude")) == {"Works on the parcel router.", "parcel router", "drains — QGIS"}
    assert store.words_told("cursor") == []
