"""What the page “Model” says, and the one thing to do next. Pure: each sentence is tested without a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gum_app.records import Call
from gum_app.settings import ENDPOINT
from gum_app.ui.model_status import ON_ITS_WAY, Budget, Engine, ModelStatus, Offered
from gum_app.ui.wording import bytes_told, counted, lasts

WITHOUT = (
    "Without a model everything works: gum-app counts and compares. A model would also understand pictures, and put "
    "into words what you did."
)
NEEDS_ENGINE = "A model on this computer needs the engine, llama.cpp, which is built here once; a server does not."
NO_WORDS_KEPT = "Numbers only: of what was asked and answered no word is kept here, and no picture."
STATES = {
    "off": "The model is switched off",
    "resting": "The model rests",
    "loading": "The model is being loaded",
    "thinking": "The model thinks",
    "idle": "The model is ready",
    "waiting": "The model waits",
}
SHELF = {
    "downloading": "On its way",
    "paused": "Paused",
    "verifying": "Being checked",
    "ready": "On this computer",
    "broken": "Broken",
}
STEPS = {
    "observe": "What you did",
    "propose": "Conclusions",
    "triage": "Notifications",
    "suggest": "Suggestions",
    "embed": "Comparing",
    "answer": "Your questions",
    "try": "Trial",
}
OUTCOMES = {
    "answered": "answered",
    "gave way": "gave way",
    "EngineMissing": "no engine",
    "ModelUnusable": "could not be loaded",
    "ModelDied": "its process ended",
    "PromptTooLong": "too long for it",
    "PictureBroken": "picture could not be read",
    "AnswerUnfit": "answer of no use",
    "EndpointTrouble": "trouble with the server",
}

Act = Literal["build", "stop_build", "download", "pause", "resume", "use", "wake"]


@dataclass(frozen=True, kw_only=True)
class Next:
    """The one thing to do next: what the button does, on which model, what it says, and what it costs."""

    act: Act
    text: str
    model: str = ""
    told: str = ""


def title(status: ModelStatus) -> str:
    if not status.chosen:
        return "No model thinks, one compares" if status.embedding_chosen else "No model is chosen"
    return STATES.get(status.state, "The model")


def more_than_title(status: ModelStatus) -> str:
    """The daemon's sentence where it tells more than the title and what stands below it; else empty."""
    if status.state in {"off", "idle"} and not status.chosen:
        return ""
    return "" if status.sentence.rstrip(".") == title(status) else status.sentence


def next_step(status: ModelStatus) -> Next | None:
    """None where nothing is left to do."""
    again = Next(act="wake", text="Try again") if _is_stuck(status) else None
    if status.chosen == ENDPOINT:
        return again
    return _engine_step(status.engine) or _fetching_step(status) or _choosing_step(status) or again


def _is_stuck(status: ModelStatus) -> bool:
    return status.state == "resting" or bool(status.set_aside or status.comparing_trouble)


def _engine_step(engine: Engine) -> Next | None:
    if engine.state == "building":
        return Next(act="stop_build", text="Stop building")
    if engine.state in {"missing", "failed"} and engine.can_build:
        why = engine.sentence if engine.state == "failed" else NEEDS_ENGINE
        return Next(act="build", text="Build the engine", told=f"{why} {engine.cost}".strip())
    return None


def _fetching_step(status: ModelStatus) -> Next | None:
    one = under_way(status)
    if one is None or one.state == "verifying":
        return None
    if one.state == "downloading":
        return Next(act="pause", text="Pause", model=one.id)
    left = one.download_bytes - one.disk_bytes
    return Next(act="resume", text="Go on downloading", model=one.id, told=f"{bytes_told(max(left, 0))} are left.")


def _choosing_step(status: ModelStatus) -> Next | None:
    chosen = status.model(status.chosen)
    if status.chosen and (chosen is None or chosen.state != "absent"):
        return None
    ready = next((one for one in status.of_kind("sees") if one.state == "ready" and one.fits), None)
    if ready is not None:
        return Next(act="use", text=f"Use {ready.name}", model=ready.id)
    wanted = chosen or status.model(status.recommended.id)
    if wanted is None or wanted.state not in {"absent", "broken"}:
        return None
    why = status.recommended.sentence if wanted.id == status.recommended.id else wanted.about
    told = why if why.startswith(wanted.name) else f"{wanted.name}. {why}"
    return Next(act="download", text=download_text(wanted), model=wanted.id, told=told)


