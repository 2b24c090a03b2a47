"""Whether what a model quotes was on the screen, and whose words they are. What was nowhere read is no evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from gum_app.pipeline.notice_speech import said_by_all
from gum_app.pipeline.scene import Scene
from gum_app.rules.delicate import is_delicate
from gum_app.rules.folding import folded
from gum_app.rules.layout import is_noise
from gum_app.rules.speech import Utterance
from gum_app.rules.strangers import addresses_machines, is_quotation, looks_like_phishing, sells
from gum_app.rules.titles import PlaceKind

Whose = Literal["said", "worked", "opened", "viewed", "others"]

ENOUGH_LETTERS = 12  # of a quote that may differ a little from what was read
LIKE_ENOUGH = 92  # of 100
FEWEST_LETTERS = 3
# As a quote is compared: readers and models differ about quotation marks, dashes and brackets. Letter for letter, so
# that a place in the one is the same place in the other.
_ALIKE = str.maketrans("’‘`´“”„«»–—−‹›", '\'\'\'\'"""""---<>')
_EDGES = " .…\"'"
_WORKED: frozenset[PlaceKind] = frozenset({"editor", "office", "terminal", "files", "settings", "tasks", "calendar"})
# Their titles are the person's, a subject or a question; below stand also a mail that is answered, and what was found.
_TITLED: frozenset[PlaceKind] = _WORKED | {"compose", "search"}
_OF_OTHERS: frozenset[PlaceKind] = frozenset({"mail", "compose", "chat", "call", "video"})
# Somebody speaks, or is spoken to. Who speaks is known of messages and notes; all else may be a page beside.
_SPEAKS = re.compile(r"\b(?:I(?![/.])|[Mm]y|[Mm]yself|me|[Ww]e|[Oo]ur|us|[Yy]ours?|[Yy]ou)\b")
WEIGHT: dict[Whose, float] = {"said": 0.95, "worked": 0.8, "opened": 0.5, "viewed": 0.5, "others": 0.3}


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """`words` as they stand on the screen, not as the model wrote them. `claims` is who says so, if others do.

    What somebody else may have written is "opened" where it names what was in front, "viewed" where it stood in it.
    """

    words: str
    whose: Whose
    claims: str = ""
    said_on: date | None = None  # None: when it was read

    @property
    def weight(self) -> float:
        """0–1, as in `Evidence`."""
        return WEIGHT[self.whose]


