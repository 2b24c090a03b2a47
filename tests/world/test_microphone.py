"""Whether a program listens to the microphone, as a sound server tells it; `pactl` is one that the test put there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gum_app.world.microphone import is_listened_to

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody can tell")


@pytest.fixture
def pactl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path / "pactl"


@pytest.mark.parametrize(
    ("says", "listened"),
    [
        ("echo '7\\t1\\t42\\tprotocol-native.c\\ts16le 1ch 44100Hz'", True),
        ("true", False),
        ("echo 'Connection failure: Connection refused' >&2; exit 1", None),
    ],
)
def test_it_is_as_the_sound_server_tells(pactl: Path, says: str, listened: bool | None) -> None:
    pactl.write_text(f"#!/bin/sh\n{says}\n")
    pactl.chmod(0o755)
    assert is_listened_to() is listened


def test_without_a_sound_server_nobody_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert is_listened_to() is None
