"""A small daemon for the windows' tests: the real link and a real store, without anything that watches.

It answers the verbs the windows ask. What the real daemon does with them is tested in tests/daemon.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from gum_app.clock import SetClock
from gum_app.daemon.answers_digest import DigestAnswers
from gum_app.daemon.answers_imports import ImportAnswers
from gum_app.daemon.answers_judging import JudgingAnswers
from gum_app.daemon.answers_programs import ProgramAnswers
from gum_app.daemon.answers_suggestions import SuggestionAnswers
from gum_app.daemon.gate import Gate
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, KeyMissing, KeyWrong
from gum_app.link import LinkServer
from gum_app.paths import Home
from gum_app.records import CURRENT, PERSON, ImportId, PrivacyRule, PropositionId, Revision
from gum_app.rules.merging import Part, merged, split
from gum_app.rules.norms import Norms, effect
from gum_app.rules.revisions import fold
from gum_app.store.store import ForgetScope, Store
from tests.ui.chats import a_context, an_answer
from tests.ui.life import KEY, NOW
from tests.ui.minds import a_mind

Question = dict[str, Any]
Answer = dict[str, Any]

QUIET = frozenset({"status", "model", "meaning"})  # asked again and again by what is shown
SHIPPED = (
    ("private windows", "Private and incognito windows of every browser, as far as the system tells them apart."),
    ("password managers", "Windows of KeePassXC, Bitwarden, 1Password and their like."),
    ("lock screen", "The locked screen and the log-in screen."),
    ("own windows", "The windows of gum-app itself: it learns nothing from its own words."),
)


class Answering:
    """`status` and `mind` may be changed while it answers; `asked` has every question but those that only look."""

    def __init__(self, home: Home, **status: Any) -> None:
        self.home = home
        self.asked: list[Question] = []
        self.gate = threading.Event()  # answers wait for it
        self.gate.set()
        self.refuses: dict[str, str] = {}  # verb → the sentence of its refusal
        self.passphrase = ""
        self.clock = SetClock(NOW)
        self.mind: Answer = a_mind()  # what it says about models
        self.meaning: Answer = {"embedder": "", "vector": "", "trouble": ""}  # of whatever is searched for
        self.trial: Iterable[Answer] = [
            {"said": "Loading the model …"},
            {"answer": "A map with a river and a list of plants.", "milliseconds": 8_400, "sentence": "It sees."},
        ]
        self.context: Answer = a_context()  # what an answer may rest on
        self.chat: Iterable[Answer] = an_answer()
        self.status: Answer = {
            "state": "watching",
            "sentence": "Watching.",
            "paused_until": None,
            "consented": True,
            "key": "ready",
            "reading_with": "tesserocr",
            "version": "0.1.0",
            "home": str(home.root),
            "undigested": 0,
            "trouble": [],
            "today": {"observations": 13, "skips": 16},
            "now": NOW.isoformat(),
        } | status

    def __call__(self, question: Question) -> Generator[Answer, None, None]:
        verb = question["do"]
        if verb in QUIET and verb not in self.refuses:
            yield dict({"status": self.status, "model": self.mind, "meaning": self.meaning}[verb])
            return
        self.asked.append(question)
        assert self.gate.wait(60), "the test never opened the gate"
        if verb in self.refuses:
            raise BadInput(self.refuses[verb])
        if verb in {"import_preview", "import_run"}:
            yield from self._bring(question)
            return
        if verb in {"model_try", "chat"}:
            yield from self.trial if verb == "model_try" else self.chat
            return
        yield getattr(self, f"_{verb}")(question)

    # The state

    def _key(self, _question: Question) -> Answer:
        if self.status["key"] != "ready":
            raise KeyMissing("The database is still locked.")
        return {"key": KEY.hex()}

    def _unlock(self, question: Question) -> Answer:
        if question.get("passphrase", "") != self.passphrase:
            raise KeyWrong("This passphrase does not open the database: try again.")
        self.status |= {"key": "ready", "state": "watching", "sentence": "Watching."}
        return {}

    def _choose_key(self, _question: Question) -> Answer:
        with Store(self.home.database, KEY, fold=fold):
            self.status |= {"key": "ready", "state": "needs_consent"}
        return {}

    def _start(self, _question: Question) -> Answer:
        self.status |= {"consented": True, "state": "watching", "sentence": "Watching."}
        return {}

    def _focus(self, question: Question) -> Answer:
        nothing = {"since": None, "until": None, "note": ""}
        if question.get("stop"):
            self.status |= {"focus": nothing}
            return {"until": None, "ended": "Your focus time is over after 10 minutes."}
        until = NOW + timedelta(minutes=question["minutes"])
        self.status |= {"focus": {"since": NOW.isoformat(), "until": until.isoformat(), "note": "Xfce is quiet."}}
        return dict(self.status["focus"])

    def _pause(self, question: Question) -> Answer:
        until = NOW + timedelta(minutes=question.get("minutes", 13 * 60 + 18))
        self.status |= {"state": "paused", "paused_until": until.isoformat()}
        return {"paused_until": until.isoformat()}

    def _resume(self, _question: Question) -> Answer:
        self.status |= {"state": "watching", "paused_until": None}
        return {}

    def _quit(self, _question: Question) -> Answer:
        return {"quitting": True}

    # The person's word

    def _say(self, question: Question) -> Answer:
        kind = {"right": "confirmed", "wrong": "rejected"}.get(question["verdict"])
        return self._revise(question["id"], kind=kind) if kind else {}

    def _edit(self, question: Question) -> Answer:
        return self._revise(question["id"], kind="edited", text=question["text"])

    def _pin(self, question: Question) -> Answer:
        return self._revise(question["id"], kind="pinned" if question["pinned"] else "unpinned")

    def _revise(self, id: int, **changes: Any) -> Answer:  # noqa: A002
        with self._store() as store:
            belief = store.proposition(PropositionId(id))
            assert belief is not None
            last = belief.revisions[-1]
            more = {"id": None, "evidence": (), "at": NOW, "made_by": PERSON, "undoes": None} | changes
            store.add_revisions([replace(last, **more)])
        return {}

    def _add(self, question: Question) -> Answer:
        with self._store() as store:
            added = Revision(
                kind="created",
                at=NOW,
                text=question["text"],
                why="You said so.",
                made_by=PERSON,
                confidence_raw=0.99,
                ceiling=0.99,
                half_life_days=365,
                proposition_kind=question["kind"],
            )
            return {"id": store.add_revisions([added])[0]}

    def _undo(self, _question: Question) -> Answer:
        with self._store() as store:
            if store.undo_last(NOW) is None:
                raise BadInput("There is nothing to undo.")
        return {}

    def _merge(self, question: Question) -> Answer:
        with self._store() as store:
            kept, gone = (store.proposition(PropositionId(question[name])) for name in ("id", "with"))
            assert kept is not None and gone is not None
            store.add_together(merged(kept, gone, why="", made_by=PERSON, at=NOW))
        return {}

    def _split(self, question: Question) -> Answer:
        with self._store() as store:
            whole = store.proposition(PropositionId(question["id"]))
            assert whole is not None
            parts = [
                Part(part["text"], tuple(whole.evidence[n] for n in part["evidence"])) for part in question["parts"]
            ]
            store.add_together(split(whole, parts, made_by=PERSON, at=NOW))
        return {}

    def _answer(self, question: Question) -> Answer:
        with self._store() as store, store.transaction():
            inquiry = store.inquiry(question["inquiry"])
            assert inquiry is not None
            belief = store.proposition(inquiry.proposition_id)
            assert belief is not None
            kind = {"yes": "confirmed", "no": "rejected", "changed": "edited"}.get(question["answer"])
            if kind is not None:
                text = question["text"] or belief.text
                last = replace(
                    belief.revisions[-1], id=None, evidence=(), at=NOW, made_by=PERSON, other=None, deed=None
                )
                store.add_together([replace(last, kind=kind, text=text)])  # type: ignore[arg-type]
            store.put_answer(inquiry.id, question["answer"], with_deed=kind is not None)
        return {}

    def _lift(self, question: Question) -> Answer:
        return self._revise(question["id"], kind="lifted")

    def _undo_deed(self, question: Question) -> Answer:
        with self._store() as store:
            return {"undone": len(store.undo_deed(question["deed"], NOW))}

    def _note(self, _question: Question) -> Answer:
        return {}

    def _chat_context(self, _question: Question) -> Answer:
        return self.context

    def _chat_lines(self, question: Question) -> Answer:
        """Of those that are still believed, with what they say now."""
        with self._store() as store:
            beliefs = {name: store.proposition(PropositionId(int(name[1:]))) for name in question["lines"]}
        return {
            "lines": [
                line | {"text": f"task, 84% sure, last seen now: {belief.text}"}
                for line in self.context["lines"]
                if (belief := beliefs.get(line["name"])) is not None and belief.state in CURRENT
            ]
        }

    def _chat_prompt(self, question: Question) -> Answer:
        return {"system": "You answer questions.", "text": f"The question: {question['text']}"}

    # Judging: as the real daemon does it

    def _judge(self, question: Question) -> Answer:
        with self._store() as store:
            room = Room(home=self.home, gate=Gate(needs_light=False), clock=self.clock)
            verbs = JudgingAnswers(room, lambda: nullcontext(store)).verbs
            return list(verbs[question["do"]](question))[-1]

    _spot_check = _spot_check_answer = _spot_check_offered = _judge

    # Forgetting, settings, rules

    def _forget(self, question: Question) -> Answer:
        with self._store() as store:
            if "matter" in question:
                return asdict(store.cut_kept((), preview=True)) | {"rows": 3, "untold": 1}
            scope = _scope(question)
            if question["preview"]:
                return asdict(store.preview_forget(scope))
            return asdict(store.forget(scope, at=NOW))

    def _set(self, question: Question) -> Answer:
        with self._store() as store:
            store.put_setting(question["name"], question["value"])
        return {}

    def _norm(self, question: Question) -> Answer:
        with self._store() as store:
            said = {kind: kept for kind, kept in store.settings().norms.items() if kind != question["matter"]}
            keeping = question["keeping"]
            store.put_setting("norms", said | ({question["matter"]: keeping} if keeping else {}))
            found = Norms(said=store.settings().norms).of(question["matter"])
        return {"keeping": found, "effect": effect(question["matter"], found)}

    def _rules(self, _question: Question) -> Answer:
        return {"rules": [{"name": name, "sentence": sentence} for name, sentence in SHIPPED]}

    def _rule_add(self, question: Question) -> Answer:
        with self._store() as store:
            store.add_privacy_rule(PrivacyRule(**question["rule"]))
        return {}

    def _rule_remove(self, question: Question) -> Answer:
        with self._store() as store:
            store.remove_privacy_rule(question["name"])
        return {}

    def _rule_try(self, question: Question) -> Answer:
        windows = [
            {"app": "firefox", "title": "Lab results — Mozilla Firefox"},
            {"app": "qgis", "title": "drains — QGIS"},
        ]
        app = (question["rule"]["app"] or "").casefold()
        return {"hides": [window for window in windows if window["app"] == app], "looked": True}

    def _export(self, question: Question) -> Answer:
        return {"exported": 0, "path": question["path"]}

    # Files of other programs: as the real daemon does it

    def _bring(self, question: Question) -> Iterator[Answer]:
        room = Room(home=self.home, gate=Gate(needs_light=False), clock=self.clock, key=KEY)
        yield from ImportAnswers(room, self._store).verbs[question["do"]](question)

    def _import(self, _question: Question) -> Answer:
        return {"added": {}, "left_out": 0}

    # Other programs: as the real daemon does it

    def _program(self, question: Question) -> Answer:
        with self._store() as store:
            room = Room(home=self.home, gate=Gate(needs_light=False), clock=self.clock, key=KEY)
            verbs = ProgramAnswers(
                room, lambda: nullcontext(store), lambda: nullcontext(store), lambda *_: (None, "")
            ).verbs
            return list(verbs[question["do"]](question))[-1]

    _grant = _revoke = _disclosures_clear = _who = _program

    def _suggestion(self, question: Question) -> Answer:
        """As the real daemon does it."""
        room = Room(home=self.home, gate=Gate(needs_light=False), clock=self.clock, key=KEY)
        verbs = SuggestionAnswers(room, room.writing, room.writing).verbs
        return list(verbs[question["do"]](question))[-1]

    _suggestion_preview = _suggestion_do = _suggestion_undo = _suggestion_answer = _suggestion_never = _suggestion
    _suggestion_unanswer = _suggestion

    def _digest_say(self, question: Question) -> Answer:
        room = Room(home=self.home, gate=Gate(needs_light=False), clock=self.clock, key=KEY)
        return list(DigestAnswers(room, room.writing).verbs["digest_say"](question))[-1]

    # Models

    def _done(self, _question: Question) -> Answer:
        return {"ok": True}

    _model_download = _model_pause = _model_check = _model_delete = _model_choose = _model_files = _model_wake = _done
    _engine_build = _engine_stop = _engine_remove = _endpoint = _endpoint_off = _done
    _endpoint_forget_key = _done
    _reminder_done = _reminder_later = _done

    def _reminder_add(self, _question: Question) -> Answer:
        return {"id": 7}

    @contextmanager
    def _store(self) -> Iterator[Store]:
        with Store(self.home.database, KEY, fold=fold) as store:
            yield store


def _scope(question: Question) -> ForgetScope:
    if "last_minutes" in question:
        return ForgetScope(since=NOW - timedelta(minutes=question["last_minutes"]))
    if "day" in question:
        return ForgetScope(day=date.fromisoformat(question["day"]))
    if "import" in question:
        return ForgetScope(import_id=ImportId(question["import"]))
    if "app" in question:
        return ForgetScope(app=question["app"])
    if "proposition" in question:
        return ForgetScope(proposition_id=PropositionId(question["proposition"]))
    if "observations" in question:
        return ForgetScope(observation_ids=tuple(question["observations"]))
    if "since" in question:
        since, until = datetime.fromisoformat(question["since"]), datetime.fromisoformat(question["until"])
        return ForgetScope(since=since, until=until)
    return ForgetScope(everything=True)


@contextmanager
def served(
    home: Home, change: Callable[[Answering], None] = lambda _answering: None, **status: Any
) -> Iterator[Answering]:
    """The small daemon, listening in this home until the end of the block."""
    answering = Answering(home, **status)
    change(answering)
    server = LinkServer(home, answering)
    try:
        yield answering
    finally:
        answering.gate.set()
        server.close()


if __name__ == "__main__":
    with served(Home(Path(sys.argv[1]))):
        threading.Event().wait()  # until it is killed
