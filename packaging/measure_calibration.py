"""What would calibration do? Learn from the verdicts on some recordings, and look at one that was left out.

    PYTHONPATH=. uv run python packaging/measure_calibration.py RECORDING EXPORT.json VERDICTS.json [three more …]

At least two recordings, three files each, as `measure_recording.py` takes them. What counts is each active proposition
that is judged, by the verdicts or by the rules of that script, however sure. Each recording is left out once: the
curves are fitted to the verdicts on all others, as if each of them had been drawn in a spot check, and change the
numbers of the one left out, of which they have seen nothing. A positive gain is a lower Brier score.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure_recording import read_verdicts, score, titles_of

from gum_app.records import Feedback, PropositionId, SpotCheckId
from gum_app.rules.calibration import fit
from gum_app.rules.curves import Curves, curve_of, shown
from gum_app.rules.reliability import Judged, Reliability, measured

AT = datetime(2026, 1, 1, tzinfo=UTC)  # when does not matter


@dataclass(frozen=True, kw_only=True)
class Known:
    """An inference whose truth is known."""

    evidence: float
    ceiling: float
    made_by: str
    is_true: bool


def known_of(recording: Path, export: Path, verdicts: Path) -> list[Known]:
    propositions = json.loads(export.read_text(encoding="utf-8"))
    truth = json.loads((recording / "truth.json").read_text(encoding="utf-8"))
    result = score(truth, propositions, titles=titles_of(recording), verdicts=read_verdicts(verdicts), shown_from=0.0)
    is_true = dict.fromkeys(result.true, True) | dict.fromkeys(result.false, False)
    return [_known(each, is_true[each["text"]]) for each in result.shown if each["text"] in is_true]


def _known(proposition: dict[str, Any], is_true: bool) -> Known:
    return Known(
        evidence=proposition["confidence_evidence"],
        ceiling=proposition["ceiling"],
        made_by=proposition["made_by"],
        is_true=is_true,
    )


def verdicts_of(known: Sequence[Known]) -> list[Feedback]:
    return [
        Feedback(
            at=AT,
            proposition_id=PropositionId(number),
            verdict="right" if each.is_true else "wrong",
            confidence_shown=each.evidence,
            confidence_evidence=each.evidence,
            made_by=each.made_by,
            spot_check=SpotCheckId(number),
        )
        for number, each in enumerate(known)
    ]


def reliability(known: Sequence[Known], curves: Curves) -> Reliability:
    return measured(
        [
            Judged(
                confidence=shown(each.evidence, each.ceiling, curve_of(each.made_by, curves)),
                worth=float(each.is_true),
            )
            for each in known
        ]
    )


def left_out(lives: Sequence[Sequence[Known]], number: int) -> tuple[Reliability, Reliability]:
    """The figures of one life as the evidence has it, and after the verdicts on all the others."""
    others = [each for n, life in enumerate(lives) if n != number for each in life]
    return reliability(lives[number], {}), reliability(lives[number], fit(verdicts_of(others)))


def told(name: str, before: Reliability, after: Reliability) -> str:
    assert before.brier is not None and after.brier is not None and before.base_brier is not None
    return (
        f"{name}: {before.verdicts} judged, {100 * (before.base_rate or 0):.0f} % true (always saying so:"
        f" {before.base_brier:.3f}); Brier {before.brier:.3f}, after learning from the others {after.brier:.3f},"
        f" gain {before.brier - after.brier:+.3f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help="RECORDING EXPORT.json VERDICTS.json, again and again")
    files: list[Path] = parser.parse_args().files
    if len(files) % 3 or len(files) < 6:
        parser.error("give three files for each of at least two recordings: RECORDING EXPORT.json VERDICTS.json")
    names = [files[n].name for n in range(0, len(files), 3)]
    lives = [known_of(*files[n : n + 3]) for n in range(0, len(files), 3)]
    for number, name in enumerate(names):
        print(told(name, *left_out(lives, number)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
