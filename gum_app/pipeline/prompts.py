"""A prompt is a file in prompts/, of the same name as the step that asks: read, checked, and filled in one pass.

What is filled in is never read again as a template, and what strangers wrote stands in a fence that it cannot close.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gum_app.paths import shipped
from gum_app.pipeline.answers import SHAPES, Answer
from gum_app.rules.plain import visible
from gum_app.world.model import Part, Prompt, Said

Value = str | Sequence[Part]

_HEAD = {"step", "takes", "answer"}
_RULE = "---"
WORDS = "words"  # instead of a shape: free text
_MATERIAL = "## Material"
_HOLE = re.compile(r"\$([a-z]+)")
_ANGLES = str.maketrans("<>＜＞﹤﹥", "‹›‹›‹›")


class PromptBroken(Exception):
    """A prompt's file and the step that fills it do not fit together: our own fault, never the person's."""


@dataclass(frozen=True, kw_only=True)
class PromptFile:
    step: str
    takes: frozenset[str]
    answer: type[Answer] | None  # None: it is answered in words
    system: str  # the same for each call
    material: str  # with a hole `$name` for each that it takes
    fingerprint: str  # the first 8 hexadecimal digits of the file's SHA-256

    def fill(self, *, most_tokens: int, **values: Value) -> Prompt:
        """A value is text, or parts (pictures among them) that stand where the hole was. Raises PromptBroken."""
        if values.keys() != self.takes:
            raise PromptBroken(f"{self.step}.md takes {sorted(self.takes)}, and was given {sorted(values)}")
        return Prompt(
            step=self.step,
            fingerprint=self.fingerprint,
            system=self.system,
            parts=tuple(_joined(self._pieces(values))),
            schema=self.answer.model_json_schema() if self.answer is not None else None,
            most_tokens=most_tokens,
        )

    def _pieces(self, values: dict[str, Value]) -> Iterator[Part]:
        # Split once: every second piece is the name of a hole, and no value is looked at again.
        for number, piece in enumerate(_HOLE.split(self.material)):
            value = values[piece] if number % 2 else piece
            yield from (Said(value),) if isinstance(value, str) else value


@cache
def load(step: str) -> PromptFile:
    """Raises PromptBroken; FileNotFoundError where there is no such file."""
    prompt = read((shipped("prompts") / f"{step}.md").read_text(encoding="utf-8"))
    if prompt.step != step:
        raise PromptBroken(f"{step}.md says that it is for the step {prompt.step}")
    return prompt


def read(text: str) -> PromptFile:
    """The file's text, checked. Raises PromptBroken."""
    head, body = _head(text)
    system, mark, material = body.partition(f"\n{_MATERIAL}\n")
    if not mark:
        raise PromptBroken(f"a prompt needs a part “{_MATERIAL}”")
    takes = frozenset(head["takes"].replace(",", " ").split())
    if takes != set(_HOLE.findall(material)):
        raise PromptBroken(f"it takes {sorted(takes)}, but has holes for {sorted(set(_HOLE.findall(material)))}")
    if _HOLE.search(system):
        raise PromptBroken("the instructions have a hole: they must stay the same from call to call")
    if head["answer"] not in {*SHAPES, WORDS}:
        raise PromptBroken(f"there is no answer of the shape {head['answer']}")
    return PromptFile(
        step=head["step"],
        takes=takes,
        answer=SHAPES.get(head["answer"]),
        system=system.strip(),
        material=material.strip(),
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:8],
    )


def fenced(name: str, text: str) -> str:
    """Text of strangers between two tags. It holds no angle brackets any more, so nothing in it can be a tag."""
    return f"<{name}>\n{harmless(text).strip()}\n</{name}>"


def harmless(text: str) -> str:
    """Without angle brackets, and without characters that nobody sees, in which orders can be hidden."""
    return visible(text.translate(_ANGLES))


def harmless_line(text: str) -> str:
    return " ".join(harmless(" ".join(text.split())).split())


def _head(text: str) -> tuple[dict[str, str], str]:
    """What stands between two rules at the top, `name: value` a line, and the rest. Closed: all three and no more."""
    opening, _, rest = text.partition("\n")
    lines, mark, body = rest.partition(f"\n{_RULE}\n")
    if opening != _RULE or not mark:
        raise PromptBroken(f"a prompt begins with a head between two lines “{_RULE}”")
    pairs = [line.partition(":") for line in lines.splitlines()]
    head = {name.strip(): value.strip() for name, _, value in pairs}
    if head.keys() != _HEAD or len(pairs) != len(_HEAD) or not all(head.values()):
        raise PromptBroken(f"the head of a prompt says {', '.join(sorted(_HEAD))}, each once, and nothing else")
    return head, body


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Words that follow each other become one part; blank ones between pictures are left out."""
    words = ""
    for part in parts:
        if isinstance(part, Said):
            words += part.text
            continue
        if words.strip():
            yield Said(words.strip())
        words = ""
        yield part
    if words.strip():
        yield Said(words.strip())
