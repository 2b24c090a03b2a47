"""How the model is, for the page that shows it and for the tray: one answer, cheap, and never an error."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gum_app import engine, engine_build
from gum_app.addresses import read_address
from gum_app.catalogue import Entry, load_catalogue
from gum_app.clock import SystemClock
from gum_app.daemon.choice import sends_beyond
from gum_app.daemon.room import Room
from gum_app.daemon.workshop import Workshop
from gum_app.errors import BadInput
from gum_app.records import Machine
from gum_app.rules.budget import HOUR, allowance, spent, why_wait
from gum_app.rules.recommend import fits, recommend
from gum_app.settings import Settings
from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.world.local_model import LocalModel
from gum_app.world.machine import read_machine

MACHINE_SECONDS = 30.0  # reading what the computer has may ask the driver of a card
CALLS_SHOWN = 50
MINUTE = 60.0
MORE_FIRST = "It is asked when an episode is over, or a few more have come."

STATES = {
    "off": "No model thinks. gum-app counts and compares by itself; a model would also understand pictures.",
    "loading": "The model is being loaded.",
    "thinking": "The model thinks.",
    "idle": "Nothing waits to be thought about.",
}


class Surveyor:
    """Knows the machine, and looks again only now and then: the page asks each second."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._clock = SystemClock()  # that of a replay stands still
        self._machine: Machine | None = None
        self._at_seconds = 0.0

    def seconds(self) -> float:
        return self._clock.monotonic_seconds()

    def machine(self) -> Machine:
        now = self.seconds()
        if self._machine is None or now - self._at_seconds > MACHINE_SECONDS:
            self._machine, self._at_seconds = read_machine(self._room.home.root), now
        return self._machine


def answer(room: Room, workshop: Workshop, machine: Machine, store: ReadingStore) -> dict[str, Any]:
    """As the page “Model” wants it."""
    settings, now = store.settings(), room.clock.now()
    advice = recommend(machine, load_catalogue())
    allowed, so_far = allowance(settings), spent(store.calls_since(now - HOUR), now)
    return {
        "engine": _engine(room, workshop),
        "chosen": settings.model,
        "embedding_chosen": settings.embedding_model,
        "recommended": {"id": advice.id, "sentence": " ".join(part for part in (advice.why, advice.otherwise) if part)},
        "models": [_offered(entry, workshop, machine) for entry in load_catalogue().entries],
        "own": {"weights": settings.model_weights, "projector": settings.model_projector},
        "endpoint": _endpoint(settings),
        **brief(room, settings, store),
        "budget": {
            "vision_calls_used": so_far.vision_calls,
            "vision_calls_most": allowed.vision_calls_an_hour,
            "pictures_used": so_far.pictures,
            "pictures_most": allowed.pictures_an_hour,
            "compute_seconds_used": so_far.compute_seconds,
            "compute_seconds_most": allowed.compute_seconds_an_hour,
            "resets_at": so_far.resets_at.isoformat() if so_far.resets_at is not None else None,
        },
        "waiting": store.count_waiting_for_model() if settings.model else 0,
        "set_aside": store.set_aside_by_model() if settings.model else 0,
        "comparing": comparing(room, store),
        "comparing_trouble": comparing_trouble(room),
        "calls": [asdict(call) | {"at": call.at.isoformat()} for call in store.calls(limit=CALLS_SHOWN)],
    }


def brief(room: Room, settings: Settings, store: ReadingStore) -> dict[str, str]:
    """For the tray: the state, a sentence, and where words go beyond this computer."""
    state, sentence = _state(room, settings, store)
    return {"state": state, "sentence": sentence, "remote": _remote(settings), "in_use": in_use(room)}


def in_use(room: Room) -> str:
    """Which model computes on what, once it is loaded; empty before."""
    model = room.mind.model if room.mind is not None else None
    if model is None:
        return ""
    if not isinstance(model, LocalModel):
        return model.name
    loaded = model.loaded
    if loaded is None:
        return ""
    where = "the processor"
    if loaded.layers_on_gpu:
        where = f"{loaded.layers_on_gpu} of {loaded.layers} layers on {loaded.device}"
    elif model.without_graphics:
        where = "the processor, as the graphics card could not take it"
    flash = ", flash attention" if loaded.flash_attention else ""
    return f"{model.name}, {where}{flash}, {loaded.context_tokens:,} tokens of context"


def comparing(room: Room, store: ReadingStore) -> str:
    """How far the model that compares has come; empty where there is none."""
    embedder = room.mind.embedder if room.mind is not None else None
    if embedder is None:
        return ""
    every = store.count_propositions(PropositionQuery(states=frozenset()))
    waiting = store.count_without_vector(embedder.name)
    if not every:
        return "Nothing is believed yet that could be compared."
    if not waiting:
        return "What each proposition means is told: the search finds by meaning too."
    return f"What {every - waiting:,} of {every:,} propositions mean is told; the others follow."


