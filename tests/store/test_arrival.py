"""What went out comes in elsewhere, once; anything else is refused as a whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gum_app.errors import BadInput
from gum_app.records import PERSON
from gum_app.store.arrival import ImportReport
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from gum_app.suggestions import Answered, Reminder, ReminderId
from tests.builders import NOON, a_revision, an_offer
from tests.store.life import believe, see


def test_an_empty_store_becomes_the_same_store(full: Store, other: Store) -> None:
    lines = list(full.export_lines())
    report = other.import_lines(lines)
    assert list(other.export_lines()) == lines
    assert report.left_out == 0
    assert report.added["revision"] == 5
    assert other.integrity() == []
    assert [seen.text for seen in other.undigested()] == ["still to be thought about"]
    (row,) = other.propositions(PropositionQuery(states=frozenset({"rejected"})), now=NOON)
    rejected = other.proposition(row.id)
    assert rejected is not None
    assert (rejected.text, rejected.pinned) == ("Likes tea.", False)


def test_what_comes_in_is_not_for_the_model_and_its_accounts_come_along(full: Store, other: Store) -> None:
    see(other, "so that ids differ", title="Garden")
    other.mark_not_for_model(NOON)
    other.import_lines(full.export_lines())
    (routers,) = [seen for seen in other.observations(with_lines=True) if "parcel" in seen.text]
    account = other.account(routers.id)
    assert account is not None
    assert (account.did, account.theirs, account.others) == ("Wrote to Ann.", ("a “draft”",), ("what Bob wrote 😀",))
    assert (other.count_waiting_for_model(), other.unobserved(limit=9), other.calls()) == (0, [], [])
    assert other.integrity() == []


def test_an_account_told_twice_or_of_nothing_is_left_out(full: Store, other: Store) -> None:
    lines = list(full.export_lines())
    (account,) = [line for line in lines if line.startswith('{"account"')]
    of_nothing = json.dumps({"account": json.loads(account)["account"] | {"observation_id": 99}})
    report = other.import_lines([*lines, account, of_nothing])
    assert (report.added["account"], report.left_out) == (1, 2)


def test_verdicts_of_an_export_from_before_there_was_calibration_come_in(full: Store, other: Store) -> None:
    lines = [json.loads(line) for line in full.export_lines() if not line.startswith('{"spot_check"')]
    for verdict in (line["feedback"] for line in lines if "feedback" in line):
        del verdict["confidence_evidence"], verdict["spot_check"]
    other.import_lines(json.dumps(line) for line in lines)
    (verdict,) = other.feedback()
    assert (verdict.confidence_evidence, verdict.spot_check) == (verdict.confidence_shown, None)


def test_the_draws_come_along_with_their_answers_and_only_once(full: Store, other: Store) -> None:
    lines = list(full.export_lines())
    other.import_lines(lines)
    assert other.import_lines(lines).added == {}
    assert [check.verdict for check in other.spot_checks()] == ["wrong"]
    drawn = '"confidence_shown": 0.7, "confidence_evidence": 0.7, "skipped"'
    assert any(drawn in line for line in lines)
    impossible = [line.replace(drawn, drawn.replace("0.7", "7")) for line in lines]
    with pytest.raises(BadInput):
        other.import_lines(impossible)


def test_a_server_does_not_come_in_by_a_file(other: Store) -> None:
    other.import_lines([HEAD, json.dumps({"setting": {"name": "endpoint_url", "value": "http://example.org"}})])
    assert other.settings().endpoint_url == ""


def test_consent_does_not_travel(full: Store, other: Store) -> None:
    lines = [*full.export_lines(), json.dumps({"setting": {"name": "consented_at", "value": "2026-03-10"}})]
    assert not any("consented_at" in line for line in lines[:-1])
    other.import_lines(lines)
    assert other.settings().consented_at == ""
    assert other.settings().person_name == "Ann"


def test_coming_in_twice_adds_nothing(full: Store, other: Store) -> None:
    lines = list(full.export_lines())
    other.import_lines(lines)
    assert other.import_lines(lines) == ImportReport(left_out=len(lines) - 1)
    assert full.import_lines(lines) == ImportReport(left_out=len(lines) - 1)
    assert list(full.export_lines()) == lines


def test_what_is_here_already_keeps_its_place(full: Store, other: Store) -> None:
    own = see(other, "a garden", title="Garden")
    garden = believe(other, (own, "garden"), text="Has a garden.", topic="garden")
    other.put_setting("person_name", "Bob")
    other.import_lines(full.export_lines())
    assert other.settings().person_name == "Bob"
    kept = other.proposition(garden)
    assert kept is not None
    assert kept.evidence[0].observation_id == own
    (router,) = other.propositions_about("project:parcel-router")
    seen = router.evidence[0].observation_id
    assert seen is not None
    came = other.observation(seen)
    assert came is not None
    assert came.text.startswith("parcel router"), "evidence points to the observation under its new id"
    assert other.integrity() == []


def test_news_about_what_is_here_is_added_to_it(full: Store, other: Store) -> None:
    other.import_lines(full.export_lines())
    (router,) = full.propositions_about("project:parcel-router")
    full.add_revisions([a_revision("confirmed", proposition_id=router.id, made_by=PERSON)])
    assert other.import_lines(full.export_lines()).added == {"revision": 1}
    (came,) = other.propositions_about("project:parcel-router")
    assert came.confirmed
    assert other.count_propositions(PropositionQuery(states=frozenset())) == 2


GOOD_OBSERVATION = {
    **{"id": 1, "source": "screen", "app": "x", "title": "", "url": None, "keys": None, "dark_share": None},
    **{"started_at": "2026-03-10T12:00:00Z", "ended_at": "2026-03-10T12:00:00Z", "active_seconds": 1.0},
    **{"fullscreen": False, "in_call": False, "digested_at": None, "attempts": 0, "lines": []},
}
GOOD_ACCOUNT = {
    **{"observation_id": 1, "did": "Wrote.", "theirs": [], "others": []},
    **{"at": "2026-03-10T12:00:00Z", "made_by": "model:tiny observe 3f2a91c0"},
}
HEAD = json.dumps({"gum_export": 1})


def test_the_lines_that_the_refused_ones_are_made_of_are_good(other: Store) -> None:
    lines = [HEAD, json.dumps({"observation": GOOD_OBSERVATION}), json.dumps({"account": GOOD_ACCOUNT})]
    assert other.import_lines(lines).added == {"observation": 1, "account": 1}


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "{}",
        '"text"',
        '{"observation": 3}',
        '{"observation": {}, "skip": {}}',
        '{"secret plan": {}}',
        '{"setting": {"name": "no such", "value": 1}}',
        '{"setting": {"name": "keep_words_days", "value": -5}}',
        '{"thumbnail": {"observation_id": 1, "at": 0, "jpeg": "***"}}',
        '{"frame": {"observation_id": 1, "at": 0, "jpeg": "anBlZw=="}}',
        '{"account": {"observation_id": 1, "did": "secret plan"}}',
        *(
            json.dumps({"account": GOOD_ACCOUNT | change})
            for change in ({"theirs": "x"}, {"theirs": [1]}, {"at": "2026-03-10T12:00:00"}, {"extra": 1})
        ),
        *(
            json.dumps({"observation": GOOD_OBSERVATION | change})
            for change in (
                {"extra": 1},
                {"source": "rumour"},
                {"started_at": "2026-03-10T12:00:00"},
                {"started_at": "yesterday"},
                {"active_seconds": float("nan")},
                {"attempts": -1},
                {"lines": [[0, 0]]},
                {"lines": [["a", {}, 0, 0]]},
                {"lines": [[0, 0, None, [[[0, 0, "wide", 1], "text", 1]]]]},
                {"lines": [[0, 0, None, [[[0, 0, 1, 1], 5, 1]]]]},
            )
        ),
    ],
)
def test_a_line_that_is_not_ours_is_refused_and_nothing_is_kept(other: Store, line: str) -> None:
    lines = [HEAD, json.dumps({"observation": GOOD_OBSERVATION}), line]
    with pytest.raises(BadInput, match="Line 3") as caught:
        other.import_lines(lines)
    assert "secret plan" not in str(caught.value)
    assert other.observations() == []


@pytest.mark.parametrize("change", [{"half_life_days": 0}, {"confidence_raw": 7}, {"kind": "guessed"}, {"id": None}])
def test_a_revision_out_of_range_is_refused(full: Store, other: Store, change: dict[str, object]) -> None:
    lines = []
    for line in full.export_lines():
        ((noun, fields),) = json.loads(line).items()
        lines.append(json.dumps({noun: fields | change if noun == "revision" else fields}))
    with pytest.raises(BadInput):
        other.import_lines(lines)
    assert other.observations() == []


def test_a_file_that_is_not_an_export_is_refused(other: Store) -> None:
    for lines in ([], ["hello"], [json.dumps({"gum_export": 2})], [json.dumps({"observation": GOOD_OBSERVATION})]):
        with pytest.raises(BadInput):
            other.import_lines(lines)


def test_reminders_and_what_was_learned_from_come_along_without_their_suggestions(full: Store, other: Store) -> None:
    offered = full.add_offer(an_offer(seen_in=(see(full, "the van"),)), NOON)
    full.add_suggestion_answer(Answered(kind="deadline", answer="dismissed", at=NOON, suggestion_id=offered))
    keys = Reminder(id=ReminderId(0), text="Fetch the keys", due_at=NOON, made_at=NOON, suggestion_id=offered)
    full.add_reminder(keys)
    lines = list(full.export_lines())
    for _ in range(2):
        other.import_lines(lines)
        assert other.suggestion_answers() == [Answered(kind="deadline", answer="dismissed", at=NOON)]
        assert other.reminders() == [replace(keys, id=ReminderId(1), suggestion_id=None)]
    assert other.suggestions() == []
