"""The three numbers, never mixed, each with its sentence."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gum_app.records import PERSON, Curve
from gum_app.ui.fold import Fold
from gum_app.ui.three_numbers import steps, why_so_sure
from tests.builders import a_proposition, a_revision, some_evidence

AGAINST = some_evidence(supports=False)
BELIEF = a_proposition(
    confidence=0.8,
    confidence_evidence=0.7,
    evidence=(some_evidence(), some_evidence(), AGAINST),
    made_by="rule:project",
)
JUDGED = Curve(source="rule:project", intercept=0.5, verdicts=12)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in [*widget.findChildren(QLabel), widget] if isinstance(label, QLabel))


def test_raw_evidence_and_track_record_are_three_numbers_with_a_sentence_each() -> None:
    raw, evidence, shown = steps(BELIEF, JUDGED)
    assert (raw.share, evidence.share, shown.share) == (0.5, 0.7, 0.8)
    assert "the rule “project” gave it" in raw.sentence
    assert "2 pieces of evidence for it and 1 against it make it 70 %" in evidence.sentence
    assert "beyond 90 %" in evidence.sentence
    assert "you have judged 12 propositions" in shown.sentence
    assert "70 % is shown as 80 %" in shown.sentence


def test_whose_track_record_counted_is_said() -> None:
    assert "judged by you yet" in steps(BELIEF, Curve(source=""))[2].sentence
    assert "of any rule you have judged 3 propositions" in steps(BELIEF, Curve(source="rule", verdicts=3))[2].sentence
    assert "of anything you have judged 1 proposition." in steps(BELIEF, Curve(source="", verdicts=1))[2].sentence


def test_doubt_and_the_bound_of_strangers_claims_are_told() -> None:
    doubted = a_proposition(state="doubted", made_by="rule:project")
    assert "Something spoke against it: it counts 50 %" in steps(doubted, JUDGED)[1].sentence
    claim = a_proposition(confidence=0.45, ceiling=0.45, made_by="rule:project")
    assert "stays below one half" in steps(claim, JUDGED)[2].sentence
    assert "stays below one half" not in steps(BELIEF, JUDGED)[2].sentence


def test_a_click_opens_them_and_the_persons_word_needs_none(qtbot: QtBot) -> None:
    fold = why_so_sure(BELIEF, JUDGED)
    assert isinstance(fold, Fold)
    qtbot.addWidget(fold)
    fold.show()
    assert fold.button.text() == "Why 80 %?"
    assert not fold.inside.isVisible()
    fold.button.click()
    assert fold.inside.isVisible()
    assert "With the evidence: 70 %" in texts(fold)
    told = a_proposition(confidence=0.99, revisions=(a_revision(made_by=PERSON),))
    word = why_so_sure(told, JUDGED)
    qtbot.addWidget(word)
    assert "You said so yourself. Your word counts as 99 %" in texts(word)
