"""What is shown is what revisions and verdicts amount to: always the same, whatever happened in between."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.daemon.learner import learn
from gum_app.records import PropositionId
from gum_app.rules.calibration import fit
from gum_app.rules.revisions import fold
from gum_app.store import verdicts
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision, a_verdict, some_evidence
from tests.daemon.watching import KEY

PEN = threading.RLock()
SOURCES = ("rule:project", "rule:person", "model:tiny propose 3f2a91c0")


@contextmanager
def a_store(path: Path) -> Iterator[Store]:
    """Three propositions of each of three sources, and what somebody else claims."""
    store = Store(path, KEY, fold=fold)
    for n in range(9):
        source, raw = SOURCES[n % 3], 0.1 * (n + 1)
        store.add_revisions([a_revision(text=f"Likes tea {n}.", topic=f"tea:{n}", made_by=source, confidence_raw=raw)])
    store.add_revisions([a_revision(text="An e-mail claims it.", topic="claim", ceiling=0.45, confidence_raw=0.4)])
    yield store
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path / "gum.db") as store:
        yield store


def shown(store: Store) -> list[float]:
    found = [store.proposition(PropositionId(n)) for n in range(1, 11)]
    return [round(each.confidence, 4) for each in found if each is not None]


def judge(store: Store, *said: tuple[int, str]) -> None:
    for n, (id_, verdict) in enumerate(said):
        belief = store.proposition(PropositionId(id_))
        assert belief is not None
        store.add_feedback(
            a_verdict(
                verdict,
                belief.confidence_evidence,
                proposition_id=belief.id,
                made_by=belief.made_by,
                at=NOON + timedelta(minutes=n),
            )
        )


def as_revisions_and_verdicts_say(store: Store) -> bool:
    curves = fit(store.feedback())
    whole = [store.proposition(PropositionId(n)) for n in range(1, 11)]
    kept = [each for each in whole if each is not None]
    return store.curves() == curves and all(each == fold(each.revisions, curves) for each in kept)


def test_wrong_ones_make_all_of_a_source_less_sure_and_keep_their_order(store: Store) -> None:
    before = shown(store)
    judge(store, (1, "wrong"), (4, "wrong"), (7, "wrong"))
    learn(store, PEN)
    after = shown(store)
    of_it = after[0:9:3]
    assert all(now < was for now, was in zip(of_it, before[0:9:3], strict=True))
    assert of_it == sorted(of_it)
    assert as_revisions_and_verdicts_say(store)
    assert store.integrity() == []


def test_what_only_a_stranger_claims_stays_below_one_half_however_right_its_source_is(store: Store) -> None:
    judge(store, *((n, "right") for n in range(1, 10)))
    learn(store, PEN)
    assert shown(store)[9] <= 0.45
    belief = store.proposition(PropositionId(10))
    assert belief is not None and belief.confidence_evidence == 0.4 < belief.confidence


def test_without_verdicts_nothing_is_written(store: Store) -> None:
    before = store.version()
    learn(store, PEN)
    assert (store.version(), store.curves()) == (before, {})


def test_it_goes_on_where_it_was_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "AT_ONCE", 2)
    judge(store, (1, "wrong"))
    learn(store, PEN, stop=lambda: True)
    assert store.integrity() == []
    assert not as_revisions_and_verdicts_say(store)
    learn(store, PEN)
    assert as_revisions_and_verdicts_say(store)


def test_forgetting_a_proposition_unlearns_what_its_verdict_taught(store: Store) -> None:
    before = shown(store)
    judge(store, (1, "wrong"))
    learn(store, PEN)
    store.forget(ForgetScope(proposition_id=PropositionId(1)), at=NOON)
    learn(store, PEN)
    assert shown(store) == before[1:]
    assert (store.curves(), store.integrity()) == ({}, [])


steps = st.one_of(
    st.tuples(st.just("judge"), st.integers(1, 10), st.sampled_from(["right", "wrong", "partly"])),
    st.tuples(st.sampled_from(["supported", "doubted"]), st.integers(1, 10), st.just("")),
    st.tuples(st.just("learn"), st.just(0), st.just("")),
)


@settings(max_examples=8)
@given(st.lists(steps, max_size=10))
def test_any_sequence_of_evidence_verdicts_and_learning_can_be_replayed(life: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_store(Path(folder) / "gum.db") as store:
        for n, (what, id_, verdict) in enumerate(life):
            if what == "judge":
                judge(store, (id_, verdict))
            elif what == "learn":
                learn(store, PEN)
            else:
                piece = some_evidence(f"seen {n}", observation_id=None, at=NOON, supports=what == "supported")
                store.add_revisions([a_revision(what, proposition_id=PropositionId(id_), evidence=(piece,))])
        learn(store, PEN)
        assert as_revisions_and_verdicts_say(store)
        assert store.integrity() == []
