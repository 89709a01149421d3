"""The reading help of a project: learned in a worker from what people corrected, kept beside the models."""

import base64
from collections.abc import Sequence
from pathlib import Path

from core.decoding.help import ReadingHelp
from core.decoding.learning import CHECKED
from core.document import Split
from core.jobs import CancelToken
from core.storage.drafts import DraftedTruth, drafted_truth
from core.storage.lines import truth_text
from core.storage.project import Project
from core.worker.process import run_worker

MOST = 1500
"""Newest corrected lines that mistakes are learned from: more teach nothing new."""


def help_folder(project: Project, model: str) -> Path:
    """Where the help for a model version's drafts lies."""
    return project.folder / "reading-help" / model


def load_help(project: Project, model: str) -> ReadingHelp | None:
    """The help for a model version's drafts, if one was learned and is of use."""
    found = ReadingHelp.load(help_folder(project, model))
    return found if found and found.useful else None


def learn_reading_help(
    project: Project, model: str, *, cancel: CancelToken, words: Sequence[str] = (), background: bool = True
) -> ReadingHelp | None:
    """Learn from the corrected lines that ``model`` had drafted. Test pages stay out of it.

    Returns:
        The help, or ``None`` if there are too few lines or nothing helps.

    Raises:
        Cancelled: On request.
        WorkerFailed: If the worker process died.
    """
    taught = (Split.TRAIN, None)
    texts = [text for text in truth_text(project, taught, between="\n").split("\n") if text]
    request = {
        "kind": "learn-help",
        "folder": str(help_folder(project, model)),
        "learn": _pairs(drafted_truth(project, model, taught, newest=MOST)),
        "check": _pairs(drafted_truth(project, model, (Split.VAL,), newest=CHECKED)),
        "texts": texts,
        "words": list(words),
    }
    for _ in run_worker(request, cancel, background=background):
        pass
    return load_help(project, model)


def _pairs(lines: Sequence[DraftedTruth]) -> list[tuple[str, str]]:
    return [(base64.b64encode(line.posteriors).decode("ascii"), line.text) for line in lines]
