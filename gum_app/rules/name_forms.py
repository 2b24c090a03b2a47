"""Which words of a text are somebody's name: in any case and inflection, with and without accents, as a handle.

Words are runs of letters; signs, digits and blanks part them. What nobody sees parts nothing, and letters that look
alike are one. Endings are taken off as languages put them on; long names also count inside of longer words and with a
letter misread. A word too many is hidden rather than a name be told. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gum_app.rules.plain import as_read
from gum_app.rules.wording import STOP_WORDS

# Parts of names that are nobody's where they stand alone.
PARTICLES = frozenset({"de", "da", "di", "du", "van", "von", "den", "der", "del", "el", "al", "bin", "ter", "le", "la"})
_NOBODY_TEXT = """
team group support channel meeting call missed message messages new notification reminder office service info
news dr mr mrs ms prof herr frau
"""
_NOBODY = PARTICLES | frozenset(_NOBODY_TEXT.split())
LONG = 6  # letters from which a name is also found inside of a word
READ_WRONG, READ_VERY_WRONG = 7, 10  # and from which with one letter misread, and with two
_ENDINGS_TEXT = """
s es n en ens a e i y u o ie ka ko ku ki em om iem owi ovi owa ova ow ov ami am ach in an ek ia ii ei ou ey nak
nek val vel ban ben hoz ra re lla lle ssa sta lta lle ksi
"""
_ENDINGS = frozenset(_ENDINGS_TEXT.split())
_AFTER_A_VOWEL_TEXT = """
a e i o u y ie ii ia om em iem ou ei ey io ami ach ow owi am
"""
_AFTER_A_VOWEL = frozenset(_AFTER_A_VOWEL_TEXT.split())
_VOWELS = frozenset("aeiouyаяоеиыуэюйь")
_PREFIXES = {"hebrew": frozenset("ובהלכמש"), "arabic": frozenset("والبكف")}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ı": "i", "ς": "σ"}
)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"})
_DRAWN_TOGETHER = re.compile("([aou])e")
# Scripts that put no blanks between words, or grow them by syllables: there a name counts wherever it stands.
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x3040, 0xA000), (0xAC00, 0xD7A4))

Person = tuple[str, ...]  # the parts of a name, folded: what one person is known by


@dataclass(frozen=True)
class Run:
    """Letters that stand together. `start` and `end` are places in the text."""

    plain: str  # folded
    start: int
    end: int
    capital: bool


@dataclass(frozen=True)
class Piece:
    """A word that is part of the name of one of `people`."""

    start: int
    end: int
    form: str
    people: frozenset[Person]


def fold(text: str) -> str:
    """As names are compared: without case, accents, width and what nobody sees."""
    kept = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not _is_unseen(c))
    return "".join(kept).casefold().translate(_LETTERS)


def runs(text: str) -> Iterator[Run]:
    """Runs of letters. Where a small letter is followed by a capital one, both the whole and its parts."""
    start: int | None = None
    for place, sign in enumerate(text):
        if sign.isalpha():
            start = place if start is None else start
        elif start is not None and not _is_unseen(sign):
            yield _run(text, start, place)
            start = None
    if start is not None:
        yield _run(text, start, len(text))


def parts_of(name: str) -> Person:
    """The words of a name, folded; of an address those before its @."""
    bare = name.lstrip("@").partition("@")[0] if " " not in name.strip() else name.partition("<")[0]
    return tuple(run.plain for run in runs(bare) if run.plain)


class NameForms:
    """What stands for whom. `own`: parts of the person's own name, which hide nobody where they stand alone."""

    def __init__(self, names: Iterable[str], own: Iterable[str] = ()) -> None:
        self._own = frozenset(own)
        spelled = {parts: name for name in names if _is_somebody(parts := parts_of(name), self._own)}
        self.people = _people(spelled)
        self._forms: dict[str, set[Person]] = {}
        self._stems: dict[str, set[Person]] = {}
        for person, names_of in self.people.items():
            for form in self._forms_of(person, names_of):
                self._add(form, person)
        self._long = [form for form in self._forms if len(form) >= LONG]
        self._lengths = sorted({len(form) for form in self._long}, reverse=True)
        self._unspaced = [form for form in self._forms if _is_unspaced(form[0])]

    def pieces(self, text: str) -> list[Piece]:
        """The words of names, in order."""
        found: list[Piece] = []
        for run in runs(text):
            whole = self._piece(run)
            found += [whole] if whole is not None else self._inside(run, text)
        return found

    def belongs(self, run: Run, between: str, people: frozenset[Person]) -> bool:
        """Whether a word beside a name is part of it: an initial, a particle, a part that is also the person's own."""
        if len(run.plain) > 1:
            return any(run.plain in person for person in people)
        told_apart = "." in between or "_" in between or (run.capital and run.plain not in "ai")
        return told_apart and any(part[0] == run.plain for person in people for part in person)

    @property
    def forms(self) -> Collection[str]:
        """All words that stand for somebody."""
        return self._forms.keys()

    # Pieces

    def _forms_of(self, person: Person, names: Iterable[str]) -> Iterator[str]:
        for parts in _spellings(person, names):
            nobody = self._own if set(parts) <= PARTICLES else _NOBODY | self._own  # “Del” may be all that a name is
            yield from (part for part in parts if len(part) > 1 and part not in nobody)
            if len(parts) > 1:
                first, last = parts[0], parts[-1]
                joined = (first + last, last + first, first[0] + last, first + last[0], last + first[0], "".join(parts))
                yield from (form for form in joined if len(form) > 4)
        for name in names:
            yield from _given_and_family(name)

    def _add(self, form: str, person: Person) -> None:
        self._forms.setdefault(form, set()).add(person)
        if len(form) > 2 and form[-1] in _VOWELS:
            self._stems.setdefault(form[:-1], set()).add(person)
        if len(form) > 3 and form[-2] == "e":  # Marek, Marka
            self._stems.setdefault(form[:-2] + form[-1], set()).add(person)

    def _piece(self, run: Run) -> Piece | None:
        for plain in dict.fromkeys((run.plain, fold(as_read(run.plain)))):
            people = self._whose(plain, run.capital)
            if people:
                return Piece(run.start, run.end, plain, frozenset(people))
        return None

    def _whose(self, word: str, capital: bool) -> set[Person]:
        if not capital and (word in STOP_WORDS or word in PARTICLES):
            return set()
        if people := self._forms.get(word):
            return people
        if people := self._inflected(word, capital):
            return people
        if len(word) > LONG and (people := self._within(word)):
            return people
        if capital and len(word) >= READ_WRONG and self._long:
            return self._misread(word)
        return set()

    def _inflected(self, word: str, capital: bool) -> set[Person]:
        script = _script(word)
        if script in _PREFIXES:
            return self._prefixed(word, _PREFIXES[script])
        people: set[Person] = set()
        for cut in range(1, min(5, len(word) - 1)):
            rest, ending = word[:-cut], word[-cut:]
            if len(rest) == 2 and not (cut == 1 and capital):
                continue
            if script == "other":
                people = self._forms.get(rest, set()) | self._stems.get(rest, set()) if cut < 4 else set()
            elif ending in _ENDINGS and (len(rest) > 3 or ending == "s"):
                people = self._forms.get(rest, set())
            if script == "latin" and ending in _AFTER_A_VOWEL:
                people = people | self._stems.get(rest, set())
            if people:
                break
        return people

    def _prefixed(self, word: str, prefixes: frozenset[str]) -> set[Person]:
        """As “and”, “to” and “the” stand before a word in Hebrew and Arabic: one or two letters of it."""
        for bare in (word[1:], word[2:]):
            if len(bare) > 1 and set(word[: -len(bare)]) <= prefixes and (people := self._forms.get(bare)):
                return people
        return set()

    def _within(self, word: str) -> set[Person]:
        for length in self._lengths:
            for start in range(len(word) - length + 1):
                if people := self._forms.get(word[start : start + length]):
                    return people
        return set()

    def _misread(self, word: str) -> set[Person]:
        most = 2 if len(word) >= READ_VERY_WRONG else 1
        near = process.extractOne(word, self._long, scorer=OSA.distance, score_cutoff=most)
        return self._forms[near[0]] if near is not None else set()

    def _inside(self, run: Run, text: str) -> list[Piece]:
        """Parts of a run: words that only a capital letter divides, and names in scripts without blanks."""
        found = []
        for start, end in _camel(text, run):
            part = Run(fold(text[start:end]), start, end, text[start].isupper())
            piece = self._piece(part) if part.plain != run.plain else None
            found += [piece] if piece is not None else []
        if not found and any(_is_unspaced(sign) for sign in run.plain):
            found = [Piece(*place, form, frozenset(self._forms[form])) for form, place in self._unspaced_in(run, text)]
        return found

    def _unspaced_in(self, run: Run, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        signs = [(place, plain) for place in range(run.start, run.end) if (plain := fold(text[place]))]
        joined = "".join(plain for _, plain in signs)
        places = [place for place, plain in signs for _ in plain]
        end = 0
        for start in range(len(joined)):
            fitting = [form for form in self._unspaced if joined.startswith(form, start) and start >= end]
            if fitting:
                form = max(fitting, key=len)
                end = start + len(form)
                yield form, (places[start], places[end - 1] + 1)


def _people(spelled: dict[Person, str]) -> dict[Person, list[str]]:
    """Who is known, each with the names they have. A single word that only one of them has is that one."""
    people: dict[Person, list[str]] = {parts: [name] for parts, name in spelled.items() if len(parts) > 1}
    for parts, name in spelled.items():
        if len(parts) > 1:
            continue
        of = [person for person in people if parts[0] in person and len(person) > 1]
        if len(of) == 1:
            people[of[0]].append(name)
        elif not of:
            people[parts] = [name]
    return people


def _is_somebody(parts: Person, own: frozenset[str]) -> bool:
    return any(len(part) > 1 and (part in PARTICLES or part not in _NOBODY) and part not in own for part in parts)


def _spellings(person: Person, names: Iterable[str]) -> set[Person]:
    """With ü as u, as ue, and ue as u."""
    written_out = {parts_of(unicodedata.normalize("NFC", name.casefold()).translate(_WRITTEN_OUT)) for name in names}
    drawn = tuple(_DRAWN_TOGETHER.sub(r"\1", part) if len(part) > 4 else part for part in person)
    return {person, drawn, *written_out}


def _given_and_family(name: str) -> Iterator[str]:
    """Of a Chinese, Japanese or Korean name that is written in one piece: 王小明 is also 小明, 田中太郎 also 田中."""
    whole = unicodedata.normalize("NFC", name)
    if len(whole) in (3, 4) and all(_is_unspaced(sign) and not "\u3040" <= sign <= "\u30ff" for sign in whole):
        yield fold(whole[:2])
        yield fold(whole[-2:])


def _run(text: str, start: int, end: int) -> Run:
    return Run(fold(text[start:end]), start, end, text[start].isupper())


def _camel(text: str, run: Run) -> Iterator[tuple[int, int]]:
    start = run.start
    for place in range(run.start + 1, run.end):
        if text[place].isupper() and text[place - 1].islower():
            yield start, place
            start = place
    yield start, run.end


def _is_unseen(sign: str) -> bool:
    """Marks on letters, and characters of which nothing can be seen: they part no word."""
    category = unicodedata.category(sign)
    return category[0] == "M" or (category[0] == "C" and sign not in "\n\r\t") or sign in "\u115f\u1160\u3164\uffa0"


def _is_unspaced(sign: str) -> bool:
    return any(first <= ord(sign) < last for first, last in _UNSPACED)


def _script(word: str) -> str:
    code = ord(word[0])
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if 0x590 <= code < 0x600:
        return "hebrew"
    return "arabic" if 0x600 <= code < 0x780 else "other"
