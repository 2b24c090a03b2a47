"""Whether an offer is new: the same matter, or the same in other words, is not offered again before its time.

The same: of one topic, or with titles that say the same (`alike`). For what hangs on a date (a deadline, a clash, a
change) the same topic with another date, number or name in its title is news and no repetition.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gum_app.rules.alike import REJECTED_WORDS, same_names, says_the_same
from gum_app.suggestions import OPEN, Offer, Suggestion, SuggestionState

# How long after it was shown the same may come again, by what became of it.
REPEATED_AFTER: dict[SuggestionState, timedelta] = {
    "taken": timedelta(days=7),  # the same trouble may be back
    "ignored": timedelta(days=1),  # who looked away has not said no; a date is a day nearer by then
    "dismissed": timedelta(days=30),
    "undone": timedelta(days=30),
}
THOUGHT_OVER_AFTER = timedelta(days=1)  # what was not worth showing, or was overtaken, may be found again then
SURER = 0.1  # or at once, where it is believed by so much more
NAMES_ITS_DATE = frozenset({"deadline", "clash", "change"})


def same_matter(one: Offer, other: Offer) -> bool:
    if one.topic == other.topic:
        return not (one.kind in NAMES_ITS_DATE and one.kind == other.kind and not same_names(one.title, other.title))
    return says_the_same(one.title, other.title, REJECTED_WORDS, same_value=False)


def comes_again_at(offer: Offer, shown: Iterable[Suggestion], now: datetime) -> datetime | None:
    """When this may be offered; None: it may now. While one like it is open it may not at all."""
    held = ((_free_at(each), each) for each in shown if each.shown_at is not None)
    return max((at for at, each in held if at > now and same_matter(offer, each.offer)), default=None)


def worth_keeping(offer: Offer, offered: Iterable[Suggestion], now: datetime) -> bool:
    """Whether what was just found is kept beside what was found before, whatever became of that.

    So that the same idea, found at each look, is one suggestion: it waits, was shown, or was thought over lately.
    """
    alike = [each for each in offered if same_matter(offer, each.offer)]
    if any(each.state in OPEN for each in alike):
        return False
    lately = [each for each in alike if now - each.changed_at < THOUGHT_OVER_AFTER]
    if any(each.state == "withdrawn" for each in lately):
        return False
    if any(each.state == "refused" and not _weighs_more(offer, each.offer) for each in lately):
        return False
    free_at = comes_again_at(offer, alike, now)
    return free_at is None or free_at < offer.good_until


def _free_at(before: Suggestion) -> datetime:
    assert before.shown_at is not None
    if before.state in OPEN:
        return datetime.max.replace(tzinfo=before.shown_at.tzinfo)
    return before.shown_at + REPEATED_AFTER.get(before.state, THOUGHT_OVER_AFTER)


def _weighs_more(offer: Offer, before: Offer) -> bool:
    """There is more reason to speak than when it was refused."""
    more = (
        offer.benefit + offer.cost_silent - offer.cost_wrong > before.benefit + before.cost_silent - before.cost_wrong
    )
    return more or offer.belief >= before.belief + SURER
