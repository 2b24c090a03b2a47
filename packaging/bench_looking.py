"""What a look and a reading cost: PYTHONPATH=. uv run python packaging/bench_looking.py

Wall milliseconds, median and worst. A look: ask for the windows, judge them, grab 1920×1080, ask again, find what is
new; on a virtual desktop with three terminals. A reading: each frame of the demo (1600×900) whole, and where it follows
another of the same window only what changed. The audit: what was read of each, judged. Needs xvfb, openbox, xterm,
xdotool, x11-utils, dbus.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from PIL import Image

from gum_app.daemon.glance import Glimpse, glance
from gum_app.paths import shipped
from gum_app.pipeline.audit import audit_window
from gum_app.records import Line, Rect, Window
from gum_app.rules.privacy import SHIPPED
from gum_app.rules.sameness import Baseline, changed_regions
from gum_app.world.hands_x11 import Place, X11Hands
from gum_app.world.reading import TesseractReader
from tests.desktop import Desktop

LOOKS = 200
FRONT = Window(app="firefox", title="A page — Mozilla Firefox")
DEMO = shipped("resources/demo")


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def say(name: str, milliseconds: list[float]) -> None:
    middle, worst = statistics.median(milliseconds), max(milliseconds)
    print(f"{name:<44} median {middle:7.1f} ms   worst {worst:7.1f} ms   ({len(milliseconds)} times)")


def looks() -> None:
    with Desktop() as desk:
        for n, name in enumerate(("alpha", "beta", "gamma")):
            desk.spawn("xterm", "-T", name, "-geometry", f"80x24+{80 + 500 * n}+80", "-e", "cat")
            desk.wait_window("--name", f"^{name}$")
        place = Place(display=desk.display, session_bus=desk.session_bus)
        with closing(X11Hands(place)) as hands:
            baseline: Baseline | None = None

            def look() -> None:
                nonlocal baseline
                seen = glance(hands, SHIPPED)
                if isinstance(seen, Glimpse):
                    baseline = changed_regions(baseline, seen.pictures[0].image).baseline

            hands.next_happening(1.0)
            say("a look with nothing new", [timed(look) for _ in range(LOOKS)])


def readings() -> None:
    whole: list[float] = []
    parts: list[float] = []
    audits: list[float] = []
    with closing(TesseractReader()) as reader:
        print(f"reading with {reader.engine}")
        before: Baseline | None = None
        for line in (DEMO / "events.jsonl").read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["kind"] == "window":
                before = None
            if event["kind"] != "frame":
                continue
            with Image.open(Path(DEMO / event["image"])) as picture:
                image = picture.convert("RGB")
            changed = changed_regions(before, image)
            if before is None:
                full = Rect(x=0, y=0, width=image.width, height=image.height)
                read: list[Line] = []
                whole.append(timed(lambda image=image, full=full, read=read: read.extend(reader.read(image, full))))
                audits.append(timed(partial(audit_window, FRONT, read, rules=SHIPPED, monitor=full)))
            else:
                for region in changed.regions:
                    parts.append(timed(partial(reader.read, image, region)))
            before = changed.baseline
    say("reading a screen that is new", whole)
    say("reading what changed in a window", parts)
    say("judging what was read of a screen", audits)


def main() -> None:
    looks()
    readings()


if __name__ == "__main__":
    main()
