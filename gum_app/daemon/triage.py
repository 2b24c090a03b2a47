"""Judges the notifications that wait to be judged, where the person wants that. The queue is the digest itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from gum_app.clock import Clock
from gum_app.daemon.bearings import bearings_of
from gum_app.digest import DigestItem, Judgement
from gum_app.rules.orders import MARK
from gum_app.rules.secret_shapes import CODE
from gum_app.rules.triage import Notification, Tally, Vote, judge, keys_of, tally_of
from gum_app.settings import Settings
from gum_app.store.reading import ReadingStore
from gum_app.store.store import ForgottenMeanwhile, Store

AT_ONCE = 50
BACK = timedelta(days=1)  # so old may be what is judged, after it was switched on or there was no time


class Triage:
    """Belongs to one thread."""

    def __init__(
        self, store: Store, clock: Clock, *, settings: Callable[[], Settings], pen: AbstractContextManager[object]
    ) -> None:
        self._store, self._clock, self._settings, self._pen = store, clock, settings, pen

    def judge_some(self) -> list[DigestItem]:
        """The oldest that wait, each with its judgement; empty: none waits, or it is switched off."""
        if not self._settings().triage_notifications:
            return []
        now = self._clock.now()
        waiting = self._store.unjudged(since=now - BACK, limit=AT_ONCE)
        said = self._said(now) if waiting else {}
        return [judged for item in waiting if (judged := self._judge(item, said)) is not None]

    def _judge(self, item: DigestItem, said: Tally) -> DigestItem | None:
        """None: it was forgotten meanwhile."""
        judgement = judged(self._store, item, said)
        try:
            with self._pen:
                self._store.put_judgement(item.id, judgement)
        except ForgottenMeanwhile:
            return None
        return self._store.digest_item(item.id)

    def _said(self, now: datetime) -> Tally:
        return tally_of(vote for item in self._store.with_opinion() if (vote := vote_of(item, now)) is not None)


def judged(store: ReadingStore, item: DigestItem, said: Tally) -> Judgement:
    """By what is believed when it was shown."""
    return judge(notification_of(store, item), bearings_of(store, item, item.at), said)


def notification_of(store: ReadingStore, item: DigestItem) -> Notification:
    return Notification(
        app=item.app,
        summary=item.title,
        urgency=item.urgency,
        critical_share=store.critical_share(item.app, before=item.id),
        has_code=CODE in store.rules_that_cut(item.observation_id),
        has_orders=item.title == MARK,
    )


def vote_of(item: DigestItem, now: datetime) -> Vote | None:
    """What the person's opinion of a judgement says: that it deserved attention, or that it could have waited."""
    if item.judgement is None or item.opinion is None:
        return None
    age = now - (item.opinion_at or now)
    return Vote(
        keys=keys_of(item.app, item.title, item.judgement.grounds),
        now=(item.judgement.attention == "now") == (item.opinion == "right"),
        age_days=age / timedelta(days=1),
    )
