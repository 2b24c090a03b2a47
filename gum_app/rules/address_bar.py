"""What the top of a browser's window says: the address, and whether the window is private.

X11 tells neither. The address is read where the eye finds it: near the top, below the tabs, a host with or without a
path. A padlock in front is often misread as a letter or a sign, and `https` as `hitps`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gum_app.records import Line, Rect
from gum_app.rules.folding import folded
from gum_app.rules.private_words import any_of

STRIP_HEIGHT = 200  # pixels from the top of the window, on a screen of ordinary resolution
TABS_HEIGHT = 45  # above it there are tabs, whose titles may look like an address
RIGHT_PART = 0.6  # of a window's width: from there on a browser says that it is private
LONGEST_MARK = 3  # words
LONGEST_GLYPHS = 3  # words before the address: padlock, shield, a button

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_SCHEME = re.compile(r"^h[a-z]{2,4}s?:/{1,3}", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"^(?:(?:https?|ftp)://)?({_HOST}|localhost|\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?::\d{{2,5}})?([/?#]\S*)?$",
    re.IGNORECASE,
)
_INNER_PAGE = re.compile(
    r"^(?:about|chrome|edge|brave|opera|vivaldi|moz-extension|chrome-extension):\S+$", re.IGNORECASE
)
_WWW = re.compile(r"^www[ .,]?(?=[a-z0-9-]+\.)", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:py|go|rs|js|ts|jsx|tsx|md|txt|pdf|html?|css|json|ya?ml|toml|sh|c|h|cpp|java|png|jpe?g|odt|ods|docx?|xlsx?|zip)$",
    re.IGNORECASE,
)
_PRIVATE_MARKS = any_of(
    r"""
        private browsing|private window|(?:incognito|inprivate)(?: ?\(\d+\))?|privater modus|inkognito(?:modus)?|
        navigation privée|navegación privada|incógnito|navigazione (?:anonima|in incognito)|privénavigatie|
        navegação (?:privada|privativa|anónima|anônima)|tryb (?:prywatny|incognito)|privat surfning|privat browsing|
        privat nettlesing|inkognitoläge|inkognitotilstand|yksityinen selaus|anonymní (?:prohlížení|režim|okno)
        """
)
_PRIVATE_MARK = re.compile(folded(_PRIVATE_MARKS), re.IGNORECASE)


def address_in_strip(lines: Sequence[Line], window: Rect) -> str | None:
    """The address in the address bar of a browser that covers `window` (a monitor will do), or None.

    The highest below the tabs: what stands under it, or in a tab, the page has chosen.
    """
    candidates: list[tuple[bool, int, str]] = []
    for line in _strip(lines, window):
        found = _address(line)
        if found is None:
            continue
        has_path = "/" in found.partition("://")[2] or "://" not in found
        below_tabs = line.rect.y - window.y > TABS_HEIGHT
        if has_path or below_tabs:
            candidates.append((below_tabs, -line.rect.y, found))
    return max(candidates)[-1] if candidates else None


def is_private_in_strip(lines: Sequence[Line], window: Rect) -> bool:
    """A browser writes "Incognito" or "Private browsing" beside the address of a private window."""
    right_part = window.x + RIGHT_PART * window.width
    for line in _strip(lines, window):
        words = list(line.words)
        while len(words) > 1 and len(words[-1].text) <= 1:  # the three dots of the menu
            words.pop()
        for last in range(1, min(len(words), LONGEST_MARK) + 1):
            mark = words[-last:]
            alone = len(words) <= LONGEST_GLYPHS  # else a long address runs into it: then only its place tells
            if (alone or mark[0].rect.x >= right_part) and _is_private_mark(" ".join(word.text for word in mark)):
                return True
    return False


def _is_private_mark(text: str) -> bool:
    return _PRIVATE_MARK.fullmatch(folded(text.strip(" @&©®•·"))) is not None


def _strip(lines: Sequence[Line], window: Rect) -> Iterator[Line]:
    bottom = window.y + STRIP_HEIGHT * max(1, round(window.height / 1080))
    for line in lines:
        rect = line.rect
        if line.words and window.y <= rect.y < bottom and window.x <= rect.x < window.right:
            yield line


def _address(line: Line) -> str | None:
    """The line is the address but for a few glyphs before it and, at most, one behind it."""
    texts = [word.text for word in line.words]
    for first in range(min(len(texts), LONGEST_GLYPHS + 1)):
        for last in (len(texts), len(texts) - 1):
            if first < last and (found := _as_address("".join(texts[first:last]), texts[first:last])):
                return found
    return None


def _as_address(joined: str, parts: Sequence[str]) -> str | None:
    if len(parts) > 1 and not _is_split_address(parts):
        return None
    text = _WWW.sub("www.", _SCHEME.sub("https://", joined.strip("|,;")))
    if _INNER_PAGE.match(text):
        return text.lower()
    match = _ADDRESS.match(text)
    if match is None or (match.group(2) is None and _FILE.search(match.group(1))):
        return None
    return text if "://" in text else f"https://{text}"


def _is_split_address(parts: Sequence[str]) -> bool:
    """A space within an address comes from misreading: only behind a dot, a slash, a colon, or a leading www."""
    return all(before.endswith((".", "/", ":", "-", "=", "?", "&")) or before.lower() == "www" for before in parts[:-1])
