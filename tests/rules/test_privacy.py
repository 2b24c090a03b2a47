from __future__ import annotations

import pytest

from gum_app.errors import BadInput
from gum_app.records import Monitor, PrivacyRule, Rect, Surroundings, Window
from gum_app.rules.privacy import (
    PRIVATE_WINDOW,
    SHIPPED,
    UNKNOWN_WINDOW,
    LookAllowed,
    LookRefused,
    check_rule,
    hides,
    is_browser,
    judge,
    may_look,
    sentence_of,
)
from tests.builders import a_window

SCREEN = Rect(x=0, y=0, width=1920, height=1080)
EDITOR = Window(app="code", title="main.go — Visual Studio Code", rect=SCREEN)
DIARY = PrivacyRule(name="diary", app="diary")


def keepass(rect: Rect | None) -> Window:
    return Window(app="KeePassXC", title="Passwords.kdbx — KeePassXC", rect=rect)


def surroundings(front: Window | None, *others: Window) -> Surroundings:
    visible = (front, *others) if front is not None else others
    return Surroundings(foreground=front, visible=visible, monitors=(Monitor(index=0, rect=SCREEN),))


# The whole screen


def test_an_unknown_window_in_front_means_no() -> None:
    assert judge(surroundings(None), SHIPPED) == LookRefused(UNKNOWN_WINDOW)


def test_an_ordinary_window_may_be_looked_at() -> None:
    assert judge(surroundings(EDITOR), SHIPPED) == LookAllowed()


def test_an_excluded_window_in_front_means_no() -> None:
    assert judge(surroundings(keepass(SCREEN), EDITOR), SHIPPED) == LookRefused("password manager")


def test_a_window_the_system_calls_private_means_no_even_without_any_rule() -> None:
    private = Window(app="firefox", title="A page", private=True)
    assert judge(surroundings(private), ()) == LookRefused(PRIVATE_WINDOW)


def test_an_excluded_window_beside_is_painted_over_whole_even_where_another_lies_on_it() -> None:
    rect = Rect(x=1400, y=100, width=400, height=300)
    assert judge(surroundings(EDITOR, keepass(rect)), SHIPPED) == LookAllowed((rect,))


def test_an_excluded_window_that_is_somewhere_means_no() -> None:
    assert judge(surroundings(EDITOR, keepass(None)), SHIPPED) == LookRefused("password manager")


def test_an_excluded_window_that_covers_nearly_all_means_no() -> None:
    rect = Rect(x=0, y=0, width=1920, height=1000)
    assert judge(surroundings(EDITOR, keepass(rect)), SHIPPED) == LookRefused("password manager")


def test_two_that_cover_the_same_part_are_not_counted_twice() -> None:
    rect = Rect(x=0, y=0, width=960, height=1080)
    verdict = judge(surroundings(EDITOR, keepass(rect), keepass(rect)), SHIPPED)
    assert verdict == LookAllowed((rect, rect))


def test_two_that_cover_all_together_mean_no() -> None:
    left, right = Rect(x=0, y=0, width=960, height=1080), Rect(x=960, y=0, width=960, height=1080)
    assert isinstance(judge(surroundings(EDITOR, keepass(left), keepass(right)), SHIPPED), LookRefused)


def test_where_the_front_window_is_unknown_its_monitor_is_what_must_remain() -> None:
    front = Window(app="code", title="main.go")
    assert judge(surroundings(front, keepass(SCREEN)), SHIPPED) == LookRefused("password manager")


def test_one_on_another_monitor_does_not_cover_the_front() -> None:
    rect = Rect(x=1920, y=0, width=1920, height=1080)
    assert judge(surroundings(EDITOR, keepass(rect)), SHIPPED) == LookAllowed((rect,))


# One window


def test_the_rule_that_forbids_is_told() -> None:
    assert may_look(Window(app="Diary", title=""), [DIARY]) == DIARY
    assert may_look(EDITOR, [DIARY]) is None


def test_all_that_a_rule_names_must_match() -> None:
    rule = PrivacyRule(name="x", app="firefox", title="diary", address="example")
    assert hides(rule, Window(app="Firefox", title="My Diary", url="https://example.org"))
    assert not hides(rule, Window(app="firefox", title="My Diary", url="https://other.org"))
    assert not hides(rule, Window(app="firefox", title="Mail", url="https://example.org"))
    assert not hides(rule, Window(app="chrome", title="My Diary", url="https://example.org"))


def test_an_address_that_nobody_told_does_not_match() -> None:
    assert not hides(PrivacyRule(name="x", address="."), Window(app="firefox", title=""))


def test_a_rule_that_names_nothing_hides_nothing() -> None:
    assert not hides(PrivacyRule(name="x"), EDITOR)


