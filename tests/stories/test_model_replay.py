"""An hour of the demo, thought about with a model: a server made up by the tests, and a tiny model that really runs."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

import pytest

from gum_app.daemon.failures import MOST_FAILURES, REST_SECONDS
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore
from gum_app.world import keys
from tests.stories.demo import an_hour_of_it
from tests.stories.processes import a_home, one_sentence, run
from tests.tiny_models import needs_engine
from tests.world.openai_double import OpenAiDouble

SINCE, UNTIL = "2026-04-23T09:00:00", "2026-04-23T10:30:00"


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_hour_of_it(tmp_path_factory.mktemp("hour") / "recording", SINCE, UNTIL)


def opened(home: Home) -> closing[ReadingStore]:
    return closing(ReadingStore(home.database, keys.open_key(home)))


def nothing_is_left(store: ReadingStore) -> bool:
    return not (store.count_undigested() or store.count_waiting_for_model() or store.set_aside())


def test_a_server_sees_each_episode_once_and_nothing_is_left_or_logged(hour: Path, tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with OpenAiDouble() as double:
        done = run(home, "replay", hour, "--endpoint", double.url, "--endpoint-model", "double")
        assert done.returncode == 0, done.stderr
        assert double.counts.images
    with opened(home) as store:
        assert nothing_is_left(store)
        calls = store.calls(1000)
        looks = [call for call in calls if call.pictures]
        assert {call.outcome for call in calls} == {"answered"}
        assert len(looks) <= 40, "twenty an hour"
        assert all(call.pictures <= 3 for call in looks)
        seen = store.observations(with_lines=True)
        told = [account for observation in seen if (account := store.account(observation.id)) is not None]
        assert told
        assert all(account.made_by.startswith("model:double at ") for account in told)
        words = {line.text for observation in seen for line in observation.lines if len(line.words) > 3}
        noted = {cell for call in calls for cell in astuple(call) if isinstance(cell, str)}
        steps = {"observe", "propose", "suggest"}
        assert noted == {*steps, f"double at {double.where}", "answered"}, "numbers alone, else"
        asked_for_offers = [call.at for call in calls if call.step == "suggest"]
        assert 1 <= len(asked_for_offers) <= 5, "three an hour"
        assert all(each.offer.made_by.startswith("rule:") for each in store.suggestions()), "it quoted nothing"
    logged = "\n".join(path.read_text(encoding="utf-8") for path in home.logs.iterdir() if path.is_file())
    assert not [text for text in words if text in logged]
    assert not [account.did for account in told if account.did in logged]
    assert not re.search("traceback", logged, re.IGNORECASE)


@needs_engine
def test_a_tiny_model_thinks_about_the_same_hour(hour: Path, tmp_path: Path, tiny: Path) -> None:
    home = a_home(tmp_path / "home")
    weights, projector = tiny / "smolvlm.gguf", tiny / "smolvlm-mmproj.gguf"
    done = run(home, "replay", hour, "--weights", weights, "--projector", projector)
    assert done.returncode == 0, done.stderr
    with opened(home) as store:
        assert nothing_is_left(store)
        outcomes = {(call.step, call.outcome) for call in store.calls(1000)}
    assert ("observe", "answered") in outcomes
    assert ("propose", "answered") in outcomes


def test_a_server_that_is_not_there_loses_nothing(hour: Path, tmp_path: Path) -> None:
    """What the model could not be asked waits; what is counted is there all the same. Once it answers, it is asked."""
    home = a_home(tmp_path / "home")
    with OpenAiDouble() as double:
        url = double.url
    done = run(home, "replay", hour, "--endpoint", url, "--endpoint-model", "double")
    assert done.returncode == 0, done.stderr
    with opened(home) as store:
        assert store.count_undigested() == 0
        assert store.count_waiting_for_model() > 0
        assert store.set_aside_by_model() == 0
        assert {call.outcome for call in store.calls(1000)} == {"EndpointTrouble"}
    with OpenAiDouble() as double:
        done = run(home, "replay", hour, "--endpoint", double.url, "--endpoint-model", "double")
        assert done.returncode == 0, done.stderr
        assert double.counts.calls
    with opened(home) as store:
        assert nothing_is_left(store)


def test_a_server_that_answers_nonsense_for_a_while_is_left_alone_and_asked_again(hour: Path, tmp_path: Path) -> None:
    home = a_home(tmp_path / "home")
    with OpenAiDouble() as double:
        double.then(*["wrong schema"] * MOST_FAILURES)
        done = run(home, "replay", hour, "--endpoint", double.url, "--endpoint-model", "double")
        assert done.returncode == 0, done.stderr
    with opened(home) as store:
        assert nothing_is_left(store)
        calls = store.calls(1000)[::-1]
    assert [call.outcome for call in calls[:MOST_FAILURES]] == ["AnswerUnfit"] * MOST_FAILURES
    assert {call.outcome for call in calls[MOST_FAILURES:]} == {"answered"}
    last, next_one = calls[MOST_FAILURES - 1].at, calls[MOST_FAILURES].at
    assert next_one - last >= timedelta(seconds=REST_SECONDS[0]), "it rested, by the clock of the recording"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--endpoint", "https://gpu.example.org/v1", "--endpoint-model", "m"), "gpu.example.org"),
        (("--endpoint", "nonsense", "--endpoint-model", "m"), "address"),
        (("--endpoint", "http://127.0.0.1:1/v1"), "calls the model"),
        (("--weights", "/nonexistent.gguf"), "nonexistent.gguf"),
        (("--weights", "a", "--endpoint", "b"), "not both"),
        (("--projector", "a"), "itself"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    hour: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    assert words in one_sentence(run(a_home(tmp_path / "home"), "replay", hour, *options))
