"""How a row is painted: whatever its words are, in both directions, and never higher than the others."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from gum_app.records import PropositionId
from gum_app.store.listing import PropositionRow
from gum_app.ui.proposition_model import ITEM, Heading
from gum_app.ui.proposition_row import PropositionPainter, _that_fit, _two_lines, height_of
from gum_app.ui.theme import DARK, LIGHT, Tokens, palette_of, sized
from tests.builders import NOON


def a_row(text: str = "Works on the parcel router.", **more: Any) -> PropositionRow:
    defaults: dict[str, Any] = {
        "id": PropositionId(1),
        "kind": "task",
        "state": "active",
        "confidence": 0.6,
        "confidence_raw": 0.5,
        "half_life_days": 14.0,
        "created_at": NOON,
        "last_supported_at": NOON,
        "pinned": False,
        "edited": False,
        "confirmed": False,
        "evidence_count": 1,
    }
    return PropositionRow(text=text, **{**defaults, **more})


class OneItem(QAbstractListModel):
    def __init__(self, item: object) -> None:
        super().__init__()
        self._item = item

    def rowCount(self, _parent: Any = None) -> int:
        return 1

    def data(self, _index: Any, role: int = 0) -> Any:
        return self._item if role == ITEM else None


def painted(
    item: object, *, width: int = 420, tokens: Tokens = LIGHT, rtl: bool = False, selected: bool = False
) -> QImage:
    model, option = OneItem(item), QStyleOptionViewItem()
    option.font = QApplication.font()
    option.palette = palette_of(tokens)
    option.rect = QRect(0, 0, width, height_of(option.font))
    option.direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(tokens.surface)
    painter = QPainter(image)
    PropositionPainter(lambda: NOON).paint(painter, option, model.index(0, 0, QModelIndex()))
    painter.end()
    return image


def inked(image: QImage, *, left: int = 0, right: int | None = None) -> int:
    """How many columns have something on them."""
    ground = image.pixel(0, 3)
    columns = range(left, image.width() if right is None else right)
    return sum(any(image.pixel(x, y) != ground for y in range(3, image.height() - 3)) for x in columns)


@pytest.mark.usefixtures("qapp")
def test_words_stand_where_reading_them_starts() -> None:
    assert inked(painted(a_row("שלום")), left=330) > 10
    assert inked(painted(a_row("short")), right=90) > 10


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", ["word " * 200, "x" * 3000, "ש" * 500, "", "<b>&amp;</b>\ntwo"])
def test_any_text_is_painted_within_its_row(text: str) -> None:
    for width in (120, 420, 1200):
        image = painted(a_row(text, pinned=True, edited=True, confirmed=True, state="doubted"), width=width)
        edge = image.pixel(0, 0)
        assert all(image.pixel(width - 1, y) == edge for y in range(image.height() - 2))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_states_of_a_row_look_different(tokens: Tokens) -> None:
    looks = [
        painted(a_row(), tokens=tokens),
        painted(a_row(), tokens=tokens, selected=True),
        painted(a_row(state="rejected"), tokens=tokens),
        painted(a_row(pinned=True), tokens=tokens),
        painted(a_row(confidence=0.1), tokens=tokens),
        painted(None, tokens=tokens),
        painted(Heading(kind="task", count=3), tokens=tokens),
    ]
    assert all(one != other for n, one in enumerate(looks) for other in looks[n + 1 :])


@pytest.mark.usefixtures("qapp")
def test_a_mirrored_row_starts_at_the_right() -> None:
    usual, mirrored = painted(a_row("short")), painted(a_row("short"), rtl=True)
    assert mirrored != usual
    bar_at_the_right = inked(mirrored, left=360)
    assert bar_at_the_right > 30


@pytest.mark.usefixtures("qapp")
def test_rows_grow_with_the_text() -> None:
    font = QApplication.font()
    assert height_of(sized(font, 2.0)) > 1.7 * height_of(font) - 20


@pytest.mark.usefixtures("qapp")
def test_words_are_broken_into_two_lines_and_none_is_lost_but_the_last() -> None:
    font = QApplication.font()
    assert _two_lines("short", font, 400) == ["short"]
    first, second = _two_lines("one two three four five six", font, 110)
    assert (first + second).replace(" ", "") == "onetwothreefourfivesix"
    assert _two_lines("word " * 100, font, 200)[1].endswith("…")
    assert _two_lines("two\nlines", font, 400) == ["two lines"]


def test_small_print_without_room_is_left_out_whole(qapp: QApplication) -> None:
    font = qapp.font()
    for expected in (" · Task · seen just now · fresh", " · Task · seen just now", " · Task"):
        width = QFontMetrics(font).horizontalAdvance(expected) + 2  # rounded pixels
        assert _that_fit(["Task", "seen just now", "fresh"], font, width) == expected
    assert _that_fit(["Task"], font, 20).endswith("…")
