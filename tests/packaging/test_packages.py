"""The wheel and the Debian package are built, installed beside the system, run and removed, with their real tools."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gum_app import __version__
from tests.tiny_models import needs_engine

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 300


def uv() -> str:
    found = os.environ.get("UV") or shutil.which("uv")
    assert found, "run the tests with packaging/test, or by `uv run pytest`"
    return found


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# Fixtures of the module: they still see the person's home, and with it the libraries that uv has fetched already.


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(uv(), "build", "-q", "--wheel", "--out-dir", out, ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def from_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; the libraries are those that are here, for they are tested below."""
    folder = tmp_path_factory.mktemp("environment")
    run(uv(), "venv", "-q", "--clear", "--python", sys.executable, folder)
    run(uv(), "pip", "install", "-q", "--no-deps", "--python", folder / "bin" / "python", wheel)
    (libraries,) = folder.glob("lib/python*/site-packages")
    (libraries / "libraries.pth").write_text(site.getsitepackages()[0], encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def package() -> Iterator[Path]:
    path = f"{Path(uv()).parent}{os.pathsep}{os.environ['PATH']}"
    with TemporaryDirectory(prefix="gum-app-deb-") as out:  # too large for the folders that pytest keeps
        (Path(out) / "begun").touch()
        yield Path(run(sys.executable, ROOT / "packaging" / "build_deb.py", "--out", out, PATH=path).strip())


@pytest.fixture(scope="module")
def system(package: Path) -> Iterator[Path]:
    """A root folder in which nothing but the package is installed."""
    with TemporaryDirectory(prefix="gum-app-system-") as folder:
        root = Path(folder)
        (root / "var/lib/dpkg/updates").mkdir(parents=True)
        (root / "var/lib/dpkg/info").mkdir()
        (root / "var/lib/dpkg/status").touch()
        dpkg(root, "--install", package)
        yield root


def dpkg(root: Path, *command: str | Path) -> str:
    # What it depends on is on this machine, but not in that folder.
    return run(
        "dpkg",
        f"--root={root}",
        f"--log={root}/log",
        "--force-depends",
        "--force-not-root",
        "--force-unsafe-io",
        *command,
    )


def test_the_wheel_carries_prompts_and_resources_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("prompts", "resources"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        ours = {name for name in ours if "__pycache__" not in name and "make" not in name}  # but not what makes them
        ours.discard("resources/screenshot.png")  # only the README shows it
        assert {f"gum_app/{name}" for name in ours} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "packaging"))]


def test_the_installed_wheel_starts_and_finds_what_it_shipped_with(from_wheel: Path, tmp_path: Path) -> None:
    assert run(from_wheel / "bin" / "gum-app", "--version").strip() == f"gum-app {__version__}"
    script = "import gum_app.paths as p; print(p.shipped('resources/icons/gum-app.svg'), p.shipped('prompts'))"
    found = run(from_wheel / "bin" / "python", "-I", "-c", script)
    assert found.count(str(from_wheel)) == 2
    assert not (tmp_path / "person/xdg_data_home/gum-app").exists(), "asking for the version makes no home"


def test_the_package_says_what_it_needs_and_runs_no_scripts_as_root(package: Path, tmp_path: Path) -> None:
    control = dict(
        line.split(": ", 1) for line in run("dpkg-deb", "--field", package).splitlines() if not line.startswith(" ")
    )
    assert control["Version"] == __version__
    needs = control["Depends"].split(", ")
    assert f"python3.{sys.version_info.minor}" in needs
    assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0", "libgomp1"} <= set(needs)
    run("dpkg-deb", "--control", package, tmp_path / "control")
    assert [path.name for path in (tmp_path / "control").iterdir()] == ["control"]


def test_the_installed_package_starts_without_anything_of_this_checkout(system: Path) -> None:
    program = system / "opt/gum-app/bin/gum-app"
    assert run(program, "--version", PYTHONPATH="/nonexistent").strip() == f"gum-app {__version__}"
    where = "import gum_app, numpy, sys; print(gum_app.__file__, numpy.__file__, *sys.path, sep='\\n')"
    found = run(system / "opt/gum-app/bin/python", "-I", "-c", where)
    assert str(ROOT) not in found


def test_the_package_carries_the_source_as_it_is_now(system: Path, package: Path) -> None:
    (installed,) = (system / "opt/gum-app").glob("lib/python*/site-packages/gum_app")
    begun = (package.parent / "begun").stat().st_mtime
    sources = [path for path in (ROOT / "gum_app").rglob("*.py") if path.stat().st_mtime < begun]
    for source in sources:  # those that nobody edited meanwhile
        there = installed / source.relative_to(ROOT / "gum_app")
        assert there.read_bytes() == source.read_bytes(), f"{source.name} is an old one"


def test_the_installed_package_opens_a_window_and_reads_a_picture(system: Path) -> None:
    script = """
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("hello")
label.show()
app.processEvents()
print(app.platformName(), label.isVisible())
import keyring.backends.SecretService, mss, sqlcipher3, tesserocr, Xlib.display
"""
    python = system / "opt/gum-app/bin/python"
    assert run(python, "-I", "-c", script, QT_QPA_PLATFORM="offscreen").strip() == "offscreen True"
    for plugin in (system / "opt/gum-app").rglob("libqxcb.so"):
        assert "not found" not in run("ldd", plugin)


@needs_engine
def test_the_package_brings_the_engine_which_starts(system: Path) -> None:
    script = """
from pathlib import Path
from gum_app import engine
from gum_app.paths import Home
found = engine.need(Home(Path("/nonexistent")))
print(found.folder, [device.kind for device in engine.devices(found)])
import llama_cpp
"""
    told = run(system / "opt/gum-app/bin/python", "-I", "-c", script)
    assert told.startswith(str(system))
    assert "'cpu'" in told


def test_the_package_is_compiled_and_closed_to_everyone_but_root(system: Path, package: Path) -> None:
    assert "/gum_app/__pycache__/paths.cpython-" in run("dpkg-deb", "--contents", package)
    app = system / "opt/gum-app"
    assert not [path for path in app.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o022]


def test_the_menu_of_the_desktop_shows_it(system: Path) -> None:
    entry = system / "usr/share/applications/gum-app.desktop"
    assert run("desktop-file-validate", entry) == ""
    assert "Exec=gum-app\n" in entry.read_text(encoding="utf-8")
    assert (system / "usr/bin/gum-app").readlink() == Path("/opt/gum-app/bin/gum-app")
    assert (system / "usr/share/icons/hicolor/scalable/apps/gum-app.svg").exists()


def test_the_removed_package_leaves_nothing(system: Path) -> None:
    """The last test here: it takes away what the others look at."""
    dpkg(system, "--purge", "gum-app")
    assert {path.name for path in system.iterdir()} == {"var", "log"}
