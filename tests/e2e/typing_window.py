"""A person typing in a real window, to be killed from outside."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.storage.project import open_project
from workbench.app import build_window
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

CONFIRMED = 3
HALF = "half a line th"


def main(folder: Path) -> None:
    application = QApplication([])
    desk = build_window(open_project(folder), Settings(folder / "window.ini"))
    desk.window.show()
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    desk.window.show_place(number)
    for count in range(CONFIRMED):
        line = place.controller.current.line.id
        place.strips.editor.selectAll()
        QTest.keyClicks(place.strips.editor, f"typed line {count}")
        QTest.keyClick(place.strips.editor, Qt.Key.Key_Return)
        print("confirmed", line, flush=True)
    line = place.controller.current.line.id
    place.strips.editor.selectAll()
    QTest.keyClicks(place.strips.editor, HALF)
    print("typing", line, flush=True)
    QTimer.singleShot(60_000, application.quit)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
