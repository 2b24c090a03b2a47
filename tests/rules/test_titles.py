from __future__ import annotations

import pytest

from gum_app.rules.titles import place_of, program_name, split_title


@pytest.mark.parametrize(
    ("app", "title", "expected"),
    [
        (
            "code",
            "rebalance_test.go ● — parcel-router — Visual Studio Code",
            ("editor", "rebalance_test.go", "parcel-router"),
        ),
        ("Code", "app.py - shop - Visual Studio Code", ("editor", "app.py", "shop")),
        ("libreoffice-calc", "close_2026-09.ods — LibreOffice Calc", ("office", "close_2026-09.ods", "")),
        ("WINWORD.EXE", "Report.docx - Word", ("office", "Report.docx", "")),
        ("foot", "tmux: main — nvim notes.md", ("terminal", "notes.md", "")),
        ("org.gnome.TextEditor", "monday.txt – Text Editor", ("editor", "monday.txt", "")),
        ("org.qgis.qgis", "harbour.qgz — QGIS", ("other", "harbour.qgz", "")),
        ("obsidian", "Reading list - Vault - Obsidian v1.5", ("editor", "Reading list", "")),
        ("figma-linux", "Checkout flow – Figma", ("office", "Checkout flow", "")),
        ("chrome", "Thesis draft - Google Docs - Google Chrome", ("office", "Thesis draft", "")),
    ],
)
def test_a_window_tells_the_open_file_and_its_project(app: str, title: str, expected: tuple[str, str, str]) -> None:
    place = place_of(app, title, None)
    assert (place.kind, place.file, place.project) == expected


@pytest.mark.parametrize(
    ("app", "title", "kind", "peer", "channel"),
    [
        ("Slack", "team-routing (Channel) - Fernwick - Slack", "chat", "", "team-routing"),
        ("signal-desktop", "Mila ❤ — Signal", "chat", "Mila", ""),
        ("teams", "Chat | Anna Lee | Microsoft Teams", "chat", "Anna Lee", ""),
        ("element", "# plants · Alder & Rill · Element", "chat", "", "plants"),
        ("firefox", "WhatsApp — Mozilla Firefox", "chat", "", ""),
    ],
)
def test_a_chat_tells_whom_it_is_with(app: str, title: str, kind: str, peer: str, channel: str) -> None:
    place = place_of(app, title, None)
    assert (place.kind, place.peer, place.channel) == (kind, peer, channel)


@pytest.mark.parametrize(
    ("title", "kind", "site", "name"),
    [
        ("Calendar – Week of March 9 — Mozilla Firefox", "calendar", "Calendar", "Week of March 9"),
        ("Meet – Stand-up — Mozilla Firefox", "call", "Meet", "Stand-up"),
        ("(3) Inbox - bo@x.example - Gmail - Google Chrome", "mail", "Gmail", "Inbox – bo@x.example"),
        ("Testing guidelines – Fernwick Wiki — Mozilla Firefox", "page", "Fernwick Wiki", "Testing guidelines"),
        ("Casa da Urze – your request — Mozilla Firefox", "page", "Casa da Urze", "your request"),
        ("reverse charge VAT – quackle — Mozilla Firefox", "search", "quackle", "reverse charge VAT"),
        ("How to tie a bowline - YouTube - Google Chrome", "video", "YouTube", "How to tie a bowline"),
    ],
)
def test_a_page_tells_its_site(title: str, kind: str, site: str, name: str) -> None:
    place = place_of("firefox", title, None)
    assert (place.kind, place.site, place.name) == (kind, site, name)


def test_a_page_of_a_code_host_belongs_to_a_repository() -> None:
    assert place_of("firefox", "Pipeline #8 · routing/parcel-router — Mozilla Firefox", None).project == "parcel-router"
    address = "https://git.example/routing/parcel-router/pulls/2"
    assert place_of("firefox", "Raise timeouts · PR #2 — Mozilla Firefox", address).project == "parcel-router"


def test_a_compose_window_tells_its_subject() -> None:
    place = place_of("thunderbird", "Write: Re: Friday – can we move it? – Thunderbird", None)
    assert (place.kind, place.name) == ("compose", "Re: Friday – can we move it?")


def test_an_address_makes_a_search_of_what_a_title_alone_does_not() -> None:
    place = place_of("firefox", "bowline — Mozilla Firefox", "https://find.example/?q=bowline+knot")
    assert (place.kind, place.name) == ("search", "bowline")


def test_an_unknown_program_is_not_guessed_at() -> None:
    place = place_of("xyz", "Something odd", None)
    assert (place.kind, place.file, place.project) == ("other", "", "")


def test_programs_have_the_names_that_people_use() -> None:
    assert program_name("libreoffice-writer") == "LibreOffice Writer"
    assert program_name("org.gnome.Evince") == "Evince"
    assert split_title("(2) a ● — b — Mozilla Firefox") == ["a", "b"]
