"""From what a watcher of windows wrote down to episodes, as if they had been seen here.

Only time in which somebody was there counts. A tab tells the address of the window in front where its title stands in
that of the window; a private tab of the same browser makes it private. Of most browsers a title does not say whether
the window is private: without a tab that vouches for it nobody knows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from gum_app.records import Window
from gum_app.rules.episodes import LONGEST_EPISODE, LONGEST_GAP, same_thing, settled_title
from gum_app.rules.privacy import is_browser, tells_when_private
from gum_app.world.imports import MachineLog, Span, TabEvent, WindowEvent

MOST_AT_ONCE = 200  # tabs or spans that are held for one window; an overlap of more is a broken log


class _Lasting(Protocol):
    @property
    def started_at(self) -> datetime: ...

    @property
    def ended_at(self) -> datetime: ...


Lasting = TypeVar("Lasting", bound=_Lasting)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A window was in front, without a break. `may_be_private`: nothing tells whether it was."""

    window: Window
    started_at: datetime
    ended_at: datetime
    may_be_private: bool = False


@dataclass(frozen=True, kw_only=True)
class PastEpisode:
    host: str
    window: Window
    started_at: datetime
    ended_at: datetime
    active_seconds: float
    may_be_private: bool


def episodes(log: MachineLog) -> Iterator[PastEpisode]:
    """In the order of time, by the rules for what is watched here."""
    current: PastEpisode | None = None
    for stretch in stretches(log):
        if current is not None and _goes_on(current, stretch):
            current = _longer(current, stretch)
            continue
        if current is not None:
            yield current
        current = PastEpisode(
            host=log.host,
            window=stretch.window,
            started_at=stretch.started_at,
            ended_at=stretch.ended_at,
            active_seconds=(stretch.ended_at - stretch.started_at).total_seconds(),
            may_be_private=stretch.may_be_private,
        )
    if current is not None:
        yield current


def _goes_on(current: PastEpisode, stretch: Stretch) -> bool:
    return (
        current.may_be_private == stretch.may_be_private
        and same_thing(current.window, stretch.window)
        and stretch.started_at - current.ended_at <= LONGEST_GAP
        and stretch.started_at - current.started_at < LONGEST_EPISODE
    )


def _longer(current: PastEpisode, stretch: Stretch) -> PastEpisode:
    """Time that two events both count is spent once."""
    fresh = stretch.ended_at - max(current.ended_at, stretch.started_at)
    return PastEpisode(
        host=current.host,
        window=current.window,
        started_at=current.started_at,
        ended_at=max(current.ended_at, stretch.ended_at),
        active_seconds=current.active_seconds + max(fresh.total_seconds(), 0.0),
        may_be_private=current.may_be_private,
    )


def stretches(log: MachineLog) -> Iterator[Stretch]:
    """Where nobody watched windows, tabs stand for them."""
    presence = _Beside(_joined(log.presence)) if log.presence is not None else None
    tabs = _Beside(log.tabs)
    some = False
    for window in log.windows:
        some = True
        for span in _there(window, presence):
            yield from _with_tabs(window, span, tabs.during(window))
    if not some:
        for tab in tabs.rest():
            for span in _there(tab, presence):
                yield Stretch(
                    window=_of_tab(tab.browser or "browser", tab), started_at=span.started_at, ended_at=span.ended_at
                )


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that touch or overlap are one."""
    current: Span | None = None
    for span in spans:
        if current is not None and span.started_at <= current.ended_at:
            current = Span(current.started_at, max(current.ended_at, span.ended_at))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


class _Beside(Generic[Lasting]):
    """What lasts beside the windows, walked along with them: both in the order of their beginnings."""

    def __init__(self, events: Iterable[Lasting]) -> None:
        self._coming = iter(events)
        self._next: Lasting | None = next(self._coming, None)
        self._now: deque[Lasting] = deque(maxlen=MOST_AT_ONCE)

    def during(self, event: _Lasting) -> list[Lasting]:
        """Those that overlap it. What was over before it began is let go, so ask in the order of beginnings."""
        while self._next is not None and self._next.started_at < event.ended_at:
            if self._next.ended_at > event.started_at:
                self._now.append(self._next)
            self._next = next(self._coming, None)
        while self._now and self._now[0].ended_at <= event.started_at:
            self._now.popleft()
        return [each for each in self._now if each.started_at < event.ended_at and each.ended_at > event.started_at]

    def rest(self) -> Iterator[Lasting]:
        yield from self._now
        while self._next is not None:
            yield self._next
            self._next = next(self._coming, None)


def _there(event: _Lasting, presence: _Beside[Span] | None) -> list[Span]:
    """The parts of it in which somebody was there."""
    if event.ended_at <= event.started_at:
        return []
    if presence is None:
        return [Span(event.started_at, event.ended_at)]
    return [
        Span(max(span.started_at, event.started_at), min(span.ended_at, event.ended_at))
        for span in presence.during(event)
    ]


def _with_tabs(event: WindowEvent, span: Span, tabs: list[TabEvent]) -> Iterator[Stretch]:
    """The window, cut where the tab changes that was active in it."""
    bare = Window(app=event.app, title=event.title, process=event.app.casefold().replace(" ", "-"))
    if not is_browser(bare):
        yield Stretch(window=bare, started_at=span.started_at, ended_at=span.ended_at)
        return
    tabs = [tab for tab in tabs if not tab.browser or tab.browser in event.app.casefold()]
    edges = {span.started_at, span.ended_at}
    edges |= {at for tab in tabs for at in (tab.started_at, tab.ended_at) if span.started_at < at < span.ended_at}
    cuts = sorted(edges)
    for since, until in pairwise(cuts):
        active = [tab for tab in tabs if tab.started_at <= since and tab.ended_at >= until]
        yield Stretch(
            window=_seen_through(bare, active),
            started_at=since,
            ended_at=until,
            may_be_private=not tells_when_private(bare) and not any(_is_of(tab, bare) for tab in active),
        )


def _seen_through(window: Window, tabs: list[TabEvent]) -> Window:
    if any(tab.private for tab in tabs):
        return Window(app=window.app, title=window.title, process=window.process, private=True)
    vouching = next((tab for tab in reversed(tabs) if _is_of(tab, window)), None)
    if vouching is None:
        return window
    return Window(app=window.app, title=window.title, process=window.process, url=vouching.url or None)


def _is_of(tab: TabEvent, window: Window) -> bool:
    title = settled_title(tab.title)
    return bool(title) and title in settled_title(window.title)


def _of_tab(app: str, tab: TabEvent) -> Window:
    return Window(app=app, title=tab.title, url=tab.url or None, private=tab.private)
