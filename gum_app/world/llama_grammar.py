"""JSON Schema → the grammar (GBNF) that llama.cpp holds an answer to.

A closed subset only: objects whose properties are all required, bounded lists, texts and whole numbers, choices, and
`anyOf` of these. Everything else is refused by name, because llama.cpp would crash on some of it, silently ignore some,
and let a weak model run on for ever with the rest.
"""

from __future__ import annotations

import json
from typing import Any

MOST_REPEATED = 2000  # llama.cpp counts no further: `{0,2001}` means "without end" to it

# Any character that JSON allows as it is, and the escapes that yield sound text: no control characters but tab and
# newline, and no halves of surrogate pairs, which would be neither valid UTF-8 nor accepted by SQLite or pydantic.
_LETTER = r"[\x20-\x21\x23-\x5B\x5D-\x7E\u00A0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]" + r' | "\\" ["\\/nt]'

_ABOUT = frozenset({"title", "description", "default", "examples", "$defs", "deprecated"})  # they bind nothing
_KEYWORDS = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"minLength", "maxLength"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
    "boolean": set[str](),
    "null": set[str](),
}


def grammar(schema: dict[str, Any]) -> str:
    """GBNF whose `root` is one compact JSON object of this shape: no line breaks, at most one space after : and ,

    Properties come in the order of the schema. Raises ValueError that names the place of what is not supported.
    """
    writer = _Writer(schema.get("$defs", {}))
    if writer.followed(schema, "$", ())[0].get("type") != "object":
        raise ValueError("$: an answer must be an object: nothing else shows where it ends")
    root = writer.rule(schema, "$", ())
    return "\n".join([f"root ::= {root}", *(f"{name} ::= {body}" for name, body in writer.rules.items())]) + "\n"


