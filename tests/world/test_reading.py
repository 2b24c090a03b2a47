from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from gum_app.errors import ReaderFailed
from gum_app.records import Line, Rect
from gum_app.world import reading
from gum_app.world.reading import Reader, TesseractReader, data_folder, installed_languages
from gum_app.world.reading_child import Task
from tests.builders import a_line
from tests.world.pictures import a_screen
from tests.world.scripted_reader import ScriptedReader

ALL = Rect(x=0, y=0, width=800, height=400)
SCREEN = a_screen((40, 60, "Invoices of September"), (40, 300, "Reports of October"))
ANSWER = (a_line("Invoices of September", x=40, y=60), a_line("Reports of October", x=40, y=300))


@pytest.fixture(params=["real", "scripted"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    one: Reader = TesseractReader() if request.param == "real" else ScriptedReader(ANSWER, ANSWER)
    yield one
    one.close()


@pytest.fixture
def real() -> Iterator[TesseractReader]:
    one = TesseractReader()
    yield one
    one.close()


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def child_of(reader: TesseractReader) -> psutil.Process:
    _, child = reader._started()
    return psutil.Process(child.pid)


# What every reader promises


def test_the_lines_of_a_picture_come_in_reading_order(reader: Reader) -> None:
    assert texts(reader.read(SCREEN, ALL)) == ["Invoices of September", "Reports of October"]


def test_only_the_region_is_read_and_boxes_are_pixels_of_the_picture(reader: Reader) -> None:
    (line,) = reader.read(SCREEN, Rect(x=0, y=250, width=800, height=150))
    assert line.text == "Reports of October"
    assert 295 <= line.rect.y <= 315


def test_a_region_beside_the_picture_has_no_lines(reader: Reader) -> None:
    assert reader.read(SCREEN, Rect(x=5000, y=0, width=100, height=100)) == ()


def test_it_reads_again_after_a_rest(reader: Reader) -> None:
    reader.read(SCREEN, ALL)
    reader.rest()
    assert len(reader.read(SCREEN, ALL)) == 2


def test_it_says_what_it_is(reader: Reader) -> None:
    assert reader.engine


# The real one


def test_the_engine_is_named_with_its_version_and_languages(real: TesseractReader) -> None:
    assert real.engine.startswith("Tesseract 5.")
    assert real.engine.endswith(", English")


def test_a_child_that_died_between_two_readings_is_replaced(real: TesseractReader) -> None:
    _, child = real._started()
    child.kill()
    child.join()
    assert len(real.read(SCREEN, ALL)) == 2


def test_a_crash_while_reading_costs_that_reading_alone(real: TesseractReader) -> None:
    with pytest.raises(ReaderFailed, match="crashed"):
        real._ask(Task(pixels=b"", size=(800, 400)))  # no picture is so broken: it stands for a fault in native code
    assert len(real.read(SCREEN, ALL)) == 2


def test_a_child_that_hangs_is_stopped_and_replaced() -> None:
    reader = TesseractReader(read_seconds=0.5)
    hung = child_of(reader)
    hung.suspend()
    with pytest.raises(ReaderFailed, match=r"longer than 0\.5 seconds"):
        reader.read(SCREEN, ALL)
    assert not hung.is_running()
    assert child_of(reader).pid != hung.pid
    reader.close()


def test_a_rest_gives_the_memory_back(real: TesseractReader) -> None:
    child = child_of(real)
    real.rest()
    assert not child.is_running()


@pytest.mark.skipif(sys.platform == "win32", reason="niceness is a Unix word")
def test_the_child_is_modest(real: TesseractReader) -> None:
    child = child_of(real)
    assert child.nice() >= 10
    if sys.platform == "linux":
        assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0), "it must not be able to write a file"
        assert child.rlimit(psutil.RLIMIT_CORE) == (0, 0), "a core dump would hold the screen"


def test_native_code_stays_out_of_the_parent() -> None:
    code = "import sys, gum_app.world.reading; print('tesserocr' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "from gum_app.world.reading import TesseractReader\n"
        "if __name__ == '__main__':\n"
        "    reader = TesseractReader()\n"
        "    reader.engine\n"
        "    print(reader._child.pid, flush=True)\n"
        "    input()\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert parent.stdout is not None and parent.stdin is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    gone, _ = psutil.wait_procs([child], timeout=20)
    parent.stdout.close()
    parent.stdin.close()
    assert gone


def test_a_language_without_data_is_said_with_what_to_do() -> None:
    with pytest.raises(ReaderFailed, match="tesseract-ocr-fin"):
        TesseractReader(("eng", "fin"))


def test_a_language_of_the_system_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("eng", "deu", "osd"):
        (tmp_path / f"{code}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert data_folder(("eng", "deu")) == tmp_path
    assert installed_languages() == ("eng", "deu")


def test_data_that_the_engine_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deu.traineddata").write_bytes(b"no data")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    reader = TesseractReader(("deu",))
    with pytest.raises(ReaderFailed, match="does not start"):
        reader.read(SCREEN, ALL)


def test_the_english_data_comes_with_the_program() -> None:
    assert data_folder(("eng",)) == reading._data_folders()[0]
