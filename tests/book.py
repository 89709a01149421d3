"""A real book in a real project: three bundled pages, found, drafted and corrected once per test run."""

import shutil
from pathlib import Path

from core.document import Split
from core.exchange.layout_xml import read_layout_xml
from core.jobs import CancelToken
from core.storage.layout_edits import delete_lines
from core.storage.lines import list_entries
from core.storage.pages import list_pages, set_split
from core.storage.project import Project, create_project, open_project
from core.workflow.corrections import take_corrections
from core.workflow.drafting import draft_lines
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from resources import RESOURCES

PAGES = {"utopie_p15": Split.TRAIN, "utopie_p19": Split.VAL, "utopie_p26": Split.TEST}
SCANS = RESOURCES / "demo" / "scans"
LINES_LEFT = 6
CORRECTIONS = RESOURCES / "demo" / "corrections"


def make_book(folder: Path) -> Path:
    """Import, find lines, draft, correct; returns the closed project's folder."""
    cancel = CancelToken()
    with create_project(folder) as project:
        import_paths(project, [SCANS / f"{name}.jpg" for name in PAGES], cancel=cancel)
        pages = list_pages(project)
        find_lines(project, [page.id for page in pages], cancel=cancel, background=False)
        draft_lines(project, cancel=cancel, background=False)
        for page in pages:
            stem = Path(page.name).stem
            take_corrections(project, page.id, read_layout_xml(CORRECTIONS / f"{stem}.xml").lines, "CREMMA")
            set_split(project, [page.id], PAGES[stem])
    return folder


def shorten(project: Project) -> None:
    """Leave a few corrected lines on each page: a training of some steps reads them all, again and again."""
    for page in list_pages(project):
        entries = list_entries(project, page.id)
        kept = [entry for entry in entries if entry.state.is_truth][:LINES_LEFT]
        delete_lines(project, [entry.line.id for entry in entries if entry not in kept])


def copy_of(book: Path, folder: Path) -> Project:
    """An own copy of the book, open for writing."""
    shutil.copytree(book, folder)
    return open_project(folder)