def under_way(status: ModelStatus) -> Offered | None:
    """The model that sees whose files are on their way, or were stopped on it while no other is in use."""
    seeing = status.of_kind("sees")
    found = next((one for one in seeing if one.state in ON_ITS_WAY), None)
    in_use = status.model(status.chosen)
    if found is not None or (status.chosen and (in_use is None or in_use.state == "ready")):
        return found
    return next((one for one in seeing if one.state == "paused"), None)


def download_text(one: Offered) -> str:
    return f"Download {bytes_told(one.download_bytes)}"


def measures(one: Offered) -> str:
    """“4.4B parameters · 2.9 GB to download · takes 4.6 GB of memory · 2.9 GB on disk”."""
    return " · ".join(
        [
            *([f"{one.parameters} parameters"] if one.parameters else []),
            f"{bytes_told(one.download_bytes)} to download",
            f"takes {bytes_told(one.memory_bytes)} of memory",
            *([f"{bytes_told(one.disk_bytes)} on disk"] if one.disk_bytes else []),
        ]
    )


def licence(one: Offered) -> str:
    return "Licence: " + ", ".join(part for part in (one.licence or "not told", one.licence_url) if part)


def how_far(one: Offered) -> str:
    """“1.2 GB of 2.9 GB · 11 MB a second · about 3 min left”; empty where nothing is under way."""
    if one.come_of is None:
        return ""
    done, of = one.come_of
    parts = [f"{bytes_told(done)} of {bytes_told(of)}"]
    if one.state == "downloading" and one.trouble:
        return f"{parts[0]} · it is tried again by itself"
    if one.state == "downloading" and one.bytes_a_second:
        parts.append(f"{bytes_told(one.bytes_a_second)} a second")
    if one.state == "downloading" and one.seconds_left is not None:
        parts.append(f"about {lasts(one.seconds_left)} left" if one.seconds_left >= 60 else "less than a minute left")
    return " · ".join(parts)


def looks(budget: Budget) -> str:
    """“7 of 20 episodes looked at this hour, in 15 of 40 pictures”."""
    episodes = f"{budget.vision_calls_used} of {counted(budget.vision_calls_most, 'episode')}"
    pictures = f"{budget.pictures_used} of {counted(budget.pictures_most, 'picture')}"
    return f"{episodes} looked at this hour, in {pictures}"


def seconds_computed(budget: Budget) -> str:
    return f"{budget.compute_seconds_used:,.0f} s of {budget.compute_seconds_most:,} s computed this hour"


def waiting_told(number: int) -> str:
    """Empty where nothing waits."""
    return f"{counted(number, 'episode')} {'waits' if number == 1 else 'wait'} to be thought about." if number else ""


def set_aside_told(number: int) -> str:
    """Empty where there are none."""
    were = "was" if number == 1 else "were"
    why = "three times the model’s answer was of no use"
    return f"{counted(number, 'episode')} {were} set aside: {why}." if number else ""


def share(used: float, most: float) -> float:
    """Between 0 and 1; nothing is allowed where `most` is 0."""
    return min(max(used / most, 0.0), 1.0) if most > 0 else 1.0


def step_name(step: str) -> str:
    return STEPS.get(step, step.capitalize())


def outcome_told(outcome: str) -> str:
    """An error that has no words here is told by its name, in plain letters."""
    return OUTCOMES.get(outcome) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", outcome).lower()


def tokens_told(call: Call) -> str:
    """What was read and what was written: “1,204 → 85”."""
    return f"{call.prompt_tokens:,} → {call.answer_tokens:,}"


def call_told(call: Call) -> str:
    """A call in a sentence, for the tool tip and for who cannot see the table."""
    reused = f", {call.reused_tokens:,} of them remembered from before" if call.reused_tokens else ""
    again = f", {call.pictures_reused} of them seen before" if call.pictures_reused else ""
    return (
        f"{step_name(call.step)}\nwith {call.model}: {call.prompt_tokens:,} tokens read{reused}, "
        f"{call.answer_tokens:,} written, {counted(call.pictures, 'picture')}{again}, "
        f"{call.milliseconds:,} ms, {outcome_told(call.outcome)}."
    )
