"""What is believed that bears on a notification: found by its words, like any search, and by who it is from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from gum_app.digest import DigestItem
from gum_app.records import Kind
from gum_app.rules.attention import sender_of, sort_of
from gum_app.rules.norms import untold_matter
from gum_app.rules.orders import MARK
from gum_app.rules.triage import LEAST_CONFIDENCE, Bearing
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import Hit, Query
from gum_app.store.search import words_in

LONGEST_ASKED = 300  # characters of a notification that are looked up
MOST_HITS = 8
MOST_SENDERS = 3
NAMED = 0.6  # of a sender's name that a proposition must say, to be about them
# So many telling words in common make a proposition one about just this; of a long text, this share of its words.
COMMON_WORDS = 4
COMMON_SHARE = 0.35
# What statements are made of, and notifications too: that both say it means nothing.
_OURS = """
    note notes noted calendar call calls calling work works working file files document documents page pages browser
    mail mails message messages write writes wrote text words plan plans planned say says said ask asks asked other
    others thing things day days week today tomorrow new open opened update updated meet meets meeting
    meetings minutes minute hour
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
"""
OURS = frozenset(_OURS.split())


def bearings_of(store: ReadingStore, item: DigestItem, now: datetime) -> list[Bearing]:
    """None of what may not be known, or orders software about."""
    if item.title == MARK or untold_matter(item.title) is not None:
        return []
    text = f"{item.title} {item.text}"[:LONGEST_ASKED]
    hits = store.retrieve(_query(text), now=now, limit=MOST_HITS)
    values = store.values_of([hit.row.id for hit in hits])
    said = len([word for word in words_in(text) if _tells(word)])
    found = {hit.row.id: _bearing(hit, said, values.get(hit.row.id, ""), now.date()) for hit in hits}
    for sender in _senders(store, item, now):
        found[sender.id] = sender
    return list(found.values())


def _query(text: str, kinds: frozenset[Kind] = frozenset()) -> Query:
    return Query(text=text, kinds=kinds, states=frozenset({"active"}), min_confidence=LEAST_CONFIDENCE, strictly=True)


def _bearing(hit: Hit, said: int, value: str, today: date) -> Bearing:
    """`said`: how many words of the notification tell something."""
    common = sum(_tells(word) for word in hit.words) if hit.by_text else 0
    return Bearing(
        id=hit.row.id,
        kind=hit.row.kind,
        confidence=hit.row.confidence,
        freshness=hit.freshness,
        share=min(common / max(COMMON_WORDS, COMMON_SHARE * said), 1.0),
        days_ahead=days_ahead(value, today),
    )


def _tells(word: str) -> bool:
    """Numbers are said of everything, and so are the shortest words of scripts with blanks, and those of ours."""
    return not word.isnumeric() and (len(word) > 2 or not word.isascii()) and word not in OURS


def _senders(store: ReadingStore, item: DigestItem, now: datetime) -> Iterator[Bearing]:
    """Those whose name the line says that says who it is from."""
    if sort_of(item.app) not in ("message", "mail") or not sender_of(item.title):
        return
    name = sender_of(item.title)
    for hit in store.retrieve(_query(name, frozenset({"relationship"})), now=now, limit=MOST_SENDERS):
        if hit.by_text and len(hit.words) >= NAMED * len(words_in(name)):
            yield Bearing(
                id=hit.row.id,
                kind=hit.row.kind,
                confidence=hit.row.confidence,
                freshness=hit.freshness,
                names_sender=True,
            )


def days_ahead(value: str, today: date) -> float | None:
    """Of “2026-03-12” or “2026-03-12 14:15”; None where no day is named."""
    try:
        return float((date.fromisoformat(value[:10]) - today).days)
    except ValueError:
        return None
