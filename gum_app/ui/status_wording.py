"""What is said of the state: in the tray, on the small light, beside the pages. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gum_app.ui.status import Status
from gum_app.ui.wording import counted, moment, times


def headline(status: Status, now: datetime) -> str:
    """The state in a few words, for the first line of the tray's menu."""
    if status.key == "not chosen":
        return "Not started yet"
    if status.is_paused and status.paused_until is not None:
        return f"Paused until {moment(status.paused_until, now)}"
    return {
        "watching": "Watching",
        "idle": "Waiting: you are away",
        "paused": "Paused",
        "session_locked": "Looking away: the screen is locked",
        "asleep": "Asleep",
        "no_light": "Not watching: no light was on",
        "needs_consent": "Not started yet",
        "needs_key": "Locked: the passphrase is needed",
        "trouble": "Something is wrong",
        "starting": "Starting …",
        "stopped": "Not running",
        "replayed": "A replayed recording: nothing is watched",
    }.get(status.state, status.sentence.removesuffix("."))


def today(status: Status) -> str:
    """What was kept and what was left out today; empty where there is nothing to say."""
    if not status.reachable or not status.consented:
        return ""
    seen = counted(status.observations_today, "episode")
    away = f", looked away {times(status.skips_today)}" if status.skips_today else ""
    return f"Today: {seen} kept{away}"


def sends(status: Status) -> str:
    """Where words and pictures go beyond this computer; empty where they stay."""
    return goes_to(status.remote) if status.remote else ""


def focus(status: Status, now: datetime) -> str:
    """Until when a focus time is on; empty where there is none."""
    return f"Focus until {moment(status.focus_until, now)}" if status.focus_until is not None else ""


def asks(status: Status) -> str:
    """Which programs wait for the person's answer; empty where none does."""
    return who_asks([each.client for each in status.asking])


def who_asks(clients: Sequence[str]) -> str:
    """“claude” asks what it may be told."""
    if not clients:
        return ""
    others = f" and {counted(len(clients) - 1, 'other program')}" if clients[1:] else ""
    return f"“{clients[-1]}”{others} {'ask what they' if others else 'asks what it'} may be told about you"


def goes_to(host: str) -> str:
    return f"Words and pictures go to {host}"
