"""What a click will do, told beforehand to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gum_app.pipeline.act import gathered, preview
from gum_app.records import ObservationId
from gum_app.suggestions import ACT_KINDS, Act, SuggestionId
from tests.builders import NOON, a_proposition, an_observation

ID = SuggestionId(1)
DRAFT = Act(kind="draft", title="Keys", text="Dear Ann,\nthe keys …")


def test_what_is_shown_is_what_will_be_done() -> None:
    shown = preview(ID, DRAFT, NOON)
    assert shown.act == DRAFT
    assert shown.ending == ".txt"
    assert preview(ID, DRAFT, NOON + timedelta(hours=1)).fingerprint == shown.fingerprint


@pytest.mark.parametrize(
    "change",
    [{"text": "other"}, {"title": "other"}, {"target": "/x"}, {"at": NOON}, {"minutes": 5}, {"kind": "checklist"}],
)
def test_each_change_is_another_fingerprint(change: dict[str, object]) -> None:
    assert preview(ID, replace(DRAFT, **change), NOON).fingerprint != preview(ID, DRAFT, NOON).fingerprint  # type: ignore[arg-type]
    assert preview(SuggestionId(2), DRAFT, NOON).fingerprint != preview(ID, DRAFT, NOON).fingerprint


@pytest.mark.parametrize("kind", ACT_KINDS)
def test_each_deed_can_be_previewed(kind: str) -> None:
    act = Act(kind=kind, title="Keys", at=NOON, minutes=25, target="https://a.example/")  # type: ignore[arg-type]
    assert preview(ID, act, NOON, gathered="# Keys").sentence.endswith(".")


def test_what_was_gathered_is_part_of_what_will_be_done() -> None:
    act = Act(kind="gather", title="Router")
    one, other = (preview(ID, act, NOON, gathered=words) for words in ("# one", "# other"))
    assert one.act.text == "# one"
    assert one.fingerprint != other.fingerprint


def test_what_is_known_is_gathered_with_how_sure_and_where_it_was_read() -> None:
    belief = a_proposition(text="Works on the parcel router.", confidence=0.8)
    seen = an_observation(text="the parcel router fails again\nsomething else here", id=ObservationId(3))
    told = gathered("parcel router", [belief], [seen], NOON)
    assert "- Works on the parcel router. (80%" in told
    assert "the parcel router fails again" in told
    assert "something else" not in told


def test_words_of_the_screen_stay_words_and_secrets_stay_out() -> None:
    seen = an_observation(text="router <script>x</script> [click](http://evil) # now\nrouter password: hunter2hunter2")
    told = gathered("router", [], [seen], NOON)
    assert "\\<script\\>" in told and "\\[click\\]" in told
    assert "hunter2hunter2" not in told


def test_what_the_suggestion_has_found_comes_first() -> None:
    told = gathered("Export failed", [], [], NOON, found="Export failed\n\n#it-help:\nsudo umount -l /mnt/survey")
    assert "> Export failed\n>\n> \\#it-help:\n> sudo umount -l /mnt/survey" in told
    assert "Nothing more is known" not in told


def test_that_nothing_is_known_is_said() -> None:
    assert "Nothing more is known" in gathered("router", [], [], NOON)
