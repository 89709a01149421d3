"""CER of drafts as a model reads them, and as they are shown: bettered by what was corrected.

``python -m tests.benchmarks.better_drafts --data DIR [--sets NAME ...] [--sizes N ...] [--base-only]``. The
lines of the fine-tuning harness (``finetune_sets.py``, seed 1) become a project; the promoted version drafts
the test lines, the reading help is learned from training and validation lines, and both readings are scored:
for the base, then for a version tuned with the default recipe. Prints a table and, as its last line, one JSON
object.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from core.decoding.posteriors import Posteriors
from core.document import DEFAULT_BASE, Split
from core.evaluation.metrics import cer
from core.jobs import CancelToken
from core.storage.drafts import draft_posteriors
from core.storage.lines import list_entries
from core.storage.models import promote_model
from core.storage.pages import list_pages
from core.storage.project import Project, create_project
from core.training.config import preset
from core.workflow.drafting import draft_lines
from core.workflow.finetuning import fine_tune
from core.workflow.importing import import_paths
from core.workflow.reading_help import learn_reading_help
from tests.benchmarks.finetune_sets import LineSet, load_sets
from tests.benchmarks.peers import write_crops

SETS = ("wills", "fraktur19", "utopie")
CANCEL = CancelToken()


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    rows = []
    for line_set in load_sets(arguments.data, arguments.sets):
        for size in arguments.sizes:
            with tempfile.TemporaryDirectory() as folder:
                for row in _measure(line_set, size, Path(folder), tuned=not arguments.base_only):
                    print(json.dumps(row), flush=True)
                    rows.append(row)
    print(f"{'set':<12}{'lines':>6}{'model':>8}{'as read':>10}{'as shown':>10}")
    for row in rows:
        figures = f"{row['read']:>10.2%}{row['shown']:>10.2%}"
        print(f"{row['set']:<12}{row['lines']:>6}{row['model']:>8}{figures}")
    print(json.dumps({"rows": rows}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS)
    parser.add_argument("--sizes", type=int, nargs="*", default=[200], help="training lines")
    parser.add_argument("--base-only", action="store_true", help="no fine-tuning")
    return parser.parse_args()


def _measure(line_set: LineSet, size: int, folder: Path, *, tuned: bool) -> list[dict[str, object]]:
    with create_project(folder / "project") as project:
        truth = _import(project, line_set, size, folder)
        draft_lines(project, cancel=CANCEL, background=False)
        rows = [_scored(project, DEFAULT_BASE, truth)]
        if tuned:
            made = fine_tune(project, preset("default"), cancel=CANCEL, background=False).model.name
            promote_model(project, made)
            draft_lines(project, cancel=CANCEL, background=False)
            rows.append(_scored(project, made, truth))
    names = ("base", "tuned")
    return [
        {"set": line_set.name, "lines": size, "model": name, **row}
        for name, row in zip(names, rows, strict=False)
    ]


def _import(project: Project, line_set: LineSet, size: int, folder: Path) -> dict[str, str]:
    """Training and validation lines with their text, test lines without; the truth of those by their page."""
    lines = line_set.drawn(size, seed=1)
    for split in Split:
        crops = folder / split.value
        write_crops((line for line in lines if line.split is split), crops)
        import_paths(project, [crops], split=split, take_text=split is not Split.TEST, cancel=CANCEL)
    return {str(line.image.line_id): line.text for line in lines if line.split is Split.TEST}


def _scored(project: Project, model: str, truth: Mapping[str, str]) -> dict[str, float]:
    """CER of the test lines' drafts as they were read, and with what was learned for this model."""
    help_ = learn_reading_help(project, model, cancel=CANCEL, background=False)
    read, shown = [], []
    for page in list_pages(project):
        if page.split is Split.TEST:
            [entry] = list_entries(project, page.id)
            assert entry.draft is not None
            text = truth[Path(page.source).stem]
            read.append((text, entry.draft.text))
            packed = draft_posteriors(project, [entry.draft.id]).get(entry.draft.id)
            better = help_.read(Posteriors.unpack(packed)).text if help_ and packed else entry.draft.text
            shown.append((text, better))
    return {"read": cer(read), "shown": cer(shown)}


if __name__ == "__main__":
    main()
