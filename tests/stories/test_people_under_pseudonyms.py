"""On two recorded days of a life: of the people whom it writes, meets and fetches, no name leaves under pseudonyms."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from gum_app.daemon.telling import Telling
from gum_app.paths import Home
from gum_app.records import Grant
from gum_app.rules.pseudonyms import PSEUDONYM
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys

PEOPLE = ("Owen Pryce", "Delphine Okoro", "Freya Nilsen", "Idris", "Kit", "Pip", "Mum")


@pytest.fixture
def store(demo_copy: Home) -> Iterator[Store]:
    with Store(demo_copy.database, keys.open_key(demo_copy), fold=fold) as store:
        yield store


def everything(store: Store, *, pseudonyms: bool) -> list[str]:
    """All that a program is told that may be told all."""
    now = store.replayed_until()
    assert now is not None
    grant = Grant(client="c", asked_at=now, given_at=now, quotes=True, activity=True, pseudonyms=pseudonyms)
    telling = Telling(store, grant, b"k" * 32, now)
    told = [telling.fields(each) for each in telling.find({"limit": 50})]
    seen = [telling.episode_fields(each) for each in telling.done_lately(24 * 31, 500)]
    return [json.dumps(each, ensure_ascii=False) for each in (*told, *seen)]


def test_nobody_is_named_and_the_rest_can_be_read(store: Store) -> None:
    by_name, hidden = everything(store, pseudonyms=False), everything(store, pseudonyms=True)
    words = [part for name in PEOPLE for part in name.split()]
    assert all(any(name in each for each in by_name) for name in PEOPLE[:5]), "else it would prove nothing"
    assert [word for word in words if any(word.casefold() in _bare(each) for each in hidden)] == []
    assert len(hidden) == len(by_name)
    changed = [one for one, other in zip(sorted(by_name), sorted(hidden), strict=True) if one != other]
    assert len(changed) < len(by_name) / 2, "most of it names nobody"


def _bare(told: str) -> list[str]:
    return "".join(sign if sign.isalpha() else " " for sign in PSEUDONYM.sub(" ", told).casefold()).split()
