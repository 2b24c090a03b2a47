"""What propositions mean is told in batches, as far as it may, and nothing of it is lost or told twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gum_app.clock import SetClock
from gum_app.daemon.embedding import BATCH, PATIENCE_SECONDS, WORTH_LOADING, EmbeddingJob, meanings_of
from gum_app.daemon.mind import Mind, Urgency
from gum_app.errors import AnswerUnfit, GaveWay, GumError, ModelUnusable
from gum_app.records import Call, PropositionId
from gum_app.rules.budget import Circumstances
from gum_app.settings import Settings
from gum_app.store.store import ForgetScope, Store
from tests.builders import NOON, a_revision
from tests.world.scripted_model import DIMENSIONS, ScriptedEmbedder

EMBEDDER = "scripted embedder"


class Embedder(ScriptedEmbedder):
    """`before` is called with the texts; of those with an odd word it fails."""

    def __init__(self, before: Callable[[Sequence[str]], None] = lambda _texts: None, **more: Any) -> None:
        super().__init__(**more)
        self.before = before
        self.batches: list[int] = []

    def embed(self, texts: Sequence[str], *, stop: threading.Event) -> NDArray[np.float32]:
        self.before(texts)
        if any("odd" in text for text in texts):
            raise AnswerUnfit("It stumbled.")
        self.batches.append(len(texts))
        return super().embed(texts, stop=stop)


class Here:
    def __init__(self, store: Store, embedder: Embedder) -> None:
        self.store, self.embedder = store, embedder
        self.clock, self.spans = SetClock(NOON), SetClock(NOON)
        self.calls: list[Call] = []
        self.mind = Mind(self.clock, self.calls.append)
        self.mind.compare_with(embedder)
        self.settings = Settings(think_when="always")
        self.circumstances = Circumstances(idle=False)
        self.leaves = False
        self.job = EmbeddingJob(
            store,
            self.mind,
            self.clock,
            settings=lambda: self.settings,
            circumstances=lambda: self.circumstances,
            leaves=lambda: self.leaves,
            pen=threading.RLock(),
            spans=self.spans,
        )

    def tell(self, *, last: bool = False) -> int:
        return self.job.tell(lambda: False, last=last)

    @property
    def waiting(self) -> int:
        return self.store.count_without_vector(EMBEDDER)


@pytest.fixture
def here(store: Store) -> Any:
    here = Here(store, Embedder())
    with closing(here.mind):
        yield here


def believe(store: Store, count: int, word: str = "thing") -> list[PropositionId]:
    revisions = [a_revision(text=f"Likes {word} {number}.", topic=f"{word} {number}") for number in range(count)]
    return store.add_revisions(revisions)


def test_all_that_waits_is_told_in_batches(here: Here) -> None:
    believe(here.store, 2 * BATCH + 5)
    assert here.tell() == 2 * BATCH + 5
    assert here.embedder.batches == [BATCH, BATCH, 5]
    assert (here.waiting, here.tell()) == (0, 0)
    assert [call.step for call in here.calls] == ["embed"] * 3
    assert here.store.integrity() == []


def test_a_few_new_ones_are_not_worth_loading_a_model_until_they_have_waited(here: Here) -> None:
    believe(here.store, 2)
    assert here.tell() == 2, "the first time it is not known how long they have waited"
    believe(here.store, WORTH_LOADING - 1, "new")
    assert here.tell() == 0
    here.spans.put(NOON + timedelta(seconds=PATIENCE_SECONDS))
    assert here.tell() == WORTH_LOADING - 1
    believe(here.store, 1, "last")
    assert (here.tell(), here.tell(last=True)) == (0, 1)
    believe(here.store, WORTH_LOADING, "more")
    assert here.tell() == WORTH_LOADING


def test_another_model_tells_all_anew(here: Here) -> None:
    believe(here.store, 3)
    here.tell()

    class Other(Embedder):
        name = "another"

    here.mind.compare_with(Other())
    assert here.tell(last=True) == 3
    assert here.store.count_without_vector("another") == 0
    assert here.waiting == 3


def test_a_new_wording_is_told_anew(here: Here) -> None:
    (id_,) = believe(here.store, 1)
    here.tell()
    here.store.add_revisions([a_revision("reworded", proposition_id=id_, text="Likes tea.")])
    assert here.tell(last=True) == 1
    assert here.embedder.embedded[-1] == "Likes tea."


@pytest.mark.parametrize(
    "circumstances",
    [Circumstances(idle=False, memory_short=True), Circumstances(idle=False, on_battery=True, battery_percent=10.0)],
)
def test_the_machine_comes_first(here: Here, circumstances: Circumstances) -> None:
    believe(here.store, 3)
    here.circumstances = circumstances
    assert (here.tell(), here.embedder.batches) == (0, [])


def test_the_budget_of_the_hour_holds(here: Here) -> None:
    believe(here.store, 3)
    here.settings = Settings(think_when="always", compute_seconds_an_hour=10)
    here.store.add_call(Call(at=NOON, step="embed", model="m", milliseconds=10_000))
    assert (here.tell(), here.waiting) == (0, 3)


def test_it_gives_way_and_goes_on(here: Here) -> None:
    believe(here.store, 3)
    ways = [GaveWay("More urgent.")]

    def give_way(_texts: Sequence[str]) -> None:
        if ways:
            raise ways.pop()

    here.embedder.before = give_way
    assert here.tell() == 3


def test_one_odd_text_does_not_keep_the_others_from_being_told(here: Here) -> None:
    believe(here.store, 3)
    believe(here.store, 1, "odd")
    believe(here.store, 3, "later")
    for _ in range(4):
        here.tell(last=True)
        here.mind.wake()
    assert here.waiting == 1
    assert (here.tell(last=True), here.waiting) == (0, 1)


def test_a_model_that_cannot_work_is_left_alone(here: Here) -> None:
    believe(here.store, 3)
    here.mind.compare_with(Embedder(troubles=[ModelUnusable("Its file is broken.")]))
    assert (here.tell(), here.waiting) == (0, 3)
    assert here.mind.comparing_rests_for_seconds > 0
    assert here.tell() == 0, "it rests"


def test_what_is_forgotten_while_it_is_told_leaves_nothing(here: Here) -> None:
    ids = believe(here.store, 2)

    def forget(_texts: Sequence[str]) -> None:
        here.store.forget(ForgetScope(proposition_id=ids[0]), at=NOON)

    here.embedder.before = forget
    assert here.tell() == 1
    assert here.store.integrity() == []
    rows = here.store._database.all("SELECT proposition_id FROM vectors")
    assert [row[0] for row in rows] == [ids[1]]


def test_what_was_asked_before_something_was_forgotten_or_switched_off_comes_to_nothing(here: Here) -> None:
    believe(here.store, 2)
    times = [here.job.forget]
    here.embedder.before = lambda _texts: times.pop()() if times else None
    assert here.tell() == 2, "the first answer is dropped, and it is asked again"
    assert here.embedder.batches == [2, 2] or here.embedder.batches == [2]


def test_a_kill_in_between_loses_nothing(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    believe(here.store, BATCH + 3)

    class Killed(BaseException):
        pass

    def killed(*_: object) -> int:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("gum_app.store.vectors._put_signs", killed)
        with pytest.raises(Killed):
            here.tell()
    assert here.waiting == BATCH + 3
    assert here.store.integrity() == []
    assert here.tell() == BATCH + 3


@pytest.mark.parametrize("text", ["Has a loan to think about.", "Takes antidepressants."])
def test_nothing_private_or_perhaps_private_leaves_the_computer(here: Here, text: str) -> None:
    here.leaves = True
    here.store.add_revisions([a_revision(text=text, topic="s")])
    believe(here.store, 2)
    assert here.tell(last=True) == 2
    assert text not in here.embedder.embedded
    assert here.waiting == 1


def test_what_is_forgotten_after_it_was_read_is_not_asked_about(here: Here) -> None:
    believe(here.store, 2)
    asked: list[int] = []

    def circumstances() -> Circumstances:  # asked for while the texts are being read
        if not asked:
            here.job.forget()
        asked.append(len(here.embedder.batches))
        return here.circumstances

    here.job._circumstances = circumstances
    assert here.tell() == 2
    assert asked == [0, 0, 1], "the first texts were read, and dropped before they were sent"


def test_without_a_model_nothing_is_done(here: Here) -> None:
    believe(here.store, 2)
    here.mind.compare_with(None)
    assert here.tell(last=True) == 0
    assert meanings_of(here.mind, ["x"], stop=threading.Event()) == [None]


def test_what_texts_mean_or_that_words_must_do(here: Here) -> None:
    (one, two) = meanings_of(here.mind, ["tea", "rain"], stop=threading.Event())
    assert one is not None
    assert two is not None
    assert (one.embedder, one.vector.shape) == (EMBEDDER, (DIMENSIONS,))
    assert meanings_of(here.mind, ["odd"], stop=threading.Event()) == [None]


def test_a_person_who_searches_does_not_wait_for_the_whole_of_it(here: Here) -> None:
    believe(here.store, 3 * BATCH)
    heard: list[int] = []

    def search(texts: Sequence[str]) -> None:
        if len(here.embedder.batches) == 1 and len(texts) == BATCH and not asking.is_alive() and not heard:
            asking.start()

    def ask() -> None:
        here.mind.embed(["tea"], urgency=Urgency.PERSON)
        heard.append(len(here.embedder.batches))

    asking = threading.Thread(target=ask)
    here.embedder.before = search
    here.tell()
    asking.join()
    assert heard[0] < 5
    assert here.waiting == 0


def test_the_trouble_with_a_disk_is_raised(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    believe(here.store, 1)

    def full(*_: object) -> int:
        raise GumError("There is no room left.")

    monkeypatch.setattr(here.store, "put_vectors", full)
    with pytest.raises(GumError):
        here.tell()


def test_the_clock_of_a_budget_is_that_of_the_home(here: Here) -> None:
    believe(here.store, 1)
    here.clock.put(NOON + timedelta(hours=1))
    here.tell()
    assert here.calls[0].at == NOON + timedelta(hours=1)
