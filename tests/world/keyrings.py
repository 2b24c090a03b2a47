"""Real keyrings for tests: gnome-keyring-daemon on a bus of its own, unlocked, or with a password nobody will type."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from jeepney import DBusAddress, MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

READY_SECONDS = 60.0
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default"><allow eavesdrop="true"/><allow send_destination="*"/><allow own="*"/></policy>
</busconfig>
"""  # without the folders of services: nothing starts by itself
PROMPTER = "org.gnome.keyring.SystemPrompter"
SECRETS = DBusAddress("/org/freedesktop/secrets", "org.freedesktop.secrets", "org.freedesktop.Secret.Service")


@contextmanager
def _process(command: list[str], environment: dict[str, str], **pipes: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env=environment, text=True, stderr=subprocess.DEVNULL, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=READY_SECONDS)


@contextmanager
def a_bus() -> Iterator[dict[str, str]]:
    """An empty session bus and short folders; gives the environment of its programs."""
    folder = Path(tempfile.mkdtemp(prefix="bus-"))  # a socket's path must stay short
    config = folder / "bus.conf"
    config.write_text(BUS.format(folder=folder), encoding="utf-8")
    # XDG_RUNTIME_DIR must be known before the bus starts.
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    try:
        with _process(command, environment, stdout=subprocess.PIPE) as bus:
            assert bus.stdout is not None
            yield environment | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
    finally:
        shutil.rmtree(folder)


@contextmanager
def a_keyring(*, unlocked: bool) -> Iterator[dict[str, str]]:
    """A session with a keyring. Locked: set up with a password, then locked, and nobody is there to be asked."""
    with ExitStack() as stack:
        environment = stack.enter_context(a_bus())
        connection = stack.enter_context(open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]))
        appears = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        appears.add_arg_condition(0, SECRETS.bus_name or "")
        connection.send_and_get_reply(message_bus.AddMatch(appears), timeout=READY_SECONDS)
        command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
        with connection.filter(appears) as seen:
            daemon = stack.enter_context(
                _process(command, environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
            )
            assert daemon.stdin is not None
            daemon.stdin.write("the password of the test")
            daemon.stdin.close()
            daemon.stdin = None
            connection.recv_until_filtered(seen, timeout=READY_SECONDS)
        if not unlocked:
            # Whoever shows the question for the password: it has been asked, and is silent.
            person = stack.enter_context(open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]))
            person.send_and_get_reply(message_bus.RequestName(PROMPTER), timeout=READY_SECONDS)
            login = ["/org/freedesktop/secrets/collection/login"]
            connection.send_and_get_reply(new_method_call(SECRETS, "Lock", "ao", (login,)), timeout=READY_SECONDS)
        yield environment
