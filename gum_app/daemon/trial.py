"""A try of the chosen model, for the person who waits for it: with a picture where it sees, and in words elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing
from io import BytesIO

from PIL import Image, ImageDraw
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gum_app.clock import SystemClock
from gum_app.daemon.mind import Mind, Urgency
from gum_app.daemon.room import Room
from gum_app.daemon.streaming import Heard, pieces
from gum_app.errors import AnswerUnfit, ModelUnusable
from gum_app.link import Answer
from gum_app.world.model import Pictured, Prompt, Said

STEP = "try"
MOST_TOKENS = 200
WORDS = "Tea with Ana at four"  # that no model can know beforehand
HEED_SECONDS = 30.0  # between choosing a model and its being ready to be asked, on a busy computer
LOADS = "Asking the model; the first time it is loaded, which may take a minute."
ANSWERS = "It answers."


class Tried(BaseModel):
    model_config = ConfigDict(extra="forbid")

    says: str = Field(max_length=120)


def trial(room: Room, *, sees: bool) -> Generator[Answer, None, None]:
    """How it goes, and then what it says. Left early, it is taken back. Raises ModelTrouble."""
    clock = SystemClock()  # that of a replay stands still
    mind = mind_that_heeds(room, clock)
    if mind is None or mind.model is None:
        raise ModelUnusable(room.model_trouble or "No model has been chosen: choose one first.")
    yield {"said": LOADS}
    answers: list[str] = []

    def ask(stop: threading.Event, heard: Heard) -> None:
        answers.append(mind.ask(question(sees=sees), _says, urgency=Urgency.PERSON, stop=stop, heard=heard))

    began_seconds, said = clock.monotonic_seconds(), LOADS
    with closing(pieces(ask, name="try")) as heard:
        for piece in heard:
            if piece and said != ANSWERS:
                said = ANSWERS
            elif piece:
                continue
            yield {"said": said}  # also while it is silent: else nobody would notice that the window has left
    took_ms = round(1000 * (clock.monotonic_seconds() - began_seconds))
    asked = "On the picture stands" if sees else "It was asked to repeat"
    yield {"answer": answers[0], "milliseconds": took_ms, "sentence": f"{asked}: “{WORDS}”."}


def question(*, sees: bool) -> Prompt:
    """A model that does not see is asked for as little as it can give: a picture would only make it rest."""
    parts = (Pictured(picture()), Said("What is written on this picture?")) if sees else (Said(f"Repeat: {WORDS}."),)
    system = "You look at pictures and say in one short sentence what is on them." if sees else "You repeat words."
    return Prompt(
        step=STEP,
        fingerprint="",
        system=system,
        parts=parts,
        schema=Tried.model_json_schema(),
        most_tokens=MOST_TOKENS,
    )


def picture() -> bytes:
    """A PNG with the words on it."""
    image = Image.new("RGB", (640, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 620, 220), outline="black", width=3)
    draw.text((60, 90), WORDS, fill="black", font_size=48)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def mind_that_heeds(room: Room, clock: SystemClock) -> Mind | None:
    """Waits for a choice that was made just now, or for the start. None where nothing thinks."""
    deadline = clock.monotonic_seconds() + HEED_SECONDS
    while not room.are_models_heeded and clock.monotonic_seconds() < deadline:
        room.quitting.wait(0.05)
    return room.mind


def _says(text: str) -> str:
    try:
        return Tried.model_validate_json(text).says
    except ValidationError:
        raise AnswerUnfit("The model answers, but not in the shape it was asked for: choose another.") from None
