"""``--smoke-test``: the whole program once, small, for packages: exit code 0 means that it works."""

import os
import sys
import tempfile
from pathlib import Path

from core.document import Split
from core.jobs import CancelToken
from core.storage.pages import list_pages, set_split
from core.storage.project import Project, create_project
from core.training.config import preset, with_settings
from core.workflow.demo import take_bundled_corrections
from core.workflow.drafting import draft_lines
from core.workflow.finetuning import fine_tune
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from resources import RESOURCES

_PAGES = {"utopie_p10.jpg": Split.TRAIN, "utopie_p19.jpg": Split.VAL}


def run_smoke_test() -> int:
    """Make a project, find lines, draft, train two steps in the worker, show the window on it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        with create_project(Path(scratch) / "smoke") as project:
            _read_and_train(project)
        _show(Path(scratch) / "smoke")
    print("smoke test passed")
    return 0


def _read_and_train(project: Project) -> None:
    cancel = CancelToken()
    import_paths(project, [RESOURCES / "demo" / "scans" / name for name in _PAGES], cancel=cancel)
    pages = list_pages(project)
    for page in pages:
        set_split(project, [page.id], _PAGES[page.name])
    find_lines(project, [page.id for page in pages], cancel=cancel)
    drafts = draft_lines(project, [pages[0].id], cancel=cancel)
    print(f"{drafts.lines} lines drafted", file=sys.stderr)
    take_bundled_corrections(project)
    settings = {"epochs": 1, "min_steps": 2, "batch_size": 2, "validations": 1, "max_lines": 4}
    report = fine_tune(project, with_settings(preset("default"), settings), cancel=cancel)
    print(f"{report.model.name} trained in {report.outcome.steps} steps", file=sys.stderr)


def _show(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from core.storage.project import open_project
    from workbench.app import build_window

    application = QApplication.instance() or QApplication(sys.argv[:1])
    desk = build_window(open_project(folder))
    desk.window.show()
    for _ in range(20):
        application.processEvents()
    assert not desk.window.grab().isNull()
    desk.close_project()
    desk.window.close()
