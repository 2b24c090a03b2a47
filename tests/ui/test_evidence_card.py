"""Evidence: the words marked in what stood around them, and markup from a screen stays text."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gum_app.ui.evidence_card import LONGEST_AROUND, EvidenceCard, Seen, marked
from gum_app.ui.quoting import Passage
from gum_app.ui.screen_sketch import ScreenSketch
from tests.builders import NOON, an_observation, some_evidence
from tests.ui.life import an_account, picture


def texts(card: EvidenceCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_the_quote_is_marked_and_everything_is_escaped() -> None:
    found = Passage(before="<script>", quote="a < b", after="\n&amp;", where="screen")
    text = marked(found, "#ffee00", "#777777")
    assert '<span style="background-color:#ffee00">a &lt; b</span>' in text
    assert "&lt;script&gt;" in text
    assert "<br>&amp;amp;" in text


def test_long_context_is_cut_and_hebrew_is_turned() -> None:
    found = Passage(before="b " * 500, quote="שלום", after="a" * 500, where="screen")
    text = marked(found, "#fff", "#777")
    assert text.startswith('<div dir="rtl">')
    assert text.count("b ") == LONGEST_AROUND // 2


def test_a_quote_from_the_screen_shows_where_it_stood(qtbot: QtBot) -> None:
    seen = Seen(
        evidence=some_evidence("red report"),
        observation=an_observation(text="the red report"),
        jpeg=picture(dark=False),
    )
    card = EvidenceCard(seen, NOON)
    qtbot.addWidget(card)
    assert card.findChild(ScreenSketch) is not None
    assert "in “A page — Mozilla Firefox”" in texts(card)


def test_what_stood_on_no_screen_has_no_place_on_one(qtbot: QtBot) -> None:
    note = an_observation(text="I work from home on Fridays.", source="note")
    card = EvidenceCard(Seen(evidence=some_evidence("work from home"), observation=note), NOON)
    qtbot.addWidget(card)
    assert "work from home" in texts(card)
    assert card.findChild(ScreenSketch) is None


def test_a_quote_whose_observation_is_gone_says_so(qtbot: QtBot) -> None:
    card = EvidenceCard(Seen(evidence=some_evidence("red", observation_id=None), observation=None), NOON)
    qtbot.addWidget(card)
    assert card.findChild(ScreenSketch) is None
    assert "left by its age" in texts(card)


def test_what_the_model_told_of_the_episode_is_shown_and_not_taken_for_the_screen(qtbot: QtBot) -> None:
    told = an_account("Planned a park.", others=("The city’s wish",))
    card = EvidenceCard(Seen(evidence=some_evidence(), observation=None, account=told), NOON)
    qtbot.addWidget(card)
    assert "What you did, as the model tells it:\n“Planned a park.”\nFrom others:\n• The city’s wish" in texts(card)


def test_a_stranger_is_named_as_one(qtbot: QtBot) -> None:
    card = EvidenceCard(Seen(evidence=some_evidence(weight=0.2), observation=None), NOON)
    qtbot.addWidget(card)
    assert "somebody else’s words" in texts(card)
