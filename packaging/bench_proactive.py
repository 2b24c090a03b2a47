"""Whether to speak, and whether an offer is taken: our rules on public data about help that nobody asked for.

    PYTHONPATH=. uv run python packaging/bench_proactive.py FILE

FILE is `proactive_dev.json`, a part of ProactiveBench (thunlp/ProactiveAgent, Apache-2.0): what people did at a
computer, told event by event in sentences; after each, offers by several models, whether most of two or three
annotators would take them, and whether help was needed at all. Nothing of the data is kept. One trace is left out at a
time, as the beginnings of a trace repeat within it; an interval is 95 % of a bootstrap over traces.

What of the product can be tried on it, and what cannot:

* `taste`: yes. Offers are sorted into kinds by their words; what was answered at earlier states of the same trace is
  this person's past. (The annotators are not that person, and change from trace to trace.)
* `novelty`: yes. What was offered at an earlier state and is the same matter is “already offered”.
* `utility`: the rule, but not with scores, which nobody gave these offers: with even ones it speaks above one third.
* The belief: no. There are no propositions under these offers. A logistic regression on some plain features of the last
  events stands for it (`HELP`); it is fitted on the other traces and not shipped.
* `moment`: one of its twelve hindrances. Nobody counted keys; that the last event is typing stands for deep typing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log1p
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from gum_app.rules.alike import share
from gum_app.rules.moment import DEEP_TYPING_KEYS, hindrance
from gum_app.rules.novelty import same_matter
from gum_app.rules.taste import taste
from gum_app.rules.utility import utility
from gum_app.rules.wording import named, stems
from gum_app.settings import Settings
from gum_app.suggestions import Act, Answered, Moment, Offer, OfferKind, SuggestionId

Floats = NDArray[np.float64]
START = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATELY = 5  # events
EVEN = 5  # benefit and both costs
SPOKEN_SHARE = 0.2
RIDGE = 1.0  # on standardized features; not tuned
BOOTSTRAPS = 2_000

TYPES = re.compile(r"\btyp(?:es|ed|ing)\b|\bwrit(?:es|ing)\b|\bedits?\b|\binputs?\b", re.IGNORECASE)
TURNS = re.compile(r"\bswitch|\bopen|\breturn|\bnavigat|\bnew tab|\bvisit", re.IGNORECASE)
SEARCHES = re.compile(r"\bsearch|\bquer(?:y|ies)\b|\bgoogle|\bbing\b|\blook(?:s|ing)? (?:up|for)\b", re.IGNORECASE)
ASKS = re.compile(
    r"\bhow (?:to|do|can)\b|\bwhat (?:is|are)\b|\bwhy\b|\bquestion\b|stack ?overflow|\bask", re.IGNORECASE
)
TROUBLE = re.compile(r"\berrors?\b|\bfail|\bexception\b|\bdebug|\bissues?\b|\bproblems?\b|\bcrash|\bbug", re.IGNORECASE)
KINDS: tuple[tuple[OfferKind, re.Pattern[str]], ...] = (
    ("trouble", TROUBLE),
    ("deadline", re.compile(r"\bremind|\bschedul|\bdeadline|\bcalendar", re.IGNORECASE)),
    ("draft", re.compile(r"\bwrit|\bcreate|\bgenerat|\bcode\b|\bsnippet|\btemplate|\bdraft|\bcomplet", re.IGNORECASE)),
    ("question", re.compile(r"\bsearch|\bfind|\blook|\bexplain|\bexplanation|\btutorial|\bguid", re.IGNORECASE)),
)


@dataclass(frozen=True, kw_only=True)
class State:
    """What was seen up to one event of a trace."""

    trace: int
    events: tuple[str, ...]
    seconds: float | None  # since the event before; None: not told
    needed: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    state: State
    task: str
    taken: bool
    annotators: tuple[bool, ...]

    @property
    def kind(self) -> OfferKind:
        return next((kind for kind, words in KINDS if words.search(self.task)), "idea")


def read(path: Path) -> tuple[list[State], list[Proposal]]:
    states: dict[tuple[int, tuple[str, ...]], State] = {}
    proposals: list[Proposal] = []
    for trace in json.loads(path.read_text(encoding="utf-8")):
        for row in trace["rows"]:
            events = tuple(each["event"] for each in row["obs"])
            key = (trace["trace"], events)
            if key not in states:
                seconds = _seconds(row["obs"])
                states[key] = State(trace=key[0], events=events, seconds=seconds, needed=row["help_needed"])
            if row["pred_task"]:
                said = tuple(row["annotation"])
                proposals.append(
                    Proposal(state=states[key], task=row["pred_task"], taken=row["valid"], annotators=said)
                )
    return list(states.values()), proposals


def _seconds(events: Sequence[dict[str, str]]) -> float | None:
    try:
        return float(events[-1]["time"]) - float(events[-2]["time"])
    except (ValueError, IndexError):
        return None


# What is looked at

HELP = (
    *("events", "typed last", "turned to another window last", "searched last", "seconds since", "seconds unknown"),
    *("searches lately", "questions lately", "trouble lately", "typed lately", "goes on with the same", "names lately"),
)


def of_state(state: State) -> list[float]:
    """As in `HELP`."""
    last, lately = state.events[-1], state.events[-LATELY:]
    return [
        log1p(len(state.events)),
        float(TYPES.search(last) is not None),
        float(TURNS.search(last) is not None),
        float(SEARCHES.search(last) is not None),
        log1p(max(state.seconds or 0.0, 0.0)),
        float(state.seconds is None),
        *(_share(pattern, lately) for pattern in (SEARCHES, ASKS, TROUBLE, TYPES)),
        max((share(last, before) for before in lately[:-1]), default=0.0),
        log1p(len(named(" ".join(lately)))),
    ]


def of_proposal(proposal: Proposal) -> list[float]:
    """The state's, and of the offer: how near it is to what goes on, how long, how concrete, of which kind."""
    events, task = proposal.state.events, proposal.task
    seen, ours = set(stems(" ".join(events[-LATELY:]))), set(stems(task))
    return [
        *of_state(proposal.state),
        share(task, events[-1]),
        len(ours & seen) / max(len(ours), 1),
        log1p(len(task.split())),
        float(len(named(task))),
        *(float(proposal.kind == kind) for kind, _ in KINDS),
    ]


