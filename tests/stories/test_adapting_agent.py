"""An agent that asks before it offers: is now a good time for a film? What is due tells it otherwise.

The paper's third application (agents that adapt, section 6.3): the same wish gets another answer when the person has a
deadline. Real daemon, real link; the agent is a few lines and knows nothing but what it is told.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gum_app.api import Known, NotGranted, UserModel
from gum_app.link import ask_once
from gum_app.paths import Home
from gum_app.world import keys
from tests.stories.asked import a_daemon
from tests.stories.processes import a_home


class FilmAgent:
    """Offers a film in the evening, of a kind that the person likes, unless something is due."""

    def __init__(self, model: UserModel) -> None:
        self._model = model

    def answer(self) -> str:
        due = [known for known in self._due() if known.confidence >= 0.5 and not known.only_others_say_so]
        if due:
            return f"Not tonight: {due[0].text}"
        liked = [known for known in self._model.query("films", kinds=["preference"]) if known.confidence >= 0.5]
        return f"Yes: {liked[0].text}" if liked else "Yes."

    def _due(self) -> tuple[Known, ...]:
        return self._model.query("due deadline", kinds=["schedule", "plan", "task"])


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = a_home(tmp_path_factory.mktemp("agent") / "home")
    keys.make_key(home, "file")
    with a_daemon(home):
        yield home


def tell(home: Home, text: str, kind: str) -> int:
    return int(ask_once(home, {"do": "add", "text": text, "kind": kind})["id"])


def test_is_now_a_good_time_for_a_film(home: Home) -> None:
    tell(home, "Likes slow films about the sea.", "preference")
    with UserModel("film-agent", home=home.root) as model:
        agent = FilmAgent(model)
        with pytest.raises(NotGranted):
            agent.answer()
        kinds = ["preference", "schedule", "plan", "task"]
        ask_once(home, {"do": "grant", "client": "film-agent", "kinds": kinds, "days": 30, "pseudonyms": True})
        assert agent.answer() == "Yes: Likes slow films about the sea."

        due = tell(home, "The grant proposal is due tomorrow at noon.", "schedule")
        assert agent.answer() == "Not tonight: The grant proposal is due tomorrow at noon."

        with model.watch("due deadline", kinds=["schedule"]) as changes:
            assert [known.id for known in next(changes)] == [due]
            ask_once(home, {"do": "say", "id": due, "verdict": "wrong"})  # it is handed in
            assert next(changes) == ()
        assert agent.answer() == "Yes: Likes slow films about the sea."

        tell(home, "Takes sertraline, which is due tomorrow.", "schedule")
        assert agent.answer().startswith("Yes"), "a private matter is none of its business"
        ask_once(home, {"do": "revoke", "client": "film-agent"})
        with pytest.raises(NotGranted, match="does not let “film-agent” ask"):
            agent.answer()
