"""The addresses of services in which people write, read mail and keep calendars, by what they are for.

A page chooses its title, and with it what it is taken for; it does not choose its address. Services that anybody may
run under an address of their own (Mattermost, Rocket.Chat, Zulip, Nextcloud, GitLab, Exchange) cannot be in a table:
there the person's own keys must vouch for what a page says is theirs.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from gum_app.rules.titles import PlaceKind

# Whole hosts, or with a dot in front a domain of which only the service itself gives out names.
_HOSTS: dict[PlaceKind, str] = {
    "chat": """
        .slack.com web.whatsapp.com web.telegram.org discord.com teams.microsoft.com teams.live.com
        teams.cloud.microsoft www.messenger.com www.facebook.com app.element.io chat.google.com mail.google.com
        web.threema.ch .zulipchat.com messages.google.com www.linkedin.com
    """,
    "mail": """
        mail.google.com outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft
        mail.proton.me app.fastmail.com mail.yahoo.com www.icloud.com app.tuta.com mail.zoho.com mail.zoho.eu
    """,
    "calendar": """
        calendar.google.com outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft
        calendar.proton.me app.fastmail.com www.icloud.com calendar.yahoo.com calendar.zoho.com
    """,
    "call": "meet.google.com .zoom.us teams.microsoft.com teams.live.com meet.jit.si whereby.com .webex.com",
    "page": "github.com gitlab.com codeberg.org bitbucket.org .atlassian.net linear.app git.sr.ht todo.sr.ht",
    "office": "docs.google.com .sharepoint.com onedrive.live.com www.notion.so www.overleaf.com www.figma.com",
    "tasks": "trello.com app.asana.com app.todoist.com app.clickup.com to-do.office.com tasks.google.com",
    "search": """
        www.google.com duckduckgo.com www.bing.com www.ecosia.org www.startpage.com kagi.com www.qwant.com
        search.brave.com
    """,
}
_OF: dict[PlaceKind, tuple[str, ...]] = {kind: tuple(hosts.split()) for kind, hosts in _HOSTS.items()}
_OF |= {"compose": _OF["mail"], "editor": _OF["office"]}
# Names that one service alone has, with the domains at which it is found.
_NAMES: dict[str, tuple[str, ...]] = {
    r"slack": ("slack.com",),
    r"whatsapp": ("whatsapp.com",),
    r"telegram": ("telegram.org",),
    r"discord": ("discord.com",),
    r"microsoft teams": ("microsoft.com", "live.com", "cloud.microsoft"),
    r"messenger": ("messenger.com", "facebook.com"),
    r"gmail": ("google.com",),
    r"google (?:calendar|chat|meet|docs|sheets|slides)": ("google.com",),
    r"proton ?mail": ("proton.me",),
    r"github": ("github.com",),
    r"trello": ("trello.com",),
}
_NAMED = tuple((re.compile(rf"\b{name}\b", re.IGNORECASE), domains) for name, domains in _NAMES.items())


def is_at_home(kind: PlaceKind, url: str | None) -> bool:
    """Whether the address is one of a service that is what the page seems to be."""
    host = _host(url)
    return any(host == known or (known[0] == "." and host.endswith(known)) for known in _OF.get(kind, ()))


def imitates(title: str, url: str | None) -> bool:
    """Whether a page bears the name of a service at an address that is not that service's. Unknown: it does not."""
    host = f".{_host(url)}"
    if host == ".":
        return False
    return any(
        name.search(title) and not any(host.endswith(f".{domain}") for domain in domains) for name, domains in _NAMED
    )


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").casefold()
    except ValueError:  # badly read
        return ""
