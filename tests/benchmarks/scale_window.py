"""Measures the real window on one project; run by ``tests.benchmarks.scale`` in a process of its own.

``python -m tests.benchmarks.scale_window PROJECT TRAINING_PROJECT``: one JSON object. Both are changed.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial, wraps
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.document import Split
from core.storage.changes import Change
from core.storage.journal import undo
from core.storage.pages import list_pages, page_progress, set_split
from core.storage.project import open_project
from core.training.config import preset
from core.workflow.readiness import readiness
from tests.benchmarks.scale_training import training
from workbench import heap
from workbench.app import PLACES, Desk, build_window
from workbench.frame.finding import Finder
from workbench.library import page_grid, page_model
from workbench.library.page_filter import PageFilter, PageOrder, PageState, SplitChoice
from workbench.library.place import LibraryPlace
from workbench.settings import Settings
from workbench.transcribe import line_model, page_canvas, strip_view
from workbench.transcribe.place import TranscribePlace

ENTERS = 300
FIRST = 0.62
"""Where in the project the lines are confirmed (0-1): among pages that are only drafted."""

GAP_SECONDS = 0.06
LONG_GAP_SECONDS = 0.4
"""After every tenth line: long enough for everything that waits for a pause to do its work."""

REPEATS = 25
LATIN = ["que", "ſolides eſprit", "utopie", "xyzzyx", "e", "ſt", "utopie_00012", "17"]
NEEDLES = [*LATIN, "天命之謂", "性率", "龍虎"]
PAINTED = {
    page_grid.PageDelegate: "paint",
    page_grid.PageGrid: "paintEvent",
    page_model.PageModel: "data",
    line_model.LineModel: "data",
    strip_view.StripView: "paintEvent",
    page_canvas.PageCanvas: "paintEvent",
}


class Painting:
    """Times ``data()`` and painting from outside; the product knows nothing of it.

    ``own`` is processor time of the window's thread; ``longest`` also holds waiting for other threads.
    """

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        self.own: dict[str, float] = {}
        self.painted: dict[str, int] = {}
        for kind, method in PAINTED.items():
            self._wrap(kind, method)

    def _wrap(self, kind: type, method: str) -> None:
        plain = getattr(kind, method)
        name = f"{kind.__name__}.{method}"

        @wraps(plain)
        def timed(*arguments: Any) -> Any:
            started, busy = time.perf_counter(), time.thread_time()
            try:
                return plain(*arguments)
            finally:
                took = 1000 * (time.perf_counter() - started)
                own = 1000 * (time.thread_time() - busy)
                self.own[name] = max(self.own.get(name, 0.0), own)
                self.longest[name] = max(self.longest.get(name, 0.0), took)
                self.painted[name] = self.painted.get(name, 0) + 1

        setattr(kind, method, timed)


class Loop:
    """The event loop, turned by hand, so that its longest stop is known."""

    def __init__(self) -> None:
        self.stops: list[float] = []

    def turn(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            QApplication.processEvents()
            self.stops.append(1000 * (time.perf_counter() - now))
            time.sleep(0.001)

    def until(self, done: Callable[[], bool], seconds: float = 60) -> float:
        """Seconds that the loop worked; waiting for the next frame or for threads is not counted."""
        end = time.perf_counter() + seconds
        worked = 0.0
        while not done():
            if (now := time.perf_counter()) > end:
                raise TimeoutError(done)
            QApplication.processEvents()
            worked += time.perf_counter() - now
            time.sleep(0.0002)
        return worked


def at(values: list[float], share: float) -> float:
    """A quantile of measured values."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def quantiles(values: list[float]) -> dict[str, float]:
    return {"p50": at(values, 0.5), "p99": at(values, 0.99), "max": max(values)}


def rss() -> float:
    return float(psutil.Process().memory_info().rss / 2**20)


