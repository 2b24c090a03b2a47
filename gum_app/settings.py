"""What the person can set: typed, bounded, one sentence each. The sentences are what the settings page shows.

Kept in the encrypted database (`store`), one row a setting that differs from its default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from gum_app.errors import BadInput
from gum_app.records import Keeping, Matter
from gum_app.shortcut import combination_of
from gum_app.suggestions import OfferKind

OWN, ENDPOINT = "own", "endpoint"  # chosen in place of a model of the list
ThinkWhen = Literal["idle", "mains", "always"]
Page = Literal["settings", "model", "none"]
Part = Literal["thinks", "compares"]  # the two models
BOTH: tuple[Part, ...] = ("thinks", "compares")


def _a_time(text: str) -> str:
    try:
        if len(text) != len("HH:MM"):
            raise ValueError
        return f"{time.fromisoformat(text):%H:%M}"
    except ValueError:
        raise PydanticCustomError("a_time", "it is not a time of day such as 22:00") from None


TimeOfDay = Annotated[str, AfterValidator(_a_time)]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Where a setting is shown, what sets it, and which model is another one when it changes."""

    page: Page = "settings"
    verb: str = "set"  # the question to the daemon that sets it
    remakes: tuple[Part, ...] = ()


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    person_name: str = Field(
        default="",
        max_length=100,
        description="Your name, so that what is about you can be told from what is about others. Optional.",
    )
    consented_at: Annotated[str, Mark(page="none", verb="start")] = Field(
        default="", description="When you pressed Start. Nothing is looked at before."
    )
    paused_until: Annotated[str, Mark(page="none", verb="pause")] = Field(
        default="", description="Until when you have paused the watching."
    )
    focus_since: Annotated[str, Mark(page="none", verb="focus")] = Field(
        default="", description="Since when a focus time has been on."
    )
    focus_until: Annotated[str, Mark(page="none", verb="focus")] = Field(
        default="", description="Until when a focus time is on."
    )
    focus_before: Annotated[str, Mark(page="none", verb="focus")] = Field(
        default="", description="What the desktop’s own do not disturb was before a focus time, and whose it is."
    )
    theme: Literal["system", "light", "dark"] = Field(default="system", description="How the windows look.")
    # Ctrl and Alt: Super belongs to the desktops, Ctrl with Shift to terminals, browsers and editors.
    ask_key: str = Field(
        default="Ctrl+Alt+G",
        max_length=40,
        description="Opens the page “Ask” from anywhere, in an X11 session. Empty: no key does.",
    )
    start_at_login: bool = Field(default=False, description="Start gum-app when you log in.")
    read_notifications: bool = Field(default=True, description="Read the notifications that other programs show.")
    triage_notifications: bool = Field(
        default=False,
        description="Judge which notifications of other programs deserve attention now. None is ever held back by it.",
    )
    look_interval_seconds: int = Field(
        default=30, ge=5, le=600, description="Longest time between two looks while you are active."
    )
    idle_after_seconds: int = Field(
        default=60, ge=10, le=1800, description="After so long without keyboard or mouse you count as away."
    )
    keep_words_days: int = Field(default=90, ge=1, le=3650, description="How long the words that were read are kept.")
    keep_thumbnails: bool = Field(default=False, description="Keep a small picture of each episode, encrypted.")
    keep_thumbnails_days: int = Field(default=14, ge=1, le=365, description="How long small pictures are kept.")
    keep_disclosures_days: int = Field(
        default=365, ge=1, le=3650, description="How long it is listed what other programs were told."
    )
    disk_limit_mb: int = Field(
        default=2000,
        ge=50,
        le=100_000,
        description="Most disk the app may use; the oldest words and pictures go first.",
    )
    norms: Annotated[dict[Matter, Keeping], Mark(page="none", verb="norm")] = Field(
        default={}, description="How much is kept of private matters, by kind, where you want it otherwise than usual."
    )
    suggestions: bool = Field(default=True, description="Offer help when there is something to help with.")
    suggestions_a_day: int = Field(
        default=6, ge=0, le=50, description="Most offers in a day. With none, they are only kept in the list."
    )
    suggestions_an_hour: int = Field(default=2, ge=1, le=12, description="Most offers in an hour.")
    quiet_from: TimeOfDay = Field(default="22:00", description="From then on nothing is offered.")
    quiet_until: TimeOfDay = Field(
        default="07:00", description="Until then nothing is offered. The same time twice: no quiet hours."
    )
    never_offered: Annotated[list[OfferKind], Mark(page="none", verb="suggestion_never")] = Field(
        default=[], description="Kinds of help that you never want to be offered."
    )
    model: Annotated[str, Mark(page="model", verb="model_choose", remakes=("thinks",))] = Field(
        default="",
        max_length=100,
        description="Which language model thinks: one of the list, your own files, or a server. Empty: none.",
    )
    model_weights: Annotated[str, Mark(page="model", verb="model_files", remakes=("thinks",))] = Field(
        default="", max_length=4000, description="Your own model: the file of its weights."
    )
    model_projector: Annotated[str, Mark(page="model", verb="model_files", remakes=("thinks",))] = Field(
        default="", max_length=4000, description="Your own model: the file with which it sees pictures. Optional."
    )
    embedding_model: Annotated[str, Mark(page="model", verb="model_choose", remakes=("compares",))] = Field(
        default="", max_length=100, description="Which model compares by meaning. Empty: none, words are compared."
    )
    endpoint_url: Annotated[str, Mark(page="model", verb="endpoint", remakes=BOTH)] = Field(
        default="", max_length=2000, description="The server that thinks instead, such as http://127.0.0.1:8080/v1."
    )
    endpoint_model: Annotated[str, Mark(page="model", verb="endpoint", remakes=("thinks",))] = Field(
        default="", max_length=200, description="What that server calls the model."
    )
    endpoint_embedding_model: Annotated[str, Mark(page="model", verb="endpoint", remakes=("compares",))] = Field(
        default="", max_length=200, description="What that server calls the model that compares by meaning."
    )
    endpoint_confirmed: Annotated[str, Mark(page="model", verb="endpoint", remakes=BOTH)] = Field(
        default="", max_length=2000, description="The server beyond this computer that you allowed in words."
    )
    endpoint_has_key: Annotated[bool, Mark(page="model", verb="endpoint", remakes=BOTH)] = Field(
        default=False, description="Whether a key for that server is in your keyring."
    )
    context_tokens: Annotated[int, Mark(page="model", remakes=("thinks",))] = Field(
        default=8192, ge=2048, le=131_072, description="How much the model can hold in mind at once; takes memory."
    )
    gpu_layers: Annotated[int, Mark(page="model", remakes=("thinks",))] = Field(
        default=-1, ge=-1, le=999, description="How many layers of the model lie on the graphics card."
    )
    model_threads: Annotated[int, Mark(page="model", remakes=BOTH)] = Field(
        default=0, ge=0, le=256, description="How many threads of the processor the model takes."
    )
    think_when: Annotated[ThinkWhen, Mark(page="model")] = Field(
        default="mains", description="When the model may think: while you are away, on mains power, or always."
    )
    vision_calls_an_hour: Annotated[int, Mark(page="model")] = Field(
        default=20,
        ge=0,
        le=240,
        description="Most episodes an hour that the model looks at, in at most three pictures each, two on average.",
    )
    compute_seconds_an_hour: Annotated[int, Mark(page="model")] = Field(
        default=900, ge=10, le=3600, description="Most seconds an hour that the model computes in the background."
    )
    download_mirror: Annotated[str, Mark(page="model")] = Field(
        default="", max_length=2000, description="Fetch models from here instead of huggingface.co."
    )
    download_proxy: Annotated[str, Mark(page="model")] = Field(
        default="", max_length=2000, description="Fetch models through this proxy."
    )

    @field_validator("ask_key")
    @classmethod
    def _as_written(cls, value: str) -> str:
        """Raises BadInput, which passes through pydantic as it is."""
        return str(combination_of(value) or "")

    @property
    def sees_pictures(self) -> bool:
        """Whether the model that was chosen to think is to look at pictures: one of one's own needs its projector."""
        return bool(self.model_projector) if self.model == OWN else bool(self.model)

    @staticmethod
    def mark(name: str) -> Mark:
        """How a setting is marked; one without a mark, or that there is not, as most are."""
        info = Settings.model_fields.get(name)
        return next((each for each in info.metadata if isinstance(each, Mark)), Mark()) if info is not None else Mark()

    def with_value(self, name: str, value: Any) -> Settings:
        """A copy with one setting changed. Raises BadInput with a sentence."""
        if name not in Settings.model_fields:
            raise BadInput(f"There is no setting named “{name}”; there are: {', '.join(Settings.model_fields)}.")
        try:
            return Settings.model_validate({**self.model_dump(), name: value})
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise BadInput(f"“{value}” cannot be set for {name}: {reason}.") from error
