"""How quickly the windows open and scroll among many propositions: `uv run python packaging/bench_windows.py [NUMBER]`.

Starts a virtual screen and the real windows on a store with NUMBER (100,000) made-up propositions.
"longest block" is the longest time in which the window could not have reacted to the mouse.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

STARTED = time.monotonic()
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402 - found only after the path is set

from gum_app.clock import SystemClock  # noqa: E402
from gum_app.paths import Home  # noqa: E402
from gum_app.ui.app import Shell  # noqa: E402
from gum_app.ui.theme import dress  # noqa: E402

IMPORTED = time.monotonic()

from tests.desktop import Desktop  # noqa: E402
from tests.ui import life  # noqa: E402
from tests.ui.answering import served  # noqa: E402

PATIENCE_SECONDS = 60.0
STEPS = 300


def until(app: QApplication, ask: Callable[[], bool]) -> tuple[float, float]:
    """Wait for an answer; milliseconds in all, and of the longest single turn of Qt's loop."""
    begun, longest = time.monotonic(), 0.0
    while not ask():
        turn = time.monotonic()
        app.processEvents()
        longest = max(longest, time.monotonic() - turn)
        assert time.monotonic() - begun < PATIENCE_SECONDS
        time.sleep(0.001)
    return 1000 * (time.monotonic() - begun), 1000 * longest


def tell(what: str, took: tuple[float, float]) -> None:
    print(f"{what:<44}{took[0]:8.0f} ms   longest block {took[1]:5.0f} ms")


def measure(home: Home) -> None:
    with served(home):
        begun = time.monotonic()
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        dress(app, "light")
        shell = Shell(home, SystemClock(), app)
        shell.light.start()
        shell.window.open()
        until(app, lambda: shell.window.dashboard is not None)
        assert shell.window.dashboard is not None
        page = shell.window.dashboard.propositions

        def is_read() -> bool:
            return page.model.rowCount() > 0 and page.model.item(0) is not None

        until(app, is_read)
        app.processEvents()
        opened = time.monotonic() - begun
        print(f"{page.model.rowCount():,} propositions; imports took {1000 * (IMPORTED - STARTED):.0f} ms")
        print(f"from the start of the program to the first rows: {1000 * (IMPORTED - STARTED + opened):.0f} ms")
        bar, steps = page.list.verticalScrollBar(), []
        for n in range(STEPS):
            turn = time.monotonic()
            bar.setValue(bar.value() + (60 if n < STEPS // 2 else 40_000))
            page.list.viewport().repaint()
            app.processEvents()
            steps.append(1000 * (time.monotonic() - turn))
        steps.sort()
        median, p95 = steps[STEPS // 2], steps[STEPS * 95 // 100]
        print(f"a step of scrolling: median {median:.1f}, p95 {p95:.1f}, worst {steps[-1]:.0f} ms")
        counted: list[int] = []
        page.model.surveyed.connect(counted.append)

        def change(what: str, do: Callable[[], None]) -> None:
            counted.clear()
            do()
            tell(what, until(app, lambda: bool(counted) and is_read()))

        change("group by kind", lambda: page.filters.grouped.setChecked(True))
        change("and back", lambda: page.filters.grouped.setChecked(False))
        change("search for a common word (120 ms of pause)", lambda: page.filters.search.setText("budget"))
        change("search for a rare one", lambda: page.filters.search.setText("note 4711"))
        change("no search", page.filters.search.clear)
        change("freshest first", lambda: page.filters.order.setCurrentIndex(1))
        page.list.setCurrentIndex(page.model.index(5))
        tell("choose one", until(app, lambda: page.detail.told is not None))
        shell.close()


def main() -> int:
    if "--inside" in sys.argv:
        measure(Home(Path(sys.argv[-1])))
        return 0
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as root, Desktop(size="1360x860") as desktop:
        home = Home(Path(root) / "gum-app")
        home.prepare()
        life.fill(home)
        life.fill_with_many(home, number)
        command = (sys.executable, str(Path(__file__).resolve()), "--inside", str(home.root))
        status = desktop.spawn(*command, more_env={"QT_QPA_PLATFORM": "xcb"}).wait(300)
        print((desktop.root / f"{Path(sys.executable).name}.log").read_text(), end="")
        return status


if __name__ == "__main__":
    sys.exit(main())
