"""Keeps what was seen: the episode in front, what lies beside it, notifications and notes. The one place where a look
becomes rows. Everything passes `pipeline.observe` first: what must not be kept never reaches the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from gum_app.daemon.looks import Episode, Frame, ReadFrame
from gum_app.pipeline.observe import NotKept, Seen, observe, observe_note, observe_notification
from gum_app.records import Line, Observation, ObservationId, PrivacyRule, Skip, Window
from gum_app.rules.episodes import LONGEST_EPISODE, RIPE, active_seconds_between, same_thing
from gum_app.rules.placing import by_window, dark_share
from gum_app.store.store import ForgottenMeanwhile, Store
from gum_app.world.hands import Noted, Notified

if TYPE_CHECKING:
    from PIL.Image import Image

NOTHING = ObservationId(0)  # the store gives the real one
THUMBNAIL_SIZE = (480, 300)
THUMBNAIL_QUALITY = 70
MOST_AROUND = 400  # lines of what was read before; they explain new ones that stand among them
WRITE_EVERY = timedelta(seconds=30)
BESIDE_GAP = timedelta(minutes=2)  # a window beside the front one that was read again within so long is one episode


class Keeper:
    """Used by the recorder's thread only."""

    def __init__(
        self,
        store: Store,
        *,
        rules: Callable[[], tuple[PrivacyRule, ...]],
        thumbnails: Callable[[], bool],
        ripened: Callable[[], None] = lambda: None,
    ) -> None:
        """`ripened` is called when there is something new to think about."""
        self._store = store
        self._rules = rules
        self._thumbnails = thumbnails
        self._ripened = ripened
        self.front: Episode | None = None
        self._beside: list[Episode] = []
        self._leaving: list[Episode] = []

    def bring_to_front(self, window: Window, at: datetime, *, in_call: bool) -> Episode:
        """The episode of this window: the one that goes on, or a new one."""
        front = self.front
        if front is not None and same_thing(front.window, window) and at - front.started_at < LONGEST_EPISODE:
            front.window = window
            return front
        self.leave(at)
        episode = Episode(window=window, started_at=at, ended_at=at, active_at=at, in_call=in_call)
        self.front = episode
        self._begin(episode, "window")
        return episode

    def touch(self, at: datetime, *, keys: int | None = None) -> None:
        """Somebody is at the machine: the time since the last such sign was spent on what is in front."""
        episode = self.front
        if episode is None:
            return
        episode.active_seconds += active_seconds_between(episode.active_at, at)
        episode.active_at = episode.ended_at = max(at, episode.ended_at)
        if keys is not None:
            episode.keys = (episode.keys or 0) + keys
        if at - (episode.written_at or episode.started_at) >= WRITE_EVERY:
            self.write()

    def write(self) -> None:
        """Bring the times of what is in front into the store. A crash in between costs no more than them."""
        if self.front is not None:
            self._extend(self.front)
            self._ripen(self.front)

    def go_away(self, last_active_at: datetime) -> None:
        """Nobody was there since then: that time does not count as spent."""
        if self.front is not None:
            self.front.active_at = None
            self.leave(max(last_active_at, self.front.started_at))

    def leave(self, at: datetime) -> None:
        """What was in front is over."""
        episode, self.front = self.front, None
        if episode is None:
            return
        if episode.active_at is not None:
            episode.active_seconds += active_seconds_between(episode.active_at, at)
            episode.ended_at = max(at, episode.ended_at)
        self._extend(episode)
        episode.over = True
        if episode.reading:
            self._leaving.append(episode)
        else:
            self._close(episode)

    def leave_all(self, at: datetime) -> None:
        self.leave(at)
        for episode in self._beside:
            self._close(episode)
        self._beside = []

    def drop_all(self) -> None:
        """Something was forgotten: what was under way belongs to it, or may. What is being read comes to nothing."""
        for episode in (self.front, *self._beside, *self._leaving):
            if episode is not None:
                episode.refused = True
        self.front, self._beside, self._leaving = None, [], []
        self._store.close_all_observations()

    def give_up(self, frame: Frame) -> None:
        """This frame will not be read."""
        self.keep(ReadFrame(frame=frame, lines=None))

    def take_up(self, observations: Iterable[Observation]) -> None:
        """After a crash within a recording: the episode that was open goes on."""
        for seen in observations:
            window = Window(app=seen.app, title=seen.title, url=seen.url, fullscreen=seen.fullscreen)
            self.front = Episode(
                window=window,
                started_at=seen.started_at,
                ended_at=seen.ended_at,
                id=seen.id,
                active_at=seen.ended_at,
                active_seconds=seen.active_seconds,
                keys=seen.keys,
                in_call=seen.in_call,
            )

    def keep(self, read: ReadFrame) -> None:
        """Words that were read go to the windows they stood in; those of windows that are not kept go nowhere."""
        frame, episode = read.frame, read.frame.episode
        episode.reading = max(episode.reading - 1, 0)
        if read.lines is not None:
            origin = frame.monitor.rect
            desktop_lines = [_moved(line, origin.x, origin.y, frame) for line in read.lines]
            placed = by_window(desktop_lines, frame.surroundings, frame.monitor)
            self._keep_front(episode, frame, placed.front)
            for window, lines in placed.beside:
                self._keep_beside(window, frame, lines)
        if episode.over and not episode.reading and episode in self._leaving:
            self._leaving.remove(episode)
            self._close(episode)

    def keep_notification(self, notified: Notified) -> None:
        match observe_notification(notified.app, notified.summary, notified.body, rules=self._rules()):
            case NotKept(rule=rule):
                self.skip(notified.at, rule)
            case Seen() as seen:
                self._keep_at_once("notification", notified.app, seen, notified.at)

    def keep_note(self, noted: Noted) -> None:
        seen = observe_note(noted.text)
        self._keep_at_once("note", "gum-app", seen, noted.at)

    def skip(self, at: datetime, rule: str) -> None:
        self._store.add_skip(Skip(started_at=at, ended_at=at, rule=rule))

    # One episode

    def _begin(self, episode: Episode, source: str) -> bool:
        """Open it in the store. False where its title or address says that it is not kept."""
        seen = observe(episode.window, (), rules=self._rules())
        if isinstance(seen, NotKept):
            self._refuse(episode, seen.rule)
            return False
        episode.id = self._store.open_observation(
            Observation(
                id=NOTHING,
                source="window" if source == "window" else "screen",
                app=episode.window.app,
                title=seen.title,
                url=seen.url,
                started_at=episode.started_at,
                ended_at=episode.ended_at,
                fullscreen=episode.window.fullscreen,
                in_call=episode.in_call,
            )
        )
        return True

    def _keep_front(self, episode: Episode, frame: Frame, lines: tuple[Line, ...]) -> None:
        if episode.refused:
            return
        seen = observe(
            episode.window, lines, rules=self._rules(), monitor=frame.monitor.rect, around=tuple(episode.lines)
        )
        if isinstance(seen, NotKept):
            self._refuse(episode, seen.rule)
            return
        if episode.id is None and not self._begin(episode, "screen"):
            return
        episode.dark_shares.append(dark_share(frame.image, frame.monitor, episode.window.rect))
        episode.lines = (episode.lines + list(seen.lines))[-MOST_AROUND:]
        self._extend(episode, seen)
        if self._thumbnails() and episode.id is not None:
            self._store.add_thumbnail(episode.id, frame.at, _thumbnail(frame, seen))
        self._ripen(episode)
        if episode.ripe:
            self._ripened()

    def _keep_beside(self, window: Window, frame: Frame, lines: tuple[Line, ...]) -> None:
        seen = observe(window, lines, rules=self._rules(), monitor=frame.monitor.rect)
        if isinstance(seen, NotKept):
            self.skip(frame.at, seen.rule)
            return
        episode = next((each for each in self._beside if same_thing(each.window, window)), None)
        if episode is not None and frame.at - episode.ended_at > BESIDE_GAP:
            self._beside.remove(episode)
            self._close(episode)
            episode = None
        if episode is None:
            episode = Episode(window=window, started_at=frame.at, ended_at=frame.at)
            if not self._begin(episode, "screen"):
                return
            self._beside.append(episode)
        episode.ended_at = max(frame.at, episode.ended_at)
        self._extend(episode, seen)

    def _extend(self, episode: Episode, seen: Seen | None = None) -> None:
        if episode.id is None:
            return
        episode.written_at = episode.ended_at
        try:
            self._store.extend_observation(
                episode.id,
                ended_at=episode.ended_at,
                active_seconds=episode.active_seconds,
                keys=episode.keys,
                dark_share=episode.dark_share,
                lines=seen.lines if seen is not None else (),
                url=seen.url if seen is not None else None,
            )
        except ForgottenMeanwhile:  # what comes after the forgetting is a new episode
            episode.id, episode.ripe = None, False

    def _ripen(self, episode: Episode) -> None:
        """What lasts longer than a moment is thought about while it still goes on."""
        if not episode.ripe and episode.id is not None and episode.ended_at - episode.started_at >= RIPE:
            self._store.close_observation(episode.id)
            episode.ripe = True
            self._ripened()

    def _close(self, episode: Episode) -> None:
        episode.over = True
        if episode.id is not None:
            self._store.close_observation(episode.id)
            self._ripened()

    def _refuse(self, episode: Episode, rule: str) -> None:
        """What its words gave away is gone too: its title, its times, everything but that something was skipped."""
        episode.refused = True
        if episode.id is not None:
            self._store.discard_observation(episode.id)
            episode.id = None
        self.skip(episode.ended_at, rule)

    def _keep_at_once(self, source: str, app: str, seen: Seen, at: datetime) -> None:
        kept = self._store.open_observation(
            Observation(
                id=NOTHING,
                source="note" if source == "note" else "notification",
                app=app,
                title=seen.title,
                started_at=at,
                ended_at=at,
                lines=seen.lines,
            )
        )
        self._store.close_observation(kept)
        self._ripened()


def _moved(line: Line, dx: int, dy: int, frame: Frame) -> Line:
    """From pixels of the picture to pixels of the desktop, with when and where it was read."""
    words = tuple(replace(word, rect=word.rect.moved(dx, dy)) for word in line.words)
    return replace(line, words=words, at=frame.at, monitor=frame.monitor.index)


def _thumbnail(frame: Frame, seen: Seen) -> bytes:
    from gum_app.pipeline.observe import paint

    origin = frame.monitor.rect
    image: Image = paint(frame.image, [rect.moved(-origin.x, -origin.y) for rect in seen.painted])
    image.thumbnail(THUMBNAIL_SIZE)
    out = BytesIO()
    image.save(out, "JPEG", quality=THUMBNAIL_QUALITY)
    return out.getvalue()
