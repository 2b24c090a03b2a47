from __future__ import annotations

from gum_app.pipeline.notice_dates import notice_dates
from gum_app.pipeline.scene import Scene
from gum_app.records import Observation, Sighting
from tests.screens import ANNA, a_row, a_week, hours, in_week, rows, seen

CALENDAR = {"app": "firefox", "title": "Calendar – March 2026 — Mozilla Firefox"}


def noticed(observation: Observation) -> dict[str, Sighting]:
    return {sighting.topic: sighting for sighting in notice_dates(Scene(observation, ANNA))}


def test_an_appointment_is_noticed_with_its_days_and_hours() -> None:
    runs = [in_week(day, 9, "School run", "08:45–09:15") for day in range(3)]
    found = noticed(seen(a_week(9), hours(), *runs, **CALENDAR))
    detail = found["event:school-run"].detail
    assert detail["days"] == "2026-03-09,2026-03-10,2026-03-11"
    assert (detail["start"], detail["end"], detail["first"], detail["last"]) == (
        "08:45",
        "09:15",
        "2026-03-09",
        "2026-03-15",
    )


def test_two_appointments_at_one_hour_clash() -> None:
    one, other = in_week(3, 11, "Interview Eva"), in_week(3, 11.25, "Incident review", x=360)
    found = noticed(seen(a_week(9), hours(), one, other, **CALENDAR))
    (clash,) = [sighting for topic, sighting in found.items() if topic.startswith("clash:")]
    assert (clash.detail["one"], clash.detail["other"]) == ("Incident review", "Interview Eva")


def test_entries_of_a_colleague_s_shared_calendar_are_not_the_person_s() -> None:
    entries = in_week(2, 10, "DD: Legoland pickup"), in_week(4, 10, "payroll return (DD)")
    assert not [t for t in noticed(seen(a_week(9), hours(), *entries, **CALENDAR)) if t.startswith("event:")]


def test_a_changed_invitation_brings_the_new_day() -> None:
    lines = [
        a_row("Invitation changed: 1:1 Henrike", x=0, y=0),
        a_row("Now Thu 12 March, 11:00–11:30 (was Wed 15:00)", x=0, y=20),
    ]
    found = noticed(seen(lines, app="Calendar", title="Invitation changed: 1:1 Henrike", source="notification"))
    detail = found["event:1-1-henrik"].detail
    assert (detail["days"], detail["start"], detail["moved"]) == ("2026-03-12", "11:00", "yes")


def test_a_confirmation_on_a_page_is_the_person_s_deed() -> None:
    words = rows("Your booking RV-1 has been changed.", "Pick-up Mon 30 March 2026, 10:00")
    found = noticed(seen(words, app="firefox", title="My booking – Rijnmond Vans — Mozilla Firefox"))
    assert found["deed:arranged:rijnmond-van"].value == "2026-03-30"


def test_a_page_under_the_own_name_is_a_profile() -> None:
    words = rows("Role ¦ Teacher, Year 4", "Shadow week — from Mon 16 March")
    found = noticed(seen(words, app="firefox", title="Anna Berger – School Wiki — Mozilla Firefox"))
    assert found["self:role"].detail["text"] == "Works as “Teacher, Year 4”."
    assert found["listed:shadow-week-mon"].value == "2026-03-16" if "listed:shadow-week-mon" in found else True
    assert [s.value for t, s in found.items() if t.startswith("listed:")] == ["2026-03-16"]


def test_a_list_of_tasks_tells_what_is_due() -> None:
    found = noticed(seen(rows("Mark the essays by Friday 13 March"), app="todoist", title="Today – Todoist"))
    assert [s.value for t, s in found.items() if t.startswith("listed:")] == ["2026-03-13"]


def test_a_course_is_known_by_its_counter() -> None:
    words = rows("2 of 5 modules done · due Fri 13 March")
    found = noticed(seen(words, app="firefox", title="Module 3 – Academy — Mozilla Firefox"))
    assert found["course:academi"].detail["progress"].startswith("2 of 5")
    bar = rows("Progress: [####>----] 41/94")
    assert "course:rustl" in noticed(seen(bar, app="foot", title="tmux: rust — rustlings"))


def test_a_public_holiday_says_nothing_about_the_person() -> None:
    entry = in_week(0, 10, "Bank holiday")
    assert not [t for t in noticed(seen(a_week(9), hours(), entry, **CALENDAR)) if t.startswith("event:")]
