"""The demo recording, or an hour of it, as a folder of its own."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from shutil import copy
from typing import Any

from gum_app.paths import shipped

DEMO = shipped("resources/demo")


def an_hour_of_it(folder: Path, since: str, until: str) -> Path:
    """The events from one instant to another (ISO 8601 without offset), with their pictures."""
    (folder / "frames").mkdir(parents=True)
    kept = []
    for line in (DEMO / "events.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        at = datetime.fromisoformat(event["at"]).replace(tzinfo=None)
        if datetime.fromisoformat(since) <= at <= datetime.fromisoformat(until):
            kept.append(line)
            if "image" in event:
                copy(DEMO / event["image"], folder / event["image"])
    (folder / "events.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def truth() -> dict[str, Any]:
    return dict(json.loads((DEMO / "truth.json").read_text(encoding="utf-8")))
