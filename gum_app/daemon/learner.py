"""Brings what is shown in line with the verdicts: curves fitted anew, then all propositions, a batch at a time.

Nothing is remembered outside the database: after a kill the same call goes on where the last one stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from gum_app.rules.calibration import fit
from gum_app.rules.curves import curve_of, shown
from gum_app.store.store import Store


def learn(store: Store, pen: AbstractContextManager[object], *, stop: Callable[[], bool] = lambda: False) -> None:
    """Ends early where told to. The pen is put down between batches: others write meanwhile."""
    with pen, store.transaction():
        curves = fit(store.feedback())
        if curves != store.curves():
            store.put_curves(list(curves.values()))

    def show(made_by: str, evidence: float, ceiling: float) -> float:
        return shown(evidence, ceiling, curve_of(made_by, curves))

    more = True
    with store.recalibrating():
        while more and not stop():
            with pen:
                more = store.recalibrate(show)
