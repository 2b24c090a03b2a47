"""What is sent to a server that speaks OpenAI's chat protocol, and what is left out for one that does not know it.

What was relied on, and where it is said:
- pictures as `image_url` with a `data:` address: llama.cpp docs/multimodal.md, Ollama openai/openai.go (PNG, JPEG,
  WebP; each part becomes a message of its own, in order), the documentation of vLLM and LM Studio;
- `response_format` of type `json_schema`: all four; LM Studio refuses `json_object` (lmstudio-bug-tracker #189), older
  llama-servers know only `{"type": "json_object", "schema": …}`, and Ollama ignores it for some models (ollama #15260);
- `stream_options.include_usage`: all four;
- `chat_template_kwargs.enable_thinking` keeps llama-server and vLLM from thinking aloud, others ignore it. Ollama's
  `reasoning_effort: none` is not sent, for it makes Ollama forget the schema (ollama #14645, #15260).
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from gum_app.errors import PictureBroken
from gum_app.world.endpoint_stream import Refused
from gum_app.world.model import Pictured, Prompt, Said, Schema

PICTURE_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}

# A server reads its model's marks in any text as marks. A space after the bracket makes words of them again.
MARK = re.compile(
    r"(?<=<)(?=[|｜]|__|[A-Za-z_]{1,40}[|｜]>|/?s>|/?(?:think|image|img|tool_call|tool_response)>"
    r"|(?:bos|eos|sop|eop|pad|unk|mask)>|(?:start|end)_of_|unused\d|image_|IMG_|fake_token_|global-img|row_\d)"
    r"|(?<=\[)(?=/?(?:INST\]|IMG|SYSTEM_PROMPT|TOOL_|AVAILABLE_TOOLS|gMASK))|(?<=<<)(?=/?SYS>)"
)

FORMATS = ("json_schema", "json_object", "words")  # from the strictest on
NAMES_OF_FORMATS = ("response_format", "json_schema", "json_object", "grammar", "schema", "structured", "guided")
NAMES_OF_COUNTS = ("stream_options", "include_usage")
MAY_BE_A_FIELD = (400, 415, 422, 500, 501)  # the statuses with which servers refuse a field they do not know
NAMES_OF_HUSH = ("chat_template_kwargs", "enable_thinking")


@dataclass(frozen=True)
class Manners:
    """What a server has been found to understand. Begins with everything; what it refuses is left out from then on."""

    form: str = FORMATS[0]
    counts: bool = True  # whether it is asked for the number of tokens
    hushes: bool = True  # whether it is asked not to think aloud

    def looser(self) -> Manners:
        """The next form: what a server does not hold to, it is told in words."""
        return replace(self, form=FORMATS[min(FORMATS.index(self.form) + 1, len(FORMATS) - 1)])

    def other(self) -> Manners:
        """The form to try after an answer of another shape, round and round.

        A server that only had a bad moment must not be told in words for ever, where nothing holds it to the shape.
        """
        return self.looser() if self.form != FORMATS[-1] else replace(self, form=FORMATS[0])

    def without(self, refused: Refused) -> Manners:
        """What to try instead; the same where nothing that can be left out was refused."""
        if refused.status not in MAY_BE_A_FIELD:
            return self
        if self.counts and refused.mentions(*NAMES_OF_COUNTS):
            return replace(self, counts=False)
        if self.hushes and refused.mentions(*NAMES_OF_HUSH):
            return replace(self, hushes=False)
        return self.looser() if refused.mentions(*NAMES_OF_FORMATS) else self


def chat_body(prompt: Prompt, model: str, manners: Manners) -> bytes:
    """Raises PictureBroken for what is neither PNG nor JPEG."""
    told = [_part(part) for part in prompt.parts]
    asked: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": _system(prompt, manners)}, {"role": "user", "content": told}],
        "max_tokens": prompt.most_tokens,
        "stream": True,
    }
    if manners.counts:
        asked["stream_options"] = {"include_usage": True}
    if manners.hushes:
        asked["chat_template_kwargs"] = {"enable_thinking": False}
    if prompt.schema is not None:
        asked["temperature"] = prompt.temperature  # in a chat the server's own choice for the model is better
    if prompt.schema is not None and manners.form != "words":
        asked["response_format"] = _response_format(prompt.step, prompt.schema, manners.form)
    return as_json(asked)


def as_json(asked: dict[str, Any]) -> bytes:
    # Half a surrogate pair, from some program's title, would make the whole question unreadable.
    return json.dumps(asked, ensure_ascii=False).encode("utf-8", errors="replace")


def harmless(text: str) -> str:
    """The same words, in which no model finds a control token or a place for a picture."""
    return MARK.sub(" ", text)


def _part(part: Said | Pictured) -> dict[str, Any]:
    if isinstance(part, Said):
        return {"type": "text", "text": harmless(part.text)}
    kind = next((kind for magic, kind in PICTURE_KINDS.items() if part.data.startswith(magic)), None)
    if kind is None:
        raise PictureBroken("A picture is neither PNG nor JPEG: it was not sent.")
    encoded = base64.b64encode(part.data).decode("ascii")
    return {"type": "image_url", "image_url": {"url": f"data:{kind};base64,{encoded}"}}


def _system(prompt: Prompt, manners: Manners) -> str:
    system = harmless(prompt.system)
    if prompt.schema is None or manners.form == FORMATS[0]:
        return system
    return f"{system}\n\nAnswer with JSON alone, of this JSON Schema: {json.dumps(prompt.schema, ensure_ascii=False)}"


def _response_format(step: str, schema: Schema, form: str) -> dict[str, Any]:
    if form == "json_object":
        return {"type": form, "schema": schema}
    name = re.sub(r"[^A-Za-z0-9_-]", "_", step)[:64] or "answer"
    return {"type": form, "json_schema": {"name": name, "strict": True, "schema": schema}}
