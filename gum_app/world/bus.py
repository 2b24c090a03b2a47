"""One connection to a D-Bus bus: ask with a time limit, listen, and take what has arrived without waiting.

A bus that is not there or goes away is `BusLost`, which callers take as "cannot tell", never as a crash.
"""

from __future__ import annotations

import os
import time
from collections import deque
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageFlag, MessageType, new_method_call
from jeepney import message_bus as daemon
from jeepney.io.blocking import open_dbus_connection

from gum_app.errors import GumError

ANSWER_SECONDS = 2.0  # how long a service may take to answer before it counts as not there
MOST_AT_ONCE = 1000  # messages that are taken in at one time: who sends without end is not read without end
SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"


class BusLost(GumError):
    """There is no such bus, or it has closed the connection."""


class NoAnswer(GumError):
    """The service answered with an error, or not in time."""


def session_address() -> str | None:
    """Where the session bus is; None: this session has none."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    socket = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent", "bus")
    return f"unix:path={socket}" if socket.exists() else None


def system_address() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or SYSTEM_BUS


class Bus:
    """Belongs to the thread that uses it. Raises BusLost at any call once the bus is gone."""

    def __init__(self, address: str | None) -> None:
        if address is None:
            raise BusLost("There is no D-Bus session bus: start gum-app from within your desktop session.")
        try:
            self._connection = open_dbus_connection(bus=address)
        except (OSError, ValueError, RuntimeError) as error:  # refused, not an address, not a kind that can be used
            raise BusLost(f"The D-Bus bus cannot be reached ({error}).") from error
        self._waiting: deque[Message] = deque()
        self._listened_to: list[tuple[str | None, str | None, str | None]] = []  # sender, interface, member

    @property
    def name(self) -> str:
        """The unique name of this connection on the bus."""
        return str(self._connection.unique_name)

    def fileno(self) -> int:
        return int(self._connection.sock.fileno())

    def call(self, message: Message, *, seconds: float = ANSWER_SECONDS) -> tuple[Any, ...]:
        """The body of the answer. Raises NoAnswer. What else arrives meanwhile waits for `arrived`."""
        serial = self._send(message)
        deadline = time.monotonic() + seconds
        while True:
            answer = self._receive(max(deadline - time.monotonic(), 0.0))
            if answer is None:
                raise NoAnswer(f"{member_of(message)} was not answered within {seconds:g} s.")
            if answer.header.fields.get(HeaderFields.reply_serial) != serial:
                self._waiting.append(answer)
            elif answer.header.message_type is MessageType.error:
                raise NoAnswer(f"{member_of(message)} failed: {answer.header.fields.get(HeaderFields.error_name)}.")
            else:
                return tuple(answer.body)

    def ask(
        self, address: DBusAddress, method: str, signature: str | None = None, body: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        """`call` for a service that runs; one that does not is not started for our sake."""
        message = new_method_call(address, method, signature, body)
        message.header.flags |= MessageFlag.no_auto_start
        return self.call(message)

    def property(self, address: DBusAddress, name: str) -> Any:
        of = DBusAddress(address.object_path, bus_name=address.bus_name, interface="org.freedesktop.DBus.Properties")
        match self.ask(of, "Get", "ss", (address.interface, name)):
            case ((str(), value),):  # a variant: its signature, its value
                return value
        raise NoAnswer(f"{name} was answered with something else.")

    def send(self, message: Message) -> None:
        self._send(message)

    def listen(self, *, first: str | None = None, **rule: str) -> None:
        """Have signals delivered that match, e.g. interface="…", member="…"; `first`: their first argument."""
        match = MatchRule(type="signal", **rule)
        if first is not None:
            match.add_arg_condition(0, first)
        self.call(daemon.AddMatch(match))
        self._listened_to.append((rule.get("sender"), rule.get("interface"), rule.get("member")))

    def owner(self, name: str) -> str | None:
        """The unique name of who has this name now."""
        try:
            (unique,) = self.call(daemon.GetNameOwner(name))
        except NoAnswer:
            return None
        return str(unique)

    def names(self) -> set[str]:
        """Every name on the bus now."""
        (names,) = self.call(daemon.ListNames())
        return set(names)

    def arrived(self) -> list[Message]:
        """What is here, oldest first, a thousand messages at most. Does not wait.

        After so many, or after a call, more may have been taken from the socket already, and `select` does not tell of
        them: ask now and then all the same.

        Of signals those that we listen to, and from whom: a rule does not keep away one that is sent to us alone, which
        anybody may do.
        """
        while len(self._waiting) < MOST_AT_ONCE and (message := self._receive(0.0)) is not None:
            self._waiting.append(message)
        messages = list(self._waiting)
        self._waiting.clear()
        return [message for message in messages if self._is_wanted(message)]

    def close(self) -> None:
        self._connection.close()

    def _is_wanted(self, message: Message) -> bool:
        if message.header.message_type is not MessageType.signal:
            return True
        sender, told = sender_of(message), (interface_of(message), member_of(message))
        return any(
            interface in {None, told[0]} and member in {None, told[1]} and self._is_from(name, sender)
            for name, interface, member in self._listened_to
        )

    def _is_from(self, name: str | None, sender: str) -> bool:
        return name in {None, sender} or self.owner(str(name)) == sender

    def _send(self, message: Message) -> int:
        serial = next(self._connection.outgoing_serial)
        try:
            self._connection.send(message, serial=serial)
        except OSError as error:
            raise self._lost() from error
        return int(serial)

    def _receive(self, seconds: float) -> Message | None:
        try:
            return self._connection.receive(timeout=seconds)
        except TimeoutError:
            return None
        except (OSError, ValueError) as error:  # ValueError: closed by us
            raise self._lost() from error

    def _lost(self) -> BusLost:
        return BusLost("The D-Bus bus has closed the connection.")


def interface_of(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.interface, ""))


def member_of(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.member, ""))


def path_of(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.path, ""))


def sender_of(message: Message) -> str:
    """The unique name of who sent it: the bus itself says so, and nobody else can."""
    return str(message.header.fields.get(HeaderFields.sender, ""))
