"""What sort of program shows a notification, and under which names what the person says of it is remembered.

The name of a program is a claim too, but one of what runs on this computer; the words of a notification are anybody's.
So it is by the program, and never by words that press, that a notification is of a sort.
"""

from __future__ import annotations

import re
from typing import Literal

from gum_app.records import Window
from gum_app.rules.privacy import is_browser

Sort = Literal["trouble", "appointment", "message", "mail", "routine", "page", "program"]

# Parts of names of programs, in small letters; the first sort that has one is it.
PARTS: tuple[tuple[Sort, str], ...] = (
    (
        "trouble",
        r"\bpower\b|power-?manager|batter|upower|powerdevil|\bdisks?\b|udisks|smartd|\bkernel\b|networkmanager",
    ),
    ("appointment", r"calend|alarm|organi[sz]er|reminder|\btasks\b|clocks?\b"),
    (
        "routine",
        r"updat|\bsoftware\b|backup|d[ée]j[àa] dup|packagekit|flatpak|\bsnapd?\b|downloads?\b|\bcopying\b|sync\b",
    ),
    (
        "message",
        r"signal|whatsapp|telegram|element|slack|discord|teams|messag|jabber|pidgin|fractal|dino|gajim|mattermost|zulip"
        r"|kde ?connect|gsconnect|skype|zoom|matrix|viber|wire\b|threema|\bsms\b|\birc\b|hexchat|linphone|jami",
    ),
    ("mail", r"thunderbird|evolution|geary|kmail|betterbird|\be?-?mail\b|mailspring|claws|outlook|proton"),
)
_SORTS = tuple((sort, re.compile(parts, re.IGNORECASE)) for sort, parts in PARTS)
_NUMBERS = re.compile(r"[\d.,:#%]*\d[\d.,:#%]*")
_COUNT = re.compile(r"\s*[(\[]\s*\d+[^)\]]*[)\]]\s*$")  # “Ada (2 new messages)”
_BLANKS = re.compile(r"\s+")


def sort_of(app: str) -> Sort:
    """Of a program by its name."""
    if app and is_browser(Window(app=app.replace(" ", "-"), title="")):
        return "page"
    return next((sort for sort, parts in _SORTS if parts.search(app)), "program")


def sender_of(summary: str) -> str:
    """Whom a message is from, as its first line says: “Ada” of “Ada (2 new messages)”."""
    return _COUNT.sub("", summary).strip()


def app_key(app: str) -> str:
    return f"app:{_plain(app)}"


def sender_key(app: str, summary: str) -> str:
    """Messages and mail have their sender in the summary, and a sender may use several programs. Of other programs it
    is what they say again and again, with other numbers in it.
    """
    if sort_of(app) in ("message", "mail"):
        return f"from:{_plain(sender_of(summary))}"
    return f"says:{_plain(app)}:{_plain(_NUMBERS.sub('#', summary))}"


def matter_key(proposition: int) -> str:
    return f"about:{proposition}"


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.casefold()).strip()
