"""From what somebody asked to the terms that the full-text index is asked for. Knows no table.

Whatever is typed is data: every term is quoted, so that no sign of the index's own language gets through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gum_app.store.spelling import folded, letters, pairs, pieces, stem

WORD = re.compile(r"[^\W_]+")
SHORTEST_PREFIX = 2  # one letter begins nearly every row: it is searched as a word of its own
MOST_TERMS = 64  # of a long text, such as a draft or a talk, the first so many that tell something count
MOST_SLIGHT = 16  # and so many of the others

# Words that stand in nearly every English sentence and so tell little apart.
ENGLISH = """
    a about after again all also am an and any are as at be been before being but by can could did do does doing done
    down for from get got had has have having he her hers him his how i if in into is it its just me more most my no
    nor not now of off often on once only or other our ours out over own same shall she should so some such than that
    the their theirs them then there these they this those through to too under until up upon very was we were what
    when where which while who whom whose why will with would you your yours
"""
STOP_WORDS = frozenset(ENGLISH.split())
# What is left of "don't", "we'll" and "it's" where words are parted at the apostrophe, and words that point back.
SLIGHT_TOO = """
    ain aren couldn d didn doesn don hadn hasn haven isn ll m mustn re s shouldn t ve wasn weren won wouldn y
    each few further here hers herself himself itself myself ours ourselves theirs themselves yourself yourselves yours
    above below between during off over re same through under until
"""
TELLS_LITTLE = STOP_WORDS | frozenset(SLIGHT_TOO.split())


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word that is looked for, or two neighbouring letters of a script without blanks."""

    word: str  # as it was asked, folded
    token: str  # as the index spells it
    beginning: str = ""  # words that begin so fit as well; empty: only the token does
    tells: bool = True  # it tells something apart, which “the” does not

    @property
    def expression(self) -> str:
        """As the full-text index reads it."""
        if not self.beginning:
            return f'"{self.token}"'
        return f'("{self.token}" OR "{self.beginning}"*)'

    def count(self, tokens: Sequence[str]) -> int:
        """How often it stands among these."""
        if not self.beginning:
            return tokens.count(self.token)
        return sum(token == self.token or token.startswith(self.beginning) for token in tokens)


@dataclass(frozen=True, kw_only=True)
class Asked:
    terms: tuple[Term, ...]

    @property
    def telling(self) -> list[Term]:
        return [term for term in self.terms if term.tells]

    @property
    def slight(self) -> list[Term]:
        return [term for term in self.terms if not term.tells]


def words_in(text: str) -> list[str]:
    """The words of a text, each once, in order, in small letters."""
    return list(dict.fromkeys(WORD.findall(text.casefold())))


def asked(text: str, *, without: Collection[str] = (), typing: bool = False) -> Asked:
    """Each term once, in order. `without` are words that stand everywhere, such as the person's own name.

    `typing`: the last word may be unfinished. Where no word tells anything apart, all of them count.
    """
    own = {folded(word) for word in without}
    found: dict[str, Term] = {}
    every = list(pieces(text))
    for place, (piece, is_run) in enumerate(every):
        unfinished = typing and place == len(every) - 1 and text[-1].isalnum() and len(piece) >= SHORTEST_PREFIX
        for term in _of_run(piece) if is_run else [_of_word(piece, own, unfinished)]:
            found.setdefault(term.token, term)
    telling = [term for term in found.values() if term.tells][:MOST_TERMS]
    slight = [term for term in found.values() if not term.tells][:MOST_SLIGHT]
    return Asked(terms=(*telling, *slight))


def any_of(terms: Sequence[Term]) -> str:
    """The expression that matches rows with any of them."""
    return " OR ".join(term.expression for term in terms)


def all_of(terms: Sequence[Term]) -> str:
    return " AND ".join(term.expression for term in terms)


def _of_word(word: str, own: Collection[str], unfinished: bool) -> Term:
    tells = unfinished or (word not in TELLS_LITTLE and word not in own)
    return Term(word=word, token=stem(word), beginning=word if unfinished else "", tells=tells)


def _of_run(run: str) -> Iterator[Term]:
    signs = letters(run)
    if len(signs) == 1:
        yield Term(word=run, token=run, beginning=run)  # every letter begins some token of the rows that have it
    for pair in pairs(signs):
        yield Term(word=pair, token=pair)
