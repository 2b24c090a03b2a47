"""What goes wrong while the model thinks by itself about what was seen: the attempt is counted where the episode may be
at fault, the person reads one sentence, the counting goes on, and so does the thinking once the model is well.

A real daemon, a real process of a tiny model, episodes and pictures in the real database. The kills come in the midst
of an answer, which is seen in what GUM_SHOW_MODEL=1 prints, and which is held there.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image

from gum_app.clock import SystemClock
from gum_app.paths import Home, shipped
from gum_app.records import ObservationId, StillFrame
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world import keys
from gum_app.world.llama_pictures import MOST_PIXELS
from tests.builders import an_observation
from tests.desktop import until
from tests.stories.asked import SECONDS, Ask, Shown, a_daemon, asking, eventually, model_process, rests, use
from tests.stories.held import Held
from tests.stories.processes import a_home
from tests.tiny_models import needs_engine

pytestmark = needs_engine

WORDS = "def rebalance(leases):\n    return sorted(leases)\n# keep the oldest lease first\nprint(rebalance([]))"
WELL = ("llava.gguf", "llava-mmproj.gguf")


def a_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def screen() -> bytes:
    with Image.open(shipped("resources/demo/frames/0001.png")) as picture:
        return a_jpeg(picture.convert("RGB"))


def a_thinking_home(folder: Path, pictures: Sequence[bytes], weights: Path, projector: Path, **settings: Any) -> Home:
    """One episode a picture waits there for this model. They lie between half an hour and two hours back."""
    home = a_home(folder)
    with closing(Store(home.database, keys.make_key(home, "file"), fold=fold)) as store:
        chosen = {"model": "own", "model_weights": str(weights), "model_projector": str(projector)}
        for name, value in ({"model_threads": 1, "think_when": "always"} | chosen | settings).items():
            store.put_setting(name, value)
        begun_at = SystemClock().now() - timedelta(minutes=60)
        for picture in pictures:
            ended_at = begun_at + timedelta(minutes=5)
            episode = an_observation(text=WORDS, started_at=begun_at, ended_at=ended_at, active_seconds=300.0)
            id_ = store.open_observation(episode)
            store.put_frames(id_, [StillFrame(observation_id=id_, at=begun_at, jpeg=picture)])
            store.close_observation(id_)
            begun_at = ended_at
    return home


def attempts(home: Home) -> list[int]:
    """How often it was tried in vain to look at each episode."""
    with closing(ReadingStore(home.database, keys.open_key(home))) as store:
        rows = store._database.all("SELECT observe_attempts FROM observations WHERE source = 'screen' ORDER BY id")
    return [int(row["observe_attempts"]) for row in rows]


def tried(home: Home, *times: int) -> None:
    """It is counted a moment after the model is said to rest."""
    eventually(lambda: attempts(home) == list(times), f"they were tried {times} times")


def is_seen(home: Home, id_: int) -> bool:
    with closing(ReadingStore(home.database, keys.open_key(home))) as store:
        return store.account(ObservationId(id_)) is not None


def outcomes(ask: Ask, most: int) -> list[tuple[str, str]]:
    """Of the latest calls, the latest first."""
    return [(call["step"], call["outcome"]) for call in ask("model")["calls"][:most]]


def counting_goes_on(ask: Ask) -> None:
    ask("note", text="Buy three birches.")
    eventually(lambda: ask("status")["undigested"] == 0, "it is counted")


def test_a_model_that_dies_or_hangs_in_the_midst_of_a_thought(
    tmp_path: Path, tiny: Path, endless: Path, screen: bytes
) -> None:
    home, held = a_thinking_home(tmp_path / "home", [screen, screen], endless, tiny / WELL[1]), Held(tmp_path / "held")
    with a_daemon(home, held.command(home)) as (daemon, shown), asking(home) as ask:
        for number, sign in enumerate((signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP), 1):
            in_the_midst_of_answer(number, ask, shown, daemon).send_signal(sign)
        counting_goes_on(ask)
        assert ask("status")["model"]["state"] == "thinking", "it waits for the one that hangs"
        with held.impatient():
            assert "tries again in 15 minutes, or when you say so" in rests(ask, "hung and was ended")
        eventually(lambda: outcomes(ask, 4) == [("observe", "ModelDied")] * 3, "the last one is noted")
        tried(home, 3, 0)

        held.let_one_go_on()
        ask("model_wake")  # the first is told by its words now, and the second is looked at
        eventually(lambda: outcomes(ask, 1) == [("observe", "AnswerUnfit")], "an answer without end is cut off")
        in_the_midst_of_answer(5, ask, shown, daemon)
        use(ask, *(tiny / name for name in WELL))
        eventually(lambda: ("propose", "answered") in outcomes(ask, 1), "all is thought about")
        assert outcomes(ask, 3)[1:] == [("observe", "answered"), ("observe", "gave way")]
        tried(home, 3, 1)
        assert (is_seen(home, 1), is_seen(home, 2)) == (False, True)
        eventually(lambda: ask("status")["model"]["state"] == "idle", "it is at rest")
        assert not [said for said in ask("status")["trouble"] if "set aside" in said]


def in_the_midst_of_answer(number: int, ask: Ask, shown: Shown, daemon: psutil.Process) -> psutil.Process:
    """The model's process, which writes on its answer to question `number`."""
    until(lambda: shown.is_answering(number), f"question {number} is answered", SECONDS)
    assert ask("status")["model"]["state"] == "thinking"
    return model_process(daemon)


def test_what_cannot_be_looked_at_is_told_and_does_not_hold_up_the_rest(
    tmp_path: Path, tiny: Path, screen: bytes
) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    pictures = [screen, screen[: len(screen) // 2], a_jpeg(Image.new("L", (side, side))), screen]
    home = a_thinking_home(tmp_path / "home", pictures, *(tiny / name for name in WELL), context_tokens=2048)
    with a_daemon(home) as _, asking(home) as ask:
        assert "larger in the settings" in rests(ask, "the context of the model holds 2048")
        tried(home, 1, 0, 0, 0)
        counting_goes_on(ask)

        ask("set", name="context_tokens", value=8192)
        rests(ask, "A picture is damaged")
        assert is_seen(home, 1)
        tried(home, 1, 3, 0, 0)

        ask("model_wake")
        rests(ask, "larger than 36 million points")
        tried(home, 1, 3, 3, 0)

        ask("model_wake")
        eventually(lambda: is_seen(home, 4), "the last one is seen")
        eventually(lambda: ("propose", "answered") in outcomes(ask, 1), "all is thought about")
        eventually(lambda: ask("status")["model"]["state"] == "idle", "it is at rest")
        assert not [said for said in ask("status")["trouble"] if "set aside" in said]
