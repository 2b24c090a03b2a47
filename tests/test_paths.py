"""Where things live: for their owner only, and a folder that cannot be used is said in one sentence."""

import stat
from pathlib import Path

import pytest

from gum_app.errors import HomeUnusable
from gum_app.paths import Home, shipped


def test_a_prepared_home_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "home"
    root.mkdir(parents=True, mode=0o755)
    home = Home(root)
    home.prepare()
    for folder in (home.root, home.logs, home.crashes):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_home_that_is_a_file_is_refused_with_a_way_on(tmp_path: Path) -> None:
    root = tmp_path / "file"
    root.write_text("")
    with pytest.raises(HomeUnusable, match="--home"):
        Home(root).prepare()


def test_what_ships_is_found_and_what_does_not_is_an_error() -> None:
    assert shipped("resources").is_dir()
    with pytest.raises(FileNotFoundError, match="install gum-app again"):
        shipped("resources/nothing-of-the-kind")