class _Writer:
    """Each shape becomes a rule of its own: llama.cpp multiplies the sizes of what is nested within brackets."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        self._names: dict[str, str] = {}
        self.rules: dict[str, str] = {"letter": _LETTER, "comma": '"," " "?', "colon": '":" " "?'}

    def rule(self, schema: Any, at: str, inside: tuple[str, ...]) -> str:
        """The name of the rule for what stands at this place; `inside` are the definitions it is part of."""
        body = self._body(*self.followed(schema, at, inside))
        if body not in self._names:
            self._names[body] = f"r{len(self._names)}"
            self.rules[self._names[body]] = body
        return self._names[body]

    def followed(self, schema: Any, at: str, inside: tuple[str, ...]) -> tuple[dict[str, Any], str, tuple[str, ...]]:
        """The schema itself, or what its `$ref` points to. What contains itself has no end, and is refused."""
        while isinstance(schema, dict) and "$ref" in schema:
            _only(schema, {"$ref"}, at)
            name = str(schema["$ref"])
            if name in inside:
                raise ValueError(f"{at}: {name} contains itself")
            if not name.startswith("#/$defs/"):
                raise ValueError(f"{at}: {name} points out of the schema")
            schema, inside = self._definitions.get(name.removeprefix("#/$defs/")), (*inside, name)
        if not isinstance(schema, dict):
            raise ValueError(f"{at}: {schema!r} is no schema")
        return schema, at, inside

    def _body(self, schema: dict[str, Any], at: str, inside: tuple[str, ...]) -> str:
        if "anyOf" in schema:
            _only(schema, {"anyOf"}, at)
            choices = _listed(schema["anyOf"], at, "anyOf")
            return " | ".join(self.rule(choice, f"{at}.anyOf[{n}]", inside) for n, choice in enumerate(choices))
        if "const" in schema:
            _only(schema, {"const", "type"}, at)
            return _value(schema["const"], at)
        if "enum" in schema:
            _only(schema, {"enum", "type"}, at)
            return " | ".join(_value(value, at) for value in _listed(schema["enum"], at, "enum"))
        return self._typed(schema, at, inside)

    def _typed(self, schema: dict[str, Any], at: str, inside: tuple[str, ...]) -> str:
        kind = schema.get("type")
        if not isinstance(kind, str) or kind not in _KEYWORDS:
            raise ValueError(f"{at}: type {kind!r} is not supported")
        _only(schema, {"type", *_KEYWORDS[kind]}, at)
        if kind == "object":
            return self._object(schema, at, inside)
        if kind == "array":
            return self._array(schema, at, inside)
        if kind == "string":
            least, most = _bounds(schema, "minLength", "maxLength", at)
            return rf'"\"" letter{{{least},{most}}} "\""'
        if kind == "integer":
            return _whole_numbers(*_range(schema, at))
        return '"true" | "false"' if kind == "boolean" else '"null"'

    def _object(self, schema: dict[str, Any], at: str, inside: tuple[str, ...]) -> str:
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is not False:
            raise ValueError(f"{at}: additionalProperties must be false")
        if set(schema.get("required", ())) != set(properties):
            raise ValueError(f"{at}: every property must be required")
        parts = [
            f"{_literal(json.dumps(name, ensure_ascii=False))} colon {self.rule(value, f'{at}.{name}', inside)}"
            for name, value in properties.items()
        ]
        return '"{" ' + " comma ".join(parts) + ' "}"'

    def _array(self, schema: dict[str, Any], at: str, inside: tuple[str, ...]) -> str:
        least, most = _bounds(schema, "minItems", "maxItems", at)
        if "items" not in schema:
            raise ValueError(f"{at}: a list must say what its items are")
        if most == 0:
            return '"[]"'
        item = self.rule(schema["items"], f"{at}[]", inside)
        more = f"more-{item}"
        self.rules[more] = f"comma {item}"
        some = f"{item} {more}{{{max(least - 1, 0)},{most - 1}}}"
        return f'"[" {some} "]"' if least else f'"[" ({some})? "]"'


def _only(schema: dict[str, Any], known: set[str], at: str) -> None:
    unknown = schema.keys() - known - _ABOUT
    if unknown:
        raise ValueError(f"{at}: {', '.join(sorted(unknown))} is not supported here")


def _listed(values: Any, at: str, keyword: str) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise ValueError(f"{at}: {keyword} must name at least one")
    return values


def _bounds(schema: dict[str, Any], lower: str, upper: str, at: str) -> tuple[int, int]:
    least, most = schema.get(lower, 0), schema.get(upper)
    if most is None:
        raise ValueError(f"{at}: {upper} is missing: without it a weak model does not stop")
    if not 0 <= least <= most <= MOST_REPEATED:
        raise ValueError(f"{at}: {lower} {least} and {upper} {most} must lie in order between 0 and {MOST_REPEATED}")
    return least, most


def _range(schema: dict[str, Any], at: str) -> tuple[int, int]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        least = schema["exclusiveMinimum"] + 1
    if "exclusiveMaximum" in schema:
        most = schema["exclusiveMaximum"] - 1
    if not isinstance(least, int) or not isinstance(most, int):
        raise ValueError(f"{at}: a whole number must say its minimum and maximum, both whole")
    if least > most:
        raise ValueError(f"{at}: no whole number lies between {least} and {most}")
    return least, most


def _value(value: Any, at: str) -> str:
    if value is not None and not isinstance(value, str | int):
        raise ValueError(f"{at}: {value!r} is neither text, whole number, true, false nor null")
    return _literal(json.dumps(value, ensure_ascii=False))


def _literal(text: str) -> str:
    """These characters and no others; whatever they are, they end no literal and start no escape."""
    text.encode()  # ValueError for half of a surrogate pair
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08X}" for c in text) + '"'


def _whole_numbers(least: int, most: int) -> str:
    """Digit by digit, so that no number outside can be written: 7 to 42 is [7-9] | [1-3] [0-9] | "4" [0-2]."""
    ways: list[str] = []
    if least < 0:
        ways.append(f'"-" ({_counted(max(1, -most), -least)})')
    if most >= 0:
        ways.append(_counted(max(0, least), most))
    return " | ".join(ways)


def _counted(least: int, most: int) -> str:
    ways = []
    for digits in range(len(str(least)), len(str(most)) + 1):
        low = max(least, 10 ** (digits - 1) if digits > 1 else 0)
        ways.append(_same_length(str(low), str(min(most, 10**digits - 1))))
    return " | ".join(ways)


def _same_length(low: str, high: str) -> str:
    tail = len(low) - 1
    if low[1:] == "0" * tail and high[1:] == "9" * tail:  # the rest is free
        return f"[{low[0]}-{high[0]}]" + " [0-9]" * tail
    if low[0] == high[0]:
        return f'"{low[0]}" ({_same_length(low[1:], high[1:])})'
    ways = [f'"{low[0]}" ({_same_length(low[1:], "9" * tail)})', f'"{high[0]}" ({_same_length("0" * tail, high[1:])})']
    if int(high[0]) - int(low[0]) > 1:
        ways.insert(1, f"[{int(low[0]) + 1}-{int(high[0]) - 1}]" + " [0-9]" * tail)
    return " | ".join(ways)
