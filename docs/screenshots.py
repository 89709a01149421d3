"""Takes the pictures of the README from the real window, on the demo project after the whole loop.

``python -m docs.screenshots [--project DIR] [--out DIR] [--all] [--language zh_CN]``: without a project the
demo is run first, which takes some minutes; ``--all`` takes every place in both sizes and colour schemes.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from core.document import LineEntry, Split, TranscriptionState
from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import Project, open_project
from core.storage.transcriptions import save
from core.workflow.demo import run_demo
from workbench.app import Desk
from workbench.language import NAMES, Language
from workbench.settings import Settings
from workbench.theme import Scheme

SIZES = (QSize(1280, 800), QSize(1920, 1080))
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
PATIENCE = 120.0
"""Seconds to wait for scans and crops to arrive."""


def main() -> None:
    """Take the pictures."""
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    sizes = SIZES if arguments.all else SIZES[:1]
    schemes = SCHEMES if arguments.all else SCHEMES[:1]
    with tempfile.TemporaryDirectory() as scratch, _project(arguments.project, Path(scratch)) as folder:
        for size in sizes:
            for scheme in schemes:
                tail = f"-{size.width()}-{scheme.value}" if arguments.all else ""
                settings = Settings(Path(scratch) / f"window{tail}.ini")
                settings.scheme, settings.language = scheme, arguments.language
                _take(folder, settings, size, arguments.out, tail)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, help="a project as the demo leaves it; it is copied")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--all", action="store_true", help="both sizes, both colour schemes")
    parser.add_argument("--language", type=Language, choices=list(NAMES), default=Language.ENGLISH)
    return parser.parse_args()


@contextmanager
def _project(given: Path | None, scratch: Path) -> Iterator[Path]:
    folder = scratch / "Utopie 1550"
    if given is not None:
        shutil.copytree(given, folder)
    else:
        run_demo(folder, cancel=CancelToken(), say=print)
    yield folder


def _take(folder: Path, settings: Settings, size: QSize, out: Path, tail: str) -> None:
    desk = Desk(settings)
    desk.window.resize(size)
    desk.window.show()
    _settle(0.3)
    if tail:
        _save(desk, out / f"start{tail}.png")
    desk.show(open_project(folder))
    for number, place in enumerate(desk.window.places):
        desk.window.show_place(number)
        SCENES.get(place.name, lambda _desk: _settle(1.0))(desk)
        _save(desk, out / f"{'fine-tune' if place.name == 'training' else place.name}{tail}.png")
    desk.close_project()
    desk.window.close()


def _save(desk: Desk, file: Path) -> None:
    desk.window.grab().save(str(file))
    print(file)


def _settle(seconds: float) -> None:
    """Let the window work for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < until:
        _settle(0.05)
    _settle(0.5)


def _library(desk: Desk) -> None:
    from workbench.library.place import LibraryPlace

    place = desk.window.place
    assert isinstance(place, LibraryPlace)
    # Nothing is selected: the panel would show where on this machine the scans came from.
    place.grid.clearSelection()
    _settle(2.5)


def _transcribe(desk: Desk) -> None:
    """A line of a page that nobody has corrected, with a doubtful place."""
    from workbench.transcribe.place import TranscribePlace

    place = desk.window.place
    assert isinstance(place, TranscribePlace)
    project = place.workspace.project
    page = [page for page in list_pages(project) if page.split is Split.TEST][2]
    place.workspace.changes.announce(_reopen(project, list_entries(project, page.id)[9:]))
    place.controller.show_page(page.id)
    rows = place._model.rows
    doubtful = [row for row in rows if row.doubts] or list(rows)
    place.controller.show_line(doubtful[1 if len(doubtful) > 1 else 0].line_id)
    _settle(2.5)


def _reopen(project: Project, entries: Sequence[LineEntry]) -> Change:
    """As if nobody had come to these lines yet."""
    for entry in entries:
        if entry.transcription and entry.draft:
            revision = entry.transcription.revision
            state = TranscriptionState.OPEN
            save(project, entry.line.id, entry.draft.text, state=state, base_revision=revision)
    lines = frozenset(entry.line.id for entry in entries)
    return Change(frozenset(entry.line.page_id for entry in entries), lines)


def _compare(desk: Desk) -> None:
    from workbench.comparison.place import ComparisonPlace

    place = desk.window.place
    assert isinstance(place, ComparisonPlace)
    place.compare()
    _wait(lambda: place.comparison is not None)
    place.select_line(place.comparison.lines[3].line_id if place.comparison else 0)
    _settle(2.0)


SCENES: dict[str, Callable[[Desk], None]] = {
    "library": _library,
    "transcribe": _transcribe,
    "compare": _compare,
    "training": lambda _desk: _settle(12.0),
}


if __name__ == "__main__":
    main()
