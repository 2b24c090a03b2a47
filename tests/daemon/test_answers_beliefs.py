"""Merging, splitting and taking a deed back, over the real link and on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from gum_app.clock import SetClock
from gum_app.daemon.inquirer import inquire
from gum_app.daemon.room import Room
from gum_app.link import Refused
from gum_app.records import PERSON, STATES, TIDYING, Proposition, PropositionId
from gum_app.rules.merging import merged
from gum_app.store.listing import PropositionQuery
from gum_app.store.store import Store
from tests.builders import NOON, a_revision
from tests.daemon.test_answers import Ask, ask, belief, refusal, room, store, tea  # noqa: F401 - fixtures
from tests.store.test_inquiries import tell


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


def all_of(store: Store) -> dict[int, Proposition]:  # noqa: F811
    """What is believed, without its history."""
    rows = store.propositions(PropositionQuery(states=frozenset(STATES)), now=NOON)
    found = [store.proposition(row.id) for row in rows]
    return {each.id: replace(each, revisions=(), last_supported_at=NOON) for each in found if each is not None}


def a_deed(chance: Random, store: Store, step: int) -> tuple[str, dict[str, Any]]:  # noqa: F811
    beliefs = all_of(store)
    one, other = chance.choice(list(beliefs)), chance.choice(list(beliefs))
    parts = [{"text": f"Part {step} a.", "evidence": []}, {"text": f"Part {step} b.", "evidence": []}]
    open_ones: list[int] = [inquiry.id for inquiry in store.inquiries(NOON)]
    answer = {
        "inquiry": chance.choice([*open_ones, 99]),
        "answer": chance.choice(["yes", "no", "changed"]),
        "text": f"{step}!",
    }
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("edit", {"id": one, "text": f"Edited {step}."}),
        ("pin", {"id": one, "pinned": chance.random() < 0.5}),
        ("say", {"id": one, "verdict": chance.choice(["right", "wrong"])}),
        ("merge", {"id": one, "with": other}),
        ("split", {"id": one, "count": len(beliefs[one].evidence), "parts": parts}),
        ("add", {"text": f"Added {step}."}),
        ("answer", answer),
        ("lift", {"id": one}),
    ]
    return chance.choice(deeds)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_taking_it_back_restores_exactly_what_was(
    ask: Ask,  # noqa: F811
    store: Store,  # noqa: F811
    room: Room,  # noqa: F811
    seed: int,
) -> None:
    for text in ("Likes tea a lot.", "Likes tea very much.", "Works on the map.", "Uses Go."):
        tell(store, text)
    mine = tell(store, "Has the keys on Saturday.", made_by=PERSON)
    other = tell(store, "Has the keys on Monday.", confidence_raw=0.95, ceiling=0.97)
    store.add_revisions([a_revision("contradicted", proposition_id=mine, other=other)])
    inquire(store, NOON, pen=room.pen)
    chance, undone = Random(seed), 0
    for step in range(14):
        room.clock = SetClock(NOON + timedelta(minutes=2 * step))
        before = all_of(store), [i.id for i in store.inquiries(NOON)]
        verb, fields = a_deed(chance, store, step)
        try:
            ask(verb, **fields)
        except Refused:
            continue
        if chance.random() < 0.6:
            room.clock = SetClock(NOON + timedelta(minutes=2 * step + 1))
            ask("undo")
            assert (all_of(store), [i.id for i in store.inquiries(NOON)]) == before, (verb, fields)
            undone += 1
    assert undone
    assert store.integrity() == []


def test_what_a_wording_of_the_persons_means_is_told_soon(
    ask: Ask,  # noqa: F811
    room: Room,  # noqa: F811
    store: Store,  # noqa: F811
    tea: PropositionId,  # noqa: F811
    tmp_path: Path,
) -> None:
    def does(verb: str, **fields: Any) -> dict[str, Any]:
        room.something_to_interpret.clear()
        answer = ask(verb, **fields)
        assert room.something_to_interpret.is_set(), verb
        return answer

    does("edit", id=tea, text="Likes green tea.")
    does("undo")
    other = does("add", text="Sings in a choir.")["id"]
    does("merge", id=other, **{"with": tea})
    does("undo_deed", deed=belief(store, other).revisions[-1].deed)
    does("split", id=tea, count=1, parts=[{"text": "Likes tea.", "evidence": [0]}, {"text": "Sings."}])
    does("undo")
    store.add_revisions([a_revision("reworded", proposition_id=tea, text="Likes mint tea.")])
    does("take_back", id=tea, revision=belief(store, tea).revisions[-1].id)
    ask("export", path=str(tmp_path / "export.jsonl"))
    ask("forget", all=True)
    does("import", path=str(tmp_path / "export.jsonl"))
