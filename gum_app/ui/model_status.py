"""What the daemon says about models, as a value: the page “Model” shows this and nothing else.

States are the daemon's words. A field that this version does not know is left out of account.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from gum_app.errors import BadInput
from gum_app.records import Call
from gum_app.settings import ENDPOINT, OWN

ON_ITS_WAY = frozenset({"downloading", "verifying"})


class Told(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Engine(Told):
    """llama.cpp. `state`: ready, missing, building or failed; `cost` is a sentence on what building takes."""

    state: str
    version: str = ""
    sentence: str = ""
    progress: tuple[int, int] | None = None  # steps done, of how many
    can_build: bool = False
    cost: str = ""


class Recommended(Told):
    id: str = ""
    sentence: str = ""


class Offered(Told):
    """A model of the list. `state`: absent, downloading, paused, verifying, ready or broken."""

    id: str
    name: str
    kind: str  # sees or embeds
    parameters: str = ""
    licence: str = ""
    licence_url: str = ""
    about: str = ""
    memory_bytes: int
    download_bytes: int
    disk_bytes: int = 0  # what lies on the disk now
    state: str
    fits: bool = True
    fits_sentence: str = ""
    progress: tuple[int, int] | None = None  # bytes done, of how many
    bytes_a_second: float | None = None
    seconds_left: float | None = None
    trouble: str = ""

    @property
    def come_of(self) -> tuple[int, int] | None:
        """Bytes that have come, of how many; None where nothing is or was on its way."""
        if self.state == "paused":
            return self.progress or (self.disk_bytes, self.download_bytes)
        return self.progress if self.state in ON_ITS_WAY else None


class OwnFiles(Told):
    weights: str = ""
    projector: str = ""


class Server(Told):
    """`sends_to` is host:port. The key itself is never told."""

    url: str = ""
    model: str = ""
    embedding_model: str = ""
    has_key: bool = False
    is_local: bool = True
    confirmed: bool = False
    sends_to: str = ""


class Budget(Told):
    """Used and allowed within the hour."""

    vision_calls_used: int = 0
    vision_calls_most: int = 0
    pictures_used: int = 0
    pictures_most: int = 0
    compute_seconds_used: float = 0.0
    compute_seconds_most: int = 0
    resets_at: datetime | None = None


class ModelStatus(Told):
    """`state`: off, resting, loading, thinking, idle or waiting."""

    engine: Engine
    chosen: str = ""  # a model of the list, OWN, ENDPOINT; empty: none
    embedding_chosen: str = ""
    recommended: Recommended = Recommended()
    models: tuple[Offered, ...] = ()
    own: OwnFiles = OwnFiles()
    endpoint: Server = Server()
    state: str
    sentence: str
    in_use: str = ""
    budget: Budget = Budget()
    waiting: int = 0  # episodes that wait for the model
    set_aside: int = 0  # episodes of which it could make nothing, three times
    comparing: str = ""  # how far the one that compares by meaning has come
    comparing_trouble: str = ""  # what is wrong with the one that compares by meaning
    calls: tuple[Call, ...] = ()  # newest first

    def model(self, id: str) -> Offered | None:  # noqa: A002
        return next((one for one in self.models if one.id == id), None)

    def of_kind(self, kind: str) -> tuple[Offered, ...]:
        return tuple(one for one in self.models if one.kind == kind)

    @property
    def asks_server(self) -> bool:
        """Whether the server thinks, compares by meaning, or both."""
        return ENDPOINT in (self.chosen, self.embedding_chosen)

    @property
    def remote(self) -> str:
        """Where words and pictures go beyond this computer; empty where they stay."""
        return self.endpoint.sends_to if self.asks_server and not self.endpoint.is_local else ""

    @property
    def chosen_name(self) -> str:
        """What the person knows the chosen model by; empty where none is chosen."""
        if self.chosen == OWN:
            return re.split(r"[/\\]", self.own.weights)[-1]
        if self.chosen == ENDPOINT:
            return f"{self.endpoint.model} at {self.endpoint.sends_to}"
        one = self.model(self.chosen)
        return one.name if one is not None else self.chosen

    @property
    def thinks_with(self) -> str:
        """Tells one choice from another: an answer of one is not that of another."""
        return "\n".join((self.chosen, self.own.weights, self.own.projector, self.endpoint.url, self.endpoint.model))


def model_status_of(answer: dict[str, Any]) -> ModelStatus:
    """The answer to `model`. Raises BadInput where another version of the daemon answers in another shape."""
    try:
        return ModelStatus.model_validate(answer)
    except ValidationError as error:
        raise BadInput("The running gum-app is of another version: quit it and start it again.") from error
