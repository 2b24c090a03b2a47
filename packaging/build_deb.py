"""Builds gum-app_VERSION_ARCHITECTURE.deb: the locked libraries in a private environment under /opt/gum-app.

    uv run python packaging/build_deb.py [--out dist]

It runs on the Python of the system it is installed on, of the same minor version as the one that builds it. Of Qt only
what the app uses goes in. llama.cpp comes along from the environment that runs this, where `packaging/test` puts it. It
has no install scripts: unpacking is all there is to do, and removing leaves nothing.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from py_compile import PycInvalidationMode

from put_engine import put as put_engine

from gum_app import engine
from gum_app.paths import Home

ROOT = Path(__file__).resolve().parents[1]
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
INSTALLED = Path("opt/gum-app")
GLIBC = 34  # 2.34 is the oldest that the Qt wheels run with
ENGINE_NEEDS = ("libgomp1", "libstdc++6")

LAUNCHER = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -I -m gum_app "$@"
"""
CONTROL = """Package: gum-app
Version: {version}
Architecture: {architecture}
Maintainer: The makers of gum-app <gum-app@localhost>
Section: utils
Priority: optional
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager
Description: private, local user model of how you work
 It watches how you use your computer, keeps on this computer alone what it
 concludes, encrypted, and shows, explains and forgets it as you say.
"""

QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtSvg", "QtWidgets")
QT_PLUGINS = (
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "platforminputcontexts/lib[ci]*.so",
    "platforms/libqminimal.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "platformthemes/libqxdgdesktopportal.so",
    "wayland-decoration-client/*.so",
    "wayland-shell-integration/*.so",
    "xcbglintegrations/*.so",
)


def main() -> None:
    options = argparse.ArgumentParser(description="Build the Debian package.")
    options.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    print(build(options.parse_args().out))


def build(out: Path) -> Path:
    with tempfile.TemporaryDirectory(prefix="gum-app-deb-") as folder:
        stage = Path(folder) / "stage"
        put_app(stage / INSTALLED)
        put_desktop_files(stage)
        put_control(stage)
        open_to_readers(stage)
        version, architecture = project()["version"], architecture_here()
        package = out.resolve() / f"gum-app_{version}_{architecture}.deb"
        package.parent.mkdir(parents=True, exist_ok=True)
        run("dpkg-deb", "--root-owner-group", "-Zzstd", "--build", stage, package)
    return package


def put_app(app: Path) -> None:
    """A virtual environment with the app and its libraries, which works wherever it is put."""
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(app), "UV_LINK_MODE": "copy"}
    environment.pop("VIRTUAL_ENV", None)
    # fmt: off
    run("uv", "sync", "-q", "--project", ROOT, "--python", sys.executable, "--no-python-downloads",
        "--frozen", "--no-dev", "--no-editable",
        "--extra", "engine", "--no-install-package", "llama-cpp-python",  # what the engine needs; itself comes below
        "--reinstall-package", "gum-app",  # uv builds it anew only when pyproject.toml is newer
        environment=environment)
    # fmt: on
    for left_over in (".gitignore", ".lock", "CACHEDIR.TAG", "lib64"):
        (app / left_over).unlink(missing_ok=True)
    stay_on_the_systems_python(app)
    libraries = app / "lib" / PYTHON / "site-packages"
    keep_what_is_used_of_qt(libraries / "PySide6")
    if here := engine_here():
        put_engine(here.folder, libraries)
    else:
        print("The package comes without llama.cpp, which is not in this environment.", file=sys.stderr)
    # Only the owner may write there: Python could not compile on first use. Beside the sources, wherever whoever builds
    # this keeps what is compiled.
    sys.pycache_prefix = None
    os.environ.pop("PYTHONPYCACHEPREFIX", None)
    compileall.compile_dir(
        libraries,
        quiet=2,
        stripdir=str(app),
        prependdir=f"/{INSTALLED}",
        workers=0,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def engine_here() -> engine.Engine | None:
    """The one in this environment, not one that somebody built for a home of theirs."""
    return engine.find(Home(Path("/nonexistent")))


def stay_on_the_systems_python(app: Path) -> None:
    for script in (app / "bin").iterdir():
        script.unlink()
    (app / "bin" / "python").symlink_to(f"/usr/bin/{PYTHON}")
    launcher = app / "bin" / "gum-app"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)
    words = "home = /usr/bin\ninclude-system-site-packages = false\n"
    (app / "pyvenv.cfg").write_text(words, encoding="utf-8")


