"""The whole job on the bundled scans, as a newcomer would do it."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.document import DEFAULT_BASE, Page, Split
from core.evaluation.comparison import Comparison
from core.exchange.layout_xml import read_layout_xml
from core.jobs import CancelToken, ProgressSink, no_progress
from core.storage.models import promote_model
from core.storage.pages import list_pages, set_split
from core.storage.project import Project, create_project
from core.training.config import PRESETS, FineTuneConfig
from core.workflow.corrections import take_corrections
from core.workflow.drafting import DraftReport, draft_lines
from core.workflow.evaluating import compare_models
from core.workflow.finetuning import FineTuneReport, fine_tune
from core.workflow.importing import ImportReport, import_paths
from core.workflow.line_finding import ChangeSink, find_lines, ignore_change
from resources import RESOURCES

AUTHOR = "CREMMA"
"""Who made the bundled corrections."""

_FIRST_VAL, _FIRST_TEST = 19, 26
"""Page numbers of the book: up to 18 for training, from 19 for validation, from 26 for testing."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """All that the demo measured."""

    project: Path
    drafts: DraftReport
    training: FineTuneReport
    comparison: Comparison


def free_demo_folder(parent: Path) -> Path:
    """A folder for the demo's project that does not exist yet."""
    names = itertools.chain(["linewright-demo"], (f"linewright-demo-{n}" for n in itertools.count(2)))
    return next(parent / name for name in names if not (parent / name).exists())


def import_demo(
    project: Project,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
) -> ImportReport:
    """Bring the bundled scans into an empty project, split by page; no lines yet."""
    scans = [RESOURCES / "demo" / "scans"]
    report = import_paths(project, scans, cancel=cancel, progress=progress, changed=changed)
    for split in Split:
        changed(set_split(project, [p.id for p in list_pages(project) if _split(p) is split], split))
    return report


def _split(page: Page) -> Split:
    number = int(Path(page.name).stem.rpartition("p")[2])
    if number >= _FIRST_TEST:
        return Split.TEST
    return Split.VAL if number >= _FIRST_VAL else Split.TRAIN


def take_bundled_corrections(project: Project, changed: ChangeSink = ignore_change) -> int:
    """Type, so to speak, the bundled corrections into the lines that were found; returns how many."""
    count = 0
    for page in list_pages(project):
        corrections = RESOURCES / "demo" / "corrections" / f"{Path(page.name).stem}.xml"
        if corrections.exists():
            lines = read_layout_xml(corrections, (page.width, page.height)).lines
            report = take_corrections(project, page.id, lines, AUTHOR)
            count += report.matched + report.drawn
            changed(report.change)
    return count


def run_demo(
    folder: Path,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    say: Callable[[str], None],
    config: FineTuneConfig = PRESETS["default"],
) -> DemoReport:
    """Import, find lines, draft, take corrections, fine-tune, compare on pages that no training saw.

    Raises:
        ProjectExists: If the folder is not empty.
        Cancelled: On request; the project stays as it is.
    """
    with create_project(folder) as project:
        say("Importing the bundled scans")
        import_demo(project, cancel=cancel, progress=progress)
        pages = [page.id for page in list_pages(project)]
        say("Finding lines")
        find_lines(project, pages, cancel=cancel, progress=progress, background=False)
        say("Drafting with the base model")
        drafts = draft_lines(project, model=DEFAULT_BASE, cancel=cancel, progress=progress, background=False)
        take_bundled_corrections(project)
        say("Fine-tuning on the corrected pages")
        training = fine_tune(
            project, config, base=DEFAULT_BASE, cancel=cancel, progress=progress, background=False
        )
        say("Comparing on the test pages")
        models = (DEFAULT_BASE, training.model.name)
        comparison = compare_models(project, models, Split.TEST, cancel=cancel, progress=progress)
        promote_model(project, training.model.name)
        return DemoReport(project.folder, drafts, training, comparison)
