"""What this process does in the daemon's place."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gum_app import in_process
from gum_app.daemon.lock import HomeLock
from gum_app.errors import AlreadyRunning, BadInput, KeyMissing
from gum_app.paths import Home
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.world import keys
from tests.builders import NOON, a_revision


def test_one_thing_is_done_under_the_lock_of_the_home(home: Home) -> None:
    keys.make_key(home, "file")
    assert in_process.do_here(home, {"do": "note", "text": "I like tea."})["noted"]
    with HomeLock(home), pytest.raises(AlreadyRunning):
        in_process.do_here(home, {"do": "note", "text": "I like tea."})


def test_a_replayed_home_is_dated_by_its_recording(home: Home) -> None:
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    store.put_replayed_until(NOON)
    in_process.do_here(home, {"do": "note", "text": "I like tea."})
    assert store.observations()[0].started_at == NOON
    store.close()


def test_what_a_verdict_teaches_is_learned_at_once_where_no_daemon_runs(home: Home) -> None:
    store = Store(home.database, keys.make_key(home, "file"), fold=fold)
    said, other = store.add_revisions([a_revision(), a_revision(topic="other", text="Sings.")])
    in_process.do_here(home, {"do": "say", "id": said, "verdict": "wrong"})
    belief = store.proposition(other)
    assert belief is not None and belief.confidence < belief.confidence_evidence == 0.5
    assert store.integrity() == []
    store.close()


def test_a_home_without_a_key_is_told(home: Home) -> None:
    with pytest.raises(KeyMissing):
        in_process.do_here(home, {"do": "note", "text": "I like tea."})


def test_a_wrong_question_is_told(home: Home) -> None:
    keys.make_key(home, "file")
    with pytest.raises(BadInput):
        in_process.do_here(home, {"do": "dance"})


def test_who_only_asks_or_opens_a_window_does_not_load_the_daemon() -> None:
    """It takes most of a second, and the tray has to be there in one."""
    code = "import sys, gum_app.commands; print([m for m in sys.modules if m.startswith('gum_app.daemon.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_who_only_asks_does_not_load_what_only_learning_needs() -> None:
    code = "import sys, gum_app.commands, gum_app.ui.sure_page; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n", "numpy takes 20 MB and a tenth of a second"
