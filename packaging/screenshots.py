"""Pictures of every window, light and dark, to be looked at: `uv run python packaging/screenshots.py FOLDER`.

Starts a virtual screen with a window manager, opens the real windows on a made-up life, and writes PNGs into FOLDER.
Needs the Debian packages that tests/desktop.py names.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402 - found only after the path is set
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from gum_app.clock import SystemClock  # noqa: E402
from gum_app.paths import Home  # noqa: E402
from gum_app.records import PrivacyRule, PropositionId  # noqa: E402
from gum_app.rules.revisions import fold  # noqa: E402
from gum_app.store.store import Store  # noqa: E402
from gum_app.ui.app import Shell  # noqa: E402
from gum_app.ui.dashboard import (  # noqa: E402
    ASK,
    DIGEST,
    KEPT,
    MODEL,
    PRIVACY,
    PROPOSITIONS,
    SEEN,
    SETTINGS,
    SUGGESTIONS,
    SURE,
    Dashboard,
)
from gum_app.ui.deeds import LAST_CHANGE  # noqa: E402
from gum_app.ui.fold import Fold  # noqa: E402
from gum_app.ui.forget import ForgetDialog  # noqa: E402
from gum_app.ui.gallery import Gallery  # noqa: E402
from gum_app.ui.imports_card import ImportsCard  # noqa: E402
from gum_app.ui.model_status import model_status_of  # noqa: E402
from gum_app.ui.spot_check import SpotCheckDialog  # noqa: E402
from gum_app.ui.suggestion_preview import SuggestionPreview  # noqa: E402
from gum_app.ui.sure import SureDialog  # noqa: E402
from gum_app.ui.theme import dress  # noqa: E402
from tests import brought  # noqa: E402
from tests.desktop import Desktop  # noqa: E402
from tests.ui import chats, digests, life, minds, offers  # noqa: E402
from tests.ui.answering import Answering, served  # noqa: E402

SCREEN = (1360, 860)
WINDOW = (1180, 780)
NARROW = (520, 700)
PATIENCE_SECONDS = 15.0

Scene = Callable[["Stage"], None]


class Stage:
    """The app on the virtual screen, and the camera."""

    def __init__(self, app: QApplication, shell: Shell, answering: Answering, folder: Path, theme: str) -> None:
        self.app, self.shell, self.answering = app, shell, answering
        self._folder, self._theme = folder, theme
        self.window = shell.window

    @property
    def dashboard(self) -> Dashboard:
        assert self.window.dashboard is not None
        return self.window.dashboard

    def wait(self, until: Callable[[], bool] = lambda: False, seconds: float = PATIENCE_SECONDS) -> None:
        """Until something is so; without a question, just for so long."""
        end = time.monotonic() + seconds
        while not until() and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.01)

    def shot(self, name: str) -> None:
        self.wait(seconds=0.5)
        path = self._folder / f"{name}-{self._theme}.png"
        QGuiApplication.primaryScreen().grabWindow(0).save(str(path))
        print(path)


def searching(stage: Stage) -> None:
    """Why each of the hits is one, in the small print."""
    page = stage.dashboard.propositions
    page.search_for("soil report last week")
    stage.wait(lambda: page.model.rowCount() > 0 and bool(getattr(page.model.item(0), "why", "")))
    stage.shot("propositions-searched")
    page.filters.show_all()


def propositions(stage: Stage) -> None:
    page = stage.dashboard.propositions
    stage.wait(lambda: page.model.rowCount() > 0 and page.model.item(0) is not None)
    stage.shot("propositions-nothing-chosen")
    page.list.setCurrentIndex(page.model.index(3))
    stage.wait(lambda: page.detail.told is not None)
    stage.shot("propositions")
    bar = page.detail.verticalScrollBar()
    bar.setValue(390)
    stage.shot("propositions-evidence")
    bar.setValue(bar.maximum())
    stage.shot("propositions-history")
    page.detail.start_editing()
    bar.setValue(0)
    stage.shot("propositions-editing")
    page.detail.buttons["edit"].window().setFocus()
    page.filters.show_all()
    searching(stage)
    page.search_for("community gardens")
    stage.wait(lambda: page.model.rowCount() == 1 and page.model.item(0) is not None)
    page.list.setCurrentIndex(page.model.index(0))
    stage.wait(lambda: page.detail.told is not None)
    stage.shot("propositions-by-model")
    bar.setValue(bar.maximum())
    stage.shot("propositions-by-model-end")
    page.filters.show_all()
    page.filters.grouped.setChecked(True)
    stage.shot("propositions-by-kind")
    page.filters.grouped.setChecked(False)
    page.search_for("zeppelin")
    stage.wait(lambda: page.lists.currentWidget() is page.nothing)
    stage.shot("propositions-nothing-fits")
    page.filters.show_all()
    page.filters.state.setCurrentText("Any state")
    stage.dashboard.messages.done("Marked as wrong. It is remembered not to be believed.", LAST_CHANGE)
    stage.shot("propositions-message")
    stage.dashboard.messages.trouble(
        "gum-app does not answer: it may be busy; try again, or quit it and start it again."
    )
    stage.shot("propositions-trouble")
    stage.dashboard.messages.hide()
    page.filters.show_all()


def other_pages(stage: Stage) -> None:
    dashboard = stage.dashboard
    dashboard.side.turn_to(SEEN)
    stage.wait(lambda: dashboard.seen.model.rowCount() > 0)
    dashboard.seen.timeline.choose((life.NOW - timedelta(hours=3), life.NOW - timedelta(hours=2)))
    stage.shot("seen")
    told = next(entry for entry in dashboard.seen.model.entries if entry.account is not None)
    dashboard.seen._look_into(told)
    stage.shot("episode")
    close_dialogs(stage)
    dashboard.side.turn_to(PRIVACY)
    dashboard.privacy.app.setText("firefox")
    dashboard.privacy._try()
    stage.shot("privacy")
    dashboard.privacy.ensureWidgetVisible(dashboard.privacy.norms, 0, 0)
    stage.shot("privacy-matters")
    dashboard.privacy.norms.boxes["health"].setCurrentIndex(3)
    dashboard.privacy.norms.boxes["health"].activated.emit(3)
    stage.wait(lambda: bool(stage.window.findChildren(ForgetDialog)))
    stage.shot("privacy-tightened")
    close_dialogs(stage)
    bar = dashboard.privacy.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("privacy-left-out")
    dashboard.side.turn_to(KEPT)
    stage.shot("kept")
    dashboard.side.turn_to(SETTINGS)
    stage.shot("settings")
    bar = dashboard.settings.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("settings-end")
    dashboard.side.turn_to(PROPOSITIONS)


def ask_page(stage: Stage) -> None:
    """From nothing asked to a conversation: the answer, a line taken out, a correction, all word for word; and what it
    looks like without a model, cut off in the middle, and after a forgetting.
    """
    stage.wait(lambda: stage.window.dashboard is not None)
    dashboard, page = stage.dashboard, stage.dashboard.asking
    dashboard.side.turn_to(ASK)
    stage.shot("ask-nothing")
    page.field.setPlainText("What was I doing on Tuesday?")
    page.look.click()
    stage.wait(page.lines.isVisible)
    page.context.also.setText("On Tuesday afternoon I was at the dentist’s.")
    stage.shot("ask-looked-first")
    page.context.word_for_word.button.click()
    stage.wait(lambda: bool(page.context.whole.toPlainText()))
    page.ensureWidgetVisible(page.context.whole, 0, 20)
    stage.shot("ask-word-for-word")
    page.verticalScrollBar().setValue(0)
    page.again.click()
    stage.wait(lambda: page.sources.isVisible())
    page.context.open(False)
    stage.shot("ask")
    page.sources.buttons["o3", "leave out"].click()
    page.sources.buttons["p1", "edit"].click()
    stage.shot("ask-correcting")
    page.sources.buttons["p1", "cancel"].click()
    page.field.setPlainText("And help me with this section:\nit is too long.")
    page.ask()
    stage.wait(lambda: page.before.isVisible() and page.sources.isVisible())
    page.context.open(True)
    stage.shot("ask-conversation")
    stage.window.resize(*NARROW)
    page.verticalScrollBar().setValue(0)
    stage.shot("narrow-ask")
    page.ensureWidgetVisible(page.lines, 0, 0)
    stage.shot("narrow-ask-lines")
    stage.window.resize(*WINDOW)
    page.verticalScrollBar().setValue(0)
    page.new.click()
    page.field.setPlainText("What do you know about Mia?")
    over = threading.Event()
    stage.answering.chat = ({"piece": piece} for piece in itertools.chain(["Mia "], _words_until(over)))
    page.ask()
    stage.wait(page.answer.isVisible)
    stage.shot("ask-coming")
    page.leave()
    over.set()
    stage.shot("ask-unfinished")
    stage.answering.chat = chats.an_answer()
    page.new.click()
    page.field.setPlainText("What was I doing on Tuesday?")
    stage.answering.context = chats.without_model()
    page.ask()
    stage.wait(page.told.isVisible)
    stage.shot("ask-without-a-model")
    stage.answering.context = chats.a_context()
    dashboard.side.turn_to(SETTINGS)
    dashboard.settings.say("ask_key", "Another program has Ctrl+Alt+G already: choose another combination of keys.")
    stage.shot("ask-key-taken")
    dashboard.side.turn_to(PROPOSITIONS)


def _words_until(over: threading.Event) -> Iterator[str]:
    while not over.wait(0.3):
        yield "is the one who "


def other_programs(stage: Stage) -> None:
    """One that has asked, one that may ask and was told something, one that is told nothing any more."""
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        life.let_programs_ask(store)
    stage.wait(lambda: stage.window.dashboard is not None)
    page = stage.dashboard.privacy
    stage.dashboard.side.turn_to(PRIVACY)
    stage.wait(lambda: bool(page.programs.choices))
    stage.wait(seconds=0.3)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("privacy-programs")
    stage.dashboard.messages.hide()
    page.ensureWidgetVisible(page.programs, 0, 0)
    stage.wait(seconds=0.2)
    stage.shot("privacy-programs-scope")
    stage.window.resize(*NARROW)
    stage.wait(seconds=0.3)
    page.ensureWidgetVisible(page.programs, 0, 0)
    stage.shot("narrow-privacy-programs")
    stage.window.resize(*WINDOW)


def suggestions_page(stage: Stage) -> None:
    """Two that are open, one of them held back; what a click would do; what became of others; the first day."""
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        offers.offer_help(store)
    stage.wait(lambda: stage.window.dashboard is not None)
    dashboard, page = stage.dashboard, stage.dashboard.suggestions
    dashboard.side.turn_to(SUGGESTIONS)
    stage.wait(lambda: bool(page.cards))
    stage.shot("suggestions")
    first, second = page.cards.values()
    first.sure.button.click()
    stage.shot("suggestions-explained")
    for fold_ in (page.silent_fold, page.earlier_fold, page.abilities):
        fold_.button.click()
    stage.wait(seconds=0.3)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    stage.shot("suggestions-middle")
    bar.setValue(bar.maximum())
    stage.shot("suggestions-end")
    bar.setValue(0)
    second.buttons["preview"].click()
    dialog = stage.window.findChild(SuggestionPreview)
    assert dialog is not None
    stage.wait(dialog.go.isEnabled)
    stage.shot("suggestions-preview")
    dialog.reject()
    stage.window.resize(*NARROW)
    stage.shot("narrow-suggestions")
    stage.window.resize(*WINDOW)


def digest_page(stage: Stage) -> None:
    """Judged by rule, a verdict given; narrow; switched off; and a focus time."""
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        ids = digests.fill(store)
        store.put_opinion(ids[1], "right", life.NOW)
    stage.wait(lambda: stage.window.dashboard is not None)
    page = stage.dashboard.digest
    stage.dashboard.side.turn_to(DIGEST)
    stage.wait(lambda: bool(page.lines))
    stage.shot("digest")
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("digest-end")
    bar.setValue(0)
    stage.window.resize(*NARROW)
    stage.shot("narrow-digest")
    stage.window.resize(*WINDOW)
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        store.put_setting("triage_notifications", False)
    stage.wait(page.off.isVisible)
    stage.shot("digest-off")
    stage.shell.do("focus_50")
    stage.wait(lambda: stage.shell.light.status.focus_until is not None)
    stage.shot("focus-time")


def imports(stage: Stage) -> None:
    """A look at an export of ActivityWatch, done, taken back; a gum.db; a file that is none; the list; narrow."""
    stage.wait(lambda: stage.window.dashboard is not None)
    page = stage.dashboard.kept
    stage.dashboard.side.turn_to(KEPT)
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        (folder / "calendars").mkdir()
        ahead = life.NOW + timedelta(days=9)
        days = (f":{ahead + timedelta(days=n):%Y%m%d}T100000Z" for n in range(12))
        entries = (brought.an_entry(str(n), "Site visit", day) for n, day in enumerate(days))
        files = (
            ("activitywatch", brought.a_week_of_work(folder / "aw-buckets-export.json", life.NOW - timedelta(days=20))),
            ("gum", brought.a_gum_db(folder / "gum.db", ["The user likes tea.", "The user is lazy."], at=life.NOW)),
            ("calendar", brought.a_calendar(folder / "calendars" / "work.ics", *entries).parent),
        )
        for name, path in files:
            dialog = page.bring(str(path))
            assert dialog is not None
            stage.wait(dialog.go.isVisible)
            stage.shot(f"import-{name}")
            if name == "activitywatch":
                dialog.rules.button.click()
                stage.wait(seconds=0.2)
                stage.shot("import-left-out")
            dialog.go.click()
            stage.wait(dialog.forget.isVisible)
            stage.shot(f"import-{name}-done")
            dialog.close_.click()
        (folder / "notes.txt").write_text("hello")
        dialog = page.bring(str(folder / "notes.txt"))
        assert dialog is not None
        stage.wait(dialog.note.isVisible)
        stage.shot("import-trouble")
        dialog.close_.click()
    stage.dashboard.messages.hide()
    page.refresh()
    stage.wait(lambda: bool(page.findChildren(ImportsCard)[-1].gone))
    stage.wait(seconds=0.3)
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("kept-imports")
    stage.window.resize(*NARROW)
    stage.wait(seconds=0.3)
    page.ensureWidgetVisible(page.findChildren(ImportsCard)[-1], 0, 0)
    stage.shot("narrow-kept-imports")
    stage.window.resize(*WINDOW)


MINDS: tuple[tuple[str, minds.Answer], ...] = (
    ("no-engine", minds.without_engine()),
    ("building", minds.building()),
    ("none", minds.a_mind()),
    ("downloading", minds.downloading()),
    ("thinking", minds.in_use()),
    ("resting", minds.resting()),
    ("server", minds.at_a_server()),
)


def model_page(stage: Stage) -> None:
    page = stage.dashboard.model
    stage.dashboard.side.turn_to(MODEL)
    for name, mind in MINDS:
        tell_mind(stage, mind)
        stage.shot(f"model-{name}")
    tell_mind(stage, minds.in_use())
    page.trial.go.click()
    stage.wait(page.trial.answer.isVisible)
    stage.shot("model-tried")
    page.budget.more.button.click()
    for name, part in (("server-form", page.endpoint), ("budget", page.budget), ("calls", page.calls)):
        if name == "server-form":
            for field, text in (("url", "https://gpu.example.org/v1"), ("model", "qwen3-vl-32b")):
                page.endpoint.lines[field].setText(text)
        stage.wait(seconds=0.2)
        page.ensureWidgetVisible(part, 0, 0)
        stage.shot(f"model-{name}")
    page.verticalScrollBar().setValue(0)
    page.cards["qwen3-vl-4b"].buttons["delete"].click()
    stage.wait(lambda: bool(page.window().findChildren(SureDialog)))
    stage.shot("model-delete")
    close_dialogs(stage)
    stage.window.resize(*NARROW)
    for name, mind in (("narrow-downloading", minds.downloading()), ("narrow-server", minds.at_a_server())):
        tell_mind(stage, mind)
        stage.shot(f"model-{name}")
    page.ensureWidgetVisible(page.endpoint, 0, 0)
    stage.shot("model-narrow-server-form")
    page.ensureWidgetVisible(page.calls, 0, 0)
    stage.shot("model-narrow-calls")
    stage.window.resize(*WINDOW)
    stage.answering.refuses["model"] = (
        "gum-app does not answer: it may be busy; try again, or quit it and start it again."
    )
    page.look()
    stage.wait(page.lost.isVisible)
    stage.shot("model-lost")
    stage.answering.refuses.clear()
    stage.dashboard.side.turn_to(PROPOSITIONS)


def sure_page(stage: Stage) -> None:
    """From nothing judged to enough, the spot check on the way, and the quiet line that offers it."""
    dashboard = stage.dashboard
    dashboard.side.turn_to(SURE)
    stage.wait(lambda: dashboard.sure.shown is not None)
    stage.shot("sure-nothing-judged")
    dashboard.check()
    stage.wait(lambda: bool(stage.window.findChildren(SpotCheckDialog)))
    check = stage.window.findChildren(SpotCheckDialog)[0]
    stage.wait(lambda: bool(check.items))
    stage.shot("spot-check")
    fold_ = check.body.findChild(Fold)
    assert isinstance(fold_, Fold)
    fold_.button.click()
    stage.shot("spot-check-evidence")
    for n in range(len(check.items)):
        check.answer("partly")
        stage.wait(lambda n=n: check.at == n + 1)  # type: ignore[misc]
    stage.shot("spot-check-over")
    check.reject()
    stage.wait(lambda: dashboard.sure.shown is not None and dashboard.sure.shown.figures.verdicts > 0)
    stage.shot("sure-too-few")
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        life.judge(store)
    dashboard.sure.refresh()
    stage.wait(lambda: dashboard.sure.shown is not None and dashboard.sure.shown.figures.is_enough)
    stage.shot("sure")
    bar = dashboard.sure.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.shot("sure-learned")
    bar.setValue(0)
    stage.window.resize(*NARROW)
    stage.shot("narrow-sure")
    stage.window.resize(*WINDOW)
    dashboard.side.turn_to(PROPOSITIONS)
    dashboard.offer.show()
    page = dashboard.propositions
    for number in range(page.model.rowCount()):
        page.list.setCurrentIndex(page.model.index(number))
        stage.wait(seconds=0.3)
        why = page.detail.findChild(Fold)
        if isinstance(why, Fold):
            why.button.click()
            break
    stage.shot("propositions-three-numbers")
    dashboard.offer.hide()


def tell_mind(stage: Stage, mind: minds.Answer) -> None:
    """The daemon says this of its model from now on, and the page has seen it."""
    stage.answering.mind = mind
    remote = model_status_of(mind).remote
    stage.answering.status["model"] = {"state": mind["state"], "sentence": mind["sentence"], "remote": remote}
    stage.shell.light.look_now()
    page = stage.dashboard.model
    page.look()
    stage.wait(lambda: page.status == model_status_of(mind) and stage.shell.light.status.remote == remote)
    page.verticalScrollBar().setValue(0)


def dialogs(stage: Stage) -> None:
    dialog = stage.dashboard.forget({"last_minutes": 60}, "the last hour")
    stage.wait(dialog.go.isEnabled)
    stage.shot("forget")
    dialog.reject()
    stage.dashboard.add()
    stage.shot("add")
    close_dialogs(stage)


def close_dialogs(stage: Stage) -> None:
    dialog = stage.app.activeModalWidget()
    if dialog is not None:
        dialog.close()
    stage.wait(seconds=0.2)


def other_shapes(stage: Stage) -> None:
    page = stage.dashboard.propositions
    stage.window.resize(*NARROW)
    stage.shot("narrow-one")
    page._leave()
    stage.shot("narrow-list")
    stage.dashboard.side.turn_to(SEEN)
    stage.shot("narrow-seen")
    stage.dashboard.side.turn_to(PROPOSITIONS)
    stage.window.resize(*WINDOW)
    stage.app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.list.setCurrentIndex(page.model.index(2))
    stage.shot("right-to-left")
    stage.app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    menu = stage.shell.small_light.menu
    menu.popup(stage.window.pos())
    stage.shot("menu")
    menu.close()


def states(stage: Stage) -> None:
    for state, sentence in (("paused", "Paused."), ("private", "Not looking: private window."), ("trouble", "No.")):
        more = {"trouble": ["The reader is not installed: run the set-up again."]} if state == "trouble" else {}
        until = (life.NOW + timedelta(minutes=15)).isoformat() if state == "paused" else None
        stage.answering.status |= {"state": state, "sentence": sentence, "paused_until": until, **more}
        stage.shell.light.look_now()
        stage.wait(lambda state=state: stage.shell.light.status.state == state)  # type: ignore[misc]
        stage.shot(f"state-{state}")


def first_start(stage: Stage) -> None:
    window = stage.window
    stage.wait(lambda: window.faces.currentWidget() is window.welcome)
    stage.shot("welcome")
    window._no_keyring("There is no keyring that works.", False)
    stage.shot("choose-key")
    window.choose_key.by_file.setChecked(True)
    stage.shot("choose-key-file")


def locked(stage: Stage) -> None:
    stage.wait(lambda: stage.window.faces.currentWidget() is stage.window.unlock)
    stage.window.unlock.trouble("This passphrase does not open the database: try again.")
    stage.shot("unlock")


def nothing_yet(stage: Stage) -> None:
    stage.wait(lambda: stage.window.dashboard is not None)
    stage.wait(lambda: stage.dashboard.propositions.lists.currentWidget() is stage.dashboard.propositions.nothing)
    stage.shot("empty-propositions")
    stage.dashboard.side.turn_to(SEEN)
    stage.wait(lambda: stage.dashboard.seen.stack.currentIndex() == 1)
    stage.shot("empty-seen")


def a_demo(stage: Stage) -> None:
    stage.wait(lambda: stage.window.dashboard is not None)
    page = stage.dashboard.propositions
    stage.wait(lambda: page.model.rowCount() > 0 and page.model.item(0) is not None)
    stage.shot("demo")
    stage.window.resize(*NARROW)
    stage.shot("demo-narrow")
    stage.window.resize(*WINDOW)


def changes(stage: Stage) -> None:
    """What has changed in the world, what was tidied, what is asked; and the dialogs that merge and split."""
    with Store(stage.answering.home.database, life.KEY, fold=fold) as store:
        old = life.change(store)
    stage.wait(lambda: stage.window.dashboard is not None)
    page = stage.dashboard.propositions
    stage.wait(lambda: page.questions.isVisible() and page.tidied.isVisible())
    page.choose(old)
    stage.wait(lambda: page.detail.told is not None)
    stage.shot("changed")
    for name, button in (("questions", page.questions), ("tidied", page.tidied)):
        button.click()
        stage.wait(seconds=0.3)
        stage.shot(name)
        close_dialogs(stage)
    page.choose(PropositionId(1))
    stage.wait(lambda: page.detail.told is not None and page.detail.told.belief.id == 1)
    for name in ("merge", "split"):
        page.detail.buttons[name].click()
        stage.wait(seconds=0.5)
        stage.shot(name)
        close_dialogs(stage)
    stage.window.resize(*NARROW)
    page.choose(stage.dashboard.propositions.questions.questions[-1].proposition_id)
    stage.wait(lambda: page.detail.told is not None and page.detail.told.question is not None)
    stage.shot("narrow-question")
    stage.window.resize(*WINDOW)


def a_life(stage: Stage) -> None:
    stage.wait(lambda: stage.window.dashboard is not None)
    for scene in (propositions, other_pages, model_page, dialogs, other_shapes, states, sure_page):
        scene(stage)


NEW = {"state": "needs_key", "key": "not chosen", "consented": False}
REPLAYING = {"state": "replaying", "sentence": "Replaying a recording, 310 of 1200 events.", "progress": [310, 1200]}
LOCKED = {"state": "needs_key", "key": "needs passphrase"}


def act(folder: Path, theme: str, only: str | None) -> None:
    """In the child, on the virtual screen."""
    app = QApplication([])
    app.setApplicationName("gum-app")
    app.setQuitOnLastWindowClosed(False)
    dress(app, "dark" if theme == "dark" else "light")
    for status, scene, filled in (
        (NEW, first_start, False),
        (LOCKED, locked, True),
        ({}, nothing_yet, False),
        (REPLAYING, a_demo, True),
        ({}, changes, True),
        ({}, ask_page, True),
        ({}, other_programs, True),
        ({}, suggestions_page, True),
        ({}, digest_page, True),
        ({}, imports, True),
        ({}, a_life, True),
    ):
        if only is not None and scene.__name__ != only:
            continue
        with tempfile.TemporaryDirectory() as root:
            home = Home(Path(root) / "gum-app")
            home.prepare()
            prepare(home, theme, filled=filled)
            with served(home, **status) as answering:
                shell = Shell(home, SystemClock(), app, made_up=scene is a_demo)
                shell.light.start()
                shell.window.resize(*WINDOW)
                shell.window.move(20, 10)
                shell.window.open()
                scene(Stage(app, shell, answering, folder, theme))
                shell.close()
                shell.window.hide()
                app.processEvents()
    gallery = Gallery()
    gallery.resize(*WINDOW)
    gallery.show()
    end = time.monotonic() + 0.6
    while time.monotonic() < end:
        app.processEvents()
    QGuiApplication.primaryScreen().grabWindow(0).save(str(folder / f"gallery-{theme}.png"))


def prepare(home: Home, theme: str, *, filled: bool) -> None:
    if filled:
        life.fill(home)
    with Store(home.database, life.KEY, fold=fold) as store:
        store.put_setting("theme", theme)
        if filled:
            store.add_privacy_rule(PrivacyRule(name="My doctor", title=r"Dr\. Winter|lab results"))
            store.add_privacy_rule(PrivacyRule(name="Family chat", app="signal"))


def main() -> int:
    parser = argparse.ArgumentParser(description="Pictures of every window, light and dark.")
    parser.add_argument("folder", type=Path, help="where the PNGs are written")
    parser.add_argument("--scale", type=float, default=1.0, help="like 1.5 or 2")
    parser.add_argument("--inside", choices=("light", "dark"), help=argparse.SUPPRESS)
    parser.add_argument("--only", metavar="SCENE", help="a part of them, like changes or a_life")
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if options.inside:
        act(folder, options.inside, options.only)
        return 0
    for theme in ("light", "dark"):
        width, height = (round(side * options.scale) for side in SCREEN)
        with Desktop(size=f"{width}x{height}") as desktop:
            command = (sys.executable, str(Path(__file__).resolve()), str(folder), "--inside", theme)
            command += ("--only", options.only) if options.only else ()
            environment = {"QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(options.scale)}
            child = desktop.spawn(*command, more_env=environment)
            if child.wait(300) != 0:
                print((desktop.root / f"{Path(sys.executable).name}.log").read_text(), file=sys.stderr)
                return 1
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
