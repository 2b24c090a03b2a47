"""Sentences that a model writes about the person: brought into the form of our own, or known to be about others.

Ours begin with what the person does, without their name: "Works on the parcel router."
"""

from __future__ import annotations

import re

from gum_app.records import Person
from gum_app.rules.identity import first_name
from gum_app.rules.wording import folded

_SUBJECT = r"(?:the|this|our)?\s*(?:user|person|owner|observer)"
_ADVERBS = """
also always apparently currently frequently generally just mainly mostly now occasionally often only presently primarily
probably regularly seemingly sometimes still typically usually
"""
# With what a sentence about somebody may begin. A list, because "Customers complain" begins like "Uses Slack".
_VERBS = """
accept adapt add address adjust administer aim analyse analyze answer appear apply approve arrange ask assemble assess
assign assist attach attend author avoid await back bake balance begin believe belong book brew bring browse budget
build buy calculate call cancel care celebrate change chat check choose clean climb close coach code collaborate
collect combine come comment commit communicate commute compare compile complete compose conduct configure confirm
connect consider consult contact continue contribute control convert cook coordinate copy correct correspond count
cover create curate customise customize cycle dance deal debug decide declare define deliver demonstrate depend deploy
describe design develop direct discuss dislike do document download draft draw drink drive earn eat edit email employ
enable encounter end enjoy enrol ensure enter estimate evaluate examine exchange exercise expect experience experiment
explain explore export express extend face favor favour fetch file fill film filter find finish fix fly focus follow
format fund gather generate get give go grow guide hand handle hate help hike hold hope host identify illustrate
implement import improve include inform inspect install integrate intend interact interview invest investigate invite
invoice involve issue join keep knit know label lay lead learn leave like list listen live look love maintain make
manage map mark measure meet mend mentor merge message migrate mind model monitor move name navigate need negotiate
note observe offer open operate optimise optimize order organise organize oversee own pack paint pair participate paste
pay perform photograph pick place plan plant play post practice practise prefer prepare present print process produce
program programme promote propose prototype prove publish pull purchase push put reach read receive recommend record
refactor refer refine register rehearse release rely remove renew rent repair replace reply report represent request
require research reserve resolve respond restore restructure return review revise rewrite ride roast run sail save say
scan schedule search see seek sell send serve set sew share shop show sign simulate sing skate sketch ski sleep solve
sort speak specialise specialize spend spread start stay stop store stream struggle study submit subscribe suggest
summarise summarize supervise support swim switch take talk teach test think tidy track trade train transcribe transfer
translate travel treat troubleshoot try tune tutor type understand update upgrade upload use validate verify view visit
volunteer wait walk want watch wear wish wonder work worry wrap write
"""


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"


_BEGIN = frozenset(_third_person(verb) for verb in _VERBS.split()) | {"is", "has"}
_BEFORE = frozenset(_ADVERBS.split())
_OF_OTHERS = re.compile(
    r"\b(?:he|she|him|her|hers|his|who|whom|whose)\b|\bwhich (?:is|was|has|wants|lives|works|does|will|says)\b",
    re.IGNORECASE,
)


def as_statement(text: str, person: Person) -> str:
    """One sentence in our form: single spaces, without the person's name before the verb, with a full stop."""
    text = " ".join(text.split()).strip(" \"“”'-•*")
    text = _without_subject(text, person)
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?…”" else f"{text}."


def is_about_the_person(statement: str) -> bool:
    """Whether a sentence begins with what somebody does, and tells nothing of anyone else."""
    first = next((plain for word in statement.split() if (plain := _plain(word)) not in _BEFORE), "")
    return first in _BEGIN and _OF_OTHERS.search(statement) is None


def _without_subject(text: str, person: Person) -> str:
    names = [re.escape(name) for name in (person.name, first_name(person), *person.handles) if name]
    subject = "|".join((*sorted(names, key=len, reverse=True), _SUBJECT))
    return re.sub(rf"^(?:{subject})\s+(?=\w)", "", text, flags=re.IGNORECASE)


def _plain(word: str) -> str:
    return re.sub(r"\W", "", folded(word))
