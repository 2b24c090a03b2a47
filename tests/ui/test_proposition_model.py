"""The list as Qt sees it: only the pages that are looked at are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gum_app.paths import Home
from gum_app.records import PropositionId
from gum_app.rules.revisions import fold
from gum_app.store.listing import PropositionQuery, PropositionRow
from gum_app.store.reading import ReadingStore
from gum_app.store.retrieving import MOST_HITS
from gum_app.store.store import Store
from gum_app.ui.asking import Reader
from gum_app.ui.proposition_model import PAGE, Heading, PropositionModel, Section, read_page, said
from tests.ui.life import KEY, NOW, fill_with_many


@pytest.fixture
def reader(qtbot: QtBot, lived: Home) -> Iterator[Reader]:
    reader = Reader(lived, KEY)
    yield reader
    reader.close()


@pytest.fixture
def model(reader: Reader) -> PropositionModel:
    return PropositionModel(reader, lambda: NOW)


def show(qtbot: QtBot, model: PropositionModel, query: PropositionQuery, *, grouped: bool = False) -> None:
    with qtbot.waitSignal(model.surveyed):
        model.show(query, grouped=grouped)


def row(qtbot: QtBot, model: PropositionModel, number: int) -> PropositionRow:
    qtbot.waitUntil(lambda: model.item(number) is not None)
    item = model.item(number)
    assert isinstance(item, PropositionRow)
    return item


def test_rows_are_counted_first_and_read_when_they_are_looked_at(qtbot: QtBot, model: PropositionModel) -> None:
    show(qtbot, model, PropositionQuery())
    assert model.rowCount() == 13
    assert model.item(0) is None
    assert said(None, NOW) == "Reading …"
    assert row(qtbot, model, 0).confidence >= row(qtbot, model, 12).confidence


def test_hits_in_a_chosen_order_are_the_same_hits_page_by_page(lived: Home) -> None:
    with ReadingStore(lived.database, KEY) as store:
        query = PropositionQuery(search="ines qgis", sort="oldest")
        best = read_page(store, query, 0, NOW, best_first=True)
        oldest = read_page(store, query, 0, NOW, best_first=False)
        assert [row.created_at for row in oldest] == sorted(row.created_at for row in best)
        assert {row.id for row in oldest} == {row.id for row in best}
        assert read_page(store, query, 1, NOW, best_first=False) == []


def test_a_row_is_said_whole_to_a_screen_reader(qtbot: QtBot, model: PropositionModel) -> None:
    show(qtbot, model, PropositionQuery(search="soil report Tuesday"))
    row(qtbot, model, 0)
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Ines waits for the soil report")
    assert spoken.endswith("very sure, Says “soil”, “report” and “tuesday”, Plan, seen 2 h ago, fresh")
    why = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert why == "Says “soil”, “report” and “tuesday”.", "whole, where the row has no room for it"


def test_grouped_each_kind_has_a_heading_that_cannot_be_chosen(qtbot: QtBot, model: PropositionModel) -> None:
    show(qtbot, model, PropositionQuery(), grouped=True)
    assert model.item(0) == Heading(kind="task", count=1)
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert row(qtbot, model, 1).kind == "task"
    assert model.item(2) == Heading(kind="plan", count=2)
    assert model.hits == 13


def test_a_search_is_never_grouped_and_shows_its_best_hits_only(qtbot: QtBot, model: PropositionModel) -> None:
    show(qtbot, model, PropositionQuery(search="qgis"), grouped=True)
    assert "QGIS" in row(qtbot, model, 0).text
    assert Section(query=PropositionQuery(search="a"), hits=MOST_HITS).rows == MOST_HITS
    assert Section(query=PropositionQuery(), hits=9000, kind="task").rows == 9001


def test_rejected_ones_are_found_by_their_state(qtbot: QtBot, model: PropositionModel) -> None:
    show(qtbot, model, PropositionQuery(states=frozenset({"rejected"})))
    item = row(qtbot, model, 0)
    assert item.text.startswith("An e-mail claims")
    assert said(item, NOW).split(". ")[1].startswith("You said no, Task")


def test_a_refresh_keeps_the_old_rows_until_the_new_ones_are_there(
    qtbot: QtBot, model: PropositionModel, lived: Home
) -> None:
    show(qtbot, model, PropositionQuery())
    before = row(qtbot, model, 0)
    with Store(lived.database, KEY, fold=fold) as store:
        added = store.proposition(PropositionId(1))
        assert added is not None
        again = replace(added.revisions[0], id=None, proposition_id=None, text="A new one.", evidence=())
        store.add_revisions([again])
    with qtbot.waitSignals([model.surveyed, model.rowsInserted]):
        model.refresh()
    assert model.rowCount() == 14
    assert model.item(0) == before
    with qtbot.waitSignal(model.arrived):
        model.item(0)
    assert model.row_of(before.id) == 0


def test_a_list_that_shrinks_loses_rows_at_its_end(qtbot: QtBot, model: PropositionModel, lived: Home) -> None:
    show(qtbot, model, PropositionQuery())
    with Store(lived.database, KEY, fold=fold) as store:
        belief = store.proposition(PropositionId(1))
        assert belief is not None
        store.add_revisions(
            [
                replace(
                    belief.revisions[0],
                    id=None,
                    proposition_id=belief.id,
                    kind="rejected",
                    made_by="person",
                    evidence=(),
                )
            ]
        )
    with qtbot.waitSignals([model.surveyed, model.rowsRemoved]):
        model.refresh()
    assert model.rowCount() == 12


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot, model: PropositionModel) -> None:
    counts: list[int] = []
    model.surveyed.connect(counts.append)
    model.show(PropositionQuery(), grouped=False)
    with qtbot.waitSignal(model.surveyed):
        model.show(PropositionQuery(search="Tomasz"), grouped=False)
    assert counts == [model.hits]
    assert model.hits < 13


def test_far_rows_are_read_without_those_between(qtbot: QtBot, model: PropositionModel, lived: Home) -> None:
    fill_with_many(lived, 1500)
    show(qtbot, model, PropositionQuery(sort="newest"))
    far = row(qtbot, model, 1400)
    assert model.row_of(far.id) == 1400
    assert set(model._pages) == {(0, 1400 // PAGE)}


def test_who_scrolls_fast_waits_only_for_where_they_stop(qtbot: QtBot, model: PropositionModel, lived: Home) -> None:
    fill_with_many(lived, 1500)
    show(qtbot, model, PropositionQuery(sort="newest"))
    for number in range(0, 1500, PAGE):
        model.item(number)
    assert row(qtbot, model, 1499) is not None
    assert len(model._pages) < 6
