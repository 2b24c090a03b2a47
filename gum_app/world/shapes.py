"""Whether an answer has the shape that was asked for, where a server only promised it.

Knows what our schemas use: objects, lists, texts, whole numbers, choices, `$ref` and `anyOf`. What else a schema says
is left to pydantic, which reads every answer once more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from gum_app.errors import AnswerUnfit
from gum_app.world.model import Schema

FENCE = re.compile(r"\A```(?:json)?\s*\n(.*)\n\s*```\Z", re.DOTALL)
ADVICE = "where this happens often, choose another model or a newer server."


def read_shaped(text: str, schema: Schema, whose: str) -> str:
    """The answer as plain JSON: without a fence around it, without raw line breaks in its texts.

    Raises AnswerUnfit with a sentence about `whose` answer it is; it repeats nothing of it.
    """
    fenced = FENCE.match(text.strip())
    try:
        # Not strict: servers let models write line breaks into texts as they are, which JSON forbids.
        value = json.loads(fenced[1] if fenced else text, strict=False, parse_constant=_refuse)
        plain = json.dumps(value, ensure_ascii=False)
        plain.encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise AnswerUnfit(f"The answer of {whose} is not the JSON it was asked for: {ADVICE}") from None
    if not fits(value, schema):
        raise AnswerUnfit(f"The answer of {whose} is not of the shape it was asked for: {ADVICE}")
    return plain


def fits(value: object, schema: Schema) -> bool:
    return _fits(value, schema, schema)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _fits(value: object, schema: Schema, whole: Schema) -> bool:
    if "$ref" in schema:
        return _fits(value, _meant(schema["$ref"], whole), whole)
    if "anyOf" in schema:
        return any(_fits(value, one, whole) for one in schema["anyOf"])
    choices = [schema["const"]] if "const" in schema else schema.get("enum")
    if choices is not None:
        return any(type(value) is type(choice) and value == choice for choice in choices)
    check = CHECKS.get(schema.get("type", ""))
    return check is None or check(value, schema, whole)


def _meant(reference: str, whole: Schema) -> Schema:
    found = whole
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def _is_object(value: object, schema: Schema, whole: Schema) -> bool:
    known: Schema = schema.get("properties", {})
    return (
        isinstance(value, dict)
        and all(name in value for name in schema.get("required", ()))
        and (schema.get("additionalProperties") is not False or value.keys() <= known.keys())
        and all(_fits(value[name], one, whole) for name, one in known.items() if name in value)
    )


def _is_list(value: object, schema: Schema, whole: Schema) -> bool:
    return (
        isinstance(value, list)
        and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        and all(_fits(item, schema.get("items", {}), whole) for item in value)
    )


def _is_text(value: object, schema: Schema, _whole: Schema) -> bool:
    return isinstance(value, str) and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))


def _is_number(value: object, schema: Schema, _whole: Schema) -> bool:
    kinds = (int,) if schema["type"] == "integer" else (int, float)
    return (
        isinstance(value, kinds)
        and not isinstance(value, bool)
        and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    )


CHECKS: dict[str, Callable[[object, Schema, Schema], bool]] = {
    "object": _is_object,
    "array": _is_list,
    "string": _is_text,
    "integer": _is_number,
    "number": _is_number,
    "boolean": lambda value, _schema, _whole: isinstance(value, bool),
    "null": lambda value, _schema, _whole: value is None,
}
