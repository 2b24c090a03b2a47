"""A time or an app is asked of the evidence, and a time also of the day that a proposition names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gum_app.store import spans
from gum_app.store.spans import Span, seen
from gum_app.store.store import Store
from tests.builders import NOON, a_revision, some_evidence
from tests.store.life import see

DAY = timedelta(days=1)


@pytest.fixture
def two(store: Store) -> Store:
    first, second = (see(store, "quote", at=NOON + day * DAY) for day in (0, 4))
    store.add_revisions(
        [
            a_revision(
                topic="a",
                evidence=(
                    some_evidence("one", observation_id=first, at=NOON, app="Firefox"),
                    some_evidence("two", observation_id=second, at=NOON + 4 * DAY, app="code"),
                ),
            ),
            a_revision(topic="b", value="2026-03-20 14:00", evidence=(some_evidence("x", observation_id=first),)),
            a_revision(topic="c", value="20 apples", evidence=(some_evidence("x", observation_id=first),)),
        ]
    )
    return store


def ids(store: Store, span: Span) -> tuple[list[int], list[int]]:
    """As the filter of one and as the list of all says it."""
    database = store._database
    asked = database.all(f"SELECT id FROM propositions WHERE {span.of_proposition(database)} ORDER BY id", span.values)
    listed = database.all(f"SELECT id FROM ({span.ids}) ORDER BY id", span.values)
    return [row[0] for row in asked], [row[0] for row in listed]


@pytest.mark.parametrize(
    ("span", "found"),
    [
        (Span(since=NOON + 3 * DAY), [1, 2]),
        (Span(since=NOON + 3 * DAY, until=NOON + 5 * DAY), [1]),
        (Span(until=NOON), []),
        (Span(until=NOON + timedelta(microseconds=1)), [1, 2, 3]),
        (Span(since=datetime(2026, 3, 20, tzinfo=UTC), until=datetime(2026, 3, 21, tzinfo=UTC)), [2]),
        (Span(since=datetime(2026, 3, 19, tzinfo=UTC), until=datetime(2026, 3, 20, tzinfo=UTC)), []),
        (Span(app="CODE"), [1]),
        (Span(app="code", until=NOON + DAY), []),
    ],
)
@pytest.mark.parametrize("most", [20_000, 0])
def test_the_filter_and_the_list_say_the_same(
    two: Store, span: Span, found: list[int], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the evidence of the time is looked through once, or asked for with each proposition."""
    assert ids(two, span)[1] == found
    monkeypatch.setattr(spans, "LOOKED_THROUGH", most)
    assert ids(two, span)[0] == found
    monkeypatch.undo()
    assert ids(two, span) == (found, found)


def test_an_open_span_holds_all(two: Store) -> None:
    assert Span().is_open
    assert ids(two, Span())[0] == [1, 2, 3]


def test_first_and_last_within_the_span(two: Store) -> None:
    assert seen(two._database, [1, 2], Span(app="firefox"))[1] == (NOON, NOON)
    assert seen(two._database, [1], Span(since=NOON))[1] == (NOON, NOON + 4 * DAY)


def test_days_are_found_by_their_index(two: Store) -> None:
    span = Span(since=NOON + 3 * DAY)
    plan = two._database.all(f"EXPLAIN QUERY PLAN {span.ids}", span.values)
    assert any("propositions_by_day" in row["detail"] for row in plan)
