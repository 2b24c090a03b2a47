"""How the daemon is, as one answer for the tray: a state, a sentence, and the trouble there is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from gum_app.daemon import gate, model_status
from gum_app.daemon.answers_focus import told
from gum_app.daemon.room import Room
from gum_app.errors import GumError
from gum_app.rules.durations import clock_time
from gum_app.rules.privacy import OWN_WINDOW, UNKNOWN_WINDOW
from gum_app.store.reading import ReadingStore

SENTENCES = {
    "needs_key": "Locked: the key to the database is needed.",
    "needs_consent": "Not started yet: nothing is looked at before you press Start.",
    "starting": "Starting.",
    "trouble": "Not watching.",
    "paused": "Paused until {until}.",
    "session_locked": "The session is locked: not watching.",
    "asleep": "The computer sleeps.",
    "no_light": "Not watching: there is no tray to show that it watches.",
    "private": "Not looking: {rule}.",
    "idle": "You are away: not looking.",
    "replaying": "Replaying a recording, {done} of {all} events.",
    "replayed": "This home holds a replayed recording; nothing is watched.",
    "watching": "Watching.",
}

STATE_OF_REFUSAL = {
    gate.NOT_STARTED: "needs_consent",
    gate.PAUSED: "paused",
    gate.NO_LIGHT: "no_light",
    gate.LOCKED: "session_locked",
    gate.ASLEEP: "asleep",
    gate.SHARING: "private",
    gate.AWAY: "idle",
}


ASKING_THE_KEYRING = "ready-to-ask"  # the one state of a missing key in which nothing is wanted of the person
WORDS_FOR_RULE = {UNKNOWN_WINDOW: "it is not known which window is in front"}
MOST_COUNTED = 100  # suggestions that were shown and are not over


def answer(room: Room, version: str) -> dict[str, Any]:
    """Asked every two seconds by each window: cheap, and never an error."""
    now = room.clock.now()
    until = room.gate.paused_until(now)
    recorder = room.recorder
    state = state_of(room, now)
    try:
        counts, found = _counts(room, now), []
    except GumError as error:
        counts, found = {}, [str(error)]
    return {
        "state": state,
        "sentence": _sentence(room, state, now),
        "paused_until": until.isoformat() if until else None,
        "consented": room.gate.consented,
        "key": room.key_state,
        "reading_with": room.reading_with,
        "version": version,
        "home": str(room.home.root),
        "now": now.isoformat(),
        "looked_at": recorder.looked_at.isoformat() if recorder is not None and recorder.looked_at else None,
        "progress": list(room.progress) if room.progress else None,
        "trouble": [*troubles(room, counts.get("set_aside", 0), counts.get("set_aside_by_model", 0)), *found],
        "undigested": counts.get("undigested", 0),
        "suggestions": counts.get("suggestions", 0),
        "focus": told(room.focus.state()),
        "wanted": asdict(room.wanted) if room.wanted is not None else None,
        **_set(room),
        "today": {name: counts.get(name, 0) for name in ("observations", "skips")},
    }


def _set(room: Room) -> dict[str, Any]:
    """What the person set or has to: how the model is, which keys open the page “Ask” (None: not known), who asks."""
    model = {"state": "off", "sentence": "", "remote": "", "in_use": ""}
    if room.key is None:
        return {"model": model, "ask_key": None, "asking": []}
    try:
        with ReadingStore(room.home.database, room.key) as store:
            settings = store.settings()
            asking = [
                {"client": each.client, "at": each.asked_at.isoformat()}
                for each in store.grants()
                if each.given_at is None
            ]
            return {
                "model": model_status.brief(room, settings, store),
                "ask_key": settings.ask_key,
                "asking": asking,
            }
    except GumError as error:
        return {"model": model | {"state": "resting", "sentence": str(error)}, "ask_key": None, "asking": []}


def state_of(room: Room, now: datetime) -> str:
    if room.key is None:
        return "starting" if room.key_state == ASKING_THE_KEYRING else "needs_key"
    if room.progress is not None:
        return "replaying"
    if room.replayed:
        return "replayed"
    refusal = room.gate.refusal(now, room.clock.monotonic_seconds())
    if refusal == gate.NOT_STARTED:
        return "needs_consent"
    if room.watching_trouble is not None:
        return "trouble"
    if refusal is not None:
        return STATE_OF_REFUSAL[refusal]
    recorder = room.recorder
    if recorder is None:
        return "starting"
    return "private" if recorder.private_rule is not None else "watching"


def troubles(room: Room, set_aside: int = 0, set_aside_by_model: int = 0) -> list[str]:
    desk = room.desk
    found = [room.key_trouble, room.watching_trouble, room.thinking_trouble, desk.trouble if desk is not None else None]
    if set_aside:
        reports = f"see the reports in {room.home.crashes}"
        found.append(f"{_episodes_were(set_aside)} set aside after three attempts to understand; {reports}.")
    if set_aside_by_model:
        found.append(
            f"{_episodes_were(set_aside_by_model)} set aside: three times the model’s answer was of no use. "
            "It can try again, on the page “Model”."
        )
    found += [model_status.comparing_trouble(room), room.offering_trouble]
    return [sentence for sentence in found if sentence]


def _episodes_were(number: int) -> str:
    return "One episode was" if number == 1 else f"{number} episodes were"


def _sentence(room: Room, state: str, now: datetime) -> str:
    until = room.gate.paused_until(now)
    done, of = room.progress or (0, 0)
    recorder = room.recorder
    rule = recorder.private_rule if recorder is not None else None
    return SENTENCES[state].format(
        until=clock_time(until, now) if until else "",
        rule=WORDS_FOR_RULE.get(rule, rule) if rule else "the screen is shared",
        done=done,
        all=of,
    )


def _counts(room: Room, now: datetime) -> dict[str, int]:
    if room.key is None:
        return {}
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with ReadingStore(room.home.database, room.key) as store:
        return {
            "observations": store.count_observations(since=midnight),
            "skips": sum(skip.count for skip in store.skips(since=midnight) if skip.rule != OWN_WINDOW),
            "suggestions": len(store.suggestions({"shown"}, limit=MOST_COUNTED)),
            "undigested": store.count_undigested(),
            "set_aside": store.set_aside(),
            # Without a model every episode is one that none has thought about: they are not counted each second.
            "set_aside_by_model": store.set_aside_by_model() if store.settings().model else 0,
        }
