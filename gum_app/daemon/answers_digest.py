"""The person says whether a notification was judged rightly; the next ones like it are judged by that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from gum_app.daemon.questions import number_of
from gum_app.daemon.room import Room
from gum_app.digest import DigestId
from gum_app.errors import BadInput
from gum_app.link import Answer, Question
from gum_app.rules.triage_wording import taught
from gum_app.store.store import Store

OPINIONS = ("right", "wrong")


class DigestAnswers:
    def __init__(self, room: Room, writing: Callable[[], AbstractContextManager[Store]]) -> None:
        """`writing` gives the store to whoever holds the pen."""
        self._room, self._writing = room, writing
        self.verbs: dict[str, Callable[[Question], Iterator[Answer]]] = {"digest_say": self._say}

    def _say(self, question: Question) -> Iterator[Answer]:
        """`opinion`: right or wrong; null takes back what was said."""
        opinion = question.get("opinion")
        if opinion is not None and opinion not in OPINIONS:
            raise BadInput("Say that it was judged right or wrong, or nothing to take that back.")
        id_ = DigestId(number_of(question, "id"))
        with self._writing() as store, store.transaction():
            item = store.digest_item(id_)
            if item is None:
                raise BadInput("There is no such notification, or it is forgotten.")
            if item.judgement is None:
                raise BadInput("That notification was not judged: there is nothing to say of it.")
            store.put_opinion(id_, opinion, self._room.clock.now())
        said = taught(item.judgement.attention, opinion) if opinion is not None else "Taken back."
        yield {"id": id_, "opinion": opinion, "said": said}
