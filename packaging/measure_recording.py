"""How good are the beliefs drawn from a recording whose truth is known?

    uv run python packaging/measure_recording.py RECORDING_DIR EXPORT.json [--judged VERDICTS.json] [--shown-from 0.5]

EXPORT.json is a list of propositions, each with at least `text`, `kind`, `state`, `confidence` and `evidence`
(`quote`, `at`, `observation_id`). What counts as **shown**: active, and confidence of at least 0.5.

The rules of scoring:

* A **fact is found** when a shown proposition quotes words that `truth.json` gives for it (`shown`, `quotes`),
  nearly letter for letter and at least 12 letters of them, or when the verdicts name it.
* A **proposition is true** when the verdicts say so; else when it stands for a found fact; else when it *follows
  from the events*: every quote is the title of a window that really was in front, and the sentence names something
  of a title. What is left is unjudged: printed in full, and counted neither way; the share is given for the judged
  ones and, as a lower bound, as if all unjudged ones were false.
* A **trap is sprung** when a shown proposition above 0.5 rests on the words of the trap, unless the verdicts clear it,
  or when the verdicts name the trap.
* A **change is noticed** when a shown proposition says that something else was so before (a revision of it names the
  other proposition, or rewords it) and quotes words that `truth.json` gives for the change, or else for its facts, at
  least 8 letters of them; or when the verdicts name it. Compared by words, so a lower bound.
* A **private string is kept** when it stands, blanks and punctuation aside, in any text or quote of any state.

* **How sure, how right**: Brier's score of the confidences of the judged ones, beside that of one who says the same
  share of everything and knows it beforehand, and in parts of the scale. Few are false here: that bar is very high.

VERDICTS.json maps a proposition's text to true, false, or {"true": bool, "facts": [ids], "trap": id or null,
"changes": [ids]}; it is written by a person who has read each sentence. The automatic part cannot judge meaning:
quoting a fact's words is taken for stating the fact, and a true sentence beyond the truth file needs a verdict.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from gum_app.rules.reliability import Judged, bin_told, measured

LIKE = 88.0
FEWEST_LETTERS = 12
FEWEST_OF_A_CHANGE = 8
TRAP_ABOVE = 0.5


@dataclass(frozen=True)
class Verdict:
    true: bool | None = None
    facts: tuple[str, ...] = ()
    trap: str | None = None
    clears_traps: bool = False
    changes: tuple[str, ...] = ()


@dataclass
class Score:
    shown: list[dict[str, Any]]
    found: dict[str, list[str]] = field(default_factory=dict)
    true: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)
    traps: dict[str, list[str]] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"&amp;", "&", kept).split())


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", plain(text))


def rests_on(quote: str, words: str, fewest: int = FEWEST_LETTERS) -> bool:
    """Whether a quote repeats these words, or enough of them, nearly letter for letter."""
    ours, theirs = plain(quote), plain(words)
    if min(len(bare(ours)), len(bare(theirs))) < fewest:
        return False
    longer, shorter = max(len(ours), len(theirs)), min(len(ours), len(theirs))
    return fuzz.partial_ratio(ours, theirs) >= LIKE and shorter >= min(0.35 * longer, 40)


def words_of(entry: dict[str, Any]) -> list[str]:
    return [*entry.get("shown", []), *(quote["text"] for quote in entry.get("quotes", []))]


def titles_of(recording: Path) -> set[str]:
    lines = (recording / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return {plain(event["title"]) for line in lines if (event := json.loads(line)).get("kind") == "window"}


def read_verdicts(path: Path | None) -> dict[str, Verdict]:
    if path is None or not path.exists():
        return {}
    found = {}
    for text, said in json.loads(path.read_text(encoding="utf-8")).items():
        if isinstance(said, bool):
            found[text] = Verdict(true=said, clears_traps=said)
        else:
            trap = said.get("trap")
            found[text] = Verdict(
                said.get("true"),
                tuple(said.get("facts", [])),
                trap,
                clears_traps=trap is None,
                changes=tuple(said.get("changes", [])),
            )
    return found


def follows_from_events(proposition: dict[str, Any], titles: set[str]) -> bool:
    quotes = [plain(item["quote"]) for item in proposition["evidence"]]
    if not quotes or not all(quote in titles for quote in quotes):
        return False
    sentence = plain(proposition["text"])
    tokens = {token for quote in quotes for token in re.findall(r"[\w.-]{4,}", quote)}
    return any(token in sentence for token in tokens)


def score(
    truth: dict[str, Any],
    propositions: list[dict[str, Any]],
    *,
    titles: set[str],
    verdicts: dict[str, Verdict],
    shown_from: float,
) -> Score:
    shown = [p for p in propositions if p["state"] == "active" and p["confidence"] >= shown_from]
    result = Score(shown)
    for proposition in shown:
        _judge(proposition, truth, titles, verdicts.get(proposition["text"], Verdict()), result)
    everything = bare(
        json.dumps([[p["text"], [e["quote"] for e in p["evidence"]]] for p in propositions], ensure_ascii=False)
    )
    for entry in truth.get("private", []):
        result.private += [string for string in entry["strings"] if bare(string) in everything]
    return result


def _judge(
    proposition: dict[str, Any], truth: dict[str, Any], titles: set[str], verdict: Verdict, result: Score
) -> None:
    text, quotes = proposition["text"], [item["quote"] for item in proposition["evidence"]]
    facts = set(verdict.facts)
    if verdict.true is not False:
        for fact in truth["facts"]:
            if any(rests_on(quote, words) for quote in quotes for words in words_of(fact)):
                facts.add(fact["id"])
    for fact_id in facts:
        result.found.setdefault(fact_id, []).append(text)
    for trap in truth.get("traps", []):
        sprung = any(rests_on(quote, words) for quote in quotes for words in words_of(trap))
        if verdict.trap == trap["id"] or (
            sprung and not verdict.clears_traps and proposition["confidence"] > TRAP_ABOVE
        ):
            result.traps.setdefault(trap["id"], []).append(text)
    _note_changes(proposition, truth, verdict, result)
    if verdict.true is not None:
        (result.true if verdict.true else result.false).append(text)
    elif facts or follows_from_events(proposition, titles):
        result.true.append(text)
    else:
        result.unjudged.append(text)


def _note_changes(proposition: dict[str, Any], truth: dict[str, Any], verdict: Verdict, result: Score) -> None:
    says_so = any(r.get("other") is not None or r["kind"] == "reworded" for r in proposition.get("revisions", []))
    quotes = [item["quote"] for item in proposition["evidence"]]
    facts = {fact["id"]: fact for fact in truth["facts"]}
    for change in truth.get("changes", []):
        told = words_of(change) or [words for id_ in change.get("facts", []) for words in words_of(facts[id_])]
        noticed = says_so and any(rests_on(quote, words, FEWEST_OF_A_CHANGE) for quote in quotes for words in told)
        if noticed or change["id"] in verdict.changes:
            result.changes.setdefault(change["id"], []).append(proposition["text"])


def report(truth: dict[str, Any], result: Score) -> str:
    facts = truth["facts"]
    judged = len(result.true) + len(result.false)
    lines = [
        f"shown: {len(result.shown)} propositions",
        f"facts found: {len(result.found)} of {len(facts)} ({share(len(result.found), len(facts))})"
        + "".join(
            f"; salience {level}: {sum(f['id'] in result.found for f in facts if f['salience'] == level)}"
            f" of {sum(f['salience'] == level for f in facts)}"
            for level in (3, 2, 1)
        ),
        f"true: {len(result.true)} of {judged} judged ({share(len(result.true), judged)}),"
        f" at least {share(len(result.true), len(result.shown))} of all shown; {len(result.unjudged)} unjudged",
        f"traps sprung: {len(result.traps)} of {len(truth.get('traps', []))}",
        f"changes noticed: {len(result.changes)} of {len(truth.get('changes', []))}",
        f"private strings kept: {len(result.private)}",
        *reliability_told(points_of(result)),
    ]
    lines += [
        f"  not found {fact['id']} ({fact['salience']}): {fact['text']}"
        for fact in facts
        if fact["id"] not in result.found
    ]
    lines += [f"  false: {text}" for text in result.false]
    lines += [f"  trap {trap}: {text}" for trap, texts in result.traps.items() for text in texts]
    lines += [f"  change {change}: {text}" for change, texts in result.changes.items() for text in texts]
    lines += [f"  private: {string}" for string in result.private]
    lines += [f"  unjudged: {text}" for text in result.unjudged]
    return "\n".join(lines)


def points_of(result: Score) -> list[Judged]:
    """The judged ones among the shown, with how sure they were."""
    sure = {proposition["text"]: proposition["confidence"] for proposition in result.shown}
    return [
        Judged(confidence=sure[text], worth=worth)
        for texts, worth in ((result.true, 1.0), (result.false, 0.0))
        for text in texts
    ]


def reliability_told(points: list[Judged]) -> list[str]:
    figures = measured(points)
    if figures.brier is None or figures.base_brier is None or figures.base_rate is None:
        return []
    head = (
        f"Brier: {figures.brier:.3f} over {figures.verdicts} judged; always saying {100 * figures.base_rate:.0f} %:"
        f" {figures.base_brier:.3f}"
    )
    return [head, *(f"  {bin_told(each)}" for each in figures.bins)]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("recording", type=Path)
    parser.add_argument("export", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--shown-from", type=float, default=0.5)
    chosen = parser.parse_args()
    truth = json.loads((chosen.recording / "truth.json").read_text(encoding="utf-8"))
    propositions = json.loads(chosen.export.read_text(encoding="utf-8"))
    result = score(
        truth,
        propositions,
        titles=titles_of(chosen.recording),
        verdicts=read_verdicts(chosen.judged),
        shown_from=chosen.shown_from,
    )
    print(report(truth, result))


if __name__ == "__main__":
    main()
