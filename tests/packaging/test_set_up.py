"""The two commands of the README, up to the point where the package tools would be called: those are stand-ins here."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "readlink", "uname", "env", "cat")
TABLE = """
libEGL.so.1 libegl1
libGL.so.1 libgl1
nosuch nosuch-package
/nosuch file-package
sh dash
/ base
"""


class Machine:
    """A PATH with next to nothing on it; every stand-in writes down how it was called."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or f"/no/{tool}")
        self.put("id", "echo 1000")
        self.put("ldconfig", 'printf "\\tlibEGL.so.1 (libc6,x86-64) => /lib/libEGL.so.1\\n"')

    def put(self, name: str, script: str = "") -> None:
        file = self.bin / name
        file.write_text(f'#!{shutil.which("sh")}\necho "{name} $*" >>{self.calls}\n{script}\n', encoding="utf-8")
        file.chmod(0o755)

    def called(self, name: str) -> list[str]:
        return [line for line in self.calls.read_text(encoding="utf-8").splitlines() if line.split()[0] == name]

    def run(self, script: str, stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", script, str(ROOT / "packaging" / "start")],
            env={"PATH": str(self.bin)},
            stdin=stdin,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def need_packages(self, stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[str]:
        set_up = ROOT / "packaging" / "set_up.sh"
        table = (
            "\nlibEGL.so.1 libegl1\nlibGL.so.1 libgl1\nnosuch nosuch-package\n/nosuch file-package\nsh dash\n/ base\n"
        )
        return self.run(f"set -eu; . {set_up}; need_packages '{table}'; echo on", stdin)

    def answer(self, words: bytes) -> subprocess.CompletedProcess[str]:
        """The same on a terminal, where somebody types."""
        keyboard, terminal = pty.openpty()
        try:
            os.write(keyboard, words)
            return self.need_packages(terminal)
        finally:
            os.close(keyboard)
            os.close(terminal)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_who_may_not_install_is_told_in_one_sentence_what_is_missing_and_how_to_get_it(machine: Machine) -> None:
    machine.put("apt-get")
    done = machine.need_packages()
    assert done.returncode == 1
    assert done.stderr == (
        "These Debian packages are missing: "
        "sudo apt-get install --no-install-recommends libgl1 nosuch-package file-package\n"
    )
    assert machine.called("apt-get") == []


def test_another_system_gets_the_same_names_without_a_tool_it_does_not_have(machine: Machine) -> None:
    done = machine.need_packages()
    assert done.returncode == 1
    assert "libgl1 nosuch-package file-package" in done.stderr
    assert "apt-get" not in done.stderr


def test_root_installs_only_what_is_missing(machine: Machine) -> None:
    machine.put("id", "echo 0")
    machine.put("apt-get")
    done = machine.need_packages()
    assert done.stdout == "on\n"
    update, install = machine.called("apt-get")
    assert update.split()[1] == "update"
    assert install.endswith(" libgl1 nosuch-package file-package")


def test_where_everything_is_there_no_package_tool_is_called(machine: Machine) -> None:
    machine.put("id", "echo 0")
    machine.put("apt-get")
    machine.put("nosuch")
    machine.put("ldconfig", 'printf "\\tlibEGL.so.1 (libc6) => x\\n\\tlibGL.so.1 (libc6) => x\\n"')
    set_up = ROOT / "packaging" / "set_up.sh"
    done = machine.run(f". {set_up}; need_packages 'libGL.so.1 libgl1\nnosuch nosuch-package\n/ base'; echo on")
    assert done.stdout == "on\n"
    assert machine.called("apt-get") == []


def test_on_a_terminal_sudo_is_used_only_after_a_yes(machine: Machine) -> None:
    machine.put("apt-get")
    machine.put("sudo", '"$@"')
    refused = machine.answer(b"\n")
    assert refused.returncode == 1
    assert machine.called("sudo") == []
    agreed = machine.answer(b"y\n")
    assert agreed.stdout == "on\n"
    assert len(machine.called("sudo")) == 2


def test_without_a_terminal_sudo_is_never_used(machine: Machine) -> None:
    machine.put("apt-get")
    machine.put("sudo", '"$@"')
    assert machine.need_packages().returncode == 1
    assert machine.called("sudo") == []


def test_what_the_package_tool_says_is_not_hidden_when_it_fails(machine: Machine) -> None:
    machine.put("id", "echo 0")
    machine.put("apt-get", "echo 'E: no room' >&2; exit 100")
    done = machine.need_packages()
    assert done.returncode == 1
    assert "E: no room" in done.stderr
    assert done.stderr.endswith("The Debian packages could not be installed: apt-get says why above.\n")


def test_a_python_that_is_too_old_is_named(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        machine.put(name, "exit 1")
    done = machine.run(f". {ROOT / 'packaging' / 'set_up.sh'}; need_python")
    assert done.returncode == 1
    assert done.stderr.startswith("gum-app needs Python 3.11 or newer")


def test_the_lock_file_names_only_the_public_registry() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = {part.split("/")[0] for part in lock.split("https://")[1:]}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert "http://" not in lock
