"""The page says what the numbers are worth, and no more than it knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.records import Curve, PropositionId, SpotCheckId
from gum_app.rules.revisions import fold
from gum_app.store.store import Store
from gum_app.ui.reliability_plot import ReliabilityPlot
from gum_app.ui.sure_page import MOST_LEARNED, SurePage
from tests.builders import a_spot_check, a_verdict
from tests.ui.conftest import World
from tests.ui.life import KEY, NOW


@pytest.fixture
def page(qtbot: QtBot, world: World) -> SurePage:
    page = SurePage(world.reader, lambda: NOW)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    qtbot.waitUntil(lambda: page.shown is not None)
    return page


def judge(world: World, *verdicts: Any, days: int = 0) -> None:
    """Draws of one day; None: not answered."""
    with Store(world.home.database, KEY, fold=fold) as store:
        first = len(store.spot_checks()) + 1
        for n, verdict in enumerate(verdicts, start=first):
            drawn = NOW - timedelta(days=days)
            check = a_spot_check(n, 0.8, stratum=3, drawn_at=drawn, proposition_id=PropositionId(1))
            store.add_spot_checks([check])
            if verdict is not None:
                store.add_feedback(
                    a_verdict(verdict, 0.8, proposition_id=PropositionId(1), spot_check=SpotCheckId(n), at=NOW)
                )
        store.put_curves([Curve(source=""), Curve(source="rule:date", intercept=0.5, verdicts=4)])


def words(page: SurePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def refreshed(qtbot: QtBot, page: SurePage) -> str:
    before = page.shown
    page.refresh()
    qtbot.waitUntil(lambda: page.shown is not before)
    return words(page)


def test_before_the_first_verdict_it_says_what_to_do(qtbot: QtBot, page: SurePage) -> None:
    assert "Nothing has been judged yet." in words(page)
    assert "What your verdicts taught it" not in words(page)
    assert page.start.text() == "Start"
    with qtbot.waitSignal(page.check_wanted):
        page.start.click()


def test_with_few_verdicts_there_is_no_plot_and_no_score(qtbot: QtBot, page: SurePage, world: World) -> None:
    judge(world, "right", "wrong", None, None)
    shown = refreshed(qtbot, page)
    assert "So far 1 of 2 were right. That is too few" in shown
    assert "Brier" not in shown and not page.findChildren(ReliabilityPlot)
    assert page.start.text() == "Go on: 2 propositions left"
    assert "The rule “date”" in shown and "50 % → 62 %, 70 % → 79 %, 90 % → 94 %" in shown


def test_the_button_that_was_pressed_keeps_the_keyboard(qtbot: QtBot, page: SurePage, world: World) -> None:
    page.start.setFocus()
    judge(world, "right", None)
    refreshed(qtbot, page)
    assert page.window().focusWidget() is page.start and page.start.text() == "Go on: 1 proposition left"


def test_with_enough_the_figures_stand_together(qtbot: QtBot, page: SurePage, world: World) -> None:
    judge(world, *["right"] * 16, *["wrong"] * 4, days=8)
    shown = refreshed(qtbot, page)
    assert "Of what was shown as 75 % to 90 % sure, 16 of 20 were right." in shown
    assert "Brier score 0.16 over 20 verdicts" in shown and "Saying 80 % of everything" in shown
    assert page.findChildren(ReliabilityPlot)
    assert "16 of 20" in shown and "58–92 %" in shown


def test_where_nothing_is_left_to_judge_it_says_why(qtbot: QtBot, page: SurePage, world: World) -> None:
    with Store(world.home.database, KEY, fold=fold) as store:
        for candidate in store.candidates(NOW):
            store.add_feedback(a_verdict("partly", proposition_id=candidate.id, at=NOW))
    refreshed(qtbot, page)
    assert not page.start.isEnabled()
    assert "judged within three months" in words(page)


def test_of_many_sources_the_most_judged_stand_first_and_the_others_are_folded_away(
    qtbot: QtBot, page: SurePage, world: World
) -> None:
    judge(world, "right")
    with Store(world.home.database, KEY, fold=fold) as store:
        store.put_curves([Curve(source=f"rule:{n}", verdicts=n) for n in range(1, MOST_LEARNED + 3)])
    refreshed(qtbot, page)
    shown = {label.text(): label.isVisible() for label in page.findChildren(QLabel) if "The rule" in label.text()}
    assert len(shown) == MOST_LEARNED + 2 and sum(shown.values()) == MOST_LEARNED
    assert not shown[next(text for text in shown if "“1”" in text)]
