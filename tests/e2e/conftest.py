from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from tests.book import copy_of
from tests.garbage import collected_here
from workbench.app import Desk, build_window
from workbench.settings import Settings

__all__ = ["collected_here"]


@pytest.fixture
def desk(qtbot, book: Path, tmp_path: Path) -> Iterator[Desk]:
    """The real window on a copy of the book; threads must be gone at the end."""
    made = build_window(copy_of(book, tmp_path / "utopie"), Settings(tmp_path / "window.ini"))
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close_project()
    made.window.close()
    left = [t.objectName() for t in made.window.findChildren(QThread) if t.isRunning()]
    assert not left, f"threads left running: {left}"
    QApplication.processEvents()
