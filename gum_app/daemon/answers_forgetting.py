"""The verb that forgets: first what would go, then without a trace. It wins over whatever is being thought."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from functools import partial

from gum_app.daemon.answers_norms import affected_by, apply_norm, matter_of, matters_of
from gum_app.daemon.questions import scope_of
from gum_app.daemon.room import Room
from gum_app.link import Answer, Question
from gum_app.store.store import ForgetReport, ForgetScope, Store

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]


class ForgettingAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening) -> None:
        """`store` opens the store; `writing` does so with the pen held."""
        self._room, self._writing, self._store = room, writing, store
        self.verbs: dict[str, Verb] = {"forget": self._forget}

    def _forget(self, question: Question) -> Iterator[Answer]:
        """A scope; or the `matter` of a kind, as far as it is not to be kept any more."""
        now, preview = self._room.clock.now(), bool(question.get("preview"))
        work: Callable[[Store], ForgetReport]
        if "matter" in question:
            matter = matter_of(question)
            with self._store() as store:  # without the pen: the recorder must not wait for all to be looked through
                affected = affected_by(store, matter=matter, now=now)
            work = partial(apply_norm, affected=affected, preview=preview)
        else:
            scope = scope_of(question, now)
            work = partial(_preview if preview else _forget, scope=scope, at=now)
        yield asdict(self._looking(work) if preview else self._forgetting(work))

    def _looking(self, work: Callable[[Store], ForgetReport]) -> ForgetReport:
        with self._writing() as store:
            return work(store)

    def _forgetting(self, work: Callable[[Store], ForgetReport]) -> ForgetReport:
        mind = self._room.mind
        if mind is not None:
            mind.interrupt()
        try:
            with self._writing() as store:
                try:
                    return work(store)
                finally:  # also where the last traces are still to be wiped: the words are gone by then
                    self._room.expire_soon()
                    self._room.learn_soon()
                    recorder = self._room.recorder
                    if recorder is not None:
                        recorder.forget()
        finally:
            self._room.let_models_forget()


def _preview(store: Store, *, scope: ForgetScope, at: datetime) -> ForgetReport:  # noqa: ARG001 - one shape for both
    return store.preview_forget(scope)


def _forget(store: Store, *, scope: ForgetScope, at: datetime) -> ForgetReport:
    """What is forgotten by itself says how private the person thinks its kind: that is counted, and nothing else."""
    told = matters_of(store, scope)
    report = store.forget(scope, at=at)
    store.note_reluctance(told)
    return report
