"""How fast the store is at 1,000, 10,000 and 100,000 propositions: uv run python packaging/bench_store.py [SIZE…]

Fills a file in a temporary folder with made-up propositions (words as frequent as in real text) and vectors of 384
dimensions, then times what windows and the daemon ask: wall milliseconds, median and worst of the repeats, each on a
fresh query, and those of the CPU, which other programs do not lengthen. Above 100,000 the rows are written without
folding, the first 100,000 again and again under other ids, and only searching is timed: a million takes some minutes
and 3 GB of disk.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from gum_app.records import (
    KINDS,
    Curve,
    Evidence,
    Line,
    Observation,
    ObservationId,
    PropositionId,
    Rect,
    Revision,
    RevisionId,
    Sighting,
    Word,
)
from gum_app.rules import spot_check
from gum_app.rules.curves import curve_of, shown
from gum_app.rules.revisions import fold
from gum_app.store.beliefs import indexed_words, row_values
from gum_app.store.listing import ORDERS, PropositionQuery
from gum_app.store.meanings import Meaning
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import Query
from gum_app.store.rows import evidence_values, insert, revision_values
from gum_app.store.spelling import spelled
from gum_app.store.store import ForgetScope, Store

SIZES = (1_000, 10_000, 100_000)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
VOCABULARY = 30_000
AT_ONCE = 500
DIMENSIONS = 384  # of the smaller embedding models
SUBJECTS = 1_000
MOST_FOLDED = 100_000
# What searching meets: the table, what its rows point to, and how many of them each proposition has.
TABLES = (("propositions", "", 1), ("revisions", "proposition_id", 1), ("evidence", "revision_id", 2))
OPENINGS = ("Works on", "Uses", "Often reads about", "Plans to finish", "Is interested in", "Talks with")


class Speech:
    """Made-up words, the n-th about n times as rare as the first (Zipf), as in any real text."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(4, 10))) for _ in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (place + 20) for place in range(VOCABULARY)))

    def say(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))


def an_observation(speech: Speech, at: datetime) -> Observation:
    words = tuple(Word(text=word, rect=Rect(x=0, y=0, width=40, height=16)) for word in speech.say(60).split())
    lines = tuple(Line(words=words[start : start + 6], at=at) for start in range(0, 60, 6))
    return Observation(
        id=ObservationId(0),
        source="screen",
        app=speech.random.choice(("firefox", "code", "thunderbird", "xterm")),
        title=speech.say(5),
        started_at=at,
        ended_at=at + timedelta(minutes=4),
        active_seconds=200,
        lines=lines,
    )


def a_revision(speech: Speech, observation: Observation) -> Revision:
    text = f"{speech.random.choice(OPENINGS)} {speech.say(5)}."
    quotes = [" ".join(word.text for word in line.words) for line in observation.lines[:2]]
    return Revision(
        kind="created",
        at=observation.ended_at,
        text=text,
        why="Seen twice.",
        made_by="rule:bench",
        confidence_raw=speech.random.uniform(0.2, 0.9),
        ceiling=0.95,
        half_life_days=speech.random.choice((0.1, 2, 14, 90, 700)),
        topic=f"bench:{text}",
        proposition_kind=speech.random.choice(KINDS),
        evidence=tuple(
            Evidence(observation_id=observation.id, quote=quote, at=observation.ended_at, app=observation.app)
            for quote in quotes
        ),
    )


def fill(store: Store, speech: Speech, size: int) -> None:
    """One observation and one sighting for each proposition."""
    start = NOW - timedelta(minutes=5 * size)
    for first in range(0, size, AT_ONCE):
        with store.transaction():
            for number in range(first, min(first + AT_ONCE, size)):
                seen = an_observation(speech, start + timedelta(minutes=5 * number))
                seen = replace(seen, id=store.open_observation(seen))
                store.close_observation(seen.id)
                conclude(store, speech, seen)


def fill_quickly(store: Store, speech: Speech, size: int) -> None:
    """The rows alone that searching meets, as folding would write them; and the same again under other ids."""
    database = store._database
    fill_rows(store, speech, min(size, MOST_FOLDED))
    while (there := database.value("SELECT max(id) FROM propositions")) < size:
        with store.transaction():
            for table, points, each in TABLES:
                moved = {"id": f"id + {each * there}", points: f"{points} + {there}"}
                columns = [row["name"] for row in database.all(f"PRAGMA table_info({table})")]
                database.run(
                    f"""INSERT INTO {table} SELECT {", ".join(moved.get(name, name) for name in columns)}
                        FROM {table} ORDER BY id LIMIT {each * (size - there)}"""
                )
            database.run(
                f"""INSERT INTO proposition_words (rowid, text, words)
                    SELECT rowid + {there}, text, words FROM proposition_words ORDER BY rowid LIMIT {size - there}"""
            )


