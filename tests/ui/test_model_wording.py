"""What the page “Model” says, and what it offers to do next."""

from __future__ import annotations

from typing import Any

import pytest

from gum_app import errors
from gum_app.records import Call
from gum_app.ui import model_wording as wording
from gum_app.ui.model_status import Offered, model_status_of
from tests.builders import NOON
from tests.ui import minds


def offered(**more: Any) -> Offered:
    return Offered.model_validate(minds.an_offer(**more))


def acts(answer: dict[str, Any]) -> str | None:
    step = wording.next_step(model_status_of(answer))
    return f"{step.act} {step.model}".strip() if step is not None else None


@pytest.mark.parametrize(
    ("answer", "act"),
    [
        (minds.without_engine(), "build"),
        (minds.building(), "stop_build"),
        (minds.a_mind(), "download qwen3-vl-4b"),
        (minds.downloading(), "pause qwen3-vl-4b"),
        (minds.a_mind(models=[minds.an_offer(state="paused", disk_bytes=9)]), "resume qwen3-vl-4b"),
        (minds.a_mind(models=[minds.an_offer(state="verifying", progress=[1, 2])]), None),
        (minds.a_mind(models=[minds.an_offer(state="ready")]), "use qwen3-vl-4b"),
        (minds.a_mind(models=[minds.an_offer(state="ready", fits=False), minds.SMALL]), None),
        (minds.a_mind(recommended={"id": "", "sentence": "Nothing fits."}), None),
        (minds.a_mind(chosen="qwen3-vl-2b"), "download qwen3-vl-2b"),
        (minds.a_mind(chosen="own"), None),
        (minds.in_use(), None),
        (minds.resting(), "wake"),
        (minds.at_a_server(), None),
        (minds.at_a_server() | {"state": "resting"}, "wake"),
        (minds.in_use(set_aside=1), "wake"),
        (minds.at_a_server() | {"comparing_trouble": "It crashed."}, "wake"),
        (minds.at_a_server() | {"engine": minds.without_engine()["engine"]}, None),
    ],
)
def test_there_is_one_thing_to_do_next(answer: dict[str, Any], act: str | None) -> None:
    assert acts(answer) == act


def test_an_engine_that_cannot_be_built_here_offers_no_button_for_it() -> None:
    engine = minds.without_engine()["engine"] | {"can_build": False}
    assert acts(minds.a_mind(engine=engine)) == "download qwen3-vl-4b"


def test_what_it_costs_is_said_before() -> None:
    build = wording.next_step(model_status_of(minds.without_engine()))
    fetch = wording.next_step(model_status_of(minds.a_mind()))
    assert build is not None
    assert "ten minutes" in build.told
    assert fetch is not None
    assert fetch.text == "Download 3.0 GB"
    assert fetch.told.startswith("Qwen3-VL-4B-Instruct Q4_K_M suits this laptop")
    other = wording.next_step(model_status_of(minds.a_mind(chosen="qwen3-vl-2b")))
    assert other is not None
    assert other.told.startswith("Qwen3-VL-2B-Instruct Q4_K_M. The small size")


def test_a_paused_download_is_not_offered_where_another_model_works() -> None:
    paused = minds.SMALL | {"state": "paused", "disk_bytes": 9}
    working = minds.an_offer(state="ready")
    assert acts(minds.in_use(models=[paused, working])) is None


def test_each_state_has_its_own_title() -> None:
    titles = {wording.title(model_status_of(minds.in_use(state))) for state in wording.STATES}
    assert len(titles) == len(wording.STATES)
    assert wording.title(model_status_of(minds.a_mind())) == "No model is chosen"


def test_a_model_that_only_compares_is_not_said_to_wait_for_thoughts() -> None:
    status = model_status_of(minds.a_mind(embedding_chosen="bge", state="idle", sentence="Nothing waits."))
    assert wording.title(status) == "No model thinks, one compares"
    assert wording.more_than_title(status) == ""
    rests = model_status_of(minds.a_mind(embedding_chosen="bge", state="resting", sentence="Its file is gone."))
    assert wording.more_than_title(rests) == "Its file is gone."


