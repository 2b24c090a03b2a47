"""The promises of the demo recording: it can be replayed, and what it says is true can be read in it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from PIL import Image
from stdnum import iban, luhn

from gum_app.records import KINDS, Urgency
from resources import make_demo
from resources.demo_maker.check import bare, unreadable
from resources.demo_maker.events import recording
from resources.demo_maker.truth import truth

DEMO = Path(__file__).resolve().parents[1] / "resources" / "demo"
FIELDS = {
    "window": {"app", "title", "url", "private", "fullscreen", "visible"},
    "frame": {"image", "monitor"},
    "input": {"keys", "clicks", "scrolls"},
    "idle": {"seconds"},
    "notification": {"app", "summary", "body", "urgency"},
    "note": {"text"},
    **{kind: set() for kind in ("lock", "unlock", "sleep", "wake")},
}
Row = dict[str, Any]


def read(name: str) -> Row:
    return dict(json.loads((DEMO / name).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [json.loads(line) for line in (DEMO / "events.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def known() -> Row:
    return read("truth.json")


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    return {frame: entry["text"] for frame, entry in read("screen_text.json").items()}


def of_kind(rows: list[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def test_times_have_an_offset_and_never_go_back(rows: list[Row]) -> None:
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    assert all(time.utcoffset() == timedelta(hours=1) for time in times)
    assert times == sorted(times)


def test_each_event_has_the_fields_of_its_kind(rows: list[Row]) -> None:
    for row in rows:
        fields = row.keys() - {"at", "kind"}
        if row["kind"] == "state":
            assert fields and fields <= {"sharing", "call", "dnd", "power"}
        else:
            assert fields == FIELDS[row["kind"]], row
    assert {row["urgency"] for row in of_kind(rows, "notification")} == set(get_args(Urgency))


def test_each_image_exists_once_and_has_the_size_of_a_monitor(rows: list[Row]) -> None:
    named = [row["image"] for row in of_kind(rows, "frame")]
    assert sorted(named) == sorted(f"frames/{path.name}" for path in (DEMO / "frames").iterdir())
    for name in named:
        with Image.open(DEMO / name) as picture:
            assert (picture.size, picture.mode) == ((1600, 900), "P"), name


def test_it_stays_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < 4_000_000


def test_it_is_long_enough_to_learn_from_and_short_enough_to_replay(rows: list[Row]) -> None:
    assert 300 <= len(rows) <= 600
    assert 45 <= len(of_kind(rows, "frame")) <= 70
    assert {row["at"][:10] for row in rows} == {"2026-04-23", "2026-04-24"}


def test_nobody_types_or_looks_while_the_session_is_locked(rows: list[Row]) -> None:
    locked = False
    for row in rows:
        locked = {"lock": True, "unlock": False}.get(row["kind"], locked)
        assert not (locked and row["kind"] in {"input", "frame", "window"}), row


def test_the_front_window_stands_first_among_the_visible_ones(rows: list[Row]) -> None:
    for row in of_kind(rows, "window"):
        front = row["visible"][0]
        assert all(front[name] == row[name] for name in ("app", "title", "url", "private"))
        for window in row["visible"]:
            x, y, width, height = window["rect"]
            assert (x < 0) == (window["monitor"] == 1) and y >= 0 and width > 0 and height > 0


def test_the_left_monitor_goes_away_and_stays_away(rows: list[Row]) -> None:
    monitors = [{window["monitor"] for window in row["visible"]} for row in of_kind(rows, "window")]
    gone = next(number for number, seen in enumerate(monitors) if 1 not in seen)
    assert gone > 10 and not any(1 in seen for seen in monitors[gone:])


def test_what_is_private_stands_beside_or_behind_the_front_window_too(rows: list[Row]) -> None:
    behind = [window for row in of_kind(rows, "window") for window in row["visible"][1:]]
    assert any(window["private"] for window in behind)
    assert any("KeePassXC" in window["app"] for window in behind)
    assert any("Bank" in window["title"] and window["url"] is None for window in behind)


def test_browser_windows_come_with_and_without_their_address(rows: list[Row]) -> None:
    told = [row["url"] is not None for row in of_kind(rows, "window") if row["app"] == "firefox"]
    assert any(told) and not all(told)


def test_every_quote_and_every_private_string_can_be_read_where_truth_says(
    known: Row, texts: dict[str, list[str]], rows: list[Row]
) -> None:
    assert unreadable(known, texts, rows) == []


def test_a_quote_that_is_covered_or_invented_would_be_noticed(
    known: Row, texts: dict[str, list[str]], rows: list[Row]
) -> None:
    frame = known["facts"][0]["quotes"][0]["frame"]
    wrong = {"id": "x", "quotes": [{"frame": frame, "text": "words that nobody wrote"}]}
    leaked = {"id": "y", "strings": ["0000 1111"], "frames": [frame]}
    assert len(unreadable(known | {"facts": [wrong], "private": [leaked]}, texts, rows)) == 2


def test_every_frame_that_truth_names_exists(known: Row, texts: dict[str, list[str]]) -> None:
    named = {frame for part in ("facts", "changes", "moments") for row in known[part] for frame in row["evidence"]}
    named |= {frame for part in ("traps", "private") for row in known[part] for frame in row["frames"]}
    assert named <= texts.keys()


def test_the_facts_are_of_all_kinds_and_rest_on_something(known: Row) -> None:
    facts = known["facts"]
    assert {fact["kind"] for fact in facts} == set(KINDS)
    assert {fact["salience"] for fact in facts} == {1, 2, 3}
    assert {fact["lasting"] for fact in facts} <= {"hours", "days", "weeks", "years"}
    assert all(fact["evidence"] and fact["quotes"] for fact in facts)


def test_questions_and_changes_rest_on_facts_that_are_there(known: Row) -> None:
    ids = {fact["id"] for fact in known["facts"]}
    for row in (*known["questions"], *known["changes"]):
        assert set(row["facts"]) <= ids, row["id"]


def test_it_is_hard(known: Row) -> None:
    kinds = {trap["kind"] for trap in known["traps"]}
    assert {"injection", "advert", "phishing", "colleague", "client", "glance", "quote", "shared screen"} <= kinds
    private = {row["kind"] for row in known["private"]}
    assert {"card", "iban", "bank", "password", "one-time code", "secret", "medical", "private window"} <= private
    assert {moment["good"] for moment in known["moments"]} == {True, False}


def test_every_moment_lies_within_the_recording(known: Row, rows: list[Row]) -> None:
    assert all(rows[0]["at"] < row["at"] < rows[-1]["at"] for row in (*known["moments"], *known["changes"]))


def test_numbers_that_detectors_check_are_well_formed(known: Row) -> None:
    strings = {row["id"]: row["strings"] for row in known["private"]}
    assert luhn.is_valid(bare(strings["p01"][0]))
    for number in (strings["p06"][0], *strings["p07"][:2]):
        assert iban.is_valid(number)


def test_one_failure_comes_back_six_times(texts: dict[str, list[str]]) -> None:
    assert sum(any("Stale file handle" in block for block in blocks) for blocks in texts.values()) == 6


def test_the_committed_recording_is_what_the_script_writes(known: Row, rows: list[Row]) -> None:
    """Without Chromium: the pages have the fingerprints they were drawn from, and the texts are the same."""
    paths = make_demo.frame_paths(make_demo.SCENES)
    again = "run python -m resources.make_demo, which needs Chromium"
    assert json.loads(make_demo.to_json(truth(paths))) == known, again
    assert recording(make_demo.SCENES, make_demo.HAPPENINGS, paths) == rows, again
    drawn = {frame: entry["page"] for frame, entry in read("screen_text.json").items()}
    assert {paths[name]: make_demo.fingerprint(page) for name, page in make_demo.pages().items()} == drawn, again
