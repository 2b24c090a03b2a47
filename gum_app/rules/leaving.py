"""What of the user model another program may be told. Prefer silence: what has left cannot be called back.

Private matters never leave, whatever the person granted and however the statement came about. Pure.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gum_app.records import CURRENT, KINDS, Evidence, Grant, Observation, Proposition
from gum_app.rules.delicate import is_delicate, may_be_private
from gum_app.rules.norms import untold_matter
from gum_app.rules.orders import MARK, gives_orders
from gum_app.rules.secrets import CUT, cut_text

MOST_QUOTES = 3  # of one proposition, the newest
LONGEST_NAME = 60
ONLY_A_CLAIM = (
    "A program gives its name itself, and nothing proves it: "
    "whatever runs under your account can say that it is another."
)


def is_name(client: object) -> bool:
    """Whether a program can be called that: one line of signs that can be seen, so that no name looks like another."""
    return (
        isinstance(client, str)
        and 0 < len(client) <= LONGEST_NAME
        and client.isascii()
        and client.isprintable()
        and client == client.strip()
    )


def may_leave(belief: Proposition, grant: Grant, now: datetime) -> bool:
    """Whether it is believed, within what was granted, and neither is nor rests on anybody's private matter."""
    if not grant.holds or belief.state not in CURRENT:
        return False
    if grant.kinds and belief.kind not in grant.kinds:
        return False
    if belief.last_supported_at < horizon(grant, now) or _is_told_by_it(belief, grant):
        return False
    return _is_harmless(belief.text) and not any(is_delicate(item.quote) for item in belief.evidence)


def episode_may_leave(seen: Observation, grant: Grant, now: datetime) -> bool:
    """Whether it may be told that this window was in front: no notification, no note, nothing private, no orders."""
    if not (grant.holds and grant.activity) or seen.source != "window" or seen.active_seconds <= 0:
        return False
    if seen.ended_at < horizon(grant, now) or untold_matter(seen.title) is not None:
        return False
    words = f"{seen.app} {seen.title}"
    return _is_harmless(words) and not is_delicate(words)


def _is_told_by_it(belief: Proposition, grant: Grant) -> bool:
    """Under pseudonyms, what a program noted itself does not come back: it would tell whose pseudonym stands in it."""
    return grant.pseudonyms and any(item.app.casefold() == grant.client.casefold() for item in belief.evidence)


def quotes_of(belief: Proposition, grant: Grant, now: datetime) -> tuple[Evidence, ...]:
    """The newest words it rests on that may leave; none where the person did not grant them."""
    if not grant.quotes:
        return ()
    since = horizon(grant, now)
    found = [item for item in belief.evidence if item.supports and item.at >= since and _is_harmless(item.quote)]
    return tuple(sorted(found, key=lambda item: item.at, reverse=True)[:MOST_QUOTES])


def horizon(grant: Grant, now: datetime) -> datetime:
    """What was last supported before then is not told."""
    if grant.days is None:
        return datetime.min.replace(tzinfo=now.tzinfo)
    return now - timedelta(days=grant.days)


def told_scope(grant: Grant) -> str:
    """“task and plan, of the last 30 days, without the words they rest on”."""
    kinds = [kind for kind in KINDS if kind in grant.kinds]
    listed = "every kind" if not kinds else " and ".join([*([", ".join(kinds[:-1])] if kinds[1:] else []), kinds[-1]])
    back = "however old" if grant.days is None else f"of the last {grant.days} days" if grant.days > 1 else "of a day"
    windows = "; also which windows you had in front" if grant.activity else ""
    people = "; other people under pseudonyms" if grant.pseudonyms else ""
    return f"{listed}, {back}, {'with' if grant.quotes else 'without'} the words they rest on{windows}{people}"


def told_standing(grant: Grant) -> str:
    """What this program may, as a sentence."""
    if grant.given_at is None:
        return "Has asked, and waits for your answer. Until then it is told nothing."
    if grant.revoked_at is not None:
        return "Is told nothing: you said no."
    return f"May be told: {told_scope(grant)}. Private matters never."


def _is_harmless(text: str) -> bool:
    """Neither private, nor a secret, nor an order that an assistant might follow."""
    if may_be_private(text) or MARK in text or gives_orders(text):
        return False
    return CUT in text or CUT not in cut_text(text)
