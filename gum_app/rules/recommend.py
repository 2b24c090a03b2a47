"""Which model suits this computer, in one sentence that says why. Pure: machine and catalogue in, words out."""

from __future__ import annotations

from dataclasses import dataclass

from gum_app.catalogue import Catalogue, Entry
from gum_app.records import Device, Machine

# Of the whole memory: the rest is for the programs a person has open. 6 GB is the least that holds the smallest model.
MEMORY_SHARE = 0.55
DISK_RESERVE_BYTES = 2_000_000_000  # a disk that runs full is worse than no model
# Without a card a model of 8 billion takes a minute and more for one picture; with few cores, one of 4 does.
MOST_BILLIONS_ON_PROCESSOR = 5.0
MOST_BILLIONS_ON_FEW_CORES = 3.0
FEW_CORES = 4
CARD_SHARE = 0.9


@dataclass(frozen=True, kw_only=True)
class Advice:
    id: str  # "": none of them
    why: str  # one sentence
    otherwise: str = ""  # what a larger one would need, or "" where this is the largest


def recommend(machine: Machine, catalogue: Catalogue) -> Advice:
    """Of the models that see. The largest that runs well, not the largest that runs."""
    sizes = sorted(catalogue.of_kind("sees"), key=lambda entry: entry.parameters_billions)
    family = [
        entry for entry in sizes if entry.template.architecture == catalogue.of_kind("sees")[0].template.architecture
    ]
    good = [entry for entry in family if _runs_well(entry, machine)]
    if not good:
        return Advice(id="", why=_why_none(family[0], machine))
    best = good[-1]
    larger = family[family.index(best) + 1 :]
    return Advice(id=best.id, why=_why(best, machine), otherwise=_wanted(larger[0], machine) if larger else "")


def fits(entry: Entry, machine: Machine) -> tuple[bool, str]:
    """Whether it runs at all, and a sentence about it. Slow counts as running, and is said."""
    memory, disk = entry.memory_bytes(), entry.download_bytes
    if not _has_memory(entry, machine):
        return False, f"It needs about {_gb(memory)} of memory beside your programs; {_has(machine)}."
    if not _has_disk(entry, machine):
        return False, f"It takes {_gb(disk)} on the disk; free up {_gb(_missing(entry, machine))} first."
    if entry.kind == "sees" and not _runs_well(entry, machine):
        return True, "It runs here but slowly: one picture may take minutes."
    return True, f"It fits: {_has(machine)} of memory, and {_gb(machine.disk_free_bytes)} of disk are free."


def _runs_well(entry: Entry, machine: Machine) -> bool:
    if not (_has_memory(entry, machine) and _has_disk(entry, machine)):
        return False
    if _card_for(entry, machine) is not None:
        return True
    most = MOST_BILLIONS_ON_FEW_CORES if machine.cores < FEW_CORES else MOST_BILLIONS_ON_PROCESSOR
    return entry.parameters_billions <= most


def _has_memory(entry: Entry, machine: Machine) -> bool:
    """A card of its own carries most of the model, but its file passes through the memory: a third of it stays."""
    on_card = (card := _card_for(entry, machine)) is not None and not card.shares_memory
    needed = entry.memory_bytes() // 3 if on_card else entry.memory_bytes()
    return needed <= machine.memory_bytes * MEMORY_SHARE


def _card_for(entry: Entry, machine: Machine) -> Device | None:
    """A card that holds all of it. One that shares the memory counts only where it is made for that (Apple's)."""
    for device in machine.devices:
        shares = device.shares_memory and device.maker != "apple"
        if device.total_bytes and not shares and entry.memory_bytes() <= device.total_bytes * CARD_SHARE:
            return device
    return None


def _missing(entry: Entry, machine: Machine) -> int:
    return max(0, entry.download_bytes + DISK_RESERVE_BYTES - machine.disk_free_bytes)


def _has_disk(entry: Entry, machine: Machine) -> bool:
    return _missing(entry, machine) == 0


def _why(entry: Entry, machine: Machine) -> str:
    card = _card_for(entry, machine)
    if card is not None:
        return f"{entry.name} suits this computer: it fits onto the graphics card ({card.name or card.maker})."
    where = "laptop" if machine.has_battery else "computer"
    return f"{entry.name} suits this {where} with {_gb(machine.memory_bytes)} of memory and no card that could hold it."


def _why_none(smallest: Entry, machine: Machine) -> str:
    if not _has_memory(smallest, machine):
        return (
            f"No model of the list runs well here: the smallest needs about {_gb(smallest.memory_bytes())} of memory "
            f"beside your programs, and {_has(machine)}; a server in your house could think instead."
        )
    return (
        f"There is no room for a model: the smallest takes {_gb(smallest.download_bytes)} on the disk; "
        f"free up {_gb(_missing(smallest, machine))} first."
    )


def _wanted(larger: Entry, machine: Machine) -> str:
    memory = f"{_gb(larger.memory_bytes() / MEMORY_SHARE)} of memory"
    if not _has_memory(larger, machine):
        return f"{larger.name} would need a computer with about {memory}."
    if not _has_disk(larger, machine):
        return f"{larger.name} would need {_gb(_missing(larger, machine))} more room on the disk."
    return f"{larger.name} would be slow here: it wants a graphics card with {_gb(larger.memory_bytes() / CARD_SHARE)}."


def _has(machine: Machine) -> str:
    return f"this computer has {_gb(machine.memory_bytes)}"


def _gb(size: float) -> str:
    """Memory is sold as 8 GB and told as 7.7: one digit under ten, none above."""
    return f"{size / 1e9:.1f} GB" if size < 9.95e9 else f"{size / 1e9:.0f} GB"
