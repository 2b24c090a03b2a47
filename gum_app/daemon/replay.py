"""A recording in place of the screen. Each event, what follows from it and how far we are is one transaction: a kill at
any instant loses nothing and counts nothing twice, and the next run goes on as if there had been none.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from pathlib import Path

from gum_app.clock import SetClock
from gum_app.daemon.desk import Desk
from gum_app.daemon.eyes import Eyes
from gum_app.daemon.ideas import Ideas
from gum_app.daemon.interpreter import Interpreter
from gum_app.daemon.keeper import Keeper
from gum_app.daemon.recorder import Recorder
from gum_app.daemon.room import Room
from gum_app.daemon.suggester import LOOK_AT_LEAST_EVERY, Suggester
from gum_app.daemon.thinker import Thinker
from gum_app.daemon.wishes import Wishes
from gum_app.errors import BadInput, RecordingBroken
from gum_app.paths import Home
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.world.reading import Reader
from gum_app.world.recording import EVENTS, RecordedHands

MINUTES_WITHOUT_EVENT = 5


def replay(
    room: Room,
    clock: SetClock,
    store: Store,
    folder: Path,
    reader: Reader,
    thinker: Thinker,
    interpreter: Interpreter,
    ideas: Ideas | None = None,
) -> bool:
    """False where it was told to quit before the end. Raises BadInput, RecordingBroken."""
    hands = RecordedHands(folder, clock, start=store.position())
    fingerprint = refuse_other_lives(folder, room.home, store)
    if (until := store.replayed_until()) is not None:
        clock.put(until)
    room.gate.consent()  # to a recording, by asking for it
    with closing(Desk(reader, in_line=True)) as desk:
        wishes = Wishes(store)
        keeper = Keeper(
            store, rules=wishes.rules, norms=wishes.norms, thumbnails=wishes.thumbnails, stills=wishes.stills
        )
        recorder = Recorder(
            hands=hands,
            clock=clock,
            gate=room.gate,
            keeper=keeper,
            # Its pictures are few, and each is read whole: what was seen before a kill need not be kept for later.
            eyes=Eyes(keeper, desk, reads_whole=True),
            rules=wishes.rules,
            settings=wishes.settings,
            pen=room.pen,
        )
        if (bookmark := store.bookmark()) is not None:
            recorder.go_on(json.loads(bookmark), hands.surroundings())
        room.recorder, room.desk = recorder, desk
        try:
            _live_through(fingerprint, room, store, hands, keeper, recorder, thinker, interpreter, ideas)
        finally:
            room.recorder = room.desk = None
    return recorder.ended


def refuse_other_lives(folder: Path, home: Home, store: ReadingStore) -> str:
    """What tells this recording from others. Raises BadInput where the home holds something else; RecordingBroken."""
    path = folder / EVENTS
    try:
        fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise RecordingBroken(f"{path} cannot be read: give a folder that holds a recording.") from error
    before = store.replayed_recording()
    if before is None and store.days():
        raise BadInput(f"{home.root} holds what was really seen: replay into another folder with --home, or into none.")
    if before not in (None, fingerprint):
        raise BadInput(f"{home.root} holds the replay of another recording: choose another folder with --home.")
    return fingerprint


def _live_through(
    fingerprint: str,
    room: Room,
    store: Store,
    hands: RecordedHands,
    keeper: Keeper,
    recorder: Recorder,
    thinker: Thinker,
    interpreter: Interpreter,
    ideas: Ideas | None,
) -> None:
    room.progress = (hands.position, len(hands))
    suggester = Suggester(room, store)
    # A kill may have come between an event and the thoughts about it.
    _think_and_suggest(room, recorder, thinker, suggester)
    while not recorder.ended and not room.quitting.is_set():
        _let_time_pass(room, hands, recorder, suggester)
        with room.pen, store.transaction():
            recorder.step()
            keeper.write()
            store.put_position(hands.position)
            store.put_bookmark(fingerprint, json.dumps(recorder.bookmark(hands.surroundings())))
            store.put_replayed_until(room.clock.now())
        _think_and_suggest(room, recorder, thinker, suggester)
        interpreter.interpret(room.quitting.is_set)
        if ideas is not None and not room.quitting.is_set():
            ideas.think(recorder.now_present())
        room.progress = (hands.position, len(hands))
    if recorder.ended:
        thinker.think_about_routines()
        interpreter.interpret(room.quitting.is_set, last=True)


def _let_time_pass(room: Room, hands: RecordedHands, recorder: Recorder, suggester: Suggester) -> None:
    """Between two events what waits is judged each minute, as on a live screen; after some nobody may be there."""
    assert isinstance(room.clock, SetClock)
    for _ in range(MINUTES_WITHOUT_EVENT):
        now = room.clock.now() + LOOK_AT_LEAST_EVERY
        if hands.next_at is None or now >= hands.next_at or room.quitting.is_set():
            return
        room.clock.put(now)
        suggester.suggest_if_due(recorder.now_present())


def _think_and_suggest(room: Room, recorder: Recorder, thinker: Thinker, suggester: Suggester) -> None:
    """Nothing is shown in a replay: that it would have been is all."""
    thinker.think(room.quitting)
    if not room.quitting.is_set():  # what was not thought about to its end is judged at the next start
        suggester.suggest_if_due(recorder.now_present())