@dataclass(frozen=True)
class Readable:
    """One episode, as far as words in it may be evidence: nothing that sells, cheats or gives orders to machines."""

    scene: Scene

    def find(self, quote: str) -> Quoted | None:
        """None where no such words stand there, or none that may be evidence."""
        if sells(quote) or addresses_machines(quote) or self._is_private(quote):
            return None
        words = standing(quote, self._title)
        if words is not None and self.scene.observation.source != "notification":
            return self._titled(words)
        words = words or standing(quote, self._text)
        return self._judged(words) if words is not None else None

    def _is_private(self, quote: str) -> bool:
        """What the person told the app is theirs to tell; all else that is nobody's business is passed over."""
        return self.scene.observation.source != "note" and is_delicate(quote)

    @cached_property
    def _title(self) -> str:
        title = self.scene.observation.title
        return "" if sells(title) or addresses_machines(title) else " ".join(title.split())

    @cached_property
    def _text(self) -> str:
        return " ".join(" ".join(part.quote for part in self.scene.parts).split())

    @cached_property
    def _said(self) -> list[tuple[Utterance, str]]:
        """Each utterance with its words, in one row."""
        said_by_anyone, _ = said_by_all(self.scene)
        return [(said, " ".join(" ".join(row.quote for row in said.rows).split())) for said in said_by_anyone]

    @cached_property
    def _is_suspect(self) -> bool:
        """A mail or page that its own program warns of, or that asks for secrets in haste."""
        return looks_like_phishing([part.text for part in self.scene.parts])

    def _titled(self, words: str) -> Quoted:
        """The person chose what was in front; the subject of a mail its sender chose."""
        if self._is_in(_TITLED):
            return Quoted(words=words, whose="worked")
        place = self.scene.place
        is_subject = place.kind == "mail" and standing(words, place.name) is not None
        return self._looked_at(words, "others" if is_subject else "opened")

    def _judged(self, words: str) -> Quoted | None:
        authors = [said for said, text in self._said if standing(words, text) is not None]
        # Words that two have said are not clearly the person's: the other counts.
        author = min(authors, key=lambda said: said.author == "person", default=None)
        if author is not None and author.author == "person":
            whose: Whose = "worked" if author.medium == "notes" else "said"
            return Quoted(words=words, whose=whose)
        if self._is_suspect and not self._is_in(_WORKED):
            return None
        if author is not None:
            sender = f" from {author.name}" if author.name else ""
            return Quoted(words=words, whose="others", claims=f"{self._claims}{sender}", said_on=author.said_on)
        return self._of_nobody_known(words)

    def _of_nobody_known(self, words: str) -> Quoted:
        if self._is_of_others or self._is_speech(words):
            return Quoted(words=words, whose="others", claims=self._claims)
        if self._is_in(_WORKED):
            return Quoted(words=words, whose="worked")
        return self._looked_at(words, "viewed")

    def _looked_at(self, words: str, whose: Whose) -> Quoted:
        """What was passed by, or stood on another monitor, may not have been looked at."""
        unseen = self.scene.glanced or self.scene.beside
        return Quoted(words=words, whose="others" if unseen else whose, claims=self._claims)

    def _is_in(self, places: frozenset[PlaceKind]) -> bool:
        """Not in a browser: a page chooses its title, and so what it is taken for."""
        elsewhere = self.scene.beside or self.scene.called or self.scene.place.web
        return not elsewhere and self.scene.place.kind in places

    @property
    def _is_of_others(self) -> bool:
        told = self.scene.observation.source == "notification"
        return told or self.scene.called or self.scene.place.kind in _OF_OTHERS

    @property
    def _claims(self) -> str:
        if self.scene.observation.source == "notification":
            return "A notification"
        match self.scene.place.kind:
            case "mail" | "compose":
                return "An e-mail"
            case "chat":
                return "A message"
            case "call" | "video":
                return "Somebody in a call or video"
            case kind:
                return "Somebody" if kind in _WORKED else "A page"

    def _is_speech(self, words: str) -> bool:
        """Whether they belong to a row in which somebody is quoted, speaks of themselves or speaks to somebody."""
        rows = (part.quote for part in self.scene.parts if is_quotation(part.text) or _SPEAKS.search(part.text))
        return any(standing(words, row) is not None or standing(row, words) is not None for row in rows)


def standing(quote: str, text: str) -> str | None:
    """The words of `text` (one row, single spaces) that are quoted; None where none are.

    Case, accents, quotation marks and white space do not matter, and in a longer quote a letter or two that were read
    or copied badly; a digit always does.
    """
    sought, within = _key(" ".join(quote.split())).strip(_EDGES), _key(text)
    letters = sum(c.isalnum() for c in sought)
    if letters < FEWEST_LETTERS or is_noise(sought):
        return None
    match = re.search(rf"(?<!\w){re.escape(sought)}(?!\w)", within)
    if match:
        return text[match.start() : match.end()]
    return _nearly(sought, within, text) if letters >= ENOUGH_LETTERS and len(sought) <= len(within) else None


def _nearly(sought: str, within: str, text: str) -> str | None:
    found = fuzz.partial_ratio_alignment(sought, within, score_cutoff=LIKE_ENOUGH)
    if found is None:
        return None
    start, end = _whole_words(text, found.dest_start, found.dest_end)
    words = text[start:end]
    return words.strip() if _digits(words) == _digits(sought) else None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _key(text: str) -> str:
    """As long as `text`, place for place."""
    plain = folded(text.translate(_ALIKE))
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
