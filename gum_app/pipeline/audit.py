"""From what was seen to what may be kept. Nothing reaches a prompt or the disk that has not passed through here.

Pure: words in, words out. First what software is ordered to do by strangers, then secrets, then what is nobody's
business. Decided by rule, in the strict direction; what is refused is named by its rule, never quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PIL import ImageDraw

from gum_app.pipeline.integrity import added_up, is_software, judge_name, judge_rows, judge_text
from gum_app.records import Line, Matter, Observation, PrivacyRule, Rect, Ruling, Window, Word
from gum_app.rules.address_bar import STRIP_HEIGHT, address_in_strip, is_private_in_strip
from gum_app.rules.norms import NAMES, Norms, untold_matter, untold_title
from gum_app.rules.orders import MARK, gives_orders, order_rows
from gum_app.rules.page_kinds import LOOSENED, MATTER_OF_PAGE, page_kind
from gum_app.rules.privacy import OWN_WINDOW, PRIVATE_WINDOW, is_browser, may_look
from gum_app.rules.secrets import as_line, cut, cut_text, find
from gum_app.rules.titles import place_of

if TYPE_CHECKING:
    from PIL.Image import Image

TASK_BAR_HEIGHT = 60  # pixels at the lower edge of a monitor
LONGEST_GLYPH = 2  # characters for which an icon is taken
LEAST_TITLE_WORDS = 2  # one word alone, "Pay", is a menu
A_BROWSER = "firefox"  # the titles of most rules are those of pages
PAINT_MARGIN = 3  # pixels around a word: an engine's boxes are a little too tight
OWN_NAMES = frozenset({"gum-app", "gum_app"})
SHIPPED_NORMS = Norms()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What may be kept. `painted` is where words were cut out: to be painted over in any picture that is kept.

    `untold`: the matter of a window of which no word and no picture is kept. `orders`: rows that addressed software.
    """

    title: str
    url: str | None = None
    lines: tuple[Line, ...] = ()
    painted: tuple[Rect, ...] = ()
    untold: Matter | None = None
    rulings: tuple[Ruling, ...] = field(default=(), compare=False)
    orders: int = field(default=0, compare=False)


@dataclass(frozen=True)
class NotKept:
    rule: str
    rulings: tuple[Ruling, ...] = field(default=(), compare=False)


def audit_window(
    window: Window,
    lines: Sequence[Line],
    *,
    rules: Iterable[PrivacyRule],
    norms: Norms = SHIPPED_NORMS,
    monitor: Rect | None = None,
    around: Sequence[Line] = (),
) -> Seen | NotKept:
    """What may be kept of a window and of the words that were read in it (pixels of the desktop).

    `norms` say how much is kept of what is nobody's business.

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
    if kind is not None and not (kind in LOOSENED and norms.said.get(MATTER_OF_PAGE[kind]) == "keep"):
        return NotKept(kind, (Ruling(matter=MATTER_OF_PAGE[kind], keeping="drop", rule=f"page: {kind}"),))
    whole = _of_the_whole(known, norms)
    if whole is not None:
        return whole
    hidden = _names_of_hidden_windows(lines, (place, monitor), rules)
    shown = [line for index, line in enumerate(lines) if index not in hidden]
    seen = _of_the_rows(known, shown, around, norms)
    words_hidden = tuple(word.rect for index in sorted(hidden) for word in lines[index].words)
    return seen if isinstance(seen, NotKept) else replace(seen, painted=seen.painted + words_hidden)


def audit_notification(
    app: str, summary: str, body: str, *, rules: Iterable[PrivacyRule], norms: Norms = SHIPPED_NORMS
) -> Seen | NotKept:
    """A notification is kept as its summary, with summary and body as its lines. The app's own are not kept."""
    if app.casefold() in OWN_NAMES:
        return NotKept(OWN_WINDOW)
    forbidding = may_look(Window(app=app, title=summary), rules)
    if forbidding is not None:
        return NotKept(forbidding.name)
    ruling = judge_text(f"{summary}\n{body}", norms)
    if ruling is not None:
        return _without_detail(ruling)
    if gives_orders(f"{summary} {body}"):
        return Seen(title=MARK, orders=1)
    text = cut_text(f"{summary}\n{body}")
    clean_summary, _, _ = text.partition("\n")
    return Seen(title=clean_summary, lines=lines_of(text), rulings=_secrets_in(f"{summary}\n{body}"))


