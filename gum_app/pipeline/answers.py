"""The shapes in which a model answers: closed, and bounded everywhere. What does not fit is no answer.

The order of the fields is the order in which the model writes them: what it thinks comes before what it claims.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from gum_app.errors import AnswerUnfit
from gum_app.records import Kind
from gum_app.rules.plain import visible
from gum_app.suggestions import OfferKind

MOST_STATEMENTS = 4
MOST_ITEMS = 4
MOST_OFFERS = 3
MOST_QUOTES = 2
MOST_OBSERVATIONS = 8  # in one batch
MOST_JUDGED = 12  # lines in one question of the audit
MOST_TRIAGED = 6  # notifications in one question
MOST_KNOWN = 12  # statements that a batch is shown as known

# What nobody sees has no business in a statement: it would hide a word from those who judge it, or turn it round.
Seen = AfterValidator(visible)
Item = Annotated[str, Field(max_length=120), Seen]
Quote = Annotated[str, Field(min_length=1, max_length=120), Seen]
OneToTen = Annotated[int, Field(ge=1, le=10)]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ObserveAnswer(Answer):
    sensitive: bool
    did: Annotated[str, Field(max_length=300), Seen]
    theirs: list[Item] = Field(max_length=MOST_ITEMS)
    others: list[Item] = Field(max_length=MOST_ITEMS)


class Statement(Answer):
    reasoning: Annotated[str, Field(max_length=140), Seen]
    about: int = Field(ge=1, le=MOST_OBSERVATIONS)
    quotes: list[Quote] = Field(min_length=1, max_length=MOST_QUOTES)
    kind: Kind
    text: Annotated[str, Field(min_length=1, max_length=160), Seen]
    known: int = Field(ge=0, le=MOST_KNOWN)
    relation: Literal["same", "refines", "contradicts", "replaces"]
    support: OneToTen
    span: OneToTen


class ProposeAnswer(Answer):
    statements: list[Statement] = Field(max_length=MOST_STATEMENTS)


class LineVerdict(Answer):
    number: int = Field(ge=1, le=MOST_JUDGED)
    kind: Literal[
        "none",
        "health",
        "intimate",
        "beliefs",
        "money",
        "pay",
        "legal",
        "children",
        "others",
        "private",
        "credentials",
    ]
    verdict: Literal["keep", "cut", "drop"]


class AuditAnswer(Answer):
    verdicts: list[LineVerdict] = Field(max_length=MOST_JUDGED)


class TriageVerdict(Answer):
    number: int = Field(ge=1, le=MOST_TRIAGED)
    reason: Annotated[str, Field(max_length=100), Seen]
    attention: Literal["now", "later"]


class TriageAnswer(Answer):
    verdicts: list[TriageVerdict] = Field(max_length=MOST_TRIAGED)


class ModelOffer(Answer):
    reasoning: Annotated[str, Field(max_length=140), Seen]
    statements: list[Annotated[int, Field(ge=1, le=MOST_KNOWN)]] = Field(max_length=4)
    episodes: list[Annotated[int, Field(ge=1, le=MOST_OBSERVATIONS)]] = Field(max_length=4)
    quote: Quote
    kind: OfferKind
    title: Annotated[str, Field(min_length=1, max_length=80), Seen]
    why: Annotated[str, Field(min_length=1, max_length=160), Seen]
    act: Literal["reminder", "draft", "checklist", "summary", "gather", "focus"]
    what: Annotated[str, Field(min_length=1, max_length=80), Seen]
    text: Annotated[str, Field(max_length=600), Seen]
    hours: int = Field(ge=0, le=72)
    minutes: int = Field(ge=0, le=90)
    sure: OneToTen


class SuggestAnswer(Answer):
    offers: list[ModelOffer] = Field(max_length=MOST_OFFERS)


SHAPES: dict[str, type[Answer]] = {
    shape.__name__: shape for shape in (ObserveAnswer, ProposeAnswer, AuditAnswer, TriageAnswer, SuggestAnswer)
}

Shape = TypeVar("Shape", bound=Answer)


def fit(shape: type[Shape], text: str) -> Shape:
    """The answer, where it has the shape. Raises AnswerUnfit, which quotes nothing of it."""
    try:
        return shape.model_validate_json(text)
    except ValidationError:
        # From nothing: pydantic's own text would quote the answer.
        raise AnswerUnfit("The model’s answer was not of the shape that it was asked for.") from None
