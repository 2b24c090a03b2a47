"""A program that adapts asks over the link: typed answers, errors as sentences, a watch that ends when it should."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest

from gum_app.api import BadInput, GumError, Known, LinkLost, NotGranted, UserModel
from gum_app.clock import SystemClock
from gum_app.daemon import answers_programs
from gum_app.daemon.answers_programs import MOST_WATCHING
from gum_app.daemon.daemon import Daemon
from gum_app.link import ask_once
from gum_app.own_daemon import answers
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import a_revision, some_evidence
from tests.daemon.asking_programs import work_in
from tests.daemon.running import running
from tests.desktop import PATIENCE_SECONDS, until

pytestmark = pytest.mark.usefixtures("hooks_put_back")

NAME = "my-agent"


@pytest.fixture
def lived(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for name in ("LOOK_SECONDS", "LOOK_AGAIN_SECONDS"):
        monkeypatch.setattr(answers_programs, name, 0.05)
    now = SystemClock().now()
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    quote = some_evidence("a pot of tea", observation_id=None, at=now)
    tea = a_revision(text="Likes tea.", topic="tea", proposition_kind="preference", at=now, evidence=(quote,))
    store.add_revisions([tea])
    store.add_revisions([a_revision(text="Works on the parcel router.", at=now)])
    work_in(store, "qgis", "kestrel-park — QGIS", at=now)
    store.close()
    with running(Daemon(home)):
        until(lambda: answers(home) and ask_once(home, {"do": "status"})["key"] == "ready", "the daemon")
        yield home


def grant(home: Home, **scope: object) -> None:
    ask_once(home, {"do": "grant", "client": NAME, **scope})


def test_what_is_granted_is_told_in_types(lived: Home) -> None:
    with UserModel(NAME, home=lived.root) as model:
        with pytest.raises(NotGranted, match=f"`gum-app grant {NAME}`"):
            model.query("tea")
        grant(lived, quotes=True, activity=True)
        (tea,) = model.query("tea", kinds=["preference"], since=timedelta(hours=1), limit=3)
        assert (tea.text, tea.kind, tea.state, tea.only_others_say_so) == ("Likes tea.", "preference", "active", False)
        assert [quote.words for quote in tea.quotes] == ["a pot of tea"]
        with pytest.raises(FrozenInstanceError):
            tea.text = "x"  # type: ignore[misc]
        assert model.query("tea", since=SystemClock().now() + timedelta(hours=1)) == ()
        assert len(model.query()) == 2
        assert [change.kind for change in model.story(tea.id).changes] == ["created"]
        (work,) = model.recent(hours=2)
        assert (work.app, work.title, work.active_seconds) == ("qgis", "kestrel-park — QGIS", 600)
        model.feedback(tea.id, "right")
        model.note("They had tea while we talked.")
        with pytest.raises(BadInput, match="no kind"):
            model.query(kinds=["secret"])  # type: ignore[list-item]
    verbs = [each["verb"] for each in ask_once(lived, {"do": "disclosures"})["disclosures"]]
    assert verbs == ["called right", "recent", "story", "context", "context", "context"]


def test_without_gum_app_it_says_so(home: Home) -> None:
    model = UserModel(NAME, home=home.root)
    for ask in (model.query, model.recent, model.watch):
        with pytest.raises(LinkLost, match="not running"):
            ask()


class Watching:
    """A watch in a thread of its own, as an agent would have it."""

    def __init__(self, threads: ThreadPoolExecutor, home: Home, text: str) -> None:
        self.watch = UserModel(NAME, home=home.root).watch(text)
        self.told: list[tuple[Known, ...]] = []
        self.over = threads.submit(self._run)

    def _run(self) -> None:
        with self.watch as changes:
            self.told.extend(changes)

    def texts(self) -> list[list[str]]:
        return [[known.text for known in each] for each in self.told]


def add(home: Home, text: str) -> int:
    return int(ask_once(home, {"do": "add", "text": text, "kind": "schedule"})["id"])


def test_a_watch_tells_each_change_until_it_is_stopped(lived: Home) -> None:
    grant(lived)
    with ThreadPoolExecutor(1) as threads:
        watching = Watching(threads, lived, "deadline")
        until(lambda: len(watching.told) == 1, "what there is at first")
        id_ = add(lived, "The deadline of the grant is tomorrow.")
        until(lambda: len(watching.told) == 2, "the change")
        ask_once(lived, {"do": "note", "text": "Tea is nice."})  # other things change all the time
        ask_once(lived, {"do": "say", "id": id_, "verdict": "wrong"})
        until(lambda: len(watching.told) == 3, "that it is gone")
        watching.watch.stop()
        watching.over.result(PATIENCE_SECONDS)
        assert watching.texts() == [[], ["The deadline of the grant is tomorrow."], []]
    listed = ask_once(lived, {"do": "disclosures"})["disclosures"]
    assert [(each["verb"], each["propositions"]) for each in listed] == [("watch", []), ("watch", [id_]), ("watch", [])]


def test_a_watch_ends_with_the_grant_and_with_gum_app(lived: Home) -> None:
    grant(lived)
    with ThreadPoolExecutor(2) as threads:
        revoked = Watching(threads, lived, "deadline")
        until(lambda: len(revoked.told) == 1, "what there is at first")
        ask_once(lived, {"do": "revoke", "client": NAME})
        add(lived, "The deadline of the grant is tomorrow.")
        with pytest.raises(NotGranted, match=f"does not let “{NAME}” ask"):
            revoked.over.result(PATIENCE_SECONDS)
        assert revoked.texts() == [[]], "nothing after it was taken back"

        grant(lived)
        ended = Watching(threads, lived, "deadline")
        until(lambda: len(ended.told) == 1, "what there is at first")
        ask_once(lived, {"do": "quit"})
        with pytest.raises(LinkLost, match="has ended"):
            ended.over.result(PATIENCE_SECONDS)


def test_windows_keep_their_lines_however_many_watch(lived: Home) -> None:
    grant(lived)
    with UserModel(NAME, home=lived.root) as model:
        for _ in range(MOST_WATCHING):
            next(model.watch("tea"))
        with pytest.raises(BadInput, match="watch already"):
            next(model.watch("tea"))
        assert ask_once(lived, {"do": "status"})["state"]
    until(lambda: is_free(lived), "a place, once the others have left")


def is_free(home: Home) -> bool:
    watch = UserModel(NAME, home=home.root).watch("tea")
    try:
        next(watch)
    except GumError:
        return False
    finally:
        watch.close()
    return True


def test_a_stopped_watch_tells_nothing_more(lived: Home) -> None:
    grant(lived)
    watch = UserModel(NAME, home=lived.root).watch("tea")
    assert len(next(watch)) == 1
    stopping = threading.Thread(target=watch.stop)
    stopping.start()
    assert list(watch) == []
    stopping.join()
