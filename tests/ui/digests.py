"""What other programs showed in the made-up life, judged as the daemon judges it."""

from __future__ import annotations

from datetime import timedelta

from gum_app.daemon.triage import judged
from gum_app.digest import DigestId
from gum_app.pipeline.audit import lines_of
from gum_app.records import Observation, ObservationId, Urgency
from gum_app.store.store import Store
from tests.builders import an_observation
from tests.ui.life import NOW

# minutes ago, program, urgency, title, text
SHOWN: tuple[tuple[int, str, Urgency, str, str], ...] = (
    (1700, "Backups", "low", "Backup finished", "2.1 GB copied"),
    (420, "Slack", "normal", "Garden centre", "Everything must go: 30 % off all bulbs, only today, act now!!!"),
    (390, "Thunderbird", "normal", "Tomasz Lewandowski", "Re: Kestrel Park, soil report of the drainage sections"),
    (260, "Calendar", "normal", "Site visit in 15 minutes", "Kestrel Park, north gate"),
    (95, "Software Sources", "low", "Update Manager", "6 updates are available"),
    (61, "Signal", "normal", "Class 4 parents", "I moved to Leeds, who wants my bunk bed?"),
    (40, "Power", "critical", "Battery low", "8 % left, about 11 minutes"),
)


def fill(store: Store, *, judge: bool = True) -> list[DigestId]:
    """The oldest first; the last two stand for what was not read, and what was only counted."""
    ids = []
    for minutes, app, urgency, title, text in SHOWN:
        at = NOW - timedelta(minutes=minutes)
        seen = store.open_observation(_observation(app, title, text, minutes))
        store.close_observation(seen)
        ids.append(store.add_to_digest(at=at, urgency=urgency, observation_id=ObservationId(seen)))
    store.note_shown(ids[3], NOW - timedelta(minutes=260))
    for _ in range(14):
        store.count_one_more(ids[5])
    ids.append(store.add_to_digest(at=NOW - timedelta(minutes=30), urgency="normal", rule="locked"))
    if judge:
        for id_ in ids[:-1]:
            item = store.digest_item(id_)
            assert item is not None
            store.put_judgement(id_, judged(store, item, {}))
        store.put_setting("triage_notifications", True)
    return ids


def _observation(app: str, title: str, text: str, minutes: int) -> Observation:
    at = NOW - timedelta(minutes=minutes)
    return an_observation(
        source="notification", app=app, title=title, started_at=at, ended_at=at, lines=lines_of(f"{title}\n{text}")
    )
