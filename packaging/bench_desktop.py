"""What the running daemon costs on a scripted desktop: PYTHONPATH=. uv run python packaging/bench_desktop.py [SECONDS]

Three terminals on a virtual 1920×1080 screen: SECONDS (120) of work (another window every 4 s, a line of text every 2 s
in two of them and every 10 s in the third), then as long with nothing changing. Measures the daemon's process tree as
the kernel accounts it (/proc): CPU in per cent of one core, PSS, voluntary context switches, bytes written, files
changed; the reader's child apart; and how late each change of window was seen.
Needs xvfb, openbox, xterm, xdotool, x11-utils, dbus.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore
from gum_app.world import keys
from tests.desktop import Desktop, until

SECONDS = 120.0
SWITCH_SECONDS, LINE_SECONDS, PAGE_SECONDS = 4.0, 2.0, 10.0
TERMINALS = ("alpha", "beta", "gamma")
TICKS = os.sysconf("SC_CLK_TCK")
POET = (
    'for i in $(seq {count}); do echo "{name}: line $i of the ordinary work of a day"; sleep {every}; done; sleep 9999'
)


@dataclass(frozen=True)
class Cost:
    """Counters since the process started."""

    cpu_seconds: float
    reader_cpu_seconds: float
    switches: int
    written_bytes: int
    pss_mb: float
    reader_pss_mb: float


def tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(each for file in children for child in file.read_text().split() for each in tree(int(child)))]


def cost(daemon: int) -> Cost:
    """Children that have ended count as the reader: the kernel adds their time to their parent's account."""
    others = tree(daemon)[1:]
    user, system, ended_user, ended_system = cpu_seconds(daemon)
    return Cost(
        cpu_seconds=user + system,
        reader_cpu_seconds=ended_user + ended_system + sum(sum(cpu_seconds(pid)) for pid in others),
        switches=int(sum(map(sum, (counts(file, "voluntary_ctxt_switches") for file in threads(daemon))))),
        written_bytes=int(sum(sum(counts(Path(f"/proc/{pid}/io"), "write_bytes")) for pid in (daemon, *others))),
        pss_mb=pss_mb(daemon),
        reader_pss_mb=sum(map(pss_mb, others)),
    )


def cpu_seconds(pid: int) -> list[float]:
    """User and system time of a process, and of its children that have ended."""
    with suppress(ProcessLookupError, FileNotFoundError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return [int(field) / TICKS for field in fields[11:15]]
    return [0.0] * 4


def threads(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").glob("*/status"))


def pss_mb(pid: int) -> float:
    return sum(counts(Path(f"/proc/{pid}/smaps_rollup"), "Pss")) / 1024


def counts(file: Path, name: str) -> list[float]:
    """Nothing of a process that ends just now."""
    with suppress(ProcessLookupError, FileNotFoundError):
        return [float(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(f"{name}:")]
    return []


def print_span(name: str, before: Cost, after: Cost, seconds: float, files: int, grown: int) -> None:
    print(f"{name}, {seconds:.0f} s")
    print(
        f"  CPU of the daemon           {100 * (after.cpu_seconds - before.cpu_seconds) / seconds:6.2f} % of one core"
    )
    reader = after.reader_cpu_seconds - before.reader_cpu_seconds
    print(f"  CPU of the reader           {100 * reader / seconds:6.2f} % of one core")
    print(f"  memory (PSS)                {after.pss_mb:6.0f} MB, the reader {after.reader_pss_mb:.0f} MB")
    print(f"  wake-ups                    {(after.switches - before.switches) / seconds:6.1f} a second")
    print(f"  written                     {(after.written_bytes - before.written_bytes) / 1e6:6.2f} MB")
    print(f"  files changed               {files:6d}, the home grew by {grown / 1e6:.2f} MB")


def work(desk: Desktop, windows: list[int], seconds: float) -> list[datetime]:
    """Another window to the front every few seconds. Answers when each was asked for."""
    asked, end, turn = [], time.monotonic() + seconds, 0
    while time.monotonic() < end:
        turn += 1
        asked.append(datetime.now(UTC))
        desk.xdo("windowactivate", windows[turn % len(windows)])
        desk.xdo("mousemove_relative", "--", 3 if turn % 2 else -3, 0)  # else it would be taken to be away
        time.sleep(SWITCH_SECONDS)
    return asked


def lateness(home: Home, key: bytes, asked: list[datetime]) -> list[float]:
    """Milliseconds from asking for a window to the beginning of its episode; inf where there is none."""
    with ReadingStore(home.database, key) as store:
        begun = sorted(each.started_at for each in store.observations(limit=10_000))
    late = []
    for at in asked:
        after = [each for each in begun if 0 <= (each - at).total_seconds() < SWITCH_SECONDS]
        late.append((after[0] - at).total_seconds() * 1000 if after else float("inf"))
    return late


def changed_since(home: Home, stamp: float) -> int:
    return sum(path.is_file() and path.stat().st_mtime > stamp for path in home.root.rglob("*"))


def size(home: Home) -> int:
    return sum(path.stat().st_size for path in home.root.rglob("*") if path.is_file())


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder, Desktop() as desk:
        home = Home(Path(folder) / "home")
        home.prepare()
        key = keys.make_key(home, "file")
        for n, name in enumerate(TERMINALS):
            every = LINE_SECONDS if n else PAGE_SECONDS
            poem = POET.format(count=int(seconds / every), name=name, every=every)
            desk.spawn(
                "xterm",
                "-T",
                name,
                "-fa",
                "Monospace",
                "-fs",
                "11",
                "-geometry",
                f"100x30+{80 + 400 * n}+80",
                "-e",
                poem,
            )
        windows = [desk.wait_window("--name", f"^{name}$") for name in TERMINALS]
        daemon = desk.spawn(sys.executable, "-m", "gum_app", "--home", str(home.root), "daemon", "--headless")
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        ask_once(home, {"do": "start", "name": "", "start_at_login": False})
        until(lambda: ask_once(home, {"do": "status"})["state"] in ("watching", "idle"), "the daemon to watch")
        for name, idle in (("working", False), ("nobody there", True)):
            before, stamp, old = cost(daemon.pid), time.time(), size(home)
            if idle:
                time.sleep(seconds)
            else:
                asked = work(desk, windows, seconds)
            print_span(name, before, cost(daemon.pid), seconds, changed_since(home, stamp), size(home) - old)
        late = lateness(home, key, asked)
        seen = [each for each in late if each != float("inf")]
        middle, worst = statistics.median(seen), max(seen)
        print(f"changes of window: {len(seen)} of {len(late)} seen, median {middle:.0f} ms, worst {worst:.0f} ms")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