def fill_rows(store: Store, speech: Speech, size: int) -> None:
    database = store._database
    start = NOW - timedelta(minutes=5 * size)
    for first in range(0, size, AT_ONCE):
        with store.transaction():
            for id_ in range(first + 1, min(first + AT_ONCE, size) + 1):
                at = start + timedelta(minutes=5 * id_)
                seen = replace(an_observation(speech, at), id=ObservationId(id_))
                made = a_revision(speech, seen)
                made = replace(made, evidence=tuple(replace(each, observation_id=None) for each in made.evidence))
                belief = fold([replace(made, id=RevisionId(id_), proposition_id=PropositionId(id_))], {})
                values = row_values(belief)
                database.run(insert("propositions", values), values)
                values = revision_values(made) | {"proposition_id": id_}
                database.run(insert("revisions", values), values)
                for evidence in made.evidence:
                    values = evidence_values(evidence, id_)
                    database.run(insert("evidence", values), values)
                words = spelled(indexed_words(belief.evidence))
                database.run(
                    "INSERT INTO proposition_words (rowid, text, words) VALUES (?, ?, ?)",
                    (id_, spelled(belief.text), words),
                )


def conclude(store: Store, speech: Speech, seen: Observation) -> None:
    revision = a_revision(speech, seen)
    sighting = Sighting(
        topic=revision.topic,
        kind=revision.proposition_kind,
        observation_id=seen.id,
        at=seen.ended_at,
        app=seen.app,
        quote=revision.evidence[0].quote,
    )
    store.digest([seen.id], sightings=[sighting], revisions=[revision], at=seen.ended_at)


def timed(name: str, work: Callable[[], object], repeats: int = 25) -> None:
    taken_ms, computed_ms = [], []
    for _ in range(repeats):
        start, computed = time.perf_counter(), time.thread_time()
        work()
        taken_ms.append(1000 * (time.perf_counter() - start))
        computed_ms.append(1000 * (time.thread_time() - computed))
    told = f"{statistics.median(taken_ms):9.2f} ms   worst {max(taken_ms):9.2f} ms"
    print(f"    {name:52s} {told}   CPU {statistics.median(computed_ms):9.2f} ms", flush=True)


def queries(speech: Speech) -> Iterator[tuple[str, Callable[[], str]]]:
    common = speech.words[:50]
    rare = speech.words[2_000:]
    pick = speech.random.choice
    yield "one rare word", lambda: pick(rare) + " "
    yield "one common word", lambda: pick(common) + " "
    yield "two words", lambda: f"{pick(common)} {pick(rare)} "
    yield "three common words", lambda: " ".join(pick(common) for _ in range(3)) + " "
    yield "typing, two letters", lambda: pick(common)[:2]
    yield "typing, four letters", lambda: pick(rare)[:4]
    yield "an opening that many share", lambda: "works on "
    yield "a question", lambda: f"what do I know about {pick(rare)} and {pick(rare)} when {pick(common)} "


def search(store: ReadingStore, words: Callable[[], str]) -> None:
    store.propositions(PropositionQuery(search=words()), now=NOW, limit=50)


def mean(store: Store, size: int) -> None:
    """A vector for each: a subject, as one of a thousand directions, and as much of its own."""
    chance = np.random.default_rng(size)
    subjects = chance.normal(size=(SUBJECTS, DIMENSIONS))
    while texts := store.without_vector("bench", limit=AT_ONCE):
        rows = subjects[chance.integers(0, SUBJECTS, len(texts))] + chance.normal(size=(len(texts), DIMENSIONS))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        store.put_vectors("bench", texts, rows.astype(np.float32))


def a_meaning(chance: np.random.Generator) -> Meaning:
    vector = chance.normal(size=DIMENSIONS).astype(np.float32)
    return Meaning(embedder="bench", vector=vector / np.float32(np.linalg.norm(vector)))


