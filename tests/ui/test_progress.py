"""How far something is, also where it has more bytes than Qt can count."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gum_app.ui.progress import PARTS, Progress


def test_the_bytes_of_a_large_model_are_shown_as_a_share(qtbot: QtBot) -> None:
    progress = Progress("How much has come")
    qtbot.addWidget(progress)
    assert progress.isHidden()
    progress.show_progress((3_000_000_000, 6_000_000_000), "half of it")
    assert (progress.bar.value(), progress.bar.maximum()) == (PARTS // 2, PARTS)
    assert progress.told.text() == progress.bar.accessibleDescription() == "half of it"
    progress.show_progress((7, 6), "")
    assert progress.bar.value() == PARTS
    progress.show_progress(None, "")
    assert progress.isHidden()


def test_what_has_no_known_end_moves_without_one(qtbot: QtBot) -> None:
    progress = Progress("Building")
    qtbot.addWidget(progress)
    progress.show_progress((0, 0), "")
    assert progress.bar.maximum() == 0
