"""What does the audit cut out, and what does it leave? PYTHONPATH=. uv run python packaging/measure_audit.py [FOLDER]

FOLDER holds `pii_dev.json`: 750 made-up sentences with the places of 17 kinds of personal data (presidio-research,
MIT). Without it only material of our own is measured. The rules of counting:

* A secret counts as **cut** when at least nine tenths of its letters are.
* A word is **cut wrongly** when it touches no place of a kind that is to be cut; dates of birth are to be cut, and the
  sentences mark them only as dates, so that they are counted apart.
* Names, places, organisations, mail and postal addresses, telephone numbers, ages and titles are **not to be cut**:
  with whom a person deals is what a user model is about. How many of them were cut all the same is told.
* Baselines: patterns as one would write them in an afternoon (Luhn, IBAN, social security number), and detect-secrets,
  where that is installed, without its two plugins that take every word outside of quotes for a secret.
* Tokens are **drawn**: by the published formats of their makers, with a fixed seed, 40 of each, in a sentence.
* Private lines and orders to software are those of `tests/material`: the half that the rules were put right by, and the
  other.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import string
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from stdnum import luhn  # noqa: E402 - found only after the path is set

from gum_app.rules.matters import touched  # noqa: E402
from gum_app.rules.orders import gives_orders  # noqa: E402
from gum_app.rules.secrets import as_line, find  # noqa: E402
from tests.material import orders, private_lines  # noqa: E402

TO_BE_CUT = ("CREDIT_CARD", "IBAN_CODE", "US_SSN", "US_DRIVER_LICENSE")
ENOUGH = 0.9
DRAWN, SEED = 40, 7
Span = tuple[int, int]
Finder = Callable[[str], list[Span]]

_LETTERS = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
# Beginning, alphabet and length of what follows, end: as their makers publish them.
FORMATS: dict[str, tuple[str, str, int, str]] = {
    "AWS access key": ("AKIA", string.ascii_uppercase + "234567", 16, ""),
    "GitHub token": ("ghp_", _LETTERS, 36, ""),
    "GitHub fine-grained token": ("github_pat_", _LETTERS, 60, ""),
    "GitLab token": ("glpat-", _LETTERS, 20, ""),
    "GitLab runner token": ("glrt-", _LETTERS, 20, ""),
    "Slack token": ("xoxb-", string.digits + "-" + _LETTERS, 40, ""),
    "Stripe key": ("sk_live_", _LETTERS, 24, ""),
    "OpenAI key": ("sk-proj-", _LETTERS, 48, ""),
    "Google API key": ("AIza", _LETTERS + "_-", 35, ""),
    "npm token": ("npm_", _LETTERS, 36, ""),
    "PyPI token": ("pypi-AgEIcHlwaS5vcmc", _LETTERS, 70, ""),
    "SendGrid key": ("SG.", _LETTERS, 22, "." + "aB3" * 14 + "x"),
    "Hugging Face token": ("hf_", _LETTERS, 34, ""),
    "Twilio account": ("AC", _HEX, 32, ""),
    "Mailchimp key": ("", _HEX, 32, "-us14"),
    "Square secret": ("sq0csp-", _LETTERS, 43, ""),
    "Telegram bot": ("123456789:", _LETTERS, 35, ""),
    "JSON web token": ("eyJhbGciOiJIUzI1NiJ9.", _LETTERS, 40, ".aB3dE5gH7jK9"),
    "Azure storage key": ("AccountKey=", _LETTERS + "+/", 86, "=="),
    "secret in an assignment": ("client_secret = '", _LETTERS, 32, "'"),
    "key in an environment": ("export API_KEY=", _HEX, 40, ""),
    "password in an address": ("postgres://app:", _LETTERS, 14, "@db.example/app"),
}
HARMLESS = (
    "commit 9f2c1e7ab0d34f5c8e6a7b1d2c3f4e5a6b7c8d9e on main",
    "sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    "id 550e8400-e29b-41d4-a716-446655440000 not found",
    "version 2026.11.3-rc2 of parcel-router",
    "order 4711-0815 ships on 2026-05-12 at 14:30",
    "call +44 20 7946 0958 or room 12.04",
    "def test_a_user_cannot_reset_the_password_of_another() -> None:",
    "password = get_password(user)",
    "The token bucket holds 20 tokens and refills each second.",
    "Enter your password to go on.",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0mH8f2 tamsin@oak",
    "https://docs.example/api/v2/keys/list?page=2&sort=name",
    "Zn 12.4 Cu 3.1 Pb 0.02 mg/kg, sample B-117",
    "IMG_20260412_183355.jpg and DSC01234.ARW",
    "s3://bucket/2026/03/part-00017-of-00200.parquet",
)


@dataclass
class Score:
    """Of one finder on the sentences."""

    found: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    born: int = 0
    words: int = 0

    @property
    def recall(self) -> float:
        total = sum(self.total[kind] for kind in TO_BE_CUT)
        return sum(self.found[kind] for kind in TO_BE_CUT) / total if total else 0.0

    @property
    def wrong_per_1000(self) -> float:
        return 1000 * len(self.wrong) / self.words if self.words else 0.0


def ours(text: str) -> list[Span]:
    rows = text.split("\n")
    starts = [sum(len(row) + 1 for row in rows[:number]) for number in range(len(rows))]
    words = [list(re.finditer(r"\S+", row)) for row in rows]
    found = find([as_line(row, number) for number, row in enumerate(rows)])
    spots = {(spot.line, spot.word) for secret in found for spot in secret.spots}
    return [
        (starts[row] + words[row][word].start(), starts[row] + words[row][word].end()) for row, word in sorted(spots)
    ]


def by_patterns(text: str) -> list[Span]:
    """An afternoon's work: digits that pass Luhn, IBANs by their shape, American social security numbers."""
    cards = [
        m.span() for m in re.finditer(r"\b\d[\d -]{11,22}\d\b", text) if luhn.is_valid(re.sub(r"\D", "", m.group()))
    ]
    ibans = [m.span() for m in re.finditer(r"\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b", text)]
    return [*cards, *ibans, *(m.span() for m in re.finditer(r"\b\d{3}-\d{2}-\d{4}\b", text))]


