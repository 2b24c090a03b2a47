"""What is opened, and what never is. The opener of the desktop is a real program on the path, put there by the test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gum_app.errors import BadInput, NotYet
from gum_app.world.opening import open_target, refusal
from tests.desktop import until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="openers of other platforms were not tried")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each argument that the opener was given, a line each."""
    told = tmp_path / "opened.txt"
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xdg-open", "open"):
        program = folder / name
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >> "{told}"\ncase "$1" in *nobody*) exit 3;; esac\n')
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return told


def test_a_file_a_folder_and_an_address_are_handed_over_whole(opened: Path, tmp_path: Path) -> None:
    file = tmp_path / "a lease; rm -rf $HOME `x`.pdf"
    file.write_text("words")
    targets = [str(file), str(tmp_path), "https://example.org/a?b=1&c=$(x)#d"]
    for target in targets:
        open_target(target)
    until(lambda: opened.exists() and len(opened.read_text().splitlines()) == 6, "all to be opened")
    assert opened.read_text().splitlines() == [line for target in targets for line in ("1", target)]


@pytest.mark.parametrize(
    "target",
    [
        "",
        "lease.pdf",
        "~/lease.pdf",
        "/nonexistent/lease.pdf",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:ann@example.org",
        "ftp://example.org/x",
        "http://",
        "https://bank.example@evil.example/",
        "https://example.org/ --new-window",
        "https://example.org:99999999/",
        "-h",
        "--help",
        "https://exa\nmple.org/",
        "https://example.org/\x00",
        "smb://server/share",
        "vscode://x",
        "/dev/null",
        "https://e.example/" + "a" * 3000,
    ],
)
def test_what_is_no_file_and_no_web_address_is_refused(opened: Path, target: str) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        open_target(target)
    assert not opened.exists()


@pytest.mark.parametrize("name", ["x.desktop", "x.sh", "x.EXE", "x.py", "x.jar", "x.lnk", "x.AppImage", "x.url"])
def test_what_would_run_is_refused_by_its_name(opened: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert "run" in (refusal(str(tmp_path / name)) or "")
    link = tmp_path / "harmless.txt"
    link.symlink_to(tmp_path / name)
    assert "run" in (refusal(str(link)) or ""), "a link does not hide it"
    assert not opened.exists()


def test_what_may_be_run_is_refused_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("#!/bin/sh\n")
    assert refusal(str(file)) is None
    file.chmod(0o700)
    assert "run" in (refusal(str(file)) or "")


def test_a_pipe_and_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert refusal(str(tmp_path / "pipe")) is not None
    assert refusal(str(tmp_path / "a")) is not None


def test_that_nothing_opens_it_is_said(opened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotYet, match="No program on this computer opens that"):
        open_target("https://nobody.example/")
    assert opened.exists()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotYet, match="install"):
        open_target("https://example.org/")
