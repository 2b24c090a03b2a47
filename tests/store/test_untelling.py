from __future__ import annotations

from pathlib import Path

from gum_app.store.store import Cutting, Store
from tests.builders import NOON, some_lines
from tests.store.conftest import KEY
from tests.store.life import a_sighting, believe, see, see_pictures
from tests.store.pages import decrypted


def test_rows_that_are_cut_go_with_pictures_sightings_and_what_rested_on_them(store: Store, path: Path) -> None:
    seen = see_pictures(store, "canaryrow one\nplain row")
    store.add_thumbnail(seen, NOON, b"canarythumb")
    believe(store, (seen, "canaryrow one"), text="Says canarytext.")
    stays = believe(store, (seen, "plain row"), text="Says plain.")
    store.digest(
        [seen],
        sightings=[a_sighting(seen, "canaryrow"), a_sighting(seen, "plain row", topic="p")],
        revisions=(),
        at=NOON,
    )
    cutting = Cutting(id=seen, lines=some_lines("plain row"))
    preview = store.cut_kept([cutting], preview=True)
    assert store.observation(seen) is not None
    assert store.cut_kept([cutting], preview=False) == preview
    store.finish_forgetting()
    assert (preview.rows, preview.propositions, preview.sightings, preview.thumbnails) == (1, 1, 1, 1)
    left = store.observation(seen)
    assert left is not None
    assert left.text == "plain row"
    assert store.proposition(stays) is not None
    assert store.integrity() == []
    store.close()
    assert b"canary" not in decrypted(path, KEY)


def test_an_episode_may_go_whole_and_propositions_too(store: Store) -> None:
    seen, told = see(store, "row"), believe(store, text="Says it.")
    report = store.cut_kept([Cutting(id=seen, goes=True)], [told], preview=False)
    assert (report.observations, report.propositions) == (1, 1)
    assert store.observation(seen) is None


def test_one_that_was_forgotten_meanwhile_is_passed_over(store: Store) -> None:
    seen = see(store, "row")
    store.discard_observation(seen)
    assert store.cut_kept([Cutting(id=seen)], preview=False).rows == 0