def retrieve(path: Path, key: bytes, speech: Speech) -> None:
    chance = np.random.default_rng(1)
    rare, common = speech.words[2_000:], speech.words[:50]

    def first() -> None:
        with ReadingStore(path, key) as fresh:
            fresh.retrieve(Query(text=speech.random.choice(rare)), now=NOW, meaning=a_meaning(chance))

    timed("retrieve by words and meaning, the first question", first, 5)
    week = {"since": NOW - timedelta(days=7), "until": NOW}
    with ReadingStore(path, key) as store:

        def ask(text: Callable[[], str], **more: Any) -> None:
            meaning = a_meaning(chance) if more.pop("meant", False) else None
            store.retrieve(Query(text=text(), **more), now=NOW, meaning=meaning)

        def said() -> str:
            return f"what about {speech.random.choice(rare)} and {speech.random.choice(common)} "

        for name, words in queries(speech):
            timed(f"retrieve by words, {name}", partial(ask, words))
        timed("retrieve by words, one kind", partial(ask, said, kinds=frozenset({"skill"})))
        timed("retrieve by words, one app", partial(ask, said, app="xterm"))
        timed("retrieve by words, a week", partial(ask, said, **week))
        timed("retrieve by time alone, a week", partial(ask, lambda: "", **week))
        timed("retrieve by nothing: the freshest and surest", partial(ask, lambda: ""))
        timed("retrieve by words and meaning", partial(ask, said, meant=True))
        timed("retrieve by words and meaning, one kind", partial(ask, said, meant=True, kinds=frozenset({"skill"})))
        timed("similar to a draft, by words and meaning", lambda: store.similar(said(), meaning=a_meaning(chance)))


def read(path: Path, key: bytes, speech: Speech) -> None:
    with ReadingStore(path, key) as store:
        for sort in ORDERS:
            timed(f"list, {sort}", partial(store.propositions, PropositionQuery(sort=sort), now=NOW))
        timed("list, confidence, page 50", partial(store.propositions, PropositionQuery(), now=NOW, offset=10_000))
        few = PropositionQuery(kinds=frozenset({"skill"}), states=frozenset({"rejected"}))
        timed("list, nothing fits", partial(store.propositions, few, now=NOW))
        timed("count", partial(store.count_propositions, PropositionQuery()))
        for name, words in queries(speech):
            timed(f"search, {name}", partial(search, store, words))
        timed("similar to a draft", lambda: store.similar(f"Works on {speech.say(5)}"))
        timed("one proposition", lambda: store.proposition(PropositionId(speech.random.randint(1, 1000))))
        timed("a day of observations", partial(store.observations, since=NOW - timedelta(days=1), until=NOW))
        timed("days", store.days)
        timed("sizes", store.sizes)
        timed("version", store.version)


def write(store: Store, speech: Speech) -> None:
    seen = an_observation(speech, NOW)

    def watch() -> None:
        id_ = store.open_observation(seen)
        store.close_observation(id_)
        conclude(store, speech, replace(seen, id=id_))

    timed("observe and conclude, three transactions", watch)
    learn(store)
    since = NOW - timedelta(minutes=30)
    timed("preview of forgetting half an hour", partial(store.preview_forget, ForgetScope(since=since)), 3)
    timed("forget half an hour", partial(store.forget, ForgetScope(since=since), at=NOW), 1)
    timed("integrity", store.integrity, 1)
    timed("forget an app", partial(store.forget, ForgetScope(app="xterm"), at=NOW), 1)
    timed("forget everything", partial(store.forget, ForgetScope(everything=True), at=NOW), 1)


def learn(store: Store) -> None:
    """A verdict that changes what is shown of every proposition, which is written in batches."""
    curves = {"": Curve(source="", intercept=-0.3)}

    def show(made_by: str, evidence: float, ceiling: float) -> float:
        return shown(evidence, ceiling, curve_of(made_by, curves))

    taken, more = [], True
    store.put_curves(list(curves.values()))
    with store.recalibrating():
        while more:
            start = time.perf_counter()
            more = store.recalibrate(show)
            taken.append(1000 * (time.perf_counter() - start))
    print(f"    {'recalibrate all, in batches':44s} {sum(taken):9.2f} ms   worst batch {max(taken):9.2f} ms")
    draw = "draw ten for a spot check"
    timed(draw, lambda: spot_check.draw(store.candidates(NOW), random.Random(1), at=NOW), 3)


def main() -> None:
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path, key, speech = Path(folder) / "gum.db", os.urandom(32), Speech(size)
            store = Store(path, key, fold=fold)
            start = time.perf_counter()
            (fill if size <= MOST_FOLDED else fill_quickly)(store, speech, size)
            print(f"{size:,} propositions: filled in {time.perf_counter() - start:.1f} s")
            sizes = store.sizes()
            print(f"    {(sizes.file_bytes + sizes.journal_bytes) / 1e6:.1f} MB on disk")
            start = time.perf_counter()
            mean(store, size)
            print(f"    vectors put in {time.perf_counter() - start:.1f} s")
            retrieve(path, key, speech)
            if size <= MOST_FOLDED:
                read(path, key, speech)
                write(store, speech)
            store.close()


if __name__ == "__main__":
    main()
