"""What a home knows, as one value: two homes that have lived the same are equal, whatever their rows are numbered."""

from __future__ import annotations

from dataclasses import dataclass

from gum_app.store.listing import PropositionQuery
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from tests.builders import NOON


@dataclass(frozen=True)
class Life:
    seen: tuple[object, ...]
    noticed: tuple[object, ...]
    believed: tuple[object, ...]
    skipped: tuple[object, ...]
    offered: tuple[object, ...]


def life_of(store: Store) -> Life:
    return Life(_seen(store), _noticed(store), _believed(store), _skipped(store), _offered(store))


def _seen(store: ReadingStore) -> tuple[object, ...]:
    return tuple(
        (
            seen.source,
            seen.app,
            seen.title,
            seen.url,
            seen.started_at,
            seen.ended_at,
            round(seen.active_seconds, 3),
            seen.keys,
            seen.in_call,
            seen.dark_share,
            seen.text,
        )
        for seen in store.observations(limit=100_000, with_lines=True)
    )


def _noticed(store: Store) -> tuple[object, ...]:
    topics = {row["topic"] for row in store._database.all("SELECT DISTINCT topic FROM sightings")}
    found = store.sightings(sorted(topics))
    return tuple((s.topic, s.value, s.at, s.quote, s.weight, s.seconds) for known in found.values() for s in known)


def _believed(store: ReadingStore) -> tuple[object, ...]:
    rows = store.propositions(PropositionQuery(states=frozenset()), now=NOON, limit=100_000)
    whole = [belief for row in rows if (belief := store.proposition(row.id)) is not None]
    return tuple(
        sorted(
            (
                belief.text,
                belief.state,
                round(belief.confidence, 6),
                tuple(sorted((item.at, item.quote, item.supports) for item in belief.evidence)),
                tuple((revision.kind, revision.at) for revision in belief.revisions),
            )
            for belief in whole
        )
    )


def _skipped(store: ReadingStore) -> tuple[object, ...]:
    return tuple((skip.rule, skip.started_at, skip.ended_at, skip.count) for skip in store.skips(limit=100_000))


def _offered(store: ReadingStore) -> tuple[object, ...]:
    return tuple(
        sorted(
            (
                kept.offer.topic,
                kept.offer.title,
                kept.offer.why_now,
                str(kept.offer.act),
                kept.made_at,
                str((kept.state, kept.changed_at, kept.shown_at, kept.wanted)),
                tuple((each.silence, each.count, each.first_at, each.last_at) for each in store.silences(kept.id)),
                len(kept.offer.seen_in),
            )
            for kept in store.suggestions(limit=10_000)
        )
    )
