"""Who of the names on the screen is the person: the name they gave, and what the screen itself calls theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from gum_app.records import Person
from gum_app.rules.wording import folded

_PARTICLES = {"de", "da", "di", "du", "van", "von", "den", "el", "al", "bin", "ter", "le", "la", "st"}
FEWEST_LETTERS = 3  # of a part of a name by which a handle is recognised
LIKE_ENOUGH = 84  # of 100: the reader turns "Teodor Halvorsen" into "Meodor Halvarsen"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3}"
_YOU = re.compile(rf"(?P<name>{_NAME})\s*\([Yy]ou\)")
_FROM = re.compile(rf"^(?:From|Von|De)\W?\s+(?P<name>{_NAME})\s*<(?P<address>{ADDRESS.pattern})")
_FROM_LABEL = re.compile(r"(?:From|Von|De):?")
_FIELD = re.compile(rf"^(?P<name>{_NAME})\s*<(?P<address>{ADDRESS.pattern})")
_TO = re.compile(rf"^(?:an|to|To)\W?\s+(?P<address>{ADDRESS.pattern})\s*$")
_SIGNED_IN = re.compile(rf"(?:signed|logged) in as\s+(?P<name>{ADDRESS.pattern}|{_NAME})", re.IGNORECASE)
_SHELL = re.compile(r"^(?P<user>[a-z_][a-z0-9_-]{1,30})@[\w-]+(?:[:\s]|$)")


def is_person(name: str, person: Person) -> bool:
    """Whether this name or handle stands for the person. Small misreadings are forgiven, other names are not."""
    plain = _plain(name)
    if not plain:
        return False
    if plain in {"you", "me", "myself"}:
        return True
    return any(_same(plain, known) for known in known_names(person))


def fits(handle: str, person: Person) -> bool:
    """Whether a name or handle may be the person's by what it is made of. Others write their own names everywhere."""
    parts = folded(person.name).split()
    if is_person(handle, person) or not parts:
        return True
    if len(handle.split()) > 1:
        return False
    local, domain = re.split(r"[^a-z]+", folded(handle).partition("@")[0]), folded(handle).partition("@")[2]
    first, last = parts[0], parts[-1]
    if len(parts) > 1 and len(last) >= FEWEST_LETTERS and (last in "".join(local) or last in domain):
        return True
    return len(local) == 1 and len(local[0]) >= FEWEST_LETTERS and first.startswith(local[0])


def known_names(person: Person) -> list[str]:
    """All that stands for the person, folded: full name, handles, and the part of an address before the @."""
    known = [person.name, *account_names(person.name), *person.handles]
    known += [handle.split("@")[0] for handle in person.handles if "@" in handle]
    return [plain for plain in dict.fromkeys(_plain(name) for name in known) if plain]


def account_names(name: str) -> list[str]:
    """The user names that organisations make of a name: thalvorsen, teodorh, teodor.halvorsen, halvorsent."""
    parts = folded(name).split()
    if len(parts) < 2:
        return []
    first, last = parts[0], parts[-1]
    made = [
        f"{first[0]}{last}",
        f"{first}{last[0]}",
        f"{first}.{last}",
        f"{first[0]}.{last}",
        f"{last}{first[0]}",
        f"{last}.{first}",
    ]
    return [user for user in made if len(user) >= 5]


def without_initials(name: str) -> str:
    """A name without the initials of a round picture before it, which the reader joins to it: "DR Dagny Roth"."""
    first, _, rest = name.strip().partition(" ")
    made = "".join(word[0] for word in rest.split()) if rest else ""
    badly_read = first.islower() and rest[:1].isupper() and first not in _PARTICLES
    return rest if rest and len(first) <= 3 and (folded(made).startswith(folded(first)) or badly_read) else name.strip()


def first_name(person: Person) -> str:
    return person.name.split()[0] if person.name else ""


def initials(person: Person) -> str:
    """TH for Teodor Halvorsen; empty where the name has one word only."""
    parts = person.name.split()
    return "".join(part[0].upper() for part in (parts[0], parts[-1])) if len(parts) > 1 else ""


def greets(text: str, person: Person) -> bool:
    """Whether a line addresses the person by name: "You’re going, Teodor!"."""
    first = folded(first_name(person))
    return bool(first) and re.search(rf"\b{re.escape(first)}\b", folded(text)) is not None


def found_names(title: str, texts: Sequence[str], *, writing: bool, reading_mail: bool, terminal: bool) -> list[str]:
    """Names and handles that this window calls the person's own, strongest first."""
    found: list[str] = []
    if writing:
        found += _sender_field(texts)
    for text in texts:
        if match := _YOU.search(text):
            found.append(match["name"])
        if writing and (match := _FROM.search(text)):
            found += [match["name"], match["address"]]
        if match := _SIGNED_IN.search(text):
            found.append(match["name"])
        if terminal and (match := _SHELL.search(text)):
            found.append(match["user"])
        if reading_mail and (match := _TO.search(text)):
            found.append(match["address"])
    if reading_mail:
        found += ADDRESS.findall(title)
    return found


def _sender_field(texts: Sequence[str]) -> list[str]:
    """The field beside a label From that stands for itself."""
    for n, text in enumerate(texts):
        if _FROM_LABEL.fullmatch(text.strip()):
            for near in texts[max(0, n - 2) : n + 3]:
                if match := _FIELD.match(near):
                    return [match["name"], match["address"]]
    return []


def _plain(name: str) -> str:
    return re.sub(r"[^\w@.]+", "", folded(re.sub(r"\((?:you|du|me)\)", "", name, flags=re.IGNORECASE)))


def _same(plain: str, known: str) -> bool:
    if len(known) < 5 or "@" in known:
        return plain == known
    # A stray letter of an avatar before the name is common, another surname is not.
    return fuzz.ratio(plain, known) >= LIKE_ENOUGH
