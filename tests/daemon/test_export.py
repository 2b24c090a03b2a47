from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum_app.daemon.export import write_export
from gum_app.errors import BadInput, DatabaseDamaged
from gum_app.store.store import Store
from tests.builders import an_observation


def test_everything_goes_into_one_file_for_its_owner_only(store: Store, tmp_path: Path) -> None:
    store.close_observation(store.open_observation(an_observation(text="chapter one")))
    path = tmp_path / "export.jsonl"
    count = write_export(store, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == count == 2
    assert json.loads(lines[1])["observation"]["title"].startswith("A page")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_touched(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text("mine")
    with pytest.raises(BadInput, match="exists already"):
        write_export(store, path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("name", ["nowhere/export.jsonl", "x" * 300])
def test_a_place_that_cannot_be_written_is_told(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="choose another place"):
        write_export(store, tmp_path / name)


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(OSError(28, "No space left on device"), BadInput), (DatabaseDamaged("It is damaged."), DatabaseDamaged)],
)
def test_half_an_export_is_none(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception, told: type[Exception]
) -> None:
    def lines() -> Iterator[str]:
        yield json.dumps({"gum_export": 1})
        raise trouble

    monkeypatch.setattr(store, "export_lines", lines)
    with pytest.raises(told):
        write_export(store, tmp_path / "export.jsonl")
    assert not (tmp_path / "export.jsonl").exists()
