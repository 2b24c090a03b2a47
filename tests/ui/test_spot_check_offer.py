"""A quiet line that goes when it is answered."""

import pytest
from pytestqt.qtbot import QtBot

from gum_app.ui.spot_check_offer import SpotCheckOffer


@pytest.fixture
def offer(qtbot: QtBot) -> SpotCheckOffer:
    offer = SpotCheckOffer()
    qtbot.addWidget(offer)
    assert offer.isHidden()
    offer.show()
    return offer


def test_it_starts_the_check(qtbot: QtBot, offer: SpotCheckOffer) -> None:
    with qtbot.waitSignal(offer.wanted):
        offer.start.click()
    assert offer.isHidden()


def test_it_goes_without_a_word(qtbot: QtBot, offer: SpotCheckOffer) -> None:
    with qtbot.assertNotEmitted(offer.wanted):
        offer.later.click()
    assert offer.isHidden()
