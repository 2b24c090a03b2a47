"""What a file says is judged like what is seen: secrets, private matters, privacy rules, orders to software."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum_app.pipeline.imported import MARKED_PRIVATE, Judge, Kept, Left
from gum_app.records import Matter, Observation, Person, PrivacyRule
from gum_app.rules import imports
from gum_app.rules.norms import Norms, untold_title
from gum_app.rules.privacy import SHIPPED
from gum_app.world.imports import Aside, CalendarEntry, Claim, MachineLog, WindowEvent
from tests.brought import judging
from tests.builders import NOON
from tests.material.orders import SEEN


def judged(*things: Any, **more: Any) -> list[Kept | Left]:
    return list(Judge(**judging(**more)).judged(things))


def a_log(*windows: tuple[str, str], ago: timedelta = timedelta(hours=1), seconds: float = 60) -> MachineLog:
    begin = NOON - ago
    events = [
        WindowEvent(
            started_at=begin + timedelta(seconds=n * seconds),
            ended_at=begin + timedelta(seconds=(n + 1) * seconds),
            app=app,
            title=title,
        )
        for n, (app, title) in enumerate(windows)
    ]
    return MachineLog(host="laptop", windows=iter(events), tabs=iter(()), presence=None)


def an_entry(title: str = "Dentist", **more: Any) -> CalendarEntry:
    at = NOON + timedelta(days=2)
    usual: dict[str, Any] = {
        "uid": "a",
        "calendar": "Home",
        "title": title,
        "place": "",
        "days": (at.date(),),
        "last_day": None,
        "started_at": at,
        "ended_at": at + timedelta(hours=1),
        "first_at": at,
        "last_at": at + timedelta(hours=1),
        "all_day": False,
        "zone": "",
        "confidential": False,
        "cancelled": False,
        "version": 0,
        "content": "as it is",
    }
    return CalendarEntry(**usual | more)


def a_claim(text: str = "The user prefers tea.", **more: Any) -> Claim:
    usual: dict[str, Any] = {
        "key": text,
        "text": text,
        "confidence": 9,
        "supported_at": NOON - timedelta(days=1),
        "observations": 3,
        "refused": False,
    }
    return Claim(**usual | more)


def kept(*things: Any, **more: Any) -> Observation:
    (found,) = judged(*things, **more)
    assert isinstance(found, Kept), found
    return found.imported.observation


def reason(*things: Any, **more: Any) -> str:
    (found,) = judged(*things, **more)
    assert isinstance(found, Left), found
    return found.reason


# Windows


def test_a_window_is_an_episode_of_the_source_import() -> None:
    seen = kept(a_log(("Code", "router.rs — parcel-router — Code")))
    assert (seen.source, seen.app, seen.title) == ("import", "Code", "router.rs — parcel-router — Code")
    assert (seen.active_seconds, seen.lines, seen.keys) == (60, (), None)


@pytest.mark.parametrize(
    ("app", "title", "rule"),
    [
        ("keepassxc", "Passwords.kdbx - KeePassXC", "password managers"),
        ("Firefox", "Cats — Mozilla Firefox Private Browsing", "private windows"),
        ("gum-app", "gum-app", "gum-app's own windows"),
    ],
)
def test_what_the_privacy_rules_hide_is_not_kept(app: str, title: str, rule: str) -> None:
    told = reason(a_log((app, title)))
    assert told in {one.name for one in SHIPPED} | {"private windows"}, (told, rule)


def test_a_rule_of_the_persons_own_holds() -> None:
    rule = PrivacyRule(name="my diary", title="diary")
    assert reason(a_log(("Code", "diary.md — Code")), rules=(*SHIPPED, rule)) == "my diary"


def test_browsers_are_known_under_the_names_of_other_systems() -> None:
    assert reason(a_log(("Google Chrome", "Cats - Google Chrome"))) == imports.MAY_BE_PRIVATE


def test_secrets_in_a_title_are_cut() -> None:
    card = "4111 1111 1111 1111"
    assert card not in kept(a_log(("Code", f"card {card} — notes.txt — Code"))).title


def test_a_private_matter_keeps_none_of_its_words() -> None:
    log = a_log(("Code", "My biopsy results — Notes"))
    (found,) = judged(log)
    assert isinstance(found, Kept)
    assert found.imported.observation.title == untold_title("health")
    assert [ruling.matter for ruling in found.imported.rulings] == ["health"]
    assert isinstance(judged(a_log(("Code", "My biopsy results — Notes")), norms=dropping("health"))[0], Left)


def dropping(matter: Matter) -> Norms:
    return Norms(said={matter: "drop"})


@pytest.mark.parametrize("order", SEEN[:8])
def test_text_that_gives_orders_is_not_kept(order: str) -> None:
    assert reason(a_log(("Code", order))) == imports.ORDERS_IN_IT
    assert reason(an_entry(order)) == imports.ORDERS_IN_IT
    assert reason(a_claim(order)) in {imports.ORDERS_IN_IT, imports.NOT_ABOUT_YOU}


def test_what_is_old_or_was_passed_by_or_lies_ahead_is_left_out() -> None:
    assert reason(a_log(("Code", "a"), ago=timedelta(days=91))) == imports.TOO_OLD
    assert reason(a_log(("Code", "a"), seconds=0.5)) == imports.PASSED_BY
    assert reason(a_log(("Code", "a"), ago=timedelta(days=-1))) == imports.IN_FUTURE
    assert reason(a_claim(supported_at=NOON - timedelta(days=91))) == imports.TOO_OLD
    assert reason(a_claim(supported_at=NOON + timedelta(days=1))) == imports.IN_FUTURE


def test_the_same_window_has_the_same_fingerprint_and_another_has_another() -> None:
    def fingerprints(*logs: MachineLog) -> set[str]:
        return {each.imported.fingerprint for each in judged(*logs) if isinstance(each, Kept)}

    assert len(fingerprints(a_log(("Code", "a")), a_log(("Code", "a")))) == 1
    assert len(fingerprints(a_log(("Code", "a")), a_log(("Code", "b")), a_log(("foot", "a")))) == 3


# Calendars


def test_an_entry_ahead_is_known_since_now_and_a_past_one_since_it_was() -> None:
    ahead = kept(an_entry())
    assert ahead.started_at == ahead.ended_at == NOON
    assert [line.text for line in ahead.lines] == ["Dentist", "On 2026-03-12", "At 12:00–13:00"]
    at = NOON - timedelta(days=2)
    past = kept(an_entry(started_at=at, ended_at=at + timedelta(hours=1), days=(at.date(),)))
    assert (past.started_at, past.ended_at) == (at, at + timedelta(hours=1))
    assert past.active_seconds == 0, "nobody saw whether the person went"


def test_an_entry_keeps_its_zone_and_its_place() -> None:
    seen = kept(an_entry(zone="America/New_York", place="Room 4"))
    assert [line.text for line in seen.lines][2:] == ["At 12:00–13:00 (America/New_York)", "Place: Room 4"]


def test_what_the_calendar_marks_as_private_keeps_none_of_its_words() -> None:
    (found,) = judged(an_entry("Talk with Mia", confidential=True))
    assert isinstance(found, Kept)
    assert (found.imported.observation.title, found.imported.observation.lines) == (untold_title("private"), ())
    assert [ruling.rule for ruling in found.imported.rulings] == [MARKED_PRIVATE]
    assert isinstance(judged(an_entry(confidential=True), norms=dropping("private"))[0], Left)
    assert kept(an_entry("Talk", confidential=True), norms=Norms(said={"private": "keep"})).title == "Talk"


def test_a_cancelled_entry_takes_an_earlier_one_away_and_is_not_kept() -> None:
    (known,), (found,) = judged(an_entry()), judged(an_entry(cancelled=True, days=()))
    assert isinstance(known, Kept) and isinstance(found, Left)
    assert (found.fingerprint, found.count) == (known.imported.fingerprint, 0)


def test_calendars_are_counted_by_their_names_unless_those_tell_too_much() -> None:
    groups = [each.group for each in judged(an_entry(), an_entry(calendar="Chemotherapy")) if isinstance(each, Kept)]
    assert groups == ["Home", imports.CALENDAR_APP]


def test_what_the_entry_says_makes_its_content() -> None:
    (one,), (other,) = judged(an_entry()), judged(an_entry(content="otherwise"))
    assert isinstance(one, Kept) and isinstance(other, Kept)
    assert one.imported.fingerprint == other.imported.fingerprint
    assert one.imported.content != other.imported.content


# Claims


def test_a_claim_says_whose_it_is() -> None:
    seen = kept(a_claim())
    assert (seen.app, seen.title) == (imports.GUM_APP, imports.CLAIM_TITLE)
    assert [line.text for line in seen.lines] == [
        "Prefers tea.",
        "Concluded by the program gum, from 3 of its notes, last on Monday 9 March 2026. A claim of its own.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The user is lazy.", imports.NOT_ABOUT_YOU),
        ("Mia likes cats.", imports.NOT_ABOUT_YOU),
        ("The user is taking antidepressants.", "what is nobody’s business"),
        ("The user is planning a divorce.", "what is nobody’s business"),
    ],
)
def test_what_judges_or_is_nobodys_business_is_not_kept(text: str, told: str) -> None:
    assert reason(a_claim(text)) == told


def test_what_was_called_wrong_there_does_not_come_here() -> None:
    assert reason(a_claim(refused=True)) == imports.REFUSED_THERE


def test_the_name_of_the_person_is_left_away() -> None:
    assert kept(a_claim("Ada King prefers tea."), person=Person(name="Ada King")).lines[0].text == "Prefers tea."


def test_what_the_reader_left_aside_is_counted() -> None:
    assert judged(Aside("odd things", 7)) == [Left(reason="odd things", count=7)]


@settings(deadline=None, max_examples=60)
@given(title=st.text(min_size=1, max_size=60), app=st.sampled_from(["Code", "Firefox", "Calendar"]))
def test_whatever_stands_in_it_is_kept_in_one_piece_or_not_at_all(title: str, app: str) -> None:
    line = " ".join(title.encode("utf-8", "replace").decode().split()) or "-"
    for found in judged(a_log((app, line)), an_entry(line), a_claim(f"The user likes {line}")):
        if isinstance(found, Kept):
            assert found.imported.observation.source == "import"
            assert found.imported.observation.title
