"""Keeps what was seen: the episode in front, what lies beside it, notifications and notes. The one place where a look
becomes rows. Everything passes `pipeline.audit` first: what must not be kept never reaches the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from gum_app.daemon.crowd import Crowd
from gum_app.daemon.looks import Episode, Frame, Mark, ReadFrame, episode_of, mark_of
from gum_app.daemon.pictures import still, thumbnail
from gum_app.daemon.standing import Standing, Words
from gum_app.digest import DigestId
from gum_app.pipeline.audit import NotKept, Seen, audit_note, audit_notification, audit_window
from gum_app.records import Observation, ObservationId, PrivacyRule, Skip, Source, StillFrame, Surroundings, Window
from gum_app.rules.episodes import LONGEST_EPISODE, RIPE, active_seconds_between, same_thing
from gum_app.rules.norms import Norms
from gum_app.rules.orders import ORDERS
from gum_app.rules.placing import SOMEWHERE, dark_share
from gum_app.rules.privacy import OWN_WINDOW
from gum_app.rules.stills import MOST_STILLS, take_still
from gum_app.store.store import ForgottenMeanwhile, Store
from gum_app.world.hands import Noted, Notified

NOTHING = ObservationId(0)  # the store gives the real one
OWN_APP = "gum-app"  # where notes come from
WRITE_EVERY = timedelta(seconds=30)
UNREAD = "a browser that was left before it was read"
BESIDE_GAP = timedelta(minutes=2)  # a window beside the front one that was read again within so long is one episode


class Keeper:
    """Used by the recorder's thread only."""

    def __init__(
        self,
        store: Store,
        *,
        rules: Callable[[], tuple[PrivacyRule, ...]],
        norms: Callable[[], Norms] = Norms,
        thumbnails: Callable[[], bool],
        stills: Callable[[], bool] = lambda: False,
        ripened: Callable[[], None] = lambda: None,
        heard: Callable[[DigestId, Notified], None] = lambda _id, _notified: None,
    ) -> None:
        """`norms`: how much is kept of private matters. `stills`: whether a model wants pictures.

        `ripened` is called when there is something new to think about, `heard` when a notification was kept.
        """
        self._store = store
        self._rules = rules
        self._norms = norms
        self._thumbnails = thumbnails
        self._stills = stills
        self._ripened = ripened
        self._heard = heard
        self._crowd = Crowd()
        self._standing = Standing()
        self.front: Episode | None = None
        self._beside: list[Episode] = []
        self._leaving: list[Episode] = []  # over, but some of it is still being read

    # Coming and going

    def bring_to_front(self, window: Window, at: datetime, *, in_call: bool) -> Episode:
        """The episode of this window: the one that goes on, or a new one."""
        front = self.front
        if front is not None and same_thing(front.window, window) and at - front.started_at < LONGEST_EPISODE:
            front.window = window
            return front
        self.leave(at)
        self.front = Episode(window=window, started_at=at, ended_at=at, active_at=at, in_call=in_call)
        self._begin(self.front, "window")
        return self.front

    def touch(self, at: datetime, *, keys: int | None = None) -> None:
        """Somebody is at the machine: the time since the last such sign was spent on what is in front."""
        episode = self.front
        if episode is None:
            return
        _spend(episode, at)
        if keys is not None:
            episode.keys = (episode.keys or 0) + keys
        if episode.ended_at - (episode.written_at or episode.started_at) >= WRITE_EVERY:
            self.write()

    def write(self) -> None:
        """Bring the times of what is in front into the store. A crash in between costs no more than them."""
        if self.front is not None:
            self._extend(self.front)
            self._ripen(self.front)

    def leave(self, at: datetime) -> None:
        """What was in front is over. `at` may lie back: nobody was there since then."""
        episode, self.front = self.front, None
        if episode is not None:
            _spend(episode, at)
            self._extend(episode)
            self._end(episode)

    def keep_visible(self, visible: Sequence[Window]) -> None:
        """What lay beside the front window and cannot be seen any more is over."""
        for episode in list(self._beside):
            if _place(episode.window, visible) is None and episode.window != SOMEWHERE:
                self._beside.remove(episode)
                self._end(episode)

    def leave_all(self, at: datetime) -> None:
        self.leave(at)
        for episode in self._beside:
            self._end(episode)
        self._beside = []

    def end(self, at: datetime) -> None:
        """Nothing more will be read."""
        self.leave_all(at)
        for episode in self._leaving:
            self._close(episode)
        self._leaving = []
        self._standing.forget()

    def drop_all(self) -> None:
        """Something was forgotten: what was under way belongs to it, or may. What is being read comes to nothing."""
        for episode in (self.front, *self._beside, *self._leaving):
            if episode is not None:
                episode.forgotten = True
        self.front, self._beside, self._leaving = None, [], []
        self._standing.forget()
        self._store.close_all_observations()
        self._ripened()

    def skip(self, at: datetime, rule: str, *, since: datetime | None = None) -> None:
        self._store.add_skip(Skip(started_at=since or at, ended_at=at, rule=rule))

    # What was read

    def keep(self, read: ReadFrame) -> None:
        """Words that were read go to the windows they stood in; those of windows that are not kept go nowhere."""
        episode = read.frame.episode
        episode.reading -= 1
        if episode.forgotten:
            return
        if read.lines is None:
            self.lose_sight(read.frame.monitor.index)
        else:
            self._keep_words(read.frame, self._standing.renew(read.frame, read.lines))
        if episode in self._leaving and not episode.reading:
            self._leaving.remove(episode)
            self._close(episode)

    def lose_sight(self, monitor: int | None = None) -> None:
        """What stands on this monitor, or on all, is not known any more; the next picture is read whole."""
        self._standing.forget(monitor)

    def keep_notification(self, notified: Notified) -> None:
        """Each has its place in the digest. Of a program that shows many at once some are only counted there."""
        with_one = self._crowd.counts_with(notified.app, notified.at)
        if with_one is not None and self._store.count_one_more(with_one):
            return
        heard = audit_notification(
            notified.app, notified.summary, notified.body, rules=self._rules(), norms=self._norms()
        )
        match heard:
            case NotKept(rule=rule):
                self.skip(notified.at, rule)
                self._store.add_rulings(heard.rulings, app=notified.app, at=notified.at)
                if rule != OWN_WINDOW:
                    self._crowd.keep(notified.app, notified.at, self._put_in_digest(notified, rule=rule))
            case Seen():
                with self._store.transaction():
                    seen = self._keep_at_once("notification", notified.app, heard, notified.at)
                    id_ = self._put_in_digest(notified, observation_id=seen)
                self._crowd.keep(notified.app, notified.at, id_)
                self._heard(id_, notified)

    def miss_notification(self, notified: Notified, rule: str) -> None:
        """It was not read, and `rule` says why; that there was one is listed."""
        self.skip(notified.at, rule)
        with_one = self._crowd.counts_with("", notified.at)
        if with_one is None or not self._store.count_one_more(with_one):
            self._crowd.keep("", notified.at, self._put_in_digest(notified, rule=rule))

    def _put_in_digest(
        self, notified: Notified, *, observation_id: ObservationId | None = None, rule: str = ""
    ) -> DigestId:
        return self._store.add_to_digest(
            at=notified.at, urgency=notified.urgency, observation_id=observation_id, rule=rule
        )

    def keep_note(self, noted: Noted) -> Seen:
        """Answers what was kept of it, and what was noticed in it."""
        seen = audit_note(noted.text, norms=self._norms())
        self._keep_at_once("note", OWN_APP, seen, noted.at)
        return seen

    # Where a replay stands

    def bookmark(self, surroundings: Surroundings) -> Mark:
        """All but the words: a window is told by its place among those that can be seen."""
        beside = [
            mark_of(episode) | {"place": _place(episode.window, surroundings.visible)} for episode in self._beside
        ]
        return {"front": mark_of(self.front) if self.front is not None else None, "beside": beside}

    def go_on(self, mark: Mark, surroundings: Surroundings) -> None:
        """After a kill: what was under way goes on."""
        if mark["front"] is not None and surroundings.foreground is not None:
            self.front = episode_of(mark["front"], surroundings.foreground)
        for each in mark["beside"]:
            window = SOMEWHERE if each["place"] is None else surroundings.visible[each["place"]]
            self._beside.append(episode_of(each, window))

    # One episode

    def _begin(self, episode: Episode, source: Source) -> bool:
        """Open it in the store. False where its title or address says that it is not kept."""
        seen = audit_window(episode.window, (), rules=self._rules(), norms=self._norms())
        if isinstance(seen, NotKept):
            self._refuse(episode, seen)
            return False
        episode.id = self._store.open_observation(
            Observation(
                id=NOTHING,
                source=source,
                app=episode.window.app,
                title=seen.title,
                url=seen.url,
                started_at=episode.started_at,
                ended_at=episode.ended_at,
                fullscreen=episode.window.fullscreen,
                in_call=episode.in_call,
            )
        )
        episode.untold = seen.untold is not None
        self._list(episode, seen, episode.started_at)
        return True

    def _keep_words(self, frame: Frame, windows: Sequence[Words]) -> None:
        for words in windows:
            if words.window is frame.surroundings.foreground:
                self._keep_front(frame.episode, frame, words)
            else:
                self._keep_beside(frame, words)

    def _keep_front(self, episode: Episode, frame: Frame, words: Words) -> None:
        if episode.refused:
            return
        seen = self._audit(frame, words)
        if isinstance(seen, NotKept):
            self._refuse(episode, seen)
            return
        self._list(episode, seen, frame.at)
        episode.read = episode.read or bool(words.new or words.around)
        episode.dark_shares.append(dark_share(frame.image, frame.monitor, words.window.rect))
        self._extend(episode, seen)
        if episode.id is None:
            return
        if episode.untold:
            self._ripen(episode)
            return
        self._keep_pictures(episode, episode.id, frame, words)
        self._ripen(episode)
        if episode.ripe:
            self._ripened()

    def _keep_beside(self, frame: Frame, words: Words) -> None:
        seen = self._audit(frame, words)
        if isinstance(seen, NotKept):
            self.skip(frame.at, seen.rule)
            self._store.add_rulings(seen.rulings, app=words.window.app, at=frame.at)
            return
        episode = self._beside_of(words.window, frame.at)
        if episode is None:
            episode = Episode(window=words.window, started_at=frame.at, ended_at=frame.at)
            if not self._begin(episode, "screen"):
                return
            self._beside.append(episode)
        episode.ended_at = max(frame.at, episode.ended_at)
        self._list(episode, seen, frame.at)
        self._extend(episode, seen)

    def _list(self, episode: Episode, seen: Seen, at: datetime) -> None:
        """What the audit decided is listed, never what it was; that somebody gave orders to software is a Skip."""
        self._store.add_rulings(seen.rulings, app=episode.window.app, at=at, observation_id=episode.id)
        if seen.orders:
            self._store.add_skip(Skip(started_at=at, ended_at=at, rule=ORDERS, count=seen.orders))

    def _keep_pictures(self, episode: Episode, id_: ObservationId, frame: Frame, words: Words) -> None:
        """A picture shows more than what is new: all that stands in the window is judged for it."""
        episode.new_words += sum(len(line.words) for line in words.new)
        wanted = take_still(episode.stills, episode.new_words) if self._stills() else "no"
        if wanted == "no" and not self._thumbnails():
            return
        everything = Words(words.window, (*words.around, *words.new), ())
        seen = self._audit(frame, everything)
        if isinstance(seen, NotKept) or seen.untold is not None:
            return
        if self._thumbnails() and (jpeg := thumbnail(frame, seen.painted)) is not None:
            self._store.add_thumbnail(id_, frame.at, jpeg)
        norms = self._norms()
        if norms.for_models != norms:  # what the person has kept here is not thereby shown to a model
            seen = self._audit(frame, everything, norms.for_models)
        if isinstance(seen, NotKept) or seen.untold is not None:
            return
        if wanted != "no" and (jpeg := still(frame, seen.painted)) is not None:
            taken = self._store.frames_of(id_)[: MOST_STILLS - 1]
            self._store.put_frames(id_, [*taken, StillFrame(observation_id=id_, at=frame.at, jpeg=jpeg)])
            episode.stills, episode.new_words = len(taken) + 1, 0

    def _audit(self, frame: Frame, words: Words, norms: Norms | None = None) -> Seen | NotKept:
        return audit_window(
            words.window,
            words.new,
            rules=self._rules(),
            norms=norms or self._norms(),
            monitor=frame.monitor.rect,
            around=words.around,
        )

    def _beside_of(self, window: Window, at: datetime) -> Episode | None:
        """The episode of a window beside the front one that goes on; one that was left alone for long is over."""
        episode = next((each for each in self._beside if same_thing(each.window, window)), None)
        if episode is None or at - episode.ended_at <= BESIDE_GAP:
            return episode
        self._beside.remove(episode)
        self._close(episode)
        return None

    def _extend(self, episode: Episode, seen: Seen | None = None) -> None:
        if episode.id is None:
            return
        episode.written_at = episode.ended_at
        if seen is not None and seen.untold is not None and not episode.untold:
            episode.untold = True
            self._store.untell_observation(episode.id, seen.title)
        if episode.untold:
            seen = None
        try:
            self._store.extend_observation(
                episode.id,
                ended_at=episode.ended_at,
                active_seconds=episode.active_seconds,
                keys=episode.keys,
                dark_share=episode.dark_share,
                lines=seen.lines if seen is not None else (),
                url=seen.url if seen is not None else None,
                title=seen.title if seen is not None else None,
            )
        except ForgottenMeanwhile:  # by retention: no more is kept of it, the next one begins anew
            episode.id, episode.refused = None, True

    def _ripen(self, episode: Episode) -> None:
        """What lasts longer than a moment is thought about while it still goes on."""
        if episode.ripe or episode.id is None or episode.may_be_private:
            return
        if episode.ended_at - episode.started_at >= RIPE:
            episode.ripe = True
            self._close(episode)

    def _end(self, episode: Episode) -> None:
        episode.over = True
        if episode.reading:
            self._leaving.append(episode)
        else:
            self._close(episode)

    def _close(self, episode: Episode) -> None:
        if episode.id is not None and episode.may_be_private:
            self._refuse(episode, NotKept(UNREAD))
        elif episode.id is not None:
            self._store.close_observation(episode.id)
            self._ripened()

    def _refuse(self, episode: Episode, refused: NotKept) -> None:
        """What its words gave away is gone too: its title, its times, everything but that something was skipped."""
        episode.refused = True
        if episode.id is not None:
            self._store.discard_observation(episode.id)
            episode.id = None
        self.skip(episode.ended_at, refused.rule)
        self._store.add_rulings(refused.rulings, app=episode.window.app, at=episode.ended_at)

    def _keep_at_once(self, source: Source, app: str, seen: Seen, at: datetime) -> ObservationId:
        kept = Observation(
            id=NOTHING, source=source, app=app, title=seen.title, started_at=at, ended_at=at, lines=seen.lines
        )
        id_ = self._store.open_observation(kept)
        self._store.close_observation(id_)
        self._store.add_rulings(seen.rulings, app=app, at=at, observation_id=id_)
        if seen.orders:
            self._store.add_skip(Skip(started_at=at, ended_at=at, rule=ORDERS, count=seen.orders))
        self._ripened()
        return id_


def _spend(episode: Episode, at: datetime) -> None:
    if episode.active_at is not None:
        episode.active_seconds += active_seconds_between(episode.active_at, at)
        episode.active_at = episode.ended_at = max(at, episode.ended_at)


def _place(window: Window, visible: Sequence[Window]) -> int | None:
    return next((place for place, each in enumerate(visible) if same_thing(each, window)), None)
