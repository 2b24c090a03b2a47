"""Suggestion rounds: looks for what could be offered, keeps what is new, judges what waits, and says what is shown now.

Due when an episode has ended or something new is believed, and each minute while somebody is there and something
waits. While nobody is there nothing is looked for and nothing is written. Belongs to the thinker's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from gum_app.daemon.at_hand import BELIEFS_HOLD, AtHand
from gum_app.daemon.offers_kept import keep_offers
from gum_app.daemon.recorder import Present
from gum_app.daemon.room import Room
from gum_app.daemon.wishes import Wishes
from gum_app.pipeline.notice import NAMES, known_as
from gum_app.pipeline.suggest import Known, already, discover
from gum_app.records import CURRENT, Person
from gum_app.rules.judgement import Judgement, Past, is_over, judge, watched_since
from gum_app.rules.moment import hindrance
from gum_app.settings import Settings
from gum_app.store.store import Store
from gum_app.store.suggesting import SuggestMark
from gum_app.suggestions import OPEN, Answered, Moment, Offer, Silence, Suggestion, SuggestionId, SuggestionState

LOOK_AT_MOST_EVERY = timedelta(seconds=10)
LOOK_AT_LEAST_EVERY = timedelta(minutes=1)  # time alone makes some things due, and some moments good ones
BY_THEMSELVES_WITHIN = timedelta(hours=1)
ANSWERS_COUNT = timedelta(days=365)  # what is older weighs next to nothing
STATE_OF: dict[Silence, SuggestionState] = {"already doing": "withdrawn", "already done": "withdrawn"}


class Suggester:
    def __init__(
        self,
        room: Room,
        store: Store,
        *,
        is_quiet: Callable[[], bool] = lambda: False,
        is_in_call: Callable[[], bool] = lambda: False,
    ) -> None:
        """Asked only where something would be shown: `is_quiet`, whether the desktop's own do-not-disturb is on;
        `is_in_call`, whether somebody speaks, whatever windows can be seen.
        """
        self._room = room
        self._store = store
        self._is_quiet = is_quiet
        self._is_in_call = is_in_call
        self._wishes = Wishes(store)
        self._at_hand = AtHand(
            store,
            person=self._known_person,
            forgettings=lambda: room.forgettings,
            spoken=room.spoken.notes_among,
            # In a replay each choice is made anew: a kill in between must not make it another one.
            beliefs_hold=BELIEFS_HOLD if room.progress is None else timedelta(),
        )
        self._mark: SuggestMark | None = None

    def _known_person(self) -> Person:
        """With the names that several of their own screens call theirs, as the thinker knows them."""
        return known_as(self._store.sightings([NAMES])[NAMES], self._wishes.person())

    def suggest_if_due(self, present: Present | None) -> list[SuggestionId]:
        """What is shown from now on, the best first. Raises what the disk cannot do."""
        due = self._due(present) if present is not None else None
        if due is None or present is None:
            return []
        known = self._at_hand.known(present, self._room.clock.now(), due.newest)
        settings = self._wishes.settings()
        offers = []
        if settings.suggestions:
            offers = discover(known)
            self._at_hand.remember(known)
        moment = self._moment(known, settings, bool(offers))
        with self._room.pen, self._store.transaction():
            keep_offers(self._store, offers, known)
            shown = self._judge(replace(known, moment=moment), settings)
            if self._room.progress is not None:
                self._store.put_suggested(due)  # with what was decided: a kill neither loses nor doubles it
        is_new = self._mark is None or due.newest != self._mark.newest
        self._mark = due
        # What is new is looked at once more a minute later: by then its words have been read.
        self._room.something_waits = is_new or self._something_waits()
        return shown

    def _due(self, present: Present) -> SuggestMark | None:
        moment, now = present.moment, self._room.clock.now()
        if moment.away or moment.locked or moment.paused:
            return None
        if self._mark is None:
            self._mark = self._store.suggested() if self._room.progress is not None else None
        mark, newest = self._mark, self._store.newest()
        due = SuggestMark(at=now, newest=newest)
        if mark is None:
            return due
        if now < mark.at:  # of a replay, it was lived through before a kill; else the clock was put back
            return due if self._room.progress is None else None
        least = LOOK_AT_MOST_EVERY if newest != mark.newest else LOOK_AT_LEAST_EVERY
        return due if now - mark.at >= least else None

    def _something_waits(self) -> bool:
        return bool(self._store.suggestions(OPEN, limit=1))

    def _moment(self, known: Known, settings: Settings, has_offers: bool) -> Moment:
        """With what others are asked for: without the pen, for they may take their time, and only where it counts."""
        moment = replace(known.moment, focus=self._room.focus.state().is_on)
        if hindrance(moment, settings) is None and (has_offers or self._something_waits()):
            moment = replace(moment, do_not_disturb=self._is_quiet(), in_call=self._is_in_call())
        return moment

    # Judging

    def _judge(self, known: Known, settings: Settings) -> list[SuggestionId]:
        """Within a transaction. What it says of each is kept; those that are to be shown are so from now on."""
        now = known.now
        self._learn_what_was_done(known)
        waiting, shown = self._still_open(now), []
        past = Past(
            now=now,
            watched_since=self._watched_since(),
            answers=tuple(self._store.suggestion_answers(since=now - ANSWERS_COUNT)) if waiting else (),
            shown=tuple(each for each in self._at_hand.offered(now) if each.shown_at or each.state == "refused"),
        )
        for each in waiting:
            judged = judge(each, known.moment, past, settings)
            if judged.silence is None and (overtaken := already(known, each.offer)) is not None:
                # Asked last, though it counts before the moment: it reads all that was on the screen lately.
                judged = judge(each, known.moment, replace(past, already=overtaken), settings)
            if judged.silence is not None:
                self._keep_silent(each, judged, judged.silence, now)
                continue
            spoken = replace(each, state="shown", changed_at=now, shown_at=now, silence=None, wanted=judged.wanted)
            self._store.put_suggestion(spoken)
            past = replace(past, shown=(spoken, *(one for one in past.shown if one.id != spoken.id)))
            shown.append(each.id)
        return shown

    def _still_open(self, now: datetime) -> list[Suggestion]:
        """What waits, the most useful first, once what is over and what rests on nothing any more has been closed."""
        waiting: list[Suggestion] = []
        for each in self._store.suggestions(OPEN):
            if is_over(each, now):
                self._store.put_suggestion(replace(each, state="expired", changed_at=now))
            elif not self._stands(each.offer):
                self._store.put_suggestion(replace(each, state="withdrawn", changed_at=now))
            elif each.state == "waiting":
                waiting.append(each)
        return sorted(waiting, key=_usefulness, reverse=True)

    def _stands(self, offer: Offer) -> bool:
        """Whether all that it rests on is still believed."""
        beliefs = [self._store.proposition(id_) for id_ in offer.because]
        return all(belief is not None and belief.state in CURRENT for belief in beliefs)

    def _keep_silent(self, kept: Suggestion, judged: Judgement, silence: Silence, now: datetime) -> None:
        silent = replace(kept, silence=silence, wanted=judged.wanted)
        if judged.final:
            silent = replace(silent, state=STATE_OF.get(silence, "refused"), changed_at=now)
        self._store.keep_silent(silent, now)

    def _learn_what_was_done(self, known: Known) -> None:
        """Within the hour after it was offered, and without our help: that is an answer too."""
        for each in known.offered:
            shown_at = each.shown_at
            if shown_at is None or known.now - shown_at > BY_THEMSELVES_WITHIN:
                continue
            since = replace(known, lately=tuple(one for one in known.lately if one.ended_at > shown_at))
            if each.state not in {*OPEN, "ignored", "dismissed"} or already(since, each.offer) is None:
                continue
            said = self._store.suggestion_answers(since=shown_at)
            if not any(one.suggestion_id == each.id and one.answer == "did it" for one in said):
                by_themselves = Answered(kind=each.offer.kind, answer="did it", at=known.now, suggestion_id=each.id)
                self._store.add_suggestion_answer(by_themselves)
            if each.state in OPEN:
                self._store.put_suggestion(replace(each, state="withdrawn", changed_at=known.now))

    def _watched_since(self) -> datetime | None:
        if self._room.progress is not None or self._room.replayed:
            first = self._store.first_seen_at()
            return first - timedelta(days=1) if first is not None and self._room.skips_first_day else first
        return watched_since(self._wishes.settings())


def _usefulness(kept: Suggestion) -> tuple[float, int]:
    offer = kept.offer
    wanted = offer.belief if kept.wanted is None else kept.wanted
    return wanted * (offer.benefit + offer.cost_silent) - (1 - wanted) * offer.cost_wrong, -kept.id
