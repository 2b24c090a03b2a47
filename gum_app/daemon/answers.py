"""What windows and commands may ask of the daemon: one verb, one small function. All the person does goes here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from gum_app import __version__
from gum_app.daemon import status
from gum_app.daemon.gate import tomorrow_morning
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, KeyMissing
from gum_app.link import Answer, Question
from gum_app.records import KINDS, PERSON, Feedback, Proposition, PropositionId, Revision, RevisionKind
from gum_app.rules.confidence import BY_THE_PERSON
from gum_app.rules.privacy import SHIPPED, check_rule, hides, sentence_of
from gum_app.store.store import ForgetScope, ForgottenMeanwhile, Store
from gum_app.world.hands import Noted
from gum_app.world.keys import make_key, open_key

Verb = Callable[[Question], Iterator[Answer]]

ADDED_HALF_LIFE_DAYS = 365.0  # what the person says of themselves holds for a year before it is half as fresh
LONGEST_TEXT = 1000  # characters of a proposition or note that the person writes
LONGEST_PAUSE_MINUTES = 7 * 24 * 60


class Answers:
    def __init__(self, room: Room) -> None:
        self._room = room
        self._verbs: dict[str, Verb] = {
            "status": self._status,
            "key": self._key,
            "unlock": self._unlock,
            "choose_key": self._choose_key,
            "start": self._start,
            "pause": self._pause,
            "resume": self._resume,
            "quit": self._quit,
            "say": self._say,
            "edit": self._edit,
            "pin": self._pin,
            "add": self._add,
            "undo": self._undo,
            "note": self._note,
            "forget": self._forget,
            "set": self._set,
            "rules": self._rules,
            "rule_add": self._rule_add,
            "rule_remove": self._rule_remove,
            "rule_try": self._rule_try,
            "export": self._export,
            "import": self._import,
        }

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
            raise KeyMissing("The database is still locked: unlock it in the window of gum-app.")
        yield {"key": self._room.key.hex()}

    def _unlock(self, question: Question) -> Iterator[Answer]:
        self._room.open(open_key(self._room.home, question.get("passphrase") or None))
        yield {"unlocked": True}

    def _choose_key(self, question: Question) -> Iterator[Answer]:
        how = question.get("how")
        if how not in ("keyring", "passphrase", "file"):
            raise BadInput("Choose how the key is kept: keyring, passphrase or file.")
        self._room.open(make_key(self._room.home, how, question.get("passphrase") or None))
        yield {"unlocked": True}

    def _start(self, question: Question) -> Iterator[Answer]:
        """Consent: from now on it may be looked."""
        with self._store() as store, store.transaction():
            if name := str(question.get("name") or "").strip():
                store.put_setting("person_name", name)
            store.put_setting("start_at_login", bool(question.get("start_at_login")))
            store.put_setting("consented_at", self._room.clock.now().isoformat())
        self._room.gate.consent()
        self._look_again()
        yield {"started": True}

    def _pause(self, question: Question) -> Iterator[Answer]:
        now = self._room.clock.now()
        until = tomorrow_morning(now) if question.get("until_tomorrow") else now + _minutes(question)
        self._room.gate.pause(until)
        with self._store() as store:
            store.put_setting("paused_until", until.isoformat())
        self._look_again()
        yield {"paused_until": until.isoformat()}

    def _resume(self, _question: Question) -> Iterator[Answer]:
        self._room.gate.resume()
        with self._store() as store:
            store.put_setting("paused_until", "")
        self._look_again()
        yield {"resumed": True}

    def _quit(self, _question: Question) -> Iterator[Answer]:
        yield {"quitting": True}
        self._room.quit()

    # The person's word

    def _say(self, question: Question) -> Iterator[Answer]:
        verdict = question.get("verdict")
        if verdict not in ("right", "wrong", "partly"):
            raise BadInput("A verdict is right, wrong or partly.")
        with self._store() as store, store.transaction():
            belief = _the_proposition(store, question)
            if verdict == "right":
                store.add_revisions([_by_person(belief, "confirmed", "You said that this is right.", self._now())])
            elif verdict == "wrong":
                store.add_revisions([_by_person(belief, "rejected", "You said that this is wrong.", self._now())])
            store.add_feedback(
                Feedback(
                    at=self._now(),
                    proposition_id=belief.id,
                    verdict=verdict,
                    confidence_shown=belief.confidence,
                    made_by=belief.revisions[0].made_by,
                )
            )
        yield {"said": verdict}

    def _edit(self, question: Question) -> Iterator[Answer]:
        text = _text(question)
        with self._store() as store, store.transaction():
            belief = _the_proposition(store, question)
            edit = _by_person(belief, "edited", "You wrote it in your own words.", self._now())
            store.add_revisions([replace(edit, text=text, confidence_raw=BY_THE_PERSON, ceiling=BY_THE_PERSON)])
        yield {"edited": True}

    def _pin(self, question: Question) -> Iterator[Answer]:
        pinned = bool(question.get("pinned", True))
        with self._store() as store, store.transaction():
            belief = _the_proposition(store, question)
            why = "You pinned it: it is not reworded." if pinned else "You unpinned it."
            store.add_revisions([_by_person(belief, "pinned" if pinned else "unpinned", why, self._now())])
        yield {"pinned": pinned}

    def _add(self, question: Question) -> Iterator[Answer]:
        text, kind = _text(question), question.get("kind", "preference")
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
            topic=f"person:{text.casefold()}",
            proposition_kind=kind,
        )
        with self._store() as store:
            yield {"id": store.add_revisions([revision])[0]}

    def _undo(self, _question: Question) -> Iterator[Answer]:
        with self._store() as store:
            undone = store.undo_last(self._now())
        if undone is None:
            raise BadInput("There is nothing to undo.")
        yield {"undone": undone.kind, "id": undone.proposition_id}

    def _note(self, question: Question) -> Iterator[Answer]:
        from gum_app.daemon.keeper import Keeper

        text = _text(question)
        with self._store() as store:
            keeper = Keeper(store, rules=lambda: SHIPPED, thumbnails=lambda: False)
            keeper.keep_note(Noted(at=self._now(), text=text))
        self._room.something_to_think_about.set()
        yield {"noted": True}

    # Forgetting

    def _forget(self, question: Question) -> Iterator[Answer]:
        scope = scope_of(question, self._now())
        with self._store() as store:
            if question.get("preview"):
                yield asdict(store.preview_forget(scope))
                return
            report = store.forget(scope, at=self._now())
        if self._room.recorder is not None:
            self._room.recorder.forget()
        yield asdict(report)

    # Settings and rules

    def _set(self, question: Question) -> Iterator[Answer]:
        with self._store() as store:
            store.put_setting(str(question.get("name")), question.get("value"))
        yield {"set": True}

    def _rules(self, _question: Question) -> Iterator[Answer]:
        yield {"rules": [{"name": rule.name, "sentence": sentence_of(rule)} for rule in SHIPPED]}

    def _rule_add(self, question: Question) -> Iterator[Answer]:
        rule = check_rule(question.get("rule"))
        with self._store() as store:
            store.add_privacy_rule(rule)
        self._look_again()
        yield {"added": rule.name}

    def _rule_remove(self, question: Question) -> Iterator[Answer]:
        with self._store() as store:
            store.remove_privacy_rule(str(question.get("name")))
        yield {"removed": True}

    def _rule_try(self, question: Question) -> Iterator[Answer]:
        """What the rule would hide of what can be seen now."""
        rule = check_rule(question.get("rule"))
        hands = self._room.hands
        windows = hands.surroundings().visible if hands is not None else ()
        yield {"hides": [{"app": w.app, "title": w.title} for w in windows if hides(rule, w)], "looked": bool(windows)}

    # Out and in

    def _export(self, question: Question) -> Iterator[Answer]:
        path = _path(question)
        with self._store() as store:
            yield {"exported": write_export(store, path), "path": str(path)}

    def _import(self, question: Question) -> Iterator[Answer]:
        path = _path(question)
        try:
            with path.open(encoding="utf-8") as lines, self._store() as store:
                report = store.import_lines(lines)
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{path} cannot be read: give a file that gum-app exported.") from error
        self._room.something_to_think_about.set()
        yield asdict(report)

    def _now(self) -> datetime:
        return self._room.clock.now()

    def _look_again(self) -> None:
        if self._room.recorder is not None:
            self._room.recorder.look_again()

    @contextmanager
    def _store(self) -> Iterator[Store]:
        if self._room.key is None:
            raise KeyMissing("The database is still locked: unlock it in the window of gum-app.")
        store = self._room.open_store()
        try:
            yield store
        finally:
            store.close()


def scope_of(question: Question, now: datetime) -> ForgetScope:
    """Exactly one scope. Raises BadInput."""
    given = {"last_minutes", "app", "day", "proposition", "observations", "since", "all"} & question.keys()
    if len(given) != 1:
        raise BadInput("Say what to forget: the last minutes, an app, a day, a proposition, or everything.")
    name, value = given.pop(), None
    value = question[name]
    try:
        match name:
            case "last_minutes":
                return ForgetScope(since=now - timedelta(minutes=float(value)))
            case "app":
                return ForgetScope(app=str(value))
            case "day":
                return ForgetScope(day=date.fromisoformat(value))
            case "proposition":
                return ForgetScope(proposition_id=PropositionId(int(value)))
            case "observations":
                return ForgetScope(observation_ids=tuple(int(each) for each in value))  # type: ignore[misc]
            case "since":
                since, until = datetime.fromisoformat(value), datetime.fromisoformat(question["until"])
                return ForgetScope(since=since, until=until)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"“{value}” does not say what to forget ({name}).") from error
    return ForgetScope(everything=True)


def write_export(store: Store, path: Path) -> int:
    """Everything, one JSON object a line, readable by the owner only. Returns the number of lines. Raises BadInput."""
    import os

    from gum_app.paths import OWNER_ONLY_FILE

    count = 0
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE), "w", encoding="utf-8"
        ) as out:
            for line in store.export_lines():
                out.write(line + "\n")
                count += 1
    except FileExistsError as error:
        raise BadInput(f"{path} exists already: choose another name.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}): choose another place.") from error
    return count


def _by_person(belief: Proposition, kind: RevisionKind, why: str, at: datetime) -> Revision:
    return Revision(
        proposition_id=belief.id,
        kind=kind,
        at=at,
        text=belief.text,
        why=why,
        made_by=PERSON,
        confidence_raw=belief.confidence_raw,
        ceiling=belief.ceiling,
        half_life_days=belief.half_life_days,
        topic=belief.topic,
        value=belief.value,
        proposition_kind=belief.kind,
    )


def _the_proposition(store: Store, question: Question) -> Proposition:
    try:
        found = store.proposition(PropositionId(int(question["id"])))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("Say which proposition: give its number.") from error
    if found is None:
        raise BadInput(f"There is no proposition {question['id']}: it may have been forgotten.")
    return found


def _text(question: dict[str, Any]) -> str:
    text = str(question.get("text") or "").strip()
    if not text:
        raise BadInput("There are no words: write a sentence.")
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"That is too long: write at most {LONGEST_TEXT} characters.")
    return text


def _minutes(question: Question) -> timedelta:
    try:
        minutes = float(question.get("minutes") or 0)
    except (TypeError, ValueError):
        minutes = 0.0
    if not 0 < minutes <= LONGEST_PAUSE_MINUTES:
        raise BadInput("Say for how many minutes to pause, from 1 to 10080 (a week).")
    return timedelta(minutes=minutes)


def _path(question: Question) -> Path:
    text = str(question.get("path") or "")
    if not text:
        raise BadInput("Give the name of a file.")
    return Path(text).expanduser()