def detect_secrets() -> Finder | None:
    """None where it is not installed."""
    try:
        from detect_secrets.core.scan import scan_line
        from detect_secrets.settings import default_settings
    except ImportError:
        return None

    def finder(text: str) -> list[Span]:
        with default_settings():
            found = [secret for secret in scan_line(text) if "Entropy" not in secret.type]
        values = {secret.secret_value for secret in found if secret.secret_value}
        return [match.span() for value in values for match in re.finditer(re.escape(value), text)]

    return finder


def on_sentences(sentences: Iterable[dict[str, Any]], finder: Finder) -> Score:
    score = Score()
    for sentence in sentences:
        text, spans = sentence["full_text"], sentence["spans"]
        score.words += len(text.split())
        cut = sorted(set(finder(text)))
        for span in spans:
            kind, place = span["entity_type"], (span["start_position"], span["end_position"])
            score.total[kind] += 1
            score.found[kind] += covered(place, cut) >= ENOUGH
        for start, end in cut:
            kinds = {s["entity_type"] for s in spans if s["start_position"] < end and start < s["end_position"]}
            if not kinds & set(TO_BE_CUT):
                if "DATE_TIME" in kinds and re.search(r"\b(?:born|birth)\b", text, re.IGNORECASE):
                    score.born += 1
                else:
                    score.wrong.append(text[start:end])
    return score


def covered(place: Span, cut: Sequence[Span]) -> float:
    start, end = place
    return sum(max(0, min(end, until) - max(start, since)) for since, until in cut) / max(end - start, 1)


def drawn(seed: int = SEED) -> dict[str, list[tuple[str, Span]]]:
    """For each format sentences with a token, and where in it the secret stands."""
    chance = random.Random(seed)
    found: dict[str, list[tuple[str, Span]]] = {}
    for name, (begin, alphabet, length, end) in FORMATS.items():
        for _ in range(DRAWN):
            secret = "".join(chance.choice(alphabet) for _ in range(length))
            before = "here it is: " + begin
            place = (len(before), len(before) + length)
            found.setdefault(name, []).append((before + secret + end + " and that was it", place))
    return found


def on_drawn(finder: Finder) -> dict[str, float]:
    return {
        name: sum(covered(place, sorted(set(finder(text)))) >= ENOUGH for text, place in cases) / len(cases)
        for name, cases in drawn().items()
    }


def on_lines() -> list[tuple[str, int, int, int, int]]:
    """Name, found of how many private ones, and wrongly of how many harmless ones."""
    halves = (
        ("private lines, rules put right by", private_lines.SEEN, private_lines.HARMLESS_SEEN),
        ("private lines, the other half", private_lines.UNSEEN, private_lines.HARMLESS_UNSEEN),
    )
    rows = []
    for name, by_matter, harmless in halves:
        texts = [text for some in by_matter.values() for text in some]
        found, wrong = (sum(touched(text) is not None for text in some) for some in (texts, harmless))
        rows.append((name, found, len(texts), wrong, len(harmless)))
    for name, some in (("orders, rules put right by", orders.SEEN), ("orders, the other half", orders.UNSEEN)):
        wrong = sum(map(gives_orders, orders.HARMLESS))
        rows.append((name, sum(map(gives_orders, some)), len(some), wrong, len(orders.HARMLESS)))
    return rows


def told(name: str, score: Score) -> str:
    kinds = "  ".join(f"{kind} {score.found[kind]}/{score.total[kind]}" for kind in TO_BE_CUT)
    others = sum(score.found[kind] for kind in score.total if kind not in TO_BE_CUT)
    return (
        f"{name:<22} recall {score.recall:.3f}  ({kinds})\n{'':<22} wrongly cut {len(score.wrong)} words, "
        f"{score.wrong_per_1000:.2f} of 1,000; dates of birth {score.born}; of what stays, cut {others}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="What does the audit cut out, and what does it leave?")
    parser.add_argument("folder", type=Path, nargs="?", help="where pii_dev.json lies")
    given = parser.parse_args()
    others = detect_secrets()
    finders: dict[str, Finder] = {"ours": ours, "patterns": by_patterns} | (
        {"detect-secrets": others} if others else {}
    )
    file = given.folder / "pii_dev.json" if given.folder is not None else None
    if file is None or not file.exists():
        print("There is no pii_dev.json: only our own material is measured.")
    else:
        sentences = json.loads(file.read_text(encoding="utf-8"))
        for name, finder in finders.items():
            print(told(name, on_sentences(sentences, finder)))
    for name, finder in finders.items():
        by_format = on_drawn(finder)
        low = ", ".join(f"{kind} {share:.2f}" for kind, share in by_format.items() if share < 1) or "none missed"
        wrong = sum(bool(finder(text)) for text in HARMLESS)
        mean = sum(by_format.values()) / len(by_format)
        print(f"{name:<22} drawn tokens {mean:.3f}; harmless {wrong}/{len(HARMLESS)} touched; below 1: {low}")
    for row in on_lines():
        print(f"{row[0]:<36} found {row[1]} of {row[2]}, wrongly {row[3]} of {row[4]} harmless")


if __name__ == "__main__":
    main()
