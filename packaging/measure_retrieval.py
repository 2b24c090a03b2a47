"""How well is found what is asked for, on public data with known answers?

    uv run python packaging/measure_retrieval.py FOLDER [--vectors none|FILE.npz|FILE.gguf] [--dated]

FOLDER holds `locomo_dev.json`, `prefeval_dev.json`, `madial_dev.json` and `baselines.py`, whose `measure` scores.
Propositions and the words they rest on are put into an encrypted store as the daemon puts them; each question is one
`retrieve`, as programs ask it. Nothing of the data is kept.

* LoCoMo: statements about two people in long conversations, with the turns they rest on as evidence; questions of the
  categories 1 to 4. A statement covers the turns that it was made from.
* PrefEval: 100 simulated people (seed 7) with 20 preferences each; a question calls for one without its words.
* MADial: what a person said so far, and the memories worth bringing up.

All statements are equally sure. They are as old as each other unless `--dated`: then those of LoCoMo have the times of
their conversations, the last one an hour ago, and a half-life of 30 days; what that costs is what recency costs.

`--vectors`: what texts mean, from a GGUF embedding model, or from an npz with `texts` and `vectors` (a row each).
R@k is the share of the right ones among the first k; an interval is 95 % of a bootstrap over questions.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gum_app.records import Evidence, Revision
from gum_app.rules.revisions import fold
from gum_app.store.meanings import Meaning
from gum_app.store.retrieving import Query
from gum_app.store.store import Store

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HALF_LIFE_DAYS = 30.0
MOST = 20
PEOPLE, EACH, SEED = 100, 20, 7
BOOTSTRAPS = 1_000
SHOWN = ("R@1", "R@3", "R@5", "R@10", "R@20", "MRR")

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, kw_only=True)
class Statement:
    text: str
    quotes: tuple[str, ...] = ()
    at: datetime = NOW


@dataclass(frozen=True, kw_only=True)
class Case:
    """One memory and what is asked of it: each question with the gold ids, of which a statement covers some."""

    statements: Sequence[Statement]
    covers: Sequence[set[Any]]
    questions: Sequence[tuple[str, set[Any]]]


def locomo(folder: Path, *, dated: bool) -> Iterator[Case]:
    for talk in _read(folder, "locomo_dev.json"):
        said = {turn["id"]: f"{turn['speaker']}: {turn['text']}" for turn in talk["turns"]}
        times = [datetime.fromisoformat(each["dt"]).replace(tzinfo=UTC) for each in talk["props"]]
        shift = NOW - timedelta(hours=1) - max(times)
        yield Case(
            statements=[
                Statement(
                    text=each["text"],
                    quotes=tuple(said[turn] for turn in each["ev"] if turn in said),
                    at=at + shift if dated else NOW,
                )
                for each, at in zip(talk["props"], times, strict=True)
            ],
            covers=[set(each["ev"]) for each in talk["props"]],
            questions=[(each["q"], set(each["ev"])) for each in talk["qs"] if each["ev"] and each["cat"] != 5],
        )


def prefeval(folder: Path) -> Iterator[Case]:
    data = _read(folder, "prefeval_dev.json")
    chance = random.Random(SEED)
    for _ in range(PEOPLE):
        pick = chance.sample(range(len(data)), EACH)
        yield Case(
            statements=[Statement(text=data[number]["pref"]) for number in pick],
            covers=[{place} for place in range(EACH)],
            questions=[(data[number]["q"], {place}) for place, number in enumerate(pick)],
        )


def madial(folder: Path) -> Iterator[Case]:
    data = _read(folder, "madial_dev.json")
    yield Case(
        statements=[Statement(text=memory["event"]) for memory in data["memories"].values()],
        covers=[{int(name)} for name in data["memories"]],
        questions=[
            (
                " ".join(
                    turn
                    for turn in each["dialogue"][1 : each["test-turn"][0]]
                    if not turn.strip().startswith("<Assistant>")
                ),
                set(each["relevant-id"]),
            )
            for each in data["dialogues"]
        ],
    )


def asked(case: Case, measure: Callable[..., dict[str, float]], vectors: Vectors | None) -> Iterator[dict[str, float]]:
    """The scores of each question, and what it took."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "gum.db", bytes(32), fold=fold)
        ids = store.add_revisions([_revision(number, each) for number, each in enumerate(case.statements)])
        places = {id_: place for place, id_ in enumerate(ids)}
        if vectors is not None:
            texts = [each.text for each in case.statements]
            store.put_vectors("measured", list(zip(ids, texts, strict=True)), vectors(texts))
        meanings = (
            vectors([text for text, _ in case.questions]) if vectors is not None else [None] * len(case.questions)
        )
        for (text, gold), vector in zip(case.questions, meanings, strict=True):
            meaning = Meaning(embedder="measured", vector=vector) if vector is not None else None
            start = time.perf_counter()
            hits = store.retrieve(Query(text=text), now=NOW, meaning=meaning, limit=MOST)
            took_ms = 1000 * (time.perf_counter() - start)
            ranked = [places[hit.row.id] for hit in hits]
            yield measure(ranked, case.covers.__getitem__, gold) | {"ms": took_ms}
        store.close()


