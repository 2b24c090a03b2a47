"""What stays of a proposition when some of its evidence is forgotten: neither a trace nor less than need be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gum_app.records import PERSON, ObservationId, Proposition, PropositionId
from gum_app.store.store import ForgetScope, Store
from gum_app.store.traces import REASON_FORGOTTEN
from tests.builders import NOON, a_revision, some_evidence
from tests.store.conftest import KEY
from tests.store.life import an_account, believe, see
from tests.store.pages import decrypted


def forget(store: Store, *apps: str) -> None:
    for app in apps:
        store.forget(ForgetScope(app=app), at=NOON)
    assert store.integrity() == []


def left(store: Store, id_: PropositionId) -> Proposition:
    whole = store.proposition(id_)
    assert whole is not None
    return whole


def by_person(store: Store, kind: str, id_: PropositionId, text: str) -> None:
    store.add_revisions([a_revision(kind, proposition_id=id_, made_by=PERSON, text=text, why="You said so.")])


def test_what_rested_on_nothing_else_goes(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="mail"), "parcel router"))
    forget(store, "mail")
    assert store.proposition(id_) is None


def test_what_others_say_too_stays_and_begins_with_them(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="mail"), "parcel router"))
    believe(
        store, (see(store, "the parcel router", app="editor"), "parcel router"), kind="supported", proposition_id=id_
    )
    forget(store, "mail")
    whole = left(store, id_)
    assert [revision.kind for revision in whole.revisions] == ["created"]
    assert whole.text == "Works on the parcel router."
    assert [item.app for item in store.observations()] == ["editor"]


def test_a_word_that_only_the_forgotten_said_takes_the_text_along(store: Store) -> None:
    text = "Works on the parcel router for Zanzibar."
    id_ = believe(store, (see(store, "parcel router for Zanzibar", app="mail"), "router for Zanzibar"), text=text)
    believe(
        store,
        (see(store, "parcel router", app="editor"), "parcel router"),
        kind="supported",
        proposition_id=id_,
        text=text,
    )
    forget(store, "mail")
    assert store.proposition(id_) is None


def test_a_later_wording_from_forgotten_words_gives_way_to_the_one_before(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="editor"), "parcel router"))
    believe(
        store,
        (see(store, "router for Zanzibar", app="mail"), "router for Zanzibar"),
        kind="reworded",
        proposition_id=id_,
        text="Works on the parcel router for Zanzibar.",
    )
    assert "Zanzibar" in left(store, id_).text
    forget(store, "mail")
    assert left(store, id_).text == "Works on the parcel router."


def test_forgetting_the_latest_support_leaves_an_older_belief_alone(store: Store) -> None:
    id_ = believe(store, (see(store, "router", app="editor"), "router"))
    believe(
        store,
        (see(store, "works on the parcel router", app="mail"), "works on the parcel router"),
        kind="supported",
        proposition_id=id_,
    )
    forget(store, "mail")
    whole = left(store, id_)
    assert whole.text == "Works on the parcel router.", "it was said before the forgotten words were seen"
    assert len(whole.evidence) == 1


def test_what_the_person_typed_stays_unless_it_says_the_forgotten_words(store: Store) -> None:
    own = believe(store, (see(store, "parcel router", app="mail"), "parcel router"), topic="a")
    by_person(store, "edited", own, "I build machines.")
    quoting = believe(store, (see(store, "parcel router", app="mail"), "parcel router"), topic="b")
    by_person(store, "edited", quoting, "I build the parcel router.")
    forget(store, "mail")
    assert left(store, own).text == "I build machines."
    (revision,) = left(store, own).revisions
    assert (revision.kind, revision.topic) == ("edited", ""), "its topic was named after forgotten words"
    assert store.proposition(quoting) is None


@pytest.mark.parametrize("kind", ["pinned", "confirmed", "rejected"])
def test_a_mark_of_the_person_does_not_keep_what_is_forgotten(store: Store, kind: str) -> None:
    id_ = believe(store, (see(store, "quite other words", app="mail"), "quite other words"))
    by_person(store, kind, id_, "Works on the parcel router.")
    forget(store, "mail")
    assert store.proposition(id_) is None


def test_a_mark_of_the_person_stays_on_what_stays(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="editor"), "parcel router"))
    by_person(store, "pinned", id_, "Works on the parcel router.")
    believe(store, (see(store, "parcel", app="mail"), "parcel"), kind="supported", proposition_id=id_)
    forget(store, "mail")
    assert left(store, id_).pinned


def test_a_reason_that_quotes_is_replaced(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="editor"), "parcel router"))
    believe(store, (see(store, "router in Zanzibar", app="mail"), "router"), kind="supported", proposition_id=id_)
    store.add_revisions([a_revision("doubted", proposition_id=id_, why="It may be the one in Zanzibar.")])
    forget(store, "mail")
    assert [revision.why for revision in left(store, id_).revisions] == ["Seen in the editor.", REASON_FORGOTTEN]


def test_a_word_that_another_proposition_says_is_no_trace(store: Store) -> None:
    believe(store, (see(store, "router", app="editor"), "router"), text="Sells parcels.", topic="other")
    id_ = believe(store, (see(store, "parcel router", app="mail"), "parcel"))
    believe(store, (see(store, "router", app="editor"), "router"), kind="supported", proposition_id=id_)
    forget(store, "mail")
    assert left(store, id_).text == "Works on the parcel router."


def test_two_that_are_touched_together_do_not_vouch_for_each_other(store: Store) -> None:
    ids = []
    for topic in "ab":
        id_ = believe(store, (see(store, "Zanzibar", app="mail"), "Zanzibar"), text="Knows Zanzibar.", topic=topic)
        believe(
            store,
            (see(store, "an island", app="editor"), "an island"),
            kind="supported",
            proposition_id=id_,
            text="Knows Zanzibar.",
        )
        ids.append(id_)
    forget(store, "mail")
    assert [store.proposition(id_) for id_ in ids] == [None, None]


def test_taking_back_goes_with_what_it_took_back(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="editor"), "parcel router"))
    by_person(store, "edited", id_, "Builds in Zanzibar.")
    store.undo_last(NOON)
    assert left(store, id_).text == "Works on the parcel router."
    believe(store, (see(store, "Zanzibar", app="mail"), "Zanzibar"), kind="supported", proposition_id=id_)
    forget(store, "mail")
    assert left(store, id_).text == "Works on the parcel router."


def test_evidence_against_does_not_carry_a_belief(store: Store) -> None:
    id_ = believe(store, (see(store, "parcel router", app="mail"), "parcel router"))
    against = see(store, "no router here", app="editor")
    store.add_revisions(
        [
            a_revision(
                "doubted",
                proposition_id=id_,
                evidence=(some_evidence("no router here", observation_id=against, supports=False),),
            )
        ]
    )
    forget(store, "mail")
    assert store.proposition(id_) is None


BY_MODEL = "model:tiny propose 3f2a91c0"


def told(store: Store, text: str, did: str, **more: Any) -> ObservationId:
    id_ = see(store, text, **more)
    store.keep_account(an_account(id_, did), id_, NOON)
    return id_


def test_what_a_model_concluded_from_forgotten_episodes_alone_goes_with_its_reason(store: Store, path: Path) -> None:
    ids = [told(store, "flights", "Looked for canaryflights.", app="mail", title=str(n)) for n in range(2)]
    id_ = believe(
        store,
        *((seen, "flights") for seen in ids),
        **{"text": "Plans a canarytrip.", "why": "Two searches for canaryflights.", "made_by": BY_MODEL},
    )
    forget(store, "mail")
    assert store.proposition(id_) is None
    assert b"canary" not in decrypted(path, KEY)


def test_a_word_that_only_the_account_of_the_forgotten_said_takes_the_text_along(store: Store) -> None:
    text = "Plans a trip to Zanzibar."
    gone = told(store, "flights to ZNZ", "Looked for flights to Zanzibar.", app="mail")
    stays = told(store, "packing list", "Wrote a packing list.", app="editor")
    id_ = believe(store, (gone, "flights to ZNZ"), (stays, "packing list"), text=text, made_by=BY_MODEL)
    forget(store, "mail")
    assert store.proposition(id_) is None


@pytest.mark.parametrize("part", [{"theirs": ("a letter about Zanzibar",)}, {"others": ("Zanzibar is warm",)}])
def test_every_part_of_an_account_is_looked_into(store: Store, part: dict[str, Any]) -> None:
    gone = see(store, "flights to ZNZ", app="mail")
    store.keep_account(an_account(gone, **part), gone, NOON)
    stays = see(store, "packing list", app="editor")
    id_ = believe(store, (gone, "flights"), (stays, "packing list"), text="Knows Zanzibar.", made_by=BY_MODEL)
    forget(store, "mail")
    assert store.proposition(id_) is None


def test_a_word_that_an_account_that_stays_says_too_is_no_trace(store: Store) -> None:
    gone = told(store, "flights to ZNZ", "Looked for flights to Zanzibar.", app="mail")
    stays = told(store, "packing list", "Wrote a packing list for Zanzibar.", app="editor")
    id_ = believe(
        store, (gone, "flights to ZNZ"), (stays, "packing list"), text="Plans Zanzibar.", topic="", made_by=BY_MODEL
    )
    forget(store, "mail")
    assert [item.quote for item in left(store, id_).evidence] == ["packing list"]


def test_the_reason_of_a_model_goes_with_any_evidence_it_weighed(store: Store) -> None:
    gone, stays = see(store, "parcel router", app="mail"), see(store, "the parcel router", app="editor")
    ids = [
        believe(
            store,
            *((gone, "parcel"), (stays, "parcel router")),
            **{"made_by": made_by, "why": "They sounded annoyed.", "topic": made_by},
        )
        for made_by in (BY_MODEL, "rule:project")
    ]
    forget(store, "mail")
    reasons = [left(store, id_).revisions[0].why for id_ in ids]
    assert reasons == [REASON_FORGOTTEN, "They sounded annoyed."], "a rule says in fixed words what it counted"