def _share(pattern: re.Pattern[str], events: Sequence[str]) -> float:
    return sum(pattern.search(each) is not None for each in events) / len(events)


# Fitted on the other traces


def left_out(rows: Floats, truth: Floats, traces: Sequence[int]) -> Floats:
    """For each row what a ridge logistic regression says that has not seen its trace."""
    told = np.zeros(len(truth))
    where = np.array(traces)
    for trace in sorted(set(traces)):
        out = where == trace
        told[out] = _says(_fit(rows[~out], truth[~out]), rows[out])
    return told


@dataclass(frozen=True)
class Fit:
    mean: Floats
    spread: Floats
    weights: Floats  # the first is the intercept


def _fit(rows: Floats, truth: Floats) -> Fit:
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    given = _given(rows, mean, spread)
    penalty = np.diag([0.0, *[RIDGE] * rows.shape[1]])
    weights = np.zeros(given.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (expected - truth) + penalty @ weights
        bend = (given * (expected * (1 - expected))[:, None]).T @ given + penalty
        weights = weights - np.linalg.solve(bend + 1e-9 * np.eye(len(bend)), slope)
    return Fit(mean, spread, weights)


def _says(fit: Fit, rows: Floats) -> Floats:
    told: Floats = 1 / (1 + np.exp(-_given(rows, fit.mean, fit.spread) @ fit.weights))
    return told


def _given(rows: Floats, mean: Floats, spread: Floats) -> Floats:
    return np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])


# What the product's rules say


def tastes(proposals: Sequence[Proposal]) -> Floats:
    """How often such offers are taken, from the answers at earlier states of the same trace."""
    return np.array([taste(each.kind, _answers_before(each, proposals), _at(each.state)).rate for each in proposals])


