"""What windows and commands may ask of the daemon: one verb, one small function. All the person does goes here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from gum_app import __version__
from gum_app.daemon import status
from gum_app.daemon.answers_beliefs import BeliefAnswers
from gum_app.daemon.answers_chat import ChatAnswers
from gum_app.daemon.answers_digest import DigestAnswers
from gum_app.daemon.answers_focus import FocusAnswers
from gum_app.daemon.answers_forgetting import ForgettingAnswers
from gum_app.daemon.answers_imports import ImportAnswers
from gum_app.daemon.answers_inquiries import InquiryAnswers
from gum_app.daemon.answers_judging import JudgingAnswers, by_person, in_own_words, the_proposition, told_topic
from gum_app.daemon.answers_model import ModelAnswers
from gum_app.daemon.answers_norms import (
    NormAnswers,
    norms_of,
    warning_of,
)
from gum_app.daemon.answers_programs import ProgramAnswers
from gum_app.daemon.answers_reminders import ReminderAnswers
from gum_app.daemon.answers_search import SearchAnswers
from gum_app.daemon.answers_suggestions import SuggestionAnswers
from gum_app.daemon.export import write_export
from gum_app.daemon.gate import tomorrow_morning
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.questions import (
    passphrase_of,
    path_of,
    pause_of,
    proposition_id_of,
    statement_of,
    text_of,
)
from gum_app.daemon.room import LOCKED, Room
from gum_app.errors import BadInput, KeyMissing
from gum_app.link import Answer, Question
from gum_app.records import KINDS, PERSON, Revision
from gum_app.rules.confidence import BY_THE_PERSON
from gum_app.rules.privacy import SHIPPED, check_rule, hides, sentence_of
from gum_app.settings import Settings
from gum_app.store.store import ForgottenMeanwhile, Store
from gum_app.world.hands import Noted
from gum_app.world.keys import make_key, open_key
from gum_app.world.login_item import login_item

Verb = Callable[[Question], Iterator[Answer]]

ADDED_HALF_LIFE_DAYS = 365.0  # what the person says of themselves holds for a year before it is half as fresh


class Answers:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._about_models = ModelAnswers(room, self._writing)
        searching = SearchAnswers(room, self._store)
        self._verbs: dict[str, Verb] = {
            "status": self._status,
            "key": self._key,
            "unlock": self._unlock,
            "choose_key": self._choose_key,
            "start": self._start,
            "pause": self._pause,
            "resume": self._resume,
            "quit": self._quit,
            "edit": self._edit,
            "pin": self._pin,
            "add": self._add,
            "undo": self._undo,
            "note": self._note,
            "set": self._set,
            "rules": self._rules,
            "rule_add": self._rule_add,
            "rule_remove": self._rule_remove,
            "rule_try": self._rule_try,
            "export": self._export,
            "import": self._import,
            **FocusAnswers(room).verbs,
            **DigestAnswers(room, self._writing).verbs,
            **BeliefAnswers(room, self._writing, self._store).verbs,
            **JudgingAnswers(room, self._writing).verbs,
            **NormAnswers(room, self._writing).verbs,
            **ForgettingAnswers(room, self._writing, self._store).verbs,
            **ReminderAnswers(room, self._writing, self._store).verbs,
            **SuggestionAnswers(room, self._writing, self._store).verbs,
            **ImportAnswers(room, self._store).verbs,
            **InquiryAnswers(room, self._writing).verbs,
            **searching.verbs,
            **ChatAnswers(room, self._store, searching.meaning_of).verbs,
            **ProgramAnswers(room, self._writing, self._store, searching.meaning_of).verbs,
            **self._about_models.verbs,
        }

    def close(self) -> None:
        """What is being fetched or built stops."""
        self._about_models.close()

    def answer(self, question: Question) -> Generator[Answer, None, None]:
        """Raises BadInput for a verb or a field that is none, and whatever the verb raises."""
        verb = self._verbs.get(str(question.get("do")))
        if verb is None:
            raise BadInput(f"There is nothing to do called “{question.get('do')}”.")
        try:
            yield from verb(question)
        except ForgottenMeanwhile as event:
            raise BadInput("That has been forgotten meanwhile.") from event

    # State

    def _status(self, question: Question) -> Iterator[Answer]:
        if question.get("light"):
            self._room.gate.light_seen(self._room.clock.monotonic_seconds())
        yield status.answer(self._room, __version__)

    def _key(self, _question: Question) -> Iterator[Answer]:
        if self._room.key is None:
            raise KeyMissing(LOCKED)
        yield {"key": self._room.key.hex()}

    def _unlock(self, question: Question) -> Iterator[Answer]:
        if self._room.key is None:
            self._room.open(open_key(self._room.home, passphrase_of(question)))
        yield {"unlocked": True}

    def _choose_key(self, question: Question) -> Iterator[Answer]:
        how = question.get("how")
        if how not in ("keyring", "passphrase", "file"):
            raise BadInput("Choose how the key is kept: keyring, passphrase or file.")
        self._room.open(make_key(self._room.home, how, passphrase_of(question)))
        yield {"unlocked": True}

    def _start(self, question: Question) -> Iterator[Answer]:
        """Consent: from now on it may be looked."""
        with self._writing() as store, store.transaction():
            if name := str(question.get("name") or "").strip():
                store.put_setting("person_name", name)
            self._put_setting(store, "start_at_login", bool(question.get("start_at_login")))
            store.put_setting("consented_at", self._now().isoformat())
        self._room.gate.consent()
        self._look_again()
        yield {"started": True}

    def _pause(self, question: Question) -> Iterator[Answer]:
        now = self._now()
        until = tomorrow_morning(now) if question.get("until_tomorrow") else now + pause_of(question)
        self._room.gate.pause(until)  # at once, whoever is writing
        self._look_again()
        with self._writing() as store:
            store.put_setting("paused_until", until.isoformat())
        yield {"paused_until": until.isoformat()}

    def _resume(self, _question: Question) -> Iterator[Answer]:
        with self._writing() as store:
            store.put_setting("paused_until", "")
        self._room.gate.resume()
        self._look_again()
        yield {"resumed": True}

    def _quit(self, _question: Question) -> Iterator[Answer]:
        yield {"quitting": True}
        self._room.quit()

    # The person's word

    def _edit(self, question: Question) -> Iterator[Answer]:
        text = statement_of(question)
        with self._writing() as store, store.transaction():
            belief = the_proposition(store, proposition_id_of(question))
            store.add_revisions([in_own_words(belief, text, self._now())])
        self._room.tell_meanings_soon()
        yield {"edited": True}

    def _pin(self, question: Question) -> Iterator[Answer]:
        pinned = bool(question.get("pinned", True))
        with self._writing() as store, store.transaction():
            belief = the_proposition(store, proposition_id_of(question))
            why = "You pinned it: it is not reworded." if pinned else "You unpinned it."
            store.add_revisions([by_person(belief, "pinned" if pinned else "unpinned", why, self._now())])
        yield {"pinned": pinned}

    def _add(self, question: Question) -> Iterator[Answer]:
        text, kind = statement_of(question), question.get("kind", "preference")
        if kind not in KINDS:
            raise BadInput(f"“{kind}” is no kind; there are: {', '.join(KINDS)}.")
        revision = Revision(
            kind="created",
            at=self._now(),
            text=text,
            why="You told it yourself.",
            made_by=PERSON,
            confidence_raw=BY_THE_PERSON,
            ceiling=BY_THE_PERSON,
            half_life_days=ADDED_HALF_LIFE_DAYS,
            topic=told_topic(text),
            proposition_kind=kind,
        )
        with self._writing() as store, store.transaction():
            if any(
                known.text == text and known.state == "active" for known in store.propositions_about(revision.topic)
            ):
                raise BadInput("That stands there already.")
            added = store.add_revisions([revision])[0]
        self._room.tell_meanings_soon()
        yield {"id": added}

    def _undo(self, _question: Question) -> Iterator[Answer]:
        with self._writing() as store:
            undone = store.undo_last(self._now())
        if undone is None:
            raise BadInput("There is nothing to undo.")
        self._room.learn_soon()
        self._room.tell_meanings_soon()
        yield {"undone": undone.kind, "id": undone.proposition_id}

    def _note(self, question: Question) -> Iterator[Answer]:
        text = text_of(question)
        with self._writing() as store, store.transaction():
            norms = norms_of(store)
            keeper = Keeper(store, rules=lambda: SHIPPED, norms=lambda: norms, thumbnails=lambda: False)
            seen = keeper.keep_note(Noted(at=self._now(), text=text))
        self._room.something_to_think_about.set()
        self._room.something_to_interpret.set()
        yield {"noted": True, "warning": warning_of(seen.rulings)}

    # Settings and rules

    def _set(self, question: Question) -> Iterator[Answer]:
        name = str(question.get("name"))
        mark = Settings.mark(name)
        if mark.verb != "set":
            raise BadInput(f"“{name}” is not set by hand: ask to {mark.verb}.")
        with self._writing() as store, store.transaction():
            self._put_setting(store, name, question.get("value"))
        self._look_again()
        if mark.remakes:
            self._room.choose_models_again(mark.remakes)
        self._room.something_to_interpret.set()
        self._room.something_to_attend.set()
        yield {"set": True}

    def _put_setting(self, store: Store, name: str, value: object) -> None:
        """With what it changes on the machine; within a transaction, which is taken back where that fails."""
        before = store.settings().start_at_login
        store.put_setting(name, value)
        wanted = store.settings().start_at_login
        if name == "start_at_login" and wanted != before:
            if wanted and self._room.replayed:
                raise BadInput("This is a replayed recording: there is nothing to start at login.")
            if wanted:
                login_item().turn_on(self._room.home)
            else:
                login_item().turn_off(self._room.home)

    def _rules(self, _question: Question) -> Iterator[Answer]:
        yield {"rules": [{"name": rule.name, "sentence": sentence_of(rule)} for rule in SHIPPED]}

    def _rule_add(self, question: Question) -> Iterator[Answer]:
        rule = check_rule(question.get("rule"))
        with self._writing() as store:
            store.add_privacy_rule(rule)
        self._look_again()
        self._room.let_models_forget()  # the rule holds also for what was seen before and waits to be shown to it
        self._room.something_to_interpret.set()
        yield {"added": rule.name}

    def _rule_remove(self, question: Question) -> Iterator[Answer]:
        name = str(question.get("name"))
        with self._writing() as store:
            if name not in {rule.name for rule in store.privacy_rules()}:
                raise BadInput(f"There is no rule of yours called “{name}”.")
            store.remove_privacy_rule(name)
        self._look_again()
        yield {"removed": True}

    def _rule_try(self, question: Question) -> Iterator[Answer]:
        """What the rule would hide of what can be seen now; nothing is looked at for it."""
        rule = check_rule(question.get("rule"))
        recorder = self._room.recorder
        around = recorder.around if recorder is not None else None
        windows = around.visible if around is not None else ()
        yield {"hides": [{"app": w.app, "title": w.title} for w in windows if hides(rule, w)], "looked": bool(windows)}

    # Out and in

    def _export(self, question: Question) -> Iterator[Answer]:
        path = path_of(question)
        with self._store() as store:
            yield {"exported": write_export(store, path), "path": str(path)}

    def _import(self, question: Question) -> Iterator[Answer]:
        path = path_of(question)
        if not path.is_file():  # opening a pipe would wait for ever for somebody to write into it
            raise BadInput(f"{path} is no file: give one that gum-app exported.")
        try:
            with path.open(encoding="utf-8") as lines, self._writing() as store, store.transaction():
                report = store.import_lines(lines)
                for rule in store.privacy_rules():
                    check_rule(asdict(rule))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} cannot be read: give a file that gum-app exported.") from error
        self._look_again()
        self._room.let_models_forget()  # rules may have come
        self._room.learn_soon()
        self._room.tell_meanings_soon()
        yield asdict(report)

    # Pieces

    def _now(self) -> datetime:
        return self._room.clock.now()

    def _look_again(self) -> None:
        recorder = self._room.recorder
        if recorder is not None:
            recorder.look_again()

    @contextmanager
    def _writing(self) -> Iterator[Store]:
        with self._room.pen, self._store() as store:
            yield store

    @contextmanager
    def _store(self) -> Iterator[Store]:
        if self._room.key is None:
            raise KeyMissing(LOCKED)
        store = self._room.open_store()
        try:
            yield store
        finally:
            store.close()
