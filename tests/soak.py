"""An annotator gone wild: thousands of seeded random acts in the real window, invariants after each.

``python -m tests.soak [--acts N] [--seed N] [--project DIR]``. Whatever happens, the text in the database is
the text on the screen, the history of every line only grows and ends with its text, and memory stays flat.
Prints a table and, as the last line, one JSON object; exit code 1 if an invariant broke.
"""

import argparse
import gc
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.storage.lines import get_entry, list_entries
from core.storage.project import open_project
from core.storage.search import search_lines
from core.storage.transcriptions import history
from tests.book import make_book
from workbench import heap
from workbench.app import Desk
from workbench.collecting import Collector
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LETTERS = "aeſtꝑõ北京 ,."
WARM_UP = 0.25
"""Share of the acts after which memory has to stay flat."""

ALLOWED_MIB = 40.0
MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home)


class Soak:
    """Acts and invariants on one window."""

    def __init__(self, desk: Desk, place: TranscribePlace, seed: int) -> None:
        self.desk, self.place, self.chance = desk, place, random.Random(seed)
        assert desk.workspace is not None
        self.project = desk.workspace.project
        self.editor = place.strips.editor
        self.histories: dict[int, int] = {}
        self.done: Counter[str] = Counter()
        self.broken: list[str] = []

    def acts(self) -> dict[str, tuple[int, Callable[[], object]]]:
        """Name, weight, what is done."""
        press = self._press
        return {
            "type": (30, self._type),
            "erase": (8, lambda: press(Qt.Key.Key_Backspace)),
            "move": (
                8,
                lambda: press(self.chance.choice(MOVES)),
            ),
            "confirm": (20, lambda: press(Qt.Key.Key_Return)),
            "confirm back": (3, lambda: press(Qt.Key.Key_Return, SHIFT)),
            "skip": (3, lambda: press(Qt.Key.Key_Return, CTRL)),
            "line": (6, lambda: press(self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)), ALT)),
            "page": (3, lambda: press(self.chance.choice((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)))),
            "undo": (12, lambda: press(Qt.Key.Key_Z, CTRL)),
            "redo": (6, lambda: press(Qt.Key.Key_Z, CTRL | SHIFT)),
            "doubt": (5, lambda: press(Qt.Key.Key_F2)),
            "alternative": (4, lambda: press(Qt.Key.Key_1, ALT)),
            "draft": (3, lambda: press(Qt.Key.Key_Escape)),
            "unreadable": (1, lambda: press(Qt.Key.Key_U, CTRL)),
            "split": (1, lambda: press(Qt.Key.Key_Backslash, CTRL)),
            "join": (1, lambda: press(Qt.Key.Key_J, CTRL)),
            "search": (2, lambda: search_lines(self.project, self.chance.choice(("ou", "les", "ſt", "京")))),
            "library": (1, self._visit_library),
        }

    def run(self, count: int) -> None:
        """Do so many acts; after each, look at the line in hand, and now and then at the page."""
        acts = self.acts()
        names, weights = list(acts), [weight for weight, _ in acts.values()]
        for number in range(count):
            name = self.chance.choices(names, weights)[0]
            self.done[name] += 1
            acts[name][1]()
            QApplication.processEvents()
            # The loop of the program does this by itself; here acts come from outside of one.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            self._check_line(f"{number} {name}")
            if number % 25 == 0:
                self._check_page(f"{number} {name}")

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, key, modifier)

    def _type(self) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(self.chance.choice(LETTERS))
        QApplication.sendEvent(self.editor, event)

    def _visit_library(self) -> None:
        here = next(n for n, p in enumerate(self.desk.window.places) if p is self.place)
        self.desk.window.show_place(0)
        QApplication.processEvents()
        self.desk.window.show_place(here)

    def _check_line(self, act: str) -> None:
        controller = self.place.controller
        current = controller.current
        if current is None:
            return
        if self.editor.toPlainText() != controller.text:
            self._fail(act, f"field “{self.editor.toPlainText()}”, controller “{controller.text}”")
        stored = get_entry(self.project, current.line.id)
        if stored.transcription != current.transcription:
            self._fail(act, f"line {current.line.id}: {stored.transcription} in the database")

    def _check_page(self, act: str) -> None:
        controller = self.place.controller
        if controller.page is None:
            return
        stored = list_entries(self.project, controller.page.id)
        if [e.transcription for e in stored] != [e.transcription for e in controller.entries]:
            self._fail(act, f"page {controller.page.number} shows other texts than the database has")
        if [row.entry for row in self.place._model.rows] != controller.entries:
            self._fail(act, "strips show other lines than the controller holds")
        for entry in stored:
            texts = history(self.project, entry.line.id)
            if len(texts) < self.histories.get(entry.line.id, 0):
                self._fail(act, f"line {entry.line.id} has lost history")
            self.histories[entry.line.id] = len(texts)
            if entry.transcription and texts[0].text != entry.transcription.text:
                self._fail(act, f"line {entry.line.id}: history does not end with its text")

    def _fail(self, act: str, what: str) -> None:
        self.broken.append(f"act {act}: {what}")


def main() -> int:
    """Run and report; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=8000, help="some 2,000 of them are edits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--project", type=Path, help="a project with drafts; it is copied")
    arguments = parser.parse_args()
    heap.set_limits()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    collector = Collector(application)
    assert collector.parent() is application
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "soak"
        if arguments.project:
            shutil.copytree(arguments.project, folder)
        else:
            make_book(folder)
        return _soak(folder, arguments.acts, arguments.seed)


def _soak(folder: Path, acts: int, seed: int) -> int:
    desk = Desk(Settings(folder / "window.ini"))
    desk.show(open_project(folder))
    desk.window.show()
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    desk.window.show_place(number)
    soak = Soak(desk, place, seed)
    soak.run(round(WARM_UP * acts))
    before = _mib()
    soak.run(acts - round(WARM_UP * acts))
    grown = _mib() - before
    desk.close_project()
    desk.window.close()
    print("\n".join(f"{name:<14}{count:>7,}" for name, count in soak.done.most_common()))
    print("\n".join(soak.broken[:20]))
    flat = grown < ALLOWED_MIB
    print(
        json.dumps(
            {
                "acts": acts,
                "seed": seed,
                "broken": len(soak.broken),
                "grown_mib": round(grown, 1),
                "flat": flat,
            }
        )
    )
    return 0 if flat and not soak.broken else 1


def _mib() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


if __name__ == "__main__":
    sys.exit(main())
