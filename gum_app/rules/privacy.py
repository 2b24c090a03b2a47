"""May this be looked at? Asked before a pixel is read. What is not known is private.

Rules of the person and rules that always hold (`shipped_rules`) are judged alike. What the words of a page give away
later is for `page_kinds`; what must be cut out of them, for `secrets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from gum_app.errors import BadInput
from gum_app.records import PrivacyRule, Rect, Surroundings, Window
from gum_app.rules.private_words import BROWSERS, TELLING_BROWSERS
from gum_app.rules.shipped_rules import FULL_SCREEN_BROWSER, OWN_WINDOW, PRIVATE_WINDOW, SENTENCES, SHIPPED
from gum_app.rules.titles import shown_name

UNKNOWN_WINDOW = "unknown window"
LEAST_SHARE = 0.2  # of the window in front; when less can still be seen, it is not worth a look
LEAST_PIXELS = 40_000
LONGEST_TEXT = 2000  # characters of a title or an address that are judged: its beginning and its end
MOST_SEARCH_SECONDS = 0.05
LONGEST_FIELD = 500  # characters in one field of the person's own rule

__all__ = [
    "OWN_WINDOW",
    "PRIVATE_WINDOW",
    "SHIPPED",
    "UNKNOWN_WINDOW",
    "LookAllowed",
    "LookRefused",
    "check_rule",
    "hides",
    "is_browser",
    "judge",
    "may_look",
    "sentence_of",
    "tells_when_private",
]


@dataclass(frozen=True)
class LookAllowed:
    """`black_out` is to be painted over before the picture is used for anything (pixels of the desktop)."""

    black_out: tuple[Rect, ...] = ()


@dataclass(frozen=True)
class LookRefused:
    rule_name: str


def judge(surroundings: Surroundings, rules: Sequence[PrivacyRule]) -> LookAllowed | LookRefused:
    """Whether the screen may be looked at, and what of it must be painted over."""
    front = surroundings.foreground
    if front is None:
        return LookRefused(UNKNOWN_WINDOW)
    forbidding = may_look(front, rules)
    if forbidding is not None:
        return LookRefused(forbidding.name)
    hidden: list[tuple[Rect, str]] = []
    for window in surroundings.visible:
        rule = may_look(window, rules)
        if rule is None:
            continue
        if window.rect is None:
            return LookRefused(rule.name)  # it can be seen somewhere, so everywhere must be left alone
        spared = front.rect if rule.name == OWN_WINDOW and _is_above(front, window, surroundings.visible) else None
        hidden += [(rect, rule.name) for rect in _without(window.rect, spared)]
    black_out = tuple(rect for rect, _ in hidden)
    in_front = front.rect or _monitor_rect(surroundings, front)
    if hidden and in_front is not None and _is_mostly_covered(in_front, black_out):
        return LookRefused(max(hidden, key=lambda one: _shared_pixels(one[0], in_front))[1])
    return LookAllowed(black_out)


def may_look(window: Window, rules: Iterable[PrivacyRule]) -> PrivacyRule | None:
    """The rule that forbids it, or None."""
    if window.private:
        return _PRIVATE
    if _may_be_private_unseen(window):
        return _FULL_SCREEN
    return next((rule for rule in rules if hides(rule, window)), None)


def hides(rule: PrivacyRule, window: Window) -> bool:
    """All that the rule names must match. An address nobody told us does not match: the title has to be enough."""
    if rule.app is None and rule.title is None and rule.address is None:
        return False
    return (
        (rule.app is None or _is_program(rule.app, window))
        and (rule.title is None or _matches(rule.title, window.title))
        and (rule.address is None or (window.url is not None and _matches(rule.address, window.url)))
    )


def is_browser(window: Window) -> bool:
    return _is_program(BROWSERS, window)


def tells_when_private(window: Window) -> bool:
    """Whether it is a browser whose titles say that a window is private, or no browser at all."""
    return not is_browser(window) or _is_program(TELLING_BROWSERS, window)


def check_rule(value: object) -> PrivacyRule:
    """A rule as it comes from a window: an object with name, app, title, address. Raises BadInput with a sentence."""
    if not isinstance(value, dict):
        raise BadInput("A privacy rule is an object with `name` and at least one of `app`, `title` and `address`.")
    fields = {key: _field(key, value.get(key)) for key in ("name", "app", "title", "address")}
    name = fields.pop("name")
    if name is None:
        raise BadInput("Give the rule a name: it is what the timeline says when something was left out.")
    if any(rule.name.casefold() == name.casefold() for rule in SHIPPED):
        raise BadInput(f"“{name}” is the name of a rule that always holds; choose another.")
    if not any(fields.values()):
        raise BadInput("Fill in at least one of program, title and address: else the rule would hide nothing.")
    for key in ("title", "address"):
        try:
            regex.compile(fields[key] or "")
        except regex.error as error:
            raise BadInput(f"The {key} is not a pattern that can be searched for ({error.msg}).") from error
    return PrivacyRule(name=name, app=fields["app"], title=fields["title"], address=fields["address"])


def sentence_of(rule: PrivacyRule) -> str:
    """What the rule hides, in one sentence for the person."""
    if rule.shipped:
        return SENTENCES[rule.name]
    parts = [
        f"the program is “{rule.app}”" if rule.app else "",
        f"the title has “{rule.title}” in it" if rule.title else "",
        f"the address has “{rule.address}” in it" if rule.address else "",
    ]
    return f"Looks away when {' and '.join(part for part in parts if part)}."


def _may_be_private_unseen(window: Window) -> bool:
    """In full screen there is no address bar with a mark, and the titles of Chromium and its kin never tell."""
    silent = is_browser(window) and not _is_program(TELLING_BROWSERS, window)
    return silent and window.fullscreen and window.url is None


_FULL_SCREEN = next(rule for rule in SHIPPED if rule.name == FULL_SCREEN_BROWSER)
_PRIVATE = next(rule for rule in SHIPPED if rule.name == PRIVATE_WINDOW)


def _field(key: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f"The {key} of a privacy rule is a text.")
    if len(value) > LONGEST_FIELD:
        raise BadInput(f"The {key} of a privacy rule has at most {LONGEST_FIELD} characters.")
    return value.strip() or None


def _is_program(names: str, window: Window) -> bool:
    """`names` is one name or several with | between them."""
    wanted = {name.strip() for name in names.casefold().split("|")}
    return not wanted.isdisjoint(_names_of(window))


def _names_of(window: Window) -> set[str]:
    """`org.keepassxc.KeePassXC` is called `keepassxc` too, `KeePassXC.exe` as well, and all by the names we show."""
    names = {window.app.casefold(), (window.process or "").casefold()}
    names |= {name.removesuffix(".exe") for name in names}
    names |= {name.rpartition(".")[2] for name in names if name.count(".") >= 2}
    return (names | {shown_name(window.app).casefold()}) - {""}


def _matches(pattern: str, text: str) -> bool:
    if len(text) > LONGEST_TEXT:  # a page chooses its title and its address; neither may hold us up
        text = text[: LONGEST_TEXT // 2] + " " + text[-LONGEST_TEXT // 2 :]
    try:
        return _compiled(pattern).search(text, timeout=MOST_SEARCH_SECONDS) is not None
    except TimeoutError:  # `(a+)+$` on a long title: what cannot be judged is private
        return True


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


def _is_above(one: Window, other: Window, visible: Sequence[Window]) -> bool:
    """Whether it is listed before the other; the topmost window comes first."""
    order = [(window.app, window.title, window.rect) for window in visible]
    keys = [(window.app, window.title, window.rect) for window in (one, other)]
    return all(key in order for key in keys) and order.index(keys[0]) < order.index(keys[1])


def _without(rect: Rect, spared: Rect | None) -> list[Rect]:
    """What of a rectangle lies outside another. Only our own window is spared so: what stands in front of it may be
    read, since nothing in our window is a secret of the person's; all others are painted over whole.
    """
    shared = rect.meet(spared) if spared is not None else None
    if shared is None:
        return [rect]
    parts = (
        (rect.x, rect.y, rect.right, shared.y),
        (rect.x, shared.bottom, rect.right, rect.bottom),
        (rect.x, shared.y, shared.x, shared.bottom),
        (shared.right, shared.y, rect.right, shared.bottom),
    )
    return [Rect(x=x, y=y, width=r - x, height=b - y) for x, y, r, b in parts if r > x and b > y]


def _monitor_rect(surroundings: Surroundings, window: Window) -> Rect | None:
    return next((monitor.rect for monitor in surroundings.monitors if monitor.index == window.monitor), None)


def _shared_pixels(one: Rect, other: Rect) -> int:
    shared = one.meet(other)
    return shared.area if shared is not None else 0


def _is_mostly_covered(front: Rect, black_out: Sequence[Rect]) -> bool:
    left = front.area - _covered_pixels(front, black_out)
    return left < max(LEAST_PIXELS, LEAST_SHARE * front.area)


def _covered_pixels(front: Rect, covers: Sequence[Rect]) -> int:
    """Of `front`, counting nothing twice: the edges of all covers cut it into a grid."""
    inside = [shared for cover in covers if (shared := front.meet(cover)) is not None]
    xs = sorted({x for rect in inside for x in (rect.x, rect.right)})
    ys = sorted({y for rect in inside for y in (rect.y, rect.bottom)})
    return sum(
        (right - left) * (bottom - top)
        for left, right in pairwise(xs)
        for top, bottom in pairwise(ys)
        if any(rect.x <= left and right <= rect.right and rect.y <= top and bottom <= rect.bottom for rect in inside)
    )
