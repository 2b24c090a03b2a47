"""People's names as pseudonyms, such as P-k3t9qa: the same for one program, another for every other.

A pseudonym is a keyed digest (HMAC-SHA-256, RFC 2104) of whose name it is: without the key, which stays here, nobody
can tell the name from it, nor that two programs were told of the same person. Pure.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gum_app.rules.identity import ADDRESS, account_names
from gum_app.rules.name_forms import NameForms, Person, Piece, Run, fold, parts_of, runs

SIGNS = "bcdfghjkmnpqrstvwxyz23456789"  # no vowels: they spell no words; nothing that is taken for something else
LENGTH = 6  # 28 ** 6: of a thousand people two have the same once in a thousand lives
PSEUDONYM = re.compile(rf"(?<![A-Za-z0-9])[Pp]-(?P<code>[{SIGNS}{SIGNS.upper()}]{{{LENGTH}}})(?![A-Za-z0-9])")
_HANDLE = re.compile(r"(?<![\w@.])@[\w.-]*\w")
_BETWEEN = re.compile(r"(?:[ \t\u00a0]?[.,][ \t\u00a0]?|[ \t\u00a0]{1,2}|['’_-]|)")
_SEPARATOR = "\0"


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    whose: str  # what the pseudonym is made of


def key_for(secret: bytes, client: str) -> bytes:
    """The key of one program, which says nothing of that of another."""
    return hmac.digest(secret, b"pseudonyms for " + client.encode(), "sha256")


class Pseudonyms:
    """`names`: all that other people are called. `own`: what the person is called, whose name is not hidden."""

    def __init__(self, key: bytes, names: Iterable[str], own: str = "") -> None:
        self._key, self._own = key, own
        self._own_words = frozenset((*parts_of(own), *map(fold, account_names(own))))
        self._names = tuple(dict.fromkeys(names))
        self._forms = NameForms(self._names, self._own_words)

    def with_names(self, names: Iterable[str]) -> Pseudonyms:
        """And these as well."""
        more = [name for name in names if name not in self._names]
        return Pseudonyms(self._key, (*self._names, *more), self._own) if more else self

    def hide(self, text: str) -> str:
        """With a pseudonym in the place of each name, address and handle of somebody else."""
        return self._replaced(text, lambda whose: f"P-{self._code(whose)}")

    def without_names(self, text: str) -> str:
        """With a blank in their places: what is found by a name would tell whose pseudonym it is."""
        return self._replaced(text, lambda _whose: " ")

    def resolve(self, text: str) -> str:
        """With the names in the places of pseudonyms; one that is nobody's, as far as is known, stays as it is."""
        if PSEUDONYM.search(text) is None:
            return text
        known = self._known()
        return PSEUDONYM.sub(lambda match: known.get(match["code"].lower(), match.group()), text)

    # Pieces

    def _replaced(self, text: str, put: Callable[[str], str]) -> str:
        made, done = [], 0
        for span in self._spans(text):
            made += [text[done : span.start], put(span.whose)]
            done = span.end
        made.append(text[done:])
        # “Tomasz2024”: a pseudonym that runs into a word is none.
        return "".join(f" {part}" if _runs_on(before, part) else part for before, part in pairwise(["", *made]))

    def _code(self, whose: str) -> str:
        number = int.from_bytes(hmac.digest(self._key, whose.encode(), "sha256")[:8], "big")
        code = ""
        for _ in range(LENGTH):
            number, place = divmod(number, len(SIGNS))
            code += SIGNS[place]
        return code

    def _known(self) -> dict[str, str]:
        """By code: what each word of a name, each address and each name stands for."""
        known = {self._code(form): form.capitalize() for form in self._forms.forms}
        known |= {self._code(fold(name)): name for name in self._names if "@" in name}
        known |= {self._code(_SEPARATOR.join(person)): names[0] for person, names in self._forms.people.items()}
        return known

    def _spans(self, text: str) -> list[_Span]:
        """Where names, addresses and handles stand, in order, none within another."""
        taken = [(match.start(), match.end()) for match in PSEUDONYM.finditer(text)]
        found: list[_Span] = []
        for pattern in (ADDRESS, _HANDLE):
            for match in pattern.finditer(text):
                whose = "" if _touches(*match.span(), taken) else self._whose_address(match.group())
                if whose:
                    found.append(_Span(*match.span(), whose))
                taken.append(match.span())
        pieces = [piece for piece in self._forms.pieces(text) if not _touches(piece.start, piece.end, taken)]
        beside = [run for run in runs(text) if not _touches(run.start, run.end, taken)] if pieces else []
        return sorted((*found, *self._joined(pieces, beside, text)), key=lambda span: span.start)

    def _whose_address(self, address: str) -> str:
        """Of whom an address or handle is: of somebody known, or of nobody but itself. Empty: the person's own."""
        words = [run.plain for run in runs(address.lstrip("@").partition("@")[0])]
        if words and ({*words} <= self._own_words or "".join(words) in self._own_words):
            return ""
        pieces = self._forms.pieces(address.lstrip("@").partition("@")[0])
        shared = frozenset.intersection(*(piece.people for piece in pieces)) if pieces else frozenset()
        return _SEPARATOR.join(next(iter(shared))) if len(shared) == 1 else fold(address)

    def _joined(self, pieces: Sequence[Piece], words: Sequence[Run], text: str) -> Iterator[_Span]:
        """Words of one name that stand beside each other are one; so are its initials and what belongs to it."""
        places = {(piece.start, piece.end) for piece in pieces}
        others = [run for run in words if not _touches(run.start, run.end, places)]
        at, done = 0, 0
        while at < len(pieces):
            group, people = [pieces[at]], pieces[at].people
            for after in pieces[at + 1 :]:
                end = self._grown(group[-1].end, people, others, text)
                shared = people & after.people
                if not shared or _is_said(after, group, shared) or not _BETWEEN.fullmatch(text[end : after.start]):
                    break
                group, people = [*group, after], shared
            at += len(group)
            start = self._begun(group[0].start, people, [run for run in others if run.start >= done], text)
            done = self._grown(group[-1].end, people, others, text, of_next=pieces[at].start if pieces[at:] else None)
            yield _Span(start, done, _whose(people, group))

    def _grown(
        self, end: int, people: frozenset[Person], others: Sequence[Run], text: str, *, of_next: int | None = None
    ) -> int:
        """To the end of what belongs to the name behind it. `of_next`: where the next name begins, which may have some
        before it.
        """
        for run in others:
            if run.start >= end:
                between = text[end : run.start]
                if not (_BETWEEN.fullmatch(between) and self._forms.belongs(run, between, people)):
                    break
                if of_next is not None and "," in between and _BETWEEN.fullmatch(text[run.end : of_next]):
                    break
                end = run.end
        return end

    def _begun(self, start: int, people: frozenset[Person], others: Sequence[Run], text: str) -> int:
        """From the beginning of what belongs to the name before it."""
        for run in reversed(others):
            if run.end <= start:
                between = text[run.end : start]
                if not (_BETWEEN.fullmatch(between) and self._forms.belongs(run, between, people)):
                    break
                start = run.start
        return start


def _whose(people: frozenset[Person], pieces: Sequence[Piece]) -> str:
    """The one whom it can be; of several, the words themselves, which tell none of them."""
    if len(people) == 1:
        return _SEPARATOR.join(next(iter(people)))
    return _SEPARATOR.join(dict.fromkeys(piece.form for piece in pieces))


def _is_said(piece: Piece, group: Sequence[Piece], people: frozenset[Person]) -> bool:
    """Whether the name so far has this word already: then another mention of it begins."""
    often = max(1, *(person.count(piece.form) for person in people))
    return sum(other.form == piece.form for other in group) >= often


def _runs_on(before: str, after: str) -> bool:
    ends = before[-1:] + after[:1]
    return len(ends) == 2 and ends.isascii() and ends.isalnum() and ("P-" in before[:2] or "P-" in after[:2])


def _touches(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
