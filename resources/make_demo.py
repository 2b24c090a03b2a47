"""Writes the demo recording into resources/demo: two days of an invented person, with what is true about them.

Run `uv run python -m resources.make_demo` after a change in resources/demo_maker. It needs Chromium, to draw; the app
and its tests need only what it wrote. It stops, and writes nothing, where a quote cannot be read in its frame.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

from resources.demo_maker import friday, thursday
from resources.demo_maker.check import unreadable
from resources.demo_maker.chromium import Chromium
from resources.demo_maker.desk import HEIGHT, WIDTH, Scene, page_html
from resources.demo_maker.events import Row, recording
from resources.demo_maker.truth import truth

SCENES = (*thursday.SCENES, *friday.SCENES)
HAPPENINGS = (*thursday.HAPPENINGS, *friday.HAPPENINGS)
OUT = Path(__file__).parent / "demo"
README = """# The demo recording

Two days (Thursday 23 and Friday 24 April 2026, +01:00) of Tamsin Orrell, an invented landscape architect in Sheffield:
a planting package whose date moves, a network share that keeps going stale, a plant database that is replaced, a
graduate she mentors, a birthday in Ludlow. Until Thursday 14:48 there is a second monitor at the left (x from -1600).

- `events.jsonl`: what happened. `frames/`: what the monitors showed.
- `truth.json`: what is true about her, what must not be kept, where a careless reader goes wrong. Only for measuring:
  the app never reads it.
- `screen_text.json`: for each frame its visible words, one entry a block (▒ stands for a covered or clipped word), and
  the fingerprint of the page it was drawn from.

All people, firms, places, accounts and numbers are made up; the card is a public test number, tokens and codes are
random. Everything here is written by `resources/make_demo.py`: change the story there, not here.
"""


def frame_paths(scenes: tuple[Scene, ...]) -> dict[str, str]:
    """The file of each frame, numbered in the order of the scenes."""
    names = [name for scene in scenes for name, _ in scene.frames()]
    return {name: f"frames/{number:04}.png" for number, name in enumerate(names, start=1)}


def pages() -> dict[str, str]:
    """The page of each frame, by the frame's name."""
    return {name: page_html(scene, monitor) for scene in SCENES for name, monitor in scene.frames()}


def lines(rows: list[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def fingerprint(page: str) -> str:
    return hashlib.sha256(page.encode()).hexdigest()


def draw() -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Each frame as a PNG file, and its visible words."""
    pictures: dict[str, bytes] = {}
    words: dict[str, list[str]] = {}
    with Chromium(WIDTH, HEIGHT) as chromium:
        for name, page in pages().items():
            picture, words[name] = chromium.draw(page)
            file = io.BytesIO()
            picture.save(file, format="PNG", optimize=True)
            pictures[name] = file.getvalue()
    return pictures, words


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    paths = frame_paths(SCENES)
    rows = recording(SCENES, HAPPENINGS, paths)
    pictures, words = draw()
    known = truth(paths)
    seen = {paths[name]: {"page": fingerprint(page), "text": words[name]} for name, page in pages().items()}
    complaints = unreadable(known, {paths[name]: blocks for name, blocks in words.items()}, rows)
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
        return 1
    frames = OUT / "frames"
    frames.mkdir(parents=True, exist_ok=True)
    for old in frames.glob("*.png"):
        old.unlink()
    for name, data in pictures.items():
        (OUT / paths[name]).write_bytes(data)
    (OUT / "events.jsonl").write_text(lines(rows), encoding="utf-8")
    (OUT / "truth.json").write_text(to_json(known), encoding="utf-8")
    (OUT / "screen_text.json").write_text(to_json(seen), encoding="utf-8")
    (OUT / "README.md").write_text(README, encoding="utf-8")
    print(f"{len(rows)} events, {len(pictures)} frames, {sum(map(len, pictures.values())) / 1e6:.2f} MB of pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
