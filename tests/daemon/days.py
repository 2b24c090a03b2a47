"""Small recordings, written by a test: each picture is one colour, and the reader knows what stands on which."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from gum_app.records import Line, Rect
from tests.builders import NOON
from tests.daemon.watching import MONITOR, read_lines


class ColorReader:
    """A reader that finds on a picture what a test has said stands on that colour."""

    def __init__(self) -> None:
        self.on: dict[tuple[int, ...], tuple[Line, ...]] = {}

    @property
    def engine(self) -> str:
        return "colours"

    def read(self, image: Image.Image, region: Rect) -> tuple[Line, ...]:
        color = image.getpixel((region.x, region.y))
        assert isinstance(color, tuple)
        return tuple(line for line in self.on[color] if region.covers(line.rect))

    def rest(self) -> None:
        pass

    def close(self) -> None:
        pass


class Day:
    """A recording in the making, and the reader for its pictures."""

    def __init__(self, folder: Path) -> None:
        (folder / "frames").mkdir(parents=True)
        self.folder = folder
        self.reader = ColorReader()
        self.at = NOON
        self._frames = 0

    def after(self, seconds: float) -> Day:
        self.at += timedelta(seconds=seconds)
        return self

    def event(self, kind: str, **fields: Any) -> Day:
        with (self.folder / "events.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps({"at": self.at.isoformat(), "kind": kind, **fields}) + "\n")
        return self

    def window(self, app: str, title: str, *beside: tuple[str, str], **more: Any) -> Day:
        """The front window on the left half, and another one that can be seen on the right."""
        front = {"app": app, "title": title, "rect": [0, 0, 500, 800], "monitor": 0}
        others = [{"app": a, "title": t, "rect": [500, 0, 500, 800], "monitor": 0} for a, t in beside]
        return self.event("window", app=app, title=title, visible=[front | more, *others], **more)

    def show(self, *texts: str, beside: tuple[str, ...] = ()) -> Day:
        """A new picture, with these words in the front window and those beside it."""
        self._frames += 1
        color = (10 * self._frames, 255, 255)
        name = f"frames/{self._frames}.png"
        Image.new("RGB", (MONITOR.rect.width, MONITOR.rect.height), color).save(self.folder / name)
        self.reader.on[color] = read_lines(*texts) + read_lines(*beside, x=540)
        return self.event("frame", image=name, monitor=0)

    def work(self, seconds: float, *, every: float = 20.0, keys: int = 30) -> Day:
        """Somebody is at the machine."""
        end = self.at + timedelta(seconds=seconds)
        while self.at < end:
            self.after(every).event("input", keys=keys, clicks=1, scrolls=0)
        return self


def a_busy_day(folder: Path) -> Day:
    """A bit of everything that a recorder must remember from one event to the next."""
    bank = ("Current account", "Available balance 1,204.17", "Make a transfer", "Standing orders", "Report fraud")
    day = Day(folder).event("wake").event("unlock")
    day.window("libreoffice-writer", "report.odt — LibreOffice Writer", ("chat", "Team"))
    day.after(1).show("The main part of it", beside=("Ben: see you on Friday",)).work(120)
    day.show("The main part of it", "and some more", beside=("Ben: see you on Friday",)).work(60)
    day.window("firefox", "Welcome", ("chat", "Team")).after(1).show(*bank, beside=("Ben: bye",)).work(60)
    day.window("keepassxc", "secrets").work(60)
    day.event("state", sharing=True).window("firefox", "Slides").after(1).show("Slide one").work(90)
    day.event("state", sharing=False, call=True).after(5).show("Slide two").work(60)
    day.after(300).event("idle", seconds=280).after(60).event("input", keys=5).after(1)
    day.event("notification", app="calendar", summary="Dentist at nine", body="tomorrow", urgency="normal")
    day.event("note", text="I prefer to be called after ten.").after(10).event("lock").after(600).event("unlock")
    day.window("firefox", "Tea — Mozilla Firefox", private=True).after(1).show("a gift").work(40)
    day.window("libreoffice-writer", "report.odt — LibreOffice Writer").after(1).show("The main part of it").work(700)
    return day.event("sleep")


def a_troubled_day(folder: Path) -> Day:
    """The same goes wrong again and again, while nobody may disturb; then there is a call, and quiet reading."""
    day = Day(folder).event("state", dnd=True)
    for _ in range(5):
        day.window("foot", "~/survey — foot").after(1).show("cp: plan.qgz: Stale file handle").work(120, every=40)
        day.window("editor", "plan.md — editor").after(1).show("A plan for the garden").work(120, every=40)
    day.window("foot", "~/survey — foot").after(1).show("cp: plan.qgz: Stale file handle").work(20)
    day.event("state", call=True, dnd=False).work(90, keys=5)
    day.event("state", call=False)
    day.window("evince", "Manual — Document viewer").after(1).show("Chapter one of the manual").work(400, keys=5)
    return day.event("idle", seconds=60)
