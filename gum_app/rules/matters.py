"""Of what kind is what a row of words tells, and about whom? Health, love, belief, money, pay, law, children, others.

Contextual integrity asks what is told, of whom, and to whom it goes (Nissenbaum, "Privacy as contextual integrity",
2004). This answers the first two from words alone; `norms` answers the third. Pure; it never says which words it saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gum_app.records import Matter, Whose
from gum_app.rules import matter_words as words
from gum_app.rules.alternatives import quick
from gum_app.rules.folding import folded
from gum_app.rules.plain import as_read

MOST_LETTERS = 600  # of a row that are judged: no sentence is longer
LEAST_LETTERS = 3


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A matter in a text. `rule` names what showed it, from a closed list; it never quotes."""

    matter: Matter
    whose: Whose
    rule: str


def touched(text: str) -> Touched | None:
    """The matter that a text is about; None where it is nobody's secret, or where only a doubtful word says so."""
    plain = _plain(text)
    found = _matter(plain)
    if found is None:
        return None
    matter, rule = found
    return Touched(matter=matter, whose=_whose(text, plain), rule=rule)


def doubtful(text: str) -> bool:
    """Whether a word of it may be about such a matter, and may be about something else: "loan", "separation"."""
    plain = _plain(text)
    return _ANY_AMBIGUOUS.search(plain) is not None and _matter(plain) is None


def matters_in(texts: Iterable[str]) -> set[Matter]:
    return {found.matter for text in texts if (found := touched(text)) is not None}


def touched_name(name: str) -> Touched | None:
    """The same for a title, a file or an address, whose words are joined by hyphens, dots and lower lines."""
    return touched(_JOINED.sub(" ", name))


def _matter(plain: str) -> tuple[Matter, str] | None:
    if len(plain) < LEAST_LETTERS:
        return None
    found = _telling_of_a_child(plain) or _told_of_somebody(plain)
    return None if found is None or _ABOUT_SOFTWARE.search(plain) else found


def _telling_of_a_child(plain: str) -> tuple[Matter, str] | None:
    told = _told(plain)
    is_record = _CHILD_RECORD.search(plain) is not None
    of_a_child = _CHILD.search(plain) is not None or (is_record and _AT_SCHOOL.search(plain) is not None)
    if of_a_child and (is_record or told is not None):
        return "children", "a word about a child’s health, school or care"
    return (told, "a telling word") if told is not None else None


def _told_of_somebody(plain: str) -> tuple[Matter, str] | None:
    if _ANY_AMBIGUOUS.search(plain) is None or _SOMEBODY.search(plain) is None:
        return None
    matter = next(matter for matter, pattern in _ambiguous() if pattern.search(plain))
    return matter, "a word with two meanings, said of somebody"


def _told(plain: str) -> Matter | None:
    if _ANY_TELLING.search(plain) is None:
        return None
    return next((matter for matter, pattern in _telling() if pattern.search(plain)), None)


def _whose(text: str, plain: str) -> Whose:
    if _CHILD.search(plain):
        return "children"
    if _OF_OTHERS.search(plain) or _NAMED.search(text):
        return "others"
    return "person" if _OF_SELF.search(plain) else "nobody"


def _plain(text: str) -> str:
    return folded(as_read(text[:MOST_LETTERS]).replace("’", "'")).casefold()


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){quick(pattern)}(?![\w-])")  # of folded text: case does not matter any more


@lru_cache(maxsize=1)
def _telling() -> tuple[tuple[Matter, re.Pattern[str]], ...]:
    return tuple((matter, _compiled(folded(pattern))) for matter, pattern in words.TELLING.items())


@lru_cache(maxsize=1)
def _ambiguous() -> tuple[tuple[Matter, re.Pattern[str]], ...]:
    return tuple((matter, _compiled(folded(pattern))) for matter, pattern in words.AMBIGUOUS.items())


_ANY_TELLING = _compiled("(?:" + "|".join(folded(pattern) for pattern in words.TELLING.values()) + ")")
_ANY_AMBIGUOUS = _compiled("(?:" + "|".join(folded(pattern) for pattern in words.AMBIGUOUS.values()) + ")")
_CHILD = _compiled(folded(words.CHILD))
_CHILD_RECORD = _compiled(folded(words.CHILD_RECORD))
_AT_SCHOOL = re.compile(r"\b(?:school|nursery|kindergarten|(?:class|year|grade|form) \d)\b")
_JOINED = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SOMEBODY = re.compile(
    r"\b(?:i|i'm|i've|me|my|mine|we|our|us|he|she|his|her|him|hers|their|they|mum|mom|dad|mother|father|parents?|wife|"
    r"husband|partner|brother|sister|son|daughter|aunt|uncle|cousin|nephew|niece|friend|colleague|neighbou?r|flatmate|"
    r"boss|patient|ich|mein\w*|meine\w*|sein\w*|ihr\w*|mon|ma|mes|mi|mis|su|sus|mio|mia|mijn|zijn|haar)\b"
)
_OF_SELF = re.compile(r"\b(?:i|i'm|i've|me|my|mine|we|our|ich|mein\w*|mon|ma|mes|je|mi|mis|mio|mia|mijn|ik|min|mina)\b")
_OF_OTHERS = re.compile(
    r"\b(?:he|he's|she|she's|his|her|him|hers|their|they|mum|mom|dad|mother|father|wife|husband|brother|sister|aunt|"
    r"uncle|cousin|nephew|niece|friend|colleague|neighbou?r|flatmate|patient|er|sie|sein\w*|ihr\w*|il|elle|lui|su|sus|zij|haar)\b"
)
_NAMED = re.compile(r"\b[A-Z][a-z]{2,}(?:['’]s\b| (?:is|was|has|had|got|told|said|will|and) )")
# Words of programming and of general talk in which the same words mean something else.
_ABOUT_SOFTWARE = re.compile(
    r"\b(?:separation of concerns|api|regex|stack ?trace|compiler|linter|pull request|merge request|chain of custody|"
    r"thread pool|dependency injection|unit tests?|diagnostics?|depression in the (?:ground|terrain)|great depression|"
    r"cancer research|loan ?words?|inter-?library loan|church tower|church street|court yard|tennis court|food court)\b"
    r"|\w\.(?:py|js|ts|go|rs|java|cpp|sql|rb|php)\b"
)