def test_how_far_a_download_is_is_told_in_size_speed_and_time() -> None:
    one = offered(state="downloading", progress=[1_204_000_000, 2_951_255_968], bytes_a_second=11.2e6, seconds_left=156)
    assert wording.how_far(one) == "1.2 GB of 3.0 GB · 11 MB a second · about 3 min left"
    assert wording.how_far(offered(state="downloading", progress=[0, 5000])) == "0 bytes of 5 KB"
    assert wording.how_far(offered(state="paused", progress=[5000, 9000], bytes_a_second=8.0)) == "5 KB of 9 KB"
    nearly = offered(state="downloading", progress=[8000, 9000], seconds_left=3.0)
    assert wording.how_far(nearly).endswith("less than a minute left")
    assert wording.how_far(offered(state="paused", disk_bytes=5000)) == "5 KB of 3.0 GB"
    lost = offered(state="downloading", progress=[8000, 9000], trouble="The line to huggingface.co was lost.")
    assert wording.how_far(lost) == "8 KB of 9 KB · it is tried again by itself"
    assert wording.how_far(offered()) == ""


def test_what_a_model_takes_is_told_with_what_lies_on_the_disk() -> None:
    assert wording.measures(offered()) == "4.4B parameters · 3.0 GB to download · takes 5.1 GB of memory"
    assert wording.measures(offered(disk_bytes=1_204_000_000)).endswith("· 1.2 GB on disk")
    assert wording.licence(offered(licence="Gemma", licence_url="https://ai.google.dev/gemma/terms")) == (
        "Licence: Gemma, https://ai.google.dev/gemma/terms"
    )
    assert wording.licence(offered(licence="", licence_url="")) == "Licence: not told"


def test_the_budget_is_told_in_numbers_and_as_a_share() -> None:
    budget = model_status_of(minds.in_use()).budget
    assert wording.looks(budget) == "7 of 20 episodes looked at this hour, in 15 of 40 pictures"
    assert wording.seconds_computed(budget) == "413 s of 900 s computed this hour"
    assert wording.share(7, 20) == 0.35
    assert wording.share(30, 20) == wording.share(0, 0) == 1.0


def test_what_was_set_aside_is_told_in_a_number_and_why() -> None:
    assert wording.set_aside_told(0) == ""
    assert wording.set_aside_told(1).startswith("1 episode was set aside: three times")
    assert wording.set_aside_told(4).startswith("4 episodes were set aside")


def test_no_way_a_call_can_end_is_without_words() -> None:
    troubles = {kind.__name__ for kind in errors.ModelTrouble.__subclasses__()}
    assert troubles <= set(wording.OUTCOMES)
    assert wording.outcome_told("answered") == "answered"
    assert wording.outcome_told("DiskFull") == "disk full"


def test_a_call_is_told_in_numbers_alone() -> None:
    call = Call(
        at=NOON,
        step="observe",
        model="tiny",
        prompt_tokens=1204,
        reused_tokens=902,
        answer_tokens=85,
        pictures=3,
        pictures_reused=1,
        milliseconds=2400,
    )
    assert wording.tokens_told(call) == "1,204 → 85"
    told = wording.call_told(call)
    assert "1,204 tokens read, 902 of them remembered from before" in told
    assert "3 pictures, 1 of them seen before, 2,400 ms, answered." in told
    assert wording.step_name("observe") == "What you did"
    assert wording.step_name("suggest") == "Suggestions"


def test_what_waits_is_told_only_where_something_does() -> None:
    assert wording.waiting_told(0) == ""
    assert wording.waiting_told(1) == "1 episode waits to be thought about."
    assert wording.waiting_told(4) == "4 episodes wait to be thought about."
