"""Merging, splitting and taking a deed back, over the real link and on a real database."""

from __future__ import annotations

from gum_app.records import TIDYING, PropositionId
from gum_app.rules.merging import merged
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.daemon.test_answers import Ask, ask, belief, refusal, room, store, tea  # noqa: F401 - fixtures


def coffee(store: Store) -> PropositionId:  # noqa: F811
    return store.add_revisions([a_revision(text="Likes coffee.", topic="coffee")])[0]


def test_two_become_one_and_two_again(ask: Ask, store: Store, tea: PropositionId) -> None:  # noqa: F811
    other = coffee(store)
    assert ask("merge", id=tea, **{"with": other}) == {"merged": True, "id": tea}
    assert belief(store, other).state == "replaced"
    assert [r.kind for r in belief(store, tea).revisions] == ["created", "merged"]
    ask("undo")
    assert belief(store, other).state == "active"
    assert store.integrity() == []


def test_one_becomes_two_and_one_again(ask: Ask, store: Store, tea: PropositionId) -> None:  # noqa: F811
    parts = [{"text": "Likes green tea.", "evidence": [0]}, {"text": "Likes mint tea.", "evidence": []}]
    answer = ask("split", id=tea, parts=parts, count=1)
    texts = [belief(store, PropositionId(id_)).text for id_ in answer["ids"]]
    assert texts == ["Likes green tea.", "Likes mint tea."]
    deed = belief(store, tea).revisions[-1].deed
    assert ask("undo_deed", deed=deed) == {"undone": 3}
    assert belief(store, tea).state == "active"
    assert "nothing left" in refusal(ask, "undo_deed", deed=deed)


def test_what_cannot_be_merged_says_why(ask: Ask, store: Store, tea: PropositionId) -> None:  # noqa: F811
    assert "itself" in refusal(ask, "merge", id=tea, **{"with": tea})
    assert "no proposition 99" in refusal(ask, "merge", id=tea, **{"with": 99})
    assert "number" in refusal(ask, "merge", id=tea)
    other = coffee(store)
    ask("say", id=other, verdict="wrong")
    assert "not believed" in refusal(ask, "merge", id=tea, **{"with": other})
    assert belief(store, tea).state == "active"


def test_what_cannot_be_split_says_why(ask: Ask, store: Store, tea: PropositionId) -> None:  # noqa: F811
    two = [{"text": "A.", "evidence": [0]}, {"text": "B.", "evidence": []}]
    assert "changed meanwhile" in refusal(ask, "split", id=tea, parts=two, count=7)
    assert "changed meanwhile" in refusal(
        ask, "split", id=tea, count=1, parts=[{"text": "A.", "evidence": [5]}, {"text": "B."}]
    )
    assert "from two to" in refusal(ask, "split", id=tea, count=1, parts=two[:1])
    assert "the same" in refusal(ask, "split", id=tea, count=1, parts=[two[0], {"text": "a."}])
    assert "list of places" in refusal(ask, "split", id=tea, count=1, parts=[two[0], {"text": "B.", "evidence": "x"}])
    assert "Say into which parts" in refusal(ask, "split", id=tea, count=1, parts="A. B.")
    assert len(belief(store, tea).revisions) == 1


def test_what_a_rule_changed_is_taken_back_by_itself(ask: Ask, store: Store, tea: PropositionId) -> None:  # noqa: F811
    store.add_revisions([a_revision("reworded", proposition_id=tea, text="Likes green tea.", half_life_days=1.0)])
    first, reworded = belief(store, tea).revisions
    assert "nothing of that" in refusal(ask, "take_back", id=tea, revision=first.id)
    assert ask("take_back", id=tea, revision=reworded.id) == {"undone": 1}
    assert (belief(store, tea).text, belief(store, tea).half_life_days) == ("Likes tea.", 14.0)
    assert "nothing of that" in refusal(ask, "take_back", id=tea, revision=reworded.id)
    assert store.integrity() == []


def test_a_merge_by_night_is_taken_back_whole_from_either_side(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    tea: PropositionId,  # noqa: F811
) -> None:
    other = coffee(store)
    for side in (tea, other):
        made = merged(belief(store, tea), belief(store, other), why="They say the same.", made_by=TIDYING, at=NOON)
        store.add_together(made)
        ask("take_back", id=side, revision=belief(store, side).revisions[-1].id)
        assert (belief(store, tea).state, belief(store, other).state) == ("active", "active")
