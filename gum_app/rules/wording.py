"""Words compared and shortened: folded, stemmed, without the ones that say nothing. English, and harmless elsewhere."""

from __future__ import annotations

import re
import unicodedata

import snowballstemmer

_SAYING_NOTHING = """
a about after again all also am an and any are as at be because been before being both but by can could did do does
doing done don down each even every few for from further get got had has have having he her here hers him his how i if
in into is it its just let me more most much my no nor not now of off on once only or other our out over own re same
she should so some still such than that the their them then there these they thing this those through to too under
until up us very was we were what when where which while who whom why will with would yes you your yours
"""
STOP_WORDS = frozenset(_SAYING_NOTHING.split())
_DENIES = re.compile(
    r"\b(?:no|not|never|nothing|neither|without|cannot|stop(?:s|ped)?|quit(?:s|ted)?|g[ai]ve[sn]? up|refus\w+|avoid\w*"
    r"|dislik\w+|hat(?:es?|ed))\b|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'’._/][^\W_]+)*")
_stemmer = snowballstemmer.stemmer("english")


def folded(text: str) -> str:
    """Lower case, without accents: how two spellings of a name are compared."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of the words that say something, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def denies(text: str) -> bool:
    """Whether a sentence says that something is not so. Its stems do not tell: "not" is among the words left out."""
    return _DENIES.search(text) is not None


def slug(text: str, most: int = 8) -> str:
    """A stable name for a text: its first saying stems, joined. Empty where nothing says anything."""
    return "-".join(stems(text)[:most])


def named(text: str) -> frozenset[str]:
    """What cannot be said in other words: numbers, names in capitals, files. Folded, without the first word."""
    found = set()
    for position, match in enumerate(re.finditer(r"[^\s,;:()“”\"]+", text)):
        word = match.group().strip(".!?'’")
        telling = any(c.isdigit() for c in word) or "_" in word or re.search(r"\w\.\w", word) or word[:1].isupper()
        if len(word) > 1 and telling and position > 0:
            found.add(folded(word))
    return frozenset(found)


def shortened(text: str, most: int = 160) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def listed(items: list[str]) -> str:
    """One, two and three: how a sentence names several things."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
