"""A connection to a bus: real daemons, and what happens when there is none or it goes away."""

from __future__ import annotations

import select
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, message_bus, new_method_call, new_method_return, new_signal

from gum_app.world.bus import MOST_AT_ONCE, Bus, BusLost, NoAnswer, interface_of, member_of, path_of, session_address
from tests.desktop import Desktop, until

pytestmark = pytest.mark.desktop

CAT = DBusAddress("/cat", interface="org.example.Cat")


def arrived(bus: Bus, count: int) -> list[Message]:
    """So many, or more."""
    found: list[Message] = []
    while len(found) < count:
        assert select.select([bus], [], [], 20)[0], "nothing came"
        found += bus.arrived()
    return found


@pytest.fixture
def bus(desk: Desktop) -> Iterator[Bus]:
    bus = Bus(desk.session_bus)
    yield bus
    bus.close()


@pytest.fixture
def other(desk: Desktop) -> Iterator[Bus]:
    bus = Bus(desk.session_bus)
    yield bus
    bus.close()


def test_signals_arrive_in_order_and_only_those_listened_to(bus: Bus, other: Bus) -> None:
    bus.listen(interface="org.example.Cat")
    other.send(new_signal(DBusAddress("/cat", interface="org.example.Dog"), "Barked"))
    for sound in ("purr", "meow"):
        other.send(new_signal(CAT, "Said", "s", (sound,)))
    arrived: list[Message] = []
    while len(arrived) < 2:
        assert select.select([bus], [], [], 5)[0], "nothing came"
        arrived += [m for m in bus.arrived() if interface_of(m) == "org.example.Cat"]
    assert [m.body[0] for m in arrived] == ["purr", "meow"]
    assert member_of(arrived[0]) == "Said" and path_of(arrived[0]) == "/cat"
    assert bus.arrived() == []


def test_a_signal_that_comes_while_we_ask_is_not_lost(bus: Bus, other: Bus) -> None:
    bus.listen(interface="org.example.Cat")
    other.send(new_signal(CAT, "Said", "s", ("purr",)))
    other.names()  # the bus has dealt with the signal
    assert other.name in bus.names()
    assert "Said" in [member_of(m) for m in bus.arrived()]


def test_a_signal_that_is_sent_to_us_alone_counts_only_from_whom_we_listen_to(
    desk: Desktop, bus: Bus, other: Bus
) -> None:
    bus.listen(sender="org.example.Vet", interface="org.example.Cat", member="Said")
    vet = Bus(desk.session_bus)
    vet.call(message_bus.RequestName("org.example.Vet"))
    for program, member, sound in ((other, "Said", "meow"), (vet, "Bit", "snap"), (vet, "Said", "purr")):
        signal = new_signal(CAT, member, "s", (sound,))
        signal.header.fields[HeaderFields.destination] = bus.name
        program.send(signal)
        program.names()  # the bus has dealt with it
    assert [m.body[0] for m in arrived(bus, 1)] == ["purr"]
    vet.close()


def test_who_sends_without_end_is_not_read_without_end(bus: Bus, other: Bus) -> None:
    bus.listen(interface="org.example.Cat")
    for number in range(MOST_AT_ONCE + 10):
        other.send(new_signal(CAT, "Said", "s", (str(number),)))
    other.names()
    found = bus.arrived()
    assert len(found) <= MOST_AT_ONCE

    def all_have_come() -> bool:
        found.extend(bus.arrived())
        return len(found) == MOST_AT_ONCE + 10

    until(all_have_come, "the rest")


def test_a_property_that_is_answered_with_something_else_is_no_answer(bus: Bus, other: Bus) -> None:
    def answer() -> None:
        assert select.select([other], [], [], 20)[0]
        (question,) = [m for m in other.arrived() if member_of(m) == "Get"]
        other.send(new_method_return(question, "s", ("nothing",)))

    answering = threading.Thread(target=answer)
    answering.start()
    odd = DBusAddress("/", bus_name=other.name, interface="org.example.Odd")
    with pytest.raises(NoAnswer, match="something else"):
        bus.property(odd, "Paused")
    answering.join()


def test_a_service_that_does_not_run_is_no_answer(bus: Bus) -> None:
    with pytest.raises(NoAnswer, match=r"ServiceUnknown|NameHasNoOwner"):
        bus.ask(DBusAddress("/", bus_name="org.example.Nobody", interface="org.example.Nobody"), "Hello")


def test_a_service_that_stays_silent_is_no_answer_in_time(bus: Bus, other: Bus) -> None:
    silent = DBusAddress("/", bus_name=other.name, interface="org.example.Silent")
    with pytest.raises(NoAnswer, match=r"Hello was not answered within 0\.05 s"):
        bus.call(new_method_call(silent, "Hello"), seconds=0.05)


def test_an_answer_that_comes_too_late_is_not_taken_for_the_next_one(bus: Bus, other: Bus) -> None:
    slow = DBusAddress("/", bus_name=other.name, interface="org.example.Slow")
    with pytest.raises(NoAnswer):
        bus.call(new_method_call(slow, "Hello"), seconds=0.05)
    (question,) = [m for m in other.arrived() if member_of(m) == "Hello"]
    other.send(new_method_return(question, "s", ("late",)))
    other.names()  # the bus has dealt with the answer
    assert bus.name in bus.names()


@pytest.mark.parametrize("address", [None, "", "unix:path=/nonexistent", "tcp:host=example.org,port=1", "rubbish"])
def test_no_bus_is_bus_lost(address: str | None) -> None:
    with pytest.raises(BusLost):
        Bus(address)


def test_a_bus_that_ends_is_bus_lost_at_the_next_call() -> None:
    with Desktop(window_manager=False) as desk:
        bus = Bus(desk.session_bus)
    assert select.select([bus], [], [], 5)[0], "a lost bus must wake the one that waits for it"
    with pytest.raises(BusLost):
        bus.arrived()
    with pytest.raises(BusLost):
        bus.names()
    bus.close()


def test_without_a_variable_the_bus_of_the_user_is_found_where_it_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() is None
    (tmp_path / "bus").touch()
    assert session_address() == f"unix:path={tmp_path}/bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/elsewhere")
    assert session_address() == "unix:path=/elsewhere"
