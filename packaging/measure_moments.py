"""Were offers made at welcome moments of a recording, and none at others?

    uv run gum-app --home HOME replay RECORDING_DIR --suggestions --from-the-first-hour --json > offers.json
    uv run gum-app --home HOME observations --json > seen.json
    uv run python packaging/measure_moments.py RECORDING_DIR offers.json [--seen seen.json] [--each]

With a model beside the rules: the same with `--endpoint URL --endpoint-model NAME` (or `--weights FILE`) in the first
line. `--from-the-first-hour` leaves out the silence of the first day; without it nothing is shown before the second.

The rules of scoring. Timing and content are scored apart.

* **A hit**: an offer shown from two minutes before to five minutes after a good moment of `truth.json`. Each offer
  counts for one moment, and each moment once; a second offer there is neither hit nor false alarm.
* **A disturbance**: an offer shown from one minute before to three minutes after an unwelcome moment; the worst sort.
* **A false alarm**: every other offer that was shown; counted an hour of work, which is one with somebody at the
  machine: unlocked, and no five minutes without an event.
* **Precision**: hits of all that were shown (but for second offers). **Recall**: good moments with a hit.
* **Silence**: at an unwelcome moment, the reasons for which offers were held back within its window, and whether one is
  the reason that `why` gives: a call, typing, done already, sharing, a lock, what is private. Where nothing was in
  question there is nothing to hold back, and it says so; what is not worth it at any moment does not count.
* **Content**: a good moment's matter is found where an offer, shown or not and whenever, has three content words or
  numbers in common with the suggestion; two where it rests on an episode in which a picture of the moment's evidence
  was taken (`--seen`). Compared by stems: that an offer is the *right* one, somebody has to read (`--each`).
* A false alarm that concerns a good moment's matter came at the wrong time; the others concern none.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from gum_app.rules.wording import stems

EARLY, LATE = timedelta(minutes=2), timedelta(minutes=5)
BEFORE, AFTER = timedelta(minutes=1), timedelta(minutes=3)
AT_WORK = timedelta(minutes=5)
MANY_WORDS, FEW_WORDS = 3, 2
# Such an offer would not have been shown at another moment either.
_AT_ANY_MOMENT = {"not worth it", "already offered", "lately refused", "never such"}
_EXPECTED = (
    (re.compile(r"\bcall\b|presents", re.IGNORECASE), {"call", "full screen"}),
    (re.compile(r"\bprivate\b|\bcode\b|\bbank", re.IGNORECASE), {"private"}),
    (re.compile(r"\bshare", re.IGNORECASE), {"sharing"}),
    (re.compile(r"\block", re.IGNORECASE), {"locked", "away"}),
    (re.compile(r"\bdone\b|\balready\b", re.IGNORECASE), {"already done", "already doing"}),
    (re.compile(r"\btyping\b", re.IGNORECASE), {"typing", "already doing", "focus"}),
)


@dataclass
class Score:
    shown: list[dict[str, Any]]
    hours: float
    hits: dict[str, dict[str, Any]] = field(default_factory=dict)
    second: list[dict[str, Any]] = field(default_factory=list)
    disturbances: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    false_alarms: list[dict[str, Any]] = field(default_factory=list)
    found: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    silences: dict[str, tuple[set[str], bool | None]] = field(default_factory=dict)
    good: int = 0
    unwelcome: int = 0

    @property
    def precision(self) -> float | None:
        counted = len(self.shown) - len(self.second)
        return len(self.hits) / counted if counted else None

    @property
    def recall(self) -> float | None:
        return len(self.hits) / self.good if self.good else None

    @property
    def false_an_hour(self) -> float:
        wrong = len(self.false_alarms) + sum(len(each) for each in self.disturbances.values())
        return wrong / self.hours if self.hours else 0.0

    @property
    def recall_of_content(self) -> float | None:
        return len(self.found) / self.good if self.good else None


def score(
    truth: dict[str, Any],
    offers: list[dict[str, Any]],
    events: list[dict[str, Any]],
    seen: list[dict[str, Any]] | None = None,
) -> Score:
    """`offers` as `gum-app replay --suggestions --json` lists them; `seen` as `gum-app observations --json` does."""
    shown = sorted((each for each in offers if each["shown_at"]), key=lambda each: each["shown_at"])
    result = Score(shown=shown, hours=hours_of_work(events))
    good = [moment for moment in truth["moments"] if moment["good"]]
    unwelcome = [moment for moment in truth["moments"] if not moment["good"]]
    result.good, result.unwelcome = len(good), len(unwelcome)
    for offer in shown:
        at = _at(offer["shown_at"])
        disturbed = next((m for m in unwelcome if -BEFORE <= at - _at(m["at"]) <= AFTER), None)
        near = [m for m in good if -EARLY <= at - _at(m["at"]) <= LATE]
        if disturbed is not None:
            result.disturbances.setdefault(disturbed["id"], []).append(offer)
        elif free := [m for m in near if m["id"] not in result.hits]:
            result.hits[free[0]["id"]] = offer
        else:
            (result.second if near else result.false_alarms).append(offer)
    spans = spans_of(seen) if seen is not None else {}
    taken = {event["image"]: _at(event["at"]) for event in events if event["kind"] == "frame"}
    for moment in good:
        about = [offer for offer in offers if concerns(offer, moment, spans, taken)]
        if about:
            result.found[moment["id"]] = about
    for moment in unwelcome:
        result.silences[moment["id"]] = silence_at(moment, offers)
    return result


def hours_of_work(events: list[dict[str, Any]]) -> float:
    total, locked = timedelta(), False
    # An idle event comes at the end of the time it tells of.
    acted = [event for event in events if event["kind"] in {"input", "window", "lock", "unlock", "sleep", "wake"}]
    for before, after in pairwise(acted):
        locked = before["kind"] in {"lock", "sleep", "wake"} or (locked and before["kind"] != "unlock")
        gap = _at(after["at"]) - _at(before["at"])
        if not locked and gap <= AT_WORK:
            total += gap
    return total / timedelta(hours=1)


def concerns(
    offer: dict[str, Any],
    moment: dict[str, Any],
    spans: dict[int, tuple[datetime, datetime]],
    taken: dict[str, datetime],
) -> bool:
    act = offer["act"]
    words = set(stems(" ".join((offer["title"], offer["why_now"], act["title"], act["text"] or ""))))
    common = len(words & set(stems(moment["suggestion"])))
    instants = [taken[image] for image in moment["evidence"] if image in taken]
    rests = any(
        start - timedelta(seconds=2) <= at <= end + timedelta(seconds=2)
        for id_ in offer["seen_in"]
        if id_ in spans
        for start, end in (spans[id_],)
        for at in instants
    )
    return common >= MANY_WORDS or (rests and common >= FEW_WORDS)


def silence_at(moment: dict[str, Any], offers: list[dict[str, Any]]) -> tuple[set[str], bool | None]:
    """The reasons then, and whether one is that of the truth; None: nothing was in question."""
    at = _at(moment["at"])
    reasons = {
        kept["silence"]
        for offer in offers
        for kept in offer["silences"]
        if _at(kept["first_at"]) <= at + AFTER and _at(kept["last_at"]) >= at - BEFORE
    }
    reasons -= _AT_ANY_MOMENT
    expected = next((silences for pattern, silences in _EXPECTED if pattern.search(moment["why"])), set())
    return reasons, (bool(reasons & expected) if reasons else None)


def spans_of(seen: list[dict[str, Any]]) -> dict[int, tuple[datetime, datetime]]:
    return {each["id"]: (_at(each["started_at"]), _at(each["ended_at"])) for each in seen}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def tell(result: Score, truth: dict[str, Any], *, each: bool) -> None:
    wrong = sum(len(found) for found in result.disturbances.values())
    print(f"shown {len(result.shown)} in {result.hours:.1f} hours of work")
    print(
        f"timing: precision {_share(result.precision)}, recall {_share(result.recall)} ({len(result.hits)} of"
        f" {result.good}), disturbances {wrong}, other false alarms {len(result.false_alarms)},"
        f" {result.false_an_hour:.2f} an hour"
    )
    print(f"content: matter found of {_share(result.recall_of_content)} ({len(result.found)} of {result.good})")
    about = [offer for offer in result.false_alarms if any(offer in found for found in result.found.values())]
    print(f"false alarms that concern a good moment's matter: {len(about)} of {len(result.false_alarms)}")
    print("shown by kind:", dict(Counter(offer["kind"] for offer in result.shown)))
    for moment in truth["moments"]:
        name = moment["id"]
        if moment["good"]:
            hit = result.hits.get(name)
            found = "matter found" if name in result.found else "matter not found"
            print(f"  {name} good: {'hit: ' + hit['title'] if hit else 'missed'}; {found}")
        else:
            reasons, right = result.silences[name]
            told = ", ".join(sorted(reasons)) or "nothing was in question"
            disturbed = [offer["title"] for offer in result.disturbances.get(name, [])]
            what = f"DISTURBED: {disturbed}" if disturbed else "silent"
            print(f"  {name} unwelcome: {what}; {told}; right: {right}")
    if each:
        for offer in result.shown:
            print(f"\n{offer['shown_at']}  {offer['kind']}  {offer['title']}\n   {offer['why_now']}")
            print(f"   {offer['act']['kind']}: {offer['act']['title']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", type=Path)
    parser.add_argument("offers", type=Path)
    parser.add_argument("--seen", type=Path)
    parser.add_argument("--each", action="store_true", help="print each offer that was shown")
    options = parser.parse_args()
    truth = json.loads((options.recording / "truth.json").read_text(encoding="utf-8"))
    read = json.loads(options.offers.read_text(encoding="utf-8"))
    offers = read["suggestions"] if isinstance(read, dict) else read
    seen = json.loads(options.seen.read_text(encoding="utf-8")) if options.seen else None
    tell(score(truth, offers, events_of(options.recording), seen), truth, each=options.each)


def events_of(recording: Path) -> list[dict[str, Any]]:
    text = (recording / "events.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    main()
