from __future__ import annotations

import json
from datetime import timedelta

import pytest

from gum_app.daemon.looks import Episode, episode_of, mark_of
from gum_app.records import ObservationId
from tests.builders import NOON, a_window


def test_an_episode_comes_back_from_its_mark_with_all_but_its_words() -> None:
    episode = Episode(
        window=a_window(title="Dear diary"),
        started_at=NOON,
        ended_at=NOON + timedelta(seconds=30),
        id=ObservationId(7),
        active_at=NOON + timedelta(seconds=30),
        active_seconds=12.5,
        keys=3,
        in_call=True,
        ripe=True,
        dark_shares=[0.1, 0.3],
        reading=2,
    )
    mark = json.loads(json.dumps(mark_of(episode)))
    assert "diary" not in str(mark)
    again = episode_of(mark, a_window(title="Dear diary"))
    assert mark_of(again) == mark_of(episode)
    assert again.reading == 0, "what was being read then is not any more"


def test_how_dark_an_episode_was_is_not_known_before_a_picture() -> None:
    episode = Episode(window=a_window(), started_at=NOON, ended_at=NOON)
    assert episode.dark_share is None
    episode.dark_shares += [0.2, 0.4]
    assert episode.dark_share == pytest.approx(0.3)
