"""The writing part of tidying: marks are put within a transaction or alone."""

from gum_app.records import PropositionId, RevisionId
from gum_app.store.store import Store
from tests.builders import NOON


def test_marks_that_are_put_again_take_the_place_of_the_first(store: Store) -> None:
    for number in (3, 0, 9):
        store.put_looked_up_to(PropositionId(number))
        store.put_compared_up_to(RevisionId(number + 1))
    store.put_tidied_at(NOON)
    marks = store.tidying_marks()
    assert (marks.looked_up_to, marks.compared_up_to, marks.ended_at) == (9, 10, NOON)


def test_an_empty_store_has_nothing_to_tidy(store: Store) -> None:
    assert store.maybe_over(after=PropositionId(0), now=NOON, half_lives=6, limit=5) == []
    assert store.changed_since(RevisionId(0), limit=5) == []