def _answers_before(one: Proposal, proposals: Sequence[Proposal]) -> list[Answered]:
    return [
        Answered(
            kind=each.kind,
            answer="taken" if each.taken else "dismissed",
            at=_at(each.state),
            suggestion_id=SuggestionId(number + 1),
        )
        for number, each in enumerate(proposals)
        if _comes_before(each, one)
    ]


def repeated(proposals: Sequence[Proposal]) -> NDArray[np.bool_]:
    """What was offered at an earlier state of its trace already, in these or other words."""
    return np.array(
        [
            any(_comes_before(each, one) and same_matter(_offer(each), _offer(one)) for each in proposals)
            for one in proposals
        ]
    )


def _comes_before(one: Proposal, other: Proposal) -> bool:
    return one.state.trace == other.state.trace and len(one.state.events) < len(other.state.events)


def _at(state: State) -> datetime:
    return START + timedelta(minutes=len(state.events))


def _offer(proposal: Proposal) -> Offer:
    return Offer(
        kind=proposal.kind,
        topic=proposal.task,
        title=proposal.task,
        why_now="",
        act=Act(kind="gather", title=proposal.task),
        belief=0.5,
        benefit=EVEN,
        cost_wrong=EVEN,
        cost_silent=EVEN,
        good_until=START,
        made_by="public data",
    )


def hindered(state: State) -> bool:
    """By typing, as far as sentences tell it."""
    keys = DEEP_TYPING_KEYS + 1.0 if TYPES.search(state.events[-1]) else 0.0
    moment = Moment(at=START, app="any", keys_a_minute=keys, in_front_seconds=60.0)
    return hindrance(moment, Settings()) is not None


# Scores


def auc(told: Floats, truth: Floats) -> float:
    """The chance that a true one is put before a false one."""
    yes, no = told[truth == 1], told[truth == 0]
    if not len(yes) or not len(no):
        return float("nan")
    order = np.sort(no)
    below, up_to = np.searchsorted(order, yes, "left"), np.searchsorted(order, yes, "right")
    return float((below + up_to).mean() / 2 / len(no))


def average_precision(told: Floats, truth: Floats) -> float:
    """Those told alike count together."""
    found, true, before, total = 0, 0.0, 0.0, 0.0
    for value in np.unique(told)[::-1]:
        here = told == value
        found, true = found + int(here.sum()), true + float(truth[here].sum())
        total += (true - before) * true / found
        before = true
    return total / before if before else float("nan")


def f1(spoken: NDArray[np.bool_], truth: Floats) -> float:
    right = float(truth[spoken].sum())
    return 2 * right / (float(spoken.sum()) + float(truth.sum())) if right else 0.0


def surest(told: Floats, portion: float) -> NDArray[np.bool_]:
    """That share of all, the surest first; the order of the data breaks ties."""
    chosen = np.zeros(len(told), dtype=np.bool_)
    chosen[np.argsort(-told, kind="stable")[: round(portion * len(told))]] = True
    return chosen


def interval(score: Callable[[Floats, Floats], float], told: Floats, truth: Floats, traces: Sequence[int]) -> str:
    members: dict[int, list[int]] = defaultdict(list)
    for row, trace in enumerate(traces):
        members[trace].append(row)
    random, names, found = Random(7), sorted(members), []
    for _ in range(BOOTSTRAPS):
        rows = [row for trace in random.choices(names, k=len(names)) for row in members[trace]]
        found.append(score(told[rows], truth[rows]))
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return f"[{low:.2f}, {high:.2f}]"


def human(proposals: Sequence[Proposal]) -> str:
    """One annotator against two others who agree."""
    one, two = [], []
    for each in proposals:
        for place, said in enumerate(each.annotators):
            others = each.annotators[:place] + each.annotators[place + 1 :]
            if len(others) == 2 and others[0] == others[1]:
                one.append(said)
                two.append(float(others[0]))
    spoken, truth = np.array(one, dtype=np.bool_), np.array(two)
    return f"F1 {f1(spoken, truth):.3f}, accuracy {float((spoken == truth).mean()):.3f} ({len(truth)} pairs)"


