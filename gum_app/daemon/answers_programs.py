"""The verbs of other programs, such as assistants over MCP: what each may be told is decided here and nowhere else.

A program is known by the name that it gives itself, which is only a claim: whoever can ask at all runs as this user.
What it is told is written down before it is told. Private matters are told to none.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

from gum_app.clock import SystemClock
from gum_app.daemon.answers_grants import GrantAnswers, name_of, number_within
from gum_app.daemon.answers_norms import norms_of
from gum_app.daemon.answers_search import limit_of
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.questions import proposition_id_of, text_of
from gum_app.daemon.room import Room
from gum_app.daemon.telling import MOST_TOLD, Fields, Telling
from gum_app.errors import BadInput, LinkLost, NotGranted
from gum_app.link import Answer, Question
from gum_app.records import CALLED, Grant
from gum_app.rules.privacy import SHIPPED
from gum_app.settings import Settings
from gum_app.store.meanings import Meaning
from gum_app.store.store import Store
from gum_app.world.hands import Notified

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]
MeaningOf = Callable[[str, Settings], tuple[Meaning | None, str]]

MOST_ASKING = 20  # programs that wait for the person's answer: whoever asks under ever new names is not listed for ever
MOST_WATCHING = 8  # at once: each holds a line to the daemon, and windows need some too
MOST_NOTES, NOTES_WITHIN = 30, timedelta(minutes=1)  # of one program
LOOK_SECONDS = 1.0  # whether anything has changed, which costs microseconds
LOOK_AGAIN_SECONDS = 2.0  # while something changes all the time
USUAL_HOURS, MOST_HOURS = 8, 24 * 31
NOT_TOLD = "There is no such proposition, or it is not within what this program may be told."


class ProgramAnswers:
    def __init__(self, room: Room, writing: Opening, store: Opening, meaning_of: MeaningOf) -> None:
        """`store` opens the store; `writing` does so with the pen held; `meaning_of` as `SearchAnswers.meaning_of`."""
        self._room = room
        self._writing = writing
        self._store = store
        self._meaning_of = meaning_of
        self._watchers = threading.BoundedSemaphore(MOST_WATCHING)
        self._noted: dict[str, deque[datetime]] = {}  # when each has left notes; with the pen held
        self.verbs: dict[str, Verb] = {
            "context": self._context,
            "recent": self._recent,
            "story": self._story,
            "watch": self._watch,
            "program_note": self._program_note,
            "program_verdict": self._program_verdict,
            **GrantAnswers(room, writing, store).verbs,
        }

    # What a program asks

    def _context(self, question: Question) -> Iterator[Answer]:
        """`client`; `text`, `kinds`, `since`, `until` and `limit` as of `search`."""
        limit_of(question)
        client = self._granted(question)
        meaning, meant = self._meant(client, question)
        with self._telling(client) as telling:
            answer = self._told(telling, "context", question, telling.find(question, meaning, meant))
        yield answer

    def _recent(self, question: Question) -> Iterator[Answer]:
        """`client`; `hours` back and `limit`: which windows were in front."""
        hours = number_within(question, "hours", MOST_HOURS, USUAL_HOURS)
        limit = number_within(question, "limit", MOST_TOLD, MOST_TOLD)
        client = self._granted(question)
        with self._telling(client) as telling:
            if not telling.grant.activity:
                raise NotGranted(
                    f"The person does not let “{client}” be told which windows they use: only they can change that, in "
                    f"gum-app, or with `gum-app grant {client} --activity`."
                )
            seen = telling.done_lately(hours, limit)
            telling.write_down("recent", seen=seen)
            episodes = [telling.episode_fields(each) for each in seen]
        yield {"as_of": self._as_of(), "episodes": episodes}

    def _story(self, question: Question) -> Iterator[Answer]:
        """`client` and `id`: one proposition, and how it came about and changed."""
        id_ = proposition_id_of(question)
        with self._telling(self._granted(question)) as telling:
            belief = telling.one(id_)
            if belief is None:
                raise BadInput(NOT_TOLD)
            telling.write_down("story", propositions=[belief])
            told = telling.fields(belief)
        changes = [
            {"at": each.at.isoformat(), "kind": each.kind, "by_the_person": each.made_by == "person"}
            for each in belief.revisions
        ]
        yield {"as_of": self._as_of(), **told, "changes": changes}

    def _watch(self, question: Question) -> Iterator[Answer]:
        """As `context`, and again whenever the answer has become another, until the asker stops or may ask no more.

        Between them `still`, without which nobody would notice that the asker has left.
        """
        limit_of(question)
        client = self._granted(question)
        if not self._watchers.acquire(blocking=False):
            raise BadInput(f"{MOST_WATCHING} programs watch already, which is as many as can: end one of them.")
        try:
            yield from self._watched(client, question)
        finally:
            self._watchers.release()

    def _watched(self, client: str, question: Question) -> Iterator[Answer]:
        clock = SystemClock()  # that of a replay stands still
        meaning, meant = self._meant(client, question)
        last: dict[int, Fields] | None = None
        version, looked_seconds = -1, 0.0
        with self._store() as looking:
            while not self._room.quitting.is_set():
                now_seconds = clock.monotonic_seconds()
                if looking.version() == version or (
                    last is not None and now_seconds - looked_seconds < LOOK_AGAIN_SECONDS
                ):
                    yield {"still": True}
                    self._room.quitting.wait(LOOK_SECONDS)
                    continue
                version, looked_seconds = looking.version(), now_seconds
                answer = self._told_anew(client, question, meaning, meant, last)
                if answer is not None:
                    last = _as_watched(answer)
                    yield answer
        raise LinkLost("gum-app has ended: start it with `gum-app`.")

    def _told_anew(
        self, client: str, question: Question, meaning: Meaning | None, meant: str, last: dict[int, Fields] | None
    ) -> Answer | None:
        """None where it is what was told last; then nothing is written, and nobody waits for the pen."""
        if last is not None:
            with self._store() as store:
                telling = self._telling_of(store, client)
                found = telling.find(question, meaning, meant)
                if _as_watched({"propositions": [telling.fields(each) for each in found]}) == last:
                    return None
        with self._telling(client) as telling:
            return self._told(telling, "watch", question, telling.find(question, meaning, meant))

    def _told(self, telling: Telling, verb: str, question: Question, found: list[Any]) -> Answer:
        telling.write_down(verb, telling.asked(str(question.get("text", ""))), found)
        return {"as_of": self._as_of(), "propositions": [telling.fields(each) for each in found]}

    # What a program says

    def _program_note(self, question: Question) -> Iterator[Answer]:
        """`client` and `text`: heard like a notification, for it is what a program says and not the person's word."""
        text = text_of(question)
        client = self._granted(question)
        with self._telling(client) as telling:
            self._heed_how_many(client)
            store = telling.store
            norms = norms_of(store)
            rules = (*SHIPPED, *store.privacy_rules())
            keeper = Keeper(store, rules=lambda: rules, norms=lambda: norms, thumbnails=lambda: False)
            said = telling.noted(text)
            keeper.keep_notification(
                Notified(at=self._room.clock.now(), app=client, summary=f"A note by {client}", body=said)
            )
        self._room.something_to_think_about.set()
        self._room.something_to_interpret.set()
        yield {"noted": True}

    def _program_verdict(self, question: Question) -> Iterator[Answer]:
        """`client`, `id` and `verdict`: how a proposition turned out for it. The person sees it; it weighs nothing."""
        id_ = proposition_id_of(question)
        verb = f"called {question.get('verdict')}"
        if verb not in CALLED:
            raise BadInput(f"A verdict is one of: {', '.join(CALLED.values())}.")
        with self._telling(self._granted(question)) as telling:
            belief = telling.one(id_)
            if belief is None:
                raise BadInput(NOT_TOLD)
            telling.write_down(verb, propositions=[belief])
        yield {"noted": True}

    # Pieces

    def _granted(self, question: Question) -> str:
        """Raises NotGranted; a program that asks for the first time is put on the person's list for that."""
        client = name_of(question)
        with self._writing() as store:
            known = store.grant(client)
            asking = sum(each.given_at is None for each in store.grants())
            if known is None and asking < MOST_ASKING:
                store.put_grant(Grant(client=client, asked_at=self._room.clock.now()))
            return held(store, client).client

    def _meant(self, client: str, question: Question) -> tuple[Meaning | None, str]:
        """What is asked for means, and its words. Asked of a model before anything is held up for it."""
        if self._room.mind is None or self._room.mind.embedder is None:
            return None, ""
        with self._store() as store:
            settings, text = store.settings(), self._telling_of(store, client).query(question).text
        return self._meaning_of(text, settings)[0], text

    def _heed_how_many(self, client: str) -> None:
        """Raises BadInput where it leaves so many notes that nobody would read them."""
        now, noted = self._room.clock.now(), self._noted.setdefault(client, deque(maxlen=MOST_NOTES))
        if len(noted) == MOST_NOTES and now - noted[0] < NOTES_WITHIN:
            raise BadInput(f"{MOST_NOTES} notes within a minute are as many as are kept: leave fewer, or wait.")
        noted.append(now)

    @contextmanager
    def _telling(self, client: str) -> Iterator[Telling]:
        """With the pen held. Raises NotGranted: it may have been taken back meanwhile."""
        with self._writing() as store, store.transaction():
            yield self._telling_of(store, client)

    def _telling_of(self, store: Store, client: str) -> Telling:
        assert self._room.key is not None, "the store has been opened with it"
        return Telling(store, held(store, client), self._room.key, self._room.clock.now())

    def _as_of(self) -> str:
        return self._room.clock.now().isoformat()


def held(store: Store, client: str) -> Grant:
    """Raises NotGranted."""
    grant = store.grant(client)
    if grant is not None and grant.holds:
        return grant
    if grant is not None and grant.revoked_at is not None:
        raise NotGranted(f"The person does not let “{client}” ask: only they can change that, in gum-app.")
    raise NotGranted(
        f"The person has not yet said what “{client}” may be told: they do it in gum-app, on the page “Privacy” under "
        f"“Other programs”, or with `gum-app grant {client}`."
    )


def _as_watched(answer: Answer) -> dict[int, Fields]:
    """What makes an answer another one. That it was seen once more does not; nor does another order."""
    return {each["id"]: {**each, "last_supported_at": ""} for each in answer["propositions"]}
