"""What went wrong with a server, as one sentence that names it and says what to do.

Nothing that was sent and nothing that came back is repeated, but the number of the status and its usual name.
"""

from __future__ import annotations

from http import HTTPStatus

from gum_app.errors import EndpointTrouble, ModelTrouble, PictureBroken, PromptTooLong
from gum_app.world.endpoint_stream import Refused
from gum_app.world.endpoint_wire import How, Limits, Lost

# How the four servers say it: llama-server `exceed_context_size_error` (llama.cpp #15780) and "too large to process"
# (#7389), vLLM "maximum context length", "too long to fit", Ollama "exceeds … context length".
TOO_LONG = (
    "exceed_context_size",
    "context size",
    "context length",
    "context window",
    "context_length",
    "too long to fit",
    "too large to process",
    "too many tokens",
    "max_model_len",
)
# llama-server "image input is not supported" (llama.cpp #13566), LM Studio "model does not support images", vLLM "is
# not a multimodal model", "at most 1 image(s)"; Ollama "missing data required for image input".
SEES = ("image", "multimodal", "mmproj", "vision")
CANNOT = ("not support", "not a multimodal", "missing", "at most", "mmproj", "not configured")

LOST: dict[How, str] = {
    "nobody": "{where} does not answer: start the server there, or choose another model on the page “Model”.",
    "unknown": "No computer called {where} is known here: check the server's address on the page “Model”.",
    "unreachable": "{where} cannot be reached: see that it is switched on and in the same network.",
    "certificate": "{where} shows a certificate that this computer does not trust or that is made for another name: "
    "nothing was sent; let this computer trust it, or use the name it is made for.",
    "no tls": "{where} does not speak https: check the server's address on the page “Model”.",
    "broken": "{where} broke off before the answer was complete: see that the server still runs there.",
    "silent": "{where} said nothing for too long: see whether the server there hangs or has too much to do.",
    "late": "{where} took more than {minutes:.0f} minutes for one answer: choose a smaller model there.",
    "endless": "{where} sent more than {megabytes:.0f} MB for one answer: see that the right server runs there.",
}


def trouble_of_lost(lost: Lost, where: str, limits: Limits) -> EndpointTrouble:
    said = LOST[lost.how]
    return EndpointTrouble(
        said.format(where=where, minutes=limits.total_seconds / 60, megabytes=limits.answer_bytes / 2**20)
    )


def unreadable(where: str) -> EndpointTrouble:
    return EndpointTrouble(
        f"What answers at {where} does not speak OpenAI's protocol as it should: check its address and version."
    )


def trouble_of_refused(refused: Refused, where: str, model: str, *, pictures: int, with_key: bool) -> ModelTrouble:
    """In the order in which it helps most to know: what was asked, then who asked, then the server's own state."""
    status = refused.status
    if status == 413 or (status in (400, 422, 500) and refused.mentions(*TOO_LONG)):
        return PromptTooLong(f"The question was too long for the model at {where}: give it a larger context there.")
    if pictures and status in (400, 415, 422, 500, 501) and refused.mentions(*SEES):
        return _about_pictures(refused, where, model)
    return EndpointTrouble(_sentence(refused, where, model, with_key))


def _about_pictures(refused: Refused, where: str, model: str) -> ModelTrouble:
    if refused.mentions(*CANNOT):
        return EndpointTrouble(
            f"“{model}” at {where} does not see pictures, or not so many: load a model with vision there."
        )
    return PictureBroken(f"{where} could not read a picture.")


def _sentence(refused: Refused, where: str, model: str, with_key: bool) -> str:
    status = refused.status
    if status in (401, 403):
        wants = "does not accept the API key" if with_key else "wants an API key"
        return f"{where} {wants}: enter the one it expects on the page “Model”."
    if refused.mentions("unexpected endpoint") or (status in (404, 405) and not refused.mentions("model")):
        return f"{where} has no OpenAI protocol under this address: check its path, usually /v1, on the page “Model”."
    if refused.mentions("embedding"):
        return f"“{model}” at {where} does not compare by meaning: load a model for embeddings there."
    if status == 404:
        return f"{where} has no model called “{model}”: load it there, or choose one that it has."
    if 300 <= status < 400:
        return f"{where} sends on to another address, which is not followed: enter the right address yourself."
    if status == 429:
        return f"{where} has too much to do{_until(refused)}: it is asked again later."
    if status == 503:
        return f"{where} is not ready, perhaps still loading its model{_until(refused)}: it is asked again later."
    if status >= 500:
        return f"{where} failed ({_name(status)}): its own window or log says why."
    return f"{where} refused the question ({_name(status)}): see that the server and its model are right."


def _until(refused: Refused) -> str:
    seconds = refused.wait_seconds
    return "" if seconds is None or seconds < 1 else f" and asks to be left alone for {seconds:.0f} seconds"


def _name(status: int) -> str:
    known = {one.value: one.phrase for one in HTTPStatus}
    return f"{status} {known[status]}" if status in known else str(status)
