"""What the daemon says about itself, as a value. Tray, small light and side column show this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gum_app.errors import BadInput

ON = frozenset({"watching", "idle", "private", "session_locked", "asleep", "replaying"})  # running, and not paused


@dataclass(frozen=True, kw_only=True)
class ModelBrief:
    """How the model is. `remote` is the host:port to which words and pictures go; empty: they stay here."""

    state: str
    sentence: str = ""
    remote: str = ""


@dataclass(frozen=True, kw_only=True)
class WantedPage:
    """What a notification's button asks the window to show; `serial` grows with each."""

    page: str  # suggestions, or preview: what one of them would do
    id: int | None
    serial: int


@dataclass(frozen=True, kw_only=True)
class Request:
    """A program that waits for the person to say what it may be told."""

    client: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Status:
    """`state` is the daemon's word, or `starting` and `stopped`, which a window finds out by itself."""

    state: str
    sentence: str
    paused_until: datetime | None = None
    consented: bool = True
    key: str = "ready"  # ready, needs passphrase, not chosen, locked
    reading_with: str = ""
    version: str = ""
    home: str = ""
    undigested: int = 0
    trouble: tuple[str, ...] = ()
    observations_today: int = 0
    skips_today: int = 0
    progress: tuple[int, int] | None = None  # events of a recording replayed, of how many
    model: ModelBrief | None = None  # None: a daemon that knows of no model
    focus_until: datetime | None = None  # None: there is no focus time
    ask_key: str | None = None  # the keys that open the page “Ask”; None: not known, the database is locked
    suggestions_open: int = 0  # those that were shown and are not over: what only waits calls nobody
    wanted: WantedPage | None = None  # None: nothing was asked for since the daemon began
    asking: tuple[Request, ...] = ()
    now: datetime | None = field(default=None, compare=False)  # the daemon's clock, which a replay moves

    @property
    def may_pause(self) -> bool:
        return self.state in ON

    @property
    def is_paused(self) -> bool:
        return self.state == "paused"

    @property
    def may_focus(self) -> bool:
        return self.reachable and self.key == "ready" and self.state not in {"replaying", "replayed"}

    @property
    def sign(self) -> str:
        """The state as the icon shows it: before a key is chosen nothing is locked, it has not begun."""
        return "needs_consent" if self.key == "not chosen" else self.state

    @property
    def remote(self) -> str:
        """Where words and pictures go beyond this computer; empty where they stay."""
        return self.model.remote if self.model is not None else ""

    @property
    def troubles(self) -> tuple[str, ...]:
        """All that is wrong, each once; a model that rests after failures is no reason not to watch, but is told."""
        rests = [self.model.sentence] if self.model is not None and self.model.state == "resting" else []
        return tuple(dict.fromkeys(sentence for sentence in (*self.trouble, *rests) if sentence))

    @property
    def reachable(self) -> bool:
        return self.state not in {"starting", "stopped"}


STARTING = Status(state="starting", sentence="gum-app is starting.", key="locked")
STOPPED_SENTENCE = "gum-app is not running. Nothing is being watched."


def stopped(sentence: str = STOPPED_SENTENCE) -> Status:
    """No daemon answers: nothing is watched, and `sentence` says what to do."""
    return Status(state="stopped", sentence=sentence, key="locked")


def status_of(answer: dict[str, Any]) -> Status:
    """The answer to `status`. Raises BadInput where another version of the daemon answers in another shape."""
    try:
        return Status(
            state=str(answer["state"]),
            sentence=str(answer["sentence"]),
            paused_until=_instant(answer.get("paused_until")),
            consented=bool(answer["consented"]),
            key=str(answer["key"]),
            reading_with=str(answer.get("reading_with", "")),
            version=str(answer.get("version", "")),
            home=str(answer.get("home", "")),
            undigested=int(answer.get("undigested", 0)),
            trouble=tuple(str(sentence) for sentence in answer.get("trouble", ())),
            observations_today=int(answer.get("today", {}).get("observations", 0)),
            skips_today=int(answer.get("today", {}).get("skips", 0)),
            progress=_pair(answer.get("progress")),
            model=_brief(answer.get("model")),
            focus_until=_instant((answer.get("focus") or {}).get("until")),
            ask_key=str(answer["ask_key"]) if answer.get("ask_key") is not None else None,
            suggestions_open=int(answer.get("suggestions", 0)),
            wanted=_wanted(answer.get("wanted")),
            asking=tuple(_request(each) for each in answer.get("asking", ())),
            now=_instant(answer.get("now")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadInput("The running gum-app is of another version: quit it and start it again.") from error


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _request(part: dict[str, Any]) -> Request:
    return Request(client=str(part["client"]), at=datetime.fromisoformat(str(part["at"])))


def _brief(part: dict[str, Any] | None) -> ModelBrief | None:
    if part is None:
        return None
    return ModelBrief(
        state=str(part["state"]), sentence=str(part.get("sentence", "")), remote=str(part.get("remote", ""))
    )


def _pair(value: object) -> tuple[int, int] | None:
    if not isinstance(value, list):
        return None
    done, of = value
    return int(done), int(of)


def _wanted(answer: dict[str, Any] | None) -> WantedPage | None:
    if answer is None:
        return None
    id_ = answer.get("id")
    return WantedPage(page=str(answer["page"]), id=None if id_ is None else int(id_), serial=int(answer["serial"]))
