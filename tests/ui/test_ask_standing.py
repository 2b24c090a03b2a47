"""Whether what an answer rests on still stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from gum_app.paths import Home
from gum_app.records import ObservationId, PropositionId
from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from gum_app.ui.ask_standing import Standings, are_gone, look_up_standings
from tests.builders import NOON, a_revision
from tests.store.life import believe, see
from tests.ui.life import KEY


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    with closing(Store(home.database, KEY, fold=fold)) as store:
        yield store


@pytest.fixture
def names(store: Store) -> list[str]:
    seen = see(store, "parcel router")
    return [f"p{believe(store, (seen, 'parcel router'))}", f"o{seen}", f"s{seen}"]


def standing(store: Store, names: list[str]) -> Standings:
    return look_up_standings(store, names)


def test_what_the_person_says_of_it_is_told_and_is_no_loss(store: Store, names: list[str]) -> None:
    before = standing(store, names)
    assert (before[names[0]].text, before[names[0]].verdict) == ("Works on the parcel router.", "")  # type: ignore[union-attr]
    said = []
    for kind, text in (("confirmed", "Works on the parcel router."), ("edited", "Works on kites."), ("rejected", "x")):
        store.add_revisions([a_revision(kind, proposition_id=PropositionId(1), text=text, made_by="person")])
        now = standing(store, names)
        said.append((now["p1"].verdict, now["p1"].is_believed))  # type: ignore[union-attr]
        assert not are_gone(before, now)
    assert said == [
        ("You said that it is right.", True),
        ("These are your words.", True),
        ("You said that it is wrong.", False),
    ]
    assert now["p1"].is_edited  # type: ignore[union-attr]


def test_what_was_forgotten_is_gone(store: Store, names: list[str]) -> None:
    before = standing(store, names)
    store.forget(ForgetScope(observation_ids=(ObservationId(1),)), at=NOON)
    now = standing(store, names)
    assert now == dict.fromkeys(names)
    assert are_gone(before, now)
    assert are_gone({}, now), "also where it went before anybody looked"


def test_what_lost_a_part_of_its_history_is_gone_too(store: Store, names: list[str]) -> None:
    more = see(store, "the router again")
    believe(
        store, (more, "the router again"), kind="reworded", proposition_id=PropositionId(1), text="Works on routers."
    )
    before = standing(store, names)
    store.forget(ForgetScope(observation_ids=(more,)), at=NOON)
    now = standing(store, names)
    assert now["p1"] is not None
    assert are_gone(before, now)
