"""A pause after long work without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gum_app.pipeline.suggest_known import Known
from gum_app.pipeline.suggest_offer import offer
from gum_app.suggestions import Act, Offer

LONG_SECONDS = 2 * 3600.0  # without a pause of five minutes
PAUSE_MINUTES = 10
GOOD_FOR = timedelta(minutes=45)


def breaks(known: Known) -> Iterator[Offer]:
    strain = known.moment.strain_seconds
    if strain < LONG_SECONDS or not known.just_now:
        return
    began = known.now - timedelta(seconds=strain)
    yield offer(
        "break",
        topic=f"break:{began:%Y-%m-%dT%H}",
        title=f"No pause since {began:%H:%M}",
        why_now=f"You have been at the computer since {began:%H:%M} without five minutes away from it.",
        act=Act(
            kind="reminder",
            title="Take a pause",
            text="Take a pause",
            at=known.now + timedelta(minutes=PAUSE_MINUTES),
        ),
        seen=known.just_now[-1:],
        belief=min(0.45 + 0.15 * (strain / 3600 - 2), 0.75),  # after two hours a thought, after three worth a word
        good_until=known.now + GOOD_FOR,
        rule="break",
    )
