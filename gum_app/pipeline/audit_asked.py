"""What the rules let through, as a question to a model: may it be kept? An answer can only be stricter than the rules.

Asked of statements before they are kept, and of rows in which a word may be private and may be not. What a model does
not answer for every line is no answer, and then nothing of it is kept: a failure is no permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gum_app.errors import AnswerUnfit
from gum_app.pipeline.answers import MOST_JUDGED, AuditAnswer, LineVerdict, fit
from gum_app.pipeline.prompts import fenced, harmless_line, load
from gum_app.pipeline.shown import whose_screen
from gum_app.records import Account, Draft, Keeping, Line, Observation, ObservationId, Person, Ruling
from gum_app.rules.delicate import may_be_private
from gum_app.rules.matters import doubtful
from gum_app.rules.norms import NAMES, Norms, stricter
from gum_app.rules.orders import MARK
from gum_app.rules.wording import shortened
from gum_app.world.model import Prompt

STEP = "audit"
MOST_TOKENS = 400  # more than twelve verdicts take
LONGEST = 300  # characters of a line
RULE = "the model"  # as the rule of a ruling
_KEEPING: dict[str, Keeping] = {"keep": "keep", "cut": "without detail", "drop": "drop"}


@dataclass(frozen=True, kw_only=True)
class DoubtfulRow:
    observation_id: ObservationId
    app: str
    line: Line


def doubtful_rows(observations: Sequence[Observation], most: int) -> tuple[DoubtfulRow, ...]:
    """Rows with a word that may be private, of which the rules made nothing. Never of the person's own notes."""
    return tuple(
        DoubtfulRow(observation_id=seen.id, app=seen.app, line=line)
        for seen in observations
        if seen.source != "note"
        for line in seen.lines
        if MARK not in line.text and doubtful(line.text)
    )[: max(most, 0)]


def fit_to_leave(observation: Observation) -> Observation:
    """As much of an episode as another computer may be shown: no row or title that is private, or may be."""
    lines = tuple(line for line in observation.lines if not may_be_private(line.text))
    title = "" if may_be_private(observation.title) else observation.title
    return replace(observation, lines=lines, title=title)


def account_fit_to_leave(account: Account | None) -> Account | None:
    """None where any of it is private, or may be."""
    if account is None or any(may_be_private(text) for text in (account.did, *account.theirs, *account.others)):
        return None
    return account


def audit_prompt(drafts: Sequence[Draft], rows: Sequence[DoubtfulRow], *, norms: Norms, person: Person) -> Prompt:
    """Drafts first, then rows. Raises ValueError for none at all, or more than twelve together."""
    items = [*map(_said, drafts), *(row.line.text for row in rows)]
    if not 1 <= len(items) <= MOST_JUDGED:
        raise ValueError(f"a question of the audit has 1 to {MOST_JUDGED} lines, not {len(items)}")
    told = [f"{NAMES[matter]}: {keeping}" for matter, keeping in norms.said.items()]
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        norms=fenced("norms", "\n".join(told) or "Nothing special."),
        items="\n".join(
            f"{number}. {fenced('line', harmless_line(shortened(text, LONGEST)))}"
            for number, text in enumerate(items, 1)
        ),
    )


def verdicts_of(text: str, count: int, norms: Norms) -> tuple[Ruling | None, ...]:
    """For each of so many lines what must not be kept of it; None where all of it may. Raises AnswerUnfit."""
    given = {verdict.number: verdict for verdict in fit(AuditAnswer, text).verdicts}
    if set(given) != set(range(1, count + 1)):
        raise AnswerUnfit("The model’s answer left a line without a verdict.")
    return tuple(_ruling(given[number], norms) for number in range(1, count + 1))


def _said(draft: Draft) -> str:
    quotes = "; ".join(f"“{item.quote}”" for item in draft.evidence)
    return f"{draft.text} ({quotes})"


def _ruling(verdict: LineVerdict, norms: Norms) -> Ruling | None:
    """Never looser than what holds for its kind, unless the person loosened it."""
    matter = "private" if verdict.kind == "none" else verdict.kind
    keeping = _KEEPING[verdict.verdict]
    if verdict.kind != "none":
        keeping = stricter(keeping, norms.of(matter))
    if keeping == "keep" or (norms.said.get(matter) == "keep" and norms.of(matter) == "keep"):
        return None
    return Ruling(matter=matter, keeping=keeping, rule=RULE)
