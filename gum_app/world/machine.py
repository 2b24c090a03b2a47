"""What this computer has: memory, processor, graphics cards, room on the disk.

Never an error: what cannot be told is left out.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import psutil

from gum_app.records import Device, Machine

NVIDIA_SECONDS = 3.0  # a driver that sleeps takes a while; one that hangs must not hold us up
# Metal lets one program use about three quarters of the memory of such a machine: an assumption, not asked.
METAL_SHARE = 0.75
SHORT_BYTES, SHORT_SHARE = 700_000_000, 0.06  # below both, the computer begins to swap

_MAKERS: dict[str, Literal["amd", "intel"]] = {"0x1002": "amd", "0x8086": "intel"}


def read_machine(folder: Path, *, drm: Path = Path("/sys/class/drm")) -> Machine:
    """`folder`: where the app keeps its data; it need not exist yet. Takes up to NVIDIA_SECONDS."""
    memory = psutil.virtual_memory()
    return Machine(
        memory_bytes=memory.total,
        available_bytes=memory.available,
        disk_free_bytes=disk_free_bytes(folder) or 0,
        cores=psutil.cpu_count(logical=False) or psutil.cpu_count() or 1,
        has_battery=_has_battery(),
        devices=_apple(memory.total) or (*_nvidia(), *_others(drm)),
    )


def is_short_of_memory() -> bool:
    """Whether a model should give its memory back now. Costs microseconds."""
    memory = psutil.virtual_memory()
    return bool(memory.available < max(SHORT_BYTES, SHORT_SHARE * memory.total))


def disk_free_bytes(folder: Path) -> int | None:
    """On the disk of this folder, or of the nearest one above it that exists; None: it cannot be told."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
    return None


def _has_battery() -> bool:
    try:
        return psutil.sensors_battery() is not None
    except (OSError, AttributeError):  # no /sys, or a platform that cannot tell
        return False


def _apple(memory_bytes: int) -> tuple[Device, ...]:
    if platform.system() != "Darwin" or platform.machine() != "arm64":
        return ()
    usable = int(memory_bytes * METAL_SHARE)
    return (Device(maker="apple", name="Metal", total_bytes=usable, free_bytes=usable, shares_memory=True),)


def _nvidia() -> list[Device]:
    """As the driver's own tool tells. Without the tool there is no driver, and nothing to compute with."""
    asked = ["nvidia-smi", "--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(asked, capture_output=True, timeout=NVIDIA_SECONDS, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return []
    lines = told.stdout.decode("utf-8", "replace").splitlines()
    return [device for line in lines if (device := _nvidia_line(line)) is not None]


def _nvidia_line(line: str) -> Device | None:
    """`NVIDIA GeForce RTX 4070, 12282, 11034`, in MiB. Machines that share their memory say `[N/A]`."""
    parts = [part.strip() for part in line.rsplit(",", 2)]
    if len(parts) != 3 or not parts[0]:
        return None
    total, free = (int(part) << 20 if part.isdecimal() else None for part in parts[1:])
    return Device(maker="nvidia", name=parts[0], total_bytes=total, free_bytes=free, shares_memory=total is None)


def _others(drm: Path) -> list[Device]:
    """Cards of AMD and Intel, which llama.cpp reaches through Vulkan where it was built with it. Linux only."""
    devices = []
    for vendor in sorted(drm.glob("card[0-9]*/device/vendor")):
        maker = _MAKERS.get(_line(vendor))
        if maker is not None and vendor.parent.parent.name.removeprefix("card").isdecimal():
            devices.append(_card(maker, vendor.parent))
    return devices


def _card(maker: Literal["amd", "intel"], folder: Path) -> Device:
    """amdgpu tells of its memory; that of Intel's is the computer's own in nearly every laptop."""
    total, used = _line(folder / "mem_info_vram_total"), _line(folder / "mem_info_vram_used")
    if not (total.isdecimal() and used.isdecimal()):
        return Device(maker=maker, shares_memory=maker == "intel")
    free = max(0, int(total) - int(used))
    # Graphics within a processor has a small carve-out of the computer's memory; real cards have 4 GB and more.
    return Device(maker=maker, total_bytes=int(total), free_bytes=free, shares_memory=int(total) < 3 << 30)


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
