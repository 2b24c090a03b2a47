"""Tidying on a real file: bounded, goes on where it stopped, loses nothing when it is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.tidier import Tidier
from gum_app.records import PERSON, PropositionId, RevisionId
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, an_observation, some_evidence
from tests.daemon.watching import KEY

LATER = NOON + timedelta(days=30)
ROOT = Path(__file__).resolve().parents[2]


def tell(store: Store, text: str, **more: Any) -> PropositionId:
    evidence = some_evidence(text, observation_id=None)
    return store.add_revisions([a_revision(text=text, topic=text, evidence=(evidence,), **more)])[0]


def a_tidier(store: Store) -> Tidier:
    return Tidier(store, SetClock(LATER), pen=threading.RLock())


def states(store: Store, *ids: PropositionId) -> list[str]:
    found = [store.proposition(id_) for id_ in ids]
    return [belief.state for belief in found if belief is not None]


def plan(number: int) -> dict[str, Any]:
    return {"text": f"Has meeting{number} on Monday 16 March 2026.", "proposition_kind": "plan"}


def test_it_sets_aside_what_is_over_and_merges_what_says_the_same(store: Store) -> None:
    gone = tell(store, "Has the dentist on Monday 16 March 2026.", proposition_kind="plan")
    mine = tell(store, "Meets Noa on Monday 16 March 2026.", proposition_kind="plan", made_by=PERSON)
    lasting: dict[str, float] = {"half_life_days": 400.0}
    one, two = (
        tell(store, "Works on the parcel map.", **lasting),
        tell(store, "Works on the parcel map a lot.", **lasting),
    )
    faded = tell(store, "Looked up Vim.", proposition_kind="interest", half_life_days=1.0)
    done = a_tidier(store).tidy()
    assert (done.set_aside, done.merged, done.whole) == (2, 1, True)
    assert states(store, gone, mine, one, two, faded) == ["retired", "active", "active", "replaced", "retired"]
    assert store.tidied_at() == LATER
    assert store.integrity() == []
    again = a_tidier(store).tidy()
    assert (again.changes, again.whole) == (0, True)


def test_each_change_can_be_taken_back_and_stays_so(store: Store) -> None:
    lasting: dict[str, float] = {"half_life_days": 400.0}
    one, two = (
        tell(store, "Works on the parcel map.", **lasting),
        tell(store, "Works on the parcel map a lot.", **lasting),
    )
    a_tidier(store).tidy()
    (merged,) = store.tidied(LATER)
    assert merged.deed is not None
    store.undo_deed(merged.deed, LATER)
    assert states(store, one, two) == ["active", "active"]
    store.put_compared_up_to(RevisionId(0))
    assert a_tidier(store).tidy().merged == 0
    assert states(store, one, two) == ["active", "active"]


def test_it_stops_when_it_is_told_to_and_goes_on_from_there(store: Store) -> None:
    ids = [tell(store, **plan(n)) for n in range(30)]
    assert not a_tidier(store).tidy(lambda: True).whole
    assert store.tidied_at() is None
    ticks: Iterator[float] = iter(range(1000))
    done = a_tidier(store).tidy(most_seconds=1, elapsed_seconds=lambda: next(ticks))
    assert not done.whole
    assert store.tidied_at() == LATER, "that was enough for one night"
    assert a_tidier(store).tidy().whole
    assert set(states(store, *ids)) == {"retired"}


def test_a_clock_that_jumped_far_ahead_makes_nothing_old_that_was_seen_lately(store: Store) -> None:
    ids = [tell(store, "Works with QGIS.", half_life_days=30.0), tell(store, **plan(1))]
    store.close_observation(store.open_observation(an_observation(started_at=NOON, ended_at=NOON)))
    ahead = Tidier(store, SetClock(NOON + timedelta(days=4000)), pen=threading.RLock())
    assert ahead.tidy().set_aside == 1, "its day is over within the week"
    assert states(store, *ids) == ["active", "retired"]


TIDY = """
import sys, threading
from pathlib import Path
from typing import Any
from gum_app.clock import SetClock
from gum_app.daemon.tidier import Tidier
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from tests.daemon.test_tidier import LATER
from tests.daemon.watching import KEY

store = Store(Path(sys.argv[1]), KEY, fold=fold)
print("begun", flush=True)
done = Tidier(store, SetClock(LATER), pen=threading.RLock()).tidy(elapsed_seconds=lambda: 0.0)
print(done.whole, flush=True)
"""


@pytest.mark.parametrize("milliseconds", [5, 40, 120])
def test_a_kill_at_any_instant_loses_nothing_and_the_next_run_finishes(tmp_path: Path, milliseconds: int) -> None:
    path = tmp_path / "gum.db"
    with Store(path, KEY, fold=fold) as store, store.transaction():
        plans = [tell(store, **plan(n)) for n in range(60)]
        pairs = [
            tell(store, f"Works on the parcel map{n}{end}.", half_life_days=400.0)
            for n in range(20)
            for end in ("", " a lot")
        ]
    process = subprocess.Popen(
        [sys.executable, "-c", TIDY, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    threading.Event().wait(milliseconds / 1000)
    process.kill()
    process.communicate()
    with Store(path, KEY, fold=fold) as store:
        assert store.integrity() == []
        assert a_tidier(store).tidy(elapsed_seconds=lambda: 0.0).whole
        assert set(states(store, *plans)) == {"retired"}
        assert sorted(states(store, *pairs)) == ["active"] * 20 + ["replaced"] * 20
        assert all(len(_whole(store, id_)) == 2 for id_ in pairs if states(store, id_) == ["active"])
        assert store.integrity() == []
        assert store.count_propositions(PropositionQuery(states=frozenset())) == 100


def _whole(store: Store, id_: PropositionId) -> set[str]:
    belief = store.proposition(id_)
    assert belief is not None
    return {item.quote for item in belief.evidence}


def test_what_was_set_aside_and_taken_back_is_not_set_aside_the_next_night(store: Store) -> None:
    id_ = tell(store, **plan(1))
    a_tidier(store).tidy()
    (retired,) = store.tidied(LATER)
    assert retired.deed is not None
    store.undo_deed(retired.deed, LATER)
    assert a_tidier(store).tidy().changes == 0
    assert states(store, id_) == ["active"]
