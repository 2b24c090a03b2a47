"""From what the person chose to what is asked: the model and the one that compares, made but not started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gum_app import engine
from gum_app.addresses import is_local
from gum_app.catalogue import Entry, Grid, load_catalogue
from gum_app.daemon.mind import Mind
from gum_app.errors import GumError, ModelUnusable
from gum_app.paths import Home
from gum_app.rules.offload import layers_that_fit
from gum_app.settings import ENDPOINT, OWN, Settings
from gum_app.world.gguf_head import Head
from gum_app.world.llama_session import Options
from gum_app.world.local_model import LocalEmbedder, LocalModel
from gum_app.world.model import Embedder, Model
from gum_app.world.model_waiting import Limits
from gum_app.world.shelf import Shelf, look_at_own

if TYPE_CHECKING:
    from gum_app.daemon.room import Room

WORKING_BYTES = 1_000_000_000  # what a model of the person's own computes in, roughly
MEMORY_SLACK = 1.5  # of what a model should need, so much ends it: an estimate must not kill what works
SMALLEST_LIMIT_BYTES = 2_000_000_000
EMBEDDING_CONTEXT_TOKENS = 512

Made = TypeVar("Made", Model, Embedder)


def heed(room: Room, mind: Mind, read_settings: Callable[[], Settings]) -> None:
    """Where something about a model changed: another one from now on, or none, and why. Each for itself.

    Costs nothing where nothing changed. For one thread at a time.
    """
    if room.are_models_heeded:
        return
    wanted = dict(room.models_wanted)  # before the settings are read: a change in between is heeded the next time
    settings, home = read_settings(), room.home
    if wanted["thinks"] != room.models_heeded["thinks"]:
        model, room.model_trouble = _tried(chosen_model, settings, home)
        mind.think_with(model)
    if wanted["compares"] != room.models_heeded["compares"]:
        embedder, room.embedder_trouble = _tried(chosen_embedder, settings, home)
        mind.compare_with(embedder)
    room.models_heeded = wanted


def _tried(
    make: Callable[[Settings, Home], Made | None], settings: Settings, home: Home
) -> tuple[Made | None, str | None]:
    """What was made, or why not."""
    try:
        return make(settings, home), None
    except GumError as error:
        return None, str(error)


def chosen_model(settings: Settings, home: Home) -> Model | None:
    """None where none was chosen. Raises ModelUnusable, EngineMissing, BadInput, KeyLocked."""
    if settings.model == ENDPOINT:
        from gum_app.world.endpoint import Endpoint  # only here: it brings a whole HTTP client

        return _served(Endpoint, settings.endpoint_model, settings, home)
    if settings.model == OWN:
        return _own(settings, home)
    if settings.model:
        return _from_the_list(load_catalogue().find(settings.model), settings, home)
    return None


def chosen_embedder(settings: Settings, home: Home) -> Embedder | None:
    """None where none was chosen. Raises as `chosen_model`."""
    if settings.embedding_model == ENDPOINT:
        from gum_app.world.endpoint import EndpointEmbedder

        return _served(EndpointEmbedder, settings.endpoint_embedding_model, settings, home)
    if not settings.embedding_model:
        return None
    entry = load_catalogue().find(settings.embedding_model)
    weights, _ = _files(entry, home)
    tokens = min(entry.usual_context_tokens, EMBEDDING_CONTEXT_TOKENS)
    options = Options(weights=weights, embeds=True, context_tokens=tokens, threads=settings.model_threads)
    limits = _limits(entry.memory_bytes(tokens))
    return LocalEmbedder(options, name=entry.name, engine=engine.path_of(engine.need(home)), limits=limits)


def sends_beyond(settings: Settings) -> bool:
    """Whether words leave this computer."""
    return ENDPOINT in (settings.model, settings.embedding_model) and not is_local(settings.endpoint_url)


def _served(kind: Callable[..., Made], name: str, settings: Settings, home: Home) -> Made:
    from gum_app.world.endpoint_key import api_key

    key = api_key(home, settings.endpoint_url) if settings.endpoint_has_key else ""
    return kind(settings.endpoint_url, name, key=key, confirmed=settings.endpoint_confirmed)


def _from_the_list(entry: Entry, settings: Settings, home: Home) -> Model:
    weights, projector = _files(entry, home)
    needs = entry.memory_bytes(settings.context_tokens)
    return _local(
        weights,
        projector,
        settings,
        home,
        name=entry.name,
        needs_bytes=needs,
        layers=entry.layers,
        kv_bytes_per_token=entry.kv_bytes_per_token,
        working_bytes=entry.working_bytes,
        most_picture_tokens=entry.picture.most_tokens if isinstance(entry.picture, Grid) else 0,
    )


def _own(settings: Settings, home: Home) -> Model:
    weights = Path(settings.model_weights)
    projector = Path(settings.model_projector) if settings.model_projector else None
    own = look_at_own(weights, projector)
    sizes = own.weights.file_bytes + (own.projector.file_bytes if own.projector is not None else 0)
    return _local(
        weights,
        projector,
        settings,
        home,
        name=name_of(own.weights, weights),
        needs_bytes=sizes + own.weights.kv_bytes_per_token * settings.context_tokens,
        layers=own.weights.layers,
        kv_bytes_per_token=own.weights.kv_bytes_per_token,
        working_bytes=WORKING_BYTES,
        most_picture_tokens=own.picture.most_tokens if own.picture is not None else 0,
    )


def name_of(head: Head, weights: Path) -> str:
    return f"{head.name} {head.quantization}".strip() if head.name else weights.stem


def _local(
    weights: Path,
    projector: Path | None,
    settings: Settings,
    home: Home,
    *,
    name: str,
    needs_bytes: int,
    layers: int,
    kv_bytes_per_token: int,
    working_bytes: int,
    most_picture_tokens: int,
) -> Model:
    used = engine.need(home)
    on_card = settings.gpu_layers
    if on_card < 0:
        on_card = layers_that_fit(
            layers=layers,
            weights_bytes=_size_of(weights),
            projector_bytes=_size_of(projector) if projector is not None else 0,
            kv_bytes_per_token=kv_bytes_per_token,
            context_tokens=settings.context_tokens,
            working_bytes=working_bytes,
            free_bytes=_free_on_card(used),
        )
    options = Options(
        weights=weights,
        projector=projector,
        context_tokens=settings.context_tokens,
        gpu_layers=on_card,
        threads=settings.model_threads,
        most_picture_tokens=most_picture_tokens,
    )
    # What lies on a card is not asked of the computer's memory; how much that is, nobody knows beforehand.
    return LocalModel(
        options, name=name, engine=engine.path_of(used), limits=_limits(0 if on_card else needs_bytes, needs_bytes)
    )


def _size_of(file: Path) -> int:
    """Raises ModelUnusable where it has gone since it was looked at."""
    try:
        return file.stat().st_size
    except OSError as error:
        raise ModelUnusable(f"{file} cannot be read ({error.strerror}): choose another file.") from error


def _limits(needs_bytes: int, most_bytes: int | None = None) -> Limits:
    most = most_bytes if most_bytes is not None else needs_bytes
    return Limits(needs_bytes=needs_bytes, most_bytes=max(int(most * MEMORY_SLACK), SMALLEST_LIMIT_BYTES))


def _free_on_card(used: engine.Engine) -> int | None:
    """Of the largest card that llama.cpp can compute on; None where there is none. Asked only where it may have one."""
    if used.back_ends <= {"cpu"}:
        return None
    cards = [device.free_mb for device in engine.devices(used) if device.kind in {"gpu", "igpu"}]
    return max(cards) * engine.BYTES_PER_MB if cards else None


def _files(entry: Entry, home: Home) -> tuple[Path, Path | None]:
    standing = Shelf(home.models, load_catalogue()).standing(entry.id)
    if standing.weights is None:
        why = standing.trouble or f"{entry.name} is not on this computer yet: download it on the page “Model”."
        raise ModelUnusable(why)
    return standing.weights, standing.projector