class Measuring:
    """One window over one project, and what is measured on it."""

    def __init__(self, folder: Path) -> None:
        self.painting, self.loop = Painting(), Loop()
        self.result: dict[str, Any] = {}
        settings = Settings(folder.parent / "window.ini")
        started = time.perf_counter()
        project = open_project(folder)
        self.result["open_database_seconds"] = time.perf_counter() - started
        self.desk: Desk = build_window(project, settings)
        self.window = self.desk.window
        self.window.show()
        self.loop.until(lambda: self.painting.painted.get("PageDelegate.paint", 0) > 0)
        self.result["open_seconds"] = time.perf_counter() - started
        self.result["rss_first_mib"] = rss()
        self.library = next(p for p in self.window.places if isinstance(p, LibraryPlace))
        self.transcribe = next(p for p in self.window.places if isinstance(p, TranscribePlace))
        self.window.activateWindow()
        self.loop.until(self.window.isActiveWindow)
        clicked = time.perf_counter()
        self.window.show_place(PLACES.index(TranscribePlace))
        self.loop.until(lambda: bool(self._painted_strips() and self.transcribe.strips.editor.toPlainText()))
        self.result["first_strip_seconds"] = time.perf_counter() - clicked
        self.loop.turn(1.0)

    def _painted_strips(self) -> int:
        return self.painting.painted.get("StripView.paintEvent", 0)

    def enters(self) -> dict[str, Any]:
        """Type a little and press Enter, line after line over several pages; times in ms.

        ``next`` is from the key until the next line is painted, ``thread`` the processor time of that.
        """
        controller, editor = self.transcribe.controller, self.transcribe.strips.editor
        pages = controller.pages
        self.window.show_place(PLACES.index(TranscribePlace))
        controller.show_page(pages[int(FIRST * len(pages))].id)
        self.loop.turn(1.0)
        self.loop.stops.clear()
        times, own, crops = [], [], []
        for number in range(ENTERS):
            QTest.keyClicks(editor, "et")
            QApplication.processEvents()
            before, painted = controller.current, self._painted_strips()
            started, busy = time.perf_counter(), time.thread_time()
            QTest.keyClick(editor, Qt.Key.Key_Return)
            worked = time.perf_counter() - started
            worked += self.loop.until(lambda seen=painted: self._painted_strips() > seen)
            times.append(1000 * worked)
            own.append(1000 * (time.thread_time() - busy))
            assert controller.current != before, "Enter did not move on"
            line = controller.current.line
            self.loop.until(lambda it=line: self.transcribe._crops.has(it))
            crops.append(1000 * (time.perf_counter() - started))
            self.loop.turn(LONG_GAP_SECONDS if number % 10 == 9 else GAP_SECONDS)
        return {
            "next": quantiles(times),
            "thread": quantiles(own),
            "crop": quantiles(crops),
            "stops": quantiles(self.loop.stops),
        }

    def queries(self) -> dict[str, dict[str, float]]:
        """What filters, sorts, searches and lists cost the window's thread; times in ms."""
        project = self.desk.workspace.project
        filters, sorts = self._filters(), self._sorts()
        finder = Finder(project, lambda: self.window._menus.commands, lambda _target: None)
        acts: dict[str, Callable[[], object]] = {
            f"find “{needle}”": partial(finder.find, needle) for needle in NEEDLES
        }
        acts |= {
            "pages": partial(list_pages, project),
            "progress": partial(page_progress, project),
            "library refresh": self._refresh_library,
            "counts in the status line": self.window._show_counts,
            "readiness": partial(readiness, project, preset("default"), None),
            "library filter": lambda: next(filters)(),
            "library sort": lambda: next(sorts)(),
        }
        self.window.show_place(PLACES.index(LibraryPlace))
        self.loop.turn(0.5)
        return {name: self._timed(act) for name, act in acts.items()}

    def _timed(self, act: Callable[[], object]) -> dict[str, float]:
        times = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            act()
            QApplication.processEvents()
            times.append(1000 * (time.perf_counter() - started))
            if sum(times) > 8000:
                break
        return quantiles(times)

    def _refresh_library(self) -> None:
        """As if fifty pages had changed."""
        self.library._note_change(Change(pages=frozenset(range(1, 51))))
        self.library.refresh()

    def _filters(self) -> Iterator[Callable[[], object]]:
        """One filter after the other, each on the grid in front."""
        chosen = [PageFilter(state) for state in PageState] + [PageFilter(split=each) for each in SplitChoice]
        chosen += [PageFilter(name=name) for name in ("utopie_001", "book 3", "17", "")]
        return (partial(self.library.filters.chosen.emit, each) for each in cycle(chosen))

    def _sorts(self) -> Iterator[Callable[[], object]]:
        return (
            partial(self.library.filters.chosen.emit, PageFilter(order=order)) for order in cycle(PageOrder)
        )

    def walk(self) -> None:
        """Look at every place, and scroll the library from end to end."""
        for number in range(len(PLACES)):
            self.window.show_place(number)
            self.loop.turn(0.3)
        self.window.show_place(PLACES.index(LibraryPlace))
        bar = self.library.grid.verticalScrollBar()
        for step in range(201):
            bar.setValue(round(bar.maximum() * step / 200))
            self.loop.turn(0.02)
        self.loop.turn(6.0)

    def acts(self) -> dict[str, float]:
        """Acts on the whole project: everybody refreshes after them; times in ms until all is painted."""
        workspace = self.desk.workspace
        pages = [page.id for page in list_pages(workspace.project)]
        split = partial(set_split, workspace.project)
        announced = workspace.changes.announce
        return {
            "undo": self._act(lambda: announced(undo(workspace.project) or Change())),
            "split of one page": self._act(lambda: announced(split(pages[-1:], Split.TEST))),
            "split of 50 pages": self._act(lambda: announced(split(pages[-50:], Split.TRAIN))),
        }

    def _act(self, act: Callable[[], object]) -> float:
        self.loop.stops.clear()
        started = time.perf_counter()
        act()
        own = 1000 * (time.perf_counter() - started)
        self.loop.turn(0.7)
        return max(own, *self.loop.stops)

    def close(self) -> None:
        self.result["rss_mib"] = rss()
        self.result["rss_peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.result["longest"] = self.painting.longest
        self.result["longest_own"] = self.painting.own
        started = time.perf_counter()
        self.desk.close_project()
        self.window.close()
        self.result["close_seconds"] = time.perf_counter() - started


def main() -> None:
    heap.set_limits()
    QApplication(sys.argv[:1])
    measuring = Measuring(Path(sys.argv[1]))
    result = measuring.result
    result["quiet"] = measuring.enters()
    with training(Path(sys.argv[2])):
        result["training"] = measuring.enters()
    result["queries"] = measuring.queries()
    result["acts"] = measuring.acts()
    measuring.walk()
    measuring.close()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
