"""The verbs by which the person asks about themselves, in two steps: what an answer would rest on, and the answer.

Between the two the person sees what the model would be shown, and takes out what they like. Nothing of it is kept: no
question, no answer; and nothing of it becomes evidence.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

from gum_app.clock import SystemClock
from gum_app.daemon.answers_search import LONGEST_QUESTION, query_of
from gum_app.daemon.chat_facts import ChatFacts, Fact, Found
from gum_app.daemon.choice import sends_beyond
from gum_app.daemon.mind import Mind, Urgency
from gum_app.daemon.room import Room
from gum_app.daemon.streaming import Heard, pieces
from gum_app.daemon.trial import mind_that_heeds
from gum_app.errors import BadInput, ModelUnusable
from gum_app.link import Answer, Question
from gum_app.pipeline.answer import LONGEST_TURN, MOST_TURNS, Answered, Turn, answer_prompt, answered
from gum_app.records import Person
from gum_app.rules.delicate import may_be_private
from gum_app.settings import ENDPOINT, Settings
from gum_app.store.meanings import Meaning
from gum_app.store.store import Store
from gum_app.world.model import Prompt

Verb = Callable[[Question], Iterator[Answer]]
Opening = Callable[[], AbstractContextManager[Store]]
MeaningOf = Callable[[str, Settings], tuple[Meaning | None, str]]

LONGEST_ASKED = 600  # characters
MOST_LINES = 100
KEPT_NOWHERE = "Neither the question nor the answer is kept."
NO_MODEL = "Without a model I can only show what fits."
NOT_RUNNING = "Without a model I can only show what fits: the model runs only while gum-app does."
STAYS_HERE = "This may be private, and the server is not on this computer: it is not asked. What fits is shown."
RESTS_ON_NOTHING = "It names no line that it rests on: do not rely on it."

_NAME = re.compile(r"[po][1-9]\d{0,17}")


class ChatAnswers:
    def __init__(self, room: Room, store: Opening, meaning_of: MeaningOf) -> None:
        """`store` opens the store. `meaning_of` tells what a text means, or why that is not known."""
        self._room = room
        self._store = store
        self._meaning_of = meaning_of
        self.verbs: dict[str, Verb] = {"chat_context": self._context, "chat": self._chat}

    def _context(self, question: Question) -> Iterator[Answer]:
        """The lines that an answer to `text` would rest on, and why there would be none but these.

        With a `history` also what its last question asked for is looked for: “And with whom?” names nothing itself.
        """
        now = self._room.clock.now()
        text = asked_of(question)
        query = query_of({"text": " ".join((text, *(turn.question for turn in turns_of(question)[-1:])))}, now)
        with self._store() as store:
            settings = store.settings()
            meaning, trouble = self._meaning_of(query.text, settings)
            why_not = self._why_not(text, settings)
            facts = ChatFacts(store, leaves=_leaves(settings))
            found = facts.find(query, now=now, meaning=meaning, widely=not why_not)
        model = self._room.mind.model if self._room.mind is not None else None
        yield {
            "lines": [_line(number, fact) for number, fact in enumerate(found.facts, 1)],
            "model": model.name if model is not None and not why_not else "",
            "why_not": why_not,
            "told": _told(found, trouble),
        }

    def _chat(self, question: Question) -> Iterator[Answer]:
        """The answer to `text` from `lines` (their names, in order) `without` some, as `piece`s, and then whole."""
        with self._until_forgotten() as stop:
            yield from self._answered(question, stop)

    def _answered(self, question: Question, stop: threading.Event) -> Iterator[Answer]:
        clock = SystemClock()  # that of a replay stands still
        now, text, turns = self._room.clock.now(), asked_of(question), turns_of(question)
        names, without = names_of(question, "lines"), frozenset(names_of(question, "without"))
        mind = mind_that_heeds(self._room, clock) if self._room.mind is not None else None
        with self._store() as store:
            settings = store.settings()
            leaves = _leaves(settings)
            if why_not := self._why_not(text, settings):
                raise ModelUnusable(why_not)
            kept = ["" if name in without else name for name in names]
            facts = _numbered(kept, ChatFacts(store, leaves=leaves))
        if leaves:
            turns = [turn for turn in turns if not may_be_private(f"{turn.question} {turn.answer}")]
        shown = {number: fact.text for number, fact in facts.items()}
        prompt = answer_prompt(text, shown, turns, person=Person(name=settings.person_name), now=now)
        assert mind is not None, "without one there is a reason why not"
        began_seconds = clock.monotonic_seconds()
        said: list[Answered] = []
        with closing(pieces(_asking(mind, prompt, facts, said), name="chat", stop=stop)) as heard:
            for piece in heard:
                yield {"piece": piece}  # also an empty one: else nobody would notice that the window has left
        took_ms = round(1000 * (clock.monotonic_seconds() - began_seconds))
        yield {
            "answer": said[0].text,
            "cited": [_line(number, facts[number]) for number in said[0].cited],
            "sentence": "" if said[0].cited else RESTS_ON_NOTHING,
            "gone": sum(name != "" for name in kept) - len(facts),
            "milliseconds": took_ms,
            "kept": KEPT_NOWHERE,
        }

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


def asked_of(question: Question) -> str:
    text = question.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadInput("There is no question: write one, like “What was I doing on Tuesday?”")
    if len(text) > LONGEST_ASKED:
        raise BadInput(f"That is too long: ask in at most {LONGEST_ASKED} characters.")
    return text.strip()


def names_of(question: Question, field: str) -> list[str]:
    """Names of lines, as the first step gave them."""
    given = question.get(field, [])
    if not isinstance(given, list) or len(given) > MOST_LINES:
        raise BadInput(f"“{field}” is a list of at most {MOST_LINES} names of lines, like p12 or o55.")
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in given):
        raise BadInput(f"In “{field}” stands what is no name of a line: p12 is a proposition, o55 an observation.")
    return list(dict.fromkeys(given))


def turns_of(question: Question) -> list[Turn]:
    """What was asked before, and answered; the last few count."""
    given = question.get("history", [])
    if not isinstance(given, list) or not all(isinstance(turn, dict) for turn in given):
        raise BadInput("“history” is a list of earlier questions, each with its answer.")
    return [_turn(turn) for turn in given[-MOST_TURNS:]]


def _turn(given: Mapping[str, Any]) -> Turn:
    question, answer = given.get("question"), given.get("answer")
    if not isinstance(question, str) or not isinstance(answer, str) or len(question) + len(answer) > LONGEST_QUESTION:
        raise BadInput("Of an earlier question “question” and “answer” are texts.")
    return Turn(question=question[:LONGEST_TURN], answer=answer)


def _numbered(names: Sequence[str], facts: ChatFacts) -> dict[int, Fact]:
    """By their places: a line keeps its number when others are taken out."""
    places = [number for number, name in enumerate(names, 1) if name]
    told = facts.named([name for name in names if name])
    return {number: fact for number, fact in zip(places, told, strict=True) if fact is not None}


def _asking(
    mind: Mind, prompt: Prompt, facts: Mapping[int, Fact], said: list[Answered]
) -> Callable[[Any, Heard], object]:
    def ask(stop: Any, heard: Heard) -> None:
        said.append(
            mind.ask(prompt, lambda text: answered(text, facts), urgency=Urgency.PERSON, stop=stop, heard=heard)
        )

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


def _told(found: Found, trouble: str) -> str:
    """What is to be known about the lines, in sentences."""
    private = f"{found.stays_here} may be private and do not leave this computer." if found.stays_here else ""
    shorter = f"{found.not_shown} windows that were in front for less time are left out." if found.not_shown else ""
    return " ".join(part for part in (found.note, private, shorter, trouble) if part)
