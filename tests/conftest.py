"""What holds for every test: a temporary home, no network, no display but the one a test starts itself."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from gum_app import link
from gum_app.paths import Home
from gum_app.world.bus import Bus
from tests.desktop import PATIENCE_SECONDS, desk  # noqa: F401 - desk is a fixture, for every test that wants a real desktop
from tests.engines import tools  # noqa: F401
from tests.painter import painter  # noqa: F401
from tests.tiny_models import tiny  # noqa: F401

# Properties are tried on the same examples each time, for as long as that takes: by itself hypothesis fails a test that
# needed a fifth of a second, and finds a new counterexample on the day of a release. Look for some by
# `pytest --hypothesis-profile=explore`.
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.load_profile("steady")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def pytest_configure(config: pytest.Config) -> None:
    """Hundreds of processes are started. Where nothing may be written beside the sources, each would compile them anew,
    which takes longer than all else it does: what is compiled is kept with what pytest keeps."""
    if "PYTHONDONTWRITEBYTECODE" in os.environ and config.pluginmanager.hasplugin("cacheprovider"):
        assert config.cache is not None
        del os.environ["PYTHONDONTWRITEBYTECODE"]
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(config.cache.mkdir("compiled"))
        sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--slow"):
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes: run with --slow"))


@pytest.fixture(autouse=True, scope="session")
def _patient() -> Iterator[None]:
    """A daemon that needs a library for the first time, or a service that the bus has to start, answers late where four
    tests run on two cores."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(link, "HANDSHAKE_SECONDS", PATIENCE_SECONDS)
        for asks in (link.Asking.__init__, link.ask, link.ask_once):
            patched.setattr(asks, "__kwdefaults__", {"timeout_seconds": PATIENCE_SECONDS})
        patched.setattr(Bus.call, "__kwdefaults__", {"seconds": PATIENCE_SECONDS})
        yield


def _is_this_computer(address: Any) -> bool:
    """Servers that a test starts itself, such as the one models are fetched from. A name is not looked up for this."""
    host = str(address[0]).partition("%")[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def _nothing_leaves_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The real home is out of reach, and so is every network: connecting beyond this computer fails the test."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = tmp_path / "person" / name.lower()
        folder.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(name, str(folder))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX or _is_this_computer(address), f"a test tried to reach {address}"
        real_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "gum")
    home.prepare()
    return home


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for that of a socket; those of pytest may not."""
    with TemporaryDirectory(prefix="gum-") as folder:
        yield Path(folder)


@pytest.fixture
def hooks_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that run in this process what a process of its own sets up: its hooks leave with the test."""
    for module, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))
