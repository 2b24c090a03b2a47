"""What the commands print. The names in the JSON are a promise."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app import reports
from gum_app.records import PERSON, Curve, Skip
from gum_app.rules.revisions import fold
from gum_app.store.forgetting import ForgetReport
from gum_app.store.listing import PropositionQuery
from gum_app.store.rulings import Tally
from gum_app.store.store import Store
from tests.builders import NOON, a_proposition, a_revision, a_spot_check, an_observation, some_evidence

KEY = bytes(range(32))
BELIEF = a_proposition(
    evidence=(some_evidence("“parcel router”", weight=0.5),),
    revisions=(a_revision(id=1), a_revision("doubted", id=2, why="Seen otherwise.", made_by=PERSON)),
)


def printed(print_: Any, *values: Any, as_json: bool) -> str:
    out = io.StringIO()
    print_(out, *values, as_json=as_json)
    return out.getvalue()


def test_a_proposition_as_json_has_all_that_is_promised() -> None:
    told = reports.proposition_json(BELIEF, NOON + timedelta(days=14))
    assert set(told) >= {
        *("id", "text", "kind", "confidence", "confidence_raw", "half_life_days", "freshness", "state"),
        *("created_at", "last_supported_at", "pinned", "evidence", "revisions"),
    }
    assert told["freshness"] == 0.5
    assert told["created_at"] == NOON.isoformat()
    (evidence,) = told["evidence"]
    assert set(evidence) >= {"observation_id", "quote", "supports", "at", "app"}
    assert [set(revision) >= {"kind", "at", "why", "made_by", "text", "confidence"} for revision in told["revisions"]]
    assert json.loads(json.dumps(told)) == told


def test_the_story_of_a_proposition_answers_why_since_when_how_sure_and_by_whom() -> None:
    story = printed(reports.print_story, BELIEF, NOON + timedelta(days=14), as_json=False)
    for part in ("60% sure", "50% fresh", "14.0 days", "for      firefox", "parcel router", "doubted", "person"):
        assert part in story
    assert json.loads(printed(reports.print_story, BELIEF, NOON, as_json=True))["id"] == 1


def test_observations_are_listed_with_how_long_somebody_was_there() -> None:
    seen = an_observation(text="hello\nthere", active_seconds=90.0, keys=7)
    line = printed(reports.print_observations, [seen], as_json=False)
    assert "1.5 min" in line
    assert "hello" not in line, "the list stays a list"
    (told,) = json.loads(printed(reports.print_observations, [seen], as_json=True))
    assert (told["text"], told["active_seconds"], told["keys"], told["source"]) == ("hello\nthere", 90.0, 7, "screen")


def test_no_sign_in_a_title_commands_the_terminal() -> None:
    seen = an_observation(title="a\x1b]0;b\x07c\x9b31m")
    assert "a�]0;b�c�31m" in printed(reports.print_observations, [seen], as_json=False)
    told = printed(reports.print_observations, [seen], as_json=True)
    assert not {"\x1b", "\x07", "\x9b"} & set(told)
    assert json.loads(told)[0]["title"] == seen.title


def test_rulings_are_listed_by_kind_and_rule_and_never_by_what_they_were_about() -> None:
    tally = Tally(
        matter="health",
        keeping="without detail",
        rule="a telling word",
        app="firefox",
        whose="person",
        count=3,
        first_at=NOON,
        last_at=NOON,
    )
    told = printed(reports.print_tallies, [tally], as_json=False)
    assert "3 ×  health, without its words: a telling word (firefox)" in told
    (row,) = json.loads(printed(reports.print_tallies, [tally], as_json=True))
    assert (row["matter"], row["count"], row["last_at"]) == ("health", 3, NOON.isoformat())


def test_skips_are_listed_with_their_rule() -> None:
    skip = Skip(started_at=NOON, ended_at=NOON + timedelta(minutes=3), rule="banking page", count=4)
    assert "4 ×  banking page" in printed(reports.print_skips, [skip], as_json=False)
    (told,) = json.loads(printed(reports.print_skips, [skip], as_json=True))
    assert (told["rule"], told["count"]) == ("banking page", 4)


def test_propositions_are_listed_surest_first_as_the_store_gives_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "gum.db", KEY, fold=fold)
    store.add_revisions([a_revision(text="Likes tea."), a_revision(text="Sings.", confidence_raw=0.9)])
    rows = store.propositions(PropositionQuery(), now=NOON)
    lines = printed(reports.print_propositions, store, rows, NOON, as_json=False).splitlines()
    assert [line.rsplit("  ", 1)[1] for line in lines] == ["Sings.", "Likes tea."]
    told = json.loads(printed(reports.print_propositions, store, rows, NOON, as_json=True))
    assert [each["text"] for each in told] == ["Sings.", "Likes tea."]
    assert printed(reports.print_propositions, store, [], NOON, as_json=False) == "Nothing is believed about you yet.\n"
    store.close()


def test_how_sure_and_how_right_are_printed_with_each_source_and_with_no_precision_that_is_not_there() -> None:
    checks = [a_spot_check(n, 0.8, stratum=3, verdict="right" if n % 5 else "wrong") for n in range(1, 21)]
    curves = {"": Curve(source=""), "rule:project": Curve(source="rule:project", intercept=0.5, verdicts=20)}
    told = printed(reports.print_calibration, checks, curves, as_json=False)
    assert "Of what was shown as 75 % to 90 % sure, 16 of 20 were right." in told
    assert "Brier score 0.16 over 20 verdicts" in told
    assert "What all your verdicts taught it" in told
    assert "rule:project: 50% → 62%, 70% → 79%, 90% → 94% (20 judged)" in told
    few = printed(reports.print_calibration, checks[:3], {}, as_json=False)
    assert "too few" in few and "Brier" not in few and "taught" not in few
    as_json = json.loads(printed(reports.print_calibration, checks, curves, as_json=True))
    assert (as_json["verdicts"], round(as_json["brier"], 2), round(as_json["base_brier"], 2)) == (20, 0.16, 0.16)
    assert as_json["curves"][1]["source"] == "rule:project"


def test_the_status_is_a_sentence_with_the_trouble_under_it() -> None:
    answer = {"sentence": "Watching.", "trouble": ["The disk is full."], "reading_with": "Tesseract 5"}
    assert printed(reports.print_status, answer, as_json=False) == (
        "Watching.\nThe disk is full.\nReading with Tesseract 5.\n"
    )
    assert json.loads(printed(reports.print_status, answer, as_json=True)) == answer
    focused = answer | {"focus": {"until": "2026-03-10T12:45:00+00:00"}}
    assert "Focus time until 12:45.\n" in printed(reports.print_status, focused, as_json=False)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, "nothing"),
        ({"observations": 0}, "nothing"),
        ({"observations": 1, "propositions": 2}, "1 observation, 2 propositions"),
        ({"evidence": 1, "propositions_changed": 2}, "1 piece of evidence, 2 propositions lose evidence"),
        ({"revision": 3, "privacy_rule": 2}, "3 revisions, 2 privacy rules"),
    ],
)
def test_what_there_is_is_counted_in_words(counts: dict[str, int], told: str) -> None:
    assert reports.counted(counts) == told


class Terminal(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.drawn = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.drawn.set()


def test_on_a_terminal_a_bar_shows_how_far_a_replay_is() -> None:
    terminal = Terminal()
    with reports.ProgressBar(terminal).following(lambda: (30, 60)):
        assert terminal.drawn.wait(60)
    assert "[###############...............] 30 of 60 events" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")


def test_elsewhere_it_is_silent() -> None:
    out = io.StringIO()
    with reports.ProgressBar(out).following(lambda: (30, 60)):
        pass
    assert out.getvalue() == ""


def test_whatever_forgetting_counts_has_a_name() -> None:
    assert {each.name for each in fields(ForgetReport)} <= set(reports.NOUNS)
