"""What came before and after a proposition, and what it was merged with, as sentences with their days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.records import PERSON, Proposition, PropositionId
from gum_app.rules.merging import merged
from gum_app.rules.revisions import fold
from gum_app.store.reading import ReadingStore
from gum_app.store.store import Store
from gum_app.ui.linked import Linked, chapters, look_up_linked, own_time, relations_of, told
from tests.builders import NOON, a_proposition, a_revision, some_evidence
from tests.ui.life import KEY

OLD, NEW = PropositionId(1), PropositionId(2)


@pytest.fixture
def moved(home: Home) -> Home:
    """The keys are handed over on another day than was believed."""
    home.prepare()
    with Store(home.database, KEY, fold=fold) as store:
        at = NOON - timedelta(days=7)
        first = some_evidence("Sat 28 March", observation_id=None, at=at)
        store.add_revisions([a_revision(text="Has the keys on 28 March.", evidence=(first,), at=at)])
        since = some_evidence("now Mon 30 March", observation_id=None)
        store.add_revisions(
            [
                a_revision(text="Has the keys on 30 March.", topic="t:2", evidence=(since,), other=OLD),
                a_revision("ended", proposition_id=OLD, other=PropositionId(0)),
            ]
        )
    return home


def both(home: Home) -> tuple[tuple[Proposition, tuple[Linked, ...]], ...]:
    with ReadingStore(home.database, KEY) as store:
        found = [store.proposition(OLD), store.proposition(NEW)]
        return tuple((belief, look_up_linked(store, belief)) for belief in found if belief is not None)


def test_each_tells_of_the_other_and_of_the_days(moved: Home) -> None:
    (old, after), (new, before) = both(moved)
    assert [told(each, NOON) + ": " + each.text for each in after] == ["Since 10 March: Has the keys on 30 March."]
    assert [told(each, NOON) + ": " + each.text for each in before] == ["Until 3 March: Has the keys on 28 March."]
    assert own_time(old, after, NOON) == "Until 3 March"
    assert own_time(new, before, NOON) == "Since 10 March"


def test_the_card_reads_in_the_order_of_time_and_leads_to_the_other(moved: Home, qtbot: QtBot) -> None:
    for belief, linked in both(moved):
        place = QWidget()
        chosen: list[PropositionId] = []
        place.setLayout(chapters(belief, linked, NOON, chosen.append))
        qtbot.addWidget(place)
        assert [label.text() for label in place.findChildren(QLabel)][1:] == [
            "Until 3 March: Has the keys on 28 March.",
            "Since 10 March: Has the keys on 30 March.",
        ]
        place.findChild(QPushButton).click()  # type: ignore[union-attr]
        assert chosen == [linked[0].id]


def test_what_was_taken_back_links_nothing(home: Home) -> None:
    home.prepare()
    with Store(home.database, KEY, fold=fold) as store:
        ids = store.add_revisions([a_revision(), a_revision(topic="t:2")])
        kept, gone = (store.proposition(id_) for id_ in ids)
        assert kept is not None
        assert gone is not None
        store.add_together(merged(kept, gone, why="", made_by=PERSON, at=NOON))
        linked = look_up_linked(store, store.proposition(ids[0]) or kept)
        assert [(each.id, each.relation) for each in linked] == [(ids[1], "from")]
        assert [each.relation for each in look_up_linked(store, store.proposition(ids[1]) or gone)] == ["into"]
        store.undo_last(NOON)
        assert look_up_linked(store, store.proposition(ids[0]) or kept) == ()


def test_without_another_there_is_nothing_to_tell() -> None:
    assert relations_of(a_proposition(revisions=(a_revision(),)), ()) == {}
    assert own_time(a_proposition(), (), NOON) == ""
