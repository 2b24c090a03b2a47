"""Interprets: what counting cannot tell, the model is asked. One episode's pictures at a time, then words in batches.

A thread of its own, because a thought may take minutes: what is counted must not wait for it. Nothing is lost by a
kill: what waits stands in the database, and each conclusion is one transaction with the mark that it was drawn.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from gum_app.clock import Clock
from gum_app.daemon.auditor import Auditor, note_refused
from gum_app.daemon.context import Context, Seen
from gum_app.daemon.mind import Mind
from gum_app.daemon.thinker import nearest_texts, neighbours
from gum_app.errors import (
    EndpointTrouble,
    EngineMissing,
    GaveWay,
    GumError,
    ModelTrouble,
    ModelUnusable,
    PromptTooLong,
)
from gum_app.pipeline.answers import MOST_OBSERVATIONS
from gum_app.pipeline.audit_asked import RULE, account_fit_to_leave, fit_to_leave
from gum_app.pipeline.echo import Spoken, without_echoes
from gum_app.pipeline.observe import Told, observe_prompt, told_of
from gum_app.pipeline.propose import propose_prompt, weighed
from gum_app.pipeline.revise import revise
from gum_app.records import (
    Account,
    Draft,
    Observation,
    ObservationId,
    Person,
    PrivacyRule,
    Proposition,
    Ruling,
    Window,
)
from gum_app.rules.budget import HOUR, Circumstances, allowance, most_pictures, spent, why_wait
from gum_app.rules.norms import Norms, untold_title
from gum_app.rules.privacy import hides
from gum_app.rules.stills import most_telling
from gum_app.settings import Settings
from gum_app.store.reading import MAX_ATTEMPTS
from gum_app.store.store import Cutting, ForgottenMeanwhile, Store
from gum_app.store.waiting import FRAMES_KEPT
from gum_app.world.model import Model, Prompt

log = logging.getLogger(__name__)

SETTLED = timedelta(seconds=90)  # an episode that was last seen so long ago is over: it is looked at once, whole
BATCH = 6  # episodes from which on it is worth asking what they tell
PATIENCE = timedelta(minutes=20)  # after which fewer will do
MOST_GOING_ON = 20  # episodes that may go on side by side, older than one that is over
LEAST_LINES = 4  # of an episode nobody looked at, to be worth a question
LEAST_ACTIVE_SECONDS = 10.0
# The machine's or the server's trouble, not that of the episode: it is tried again as often as it takes.
NOT_ITS_FAULT = (EngineMissing, ModelUnusable, EndpointTrouble)
TEMPERATURES = (0.0, 0.4, 0.7)  # of the first try and the next: the likeliest answer was unfit, and would be again


class Interpreter:
    def __init__(
        self,
        store: Store,
        mind: Mind,
        clock: Clock,
        *,
        settings: Callable[[], Settings],
        person: Callable[[], Person],
        circumstances: Callable[[], Circumstances],
        heed: Callable[[], None],
        report: Callable[[Exception], None],
        pen: AbstractContextManager[object],
        rules: Callable[[], Sequence[PrivacyRule]],
        norms: Callable[[], Norms] = Norms,
        leaves: Callable[[], bool] = lambda: False,
        spoken: Spoken = lambda _lines: (),
    ) -> None:
        """`heed` sees to it that the mind has the model that is wanted now; it is called before each question.

        `pen` is held while writing, never while the model is asked. `report` takes a fault of our own.

        `norms`: how much is kept of private matters. `leaves`: whether what is asked leaves this computer.

        `rules` may have come after what waits was seen: what they hide is shown to no model any more. `spoken` tells
        which lines stood in an answer of ours.
        """
        self._store = store
        self._mind = mind
        self._clock = clock
        self._settings = settings
        self._person = person
        self._circumstances = circumstances
        self._heed = heed
        self._report = report
        self._pen = pen
        self._rules = rules
        self._norms = norms
        self._leaves = leaves
        self._spoken = spoken
        self._auditor = Auditor(mind, norms=norms, person=person)
        self._stop = threading.Event()  # of the thought under way: what it has read may not be true any more
        self._asked: Model | None = None
        self._most_in_batch = MOST_OBSERVATIONS  # that this model takes
        self._context = Context(store, mind, leaves=leaves, is_hidden=self._is_hidden)

    def interpret(self, stop: Callable[[], bool], *, last: bool = False) -> int:
        """Ask about all that is ripe, as far as it may. Answers how many thoughts that took, in vain or not.

        `last`: nothing more will come, so nothing waits for more, and what no picture may be looked at for is told by
        its words. Raises what the disk cannot do.
        """
        thoughts = 0
        self._let_old_pictures_go(self._clock.now(), last=last)  # also while it rests
        while self._is_ready() and not self._has_to_stop(stop):
            try:
                if not (self._observe_one(last=last) or self._propose_some(last=last)):
                    break
            except (GaveWay, ForgottenMeanwhile):
                continue  # what is left of it is thought about anew
            thoughts += 1
            if last:  # the budget may be used up by now
                self._let_old_pictures_go(self._clock.now(), last=True)
        return thoughts

    def _has_to_stop(self, stop: Callable[[], bool]) -> bool:
        self._stop = threading.Event()  # before anything is looked at for the next thought
        return stop()

    def forget(self) -> None:
        """From any thread, after something was forgotten, hidden or switched off: what is being thought is not asked,
        nor written down.
        """
        self._stop.set()
        self._context.forget()

    def _is_ready(self) -> bool:
        self._heed()
        if self._mind.model is not self._asked:
            self._asked, self._most_in_batch = self._mind.model, MOST_OBSERVATIONS
        return self._asked is not None and not self._mind.rests_for_seconds

    def _let_old_pictures_go(self, now: datetime, *, last: bool) -> None:
        """What was not looked at within two hours, or may not be any more, is told by its words alone."""
        none_may_be_seen = last and self._reason_to_wait(vision=True) is not None
        with self._pen:
            self._store.drop_frames(before=now + HOUR if none_may_be_seen else now - FRAMES_KEPT)

    # Looking at one episode

    def _observe_one(self, *, last: bool) -> bool:
        """Whether there was one to look at."""
        now = self._clock.now()
        waiting = self._store.unobserved(limit=MOST_GOING_ON)
        if self._passes_over([observation for observation in waiting if self._is_hidden(observation)], now):
            return True
        ripe = [each for each in waiting if last or now - each.ended_at >= SETTLED]
        if not ripe or not self._may(vision=True):
            return False
        with self._counting([ripe[0].id], self._store.note_failed_observe):
            if self._leaves() and fit_to_leave(ripe[0]) != ripe[0]:
                self._keep_told(Told(account=None, sensitive=False), ripe[0], now)  # its pictures show the rest too
            else:
                self._observe(ripe[0], now)
        return True

    def _observe(self, observation: Observation, now: datetime) -> None:
        failures = self._store.failed_observes([observation.id])
        so_far = spent(self._store.calls_since(now - HOUR), now)
        # One less each time: the context may be too small for all, or one of them unreadable.
        most = most_pictures(allowance(self._settings()), so_far) - failures
        frames = most_telling(self._store.frames_of(observation.id), max(1, most))
        prompt = self._tried(observe_prompt(observation, frames, person=self._person()), failures)
        made_by = self._made_by(prompt)
        try:
            told = self._mind.ask(
                prompt, lambda text: told_of(text, observation, made_by=made_by, now=now), stop=self._stop
            )
        except PromptTooLong as trouble:
            if len(frames) <= 1:
                self._mind.rest(str(trouble))  # nothing less can be asked: neither would the next one fit
            raise
        self._keep_told(told, observation, now)

    def _keep_told(self, told: Told, observation: Observation, now: datetime) -> None:
        """An episode that the model calls private keeps none of its words, unless the person wants such ones kept."""
        with self._pen, self._store.transaction():
            self._leave_if_forgotten()
            self._store.keep_account(told.account, observation.id, now)
            self._store.add_rulings(told.rulings, app=observation.app, at=now, observation_id=observation.id)
            keeping = self._norms().of("private")
            if told.sensitive and keeping != "keep":
                ruling = Ruling(matter="private", keeping=keeping, rule=RULE)
                self._store.add_rulings([ruling], app=observation.app, at=now, observation_id=observation.id)
                self._store.cut_kept(
                    [Cutting(id=observation.id, goes=keeping == "drop", title=untold_title("private"))], preview=False
                )

    # What several episodes tell

    def _propose_some(self, *, last: bool) -> bool:
        now = self._clock.now()
        batch = self._store.unproposed(limit=self._most_in_batch, waiting_since=None if last else now - SETTLED)
        if self._passes_over([one for one, told in batch if not _worth_asking(one, told) or self._is_hidden(one)], now):
            return True
        enough = len(batch) >= min(BATCH, self._most_in_batch)
        if not batch or not (last or enough or now - batch[0][0].ended_at > PATIENCE) or not self._may(vision=False):
            return False
        last_tries = [seen for seen in batch if self._store.failed_proposes([seen[0].id]) == MAX_ATTEMPTS - 1]
        batch = last_tries[:1] or batch  # each has its last try alone: one odd episode must not set others aside
        try:
            with self._counting([observation.id for observation, _ in batch], self._store.note_failed_propose):
                self._propose(batch, now)
        except _TooMany:
            self._most_in_batch = len(batch) // 2
        else:  # it may have been one page of odd letters: that must not make all later questions small
            self._most_in_batch += len(batch) == self._most_in_batch < MOST_OBSERVATIONS
        return True

    def _propose(self, batch: Sequence[Seen], now: datetime) -> None:
        whole = [observation for observation, _ in batch]  # of which rows may be cut, and the others stay
        batch = [
            (without_echoes(seen, lambda words: nearest_texts(self._store, words), self._spoken), account)
            for seen, account in batch
        ]
        leaves = self._leaves()
        if leaves:
            batch = [(fit_to_leave(seen), account_fit_to_leave(account)) for seen, account in batch]
        known, person = self._context.known(batch, stop=self._stop), self._person()
        counted = self._context.activity(now, stop=self._stop)
        prompt = self._tried(
            propose_prompt(batch, known=known, person=person, statistics=counted, now=now),
            self._store.failed_proposes([observation.id for observation, _ in batch]),
        )
        made_by = self._made_by(prompt)
        try:
            weighed_ones = self._mind.ask(
                prompt,
                lambda text: weighed(text, batch, known, made_by=made_by, person=person, now=now),
                stop=self._stop,
            )
        except PromptTooLong as trouble:
            if len(batch) > 1:
                raise _TooMany from None
            self._mind.rest(str(trouble))
            raise
        log.info("%d statements hold, refused: %s", len(weighed_ones.drafts), dict(weighed_ones.refused))
        audited = self._auditor.audit(weighed_ones.drafts, whole, leaves=leaves, stop=self._stop)
        meanings = self._context.meanings([draft.text for draft in audited.drafts], stop=self._stop)
        with self._pen, self._store.transaction():
            self._leave_if_forgotten()
            audited.write(self._store, now)
            note_refused(self._store, weighed_ones.refused, now)
            for draft, meaning in zip(audited.drafts, meanings, strict=True):
                about = self._store.propositions_about(draft.topic)
                similar = [*neighbours(self._store, draft.text, meaning), *self._related(draft)]
                self._store.add_revisions(revise(draft, about=about, similar=similar, now=now))
            # Not where one was forgotten meanwhile: the model has read it.
            self._store.mark_proposed([observation.id for observation, _ in batch], now)

    def _related(self, draft: Draft) -> list[Proposition]:
        """What the model said that it is about, as it is now."""
        related = None if draft.relates_to is None else self._store.proposition(draft.relates_to)
        return [] if related is None else [related]

    # What is not shown, or not any more

    def _is_hidden(self, observation: Observation) -> bool:
        """By a rule that came later, perhaps. What the person told the app they told it."""
        window = Window(app=observation.app, title=observation.title, url=observation.url)
        return observation.source != "note" and any(hides(rule, window) for rule in self._rules())

    def _passes_over(self, observations: Sequence[Observation], now: datetime) -> bool:
        """Their pictures go, and nothing is asked about them. Whether there were any."""
        if observations:
            with self._pen:
                self._store.mark_proposed([observation.id for observation in observations], now)
        return bool(observations)

    def _leave_if_forgotten(self) -> None:
        """Under the pen: what a model said of forgotten words is not written down."""
        if self._stop.is_set():
            raise GaveWay("Something was forgotten meanwhile.")

    # Pieces

    def _may(self, *, vision: bool) -> bool:
        return self._reason_to_wait(vision=vision) is None

    def _reason_to_wait(self, *, vision: bool) -> str | None:
        now, settings = self._clock.now(), self._settings()
        calls = self._store.calls_since(now - HOUR)
        return why_wait(settings, calls, self._circumstances(), now=now, vision=vision)

    @staticmethod
    def _tried(prompt: Prompt, failures: int) -> Prompt:
        return replace(prompt, temperature=TEMPERATURES[min(failures, len(TEMPERATURES) - 1)])

    def _made_by(self, prompt: Prompt) -> str:
        model = self._mind.model
        return f"model:{model.name if model is not None else ''} {prompt.step} {prompt.fingerprint}"

    @contextmanager
    def _counting(
        self, ids: Sequence[ObservationId], note: Callable[[Sequence[ObservationId]], None]
    ) -> Iterator[None]:
        """A failure is counted against the episodes, unless the machine or the server was at fault."""
        try:
            yield
        except NOT_ITS_FAULT as trouble:
            log.warning("the model cannot be asked: %s", type(trouble).__name__)
        except ModelTrouble as trouble:
            log.warning("the model gave no answer that can be used: %s", type(trouble).__name__)
            with self._pen:
                note(ids)
        except (GumError, ForgottenMeanwhile, _TooMany):
            raise
        except Exception as fault:  # noqa: BLE001 - one odd episode must not end all thinking; it is counted and reported
            with self._pen:
                note(ids)
            self._report(fault)


class _TooMany(Exception):
    """The context holds fewer episodes than that."""


def _worth_asking(observation: Observation, account: Account | None) -> bool:
    """A glance at an empty window tells nothing; what was said to us or by us always may."""
    if account is not None or observation.source in {"note", "notification"}:
        return True
    return len(observation.lines) >= LEAST_LINES and observation.active_seconds >= LEAST_ACTIVE_SECONDS
