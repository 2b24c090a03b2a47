"""Secrets that a label announces: cards in a form, one-time codes, passwords, numbers of accounts and people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from itertools import pairwise

from gum_app.rules import secret_words as words
from gum_app.rules.rows import Row
from gum_app.rules.secret_page import Page, Position
from gum_app.rules.secret_shapes import ACCOUNT, CARD, CODE, IDENTITY, KEY, PASSWORD, digits_of, looks_random

CODE_BELOW = 7.0  # letter heights: a sentence that announces a code may stand a little further up than a label
CODE_WITHIN = 70  # characters in one row, behind what announces the code
CODE_BEFORE = 40  # and before it: "604318 is your code"
LONGEST_ROW = 500  # characters; what is wider than a screen is no form

Found = Iterator[tuple[str, list[Position]]]


def by_label(page: Page) -> Found:
    """Kind and words of everything that is announced. May name a word twice, or none."""
    for finder in (_card_form, _codes, _passwords, _labelled, _health, _seeds):
        yield from finder(page)


# Payment forms

_PARTLY_TYPED = re.compile(r"\s*[:#]?\s*((?:[0-9OoQDIl|ZSsBGq•*·xX]{1,8}[ .-]?){1,6})")
_EXPIRY = re.compile(r"\s*:?\s*(\d{1,2} ?[/|.l-] ?\d{2,4}|\d{4})(?!\d)")
_CARD_CODE = re.compile(r"\s*:?\s*(\d{3,4})(?!\d)")


def _card_form(page: Page) -> Found:
    labels = (words.CARD_NUMBER, words.CARD_EXPIRY, words.CARD_CODE, words.CARD_HOLDER)
    if sum(label.search(page.all_text) is not None for label in labels) < 2:
        return
    for label, value in (
        (words.CARD_NUMBER, _PARTLY_TYPED),
        (words.CARD_EXPIRY, _EXPIRY),
        (words.CARD_CODE, _CARD_CODE),
    ):
        for index, match in page.each(label):
            yield CARD, _first_value(page, index, match, value, least_digits=3)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _first_value(
    page: Page, index: int, match: re.Match[str], pattern: re.Pattern[str], *, least_digits: int = 1
) -> list[Position]:
    for row, start, text in page.values(index, match):
        value = pattern.match(text)
        if value is not None and _digits(value.group(1)) >= least_digits:
            return page.spot(row, start + value.start(1), start + value.end(1))
    return []


# One-time codes

_CODE = re.compile(
    r"(?<![\w.,:/€$£#@+-])(?:[A-Z]{1,2}-)?(?:\d{3}[ .-]\d{3}|\d{2}(?: \d{2}){2}|\d(?: \d){3,7}|\d{4} \d{4}|\d{4,8})"
    r"(?![\w%€$£:/]|-\d|[.,]\d)"
)
_LETTER_CODE = re.compile(
    r"\s*(?:is|:|=)?\s*((?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]{3,5}-?[A-Z0-9]{2,5})(?![\w-])"
)
_AMOUNT_BEFORE = re.compile(r"(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|€|\$|£)\s*$")
_NOT_A_CODE_BEFORE = re.compile(
    r"(?:order|invoice|ticket|booking|reference|ref|case|issue|room|since|year|ending(?: in)?|ends in|pull request|pr|"
    r"no\.?|number|postcode|zip|error|tel|phone|call)\s*[.:#]?\s*$",
    re.IGNORECASE,
)
_PIN = re.compile(r"\s*(\d{4,8})(?!\d)")
_IS_THE = re.compile(r"\W*(?:is|ist|est|es|är|er|on|as|als|como|comme|jest|je)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ANNOUNCED = re.compile(r"(?:is|:|=)\s*$")
_BOX = re.compile(r"[0-9OoQDIl|ZSsBGqAgT]")


def _codes(page: Page) -> Found:
    announced = list(page.each(words.CODE_COMING))
    for index, match in announced:
        yield CODE, _announced_code(page, index, match)
    if announced:
        for index, row in enumerate(page.rows):
            boxes = _boxes(row)
            if boxes is not None:
                yield CODE, [(index, word) for word in boxes]
    for index, match in page.each(words.PIN):
        yield CODE, _first_value(page, index, match, _PIN)


def _announced_code(page: Page, index: int, match: re.Match[str]) -> list[Position]:
    """Every number in reach that can be the code: it is better to lose two than to keep one."""
    text = page.texts[index]
    found: list[Position] = []
    for code in _codes_in(text, max(0, match.start() - CODE_BEFORE), match.end() + CODE_WITHIN):
        if code.start() >= match.start() or _IS_THE.match(text, code.end(), match.start()):
            found += page.spot(index, code.start(), code.end())
    for row, start, value in page.values(index, match, below=CODE_BELOW):
        letters = _LETTER_CODE.match(value)
        if letters is not None:
            found += page.spot(row, start + letters.start(1), start + letters.end(1))
        if row != index:
            for code in _codes_in(page.texts[row], 0, LONGEST_ROW):
                found += page.spot(row, code.start(), code.end())
    return found


def _codes_in(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """What can be a code and begins between these places."""
    for code in _CODE.finditer(text, first, min(last + len("0000 0000"), len(text))):
        before = text[max(0, code.start() - CODE_WITHIN) : code.start()]
        is_year = _YEAR.fullmatch(code.group()) is not None and not _ANNOUNCED.search(before)
        is_counting = _is_counting(code.group().split())
        if not (is_year or is_counting or _AMOUNT_BEFORE.search(before) or _NOT_A_CODE_BEFORE.search(before)):
            yield code


def _is_counting(characters: list[str]) -> bool:
    """1 2 3 4 5: pages to turn."""
    numbers = [int(c) for c in characters if c.isdigit()]
    return len(numbers) == len(characters) > 2 and all(after - before == 1 for before, after in pairwise(numbers))


def _boxes(row: Row) -> range | None:
    """Words of one character at equal distances, mostly digits: a code typed into boxes."""
    best: range | None = None
    start = 0
    while start < len(row.words):
        end = start
        while end < len(row.words) and _BOX.fullmatch(row.words[end]):
            end += 1
        if 4 <= end - start <= 8 and _is_code_in_boxes(row, range(start, end)):
            best = range(start, end)
        start = max(end, start + 1)
    return best


def _is_code_in_boxes(row: Row, boxes: range) -> bool:
    characters = [row.words[n] for n in boxes]
    middles = [row.rects[n].x + row.rects[n].width / 2 for n in boxes]
    steps = [after - before for before, after in pairwise(middles)]
    digits = sum(c.isdigit() for c in characters)
    return digits >= 0.6 * len(characters) and max(steps) <= 2.5 * min(steps) and not _is_counting(characters)


# Passwords

_SEPARATED = re.compile(r"\s*(?:[:=]|\bis\b|\blautet\b|\best\b|\bes\b)\s*(.*)", re.IGNORECASE)
_TOLD = re.compile(r".{1,80}?(?:[:=]|\b(?:is|now))\s+(\S{6,})", re.IGNORECASE)  # The password of the share is now …
_DOTS = re.compile(r"[•·●*.…▪■°xcseo«»-]+$", re.IGNORECASE)
_A_CALL = re.compile(r"[A-Za-z_][\w.]{2,}\((?:[\w.,\"' ]*\))?[;,.]?$")  # get_password(user)
_MOST_PASSPHRASE_WORDS = 6
_LEAST_PASSWORD = 5  # characters of an ordinary word that may be one


def _passwords(page: Page) -> Found:
    for index, match in page.each(words.PASSWORD_LABEL):
        positions = _password_after(page, index, match)
        if not positions:
            positions = _password_beside(page, index, match)
        yield PASSWORD, positions


def _password_after(page: Page, index: int, match: re.Match[str]) -> list[Position]:
    """`Password: value` in one row."""
    text = page.texts[index]
    separated = _SEPARATED.match(text, match.end())
    if separated is None:
        told = _TOLD.match(text, match.end())
        return page.spot(index, *told.span(1)) if told is not None and looks_random(told.group(1)) else []
    value = separated.group(1).split()
    start = separated.start(1)
    count = _password_words(value, after_colon=":" in text[match.end() : start])
    return page.spot(index, start, start + len(" ".join(value[:count])))


def _password_words(value: list[str], *, after_colon: bool) -> int:
    """How many words of what follows a label are the password: one, a whole passphrase, or none."""
    if not value or _is_no_password(value[0]):
        return 0
    if looks_random(value[0]):
        return 1
    if len(value) <= _MOST_PASSPHRASE_WORDS and not any(_is_no_password(word) for word in value):
        return len(value)
    return 1 if after_colon and len(value[0]) >= _LEAST_PASSWORD else 0


def _password_beside(page: Page, index: int, match: re.Match[str]) -> list[Position]:
    """A field: the value stands beside or under its label, and is no ordinary word."""
    for row, start, text in page.values(index, match):
        if row == index and len(page.texts[index][: match.start()].split()) > 2:
            continue  # in the middle of a sentence
        value = text.split()
        if value and not _DOTS.match(value[0]) and looks_random(value[0]):
            return page.spot(row, start + text.index(value[0]), start + text.index(value[0]) + len(value[0]))
    return []


def _is_no_password(word: str) -> bool:
    bare = word.casefold().strip(".,;:?!()\"'“”")
    return bare in words.NO_PASSWORD or _DOTS.match(word) is not None or _A_CALL.match(word) is not None


# Other labels

_DATE = re.compile(
    r"\s*(?:[:]|on\b|[.?!]? ?(?:[Ii]t['’]s|[Ii]t is|is)\b)?\s*"
    r"(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.? \w{3,12}\.? \d{4}|\w{3,9} \d{1,2},? \d{4})"
)
_NUMBER = re.compile(r"\s*(?:is|no\.?|nr\.?|number)?\s*[:#]?\s*((?:[0-9OoIl|SB]{1,}[ .-]?){2,8})(?!\w)")
_IDENTIFIER = re.compile(
    r"\s*(?:is|no\.?|nr\.?|number)?\s*[:#]?\s*((?:[A-Z]{0,6} ?[0-9OIl][A-Z0-9./-]*)(?: ?[A-Z0-9./+-]{1,8}){0,6})"
)


def _labelled(page: Page) -> Found:
    for index, match in page.each(words.ACCOUNT):
        yield ACCOUNT, _first_value(page, index, match, _NUMBER, least_digits=5)
    for index, match in page.each(words.BORN):
        yield IDENTITY, _first_value(page, index, match, _DATE)
    for label, modules in words.IDENTITY:
        for index, match in page.each(label):
            yield IDENTITY, _identity(page, index, match, modules)


def _identity(page: Page, index: int, match: re.Match[str], modules: tuple[str, ...]) -> list[Position]:
    """The longest stretch of words behind the label that is a valid number, or looks like one."""
    for row, start, text in page.values(index, match):
        value = _IDENTIFIER.match(text)
        if value is None:
            continue
        ends = [value.start(1) + found.end() for found in re.finditer(r"\S+", value.group(1))]
        for end in reversed(ends):
            if _is_identity(value.string[value.start(1) : end], modules):
                return page.spot(row, start + value.start(1), start + end)
        if _digits(value.group(1)) >= 5:
            return page.spot(row, start + value.start(1), start + ends[-1])
    return []


def _is_identity(text: str, modules: tuple[str, ...]) -> bool:
    return any(_checker(name)(text) or _checker(name)(digits_of(text)) for name in modules)


@lru_cache(maxsize=64)
def _checker(name: str) -> Callable[[str], bool]:
    is_valid: Callable[[str], bool] = import_module(f"stdnum.{name}").is_valid
    return is_valid


HEALTH = "health"
_LABEL_WORDS = 3
_ALL = re.compile(r"\s*:?\s*(\S.*)")


def _health(page: Page) -> Found:
    """A field of a form about somebody's health: what stands beside or under a label that stands by itself."""
    for index, match in page.each(words.HEALTH):
        before = page.texts[index][: match.start()].split()
        alone = len(page.texts[index].split()) <= _LABEL_WORDS
        if not before and (alone or page.texts[index][match.end() :].lstrip().startswith(":")):
            yield HEALTH, _first_value(page, index, match, _ALL, least_digits=0)


_SEED_WORDS = re.compile(r"(?:\d{1,2}[.)]? )?[a-z]{3,8}(?: (?:\d{1,2}[.)]? )?[a-z]{3,8}){3,}")
_SEED_CODES = re.compile(r"(?=.*\d.*\d.*\d)(?:[a-z0-9]{4,6}-?[a-z0-9]{4,6} ?)+", re.IGNORECASE)


def _seeds(page: Page) -> Found:
    """Rows under "recovery phrase" that hold nothing but short words or codes."""
    for index, match in page.each(words.SEED):
        for row in {row for row, _, _ in page.values(index, match, below=CODE_BELOW)} - {index}:
            text = page.texts[row]
            value = re.sub(r"^\W+", "", text)
            if _SEED_WORDS.fullmatch(value) or _SEED_CODES.fullmatch(value):
                yield KEY, page.spot(row, 0, len(text))
