"""What a secret looks like by itself, without anything that announces it: cards, accounts, keys, tokens.

Pure functions from a text to where in it they are. What an OCR engine mixes up (O and 0, l and 1, S and 5) is allowed
for, but only where digits are expected. A git hash, a version, a date and a telephone number are no secrets.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from stdnum import iban, luhn, numdb


class Span(NamedTuple):
    kind: str
    start: int
    end: int


CARD, ACCOUNT, KEY, IDENTITY = "card", "account number", "key", "identity number"
PASSWORD, CODE = "password", "one-time code"

_MISREAD = str.maketrans("OoQDIl|!ZzSsBGgq", "0000111122558699")
_DIGITISH = "0-9OoQDIl|ZSsBGq"


def digits_of(text: str) -> str:
    """The digits that were meant."""
    return "".join(c for c in text.translate(_MISREAD) if c.isdigit())


def shapes(text: str) -> list[Span]:
    """Everything in one row of text that is secret by its looks. Spans may overlap."""
    return [*_cards(text), *_accounts(text), *_keys(text), *_social_security(text)]


# Cards

_NUMBER_RUN = re.compile(rf"(?<![\w.,/:#€$£+-])[{_DIGITISH}](?:[ .·-]?[{_DIGITISH}]){{11,22}}(?![\w/:%]|[.,]\d)")
_CARD_STARTS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}$|5[1-5]\d{14}$|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$|3[47]\d{13}$|"
    r"3(?:0[0-5]|[68]\d)\d{11}$|(?:6011|65\d\d|64[4-9]\d)\d{12}$|35\d{14}$|(?:2131|1800)\d{11}$|"
    r"62\d{14,17}$|(?:50|5[6-9]|6\d)\d{10,17}$"
)
_AS_PRINTED = re.compile(r"\S{4}([ .·-])\S{4}\1\S{4}\1\S{4}|\S{4}([ .·-])\S{6}\2\S{4,5}")


def _cards(text: str) -> Iterator[Span]:
    for run in _NUMBER_RUN.finditer(text):
        if sum(c.isdigit() for c in run.group()) < 10:
            continue
        yield from _cards_in(run.group(), run.start())


def _cards_in(run: str, offset: int) -> Iterator[Span]:
    """A card number may have a neighbour in its row: every stretch of whole groups is tried, the longest first."""
    groups = [match.span() for match in re.finditer(r"[^ .·-]+", run)]
    for first in range(len(groups)):
        for last in range(len(groups) - 1, first - 1, -1):
            start, end = groups[first][0], groups[last][1]
            if is_card(run[start:end]):
                yield Span(CARD, offset + start, offset + end)
                return


def is_card(text: str) -> bool:
    """Passes the check digit, or is printed in fours as on a card (one digit may have been misread)."""
    number = digits_of(text)
    if not _CARD_STARTS.match(number) or len(set(number)) < 2:
        return False
    return bool(luhn.is_valid(number)) or (_AS_PRINTED.fullmatch(text) is not None and not _is_scale(text))


def _is_scale(text: str) -> bool:
    """4000 4500 5000 5500: the marks of an axis, or years."""
    groups = [int(digits_of(group) or 0) for group in re.split(r"[ .·-]", text)]
    steps = {after - before for before, after in pairwise(groups)}
    return len(steps) == 1


# Accounts

# looks ahead only: in "is GB82 …" the account does not begin at "is"
_IBAN_START = re.compile(rf"(?<![A-Za-z0-9])(?=([A-Za-z]{{2}}) ?[{_DIGITISH}]{{2}}[ -]?[A-Za-z0-9]{{2}})")
_LEAST_IBAN_DIGITS = 9  # of all its characters; the Dutch and the Irish ones have letters


def _accounts(text: str) -> Iterator[Span]:
    for match in _IBAN_START.finditer(text):
        length = _iban_length(match.group(1).upper())
        if length is None:
            continue
        end = _after_characters(text, match.start(), length)
        if end is not None and _is_account(text[match.start() : end]):
            yield Span(ACCOUNT, match.start(), end)


@lru_cache(maxsize=256)
def _iban_length(country: str) -> int | None:
    """From the registry that python-stdnum carries; it writes the parts as in "4!a6!n8!n"."""
    (_, info), *_ = numdb.get("iban").info(country)
    return 4 + sum(int(part) for part in re.findall(r"\d+", info["bban"])) if "bban" in info else None


def _after_characters(text: str, start: int, count: int) -> int | None:
    """Where `count` letters and digits end, if nothing but single spaces and hyphens stands between them."""
    seen, at = 0, start
    while at < len(text) and seen < count:
        if text[at].isalnum() or text[at] == "|":
            seen += 1
        elif text[at] not in " -" or not (at + 1 < len(text) and text[at + 1].isalnum()):
            return None
        at += 1
    if seen < count or (at < len(text) and text[at].isalnum()):
        return None
    return at


def _is_account(text: str) -> bool:
    bare = re.sub(r"[ -]", "", text)
    if iban.is_valid(bare.upper()):
        return True
    if not bare[:2].isupper():
        return False
    # misread somewhere: what is written like one counts as one
    return sum(c.isdigit() for c in bare) >= _LEAST_IBAN_DIGITS and (" " in text or len(bare) >= 18)


_SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")


def _social_security(text: str) -> Iterator[Span]:
    for match in _SSN.finditer(text):
        yield Span(IDENTITY, match.start(), match.end())


# Keys and tokens

_KEYS = re.compile(
    r"""
    (?<![A-Za-z0-9])(?:AKIA|ASIA|AGPA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{12,20}
    | (?<![A-Za-z0-9])gh[pousr]_\w{16,} | github_pat_\w{20,} | xox[abeprs]-[\w-]{10,}
    | (?<!\w)gl(?:pat|dt|ft|soat|rt|imt|ptt|oas|cbt|agent)-[\w-]{16,} | (?<!\w)GR1348941[\w-]{16,}
    | (?<!\w)sq0(?:csp|atp)-[\w-]{20,} | (?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w) | (?<!\w)(?:AC|SK)[0-9a-f]{32}(?!\w)
    | (?<!\w)AKC[A-Za-z0-9]{20,} | (?<!\w)[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27}
    | (?<!\w)[srp]k_(?:live|test)_\w{10,} | (?<!\w)sk-[\w-]{20,} | AIza[\w-]{25,} | ya29\.[\w-]{20,}
    | (?<!\w)npm_\w{20,} | pypi-[\w-]{20,} | (?<!\w)hf_\w{20,} | dop_v1_\w{20,} | (?<!\w)SG\.[\w-]{10,}\.[\w-]{10,}
    | AGE-SECRET-KEY-\w+
    | (?<!\w)[a-z]{2,8}_(?:pat|tok|token|key|sk|secret|live)_[A-Za-z0-9]{12,}
    | (?<!\w)eyJ[\w-]{8,}[ ]?\.[ ]?[\w-]{8,}(?:[ ]?\.[ ]?[\w-]*)?
    | hooks\.slack\.com/services/[\w/]+ | (?<!\d)\d{8,10}:[A-Za-z0-9_-]{30,}
    | (?:[Bb]earer|[Bb]asic)[ ](?=[\w.~+/=-]*\d)[\w.~+/-]{16,}=*
    | AccountKey=[\w+/=]{20,}
    """,
    re.VERBOSE,
)
_IN_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{1,30} ?: ?/{1,2} ?[^\s:/@?#]{0,64} ?: ?(?!\d{1,5}/)[^\s/@?#]{2,}@ ?[\w.-]+"
)
QUERY_SECRET = re.compile(
    r"([?&#;](?:[\w-]{0,40}(?:token|secret|passw(?:or)?d|pwd|api_?key|apikey|signature)|sig|auth|code|key|session(?:_?id)?|sid|"
    r"jwt|ticket|otp|invite|magic)=)([^&#\s]{4,})",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r"""
    (?P<name>[\w.-]{0,40}(?:token|secret|passw(?:or)?d|passphrase|pwd|api_?-?key|access_?-?key(?:_?id)?|private_?-?key
    |client_?-?secret|credentials?|auth_?-?key|encryption_?-?key|signing_?-?key)[\w-]{0,40})["']?
    \s*(?:=>|:=|=|:)\s*["'`“]?(?P<value>[^\s"'`,;“”]{4,})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_ENVIRONMENT = re.compile(  # DB_PASSWORD=tulip; an engine may read the lines below as spaces, so all of the row goes
    r"(?<![A-Za-z])(?:[A-Z][A-Z0-9_ ]{0,40}?)??(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIALS?|"
    r"(?:SECRET|API|ACCESS|PRIVATE|AUTH|SIGNING|ENCRYPTION|MASTER)[_ ]?KEY)(?:[_ ][A-Z0-9]{1,12}){0,2}=[\"'“]?(\S.{3,})"
)
_OPTION = re.compile(
    r"(?:--?(?:password|passwd|pass|token|secret|api-key)(?:=| )|sshpass -p ?|\bcurl\b.* (?:-u|--user) \S+:)(\S{4,})"
)
_NO_VALUE = re.compile(
    r"[$<{(\[%*•.▮]|process\.env|os\.|env\.|self\.|this\.|https?:|(?:str|string|bytes|int|bool|none|null|nil|true|false|"
    r"undefined|optional|required|any|option|self|vec|secretstr|changed|expired|invalid|missing|yes|no)\b",
    re.IGNORECASE,
)
_HEX_KEY = re.compile(r"[0-9a-fA-F]{24,}")  # by itself a commit or a sum; behind such a name the key itself
_CALL = re.compile(r"\w\(|\)\.|->|::|\w\.\w+\.|\[\w")
_RANDOM = re.compile(r"(?<![\w/+.:@-])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w/])")
_HARMLESS = re.compile(r"(?:h1|sha\d+|md5)[:-]|[0-9a-f-]+$|[0-9A-F-]+$|AAAA[BCE]3", re.IGNORECASE)
_WORD_IN_IT = re.compile(r"[a-z]{7,}|[A-Z]{8,}|/")
# Share of neighbours of another kind (small, capital, digit): random letters have 0.6, names of things up to 0.5.
_LEAST_CHANGES, _LEAST_CHANGES_IF_SHORT, _LONG = 0.45, 0.55, 22
_LEAST_ENTROPY = 3.5  # bits a character; English words joined have about 3, random letters and digits above 4
PRIVATE_KEY = re.compile(r"-{3,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY|^Private-Lines: ?\d")  # the latter is PuTTY's
KEY_END = re.compile(r"-{3,5} ?END |^Private-MAC: ?\w")


def _keys(text: str) -> Iterator[Span]:
    for pattern in (_KEYS, _IN_ADDRESS):
        yield from (Span(KEY, *match.span()) for match in pattern.finditer(text))
    yield from (Span(KEY, *match.span(2)) for match in QUERY_SECRET.finditer(text))
    yield from (Span(KEY, *match.span()) for match in _RANDOM.finditer(text) if _is_random(match.group()))
    yield from _assigned(text)


def _assigned(text: str) -> Iterator[Span]:
    for kind, pattern in ((PASSWORD, _OPTION), (KEY, _IN_ENVIRONMENT)):
        for match in pattern.finditer(text):
            if not _NO_VALUE.match(match.group(1)):
                yield Span(kind, *match.span(1))
    for match in _ASSIGNED.finditer(text):
        value = match["value"]
        is_key = looks_random(value) or _HEX_KEY.fullmatch(value) is not None
        if is_key and not _NO_VALUE.match(value) and not _CALL.search(value):
            yield Span(KEY, *match.span("value"))


def looks_random(value: str) -> bool:
    """A word no one would write as a word: letters mixed with digits or signs, six characters at least."""
    bare = value.strip(".,;:()[]{}\"'“”‘’")
    if len(bare) < 6 or _is_named_thing(bare):
        return False
    digits = sum(c.isdigit() for c in bare)
    letters = sum(c.isalpha() for c in bare)
    signs = sum(not c.isalnum() and c not in "-_./:@" for c in bare)
    mixed_case = any(c.islower() for c in bare) and any(c.isupper() for c in bare[1:])
    return letters >= 2 and (
        (digits >= 1 and (digits + signs >= 2 or mixed_case)) or (signs >= 1 and mixed_case) or signs >= 2
    )


_NAMED = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|v?\d+(?:\.\d+)+\S*|"
    r"\d{1,2}:\d{2}\S*|[€$£]?\d[\d.,]*[€$£%]?|[A-Z]{2,10}-\d+|[0-9a-f]{7,40}|[\w-]+\.(?:py|go|rs|js|ts|md|pdf|odt|ods|docx?|txt)"
)


def _is_named_thing(text: str) -> bool:
    """An address, a mail address, a date, a version, a time, a price, a ticket, a commit, a file."""
    return _NAMED.fullmatch(text) is not None


def _is_random(text: str) -> bool:
    if _HARMLESS.match(text) or _WORD_IN_IT.search(text):
        return False
    kinds = (sum(c.isdigit() for c in text), sum(c.isupper() for c in text), sum(c.islower() for c in text))
    least_changes = _LEAST_CHANGES if len(text) >= _LONG else _LEAST_CHANGES_IF_SHORT
    return min(kinds) >= 3 and _entropy(text) >= _LEAST_ENTROPY and _changes(text) >= least_changes


def _changes(text: str) -> float:
    kinds = [(c.isdigit(), c.isupper()) for c in text if c.isalnum()]
    return sum(before != after for before, after in pairwise(kinds)) / (len(kinds) - 1)


def _entropy(text: str) -> float:
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())
