"""What is recommended to whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum_app.catalogue import load_catalogue
from gum_app.records import Device, Machine
from gum_app.rules.recommend import fits, recommend

GB = 1_000_000_000
CATALOGUE = load_catalogue()


def a_machine(
    memory_gb: float = 16.5, cores: int = 8, disk_gb: float = 200, *devices: Device, battery: bool = True
) -> Machine:
    return Machine(
        memory_bytes=int(memory_gb * GB),
        available_bytes=int(memory_gb * GB / 2),
        disk_free_bytes=int(disk_gb * GB),
        cores=cores,
        has_battery=battery,
        devices=devices,
    )


def a_card(total_gb: float) -> Device:
    return Device(
        maker="nvidia", name="GeForce RTX 4070", total_bytes=int(total_gb * GB), free_bytes=int(total_gb * GB)
    )


METAL = Device(maker="apple", name="Metal", total_bytes=19 * GB, free_bytes=19 * GB, shares_memory=True)
BUILT_IN = Device(maker="intel", shares_memory=True)


@pytest.mark.parametrize(
    ("machine", "id"),
    [
        (a_machine(4.1), ""),
        (a_machine(5.9), ""),
        (a_machine(8.2), "qwen3-vl-2b"),
        (a_machine(8.2, 4, 200, BUILT_IN), "qwen3-vl-2b"),
        (a_machine(16.5), "qwen3-vl-4b"),
        (a_machine(16.5, 2), "qwen3-vl-2b"),
        (a_machine(33.0, 16), "qwen3-vl-4b"),
        (a_machine(16.5, 8, 200, a_card(12.9), battery=False), "qwen3-vl-8b"),
        (a_machine(16.5, 8, 200, a_card(8.5), battery=False), "qwen3-vl-4b"),
        (a_machine(25.8, 10, 200, METAL), "qwen3-vl-8b"),
        (a_machine(16.5, 8, 4.2), "qwen3-vl-2b"),
        (a_machine(16.5, 8, 3), ""),
    ],
)
def test_each_computer_gets_the_largest_that_runs_well(machine: Machine, id: str) -> None:  # noqa: A002
    assert recommend(machine, CATALOGUE).id == id


def test_the_reason_is_a_sentence_and_what_more_would_take_is_another() -> None:
    laptop = recommend(a_machine(8.2), CATALOGUE)
    assert laptop.why.startswith("Qwen3-VL-2B-Instruct Q4_K_M suits this laptop with 8.2 GB of memory")
    assert laptop.otherwise == "Qwen3-VL-4B-Instruct Q4_K_M would need a computer with about 9.2 GB of memory."
    card = recommend(a_machine(16.5, 8, 200, a_card(12.9)), CATALOGUE)
    assert "fits onto the graphics card (GeForce RTX 4070)." in card.why
    assert card.otherwise == ""
    assert "wants a graphics card with 9.0 GB" in recommend(a_machine(33, 16), CATALOGUE).otherwise
    assert "more room on the disk" in recommend(a_machine(16.5, 8, 4.2), CATALOGUE).otherwise


def test_too_little_memory_and_too_little_room_are_told_apart() -> None:
    assert "a server in your house could think instead." in recommend(a_machine(4.1), CATALOGUE).why
    assert recommend(a_machine(16.5, 8, 3), CATALOGUE).why.endswith("free up 0.6 GB first.")


def test_one_may_be_chosen_that_is_slow_but_not_one_that_does_not_fit() -> None:
    large = CATALOGUE.find("qwen3-vl-8b")
    assert fits(large, a_machine(16.5)) == (True, "It runs here but slowly: one picture may take minutes.")
    assert fits(large, a_machine(8.2))[0] is False
    assert "free up 1.8 GB first" in fits(large, a_machine(16.5, 8, 6))[1]
    assert fits(CATALOGUE.find("nomic-embed-text-1.5"), a_machine(4.1))[0]
    small = CATALOGUE.find("qwen3-vl-2b")
    assert fits(small, a_machine(8.2, 8, 40))[1] == (
        "It fits: this computer has 8.2 GB of memory, and 40 GB of disk are free."
    )


@given(st.floats(0.1, 1000), st.integers(1, 128), st.floats(0, 5000), st.floats(0, 100))
def test_what_is_recommended_fits(memory: float, cores: int, disk: float, card: float) -> None:
    machine = a_machine(memory, cores, disk, a_card(card))
    advice = recommend(machine, CATALOGUE)
    assert advice.why.endswith(".")
    if advice.id:
        assert fits(CATALOGUE.find(advice.id), machine)[0]
