"""Which beliefs bear on a notification."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gum_app.daemon.bearings import bearings_of, days_ahead
from gum_app.digest import DigestId, DigestItem
from gum_app.records import PropositionId
from gum_app.rules.norms import untold_title
from gum_app.rules.orders import MARK
from gum_app.rules.triage import Bearing
from gum_app.store.store import Store
from tests.builders import NOON
from tests.store.life import believe, see


@pytest.fixture
def ids(store: Store) -> dict[str, PropositionId]:
    def told(topic: str, text: str, kind: str, **more: Any) -> PropositionId:
        return believe(store, (see(store, text), text), text=text, topic=topic, proposition_kind=kind, **more)

    return {
        "freya": told("person:freya", "Writes with Freya Nilsen (Element).", "relationship"),
        "router": told("task:router", "Works on the parcel router's lease renewal.", "task"),
        "permit": told("plan:permit", "Has the Brightholm permit's last day.", "plan", value="2026-03-11"),
    }


def found(store: Store, title: str, text: str = "", app: str = "Element") -> dict[PropositionId, Bearing]:
    item = DigestItem(id=DigestId(1), at=NOON, app=app, title=title, text=text)
    return {bearing.id: bearing for bearing in bearings_of(store, item, NOON)}


def test_who_it_is_from_is_known_by_name_in_what_brings_messages(store: Store, ids: dict[str, PropositionId]) -> None:
    assert found(store, "Freya Nilsen (2 new messages)", "lunch?")[ids["freya"]].names_sender
    assert not found(store, "Somebody", "Freya Nilsen says hello").get(ids["freya"], some()).names_sender
    assert not found(store, "Freya Nilsen", app="Shop").get(ids["freya"], some()).names_sender


def some() -> Bearing:
    return Bearing(id=PropositionId(0), kind="task", confidence=0.5)


def test_what_it_is_about_is_known_by_several_words(store: Store, ids: dict[str, PropositionId]) -> None:
    about = found(store, "Pipeline failed", "parcel router: lease renewal", app="Forge")[ids["router"]]
    assert (about.kind, about.share) == ("task", 1.0)
    assert found(store, "Parcel", "is on its way", app="Shop")[ids["router"]].share < 0.34


def test_a_long_text_that_names_it_among_others_is_less_about_it(store: Store, ids: dict[str, PropositionId]) -> None:
    filler = " ".join(f"word{chr(97 + n)}" for n in range(20))
    assert found(store, "parcel router lease", filler, app="Shop")[ids["router"]].share < 0.5


def test_a_date_is_told_in_days(store: Store, ids: dict[str, PropositionId]) -> None:
    assert found(store, "Brightholm permit", "last day", app="Forge")[ids["permit"]].days_ahead == 1.0
    today = date(2026, 3, 10)
    assert [days_ahead(value, today) for value in ("2026-03-10 14:15", "2026-03-01", "every Friday", "")] == [
        *(0.0, -9.0, None, None)
    ]


@pytest.mark.parametrize("title", [MARK, untold_title("health")])
def test_of_orders_and_of_what_may_not_be_known_nothing_is_looked_up(
    store: Store, ids: dict[str, PropositionId], title: str
) -> None:
    assert ids and found(store, title, "parcel router lease renewal") == {}


def test_freshness_comes_along(store: Store, ids: dict[str, PropositionId]) -> None:
    item = DigestItem(id=DigestId(1), at=NOON, app="Element", title="Freya Nilsen")
    old = bearings_of(store, item, NOON + timedelta(days=3000))
    assert [bearing.id for bearing in old] == [ids["freya"]]
    assert old[0].freshness < 0.5