def keep_what_is_used_of_qt(pyside: Path) -> None:
    """The modules and plugins named above, with the libraries that they load, as the loader itself finds them."""
    plugins = pyside / "Qt" / "plugins"
    kept = {file for pattern in QT_PLUGINS for file in plugins.glob(pattern)}
    kept |= {file for module in QT_MODULES for file in pyside.glob(f"{module}.*.so")}
    needed = set(kept)
    for file in kept:
        needed |= {path for path in libraries_of(file) if path.is_relative_to(pyside)}
    kept = needed | {
        file for file in pyside.glob("*.py") if file.stem in {"__init__", "_config", "_git_pyside_version"}
    }
    for path in sorted(pyside.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept and "license" not in path.name.lower():
            path.unlink()


def libraries_of(file: Path) -> set[Path]:
    found = re.findall(r"=> (/.+) \(0x", run("ldd", file))
    return {Path(os.path.normpath(path)) for path in found}  # not resolved: the loader asks for the link by its name


def put_desktop_files(stage: Path) -> None:
    share = stage / "usr" / "share"
    for source, target in {
        ROOT / "packaging" / "gum-app.desktop": share / "applications" / "gum-app.desktop",
        ROOT / "resources" / "icons" / "gum-app.svg": share / "icons" / "hicolor" / "scalable" / "apps" / "gum-app.svg",
        ROOT / "LICENSE": share / "doc" / "gum-app" / "copyright",
        ROOT / "CHANGELOG.md": share / "doc" / "gum-app" / "CHANGELOG.md",
    }.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    (stage / "usr" / "bin").mkdir()
    (stage / "usr" / "bin" / "gum-app").symlink_to(Path("/") / INSTALLED / "bin" / "gum-app")


def put_control(stage: Path) -> None:
    kilobytes = sum(path.lstat().st_size for path in stage.rglob("*")) // 1024
    words = CONTROL.format(
        version=project()["version"],
        architecture=architecture_here(),
        kilobytes=kilobytes,
        depends=", ".join([PYTHON, f"libc6 (>= 2.{glibc(stage)})", *system_libraries(), *ENGINE_NEEDS]),
    )
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN" / "control").write_text(words, encoding="utf-8")


def glibc(stage: Path) -> int:
    """What the libraries of the engine ask for depends on where they were built: they name it."""
    asked = (re.findall(rb"GLIBC_2\.(\d+)", file.read_bytes()) for file in stage.rglob("llama_cpp/lib/*.so"))
    return max(GLIBC, *(int(minor) for minors in asked for minor in minors), 0)


def system_libraries() -> list[str]:
    """The packages that set_up.sh names: one list for a checkout and for the package."""
    table = (ROOT / "packaging" / "set_up.sh").read_text(encoding="utf-8").split("to_run='\n")[1].split("'")[0]
    return sorted(line.split()[1] for line in table.splitlines())


def open_to_readers(stage: Path) -> None:
    """Whatever the umask of the builder: everybody reads, only the owner writes."""
    for path in [stage, *stage.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def project() -> dict[str, str]:
    words = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(words)["project"]
    return found


def architecture_here() -> str:
    return run("dpkg", "--print-architecture").strip()


def run(*command: str | Path, environment: dict[str, str] | None = None) -> str:
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
