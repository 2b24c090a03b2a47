"""Every verb, over the real link and on a real database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.answers import Answers
from gum_app.daemon.gate import Gate
from gum_app.daemon.mind import Mind
from gum_app.daemon.room import Room
from gum_app.link import Asking, LinkServer, Refused
from gum_app.paths import Home
from gum_app.records import PrivacyRule, Proposition, PropositionId, Surroundings
from gum_app.store.store import Store
from gum_app.world.keys import make_key
from gum_app.world.login_item import login_item
from tests.builders import NOON, a_revision, an_observation, some_evidence
from tests.daemon.watching import KEY, window
from tests.desktop import PATIENCE_SECONDS
from tests.world.scripted_model import ScriptedModel

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def room(home: Home) -> Room:
    return Room(home=home, gate=Gate(needs_light=False), clock=SetClock(NOON))


@pytest.fixture
def ask(room: Room, home: Home) -> Iterator[Ask]:
    with closing(LinkServer(home, Answers(room).answer)), Asking(home) as line:

        def ask(verb: str, **fields: Any) -> dict[str, Any]:
            return list(line.ask({"do": verb, **fields}))[-1]

        yield ask


@pytest.fixture
def store(room: Room) -> Iterator[Store]:
    """The database is open."""
    room.open(KEY)
    store = room.open_store()
    yield store
    store.close()


@pytest.fixture
def tea(store: Store) -> PropositionId:
    """One observation and what is believed because of it."""
    id_ = store.open_observation(an_observation(text="I would love some tea"))
    store.close_observation(id_)
    evidence = some_evidence("I would love some tea", observation_id=id_)
    return store.digest(
        [id_],
        sightings=(),
        revisions=[a_revision(text="Likes tea.", topic="tea", evidence=(evidence,))],
        at=NOON,
    )[0]


def belief(store: Store, id_: PropositionId) -> Proposition:
    found = store.proposition(id_)
    assert found is not None
    return found


def refusal(ask: Ask, verb: str, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        ask(verb, **fields)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert refused.value.kind != "Refused"
    return sentence


# Wrong questions


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("dance", {}),
        ("say", {}),
        ("say", {"id": 1, "verdict": "maybe"}),
        ("say", {"id": 999, "verdict": "right"}),
        ("say", {"id": 10**30, "verdict": "right"}),
        ("edit", {"id": 1, "text": ""}),
        ("edit", {"id": "x", "text": "I like tea."}),
        ("edit", {"id": 999, "text": "I like tea."}),
        ("pin", {"id": None}),
        ("add", {"text": "x" * 1001}),
        ("add", {"text": "I like tea.", "kind": "wish"}),
        ("undo", {}),
        ("note", {"text": " "}),
        ("pause", {}),
        ("pause", {"minutes": "long"}),
        ("forget", {}),
        ("forget", {"all": False}),
        ("forget", {"app": "a", "day": "2026-03-10"}),
        ("set", {}),
        ("set", {"name": "colour", "value": 1}),
        ("set", {"name": "look_interval_seconds", "value": 0}),
        ("set", {"name": "consented_at", "value": "2026-03-10"}),
        ("set", {"name": "paused_until", "value": "soon"}),
        ("start", {"name": "x" * 101}),
        ("rule_add", {}),
        ("rule_add", {"rule": {"name": "x"}}),
        ("rule_add", {"rule": {"name": "x", "title": "("}}),
        ("rule_remove", {"name": "nobody's"}),
        ("rule_try", {"rule": "x"}),
        ("export", {}),
        ("export", {"path": "here"}),
        ("export", {"path": "/nowhere/export.jsonl"}),
        ("import", {"path": "/nowhere/export.jsonl"}),
        ("choose_key", {}),
        ("choose_key", {"how": "memory"}),
    ],
    ids=str,
)
def test_a_wrong_question_costs_one_sentence_and_changes_nothing(
    ask: Ask, store: Store, verb: str, fields: dict[str, Any]
) -> None:
    before = list(store.export_lines())
    refusal(ask, verb, **fields)
    assert list(store.export_lines()) == before
    assert ask("status")["state"] == "needs_consent", "the link still answers"


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("key", {}),
        ("say", {"id": 1, "verdict": "right"}),
        ("note", {"text": "I like tea."}),
        ("forget", {"all": True}),
        ("start", {}),
        ("export", {"path": "/tmp/export.jsonl"}),
    ],
)
def test_without_the_key_nothing_is_done(ask: Ask, verb: str, fields: dict[str, Any]) -> None:
    assert refusal(ask, verb, **fields) == "The database is still locked: unlock it in the window of gum-app."
    assert ask("status")["state"] == "needs_key"


# The key


def test_a_passphrase_is_chosen_and_later_unlocks(ask: Ask, room: Room) -> None:
    assert ask("choose_key", how="passphrase", passphrase="open sesame") == {"unlocked": True}
    key = ask("key")["key"]
    room.key = None  # as after a restart
    assert "passphrase" in refusal(ask, "unlock")
    assert "passphrase" in refusal(ask, "unlock", passphrase="close sesame")
    assert "passphrase" in refusal(ask, "unlock", passphrase=7)
    assert ask("unlock", passphrase="open sesame") == {"unlocked": True}
    assert ask("key")["key"] == key
    assert "has a key" in refusal(ask, "choose_key", how="file")


def test_unlocking_twice_is_no_error(ask: Ask, home: Home) -> None:
    make_key(home, "file")
    assert ask("unlock") == ask("unlock") == {"unlocked": True}


# State


def test_consent_starts_it_and_is_kept_with_the_name(ask: Ask, room: Room, store: Store) -> None:
    assert ask("status")["state"] == "needs_consent"
    ask("start", name=" Ann Smith ", start_at_login=False)
    assert ask("status")["consented"]
    assert store.settings().person_name == "Ann Smith"
    assert store.settings().consented_at == NOON.isoformat()


def test_starting_at_login_makes_and_removes_the_entry(ask: Ask, home: Home, store: Store) -> None:
    ask("start", start_at_login=True)
    assert login_item().is_on(home)
    ask("set", name="start_at_login", value=False)
    assert not login_item().is_on(home)
    ask("set", name="start_at_login", value=True)
    assert login_item().is_on(home)


def test_a_replayed_recording_is_not_started_at_login(ask: Ask, room: Room, home: Home, store: Store) -> None:
    room.replayed = True  # as after a demo, whose folder is gone at the next login
    with pytest.raises(Refused, match="nothing to start at login"):
        ask("set", name="start_at_login", value=True)
    assert not login_item().is_on(home)
    assert not store.settings().start_at_login


def test_a_pause_holds_at_once_and_outlasts_a_restart(ask: Ask, room: Room, store: Store) -> None:
    room.gate.consent()
    until = ask("pause", minutes=15)["paused_until"]
    assert until == (NOON + timedelta(minutes=15)).isoformat()
    assert ask("status")["sentence"] == "Paused until 12:15."
    again = Room(home=room.home, gate=Gate(needs_light=False), clock=room.clock)
    again.restore(store)
    assert again.gate.paused_until(NOON) is not None
    ask("resume")
    assert room.gate.paused_until(NOON) is None
    assert store.settings().paused_until == ""


def test_until_tomorrow_is_a_pause_too(ask: Ask, store: Store) -> None:
    assert ask("pause", until_tomorrow=True)["paused_until"].startswith("2026-03-11T06:00")


def test_a_status_that_is_asked_as_a_light_counts_as_one(ask: Ask, room: Room, store: Store) -> None:
    room.gate = Gate(needs_light=True)
    room.gate.consent()
    ask("status")
    assert room.gate.refusal(NOON, 0) is not None
    ask("status", light=True)
    assert room.gate.refusal(NOON, 0) is None


def test_quitting_is_answered_first(ask: Ask, room: Room) -> None:
    assert ask("quit") == {"quitting": True}
    assert room.quitting.wait(PATIENCE_SECONDS)


# The person's word


@pytest.mark.parametrize(("verdict", "state"), [("right", "active"), ("wrong", "rejected"), ("partly", "active")])
def test_a_verdict_is_final_and_remembered_with_what_was_shown(
    ask: Ask, store: Store, tea: PropositionId, verdict: str, state: str
) -> None:
    shown = belief(store, tea).confidence
    ask("say", id=tea, verdict=verdict)
    now = belief(store, tea)
    assert (now.state, now.confirmed) == (state, verdict == "right")
    (feedback,) = store.feedback()
    assert (feedback.verdict, feedback.confidence_shown, feedback.made_by) == (verdict, shown, "rule:project")


def test_saying_it_twice_is_one_change_of_mind(ask: Ask, store: Store, tea: PropositionId) -> None:
    for verdict in ("right", "right", "wrong", "wrong"):
        ask("say", id=tea, verdict=verdict)
    assert [revision.kind for revision in belief(store, tea).revisions] == ["created", "confirmed", "rejected"]


def test_own_words_take_the_place_of_the_sentence(ask: Ask, store: Store, tea: PropositionId) -> None:
    ask("edit", id=tea, text="I like green tea.")
    now = belief(store, tea)
    assert (now.text, now.edited) == ("I like green tea.", True)
    assert now.confidence > 0.95


def test_pinning_holds_until_it_is_taken_off(ask: Ask, store: Store, tea: PropositionId) -> None:
    ask("pin", id=tea)
    assert belief(store, tea).pinned
    ask("pin", id=tea, pinned=False)
    assert not belief(store, tea).pinned


def test_what_the_person_adds_stands_once(ask: Ask, store: Store) -> None:
    id_ = ask("add", text="I sing in a choir.", kind="habit")["id"]
    now = belief(store, id_)
    assert (now.text, now.kind, now.revisions[0].made_by) == ("I sing in a choir.", "habit", "person")
    assert refusal(ask, "add", text="I sing in a choir.") == "That stands there already."
    ask("say", id=id_, verdict="wrong")
    assert ask("add", text="I sing in a choir.")["id"] != id_, "a change of mind is allowed"


@pytest.mark.parametrize(
    "deed",
    [
        {"do": "say", "verdict": "wrong"},
        {"do": "say", "verdict": "right"},
        {"do": "edit", "text": "I like green tea."},
        {"do": "pin"},
    ],
    ids=str,
)
def test_everything_but_forgetting_can_be_undone(
    ask: Ask, store: Store, tea: PropositionId, deed: dict[str, Any]
) -> None:
    before = belief(store, tea)
    ask(deed["do"], id=tea, **{name: value for name, value in deed.items() if name != "do"})
    assert ask("undo") == {"undone": "undone", "id": tea}
    now = belief(store, tea)
    assert (now.text, now.state, now.pinned, now.confidence) == (
        before.text,
        before.state,
        before.pinned,
        before.confidence,
    )
    assert store.feedback() == [], "a verdict that was taken back teaches nothing"


def test_what_was_added_is_gone_when_that_is_undone(ask: Ask, store: Store) -> None:
    id_ = ask("add", text="I sing in a choir.")["id"]
    ask("undo")
    assert store.proposition(id_) is None
    assert refusal(ask, "undo") == "There is nothing to undo."


def test_a_note_is_kept_as_the_persons_words_and_thought_about(ask: Ask, room: Room, store: Store) -> None:
    ask("note", text="I like tea.\nMy card is 4111 1111 1111 1111.")
    (seen,) = store.undigested()
    assert (seen.source, seen.app, seen.lines[0].text) == ("note", "gum-app", "I like tea.")
    assert "4111" not in seen.text
    assert room.something_to_think_about.is_set()


# Settings and rules


def test_a_setting_is_set(ask: Ask, store: Store) -> None:
    ask("set", name="look_interval_seconds", value=60)
    assert store.settings().look_interval_seconds == 60


def test_rules_come_and_go(ask: Ask, store: Store) -> None:
    rule = {"name": "diary", "app": None, "title": "diary", "address": None}
    assert ask("rule_add", rule=rule) == {"added": "diary"}
    assert store.privacy_rules() == (PrivacyRule(name="diary", title="diary"),)
    ask("rule_remove", name="diary")
    assert store.privacy_rules() == ()


@pytest.mark.parametrize(
    ("verb", "fields"), [("forget", {"last_minutes": 10}), ("rule_add", {"rule": {"name": "diary", "title": "diary"}})]
)
def test_what_a_model_was_shown_goes_with_what_is_forgotten_or_hidden(
    ask: Ask, store: Store, room: Room, verb: str, fields: dict[str, Any]
) -> None:
    model = ScriptedModel()
    room.mind = Mind(room.clock, store.add_call)
    room.mind.think_with(model)
    dropped: list[bool] = []
    room.interpreter = SimpleNamespace(forget=lambda: dropped.append(True))  # type: ignore[assignment]
    ask(verb, **fields)
    assert dropped == [True], "the thought under way"
    assert model.rests == 1, "what its process still holds"


def test_the_rules_that_always_hold_are_told_in_sentences(ask: Ask) -> None:
    rules = ask("rules")["rules"]
    assert len(rules) > 5
    assert all(rule["name"] and rule["sentence"].endswith(".") for rule in rules)


def test_a_rule_is_tried_on_what_was_seen_last_without_looking_for_it(ask: Ask, room: Room) -> None:
    rule = {"name": "trial", "title": "diary"}
    assert ask("rule_try", rule=rule) == {"hides": [], "looked": False}
    seen = Surroundings(foreground=window(), visible=(window(), window(title="my diary")))
    room.recorder = SimpleNamespace(around=seen)  # type: ignore[assignment]
    assert ask("rule_try", rule=rule) == {"hides": [{"app": "editor", "title": "my diary"}], "looked": True}


# Out and in


def test_what_was_exported_comes_in_elsewhere(
    ask: Ask, store: Store, tea: PropositionId, room: Room, tmp_path: Path
) -> None:
    path = tmp_path / "export.jsonl"
    exported = ask("export", path=str(path))["exported"]
    assert exported == len(path.read_text(encoding="utf-8").splitlines())
    ask("forget", all=True)
    report = ask("import", path=str(path))
    assert report["added"] == {"observation": 1, "revision": 1}
    assert [seen.text for seen in store.observations(with_lines=True)] == ["I would love some tea"]
    assert room.something_to_think_about.is_set()


def test_a_pipe_is_no_file_to_import(ask: Ask, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no file" in refusal(ask, "import", path=str(tmp_path / "pipe"))


@pytest.mark.parametrize(
    "rule",
    [{"name": "broken", "app": None, "title": "(", "address": None}, {"name": "lock screen", "app": "x"}],
    ids=str,
)
def test_an_import_brings_no_rule_that_could_not_be_added(
    ask: Ask, store: Store, tmp_path: Path, rule: dict[str, Any]
) -> None:
    path = tmp_path / "export.jsonl"
    whole = {"app": None, "title": None, "address": None, "shipped": False} | rule
    path.write_text('{"gum_export": 1}\n' + json.dumps({"privacy_rule": whole}) + "\n", encoding="utf-8")
    refusal(ask, "import", path=str(path))
    assert store.privacy_rules() == ()


@pytest.mark.parametrize("content", [b"", b"no json", b"\xff\xfe", b'{"gum_export": 99}\n'])
def test_a_file_that_is_no_export_is_refused(ask: Ask, store: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.jsonl"
    path.write_bytes(content)
    refusal(ask, "import", path=str(path))
