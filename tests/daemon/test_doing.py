"""A click does what was shown, once; and it can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum_app.daemon.doing import Doing
from gum_app.daemon.room import Room
from gum_app.errors import BadInput, NotYet
from gum_app.pipeline.act import Preview
from gum_app.store.store import ForgetScope, Store
from gum_app.suggestions import Act, SuggestionId
from tests.builders import NOON, an_offer
from tests.daemon.test_answers import room, store  # noqa: F401 - fixtures
from tests.store.life import believe, see


class Desktop:
    """Whatever is opened is written down; it can fail, or kill us."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.trouble: BaseException | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def open(self, target: str) -> None:
        self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        self.opened.append(target)


class Killed(BaseException):
    pass


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def doing(room: Room, desktop: Desktop) -> Doing:  # noqa: F811
    return Doing(room, desktop.open)


def offered(store: Store, act: Act, **more: Any) -> SuggestionId:  # noqa: F811
    seen = see(store, "the parcel router fails again")
    believe(store, (seen, "parcel router"), text="Works on the parcel router.")
    return store.add_offer(an_offer(act=act, seen_in=(seen,), **more), NOON)


def click(doing: Doing, id_: SuggestionId) -> Preview:
    shown = doing.preview(id_)
    doing.do(id_, shown.fingerprint)
    return shown


def state(store: Store, id_: SuggestionId) -> str:  # noqa: F811
    kept = store.suggestion(id_)
    return kept.state if kept is not None else "gone"


def answers(store: Store) -> list[str]:  # noqa: F811
    return [each.answer for each in store.suggestion_answers()]


def outbox(room: Room) -> list[Path]:  # noqa: F811
    return sorted(room.home.outbox.iterdir()) if room.home.outbox.exists() else []


DRAFT = Act(kind="draft", title="Keys", text="Dear Ann,\nthe keys …")


@pytest.mark.parametrize("kind", ["draft", "checklist", "summary"])
def test_a_text_is_written_as_it_was_shown_and_taken_back(
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    doing: Doing,
    kind: str,
) -> None:
    id_ = offered(store, replace(DRAFT, kind=kind))  # type: ignore[arg-type]
    shown = doing.preview(id_)
    assert outbox(room) == [], "only looked at"
    done = doing.do(id_, shown.fingerprint)
    (file,) = outbox(room)
    assert file.read_text() == done.text == DRAFT.text == shown.act.text
    assert (state(store, id_), answers(store), done.can_undo) == ("taken", ["taken"], True)
    assert doing.undo(id_) == "The file is gone again."
    assert (outbox(room), state(store, id_), answers(store)) == ([], "undone", ["taken", "undone"])


def test_a_file_that_was_changed_is_the_persons(room: Room, store: Store, doing: Doing) -> None:  # noqa: F811
    id_ = offered(store, DRAFT)
    click(doing, id_)
    (file,) = outbox(room)
    file.write_text("Dear Bob,")
    with pytest.raises(BadInput, match="stays"):
        doing.undo(id_)
    assert (file.read_text(), state(store, id_)) == ("Dear Bob,", "taken")


def test_what_is_known_is_gathered_as_it_was_shown(room: Room, store: Store, doing: Doing) -> None:  # noqa: F811
    id_ = offered(store, Act(kind="gather", title="parcel router"))
    shown = doing.preview(id_)
    assert "Works on the parcel router." in shown.act.text
    believe(store, (see(store, "router again"), "router"), text="The parcel router is old.", topic="other")
    doing.do(id_, shown.fingerprint)
    (file,) = outbox(room)
    assert file.read_text() == shown.act.text, "what came meanwhile is not slipped in"


def test_what_was_forgotten_since_it_was_shown_is_not_written(
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    doing: Doing,
) -> None:
    id_ = offered(store, Act(kind="gather", title="parcel router"))
    shown = doing.preview(id_)
    store.forget(ForgetScope(proposition_id=store.propositions_about("project:parcel-router")[0].id), at=NOON)
    room.let_models_forget()
    with pytest.raises(BadInput, match="not what you were shown"):
        doing.do(id_, shown.fingerprint)
    assert outbox(room) == []


def test_a_reminder_is_kept_and_taken_back(store: Store, doing: Doing) -> None:  # noqa: F811
    id_ = offered(store, Act(kind="reminder", title="Move the van", at=NOON + timedelta(hours=1)))
    click(doing, id_)
    (reminder,) = store.reminders()
    assert (reminder.text, reminder.due_at, reminder.suggestion_id) == ("Move the van", NOON + timedelta(hours=1), id_)
    doing.undo(id_)
    assert store.reminders() == []


