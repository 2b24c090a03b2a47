"""What a computer tells of itself, and what it does not."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil
import pytest

from gum_app.world import machine
from gum_app.world.machine import disk_free_bytes, is_short_of_memory, read_machine


@pytest.fixture(autouse=True)
def _no_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only the tools that a test puts there are found."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def a_tool(tmp_path: Path, script: str) -> None:
    tool = tmp_path / "bin" / "nvidia-smi"
    tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)


def a_card(drm: Path, name: str, vendor: str, **more: str) -> None:
    folder = drm / name / "device"
    folder.mkdir(parents=True)
    for file, line in {"vendor": vendor, **more}.items():
        (folder / file).write_text(line + "\n", encoding="ascii")


def test_this_computer_tells_what_it_has(tmp_path: Path) -> None:
    told = read_machine(tmp_path / "not" / "yet", drm=tmp_path)
    assert told.memory_bytes == psutil.virtual_memory().total
    assert 0 < told.available_bytes <= told.memory_bytes
    assert told.disk_free_bytes > 0
    assert told.cores >= 1


def test_the_room_of_a_folder_that_is_not_there_is_that_of_the_one_above(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "a" / "b", tmp_path / "file" / "b"):
        assert (disk_free_bytes(folder) or 0) > 0


@pytest.mark.skipif(os.name != "posix", reason="the tool is played by a shell script")
def test_the_cards_of_nvidia_are_told_by_their_tool(tmp_path: Path) -> None:
    a_tool(tmp_path, 'echo "NVIDIA GeForce RTX 4070, 12282, 11034"\necho "Orin, [N/A], [N/A]"\necho nonsense')
    large, shared = read_machine(tmp_path, drm=tmp_path).devices
    assert (large.maker, large.name) == ("nvidia", "NVIDIA GeForce RTX 4070")
    assert (large.total_bytes, large.free_bytes) == (12282 << 20, 11034 << 20)
    assert (shared.name, shared.total_bytes, shared.shares_memory) == ("Orin", None, True)


@pytest.mark.skipif(os.name != "posix", reason="the tool is played by a shell script")
@pytest.mark.parametrize("script", ["exit 9", "while :; do :; done", "printf '\\377\\376'"])
def test_a_tool_that_fails_or_hangs_tells_of_no_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(machine, "NVIDIA_SECONDS", 0.2)
    a_tool(tmp_path, script)
    assert read_machine(tmp_path, drm=tmp_path / "none").devices == ()


def test_the_cards_of_others_are_told_by_the_kernel(tmp_path: Path) -> None:
    drm = tmp_path / "drm"
    a_card(drm, "card0", "0x8086")
    a_card(drm, "card1", "0x1002", mem_info_vram_total=str(16 << 30), mem_info_vram_used=str(1 << 30))
    a_card(drm, "card2", "0x1002", mem_info_vram_total=str(512 << 20), mem_info_vram_used="0")
    a_card(drm, "card3", "0x1a03")  # the console of a server
    a_card(drm, "card1-HDMI-A-1", "0x1002")  # what a cable leads to is no card
    intel, amd, within = read_machine(tmp_path, drm=drm).devices
    assert (intel.maker, intel.total_bytes, intel.shares_memory) == ("intel", None, True)
    assert (amd.maker, amd.free_bytes, amd.shares_memory) == ("amd", 15 << 30, False)
    assert within.shares_memory


def test_a_mac_with_its_own_processor_has_one_that_shares_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    (device,) = read_machine(tmp_path).devices
    assert device.maker == "apple"
    assert device.shares_memory
    assert 0 < (device.total_bytes or 0) < psutil.virtual_memory().total


def test_little_memory_left_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(is_short_of_memory(), bool)
    monkeypatch.setattr(machine, "SHORT_SHARE", 1.0)
    assert is_short_of_memory()
    monkeypatch.setattr(machine, "SHORT_SHARE", 0.0)
    monkeypatch.setattr(machine, "SHORT_BYTES", 0)
    assert not is_short_of_memory()
