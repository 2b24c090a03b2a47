from __future__ import annotations

import pytest

from gum_app.rules.services import imitates, is_at_home
from gum_app.rules.titles import PlaceKind


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("chat", "https://app.slack.com/client/T1"),
        ("chat", "https://web.whatsapp.com/"),
        ("mail", "https://mail.google.com/mail/u/0/#inbox"),
        ("compose", "https://outlook.office.com/mail/"),
        ("page", "https://github.com/openclock/clockwerk/pull/3"),
    ],
)
def test_a_service_is_known_by_its_address(kind: PlaceKind, url: str) -> None:
    assert is_at_home(kind, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://slack.com.evil.example/client",
        "https://app-slack.com/client",
        "https://evil.example/app.slack.com/client",
        "https://app.slack.com@evil.example/client",
        "https://docs.google.com/document/d/1",  # a document that anybody wrote and called “Slack”
        "https://[app.slack.com",
        "",
        None,
    ],
)
def test_another_address_is_not_the_service_s(url: str | None) -> None:
    assert not is_at_home("chat", url)


def test_a_name_at_another_s_address_is_an_imitation() -> None:
    assert imitates("general - Slack", "https://evil.example/")
    assert imitates("Inbox - Gmail", "https://google.com.evil.example/")
    assert not imitates("general - Slack", "https://app.slack.com/client/T1")
    assert not imitates("WhatsApp", "https://web.whatsapp.com/")
    assert not imitates("general - Mattermost", "https://chat.school.example/"), "anybody may run one"
    assert not imitates("general - Slack", None), "nothing is known"
