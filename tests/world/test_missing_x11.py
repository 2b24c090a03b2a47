"""What `doctor` says of a desktop that lacks one thing or another."""

from __future__ import annotations

import pytest

from gum_app.world.missing_x11 import NEVER_TOLD, NO_IDLE, NO_MANAGER, NO_NOTIFICATIONS, missing
from tests.desktop import Desktop

pytestmark = pytest.mark.desktop

NO_LOGIND = "logind does not answer: sleep, and the lock it knows of, cannot be told."
NO_SAVER = "No screen saver answers on the session bus: its lock cannot be told."


def test_a_desktop_in_good_order_lacks_only_what_x11_never_tells(
    desk: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enter(monkeypatch)
    assert list(missing()) == [*NEVER_TOLD, NO_SAVER, NO_LOGIND]


def test_a_bare_display_says_all_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = ("-extension", "MIT-SCREEN-SAVER")
    with Desktop(window_manager=False, session_bus=False, xvfb_arguments=bare) as desk:
        desk.enter(monkeypatch)
        sentences = list(missing())
    assert sentences[:2] == [NO_MANAGER, NO_IDLE]
    no_bus = [sentence for sentence in sentences if "no D-Bus session bus" in sentence]
    assert len(no_bus) == 2, "once for the lock, once for notifications"


def test_a_bus_without_a_notification_service_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with Desktop(session_bus=False) as desk:
        desk.session_bus = desk.start_empty_bus()
        desk.enter(monkeypatch)
        assert NO_NOTIFICATIONS in list(missing())


def test_no_display_is_the_first_thing_said() -> None:
    first, *_ = missing()
    assert first.startswith("There is no X11 display")
