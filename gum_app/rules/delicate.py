"""Matters that nobody wants to find written about themselves: health, love, faith, money, the law, leaving a job.

What touches them gives no belief, however well founded, unless the person told the app so themselves. Prefer silence:
a word too many here costs one sentence, a word too few costs trust.
"""

from __future__ import annotations

import re

_HEALTH = (
    r"panic attacks?|depress\w+|anxiety|therap(?:y|ist)|psych(?:iatr|olog|othera)\w+|diagnos\w+|cancer|tumou?rs?",
    r"pregnan\w+|miscarr\w+|fertility|ivf|hiv|biops\w+|mri scans?|blood (?:test|results?|sugar)|medication|insulin",
    r"antidepress\w+|diabet\w+|epilep\w+|adhd|autis\w+|burn-?out|alcoholic\w*|rehab|hospital|oncolog\w+|chemo\w*",
    r"urolog\w+|gyn(?:a?ecolog)\w+|symptoms?|suicid\w+|self-harm|overdose|disabilit\w+|sick leave",
    r"gp appointment|(?:my|the) knee",
)
_LOVE = (
    r"divorc\w+|separat(?:e|ion) (?:from|after)|my affair|tinder|grindr|sexual\w*|porn\w*|abortion|custody|mediation",
    r"marriage counsel\w+",
)
_BELIEFS = (r"pray(?:er|ing)?|mosque|synagogue|confession|voted? for|party member\w*|trade union|union member\w*",)
_MONEY = (
    r"salar(?:y|ies)|pay ?slips?|pay review|my debts?|in debt|loans?|mortgage|bankrupt\w*|overdraft|credit score",
    r"alimony|gambl\w+|casino|betting",
)
_LAW_AND_LEAVING = (
    r"arrest\w*|lawsuit|court hearing|criminal record|probation|asylum|deport\w+|resign(?:ation|ing|ed)?|severance",
    r"hand in my notice|quit(?:ting)? my job|leaving the (?:company|firm|practice|job)",
)
_WORDS = "|".join((*_HEALTH, *_LOVE, *_BELIEFS, *_MONEY, *_LAW_AND_LEAVING))
_DELICATE = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)


def is_delicate(text: str) -> bool:
    """Whether a text touches a matter that is nobody's business."""
    return _DELICATE.search(text) is not None