def test_what_is_opened_cannot_be_taken_back(store: Store, doing: Doing, desktop: Desktop, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "lease.pdf"
    file.write_text("x")
    id_ = offered(store, Act(kind="open", title="Lease", target=str(file)))
    assert "cannot be undone" in click(doing, id_).sentence
    assert desktop.opened == [str(file)]
    with pytest.raises(BadInput, match="nothing to take back"):
        doing.undo(id_)


@pytest.mark.parametrize("target", ["/nonexistent/x", "file:///etc/passwd", "x; rm -rf ~", "/bin/sh"])
def test_what_may_not_be_opened_is_refused_beforehand(
    store: Store,  # noqa: F811
    doing: Doing,
    desktop: Desktop,
    target: str,
) -> None:
    id_ = offered(store, Act(kind="open", title="x", target=target))
    with pytest.raises(BadInput, match=r"\.$"):
        doing.preview(id_)
    assert (desktop.opened, state(store, id_)) == ([], "waiting")


def test_what_could_not_be_opened_was_not_done(store: Store, doing: Doing, desktop: Desktop) -> None:  # noqa: F811
    id_ = offered(store, Act(kind="open", title="x", target="https://a.example/"))
    desktop.trouble = NotYet("No program on this computer opens that.")
    shown = doing.preview(id_)
    with pytest.raises(NotYet):
        doing.do(id_, shown.fingerprint)
    assert (state(store, id_), answers(store), store.deed(id_)) == ("waiting", [], None)
    desktop.trouble = None
    doing.do(id_, shown.fingerprint)
    assert desktop.opened == ["https://a.example/"]


def test_nobody_waits_for_a_desktop_that_opens_slowly(
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    doing: Doing,
    desktop: Desktop,
) -> None:
    id_ = offered(store, Act(kind="open", title="x", target="https://a.example/"))
    wrote = threading.Event()

    def write() -> None:
        with room.writing():
            wrote.set()

    def meanwhile() -> None:
        threading.Thread(target=write, daemon=True).start()
        assert wrote.wait(60), "the pen is held while it is opened"

    desktop.meanwhile = meanwhile
    click(doing, id_)
    assert state(store, id_) == "taken"


def test_what_is_forgotten_while_it_is_opened_in_vain_stays_forgotten(
    store: Store,  # noqa: F811
    doing: Doing,
    desktop: Desktop,
) -> None:
    id_ = offered(store, Act(kind="open", title="x", target="https://a.example/"))
    shown = doing.preview(id_)
    desktop.meanwhile = lambda: store.forget(ForgetScope(app="firefox"), at=NOON)
    desktop.trouble = NotYet("No program on this computer opens that.")
    with pytest.raises(NotYet):
        doing.do(id_, shown.fingerprint)
    assert state(store, id_) == "gone"


def test_a_preview_that_read_what_is_forgotten_by_now_is_not_kept(
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    doing: Doing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id_ = offered(store, DRAFT)
    look = Doing._look

    def forget_meanwhile(self: Doing, *what: Any) -> Preview:
        shown = look(self, *what)
        room.drop_questions()
        return shown

    monkeypatch.setattr(Doing, "_look", forget_meanwhile)
    doing.preview(id_)
    assert room.previews == {}


@pytest.mark.parametrize("fingerprint", ["", "x", "0" * 64])
def test_what_was_not_shown_is_not_done(room: Room, store: Store, doing: Doing, fingerprint: str) -> None:  # noqa: F811
    id_ = offered(store, DRAFT)
    with pytest.raises(BadInput, match="look at it again"):
        doing.do(id_, fingerprint)
    other = doing.preview(offered(store, replace(DRAFT, text="Dear Bob"), topic="other")).fingerprint
    with pytest.raises(BadInput, match="look at it again"):
        doing.do(id_, other)
    assert (outbox(room), answers(store)) == ([], [])


def test_a_second_click_does_nothing(room: Room, store: Store, doing: Doing) -> None:  # noqa: F811
    id_ = offered(store, DRAFT)
    fingerprint = click(doing, id_).fingerprint
    with pytest.raises(BadInput, match="done already"):
        doing.do(id_, fingerprint)
    assert len(outbox(room)) == 1
    doing.undo(id_)
    with pytest.raises(BadInput, match="Nothing was done"):
        doing.undo(id_)
    doing.do(id_, fingerprint)
    assert (len(outbox(room)), state(store, id_)) == (1, "taken")


def test_what_is_over_is_not_done(store: Store, doing: Doing) -> None:  # noqa: F811
    id_ = offered(store, DRAFT)
    kept = store.suggestion(id_)
    assert kept is not None
    shown = doing.preview(id_)
    store.put_suggestion(replace(kept, state="withdrawn", changed_at=NOON))
    with pytest.raises(BadInput, match="is over"):
        doing.do(id_, shown.fingerprint)
    with pytest.raises(BadInput, match="no such suggestion"):
        doing.preview(SuggestionId(99))


def test_killed_between_the_file_and_its_note_the_same_click_writes_no_second(
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    doing: Doing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    id_ = offered(store, DRAFT)
    shown = doing.preview(id_)

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Doing, "_note", die)
        with pytest.raises(Killed):
            doing.do(id_, shown.fingerprint)
    assert (len(outbox(room)), state(store, id_)) == (1, "waiting")
    doing.do(id_, shown.fingerprint)
    assert (len(outbox(room)), state(store, id_), answers(store)) == (1, "taken", ["taken"])


def test_killed_while_opening_it_is_not_opened_again(store: Store, doing: Doing, desktop: Desktop) -> None:  # noqa: F811
    id_ = offered(store, Act(kind="open", title="x", target="https://a.example/"))
    shown = doing.preview(id_)
    desktop.trouble = Killed()
    with pytest.raises(Killed):
        doing.do(id_, shown.fingerprint)
    desktop.trouble = None
    with pytest.raises(BadInput, match="done already"):
        doing.do(id_, shown.fingerprint)
    assert desktop.opened == []