@pytest.mark.parametrize(
    "window",
    [
        Window(app="diary", title=""),
        Window(app="Diary", title=""),
        Window(app="org.someone.Diary", title=""),
        Window(app="", title="", process="diary"),
        Window(app="Diary.exe", title=""),
    ],
)
def test_a_program_is_known_by_any_of_its_names(window: Window) -> None:
    assert hides(DIARY, window)


def test_a_program_is_known_by_the_name_that_is_shown() -> None:
    assert hides(PrivacyRule(name="x", app="Text Editor"), Window(app="org.gnome.TextEditor", title=""))
    assert hides(PrivacyRule(name="x", app="libreoffice calc"), Window(app="libreoffice-calc", title=""))
    assert not hides(PrivacyRule(name="x", app=""), Window(app="", title=""))


def test_a_program_is_not_known_by_a_part_of_its_name() -> None:
    assert not hides(DIARY, Window(app="diary-reader", title=""))


def test_several_programs_may_stand_in_one_rule() -> None:
    rule = PrivacyRule(name="x", app="diary | Journal")
    assert hides(rule, Window(app="journal", title=""))


def test_browsers_are_known_by_their_class_or_process() -> None:
    assert is_browser(Window(app="firefox", title=""))
    assert is_browser(Window(app="org.mozilla.firefox", title=""))
    assert not is_browser(EDITOR)


# The person's own rules


def test_a_rule_from_a_window_is_taken() -> None:
    value = {"name": " Diary ", "app": "", "title": "diary|journal", "address": None}
    assert check_rule(value) == PrivacyRule(name="Diary", title="diary|journal")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "an object"),
        ({"name": "", "app": "x"}, "a name"),
        ({"name": "x"}, "at least one"),
        ({"name": "x", "app": 5}, "is a text"),
        ({"name": "x", "title": "("}, "not a pattern"),
        ({"name": "x", "title": "a" * 501}, "at most 500"),
        ({"name": "Lock Screen", "app": "x"}, "always holds"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_a_sentence(value: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        check_rule(value)


def test_a_rule_of_the_person_says_what_it_hides() -> None:
    rule = PrivacyRule(name="x", app="firefox", title="diary")
    assert sentence_of(rule) == "Looks away when the program is “firefox” and the title has “diary” in it."


def test_our_own_window_behind_does_not_hide_what_stands_before_it() -> None:
    terminal = a_window("xterm", "garden", rect=Rect(x=100, y=100, width=400, height=300))
    ours = a_window("gum-app", "gum-app", rect=Rect(x=0, y=0, width=1000, height=800))
    verdict = judge(Surroundings(foreground=terminal, visible=(terminal, ours)), SHIPPED)
    assert isinstance(verdict, LookAllowed)
    assert terminal.rect is not None and ours.rect is not None
    assert not any(rect.meet(terminal.rect) for rect in verdict.black_out)
    assert sum(rect.area for rect in verdict.black_out) == ours.rect.area - terminal.rect.area


def test_our_own_window_is_hidden_whole_where_the_order_is_not_told() -> None:
    terminal = a_window("xterm", "garden", rect=Rect(x=100, y=100, width=900, height=700))
    ours = a_window("gum-app", "gum-app", rect=Rect(x=0, y=0, width=300, height=300))
    verdict = judge(Surroundings(foreground=terminal, visible=(ours, terminal)), SHIPPED)
    assert isinstance(verdict, LookAllowed) and verdict.black_out == (ours.rect,)


def test_a_password_manager_behind_is_painted_over_whole() -> None:
    terminal = a_window("xterm", "garden", rect=Rect(x=100, y=100, width=900, height=700))
    manager = a_window("KeePassXC", "db.kdbx - KeePassXC", rect=Rect(x=0, y=0, width=300, height=300))
    verdict = judge(Surroundings(foreground=terminal, visible=(terminal, manager)), SHIPPED)
    assert isinstance(verdict, LookAllowed) and verdict.black_out == (manager.rect,)


def test_a_full_screen_browser_that_cannot_tell_if_it_is_private_is_not_looked_at() -> None:
    film = a_window("chromium", "A film - Chromium", fullscreen=True)
    rule = may_look(film, SHIPPED)
    assert rule is not None and rule.name == "full-screen browser"
    assert may_look(a_window("chromium", "A film - Chromium"), SHIPPED) is None
    assert may_look(a_window("chromium", "A film", url="https://films.example/1", fullscreen=True), SHIPPED) is None
    assert may_look(a_window("firefox", "A film — Mozilla Firefox", fullscreen=True), SHIPPED) is None


def test_a_pattern_that_would_take_for_ever_hides_what_it_cannot_judge() -> None:
    rule = check_rule({"name": "mine", "title": "(a|aa)+$"})
    assert hides(rule, Window(app="editor", title="a" * 300 + "!"))
    assert not hides(rule, Window(app="editor", title="notes"))