def comparing_trouble(room: Room) -> str:
    """What is wrong with the model that compares by meaning; empty: nothing. The other one thinks all the same."""
    trouble = room.embedder_trouble
    mind = room.mind
    if trouble is None and mind is not None and mind.comparing_rests_for_seconds:
        trouble = f"{mind.comparing_trouble or ''} {_tries_again(mind.comparing_rests_for_seconds)}".strip()
    return f"Words are compared instead of meaning. {trouble}" if trouble else ""


def _tries_again(rests_for_seconds: float) -> str:
    minutes = max(1, round(rests_for_seconds / MINUTE))
    return f"It rests after failing, and tries again in {minutes} minutes, or when you say so."


def _state(room: Room, settings: Settings, store: ReadingStore) -> tuple[str, str]:
    if not settings.model and not settings.embedding_model:
        return "off", STATES["off"]
    trouble = room.model_trouble or room.interpreting_trouble
    if trouble is not None:
        return "resting", trouble
    mind = room.mind
    if mind is None:
        return "idle", STATES["idle"]
    if mind.is_thinking:
        model = mind.model
        is_loading = isinstance(model, LocalModel) and model.loaded is None
        return ("loading", STATES["loading"]) if is_loading else ("thinking", STATES["thinking"])
    if mind.rests_for_seconds:
        return "resting", f"{mind.trouble or ''} {_tries_again(mind.rests_for_seconds)}".strip()
    if not settings.model or not store.count_waiting_for_model():
        return "idle", STATES["idle"]
    reason = _waits(room, settings, store)
    return ("waiting", reason) if reason else ("idle", MORE_FIRST)


def _waits(room: Room, settings: Settings, store: ReadingStore) -> str | None:
    now = room.clock.now()
    vision = store.is_one_to_look_at()
    return why_wait(settings, store.calls_since(now - HOUR), room.circumstances(), now=now, vision=vision)


def _remote(settings: Settings) -> str:
    try:
        return read_address(settings.endpoint_url).where if sends_beyond(settings) else ""
    except BadInput:
        return ""  # such an address is not asked


def _engine(room: Room, workshop: Workshop) -> dict[str, Any]:
    found, job = engine.find(room.home), workshop.building
    state, sentence, progress = "ready" if found is not None else "missing", engine.told(room.home), None
    if job.is_under_way:
        state, sentence = "building", job.built.sentence if job.built is not None else "It begins."
        progress = [job.built.done, job.built.of] if job.built is not None and job.built.of else None
    elif job.trouble:
        state, sentence = "failed", job.trouble
    return {
        "state": state,
        "version": found.version if found is not None else "",
        "sentence": sentence,
        "progress": progress,
        "can_build": found is None or found.own,
        "cost": engine_build.COST,
    }


def _offered(entry: Entry, workshop: Workshop, machine: Machine) -> dict[str, Any]:
    standing, job = workshop.shelf.standing(entry.id), workshop.download(entry.id)
    does_fit, sentence = fits(entry, machine)
    state, progress = str(standing.state), None
    if job.is_under_way:
        state = "verifying" if job.fetched is not None and job.fetched.phase == "checking" else "downloading"
    if job.is_under_way and job.fetched is not None:
        progress = [job.fetched.done_bytes, job.fetched.total_bytes]
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "parameters": f"{entry.parameters_billions:g}B",
        "licence": entry.licence,
        "licence_url": entry.licence_url,
        "about": entry.about,
        "memory_bytes": entry.memory_bytes(),
        "download_bytes": entry.download_bytes,
        "disk_bytes": standing.disk_bytes,
        "state": state,
        "fits": does_fit,
        "fits_sentence": sentence,
        "progress": progress,
        "bytes_a_second": job.fetched.bytes_per_second if progress and job.fetched is not None else None,
        "seconds_left": job.fetched.seconds_left if progress and job.fetched is not None else None,
        "trouble": job.trouble or standing.trouble or (job.fetched.why if progress and job.fetched is not None else ""),
    }


def _endpoint(settings: Settings) -> dict[str, Any]:
    told = {
        "url": settings.endpoint_url,
        "model": settings.endpoint_model,
        "embedding_model": settings.endpoint_embedding_model,
        "has_key": settings.endpoint_has_key,
        "is_local": True,
        "confirmed": bool(settings.endpoint_confirmed),
        "sends_to": "",
    }
    try:
        address = read_address(settings.endpoint_url)
    except BadInput:
        return told
    return told | {"is_local": address.is_local, "sends_to": address.where}
