from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from core.storage.project import Project
from tests.book import copy_of
from tests.garbage import collected_here
from workbench.app import Desk, build_window
from workbench.settings import Settings

__all__ = ["collected_here"]


LONG_MS = 180_000
"""So long at most a window that reads lines or learns is waited for; the machine may have other work, too."""


@pytest.fixture
def desk(qtbot, book: Path, tmp_path: Path) -> Iterator[Desk]:
    """The real window on a copy of the book."""
    with shown(qtbot, copy_of(book, tmp_path / "utopie"), tmp_path) as made:
        yield made


@contextmanager
def shown(qtbot, project: Project, folder: Path) -> Iterator[Desk]:
    """The real window on a project, with its settings in a folder; threads must be gone at the end."""
    made = build_window(project, Settings(folder / "window.ini"))
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    try:
        yield made
    finally:
        made.close_project()
        made.window.close()
    left = [t.objectName() for t in made.window.findChildren(QThread) if t.isRunning()]
    assert not left, f"threads left running: {left}"
    QApplication.processEvents()
