"""From scenes and happenings to the lines of events.jsonl, with hands that move as the scene says."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from resources.demo_maker.desk import Box, Happening, Scene, Win

Row = dict[str, Any]
Span = tuple[datetime, datetime]
SEED = 2304  # the hands are drawn by lot, but always the same lot
BEFORE_FRAME = timedelta(seconds=1.4)  # a window is in front for so long before its picture is taken
# Keys, clicks and scrolls of about two minutes, lowest and highest.
PACES: dict[str, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "read": ((0, 14), (4, 12), (18, 70)),
    "click": ((18, 75), (16, 44), (3, 18)),
    "type": ((240, 430), (2, 6), (0, 3)),
    "still": ((0, 4), (0, 3), (0, 2)),
}


def covers(upper: Box, lower: Box) -> bool:
    x, y, width, height = upper
    left, top, wide, tall = lower
    return x <= left and y <= top and x + width >= left + wide and y + height >= top + tall


def seen(windows: Sequence[Win]) -> list[Win]:
    """The windows of which something can be seen, topmost first."""
    return [win for depth, win in enumerate(windows) if not any(covers(up.box, win.box) for up in windows[:depth])]


def told(window: Win) -> Row:
    return {"app": window.app, "title": window.title, "url": window.url, "private": window.private}


def window_row(scene: Scene) -> Row:
    front = scene.windows[0]
    visible = [{**told(win), "rect": list(win.box), "monitor": win.monitor} for win in seen(scene.windows)]
    at = scene.at - BEFORE_FRAME
    return {"at": at, "kind": "window", **told(front), "fullscreen": front.fullscreen, "visible": visible}


def scene_rows(scenes: Sequence[Scene], paths: Mapping[str, str]) -> list[Row]:
    rows: list[Row] = []
    before: list[Row] | None = None
    for scene in scenes:
        row = window_row(scene)
        if row["visible"] != before:
            rows.append(row)
        before = row["visible"]
        for name, monitor in scene.frames():
            rows.append({"at": scene.at, "kind": "frame", "image": paths[name], "monitor": monitor})
    return rows


def awake(happenings: Sequence[Happening]) -> list[Span]:
    """From each unlock to the next lock."""
    marks = [happening for happening in happenings if happening.kind in {"lock", "unlock"}]
    return [(start.at, end.at) for start, end in itertools.pairwise(marks) if start.kind == "unlock"]


def resting(happenings: Sequence[Happening]) -> list[Span]:
    found = [happening for happening in happenings if happening.kind == "idle"]
    return [(rest.at - timedelta(seconds=int(rest.fields["seconds"])), rest.at) for rest in found]


def hands(scenes: Sequence[Scene], happenings: Sequence[Happening]) -> list[Row]:
    """An `input` row about every two minutes while somebody is there."""
    lot, rests, rows = Random(SEED), resting(happenings), []
    for start, end in awake(happenings):
        at = start + timedelta(seconds=lot.randint(50, 90))
        while at < end:
            pace = [scene.pace for scene in scenes if scene.at <= at][-1:] or ["read"]
            keys, clicks, scrolls = (lot.randint(low, high) for low, high in PACES[pace[0]])
            if not any(rest[0] <= at <= rest[1] for rest in rests):
                rows.append({"at": at, "kind": "input", "keys": keys, "clicks": clicks, "scrolls": scrolls})
            at += timedelta(seconds=lot.randint(95, 160))
    return rows


def recording(scenes: Sequence[Scene], happenings: Sequence[Happening], paths: Mapping[str, str]) -> list[Row]:
    """All rows in the order of time; `at` is text as the format wants it."""
    rows = scene_rows(scenes, paths)
    rows += [{"at": happening.at, "kind": happening.kind, **happening.fields} for happening in happenings]
    rows = sorted(rows + hands(scenes, happenings), key=lambda row: row["at"])
    for row in rows:
        exact = "milliseconds" if row["at"].microsecond else "seconds"
        row["at"] = row["at"].isoformat(timespec=exact)
    return rows
