"""From what was seen to what may be kept. Nothing reaches a prompt or the disk that has not passed through here.

Pure: words in, words out. Decided by rule alone, in the strict direction; what is refused is named by its rule, never
quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import ImageDraw

from gum_app.records import Line, PrivacyRule, Rect, Window
from gum_app.rules.address_bar import STRIP_HEIGHT, address_in_strip, is_private_in_strip
from gum_app.rules.page_kinds import page_kind
from gum_app.rules.privacy import OWN_WINDOW, PRIVATE_WINDOW, is_browser, may_look
from gum_app.rules.secrets import as_line, cut, cut_text

if TYPE_CHECKING:
    from PIL.Image import Image

TASK_BAR_HEIGHT = 60  # pixels at the lower edge of a monitor
LONGEST_GLYPH = 2  # characters for which an icon is taken
LEAST_TITLE_WORDS = 2  # one word alone, "Pay", is a menu
A_BROWSER = "firefox"  # the titles of most rules are those of pages
PAINT_MARGIN = 3  # pixels around a word: an engine's boxes are a little too tight
OWN_NAMES = frozenset({"gum-app", "gum_app"})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What may be kept. `painted` is where words were cut out: to be painted over in any picture that is kept."""

    title: str
    url: str | None = None
    lines: tuple[Line, ...] = ()
    painted: tuple[Rect, ...] = ()


@dataclass(frozen=True)
class NotKept:
    rule: str


def audit_window(
    window: Window,
    lines: Sequence[Line],
    *,
    rules: Iterable[PrivacyRule],
    monitor: Rect | None = None,
    around: Sequence[Line] = (),
) -> Seen | NotKept:
    """What may be kept of a window and of the words that were read in it (pixels of the desktop).

    `monitor` says where the words stand when the window's own place is not known. `around` are words read earlier that
    still stand in the same window; they explain the new ones and are not returned.
    """
    rules = tuple(rules)
    place = window.rect or monitor
    known = replace(window, url=window.url or _address(window, (*lines, *around), place))
    forbidding = may_look(known, rules)
    if forbidding is not None:
        return NotKept(forbidding.name)
    if place is not None and _may_be_browser(window) and is_private_in_strip((*lines, *around), place):
        return NotKept(PRIVATE_WINDOW)
    kind = page_kind((*lines, *around), window.title) if lines else None
    if kind is not None:
        return NotKept(kind)
    hidden = _names_of_hidden_windows(lines, (place, monitor), rules)
    clean, painted = cut([line for index, line in enumerate(lines) if index not in hidden], around)
    return Seen(
        title=cut_text(window.title),
        url=cut_text(known.url) if known.url is not None else None,
        lines=clean,
        painted=painted + tuple(word.rect for index in sorted(hidden) for word in lines[index].words),
    )


def audit_notification(app: str, summary: str, body: str, *, rules: Iterable[PrivacyRule]) -> Seen | NotKept:
    """A notification is kept as its summary, with summary and body as its lines. The app's own are not kept."""
    if app.casefold() in OWN_NAMES:
        return NotKept(OWN_WINDOW)
    forbidding = may_look(Window(app=app, title=summary), rules)
    if forbidding is not None:
        return NotKept(forbidding.name)
    text = cut_text(f"{summary}\n{body}")
    clean_summary, _, _ = text.partition("\n")
    return Seen(title=clean_summary, lines=lines_of(text))


def audit_note(text: str) -> Seen:
    """The person's own words, without the secrets in them."""
    clean = cut_text(text)
    return Seen(title="", lines=lines_of(clean))


def lines_of(text: str) -> tuple[Line, ...]:
    """Text that was never on a screen, as lines: ten by twenty pixels a letter, from the top left."""
    return tuple(as_line(row, number) for number, row in enumerate(text.split("\n")) if row.strip())


def paint(image: Image, rects: Iterable[Rect]) -> Image:
    """A copy with the rectangles (pixels of the image) painted black, a little beyond their edges."""
    painted = image.copy()
    draw = ImageDraw.Draw(painted)
    for rect in rects:
        corners = (rect.x - PAINT_MARGIN, rect.y - PAINT_MARGIN, rect.right + PAINT_MARGIN, rect.bottom + PAINT_MARGIN)
        draw.rectangle(corners, fill="black")
    return painted


def _names_of_hidden_windows(
    lines: Sequence[Line], places: Iterable[Rect | None], rules: Sequence[PrivacyRule]
) -> frozenset[int]:
    """Lines in a tab bar or a task bar that are the title of a window that is never looked at."""
    bars = [bar for place in places if place is not None for bar in _bars(place)]
    in_bars = (index for index, line in enumerate(lines) if any(bar.meet(line.rect) is not None for bar in bars))
    return frozenset(index for index in in_bars if _is_hidden_title([word.text for word in lines[index].words], rules))


def _bars(place: Rect) -> tuple[Rect, Rect]:
    lower = max(place.bottom - TASK_BAR_HEIGHT, place.y)
    return replace(place, height=STRIP_HEIGHT), Rect(x=place.x, y=lower, width=place.width, height=TASK_BAR_HEIGHT)


def _is_hidden_title(words: Sequence[str], rules: Sequence[PrivacyRule]) -> bool:
    """An icon in front and a cross behind are often read as a letter or two: the title may be what stands between."""
    first = 1 if len(words[0]) <= LONGEST_GLYPH else 0
    last = len(words) - 1 if len(words[-1]) <= LONGEST_GLYPH else len(words)
    for some in {tuple(words), tuple(words[first:last])}:
        if len(some) >= LEAST_TITLE_WORDS and may_look(Window(app=A_BROWSER, title=" ".join(some)), rules) is not None:
            return True
    return False


def _address(window: Window, lines: Sequence[Line], place: Rect | None) -> str | None:
    if place is None or not _may_be_browser(window):
        return None
    return address_in_strip(lines, place)


def _may_be_browser(window: Window) -> bool:
    """A window that nobody told us about may be one."""
    return is_browser(window) or not window.app
