"""Matters that nobody wants to find written about themselves: health, love, faith, money, the law, leaving a job; and
verdicts on what they can do and what they are like.

What touches them gives no belief, however well founded, unless the person told the app so themselves. Prefer silence:
a word too many here costs one sentence, a word too few costs trust.
"""

from __future__ import annotations

import re

from gum_app.rules.alternatives import quick
from gum_app.rules.matters import doubtful, touched
from gum_app.rules.norms import untold_matter
from gum_app.rules.plain import as_read

_HEALTH = (
    r"panic attacks?|depress\w+|anxiety|therap(?:y|ist)|psych(?:iatr|olog|othera)\w+|diagnos\w+|cancer|tumou?rs?",
    r"pregnan\w+|miscarr\w+|fertility|ivf|hiv|biops\w+|mri scans?|blood (?:test|results?|sugar)|medication|insulin",
    r"antidepress\w+|diabet\w+|epilep\w+|adhd|autis\w+|burn-?out|alcoholic\w*|rehab|hospital|oncolog\w+|chemo\w*",
    r"urolog\w+|gyn(?:a?ecolog)\w+|symptoms?|suicid\w+|self-harm|overdose|disabilit\w+|sick leave",
    r"gp appointment|(?:my|the) knee|dementia|alzheimer\w*|migraines?|bipolar|schizo\w+|ptsd|anorexi\w+",
    r"bulimi\w+|obes(?:e|ity)|overweight|dermatolog\w+|menopaus\w+|menstrua\w+|contracepti\w+|condoms?|erectile|dialysis",
    r"sertraline|prozac|valium|xanax|ritalin|ozempic|viagra|ibuprofen|painkillers?|antibiotics?|alcoholics anonymous",
    r"aa meetings?|(?:appointment|consultation) (?:with|at) (?:(?:the|my|their|a) )?(?:doctor|gp|dr)",
    r"psycho(?:sis|tic)|lost (?:the|her|his|my|their) (?:baby|child)",
)
_LOVE = (
    r"divorc\w+|separat(?:e|ion) (?:from|after)|my affair|tinder|grindr|sexual\w*|porn\w*|abortion|custody|mediation",
    r"(?:is|are|am|was|been|online) dating|dating (?:apps?|sites?|profiles?)|(?:broke|breaks?|breaking) up with",
    r"a crush on|cheat(?:s|ed|ing)? on|love affairs?|one-night stands?",
    r"marriage counsel\w+|gay|lesbian|(?:homo|hetero|bi|a)sexual\w*|transgender|lgbt\w*",
)
_BELIEFS = (
    r"pray(?:er|ing)?|mosque|synagogue|confession|voted? for|party member\w*|trade union|union member\w*",
    r"christianity|christians|(?:an?|devout|practi[sc]ing) christian",  # Christian alone is a name
    r"(?:goes|going|go|went) to church|(?:attends?|attending) (?:church|mass|a service)|ramadan",
    r"the (?:bible|quran|koran)|(?:labour|tory|green) party",
    r"vot(?:es?|ed|ing) (?:labour|tory|republican|democrat\w*|green|conservative|afd|spd|cdu)",
    r"(?:republican|democratic|conservative|socialist|communist) party|(?:republican|democrat|labour|afd|trump) voters?"
    r"|(?:supports?|supporting|campaign\w* for) (?:trump|biden|labour|the afd|the tories)",
    r"catholic\w*|protestant\w*|muslims?|islam\w*|jewish|judaism|hindus?|hinduism|buddhis\w+",
    r"atheis\w+|(?:far|hard)[- ](?:left|right)|left-wing|right-wing|political (?:views?|opinions?|party|beliefs?)",
    r"(?:their|my|his|her) (?:faith|religion|politics)",
)
_MONEY = (
    r"salar(?:y|ies)|pay ?slips?|pay review|my debts?|in debt|loans?|mortgage|bankrupt\w*|overdraft|credit score",
    r"alimony|gambl\w+|casino|betting|owes?|(?:earns?|earning|paid) [€$£]? ?\d[\d.,]* ?(?:k|€|euros?|dollars|pounds)?"
    r" (?:an? |per )(?:year|month|hour)|in arrears|on benefits|food bank",
)
_LAW_AND_LEAVING = (
    r"arrest\w*|lawsuit|court hearing|criminal record|probation|asylum|deport\w+|resign(?:ation|ing|ed)?|severance",
    r"(?:is|was|am|were|been|got|gets) (?:fired|sacked|laid off|dismissed|unemployed)|illegal (?:im)?migrants?",
    r"hand in my notice|quit(?:ting)? my job|leaving the (?:company|firm|practice|job)",
)
# Verdicts on somebody. For sentences about the person only: on a screen people praise tools and order smart watches.
_VERDICTS = (
    r"(?:good|bad|poor|weak|strong|excellent|terrible|great|better|worse|best|worst|hopeless|brilliant) at",
    r"(?:an? |is )?(?:expert|proficien\w+|talented|gifted|(?:un|highly )?skil+ed|skil+ful|fluent\w*)"
    r" (?:at|in|with)",
    r"(?:is|seems|appears|becomes|gets|feels|looks|remains)(?: an?| very| quite| rather| too| so| highly)*"
    r" (?:expert|beginner|novice|amateur|capable|gifted|talented|skil+ed|smart|intelligent|clever|stupid|dumb|lazy|slow"
    r"|careful|dedicated|curious|creative|responsible|busy-?body|impatient|nervous|angry|unhappy|tired|exhausted|alone)",
    r"expertise|(?:in)?competen\w+|incapab\w+|inexperienced|laziness|careless\w*|sloppy|ignoran\w+|naive|hard-?working",
    r"procrastinat\w+|unproductive|inefficien\w+|distracted|unfocused|disorgani[sz]ed|undisciplined|forgetful",
    r"addict(?:s|ed|ion)?|obsess\w*|lonely|loneliness|insecur(?:e|ity) about|anxious|stressed|overwhelmed",
    r"arrogan\w+|selfish|immature|unreliable|negligent|perfectionis\w+|diligent|passionate|ambitious",
    r"introvert\w*|extrovert\w*|neurotic|(?:their|a|an) (?:\w+ )?personality",
    r"(?:lacks?|lacking) (?:the )?(?:skills?|knowledge|discipline|focus|confidence|experience|understanding|ability)",
    r"(?:fails?|struggles?|unable|cannot|does not|doesn['’]t) (?:to )?(?:understand|grasp|learn|concentrate|cope)",
    r"wast(?:es?|ing) (?:\w+ )?time|poor (?:memory|judge?ment|skills?|understanding)|spends too much time",
)


_WORDS = quick("|".join((*_HEALTH, *_LOVE, *_BELIEFS, *_MONEY, *_LAW_AND_LEAVING)))
_DELICATE = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)


def is_delicate(text: str) -> bool:
    """Whether a text touches a matter that is nobody's business, or stands for one that was not told."""
    plain = as_read(text)
    return _DELICATE.search(plain) is not None or touched(plain) is not None or untold_matter(text) is not None


def may_be_private(text: str) -> bool:
    """Whether it touches such a matter, for certain or perhaps: then it leaves the computer in no question."""
    return is_delicate(text) or doubtful(text)


_RATES = re.compile(rf"\b(?:{'|'.join(_VERDICTS)})\b", re.IGNORECASE)


def rates_somebody(text: str) -> bool:
    """Whether a sentence about somebody is a verdict on their ability, character or state of mind, good or bad."""
    return _RATES.search(as_read(text)) is not None
