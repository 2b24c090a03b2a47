"""Qt's binding must keep its references straight: one release lost one to None with every call, and then aborted."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_does_not_eat_none(qtbot: QtBot) -> None:
    tray, before = QSystemTrayIcon(QIcon()), sys.getrefcount(None)
    for _ in range(1000):
        tray.setToolTip("x")
    assert sys.getrefcount(None) > before - 500