def _revision(number: int, statement: Statement) -> Revision:
    return Revision(
        kind="created",
        at=statement.at,
        text=statement.text,
        why="Told.",
        made_by="rule:measured",
        confidence_raw=0.8,
        ceiling=0.8,
        half_life_days=HALF_LIFE_DAYS,
        topic=f"measured:{number}",
        proposition_kind="task",
        evidence=tuple(Evidence(observation_id=None, quote=quote, at=statement.at) for quote in statement.quotes),
    )


def show(name: str, rows: Sequence[dict[str, float]]) -> None:
    told = " ".join(f"{key} {statistics.fmean(row[key] for row in rows):.3f}" for key in SHOWN)
    low, high = _interval([row["R@10"] for row in rows])
    took_ms = statistics.median(row["ms"] for row in rows)
    print(f"{name:10s} n {len(rows):4d}  {told}  R@10 within {low:.3f}–{high:.3f}  {took_ms:.1f} ms", flush=True)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    chance = random.Random(SEED)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(BOOTSTRAPS))
    return means[BOOTSTRAPS // 40], means[-BOOTSTRAPS // 40]


def vectors_of(named: str) -> Vectors | None:
    if named == "none":
        return None
    if named.endswith(".npz"):
        kept = np.load(named, allow_pickle=True)
        known = {text: vector.astype(np.float32) for text, vector in zip(kept["texts"], kept["vectors"], strict=True)}
        return lambda texts: np.array([known[text] for text in texts])
    from gum_app import engine
    from gum_app.paths import usual_home
    from gum_app.world.llama_session import Options
    from gum_app.world.local_model import LocalEmbedder
    from gum_app.world.model_waiting import Limits

    size = Path(named).stat().st_size
    model = LocalEmbedder(
        Options(weights=Path(named), embeds=True, context_tokens=512),
        name=Path(named).stem,
        engine=engine.path_of(engine.need(usual_home())),
        limits=Limits(needs_bytes=size, most_bytes=4 * size),
    )
    return lambda texts: model.embed(texts, stop=threading.Event())


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def _measure(folder: Path) -> Callable[..., dict[str, float]]:
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("baselines", folder / "baselines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    measure: Callable[..., dict[str, float]] = module.measure
    return measure


def main() -> None:
    options = argparse.ArgumentParser(description="How well is found what is asked for?")
    options.add_argument("folder", type=Path, metavar="FOLDER")
    options.add_argument("--vectors", default="none", metavar="none|FILE")
    options.add_argument("--dated", action="store_true", help="LoCoMo's statements are as old as they are")
    given = options.parse_args()
    if not (given.folder / "locomo_dev.json").exists():
        sys.exit(f"There is no locomo_dev.json in {given.folder}: name the folder with the data.")
    measure, vectors = _measure(given.folder), vectors_of(given.vectors)
    for name, cases in (
        ("LoCoMo", locomo(given.folder, dated=given.dated)),
        ("PrefEval", prefeval(given.folder)),
        ("MADial", madial(given.folder)),
    ):
        show(name, [row for case in cases for row in asked(case, measure, vectors)])


if __name__ == "__main__":
    main()
