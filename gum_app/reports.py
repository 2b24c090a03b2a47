"""What the commands print: for eyes, or as JSON for programs. The JSON's field names are a promise."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, TextIO

from gum_app.records import CALLED, Curve, Disclosure, Evidence, Observation, Proposition, Revision, Skip, SpotCheck
from gum_app.rules.curves import shown
from gum_app.rules.freshness import freshness
from gum_app.rules.leaving import ONLY_A_CLAIM, told_standing
from gum_app.rules.norms import DID, FIXED, NAMES
from gum_app.rules.reliability import reliability_of, score_told, tally, told
from gum_app.store.listing import PropositionRow
from gum_app.store.reading import ReadingStore
from gum_app.store.rulings import Tally

PROGRESS_EVERY_SECONDS = 0.2
BAR_WIDTH = 30
HIGH_CONTROLS = range(0x7F, 0xA0)  # JSON leaves them as they are, and terminals obey them
TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)  # that make a line read otherwise
CONTROLS = (*range(0x20), *HIGH_CONTROLS, *TURNS)

# What forgetting and importing count, one and many; a name that is not here takes an s.
NOUNS: dict[str, tuple[str, str]] = {
    "observations": ("observation", "observations"),
    "propositions": ("proposition", "propositions"),
    "propositions_changed": ("proposition loses evidence", "propositions lose evidence"),
    "revisions": ("revision", "revisions"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "thumbnails": ("small picture", "small pictures"),
    "frames": ("waiting picture", "waiting pictures"),
    "accounts": ("account of an episode by the model", "accounts of episodes by the model"),
    "rulings": ("note of what was cut", "notes of what was cut"),
    "suggestions": ("suggestion", "suggestions"),
    "reminders": ("reminder", "reminders"),
    "untold": ("episode’s words", "episodes’ words"),
    "rows": ("row of words", "rows of words"),
    "skips": ("skip", "skips"),
    "sightings": ("sighting", "sightings"),
    "privacy_rule": ("privacy rule", "privacy rules"),
    "feedback": ("verdict", "verdicts"),
}


def proposition_json(proposition: Proposition, now: datetime) -> dict[str, Any]:
    return {
        "id": proposition.id,
        "text": proposition.text,
        "kind": proposition.kind,
        "confidence": round(proposition.confidence, 4),
        "confidence_evidence": round(proposition.confidence_evidence, 4),
        "confidence_raw": round(proposition.confidence_raw, 4),
        "ceiling": proposition.ceiling,
        "half_life_days": proposition.half_life_days,
        "freshness": round(freshness(proposition.last_supported_at, proposition.half_life_days, now), 4),
        "state": proposition.state,
        "created_at": proposition.created_at.isoformat(),
        "last_supported_at": proposition.last_supported_at.isoformat(),
        "pinned": proposition.pinned,
        "edited": proposition.edited,
        "made_by": proposition.made_by,
        "topic": proposition.topic,
        "value": proposition.value,
        "evidence": [_evidence_json(item) for item in proposition.evidence],
        "revisions": [_revision_json(revision) for revision in proposition.revisions],
    }


def _evidence_json(item: Evidence) -> dict[str, Any]:
    return {
        "observation_id": item.observation_id,
        "quote": item.quote,
        "supports": item.supports,
        "at": item.at.isoformat(),
        "app": item.app,
        "weight": item.weight,
    }


def _revision_json(revision: Revision) -> dict[str, Any]:
    return {
        "id": revision.id,
        "kind": revision.kind,
        "at": revision.at.isoformat(),
        "why": revision.why,
        "made_by": revision.made_by,
        "text": revision.text,
        "confidence": round(revision.confidence_raw, 4),
        "undoes": revision.undoes,
        "other": revision.other,
    }


def observation_json(observation: Observation) -> dict[str, Any]:
    return {
        "id": observation.id,
        "source": observation.source,
        "app": observation.app,
        "title": observation.title,
        "url": observation.url,
        "started_at": observation.started_at.isoformat(),
        "ended_at": observation.ended_at.isoformat(),
        "active_seconds": round(observation.active_seconds, 1),
        "keys": observation.keys,
        "text": observation.text,
    }


def print_propositions(
    out: TextIO,
    store: ReadingStore,
    found: Sequence[PropositionRow],
    now: datetime,
    *,
    as_json: bool,
    searched: str = "",
) -> None:
    if as_json:
        whole = [store.proposition(row.id) for row in found]
        print_json(out, [proposition_json(each, now) for each in whole if each is not None])
        return
    for row in found:
        print(f"{row.id:>5}  {row.confidence:4.0%}  {row.kind:<12}  {plain(row.text)}", file=out)
    if not found:
        print(f"Nothing fits “{searched}”." if searched else "Nothing is believed about you yet.", file=out)


def print_hits(out: TextIO, answer: dict[str, Any], *, as_json: bool) -> None:
    """What the question `search` answers."""
    if as_json:
        print_json(out, answer)
        return
    for hit in answer["hits"]:
        print(f"{hit['id']:>5}  {hit['score']:4.0%}  {hit['kind']:<12}  {plain(hit['text'])}", file=out)
        print(f"{'':14}{plain(hit['why'])}", file=out)
    if not answer["hits"]:
        print("Nothing fits.", file=out)
    if answer["trouble"]:
        print(answer["trouble"], file=out)


def print_story(out: TextIO, proposition: Proposition, now: datetime, *, as_json: bool) -> None:
    if as_json:
        print_json(out, proposition_json(proposition, now))
        return
    fresh = freshness(proposition.last_supported_at, proposition.half_life_days, now)
    print(plain(proposition.text), file=out)
    print(
        f"{proposition.kind}, {proposition.state}, {proposition.confidence:.0%} sure, {fresh:.0%} fresh "
        f"(half of that is left after {proposition.half_life_days:.1f} days without new evidence)",
        file=out,
    )
    print("\nEvidence", file=out)
    for item in proposition.evidence:
        side = "for" if item.supports else "against"
        print(f"  {item.at:%Y-%m-%d %H:%M}  {side:<7}  {item.app}: “{plain(item.quote)}”", file=out)
    print("\nHistory", file=out)
    for revision in proposition.revisions:
        print(
            f"  {revision.at:%Y-%m-%d %H:%M}  {revision.kind:<9}  by {revision.made_by}: {plain(revision.why)}",
            file=out,
        )


def print_observations(out: TextIO, found: Sequence[Observation], *, as_json: bool) -> None:
    if as_json:
        print_json(out, [observation_json(each) for each in found])
        return
    for each in found:
        span = f"{each.started_at:%Y-%m-%d %H:%M}–{each.ended_at:%H:%M}"
        print(f"{each.id:>6}  {span}  {each.active_seconds / 60:5.1f} min  {each.app}: {plain(each.title)}", file=out)


def print_skips(out: TextIO, found: Sequence[Skip], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "started_at": s.started_at.isoformat(),
                "ended_at": s.ended_at.isoformat(),
                "rule": s.rule,
                "count": s.count,
            }
            for s in found
        ]
        print_json(out, rows)
        return
    for skip in found:
        print(f"{skip.started_at:%Y-%m-%d %H:%M}–{skip.ended_at:%H:%M}  {skip.count:>4} ×  {skip.rule}", file=out)


def print_tallies(out: TextIO, found: Sequence[Tally], *, as_json: bool) -> None:
    """What the audit decided, never what it was about."""
    if as_json:
        instants = {"first_at", "last_at"}
        rows = [
            {name: value.isoformat() if name in instants else value for name, value in asdict(one).items()}
            for one in found
        ]
        print_json(out, rows)
        return
    for one in found:
        done = "cut out" if one.matter in FIXED else DID[one.keeping]
        what = f"{NAMES[one.matter]}, {done}: {one.rule}"
        print(f"{one.last_at:%Y-%m-%d %H:%M}  {one.count:>4} ×  {what} ({one.app})", file=out)


def print_calibration(out: TextIO, checks: Sequence[SpotCheck], curves: Mapping[str, Curve], *, as_json: bool) -> None:
    """How sure, how right: the figures of the page of that name."""
    figures = reliability_of(checks)
    if as_json:
        print_json(out, asdict(figures) | {"curves": [asdict(curve) for curve in curves.values()]})
        return
    print(told(figures), file=out)
    if score := score_told(figures):
        print(score, file=out)
    for each in figures.bins if figures.is_enough else ():
        right = f"{tally(each.right, each.verdicts)} right"
        print(
            f"  shown {each.lowest:4.0%} to {each.highest:4.0%}, {each.shown:4.0%} on average: {right:>16}"
            f" = {each.share:4.0%}, truly {each.share_low:.0%} to {each.share_high:.0%}",
            file=out,
        )
    judged = [curve for curve in curves.values() if ":" in curve.source]
    if judged:
        print("What all your verdicts taught it, drawn or not (by the evidence → shown):", file=out)
    for curve in judged:
        moved = ", ".join(f"{share:.0%} → {shown(share, 1.0, curve):.0%}" for share in (0.5, 0.7, 0.9))
        print(f"  {curve.source}: {moved} ({curve.verdicts} judged)", file=out)


def print_programs(out: TextIO, store: ReadingStore, *, limit: int) -> None:
    """Who may be told what, and what was told, the newest first."""
    grants, told = store.grants(), store.disclosures(limit=limit)
    texts = store.texts_of(id_ for each in told for id_ in each.propositions)
    for grant in grants:
        print(f"{grant.client}: {told_standing(grant)}", file=out)
    print(ONLY_A_CLAIM if grants else "No other program has asked.", file=out)
    for each in told:
        print(f"{each.at:%Y-%m-%d %H:%M}  {each.client} {plain(_passed(each))}:", file=out)
        for id_ in each.propositions:
            if id_ in texts:
                print(f"  #{id_} {plain(texts[id_])}", file=out)


def _passed(told: Disclosure) -> str:
    """“asked “tea” and was told 1”"""
    if told.verb in CALLED:
        return f"called {'it partly right' if CALLED[told.verb] == 'partly' else f'it {CALLED[told.verb]}'}"
    if told.verb == "recent":
        return f"asked what you did and was told of {told.episodes} windows"
    asked = f"asked “{told.question}”" if told.question else "asked"
    names = ", people under pseudonyms" if told.with_pseudonyms else ""
    return f"{asked} and was told {len(told.propositions)}{names}"


def print_status(out: TextIO, answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(out, answer)
        return
    print(answer["sentence"], file=out)
    for sentence in answer["trouble"]:
        print(sentence, file=out)
    if number := answer.get("suggestions"):
        print(f"{_number_of('suggestions', number)} to look at: `gum-app suggestions`.", file=out)
    if until := (answer.get("focus") or {}).get("until"):
        print(f"Focus time until {datetime.fromisoformat(until):%H:%M}.", file=out)
    if reading_with := answer.get("reading_with"):
        print(f"Reading with {reading_with}.", file=out)


def counted(counts: dict[str, Any]) -> str:
    """Only what there is any of: “3 observations, 1 proposition”."""
    parts = [_number_of(name, n) for name, n in counts.items() if isinstance(n, int) and n]
    return ", ".join(parts) or "nothing"


def _number_of(name: str, number: int) -> str:
    one, many = NOUNS.get(name, (name, f"{name}s"))
    return f"{number} {one if number == 1 else many}"


def plain(text: str) -> str:
    """A page chooses its words: no sign among them may command the terminal."""
    return text.translate(dict.fromkeys(CONTROLS, "�"))


def print_json(out: TextIO, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    print(text.translate({code: f"\\u{code:04x}" for code in HIGH_CONTROLS}), file=out)


class ProgressBar:
    """How far a replay is, drawn now and then on a terminal; silent elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    @contextmanager
    def following(self, progress: Callable[[], tuple[int, int] | None]) -> Iterator[None]:
        stop = threading.Event()
        thread = threading.Thread(target=self._draw, args=(progress, stop), name="progress", daemon=True)
        if self._out.isatty():
            thread.start()
        try:
            yield
        finally:
            stop.set()
            if thread.is_alive():
                thread.join()
                print(file=self._out)

    def _draw(self, progress: Callable[[], tuple[int, int] | None], stop: threading.Event) -> None:
        while not stop.wait(PROGRESS_EVERY_SECONDS):
            if (far := progress()) is not None:
                done, of = far
                full = BAR_WIDTH * done // of
                self._out.write(f"\r[{'#' * full}{'.' * (BAR_WIDTH - full)}] {done} of {of} events")
                self._out.flush()
