"""What the person can set: typed, bounded, one sentence each. The sentences are what the settings page shows.

Kept in the encrypted database (`store`), one row a setting that differs from its default.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gum_app.errors import BadInput


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    person_name: str = Field(
        default="",
        max_length=100,
        description="Your name, so that statements can be told from those about others. Optional.",
    )
    consented_at: str = Field(default="", description="When you pressed Start. Nothing is looked at before.")
    paused_until: str = Field(default="", description="Until when you have paused the watching.")
    theme: Literal["system", "light", "dark"] = Field(default="system", description="How the windows look.")
    start_at_login: bool = Field(default=False, description="Start gum-app when you log in.")
    read_notifications: bool = Field(default=True, description="Read the notifications that other programs show.")
    look_interval_seconds: int = Field(
        default=30, ge=5, le=600, description="Longest time between two looks while you are active."
    )
    idle_after_seconds: int = Field(
        default=60, ge=10, le=1800, description="After so long without keyboard or mouse you count as away."
    )
    keep_words_days: int = Field(default=90, ge=1, le=3650, description="How long the words that were read are kept.")
    keep_thumbnails: bool = Field(default=False, description="Keep a small picture of each episode, encrypted.")
    keep_thumbnails_days: int = Field(default=14, ge=1, le=365, description="How long small pictures are kept.")
    disk_limit_mb: int = Field(
        default=2000,
        ge=50,
        le=100_000,
        description="Most disk the app may use; the oldest words and pictures go first.",
    )
    model: str = Field(
        default="",
        max_length=100,
        description="Which language model thinks: one of the list, your own files, or a server. Empty: none.",
    )
    model_weights: str = Field(default="", max_length=4000, description="Your own model: the file of its weights.")
    model_projector: str = Field(
        default="", max_length=4000, description="Your own model: the file with which it sees pictures. Optional."
    )
    embedding_model: str = Field(
        default="", max_length=100, description="Which model compares by meaning. Empty: none, words are compared."
    )
    endpoint_url: str = Field(
        default="", max_length=2000, description="The server that thinks instead, such as http://127.0.0.1:8080/v1."
    )
    endpoint_model: str = Field(default="", max_length=200, description="What that server calls the model.")
    endpoint_embedding_model: str = Field(
        default="", max_length=200, description="What that server calls the model that compares by meaning."
    )
    endpoint_confirmed: str = Field(
        default="", max_length=2000, description="The server beyond this computer that you allowed in words."
    )
    endpoint_has_key: bool = Field(default=False, description="Whether a key for that server is in your keyring.")
    context_tokens: int = Field(
        default=8192, ge=2048, le=131_072, description="How much the model can hold in mind at once; takes memory."
    )
    gpu_layers: int = Field(
        default=-1, ge=-1, le=999, description="How many layers of the model lie on the graphics card."
    )
    model_threads: int = Field(
        default=0, ge=0, le=256, description="How many threads of the processor the model takes."
    )
    think_when: Literal["idle", "mains", "always"] = Field(
        default="mains", description="When the model may think: while you are away, on mains power, or always."
    )
    vision_calls_an_hour: int = Field(
        default=20, ge=0, le=240, description="Most episodes an hour whose pictures the model looks at."
    )
    compute_seconds_an_hour: int = Field(
        default=900, ge=10, le=3600, description="Most seconds an hour that the model computes in the background."
    )
    download_mirror: str = Field(
        default="", max_length=2000, description="Fetch models from here instead of huggingface.co."
    )
    download_proxy: str = Field(default="", max_length=2000, description="Fetch models through this proxy.")

    def with_value(self, name: str, value: Any) -> Settings:
        """A copy with one setting changed. Raises BadInput with a sentence."""
        if name not in Settings.model_fields:
            raise BadInput(f"There is no setting named “{name}”; there are: {', '.join(Settings.model_fields)}.")
        try:
            return Settings.model_validate({**self.model_dump(), name: value})
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise BadInput(f"“{value}” cannot be set for {name}: {reason}.") from error
