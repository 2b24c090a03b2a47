"""A real encrypted file in a temporary folder, for writing and for reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.records import PERSON, Curve, PrivacyRule, Skip, SpotCheckId
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, a_spot_check, a_verdict
from tests.store.life import a_call, a_frame, a_sighting, an_account, an_inquiry, believe, resting_on, see

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gum.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, KEY, fold=fold)
    yield store
    store.close()


@pytest.fixture
def reading(store: Store, path: Path) -> Iterator[ReadingStore]:
    with ReadingStore(path, KEY) as reading:
        yield reading


@pytest.fixture
def full(store: Store) -> Store:
    """One of everything."""
    seen = see(store, "parcel router\n“quoted” 😀", url="https://example.org")
    waiting = see(store, "still to be thought about", at=NOON + timedelta(hours=1))
    store.digest([seen], sightings=[a_sighting(seen)], revisions=[resting_on((seen, "parcel router"))], at=NOON)
    tea = believe(store, (waiting, "thought"), text="Likes tea.", topic="tea")
    store.add_revisions([a_revision("rejected", proposition_id=tea, made_by=PERSON, text="Likes tea.")])
    store.add_revisions([a_revision("pinned", proposition_id=tea, made_by=PERSON, text="Likes tea.")])
    store.undo_last(NOON)
    store.add_spot_checks([a_spot_check(proposition_id=tea)])
    store.put_curves([Curve(source="", verdicts=1)])
    while store.recalibrate(lambda _made_by, evidence, _ceiling: evidence):
        pass
    store.add_inquiry(an_inquiry(tea))
    store.add_feedback(a_verdict("wrong", proposition_id=tea, spot_check=SpotCheckId(1)))
    store.add_thumbnail(seen, NOON, bytes(range(256)))
    store.keep_account(an_account(seen, theirs=("a “draft”",), others=("what Bob wrote 😀",)), seen, NOON)
    store.mark_proposed([seen], NOON)
    store.put_frames(waiting, [a_frame(waiting)])
    store.add_call(a_call())
    store.add_skip(Skip(started_at=NOON, ended_at=NOON, rule="paused"))
    store.add_privacy_rule(PrivacyRule(name="bank", title="bank"))
    store.put_setting("person_name", "Ann")
    store.put_setting("consented_at", "2026-03-10")
    return store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    other = Store(tmp_path / "other.db", bytes(32), fold=fold)
    yield other
    other.close()
