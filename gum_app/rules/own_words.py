"""What a sentence in the person's own words says of them: a wish, a plan, work, a difficulty, a habit, who they are.

Only marks that leave little doubt count; a sentence without one is worth nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gum_app.records import Kind
from gum_app.rules.wording import named, stems


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """`lead` opens the sentence that quotes the words; `prior` is how sure such words make us, 0–1."""

    kind: Kind
    lead: str
    prior: float
    half_life_days: float


HARD = Meaning(kind="struggle", lead="Finds this hard, in their own words", prior=0.68, half_life_days=14)
WISH = Meaning(kind="preference", lead="Says what they prefer", prior=0.74, half_life_days=365)
ASKED = Meaning(kind="preference", lead="Asks others", prior=0.68, half_life_days=120)
HABIT = Meaning(kind="habit", lead="Says of their habits", prior=0.66, half_life_days=180)
SELF = Meaning(kind="relationship", lead="Says of themselves", prior=0.7, half_life_days=365)
DOING = Meaning(kind="task", lead="Says what they are doing or have done", prior=0.62, half_life_days=7)
PLAN = Meaning(kind="plan", lead="Plans, in their own words", prior=0.66, half_life_days=10)
AGREED = Meaning(kind="plan", lead="Plans or agrees, in their own words", prior=0.6, half_life_days=10)
TOLD = Meaning(kind="preference", lead="Told this app", prior=0.85, half_life_days=180)

# Patterns in the order in which they are tried. "I" stands for the person, with an adverb or none after it.
_MARKS: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (
        HARD,
        (
            r"never trust myself",
            r"never sure",
            r"I (?:am |'m )?(?:not sure (?:how|why|what|if)|unsure|stuck|struggl\w+|confused|lost with)",
            r"I (?:keep|kept) (?:bumping|forgetting|running into|getting|making|losing|failing)",
            r"I (?:do not|don't|can't|cannot|could not|couldn't) (?:understand|figure|work out|make sense)",
            r"I (?:can't|cannot|could not|couldn't) (?:see|find|get) (?:it|this|out|why|how|what|the reason)",
            r"cannot see it",
            r"(?:is|are|be) my headache",
            r"driv(?:es|ing) me (?:mad|crazy)",
            r"gives? me (?:trouble|a headache|headaches)",
        ),
    ),
    (
        WISH,
        (
            r"I (?:like|love|prefer|hate|dislike|enjoy|avoid|eat|drink)",
            r"I (?:want|need) (?!to\b|you\b|the\b|it\b|this\b|that\b|more\b|your\b|another\b)",
            r"I(?:'d| would) rather",
            r"I (?:do not|don't|won't) (?:like|want|eat|drink|do|use|take|need|work|answer)(?! (?:it|that|this)\b)",
            r"i never (?!trust|know|heard|thought|said|got|had|saw)\w+",
            r"my favou?rite",
            r"my eyes",
            r"killing me",
            r"(?:is|are) (?:easier|better|nicer|best) for (?:me|us|everybody|everyone)",
            r"suits me",
            r"e-?mail is (?:always )?(?:fine|better|best)",
            r"i work best",
            r"(?:mornings?|evenings?|afternoons?|weekends?) (?:is|are) for",
        ),
    ),
    (
        ASKED,
        (
            r"(?:no|please no|never) (?:calls?|meetings?|photos?|e-?mails?|messages?|phone)",
            r"please\b.*\b(?:not|never|instead|only|always|keep|in one|as a|as pdf)",
            r"no (?:car|plane|flight|meat|sugar|paper|screens?|phones?)\b.*\bplease",
        ),
    ),
    (
        HABIT,
        (
            r"as (?:every|always|usual)",
            r"(?:every|each|most) (?:day|morning|evening|night|week|weekend|month|mon|tue|wed|thu|fri|sat|sun)\w*",
            r"on (?:mon|tues|wednes|thurs|fri|satur|sun)days",
        ),
    ),
    (
        SELF,
        (
            r"I (?:am|'m|was) (?:a|an|in week|new (?:to|here))",
            r"I (?:come from|grew up|live in|work (?:as|at|for)|studied|study|teach|run a|moved (?:to|from))",
            r"new here",
            r"my (?:sister|brother|partner|wife|husband|boss|manager|team|students?|supervisor|advisor|flatmate)",
            r"my (?:daughter|son|kids|children|mother|father|mum|dad|parents)",
            r"(?:is|are) yours\b.*\b(?:mine|my|me)",
            r"(?:is|are) my (?:part|job|task|side)",
        ),
    ),
    (
        DOING,
        (
            r"I (?:keep going on|work on|take this|take the|do the|write the|started|am on)",
            r"I(?: am|'m) (?:working|still|writing|preparing|busy|looking|finishing|learning)",
            r"my (?:only )?(?:real |main |next |big )?(?:task|job|ticket|project|thesis|chapter|paper|focus)",
            r"I(?: have|'ve) (?:finished|fixed|closed|sent|submitted|booked|ordered|renewed|cancelled|moved|filed)",
        ),
    ),
    (
        PLAN,
        (
            r"I(?: will|'ll| shall| am going to|'m going to| plan to| fly| travel| leave| move| am away)",
            r"I (?:take (?:that|the) (?:day|week|morning|afternoon)|go to|start (?:at|on|with|in))",
            r"we (?:are going|will|fly|leave|move|would like to|are moving|have booked|meet)",
            r"remind me",
        ),
    ),
)
# These need something beside them: a day that is named, or a name of what it is about.
_WITH_A_DAY = (r"I (?:have to|need to|must)", r"I have (?:a|an|the)", r"booked")
_WITH_A_NAME = (
    r"(?:is|are) (?:done|finished|cancelled|live|merged|booked|settled|reconciled|submitted|back)",
    r"(?:first|next|then) (?:PR|step|task|chapter|draft|version)",
)
_ADVERBS = r"(?: (?:really|still|just|also|always|usually|often|mostly|only|even|now|already|never|actually|then)){0,2}"
_QUESTION = re.compile(
    r"^(?:do|did|are|is|have|has|can|could|would|will|should|what|why|how|when|where|who|shall)\b.*\?$", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:\w{3,}ed|was|were|had|did|went|came|got|sent|bought|paid|met|saw|said|told|ago)\b", re.I)
_NOT_YET = re.compile(r"\b(?:nothing|not yet|no longer|never mind)\b", re.IGNORECASE)
FEWEST_WORDS, MOST_WORDS = 3, 45
FEWEST_STEMS = 3


def meaning_of(sentence: str, *, names_day: bool = False) -> Meaning | None:
    """What kind of thing the person says of themselves; None where nothing marks it. `names_day`: one ahead."""
    count = len(sentence.split())
    saying = len(set(stems(sentence)))
    if not FEWEST_WORDS <= count <= MOST_WORDS or saying < 2:
        return None
    if _QUESTION.match(sentence) and not re.search(r"\b(?:my|please)\b", sentence, re.IGNORECASE):
        return None  # asked of somebody else
    plain = sentence.replace("’", "'")
    short = saying < FEWEST_STEMS and not names_day
    for pattern, meaning in _COMPILED:
        if pattern.search(plain) and not (short and meaning not in {WISH, HARD}):
            return meaning
    if short or _NOT_YET.search(plain):
        return None
    if names_day and _any(_DAY_MARKS, plain):
        return PLAN
    return DOING if named(plain) and _any(_NAME_MARKS, plain) else None


def is_past(sentence: str) -> bool:
    """Whether a sentence tells what has been: its bare "on the 24th" lies behind, not ahead."""
    return _PAST.search(sentence) is not None


def _any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    """An "I" that opens the pattern is a capital one, with at most two adverbs before its verb."""
    if pattern.startswith("I"):
        return re.compile(rf"\b(?-i:I){_ADVERBS}{pattern[1:]}\b", re.IGNORECASE)
    return re.compile(rf"(?<![\w'])(?:{pattern})\b", re.IGNORECASE)


_COMPILED = tuple((_compiled(pattern), meaning) for meaning, patterns in _MARKS for pattern in patterns)
_DAY_MARKS = tuple(_compiled(pattern) for pattern in _WITH_A_DAY)
_NAME_MARKS = tuple(_compiled(pattern) for pattern in _WITH_A_NAME)
