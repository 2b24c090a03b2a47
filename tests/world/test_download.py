"""A file is fetched from a real server that drops, lies, stalls and changes its mind; and from a disk that is full."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import resource
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from gum_app.clock import SystemClock
from gum_app.errors import DiskFull, DownloadFailed, GaveWay, GumError
from gum_app.world import download
from gum_app.world.download import Download, Fetched, Pace, Progress
from gum_app.world.part_file import note_of, part_of
from tests.desktop import PATIENCE_SECONDS, until
from tests.world.file_server import FileServer

DATA = random.Random(7).randbytes(600_000)
OTHER = random.Random(8).randbytes(600_000)
SHA256 = hashlib.sha256(DATA).hexdigest()


class Hasty(SystemClock):
    """Does not wait between two tries, and notes how long it should have."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def wait(self, seconds: float, stop: Event) -> bool:
        self.waits.append(seconds)
        return stop.is_set()


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer(files={"/model.gguf": DATA}) as server:
        yield server


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "tiny" / "model.gguf"


def a_download(server: FileServer, target: Path, **more: Any) -> Download:
    usual: dict[str, Any] = {"size_bytes": len(DATA), "sha256": SHA256, "clock": Hasty()}
    return Download(server.url(), target, **(usual | more))


def test_a_server_that_goes_forth_and_back_is_not_asked_for_ever(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time another file under the same name: what came before is thrown away, so nothing is ever gained."""
    monkeypatch.setattr(download, "ENOUGH_BYTES", 100_000)
    server.manners.drop_after = [300_000, 100_000] * 50
    names = (f'"{n}"' for n in itertools.count())

    def told(progress: Progress) -> None:
        if progress.phase == "waiting":
            server.manners.etag = next(names)

    with pytest.raises(DownloadFailed):
        a_download(server, target).run(Event(), told)
    assert len(server.asked) < 20


def is_whole(target: Path) -> bool:
    return target.read_bytes() == DATA and not part_of(target).exists() and not note_of(target).exists()


def failing(fetching: Download) -> str:
    with pytest.raises(GumError) as caught:
        fetching.run(Event())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# When all goes well


def test_a_file_is_fetched_verified_and_for_its_owner_only(server: FileServer, target: Path) -> None:
    told: list[Progress] = []
    fetched = a_download(server, target).run(Event(), told.append)
    assert fetched == Fetched(target, len(DATA), SHA256)
    assert is_whole(target)
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert told[0].phase == "connecting"
    assert (told[-1].phase, told[-1].done_bytes, told[-1].total_bytes) == ("fetching", len(DATA), len(DATA))


def test_one_that_is_there_and_right_is_not_fetched_again(server: FileServer, target: Path) -> None:
    a_download(server, target).run(Event())
    assert a_download(server, target).run(Event()).sha256 == SHA256
    assert len(server.asked) == 1
    target.write_bytes(OTHER)
    a_download(server, target).run(Event())
    assert is_whole(target), "one that is there and wrong is replaced"


def test_a_hash_that_was_not_known_is_told(server: FileServer, target: Path) -> None:
    assert a_download(server, target, sha256=None).run(Event()).sha256 == SHA256


# Pausing and going on


def pause_in_the_midst(server: FileServer, target: Path, at: int = 200_000, **more: Any) -> float:
    """Stopped while the server lets it wait. Returns how many seconds that took."""
    server.manners.pauses_at, stop = at, Event()
    ended: list[BaseException] = []

    def run() -> None:
        try:
            a_download(server, target, **more).run(stop)
        except GaveWay as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: part_of(target).exists() and part_of(target).stat().st_size >= at - 20_000, "the first part")
    began = time.monotonic()
    stop.set()
    thread.join(PATIENCE_SECONDS)
    took = time.monotonic() - began
    (error,) = ended
    assert "paused" in str(error)
    assert not target.exists()
    server.manners.pauses_at = None
    server.go_on.set()
    return took


def test_stopping_takes_no_time_to_speak_of(server: FileServer, target: Path) -> None:
    """The best of some tries: others may want the processor in the same instant."""

    def took_seconds() -> float:
        server.go_on.clear()
        took = pause_in_the_midst(server, target)
        part_of(target).unlink()
        return took

    until(lambda: took_seconds() < 0.3, "it stops at once")


def test_it_goes_on_where_it_was(server: FileServer, target: Path) -> None:
    pause_in_the_midst(server, target)
    kept = part_of(target).stat().st_size
    told: list[Progress] = []
    a_download(server, target).run(Event(), told.append)
    assert is_whole(target)
    assert server.ranges_asked == [None, f"bytes={kept}-"]
    assert "checking" in {progress.phase for progress in told}


def test_a_file_that_changed_meanwhile_is_begun_anew(server: FileServer, target: Path) -> None:
    server.manners.files["/model.gguf"] = OTHER
    pause_in_the_midst(server, target, sha256=None)
    server.manners.files["/model.gguf"], server.manners.etag = DATA, '"two"'
    assert a_download(server, target, sha256=None).run(Event()).sha256 == SHA256


def test_a_server_that_ignores_the_condition_is_found_out(server: FileServer, target: Path) -> None:
    server.manners.files["/model.gguf"] = OTHER
    pause_in_the_midst(server, target, sha256=None)
    server.manners.files["/model.gguf"], server.manners.etag, server.manners.minds_if_range = DATA, '"two"', False
    assert a_download(server, target, sha256=None).run(Event()).sha256 == SHA256


def test_a_part_that_nobody_vouches_for_is_not_continued(server: FileServer, target: Path) -> None:
    """Neither a hash nor a name of the state of the file: the beginning could be of another one."""
    server.manners.etag = ""
    pause_in_the_midst(server, target, sha256=None)
    a_download(server, target, sha256=None).run(Event())
    assert server.ranges_asked == [None, None]
    assert is_whole(target)


def test_with_a_known_hash_no_name_of_a_state_is_needed(server: FileServer, target: Path) -> None:
    server.manners.etag = ""
    pause_in_the_midst(server, target)
    a_download(server, target).run(Event())
    assert server.ranges_asked[1] is not None
    assert is_whole(target)


def test_a_part_of_another_revision_is_not_continued(server: FileServer, target: Path) -> None:
    pause_in_the_midst(server, target, sha256="0" * 64)
    a_download(server, target).run(Event())
    assert server.ranges_asked == [None, None]
    assert is_whole(target)


def test_a_server_without_ranges_begins_anew(server: FileServer, target: Path) -> None:
    server.manners.ranges = False
    pause_in_the_midst(server, target)
    a_download(server, target).run(Event())
    assert is_whole(target)


@pytest.mark.parametrize("wrong", [b"", b"x" * 700_000, DATA[:1000] + b"x" * 1000])
def test_a_part_that_was_tampered_with_is_never_taken_for_the_file(
    server: FileServer, target: Path, wrong: bytes
) -> None:
    pause_in_the_midst(server, target)
    part_of(target).write_bytes(wrong)
    for _ in range(2):  # the second time, where the first found that the bytes are wrong
        try:
            a_download(server, target).run(Event())
        except DownloadFailed as error:
            assert "SHA-256" in str(error)
            assert not target.exists()
    assert is_whole(target)


# Bad lines


def test_a_line_that_is_lost_again_and_again_only_takes_longer(server: FileServer, target: Path) -> None:
    server.manners.drop_after = [100_000, 50_000, 0, 200_000]
    clock, told = Hasty(), list[Progress]()
    a_download(server, target, clock=clock).run(Event(), told.append)
    assert is_whole(target)
    assert clock.waits == [1.0, 2.0, 5.0, 15.0]
    assert len(server.asked) == 5
    assert [p.why for p in told if p.phase == "waiting"] == ["The line to 127.0.0.1 was lost."] * 4


def test_after_some_tries_it_pauses_with_a_sentence_and_keeps_what_has_come(server: FileServer, target: Path) -> None:
    server.manners.drop_after = [100_000, *[0] * 20]
    sentence = failing(a_download(server, target))
    assert sentence == "The line to 127.0.0.1 was lost. 0.1 MB have come and are kept: go on when the line is better."
    assert len(server.asked) == 7
    server.manners.drop_after = []
    a_download(server, target).run(Event())
    assert is_whole(target)


def test_tries_are_counted_anew_where_much_has_come(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "ENOUGH_BYTES", 30_000)
    server.manners.drop_after = [40_000] * 12
    a_download(server, target).run(Event())
    assert is_whole(target)


def test_a_server_that_is_gone_is_told_of(target: Path) -> None:
    with FileServer() as server:
        gone = server
    assert "Try again later" in failing(a_download(gone, target))


def test_one_that_is_busy_is_left_alone_as_long_as_it_wants(server: FileServer, target: Path) -> None:
    server.manners.answers = [(429, {"Retry-After": "9"}), (503, {}), (500, {})]
    clock = Hasty()
    a_download(server, target, clock=clock).run(Event())
    assert clock.waits == [9.0, 2.0, 5.0]
    assert is_whole(target)


def test_stopping_while_it_waits_is_stopping(server: FileServer, target: Path) -> None:
    server.manners.always = (503, {"Retry-After": "600"})
    stop = Event()

    def told(progress: Progress) -> None:
        if progress.phase == "waiting":
            stop.set()

    began = time.monotonic()
    with pytest.raises(GaveWay):
        a_download(server, target, clock=SystemClock()).run(stop, told)
    assert time.monotonic() - began < PATIENCE_SECONDS


@pytest.mark.parametrize("manners", [{"silent": True}, {"drips": True}, {"pauses_at": 0}, {"pauses_at": 100_000}])
def test_a_server_that_stalls_is_a_lost_line(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch, manners: dict[str, Any]
) -> None:
    monkeypatch.setattr(download, "WAITS_SECONDS", (0.0,))
    for name, value in manners.items():
        setattr(server.manners, name, value)
    sentence = failing(a_download(server, target, stall_seconds=0.3))
    assert "does not answer" in sentence or "Next to nothing comes" in sentence or "was lost" in sentence


# Lies


def test_a_length_that_is_too_long_ends_as_a_lost_line(server: FileServer, target: Path) -> None:
    server.manners.length_more_by = 5000
    assert "another file under this name (605,000 bytes instead of 600,000)" in failing(a_download(server, target))


def test_a_length_that_was_right_and_not_kept(server: FileServer, target: Path) -> None:
    server.manners.files["/model.gguf"], server.manners.length_more_by = DATA[:500_000], 100_000
    server.manners.ranges = False
    assert "was lost" in failing(a_download(server, target))
    assert not target.exists()


def test_without_a_length_less_is_noticed(server: FileServer, target: Path) -> None:
    server.manners.files["/model.gguf"], server.manners.says_length = DATA[:500_000], False
    assert "sent less than it promised" in failing(a_download(server, target))
    assert not target.exists()


def test_without_a_length_more_is_noticed(server: FileServer, target: Path) -> None:
    server.manners.says_length, server.manners.extra = False, b"x" * 50_000
    assert "sends more than the file should measure" in failing(a_download(server, target))
    assert not target.exists()


def test_what_comes_after_the_length_is_not_taken(server: FileServer, target: Path) -> None:
    server.manners.extra = b"x" * 50_000
    a_download(server, target).run(Event())
    assert is_whole(target)


def test_wrong_bytes_are_deleted_and_said(server: FileServer, target: Path) -> None:
    server.manners.files["/model.gguf"] = OTHER
    sentence = failing(a_download(server, target))
    assert "not the file it should be (its SHA-256 is another): it was deleted" in sentence
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("manners", "says"),
    [
        ({"kind": "text/html"}, "a web page instead of the file"),
        ({"always": (404, {})}, "does not have this file"),
        ({"always": (403, {})}, "does not give this file to everybody"),
        ({"always": (401, {})}, "does not give this file to everybody"),
    ],
)
def test_what_no_further_try_mends_is_said_at_once(
    server: FileServer, target: Path, manners: dict[str, Any], says: str
) -> None:
    for name, value in manners.items():
        setattr(server.manners, name, value)
    assert says in failing(a_download(server, target))
    assert len(server.asked) == 1
    assert not target.exists()


# Kills

CHILD = """
import os, sys, threading
from pathlib import Path
from gum_app.world.download import Download
url, target, size, sha256, event, count = sys.argv[1:]
left = int(count)
def heard(name, arguments):
    global left
    if name == event and str(arguments[0]).startswith(target):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
if event:
    sys.addaudithook(heard)
Download(url, Path(target), size_bytes=int(size), sha256=sha256 or None).run(threading.Event())
"""


def has_come(target: Path, size: int) -> bool:
    return part_of(target).exists() and part_of(target).stat().st_size >= size


def child(server: FileServer, target: Path, event: str = "", count: int = 1, **more: Any) -> subprocess.Popen[bytes]:
    arguments = [server.url(), target, len(DATA), SHA256, event, count]
    return subprocess.Popen([sys.executable, "-c", CHILD, *map(str, arguments)], stderr=subprocess.PIPE, **more)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_it_may_be_killed_at_any_instant_and_ends_with_the_same_bytes(server: FileServer, target: Path) -> None:
    places = [0, 150_000, 300_000, 550_000]
    for place in places:
        server.manners.pauses_at = place - (part_of(target).stat().st_size if part_of(target).exists() else 0)
        server.paused.clear()
        with child(server, target) as process:
            until(server.paused.is_set, "the server to pause", 20)
            until(partial(has_come, target, place - 70_000), "what was sent", 20)
            process.kill()
            assert process.wait(60) == -signal.SIGKILL
            process.communicate()
        assert not target.exists()
    server.manners.pauses_at = None
    a_download(server, target).run(Event())
    assert is_whole(target)
    assert sum(asked is not None for asked in server.ranges_asked) >= 3, "most of it did not come twice"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize(
    ("event", "count"),
    [("open", 1), ("open", 3), ("os.rename", 1), ("os.rename", 2), ("os.rename", 3), ("os.remove", 1)],
)
def test_it_may_be_killed_between_any_two_steps_at_its_end(
    server: FileServer, target: Path, event: str, count: int
) -> None:
    with child(server, target, event, count) as process:
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
    assert not target.exists() or target.read_bytes() == DATA
    a_download(server, target).run(Event())
    assert target.read_bytes() == DATA
    assert not part_of(target).exists()


# Full disks


def test_the_room_is_looked_at_before_anything_is_fetched(server: FileServer, target: Path) -> None:
    with pytest.raises(DiskFull, match=r"model\.gguf needs [\d,]+\.\d GB more room") as caught:
        a_download(server, target, size_bytes=1 << 49).run(Event())
    assert str(caught.value).endswith("free that up and go on.")
    assert server.asked == []


def no_file_larger_than(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.skipif(os.name != "posix", reason="limits of a process")
def test_a_limit_on_files_keeps_what_has_come_and_says_so(server: FileServer, target: Path) -> None:
    with child(server, target, preexec_fn=no_file_larger_than(250_000)) as process:
        _, complaint = process.communicate(timeout=60)
    last = complaint.decode().splitlines()[-1]
    assert last.startswith("gum_app.errors.DiskFull: model.gguf is larger than this disk or a limit")
    assert last.endswith("0.2 MB have come and are kept.")
    kept = part_of(target).stat().st_size
    assert 150_000 < kept <= 250_000
    a_download(server, target).run(Event())
    assert server.ranges_asked[-1] == f"bytes={kept}-"
    assert is_whole(target)


@contextmanager
def a_small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False
    ).returncode
    if mounted != 0:
        pytest.skip("nobody may mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_disk_that_runs_full_meanwhile_keeps_what_has_come(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "RESERVE_BYTES", 0)
    with a_small_disk(target.parent):
        others = target.parent / "others"

        def told(progress: Progress) -> None:
            if progress.phase == "connecting":  # the room was looked at
                others.write_bytes(bytes(700_000))

        with pytest.raises(DiskFull, match=r"no room left on the disk for model\.gguf.* MB have come and are kept\."):
            a_download(server, target).run(Event(), told)
        kept = part_of(target).stat().st_size
        assert 0 < kept < len(DATA)
        others.unlink()
        a_download(server, target).run(Event())
        assert is_whole(target)
        assert server.ranges_asked[-1] == f"bytes={kept}-"


# Numbers


def test_the_pace_is_smooth_and_tells_how_long_it_takes() -> None:
    pace = Pace(0.0)
    assert pace.seconds_left(1000) is None
    for tenth in range(1, 11):
        pace.feed(100, tenth / 10)
    assert pace.bytes_per_second == pytest.approx(1000, rel=0.01)
    assert pace.seconds_left(5000) == pytest.approx(5, rel=0.01)
    pace.feed(10_000, 2.0)
    assert 1000 < pace.bytes_per_second < 4000, "one gust does not double the number and more"
    for second in itertools.count(3):
        pace.feed(2000, float(second))
        if second == 40:
            break
    assert pace.bytes_per_second == pytest.approx(2000, rel=0.05)


def test_nothing_is_fetched_by_itself(target: Path) -> None:
    """Making a download speaks to nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Download(f"http://127.0.0.1:{listening.getsockname()[1]}/x", target, size_bytes=1, sha256=None)
        listening.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listening.accept()