def audit_kept(observation: Observation, norms: Norms) -> Seen | NotKept | None:
    """What may stay of an episode that is kept already, where norms became stricter; None: all of it."""
    software = is_software(place_of(observation.app, observation.title, observation.url))
    ruling = judge_name(observation.title, observation.url, norms, software=software)
    judged = judge_rows(observation.lines, norms, software=software)
    whole = ruling or judged.whole
    if whole is not None and untold_matter(observation.title) is None:
        return _without_detail(whole)
    if whole is not None or not judged.rulings:
        return None
    return Seen(title=observation.title, url=observation.url, lines=judged.lines, rulings=judged.rulings)


def audit_note(text: str, *, norms: Norms = SHIPPED_NORMS) -> Seen:
    """The person's own words, without the secrets in them. What else is private is theirs to tell: kept, and listed."""
    clean = cut_text(text)
    ruling = judge_text(clean, norms)
    own = () if ruling is None else (replace(ruling, keeping="keep", rule="your own note"),)
    return Seen(title="", lines=lines_of(clean), rulings=(*_secrets_in(text), *own))


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


def _of_the_whole(window: Window, norms: Norms) -> Seen | NotKept | None:
    """What the title and the address say of all that stands in the window; None where they say nothing against it."""
    software = is_software(place_of(window.app, window.title, window.url))
    ruling = judge_name(window.title, window.url, norms, software=software)
    return _without_detail(ruling) if ruling is not None else None


def _without_detail(ruling: Ruling) -> Seen | NotKept:
    if ruling.keeping == "drop":
        return NotKept(f"a matter of {NAMES[ruling.matter]}", (ruling,))
    return Seen(title=untold_title(ruling.matter), untold=ruling.matter, rulings=(ruling,))


def _of_the_rows(window: Window, lines: Sequence[Line], around: Sequence[Line], norms: Norms) -> Seen | NotKept:
    orders = order_rows(lines)
    ordered = tuple(line.rect for index, line in enumerate(lines) if index in orders)
    marked = [_marked(line) if index in orders else line for index, line in enumerate(lines)]
    software = is_software(place_of(window.app, window.title, window.url))
    judged = judge_rows(marked, norms, around, software=software)
    if judged.whole is not None:
        return _without_detail(judged.whole)
    clean, painted, kinds = cut(judged.lines, around)
    secrets = tuple(Ruling(matter="credentials", keeping=norms.of("credentials"), rule=kind) for kind in kinds)
    if norms.of("credentials") == "drop":
        clean = tuple(line for line, before in zip(clean, judged.lines, strict=True) if line == before)
    title_orders = gives_orders(window.title)
    return Seen(
        title=MARK if title_orders else cut_text(window.title),
        url=cut_text(window.url) if window.url is not None else None,
        lines=clean,
        painted=painted + judged.painted + ordered,
        rulings=(*judged.rulings, *added_up(secrets), *_secrets_in(window.title)),
        orders=len(orders) + title_orders,
    )


def _marked(line: Line) -> Line:
    """In the place of the words a mark: what stands around it is known to have stood beside orders."""
    return replace(line, words=(Word(text=MARK, rect=line.rect),))


def _secrets_in(text: str) -> tuple[Ruling, ...]:
    found = find(lines_of(text))
    return added_up(Ruling(matter="credentials", keeping="without detail", rule=secret.kind) for secret in found)


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
