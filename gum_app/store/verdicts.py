"""What the person's verdicts change: feedback, draws for the spot check, curves. A part of `Store`, for the daemon.

What is learned from the verdicts is a rule, and is given in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from gum_app.records import Candidate, Curve, Feedback, SpotCheck, SpotCheckId
from gum_app.store import judging, rows
from gum_app.store.instants import micros
from gum_app.store.judging import Show
from gum_app.store.model_notes import ModelNotes
from gum_app.store.observing import ForgottenMeanwhile

AT_ONCE = 10_000  # propositions whose number is written within one transaction


class Verdicts(ModelNotes):
    def add_feedback(self, feedback: Feedback) -> None:
        """A draw that was answered before is answered anew. Raises ForgottenMeanwhile."""
        with self._database.transaction():
            if self._database.value("SELECT 1 FROM propositions WHERE id = ?", (feedback.proposition_id,)) is None:
                raise ForgottenMeanwhile
            self._database.run("DELETE FROM feedback WHERE spot_check_id = ?", (feedback.spot_check,))
            values = rows.feedback_values(feedback)
            self._database.run(rows.insert("feedback", values), values)

    def drop_answer(self, id: SpotCheckId) -> Feedback | None:  # noqa: A002
        """The verdict that answered a draw, which no longer counts; None where there was none."""
        with self._database.transaction():
            row = self._database.one("SELECT * FROM feedback WHERE spot_check_id = ?", (id,))
            self._database.run("DELETE FROM feedback WHERE spot_check_id = ?", (id,))
            return None if row is None else rows.feedback_of(row)

    def candidates(self, now: datetime) -> list[Candidate]:
        """What may be drawn for the spot check, as far as the store can tell."""
        return judging.candidates(self._database, now)

    def add_spot_checks(self, drawn: Sequence[SpotCheck]) -> None:
        """Their ids do not count; they get new ones. Raises ForgottenMeanwhile."""
        with self._database.transaction():
            for check in drawn:
                if self._database.value("SELECT 1 FROM propositions WHERE id = ?", (check.proposition_id,)) is None:
                    raise ForgottenMeanwhile
                values = rows.spot_check_values(check)
                self._database.run(rows.insert("spot_checks", values), values)

    def put_skipped(self, id: SpotCheckId, skipped: bool) -> None:  # noqa: A002
        self._database.run("UPDATE spot_checks SET skipped = ? WHERE id = ?", (skipped, id))

    def put_spot_check_offered(self, at: datetime) -> None:
        self._database.run("INSERT OR REPLACE INTO marks (name, value) VALUES ('spot_check_offered', ?)", (micros(at),))

    def put_curves(self, curves: Collection[Curve]) -> None:
        """Instead of those before. New beliefs follow them at once; `recalibrate` brings the old ones up to date."""
        with self._database.transaction():
            judging.put_curves(self._database, curves)

    def recalibrating(self) -> AbstractContextManager[None]:
        """Within it, `recalibrate` takes a fifth of the time in a large file, and some memory."""
        return self._database.wide_cache()

    def recalibrate(self, show: Show) -> bool:
        """Bring what is shown of some more propositions up to date, in one transaction. False: all of them are."""
        with self._database.transaction():
            return judging.recalibrate(self._database, show, at_once=AT_ONCE)
