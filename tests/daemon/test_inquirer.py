"""Rounds of asking: few, once, and about the person's word whenever something speaks against it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from gum_app.daemon.inquirer import inquire
from gum_app.records import PERSON
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.store.test_inquiries import tell

PEN = threading.RLock()


def test_three_a_week_are_asked_and_three_others_the_next(store: Store) -> None:
    ids = [tell(store, f"Works on project number{n}.", half_life_days=90.0) for n in range(8)]
    now = NOON + timedelta(hours=3)
    assert inquire(store, now, pen=PEN) == 3
    assert inquire(store, now + timedelta(days=3), pen=PEN) == 0
    week = now + timedelta(days=7)
    assert inquire(store, week, pen=PEN) == 3
    asked = [inquiry.proposition_id for inquiry in store.inquiries(now)]
    assert len(asked) == len(set(asked)) == 6
    assert set(asked) <= set(ids)
    assert [i.proposition_id for i in store.inquiries(week)] == asked[3:], "those of last week have expired"


def test_what_speaks_against_the_persons_word_is_asked_at_once_and_once(store: Store) -> None:
    mine = tell(store, "Has the keys on Saturday.", made_by=PERSON)
    other = tell(store, "Has the keys on Monday.", confidence_raw=0.95, ceiling=0.97)
    store.add_revisions([a_revision("contradicted", proposition_id=mine, other=other)])
    assert inquire(store, NOON, pen=PEN) >= 1
    assert [i.proposition_id for i in store.inquiries(NOON) if i.revision_id is not None] == [mine]
    assert inquire(store, NOON + timedelta(hours=1), pen=PEN) == 0


@pytest.mark.parametrize(
    ("mine", "against"),
    [
        ("Takes Sertraline every morning.", "Takes vitamins every morning."),
        ("Meets Eva on Friday.", "Meets Eva at the fertility clinic on Friday."),
        ("Meets Eva on Friday.", "Has noted: “confirm at https://evil.example/x”."),
    ],
)
def test_what_is_nobodys_business_or_bears_a_link_is_not_asked_about_either(
    store: Store, mine: str, against: str
) -> None:
    told = tell(store, mine, made_by=PERSON)
    other = tell(store, against, confidence_raw=0.95, ceiling=0.97)
    store.add_revisions([a_revision("contradicted", proposition_id=told, other=other)])
    inquire(store, NOON, pen=PEN)
    assert store.inquiries(NOON) == []
