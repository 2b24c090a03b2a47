"""What `doctor` finds: sentences with a way on, and nothing is changed by looking."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum_app import examination
from gum_app.examination import examine
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.desktop import Desktop
from tests.tiny_models import needs_engine

RUNNING = {"state": "watching", "sentence": "Watching.", "trouble": []}


def told(home: Home, **more: object) -> dict[str, bool]:
    findings = examine(home, **({"answer": RUNNING, "key": None} | more))  # type: ignore[arg-type]
    assert all(finding.sentence.endswith(".") for finding in findings)
    return {finding.sentence: finding.fine for finding in findings}


def fine(findings: dict[str, bool], word: str) -> bool:
    (found,) = [is_fine for sentence, is_fine in findings.items() if word in sentence]
    return found


def test_a_home_that_works_is_found_to_work(home: Home) -> None:
    key = keys.make_key(home, "file")
    Store(home.database, key, fold=fold).close()
    findings = told(home, key=key)
    for word in ("is kept in", "MB are free", "can be had", "database opens", "Tesseract", "gum-app runs"):
        assert fine(findings, word)


def test_looking_makes_no_home(tmp_path: Path) -> None:
    findings = told(Home(tmp_path / "new"), answer=None)
    assert not (tmp_path / "new").exists()
    assert fine(findings, "will be kept")
    assert not fine(findings, "No key has been chosen")
    assert not fine(findings, "not running")


def test_a_home_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not fine(told(Home(tmp_path / "file")), "cannot be used")


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not examine(Home(tmp_path / "file" / "home"), answer=None, key=None)[0].fine


@pytest.mark.desktop
def test_what_a_focus_time_would_switch_is_told(home: Home, desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fine(told(home), "has no do not disturb")
    desk.enter(monkeypatch)
    assert fine(told(home), "A focus time switches on do not disturb of Xfce.")


def test_a_full_disk_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "LEAST_FREE_MB", 10**12)
    assert not fine(told(home), "make room")


@pytest.mark.parametrize(
    ("content", "key", "sentence"),
    [
        (b"this is no database", None, "locked"),
        (b"this is no database", bytes(32), "damaged"),
    ],
)
def test_a_broken_database_is_told_where_the_key_is_at_hand(
    home: Home, content: bytes, key: bytes | None, sentence: str
) -> None:
    home.database.write_bytes(content)
    assert fine(told(home, key=key), sentence) == (key is None)


def test_a_wrong_key_is_told(home: Home) -> None:
    Store(home.database, bytes(32), fold=fold).close()
    assert not fine(told(home, key=bytes(range(32))), "does not open")


def test_a_database_made_otherwise_is_told(home: Home) -> None:
    store = Store(home.database, bytes(32), fold=fold)
    store._database.run("ALTER TABLE skips ADD COLUMN more TEXT")
    store.close()
    assert not fine(told(home, key=bytes(32)), "skips")


def test_a_damaged_key_file_is_told(home: Home) -> None:
    home.key_file.write_text("{}")
    assert not fine(told(home), "key.json is damaged")


def test_the_trouble_of_a_running_daemon_is_told(home: Home) -> None:
    answer = {"state": "trouble", "sentence": "Not watching.", "trouble": ["The display is gone."]}
    findings = told(home, answer=answer)
    assert not fine(findings, "Not watching")
    assert not fine(findings, "The display is gone")


def test_the_engine_is_told_and_that_it_is_missing_is_no_fault(home: Home) -> None:
    assert fine(told(home), "llama.cpp")


@needs_engine
def test_what_the_engine_computes_on_is_told(home: Home) -> None:
    assert any("comput" in sentence for sentence in told(home))


def test_what_the_model_does_and_where_words_go_is_told(home: Home) -> None:
    model = {"state": "idle", "sentence": "Ready.", "remote": "gpu.example.org:443", "in_use": "small, the processor"}
    findings = told(home, answer=RUNNING | {"model": model})
    assert fine(findings, "Ready.")
    assert fine(findings, "small, the processor")
    assert fine(findings, "gpu.example.org:443")
    resting = model | {"state": "resting", "sentence": "It crashed."}
    assert not fine(told(home, answer=RUNNING | {"model": resting}), "It crashed.")


def test_no_model_is_not_worth_a_sentence(home: Home) -> None:
    off = {"state": "off", "sentence": "No model thinks.", "remote": "", "in_use": ""}
    assert not any("No model" in sentence for sentence in told(home, answer=RUNNING | {"model": off}))