def line(name: str, told: Floats, truth: Floats, traces: Sequence[int]) -> str:
    """One of the table. Spoken is where the even utility says so."""
    spoken = np.array([_speaks(float(each)) for each in told])
    cells = (
        f"{auc(told, truth):.3f} {interval(auc, told, truth, traces)}",
        f"{average_precision(told, truth):.3f}",
        f"{truth[surest(told, SPOKEN_SHARE)].mean():.3f}",
        f"{f1(spoken, truth):.3f} ({spoken.mean():.0%}, {_mean(truth[spoken])})",
        f"{np.mean((told - truth) ** 2):.3f}",
    )
    return f"| {name} | {' | '.join(cells)} |"


def _mean(truth: Floats) -> str:
    return f"{truth.mean():.3f}" if len(truth) else "none"


def _speaks(wanted: float) -> bool:
    return utility(wanted, benefit=EVEN, cost_wrong=EVEN, cost_silent=EVEN).speaks


def always(truth: Floats, traces: Sequence[int]) -> str:
    """As if nothing were known; the Brier score is that of the other traces' base rate."""
    where = np.array(traces)
    told = np.array([truth[where != trace].mean() for trace in traces])
    rate = f"{truth.mean():.3f}"
    all_of_them = f1(np.ones(len(truth), dtype=np.bool_), truth)
    cells = ("0.500", rate, rate, f"{all_of_them:.3f} (100%, {rate})", f"{np.mean((told - truth) ** 2):.3f}")
    return f"| always | {' | '.join(cells)} |"


HEAD = (
    f"| {{}} | AUC | AP | precision, surest {SPOKEN_SHARE:.0%} | F1 above one third (spoken, precision) | Brier |\n"
    "|---|---|---|---|---|---|"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="proactive_dev.json")
    path = parser.parse_args().file
    if not path.is_file():
        print(f"There is no file {path}: nothing was measured.", file=sys.stderr)
        return 2
    states, proposals = read(path)
    told_of_states(states)
    told_of_offers(states, proposals)
    return 0


def told_of_states(states: Sequence[State]) -> None:
    traces = [each.trace for each in states]
    needed = np.array([float(each.needed) for each in states])
    told = left_out(np.array([of_state(each) for each in states]), needed, traces)
    print(HEAD.format(f"is help needed? {len(states)} states, {len(set(traces))} traces, {needed.mean():.1%} yes"))
    print(always(needed, traces))
    print(line("features of the last events", told, needed, traces))
    typing = np.array([hindered(each) for each in states])
    print(
        f"\nHelp is needed in {_mean(needed[typing])} of {typing.sum()} states in which somebody types, and in "
        f"{_mean(needed[~typing])} of the others.\n"
    )


def told_of_offers(states: Sequence[State], proposals: Sequence[Proposal]) -> None:
    traces = [each.state.trace for each in proposals]
    taken = np.array([float(each.taken) for each in proposals])
    needed = np.array([float(each.needed) for each in states])
    of_states = left_out(np.array([of_state(each) for each in states]), needed, [each.trace for each in states])
    belief_of = dict(zip([(each.trace, each.events) for each in states], of_states, strict=True))
    belief = np.array([belief_of[each.state.trace, each.state.events] for each in proposals])
    rates = tastes(proposals)
    features = left_out(np.array([of_proposal(each) for each in proposals]), taken, traces)
    print(HEAD.format(f"is an offer taken? {len(proposals)} offers, {taken.mean():.1%} are"))
    print(always(taken, traces))
    print(line("taste alone: earlier answers to its kind", rates, taken, traces))
    print(line("belief × taste, as the judge does", belief * rates, taken, traces))
    print(line("features of events and offer", features, taken, traces))
    again, typing = repeated(proposals), np.array([hindered(each.state) for each in proposals])
    print(f"\nOne annotator against two who agree: {human(proposals)}.")
    for name, silent in (("are the same as one before", again), ("come while somebody types", typing)):
        told = f"{_mean(taken[silent])} of them are taken, {_mean(taken[~silent])} of the others"
        print(f"{silent.sum()} offers {name}: {told}.")
    on_need = np.array([each.state.needed for each in proposals])
    print(f"Where help is needed {_mean(taken[on_need])} of {on_need.sum()} offers are taken.")


if __name__ == "__main__":
    sys.exit(main())
