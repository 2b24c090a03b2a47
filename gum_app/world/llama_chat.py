"""How a model wants to be spoken to: what its own template writes around instructions and question.

The template is filled with two marks and cut at them. Only what stands around the marks may contain control tokens;
what is put in their place later is other people's text, and stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gum_app.errors import ModelUnusable

if TYPE_CHECKING:
    from gum_app.world.llama_weights import Weights

INSTRUCTIONS, QUESTION = "Zqmarkaqz", "Zqmarkbqz"  # letters alone: whatever a template does to text, they pass


@dataclass(frozen=True)
class Text:
    """Words within a prompt. `special`: names of control tokens in it become these; only for a template's own words."""

    text: str
    special: bool = False


@dataclass(frozen=True)
class Frame:
    """The template's own words."""

    before: str
    between: str
    after: str

    def around(self, instructions: str, question: Sequence[Text | bytes]) -> list[Text | bytes]:
        """A prompt in parts, pictures as they are. The instructions come first."""
        return [
            Text(self.before, special=True),
            Text(instructions),
            Text(self.between, special=True),
            *question,
            Text(self.after, special=True),
        ]


CHATML = Frame("<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n")
VICUNA = Frame("", " USER: ", " ASSISTANT:")


def frame_of(weights: Weights) -> Frame:
    """From the template in the file, or what is known of such models. Raises ModelUnusable where nothing is."""
    template = weights.said("tokenizer.chat_template")
    if template:
        return frame(template, start=weights.start_text, end=weights.end_text)
    if len(weights.tokens("<|im_start|>", special=True)) == 1:
        return CHATML
    if re.search("llava|vicuna", weights.name, re.IGNORECASE):
        return VICUNA
    raise ModelUnusable(f"This model is not made for questions and answers: {weights.path} has no chat template.")


def frame(template: str, *, start: str, end: str) -> Frame:
    """`start` and `end`: how the tokens that begin and end a text are written. Raises ModelUnusable.

    Templates differ in whether they know instructions apart from the question, and in the form of what is said: the
    first way that brings both marks through is taken. Thinking aloud is off where a template can turn it off.
    """
    render = _Renderer(template, start, end)
    for messages in _ways():
        written = render(messages)
        if written.count(INSTRUCTIONS) == written.count(QUESTION) == 1 and "'text'" not in written:
            before, _, rest = written.partition(INSTRUCTIONS)
            between, _, after = rest.partition(QUESTION)
            if after or between:
                return Frame(before, between, after)
    raise ModelUnusable("The chat template in this model's file cannot be used.")


def _ways() -> list[list[dict[str, Any]]]:
    def said(role: str, words: str, *, in_parts: bool) -> dict[str, Any]:
        return {"role": role, "content": [{"type": "text", "text": words}] if in_parts else words}

    apart = [
        [said("system", INSTRUCTIONS, in_parts=in_parts), said("user", QUESTION, in_parts=in_parts)]
        for in_parts in (False, True)
    ]
    together = [[said("user", f"{INSTRUCTIONS}\n\n{QUESTION}", in_parts=in_parts)] for in_parts in (False, True)]
    return apart + together


class _Refused(Exception):
    """The template itself says that it does not take these messages."""


_FAULTS = (_Refused, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


class _Renderer:
    def __init__(self, template: str, start: str, end: str) -> None:
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment  # the file may come from anywhere

        self._given = {"bos_token": start, "eos_token": end, "raise_exception": _refuse}
        self._errors = (jinja2.TemplateError, *_FAULTS)
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        try:
            self._template = environment.from_string(re.sub(r"\{%-?\s*(end)?generation\s*-?%\}", "", template))
        except (jinja2.TemplateError, RecursionError) as error:
            raise ModelUnusable(f"The chat template in this model's file is broken: {error}.") from error

    def __call__(self, messages: list[dict[str, Any]]) -> str:
        """Empty where the template does not take them."""
        try:
            return self._template.render(
                messages=messages, add_generation_prompt=True, enable_thinking=False, **self._given
            )
        except self._errors:
            return ""


def _refuse(why: str) -> None:
    raise _Refused(why)
