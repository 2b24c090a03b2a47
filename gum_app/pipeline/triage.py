"""The notifications that the rules could not decide about, as a question to a model: now, or later?

What a model does not answer for every one of them is no answer, and then what the rules made of them stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from gum_app.digest import Attention, DigestItem
from gum_app.errors import AnswerUnfit
from gum_app.pipeline.answers import MOST_TRIAGED, TriageAnswer, fit
from gum_app.pipeline.prompts import fenced, harmless_line, load
from gum_app.pipeline.shown import whose_screen
from gum_app.records import Person
from gum_app.rules.wording import shortened
from gum_app.world.model import Prompt

STEP = "triage"
MOST_TOKENS = 400  # more than six verdicts take
LONGEST = 300  # characters of a notification
LONGEST_KNOWN = 160
MOST_KNOWN = 8


def triage_prompt(items: Sequence[DigestItem], known: Sequence[str], *, person: Person) -> Prompt:
    """Raises ValueError for none at all, or more than six."""
    if not 1 <= len(items) <= MOST_TRIAGED:
        raise ValueError(f"a question of triage has 1 to {MOST_TRIAGED} notifications, not {len(items)}")
    told = [f"- {harmless_line(shortened(text, LONGEST_KNOWN))}" for text in known[:MOST_KNOWN]]
    return load(STEP).fill(
        most_tokens=MOST_TOKENS,
        person=whose_screen(person),
        known=fenced("known", "\n".join(told) or "Nothing."),
        items="\n".join(f"{number}. {fenced('notification', _said(item))}" for number, item in enumerate(items, 1)),
    )


def attentions_of(text: str, count: int) -> tuple[Attention, ...]:
    """What the model says of each of so many. Raises AnswerUnfit."""
    given = {verdict.number: verdict.attention for verdict in fit(TriageAnswer, text).verdicts}
    if set(given) != set(range(1, count + 1)):
        raise AnswerUnfit("The model’s answer left a notification without a verdict.")
    return tuple(given[number] for number in range(1, count + 1))


def _said(item: DigestItem) -> str:
    at = f"{item.at:%H:%M}"
    return harmless_line(shortened(f"{at}, {item.app}: {item.title}. {item.text}", LONGEST))
