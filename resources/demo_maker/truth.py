"""truth.json from truth.toml: frames get their files, quotes become evidence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Quotes = list[tuple[str, str]]  # a frame's name, and words that can be read in it
SOURCE = Path(__file__).parent / "truth.toml"
PERSONA = {
    "name": "Tamsin Orrell",
    "role": "landscape architect, Sheffield",
    "note": "invented; no real person or firm is meant",
}


def frames(names: Iterable[str], paths: Mapping[str, str]) -> list[str]:
    return sorted({paths[name] for name in names})


def quoted(quotes: Quotes, paths: Mapping[str, str]) -> Row:
    """The same words twice: by themselves, and each with the frame in which it stands."""
    return {
        "shown": [text for _, text in quotes],
        "quotes": [{"frame": paths[name], "text": text} for name, text in quotes],
    }


def proven(row: Row, paths: Mapping[str, str]) -> Row:
    """A fact or a change with its evidence: the frames of its quotes, and those that show it without words."""
    plain = {key: value for key, value in row.items() if key not in {"quotes", "more"}}
    names = [name for name, _ in row["quotes"]] + row.get("more", [])
    return plain | {"evidence": frames(names, paths)} | quoted(row["quotes"], paths)


def trap(row: Row, paths: Mapping[str, str]) -> Row:
    return row | {"frames": frames((name for name, _ in row["shown"]), paths)} | quoted(row["shown"], paths)


def truth(paths: Mapping[str, str]) -> Row:
    """The whole of truth.json; `paths` gives the file of each frame. Raises KeyError where a frame does not exist."""
    known = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {
        "persona": PERSONA,
        "timezone": "+01:00",
        "days": ["2026-04-23", "2026-04-24"],
        "monitors": [0, 1],
        "facts": [proven(row, paths) for row in known["facts"]],
        "changes": [proven(row, paths) for row in known["changes"]],
        "traps": [trap(row, paths) for row in known["traps"]],
        "private": [row | {"frames": frames(row["frames"], paths)} for row in known["private"]],
        "moments": [row | {"evidence": frames(row.get("evidence", []), paths)} for row in known["moments"]],
        "questions": [{"facts": []} | row for row in known["questions"]],
    }
