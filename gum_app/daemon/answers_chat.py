"""The verbs by which the person asks about themselves, in two steps: what an answer would rest on, and the answer.

Between the two the person sees what the model would be shown, and takes out what they like. Nothing of it is kept: no
question, no answer; and nothing of it becomes evidence.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from gum_app.clock import SystemClock
from gum_app.daemon.chat_facts import ChatFacts, Fact, Found
from gum_app.daemon.chat_questions import added_of, asked_of, names_of, query_after, turns_of, wants_screen
from gum_app.daemon.choice import sends_beyond
from gum_app.daemon.mind import Mind, Urgency
from gum_app.daemon.room import Room
from gum_app.daemon.streaming import Heard, pieces
from gum_app.daemon.trial import mind_that_heeds
from gum_app.errors import ModelUnusable, PromptTooLong
from gum_app.link import Answer, Question
from gum_app.pipeline.answer import Answered, Turn, answer_prompt, answered
from gum_app.records import Person
from gum_app.rules.delicate import may_be_private
from gum_app.settings import ENDPOINT, Settings
from gum_app.store.meanings import Meaning
from gum_app.store.store import Store
from gum_app.world.model import Prompt, Said

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]
MeaningOf = Callable[[str, Settings], tuple[Meaning | None, str]]

REMEMBERED_AT_ONCE = 400  # characters, the new piece among them
KEPT_NOWHERE = "Neither the question nor the answer is kept."
NO_MODEL = "Without a model I can only show what fits."
NOT_RUNNING = "Without a model I can only show what fits: the model runs only while gum-app does."
STAYS_HERE = "This may be private, and the server is not on this computer: it is not asked. What fits is shown."
LESS = "Or take some of the lines out, and ask again."
RESTS_ON_NOTHING = "It names no line that it rests on: do not rely on it."


@dataclass(frozen=True, kw_only=True)
class Prepared:
    prompt: Prompt
    facts: Mapping[int, Fact]  # by the numbers under which they are shown
    gone: int  # how many of the lines asked for are not told any more


class ChatAnswers:
    def __init__(self, room: Room, store: Opening, meaning_of: MeaningOf) -> None:
        """`store` opens the store. `meaning_of` tells what a text means, or why that is not known."""
        self._room = room
        self._store = store
        self._meaning_of = meaning_of
        self.verbs: dict[str, Verb] = {
            "chat_context": self._context,
            "chat_lines": self._lines,
            "chat_prompt": self._word_for_word,
            "chat": self._chat,
        }

    def _context(self, question: Question) -> Iterator[Answer]:
        """The lines that an answer to `text` would rest on, and why there would be none but these.

        A question that goes on from the last one in `history` is looked for with it. `screen`: also what is on it now;
        where that is not said, the words of the question tell.
        """
        now = self._room.clock.now()
        text, turns, screen = asked_of(question), turns_of(question), wants_screen(question)
        query = query_after(text, turns, now)
        with self._store() as store:
            settings = store.settings()
            meaning, trouble = self._meaning_of(query.text, settings)
            why_not = self._why_not(text, settings)
            facts = ChatFacts(store, leaves=_leaves(settings))
            found = facts.find(query, now=now, meaning=meaning, widely=not why_not, screen=screen)
            untold_turns = len(turns) - len(_may_leave(turns, settings))
        model = self._room.mind.model if self._room.mind is not None else None
        yield {
            "lines": [_line(number, fact) for number, fact in enumerate(found.facts, 1)],
            "model": model.name if model is not None and not why_not else "",
            "why_not": why_not,
            "told": _told(found, untold_turns, trouble),
            "screen": screen,
        }

    def _lines(self, question: Question) -> Iterator[Answer]:
        """The lines of these names as they are now; those that are not told any more are missing."""
        names = names_of(question, "lines")
        with self._store() as store:
            facts = _numbered(names, ChatFacts(store, leaves=_leaves(store.settings())))
        yield {"lines": [_line(number, fact) for number, fact in facts.items()]}

    def _word_for_word(self, question: Question) -> Iterator[Answer]:
        """What `chat` would show the model, every letter of it. Nothing is asked."""
        prompt = self._prepared(question).prompt
        yield {"system": prompt.system, "text": "\n".join(part.text for part in prompt.parts if isinstance(part, Said))}

    def _chat(self, question: Question) -> Iterator[Answer]:
        """The answer to `text` from `lines` (their names, in order) `without` some, as `piece`s, and then whole.

        `also` is what the person adds for this question alone, `history` what was asked before.
        """
        with self._until_forgotten() as stop:
            yield from self._answered(question, stop)

    def _answered(self, question: Question, stop: threading.Event) -> Iterator[Answer]:
        clock = SystemClock()  # that of a replay stands still
        mind = mind_that_heeds(self._room, clock) if self._room.mind is not None else None
        asked = self._prepared(question)
        assert mind is not None, "without one there is a reason why not"
        began_seconds = clock.monotonic_seconds()
        said: list[Answered] = []
        with closing(pieces(_asking(mind, asked.prompt, asked.facts, said), name="chat", stop=stop)) as heard:
            for piece in self._remembered(heard):
                yield {"piece": piece}  # also an empty one: else nobody would notice that the window has left
        took_ms = round(1000 * (clock.monotonic_seconds() - began_seconds))
        yield {
            "answer": said[0].text,
            "cited": [_line(number, asked.facts[number]) for number in said[0].cited],
            "lines": [_line(number, fact) for number, fact in asked.facts.items()],
            "sentence": "" if said[0].cited else RESTS_ON_NOTHING,
            "gone": asked.gone,
            "milliseconds": took_ms,
            "kept": KEPT_NOWHERE,
        }

    def _remembered(self, heard: Iterable[str]) -> Iterator[str]:
        """Before it is shown: what is seen again of an answer is no evidence, also of one that breaks off."""
        last = ""
        for piece in heard:
            if piece:
                last = f"{last}{piece}"[-REMEMBERED_AT_ONCE:]
                self._room.spoken.add(last)
            yield piece

    def _prepared(self, question: Question) -> Prepared:
        """Raises BadInput, and ModelUnusable with the reason why no model is asked."""
        text, also, turns = asked_of(question), added_of(question), turns_of(question)
        names, without = names_of(question, "lines"), frozenset(names_of(question, "without"))
        with self._store() as store:
            settings = store.settings()
            if why_not := self._why_not(f"{text} {also}", settings):
                raise ModelUnusable(why_not)
            kept = ["" if name in without else name for name in names]
            facts = _numbered(kept, ChatFacts(store, leaves=_leaves(settings)))
        prompt = answer_prompt(
            text,
            {number: fact.text for number, fact in facts.items()},
            _may_leave(turns, settings),
            also=also,
            person=Person(name=settings.person_name),
            now=self._room.clock.now(),
        )
        return Prepared(prompt=prompt, facts=facts, gone=sum(name != "" for name in kept) - len(facts))

    @contextmanager
    def _until_forgotten(self) -> Iterator[threading.Event]:
        """From before the lines are read: what is forgotten or hidden meanwhile is not asked about."""
        stop = threading.Event()
        self._room.chats.add(stop)
        try:
            yield stop
        finally:
            self._room.chats.discard(stop)

    def _why_not(self, text: str, settings: Settings) -> str:
        """No model is asked; empty where one can be."""
        mind = self._room.mind
        if not settings.model:
            return NO_MODEL
        if mind is None:
            return NOT_RUNNING
        if _leaves(settings) and may_be_private(text):
            return STAYS_HERE
        if mind.model is None:
            return f"{NO_MODEL} {self._room.model_trouble or ''}".strip()
        return ""


def _numbered(names: Sequence[str], facts: ChatFacts) -> dict[int, Fact]:
    """By their places: a line keeps its number when others are taken out."""
    places = [number for number, name in enumerate(names, 1) if name]
    told = facts.named([name for name in names if name])
    return {number: fact for number, fact in zip(places, told, strict=True) if fact is not None}


def _asking(
    mind: Mind, prompt: Prompt, facts: Mapping[int, Fact], said: list[Answered]
) -> Callable[[Any, Heard], object]:
    def ask(stop: Any, heard: Heard) -> None:
        try:
            said.append(
                mind.ask(prompt, lambda text: answered(text, facts), urgency=Urgency.PERSON, stop=stop, heard=heard)
            )
        except PromptTooLong as trouble:
            raise PromptTooLong(f"{trouble} {LESS}") from trouble

    return ask


def _leaves(settings: Settings) -> bool:
    return settings.model == ENDPOINT and sends_beyond(settings)


def _line(number: int, fact: Fact) -> Answer:
    return {
        "number": number,
        "name": fact.name,
        "text": fact.text,
        "why": fact.why,
        "proposition": fact.proposition,
        "day": fact.day.isoformat() if fact.day is not None else None,
    }


def _may_leave(turns: Sequence[Turn], settings: Settings) -> list[Turn]:
    """Those that are told along: what may be private does not leave this computer."""
    leaves = _leaves(settings)
    return [turn for turn in turns if not (leaves and may_be_private(f"{turn.question} {turn.answer}"))]


def _told(found: Found, untold_turns: int, trouble: str) -> str:
    """What is to be known about the lines, in sentences."""
    private = shorter = ""
    if found.stays_here:
        lines = "1 line, which stays" if found.stays_here == 1 else f"{found.stays_here} lines, which stay"
        private = f"May be private: {lines} on this computer."
    if found.not_shown:
        windows = "1 window that was" if found.not_shown == 1 else f"{found.not_shown} windows that were"
        shorter = f"Left out: {windows} in front for less time."
    earlier = "An earlier question may be private and is not told along." if untold_turns else ""
    return " ".join(part for part in (found.note, private, shorter, earlier, trouble) if part)
